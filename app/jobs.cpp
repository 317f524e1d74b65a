#include "app/jobs.hpp"

#include <array>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>
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

/// One thread and what it has to do.
struct Lane {
  std::deque<JobRequest> waiting;
  std::optional<JobStatus> progress;  // only the newest is worth telling
  Clock::time_point told;
  bool background = false, running = false, cancelled = false;
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
  bool closing = false;

  bool report(Lane& lane, double share, const geo::Message& doing) {
    bool tell = false, go_on = false;
    {
      const std::scoped_lock lock(mutex);
      const bool soon = lane.background && Clock::now() - lane.told < background_pace;
      tell = !lane.progress && !soon;
      if (lane.progress || tell) lane.progress = JobStatus{share, doing};
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
      JobRequest request = std::move(lane.waiting.front());
      lane.waiting.pop_front();
      lane.running = true;
      lane.cancelled = false;
      lane.told = Clock::now();
      lock.unlock();
      std::optional<Command> command = answer(lane, request);
      request = {};  // what it holds of an older workspace goes here, not under the lock
      lock.lock();
      lane.running = false;
      lane.progress.reset();
      if (command) done.push_back(std::move(*command));
      done.emplace_back(lane.background ? Command(command::BackgroundEnded{})
                                        : Command(command::JobEnded{}));
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

void Jobs::start(JobRequest request) {
  if (in_background(request)) cancel_background();
  {
    const std::scoped_lock lock(impl_->mutex);
    Lane& lane = in_background(request) ? impl_->background : impl_->foreground;
    // Only the newest answer is wanted: a slider must not queue hundreds before an import.
    if (std::holds_alternative<FindStability>(request)) {
      std::erase_if(lane.waiting, [](const JobRequest& waiting) {
        return std::holds_alternative<FindStability>(waiting);
      });
    }
    lane.waiting.push_back(std::move(request));
  }
  impl_->changed.notify_all();
}

void Jobs::cancel() {
  const std::scoped_lock lock(impl_->mutex);
  impl_->foreground.cancelled = true;
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
    if (!lane.progress || !lane.running) return;
    command.share = lane.progress->share;
    command.doing = std::move(lane.progress->doing);
    out.emplace_back(std::move(command));
  };
  tell(impl_->foreground, command::JobProgress{});
  tell(impl_->background, command::BackgroundProgress{});
  impl_->foreground.progress.reset();
  impl_->background.progress.reset();
  return out;
}

bool Jobs::busy() const {
  const std::scoped_lock lock(impl_->mutex);
  return impl_->foreground.running || !impl_->foreground.waiting.empty() || !impl_->done.empty();
}

}  // namespace app
