#pragma once
#include <span>
#include <vector>

#include "render/gl/ground.hpp"
#include "render/gl/handles.hpp"
#include "render/map_painter.hpp"
#include "render/routes.hpp"

namespace render::gl {

/// Curves with soft edges, one strip of triangles each; uploaded only when they are others.
class RoutePass {
 public:
  void draw(std::span<const Route> routes, const Ground& ground, MapPainter::Counts& counts);

 private:
  struct Vertex {
    float x, y, across, half;
    std::uint32_t ink;
    bool operator==(const Vertex&) const = default;
  };
  void add(const Route& route, const Ground& ground);

  Program program_{"route.vert", {"route.frag"}};
  VertexArray array_;
  Buffer buffer_;
  std::vector<Vertex> vertices_, now_;
  std::vector<GLint> firsts_;
  std::vector<GLsizei> lengths_;
};

}  // namespace render::gl
