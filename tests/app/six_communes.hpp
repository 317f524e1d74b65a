#pragma once
#include <memory>

#include "data/dataset.hpp"
#include "geo/land.hpp"

namespace six {

geo::Date week(int n);
/// Six communes in two former districts, two weeks. The last commune never reported; the first
/// reported zero. The second district is held to another target.
data::Dataset communes();
/// Squares of a kilometre in a row.
std::shared_ptr<const geo::Land> squares(std::size_t count);

}  // namespace six
