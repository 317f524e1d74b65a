#pragma once
#include <functional>
#include <memory>

#include "app/command.hpp"
#include "app/job.hpp"

namespace app {

/// Does requests on threads of its own, one for each lane: what a person waits for, and beside it
/// what completes the workspace, plans, and what is written of briefings. Progress and results come
/// back as commands, to be applied by the main thread once a frame.
class Jobs {
 public:
  using Work = std::function<Command(const JobRequest&, const geo::Progress&)>;
  /// `wake` is called from the jobs' threads whenever there is something to take.
  explicit Jobs(std::function<void()> wake);
  Jobs(std::function<void()> wake, Work work);
  ~Jobs();  ///< writes what is still to be written, cancels all else that runs, and waits for it
  Jobs(const Jobs&) = delete;
  Jobs& operator=(const Jobs&) = delete;

  /// Of some only the newest is wanted: it ends, or goes before, the one before.
  Ticket start(JobRequest request);
  void cancel(Ticket job);  ///< stops it, or sees that it never begins; no other one
  void cancel_background() { cancel(JobLane::background); }
  void cancel(JobLane lane);  ///< what is running there, and those waiting
  Commands take();
  bool busy() const;  ///< in the foreground

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// Starts what the state asks for and stops what it does not want any more.
void hand_over(AppState& state, Jobs& jobs);

/// The work itself, on the caller's thread: what the job answers with.
Command work(const JobRequest& request, const geo::Progress& progress);

/// Opens a workspace and reads what its map shows first; see Missing for the rest. In the
/// boundaries of a day: with the whole of their land. Error (usage) where none of them was drawn.
std::shared_ptr<const Loaded> load(const std::filesystem::path& file, const geo::Progress& progress,
                                   std::optional<geo::Date> boundaries_of = {});

/// How many communes of a day's boundaries nobody drew: former communes come without a boundary
/// more often than not. Error (usage) where none of them was drawn: such a map is none.
std::size_t undrawn_communes(const data::Dataset& dataset, const std::filesystem::path& file);

}  // namespace app
