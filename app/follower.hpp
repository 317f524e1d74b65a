#pragma once
#include <functional>
#include <memory>

#include "app/show.hpp"

namespace app {

/// Looks every two seconds whether somebody wrote to the workspace, and reads the show again then,
/// on a thread of its own. What cannot be read just now (another program is writing, a network
/// drive is away) is tried again: what is shown stays.
class Follower {
 public:
  /// `wake` is called from that thread whenever there is something to take.
  Follower(ShowAsked asked, std::function<void()> wake);
  ~Follower();
  Follower(const Follower&) = delete;
  Follower& operator=(const Follower&) = delete;

  /// The newest one, once; empty: nothing new.
  std::shared_ptr<const Show> take();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace app
