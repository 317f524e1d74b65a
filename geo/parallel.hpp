#pragma once
#include <cstddef>
#include <functional>

#include "geo/progress.hpp"

namespace geo {

/// Threads that long work is shared among: one per core, at most 8.
std::size_t thread_count();

/// Calls work(thread, i) for every i below n, from thread_count() threads (thread <
/// thread_count()); the calling thread only tells the progress. The first exception (also a cancel)
/// ends it all and is thrown on.
void in_parallel(std::size_t n, const Progress& progress, const Message& doing,
                 const std::function<void(std::size_t thread, std::size_t i)>& work);

}  // namespace geo
