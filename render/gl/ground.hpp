#pragma once
#include <epoxy/gl.h>

#include <span>

#include "geo/point.hpp"
#include "render/camera.hpp"
#include "render/gl/handles.hpp"
#include "render/mark.hpp"

namespace render::gl {

constexpr double widest_stroke = 4;  ///< either side of a border, logical pixels

/// What is looked at and where it lies in the target.
struct Ground {
  Camera camera;
  PixelRect map;  ///< of the camera, within the target
  float target_width = 1, target_height = 1;
  float ratio = 1;
  double unit_side = 0;  ///< of a unit of middling size, logical pixels: how crowded the map is
  geo::Box view;         ///< the ground that is wanted of it, map metres
  std::span<const std::size_t> blocks;  ///< of the mesh, with units in the camera's view

  /// From metres relative to `origin` to device pixels of the target; see area.vert.
  void set(const Program& program, geo::MapPoint origin) const {
    glUniform2f(program.uniform("shift"), static_cast<float>(origin.x - camera.centre.x),
                static_cast<float>(origin.y - camera.centre.y));
    glUniform1f(program.uniform("scale"), static_cast<float>(1 / camera.metres_per_pixel));
    glUniform2f(program.uniform("centre"), static_cast<float>(map.x + map.width / 2),
                static_cast<float>(map.y + map.height / 2));
    glUniform2f(program.uniform("target_size"), target_width, target_height);
  }
};

}  // namespace render::gl
