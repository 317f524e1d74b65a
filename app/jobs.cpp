#include "app/jobs.hpp"

#include <array>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>
#include <utility>

#include "app/apply.hpp"
#ifdef __linux__
#include <sys/resource.h>
#endif

namespace app {
namespace {

using Clock = std::chrono::steady_clock;

/// Nobody watches the background's progress closely, and each telling costs a frame.
constexpr auto background_pace = std::chrono::milliseconds(250);

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
  bool background = false, cancelled = false;
  std::thread thread;
};

Command failure(const JobRequest& request, const geo::Error& error) {
  if (const auto* import = std::get_if<PrepareImport>(&request)) {
    return command::ImportFailed{import->options, error};
  }
  if (const auto* part = std::get_if<Complete>(&request)) {
    return command::CompletingFailed{part->loaded, part->what, error};
  }
  return command::JobFailed{error};
}

}  // namespace

struct Jobs::Impl {
  std::function<void()> wake;
  Work work;
  mutable std::mutex mutex;
  std::condition_variable changed;
  Lane foreground, background;
  Commands done;
  Ticket last = 0;
  bool closing = false;

  bool report(Lane& lane, double share, const geo::Message& doing) {
    bool tell = false, go_on = false;
    {
      const std::scoped_lock lock(mutex);
      const bool soon = lane.background && Clock::now() - lane.told < background_pace;
      tell = !lane.progress && !soon;
      if (lane.progress || tell) lane.progress = JobStatus{lane.running, share, doing, false};
      if (tell) lane.told = Clock::now();
      go_on = !lane.cancelled && !closing;
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
    if (lane.background) give_way();
    std::unique_lock lock(mutex);
    while (true) {
      changed.wait(lock, [&] { return closing || !lane.waiting.empty(); });
      if (closing) return;
      auto [ticket, request] = std::move(lane.waiting.front());
      lane.waiting.pop_front();
      lane.running = ticket;
      lane.cancelled = false;
      lane.told = Clock::now();
      lock.unlock();
      std::optional<Command> command = answer(lane, request);
      request = {};  // what it holds of an older workspace goes here, not under the lock
      lock.lock();
      lane.running = 0;
      lane.progress.reset();
      if (command) done.push_back(std::move(*command));
      done.emplace_back(lane.background ? Command(command::BackgroundEnded{})
                                        : Command(command::JobEnded{ticket}));
      lock.unlock();
      wake();
      lock.lock();
    }
  }
};

Jobs::Jobs(std::function<void()> wake) : Jobs(std::move(wake), app::work) {}

Jobs::Jobs(std::function<void()> wake, Work work) : impl_(std::make_unique<Impl>()) {
  impl_->wake = std::move(wake);
  impl_->work = std::move(work);
  impl_->background.background = true;
  for (Lane* lane : {&impl_->foreground, &impl_->background}) {
    lane->thread = std::thread([this, lane] { impl_->run(*lane); });
  }
}

Jobs::~Jobs() {
  {
    const std::scoped_lock lock(impl_->mutex);
    impl_->closing = true;
  }
  impl_->changed.notify_all();
  for (Lane* lane : {&impl_->foreground, &impl_->background}) lane->thread.join();
}

Ticket Jobs::start(JobRequest request) {
  if (in_background(request)) cancel_background();
  Ticket ticket = 0;
  {
    const std::scoped_lock lock(impl_->mutex);
    Lane& lane = in_background(request) ? impl_->background : impl_->foreground;
    // Only the newest answer is wanted: a slider must not queue hundreds before an import.
    if (std::holds_alternative<FindStability>(request)) {
      std::erase_if(lane.waiting, [](const Asked& waiting) {
        return std::holds_alternative<FindStability>(waiting.request);
      });
    }
    ticket = ++impl_->last;
    lane.waiting.push_back({ticket, std::move(request)});
  }
  impl_->changed.notify_all();
  return ticket;
}

void Jobs::cancel(Ticket job) {
  const std::scoped_lock lock(impl_->mutex);
  for (Lane* lane : {&impl_->foreground, &impl_->background}) {
    std::erase_if(lane->waiting, [job](const Asked& waiting) { return waiting.ticket == job; });
    if (job != 0 && lane->running == job) lane->cancelled = true;
  }
}

void Jobs::cancel_background() {
  const std::scoped_lock lock(impl_->mutex);
  impl_->background.cancelled = true;
  impl_->background.waiting.clear();
}

Commands Jobs::take() {
  const std::scoped_lock lock(impl_->mutex);
  Commands out = std::move(impl_->done);
  impl_->done.clear();
  const auto tell = [&out](Lane& lane, auto command) {
    if (!lane.progress || lane.running == 0) return;
    command.share = lane.progress->share;
    command.doing = std::move(lane.progress->doing);
    out.emplace_back(std::move(command));
  };
  tell(impl_->foreground, command::JobProgress{impl_->foreground.running, 0, {}});
  tell(impl_->background, command::BackgroundProgress{});
  impl_->foreground.progress.reset();
  impl_->background.progress.reset();
  return out;
}

bool Jobs::busy() const {
  const std::scoped_lock lock(impl_->mutex);
  return impl_->foreground.running != 0 || !impl_->foreground.waiting.empty() ||
         !impl_->done.empty();
}

void hand_over(AppState& state, Jobs& jobs) {
  for (const Ticket job : std::exchange(state.cancels, {})) jobs.cancel(job);
  for (JobRequest& request : std::exchange(state.requests, {})) {
    const bool import = std::holds_alternative<PrepareImport>(request);
    const Ticket ticket = jobs.start(std::move(request));
    if (import) apply(state, command::ImportBeingRead{ticket});
  }
}

}  // namespace app
