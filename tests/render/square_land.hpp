#pragma once
#include <memory>
#include <span>
#include <vector>

#include "geo/land.hpp"
#include "render/frame.hpp"

namespace test {

/// columns × rows square units of 1 km, unit 0 at the lower left, made by hand: one level in one
/// block, borders once. `parents` by unit, may be empty.
std::shared_ptr<const geo::Land> square_land(std::uint32_t columns, std::uint32_t rows,
                                             std::span<const geo::Parents> parents = {});
std::vector<geo::MapShape> square_shapes(std::uint32_t columns, std::uint32_t rows);

/// The whole land in view, every unit in one colour, no borders, no words.
render::Frame plain_frame(std::shared_ptr<const geo::Land> land, int width, int height,
                          render::Colour fill);

}  // namespace test
