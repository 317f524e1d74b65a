#pragma once
#include <functional>
#include <memory>

#include "app/command.hpp"
#include "app/job.hpp"

namespace app {

/// Does requests one after the other on a thread of its own. Progress and results come back as
/// commands, to be applied by the main thread once a frame.
class Jobs {
 public:
  /// `wake` is called from the job's thread whenever there is something to take.
  explicit Jobs(std::function<void()> wake);
  ~Jobs();  ///< cancels what is running and waits for it
  Jobs(const Jobs&) = delete;
  Jobs& operator=(const Jobs&) = delete;

  void start(JobRequest request);
  void cancel();  ///< the one running
  Commands take();
  bool busy() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// The work itself, on the caller's thread: what the job answers with.
Command work(const JobRequest& request, const geo::Progress& progress);

/// Opens a workspace and reads everything the desk shows of it.
std::shared_ptr<const Loaded> load(const std::filesystem::path& file,
                                   const geo::Progress& progress);

}  // namespace app
