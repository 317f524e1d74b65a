#include "app/jobs.hpp"

#include <array>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>
#include <utility>

#include "app/apply.hpp"
#include "app/pages/page_command.hpp"
#include "app/pages/safety.hpp"
#include "data/clock.hpp"
#ifdef __linux__
#include <sys/resource.h>
#endif

namespace app {
namespace {

using Clock = std::chrono::steady_clock;

/// The threads that this one starts inherit it (Linux).
void give_way() {
#ifdef __linux__
  static_cast<void>(setpriority(PRIO_PROCESS, 0, 10));
#endif
}

struct Asked {
  Ticket ticket = 0;
  JobRequest request;
};

/// One thread and what it has to do.
struct Lane {
  std::deque<Asked> waiting;
  std::optional<JobStatus> progress;  // only the newest is worth telling
  Clock::time_point told;
  Ticket running = 0;
  JobLane lane = JobLane::foreground;
  bool cancelled = false;
  bool locks = false;  ///< what is running keeps the workspace from being written for long
  std::thread thread;
};

Command failure(const JobRequest& request, const geo::Error& error) {
  if (const auto* import = std::get_if<PrepareImport>(&request)) {
    return command::ImportFailed{import->options, error};
  }
  if (const auto* part = std::get_if<Complete>(&request)) {
    return command::CompletingFailed{part->loaded, part->what, error};
  }
  if (const auto* solve = std::get_if<SolvePlan>(&request)) {
    return command::OfPlan{plan::SolveFailed{solve->asked, error}};
  }
  if (const auto* of = std::get_if<BriefingJob>(&request)) {
    return command::OfBriefing{failure(*of, error)};
  }
  if (const auto* of = std::get_if<EntryJob>(&request)) {
    return command::OfEntry{failure(*of, error)};
  }
  return command::JobFailed{error};
}

/// Nobody watches the background's progress closely, and each telling costs a frame.
Clock::duration pace(JobLane lane) {
  using namespace std::chrono_literals;
  return lane == JobLane::background ? 250ms : lane == JobLane::solve ? 100ms : 0ms;
}

/// What is told after a job, however it went.
Commands ended(const JobRequest& request, Ticket ticket, bool answered) {
  switch (lane_of(request)) {
    case JobLane::foreground:
      if (const auto* ground = std::get_if<MakePlanGround>(&request); ground && !answered) {
        return {command::OfPlan{plan::GroundStopped{ground->key}}, command::JobEnded{ticket}};
      }
      return {command::JobEnded{ticket}};
    case JobLane::background:
      return {command::BackgroundEnded{}};
    case JobLane::solve:
      return {command::OfPlan{plan::SolveEnded{std::get<SolvePlan>(request).asked}}};
    case JobLane::plan:
    case JobLane::explain:
    case JobLane::writing:
      break;
  }
  return {};
}

/// Waiting for it would take longer than a database waits for another one's writing. A page's job
/// that a person waits for may hold the file even where nothing changes by it: to try a decree, to
/// look what packages would bring, to restore.
bool locks(const JobRequest& request) {
  if (const auto* of = std::get_if<EntryJob>(&request)) {
    const auto* page = std::get_if<PageWork>(of);
    return page != nullptr && (page->waited_for || page_writes(*page));
  }
  return std::holds_alternative<WriteImport>(request) ||
         std::holds_alternative<TakeBackImport>(request);
}

/// Is the one before void once this is asked for?
bool replaces(const JobRequest& request, const JobRequest& before) {
  const bool newest =
      std::holds_alternative<FindStability>(request) || std::holds_alternative<MakePlan>(request) ||
      std::holds_alternative<ExplainPlan>(request) || std::holds_alternative<AskWhyNot>(request);
  return newest && request.index() == before.index();
}

}  // namespace

JobLane lane_of(const JobRequest& request) {
  if (std::holds_alternative<Complete>(request)) return JobLane::background;
  if (std::holds_alternative<MakePlan>(request)) return JobLane::plan;
  if (std::holds_alternative<SolvePlan>(request)) return JobLane::solve;
  if (std::holds_alternative<BriefingJob>(request)) return JobLane::writing;
  if (const auto* of = std::get_if<EntryJob>(&request)) {
    const auto* page = std::get_if<PageWork>(of);
    return page != nullptr && page->waited_for ? JobLane::foreground : JobLane::writing;
  }
  const bool explains =
      std::holds_alternative<ExplainPlan>(request) || std::holds_alternative<AskWhyNot>(request);
  return explains ? JobLane::explain : JobLane::foreground;
}

struct Jobs::Impl {
  std::function<void()> wake;
  Work work;
  mutable std::mutex mutex;
  std::condition_variable changed;
  std::array<Lane, job_lanes> lanes;  ///< by JobLane
  Commands done;
  Ticket last = 0;
  bool closing = false;

  Lane& of(JobLane lane) { return lanes[static_cast<std::size_t>(lane)]; }
  /// Whether the lane's thread has something to do, or nothing any more.
  bool called(const Lane& lane) {
    if (lane.lane != JobLane::writing) return closing || !lane.waiting.empty();
    return lane.waiting.empty() ? closing : !of(JobLane::foreground).locks;
  }

  bool report(Lane& lane, double share, const geo::Message& doing) {
    bool tell = false, go_on = false;
    {
      const std::scoped_lock lock(mutex);
      const bool soon = Clock::now() - lane.told < pace(lane.lane);
      tell = !lane.progress && !soon;
      if (lane.progress || tell) lane.progress = JobStatus{lane.running, share, doing, false};
      if (tell) lane.told = Clock::now();
      go_on = !lane.cancelled && (!closing || lane.lane == JobLane::writing);
    }
    if (tell) wake();
    return go_on;
  }

  std::optional<Command> answer(Lane& lane, const JobRequest& request) {
    const geo::Progress told{[this, &lane](double share, const geo::Message& doing) {
      return report(lane, share, doing);
    }};
    try {
      return work(request, told);
    } catch (const geo::Cancelled&) {
      return std::nullopt;
    } catch (const geo::Error& error) {
      return failure(request, error);
    } catch (const std::exception& error) {
      return failure(request, geo::Error(geo::ErrorKind::internal, geo::msg("app.internal_error"),
                                         error.what(), geo::msg("app.tell_the_makers")));
    }
  }

  void run(Lane& lane) {
    if (lane.lane == JobLane::background) give_way();
    std::unique_lock lock(mutex);
    while (true) {
      changed.wait(lock, [&] { return called(lane); });
      // Whoever edits and leaves wants it kept, whatever else was going on.
      if (closing && (lane.lane != JobLane::writing || lane.waiting.empty())) return;
      auto [ticket, request] = std::move(lane.waiting.front());
      lane.waiting.pop_front();
      lane.running = ticket;
      lane.cancelled = false;
      lane.locks = locks(request);
      lane.told = Clock::now();
      lock.unlock();
      std::optional<Command> command = answer(lane, request);
      const bool answered = command && !std::holds_alternative<command::JobFailed>(*command);
      Commands end = ended(request, ticket, answered);
      request = {};  // what it holds of an older workspace goes here, not under the lock
      lock.lock();
      lane.running = 0;
      lane.locks = false;
      lane.progress.reset();
      if (command) done.push_back(std::move(*command));
      for (Command& told : end) done.push_back(std::move(told));
      lock.unlock();
      changed.notify_all();
      wake();
      lock.lock();
    }
  }
};

Jobs::Jobs(std::function<void()> wake) : Jobs(std::move(wake), app::work) {}

Jobs::Jobs(std::function<void()> wake, Work work) : impl_(std::make_unique<Impl>()) {
  impl_->wake = std::move(wake);
  impl_->work = std::move(work);
  for (std::size_t i = 0; i < job_lanes; ++i) {
    Lane& lane = impl_->lanes[i];
    lane.lane = static_cast<JobLane>(i);
    lane.thread = std::thread([this, &lane] { impl_->run(lane); });
  }
}

Jobs::~Jobs() {
  {
    const std::scoped_lock lock(impl_->mutex);
    impl_->closing = true;
  }
  impl_->changed.notify_all();
  for (Lane& lane : impl_->lanes) lane.thread.join();
}

Ticket Jobs::start(JobRequest request) {
  const JobLane at = lane_of(request);
  if (at == JobLane::background || at == JobLane::solve) cancel(at);
  // What is being said of an older plan is void. A plan being made is not stopped: while a slider
  // is pulled the answers of its stops would never come.
  if (at == JobLane::plan) cancel(JobLane::explain);
  Ticket ticket = 0;
  {
    const std::scoped_lock lock(impl_->mutex);
    Lane& lane = impl_->of(at);
    // Only the newest answer is wanted: a slider must not queue hundreds before an import.
    std::erase_if(lane.waiting,
                  [&request](const Asked& waiting) { return replaces(request, waiting.request); });
    ticket = ++impl_->last;
    lane.waiting.push_back({ticket, std::move(request)});
  }
  impl_->changed.notify_all();
  return ticket;
}

void Jobs::cancel(Ticket job) {
  const std::scoped_lock lock(impl_->mutex);
  for (Lane& lane : impl_->lanes) {
    std::erase_if(lane.waiting, [job](const Asked& waiting) { return waiting.ticket == job; });
    if (job != 0 && lane.running == job) lane.cancelled = true;
  }
}

void Jobs::cancel(JobLane lane) {
  const std::scoped_lock lock(impl_->mutex);
  impl_->of(lane).cancelled = true;
  impl_->of(lane).waiting.clear();
}

Commands Jobs::take() {
  const std::scoped_lock lock(impl_->mutex);
  Commands out = std::move(impl_->done);
  impl_->done.clear();
  for (Lane& lane : impl_->lanes) {
    const std::optional<JobStatus> told = std::exchange(lane.progress, std::nullopt);
    if (!told || lane.running == 0) continue;
    if (lane.lane == JobLane::foreground) {
      out.emplace_back(command::JobProgress{lane.running, told->share, told->doing});
    } else if (lane.lane == JobLane::background) {
      out.emplace_back(command::BackgroundProgress{told->share, told->doing});
    } else if (lane.lane == JobLane::solve) {
      out.emplace_back(command::OfPlan{plan::SolveProgress{told->share, told->doing}});
    }
  }
  return out;
}

bool Jobs::busy() const {
  const std::scoped_lock lock(impl_->mutex);
  const Lane& foreground = impl_->lanes[0];
  return foreground.running != 0 || !foreground.waiting.empty() || !impl_->done.empty();
}

void hand_over(AppState& state, Jobs& jobs) {
  for (const Ticket job : std::exchange(state.cancels, {})) jobs.cancel(job);
  if (std::exchange(state.plan.stop_solving, false)) jobs.cancel(JobLane::solve);
  safety_page::keep_safe(state, data::local_today());
  for (JobRequest& request : std::exchange(state.requests, {})) {
    const bool import = std::holds_alternative<PrepareImport>(request);
    const Ticket ticket = jobs.start(std::move(request));
    if (import) apply(state, command::ImportBeingRead{ticket});
  }
}

}  // namespace app
