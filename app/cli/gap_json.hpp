#pragma once
#include <cmath>
#include <cstdint>
#include <optional>

#include "data/quantity.hpp"

namespace app {

// `Json` is the caller's JSON value: the library stays out of headers.

/// Unrounded, but 0.6 and not 0.6000000000000001.
template <class Json>
Json share_json(std::optional<double> value) {
  if (!value || !std::isfinite(*value)) return nullptr;
  return std::round(*value * 1e12) / 1e12;
}
template <class Json, class Quantity>
Json share_json(const std::optional<Quantity>& quantity) {
  return share_json<Json>(quantity ? std::optional<double>(quantity->value) : std::nullopt);
}

/// Whole people as whole numbers; parts of people come from communes that were split.
template <class Json>
Json people_json(const std::optional<data::People>& people) {
  if (!people || !std::isfinite(people->value)) return nullptr;
  const double clean = std::round(people->value * 1e6) / 1e6;
  if (clean == std::floor(clean) && std::abs(clean) < 9e15) return static_cast<std::int64_t>(clean);
  return clean;
}

}  // namespace app
