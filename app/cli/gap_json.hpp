#pragma once
#include <cmath>
#include <cstdint>
#include <optional>
#include <string>

#include "data/barrier_split.hpp"
#include "data/dataset.hpp"
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

/// null where there is no text.
template <class Json>
Json text_json(const std::string& text) {
  if (text.empty()) return nullptr;
  return text;
}

/// People short per barrier, by the names of the columns of map_commune. `known`: there is a
/// shortfall to split; without a target or a report nobody is known to be short.
template <class Json>
void put_short(Json& o, const data::BarrierSplit& split, bool known) {
  for (const data::Barrier barrier : data::all_barriers)
    o["short_" + std::string(data::id(barrier))] =
        people_json<Json>(known ? std::optional(data::People(split.of(barrier))) : std::nullopt);
}

// "" where it is not known.
inline std::string province_of(const data::Dataset& dataset, const data::Commune& commune) {
  return commune.province < 0 ? std::string()
                              : dataset.provinces[static_cast<std::size_t>(commune.province)].name;
}
inline std::string district_of(const data::Dataset& dataset, const data::Commune& commune) {
  return commune.district < 0 ? std::string()
                              : dataset.districts[static_cast<std::size_t>(commune.district)].name;
}

}  // namespace app
