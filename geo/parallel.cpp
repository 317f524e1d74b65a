#include "geo/parallel.hpp"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace geo {

std::size_t thread_count() {
  return std::clamp<std::size_t>(std::thread::hardware_concurrency(), 1, 8);
}

// Fresh threads have memory of their own, close together: in the memory that earlier work has left
// in pieces GLU, which follows pointers all the time, takes three times as long.
void in_parallel(std::size_t n, const Progress& progress, const Message& doing,
                 const std::function<void(std::size_t, std::size_t)>& work) {
  const std::size_t threads = std::min(thread_count(), n);
  std::atomic<std::size_t> next{0};
  std::size_t running = threads;
  std::exception_ptr failure;
  std::mutex mutex;
  std::condition_variable ended;
  const auto fail = [&] {  // in a catch block
    next = n;
    const std::lock_guard lock(mutex);
    if (!failure) failure = std::current_exception();
  };
  const auto loop = [&](std::size_t thread) {
    try {
      for (std::size_t i = next++; i < n; i = next++) work(thread, i);
    } catch (...) {
      fail();
    }
    const std::lock_guard lock(mutex);
    --running;
    ended.notify_one();
  };
  {
    std::vector<std::jthread> workers;
    for (std::size_t t = 0; t < threads; ++t) workers.emplace_back(loop, t);
    try {
      for (bool done = n == 0; !done;) {
        const auto share = static_cast<double>(std::min<std::size_t>(next, n));
        progress.at(share / static_cast<double>(n), doing);
        std::unique_lock lock(mutex);
        done = ended.wait_for(lock, std::chrono::milliseconds(50), [&] { return running == 0; });
      }
    } catch (...) {
      fail();
    }
  }
  if (failure) std::rethrow_exception(failure);
}

}  // namespace geo
