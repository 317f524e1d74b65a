#include "geo/triangulate.hpp"

#include <GL/glu.h>

#include <array>
#include <cmath>
#include <memory>

#include "geo/error.hpp"

namespace geo {
namespace {

struct TessDeleter {
  void operator()(GLUtesselator* tess) const { gluDeleteTess(tess); }
};

/// What the callbacks write to. GLU is given indices in place of pointers to vertices.
struct Work {
  Triangles out;
  MapPoint origin;
  GLenum error = 0;
};

void* as_data(std::size_t index) { return reinterpret_cast<void*>(index); }

void on_vertex(void* data, void* work) {
  static_cast<Work*>(work)->out.indices.push_back(
      static_cast<std::uint32_t>(reinterpret_cast<std::size_t>(data)));
}

/// Where edges cross, or vertices coincide.
void on_combine(GLdouble at[3], void* [4], GLfloat[4], void** made, void* work) {
  auto& w = *static_cast<Work*>(work);
  *made = as_data(w.out.points.size());
  w.out.points.push_back({at[0] + w.origin.x, at[1] + w.origin.y});
}

void on_error(GLenum error, void* work) { static_cast<Work*>(work)->error = error; }

/// Having this callback at all makes GLU give separate triangles, no fans or strips.
void on_edge_flag(GLboolean, void*) {}

using Callback = void (*)();
template <class Function>
void set(GLUtesselator* tess, GLenum which, Function* function) {
  gluTessCallback(tess, which, reinterpret_cast<Callback>(function));
}

void add_contour(GLUtesselator* tess, const Ring<MapPoint>& ring, Work& work) {
  gluTessBeginContour(tess);
  for (MapPoint p : ring) {
    if (!std::isfinite(p.x) || !std::isfinite(p.y)) continue;  // GLU crashes on these
    std::array<GLdouble, 3> xyz{p.x - work.origin.x, p.y - work.origin.y, 0};
    const std::size_t index = work.out.points.size();
    work.out.points.push_back(p);
    gluTessVertex(tess, xyz.data(), as_data(index));
  }
  gluTessEndContour(tess);
}

}  // namespace

Triangles triangulate(const MapShape& shape) {
  Work work;
  std::size_t count = 0;
  for (const auto& polygon : shape) {
    count += polygon.outer.size();
    for (const auto& hole : polygon.holes) count += hole.size();
  }
  if (count < 3) return {};
  work.out.points.reserve(count);
  work.out.indices.reserve(count * 3);
  const MapPoint centre = bounds(shape).centre();
  if (std::isfinite(centre.x) && std::isfinite(centre.y)) work.origin = centre;

  const std::unique_ptr<GLUtesselator, TessDeleter> tess(gluNewTess());
  if (!tess) throw std::bad_alloc();
  set(tess.get(), GLU_TESS_VERTEX_DATA, on_vertex);
  set(tess.get(), GLU_TESS_COMBINE_DATA, on_combine);
  set(tess.get(), GLU_TESS_ERROR_DATA, on_error);
  set(tess.get(), GLU_TESS_EDGE_FLAG_DATA, on_edge_flag);
  gluTessProperty(tess.get(), GLU_TESS_WINDING_RULE, GLU_TESS_WINDING_ODD);
  gluTessNormal(tess.get(), 0, 0, 1);
  gluTessBeginPolygon(tess.get(), &work);
  for (const auto& polygon : shape) {
    add_contour(tess.get(), polygon.outer, work);
    for (const auto& hole : polygon.holes) add_contour(tess.get(), hole, work);
  }
  gluTessEndPolygon(tess.get());
  if (work.error != 0 || work.out.indices.size() % 3 != 0) {
    throw Error(ErrorKind::internal, msg("geo.not_triangulated", work.error), "",
                msg("geo.not_triangulated_remedy"));
  }
  return std::move(work.out);
}

}  // namespace geo
