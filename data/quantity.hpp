#pragma once
#include <compare>

namespace data {

/// Three numbers that are never confused. A rate is O/P; an achievement is O/(τP), may pass 1 and
/// is never clipped; people are people, kept unrounded inside and rounded only when shown.
struct Rate {
  double value = 0;
  explicit constexpr Rate(double v) : value(v) {}
  auto operator<=>(const Rate&) const = default;
};
struct Achievement {
  double value = 0;
  explicit constexpr Achievement(double v) : value(v) {}
  auto operator<=>(const Achievement&) const = default;
};
struct People {
  double value = 0;
  constexpr People() = default;
  explicit constexpr People(double v) : value(v) {}
  auto operator<=>(const People&) const = default;
  People& operator+=(People o) {
    value += o.value;
    return *this;
  }
};

}  // namespace data
