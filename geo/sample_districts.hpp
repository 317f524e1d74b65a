#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "geo/sample_lattice.hpp"

namespace geo {

/// Groups communes into contiguous districts of about 9 (mostly 4 to 14), numbered from the one
/// that holds the capital, then along the order of the communes. `neighbours` by commune.
std::vector<std::uint32_t> form_districts(const std::vector<std::vector<std::uint32_t>>& neighbours,
                                          std::span<const GridPoint> centres,
                                          std::uint32_t capital);

}  // namespace geo
