#include "app/jobs.hpp"

#include <chrono>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

namespace app {

struct Jobs::Impl {
  std::function<void()> wake;
  mutable std::mutex mutex;
  std::condition_variable changed;
  std::deque<JobRequest> waiting;
  std::optional<command::JobProgress> progress;  // only the newest is worth telling
  Commands done;
  bool running = false, cancelled = false, closing = false;
  std::thread thread;

  bool report(double share, const geo::Message& doing) {
    bool tell = false, go_on = false;
    {
      const std::scoped_lock lock(mutex);
      tell = !progress;
      progress = command::JobProgress{share, doing};
      go_on = !cancelled && !closing;
    }
    if (tell) wake();
    return go_on;
  }

  Commands answer(const JobRequest& request) {
    const geo::Progress told{
        [this](double share, const geo::Message& doing) { return report(share, doing); }};
    try {
      return {work(request, told)};
    } catch (const geo::Cancelled&) {
      return {};
    } catch (const geo::Error& error) {
      if (const auto* import = std::get_if<PrepareImport>(&request)) {
        return {command::ImportFailed{import->options, error}};
      }
      return {command::JobFailed{error}};
    } catch (const std::exception& error) {
      return {
          command::JobFailed{geo::Error(geo::ErrorKind::internal, geo::msg("app.internal_error"),
                                        error.what(), geo::msg("app.tell_the_makers"))}};
    }
  }

  void run() {
    std::unique_lock lock(mutex);
    while (true) {
      changed.wait(lock, [this] { return closing || !waiting.empty(); });
      if (closing) return;
      const JobRequest request = std::move(waiting.front());
      waiting.pop_front();
      running = true;
      cancelled = false;
      lock.unlock();
      Commands answers = answer(request);
      lock.lock();
      running = false;
      progress.reset();
      for (Command& command : answers) done.push_back(std::move(command));
      done.emplace_back(command::JobEnded{});
      lock.unlock();
      wake();
      lock.lock();
    }
  }
};

Jobs::Jobs(std::function<void()> wake) : impl_(std::make_unique<Impl>()) {
  impl_->wake = std::move(wake);
  impl_->thread = std::thread([this] { impl_->run(); });
}

Jobs::~Jobs() {
  {
    const std::scoped_lock lock(impl_->mutex);
    impl_->closing = true;
  }
  impl_->changed.notify_all();
  impl_->thread.join();
}

void Jobs::start(JobRequest request) {
  {
    const std::scoped_lock lock(impl_->mutex);
    // Only the newest answer is wanted: a slider must not queue hundreds before an import.
    if (std::holds_alternative<FindStability>(request)) {
      std::erase_if(impl_->waiting, [](const JobRequest& waiting) {
        return std::holds_alternative<FindStability>(waiting);
      });
    }
    impl_->waiting.push_back(std::move(request));
  }
  impl_->changed.notify_all();
}

void Jobs::cancel() {
  const std::scoped_lock lock(impl_->mutex);
  impl_->cancelled = true;
}

Commands Jobs::take() {
  const std::scoped_lock lock(impl_->mutex);
  Commands out = std::move(impl_->done);
  impl_->done.clear();
  if (impl_->progress && impl_->running) out.emplace_back(*impl_->progress);
  impl_->progress.reset();
  return out;
}

bool Jobs::busy() const {
  const std::scoped_lock lock(impl_->mutex);
  return impl_->running || !impl_->waiting.empty() || !impl_->done.empty();
}

}  // namespace app
