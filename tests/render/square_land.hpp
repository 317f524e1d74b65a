#pragma once
#include <memory>

#include "geo/land.hpp"
#include "render/frame.hpp"

namespace test {

/// columns × rows square units of 1 km, unit 0 at the lower left, made by hand: one level, borders
/// once.
std::shared_ptr<const geo::Land> square_land(std::uint32_t columns, std::uint32_t rows);

/// The whole land in view, every unit in one colour, no borders, no words.
render::Frame plain_frame(std::shared_ptr<const geo::Land> land, int width, int height,
                          render::Colour fill);

}  // namespace test
