#pragma once
#include <algorithm>
#include <cstddef>

#include "data/dataset.hpp"

namespace app {

/// Communes that nobody drew: former ones come without a boundary more often than not.
inline std::size_t undrawn(const data::Dataset& dataset) {
  return static_cast<std::size_t>(
      std::count_if(dataset.communes.begin(), dataset.communes.end(),
                    [](const data::Commune& commune) { return !(commune.area_m2 > 0); }));
}

}  // namespace app
