#pragma once
#include <cstdint>

namespace geo {

/// Spreads the bits of a number (the finisher of splitmix64), so that neighbouring numbers give
/// unlike answers.
constexpr std::uint64_t spread_bits(std::uint64_t z) {
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9U;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebU;
  return z ^ (z >> 31);
}

/// splitmix64 (Steele, Lea, Flood 2014). The same seed gives the same numbers on every computer,
/// which the standard library's distributions do not promise.
class Random {
 public:
  explicit constexpr Random(std::uint64_t seed) : state_(seed) {}
  constexpr std::uint64_t next() { return spread_bits(state_ += 0x9e3779b97f4a7c15U); }
  /// 0 … n-1; 0 when n is 0.
  constexpr std::uint32_t below(std::uint32_t n) {
    return static_cast<std::uint32_t>(((next() >> 32) * n) >> 32);
  }
  /// first … last, both included.
  constexpr std::int64_t between(std::int32_t first, std::int32_t last) {
    return first + static_cast<std::int64_t>(below(static_cast<std::uint32_t>(last - first + 1)));
  }
  /// 0 ≤ x < 1, on a grid of 2⁻⁵³.
  constexpr double share() { return static_cast<double>(next() >> 11) * 0x1p-53; }
  constexpr bool chance(double probability) { return share() < probability; }

 private:
  std::uint64_t state_;
};

}  // namespace geo
