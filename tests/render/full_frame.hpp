#pragma once
#include <memory>

#include "geo/land.hpp"
#include "render/frame.hpp"

namespace test {

/// 332 made-up communes at full detail and two coarser levels.
std::shared_ptr<const geo::Land> made_up_land();
/// All of them in view, with patterns, circles, labels and what stands around them.
render::Frame full_frame(int width, int height);

}  // namespace test
