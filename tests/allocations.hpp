#pragma once
#include <cstdint>

namespace test {

/// How often this thread has asked for memory with new since it began. For programs that are built
/// with allocations.cpp.
std::uint64_t allocations();

}  // namespace test
