#pragma once
#include <optional>
#include <vector>

#include "render/frame.hpp"
#include "render/gl/area_pass.hpp"
#include "render/gl/border_pass.hpp"
#include "render/gl/shade_pass.hpp"

namespace render::gl {

/// The land without what lies over it: who owns each pixel, what lies along borders, and both in
/// their colours. Another style only shades again; ground that moves by whole pixels is copied, and
/// only what comes into view is drawn.
class GroundPass {
 public:
  /// `restyled`: the styles of `shade` are others than last time.
  void draw(const Frame& frame, const geo::LevelMesh* mesh, const Ground& ground, bool restyled,
            AreaPass& areas, BorderPass& borders, const ShadePass& shade, BlockCache& blocks,
            MapPainter::Counts& counts);
  /// Whose colour is the ground, sRGB-encoded RGBA8.
  const Framebuffer& shaded() const { return shaded_.target; }

 private:
  /// As large as the picture. `depths`: of the edges; 1: no border is near.
  struct Owners {
    Texture units;  ///< R32UI: unit + 1, 0 the background
    Texture edges;  ///< RG32UI: see edge.frag
    Texture depths;
    Framebuffer units_target, edges_target;
  };
  struct Shaded {
    Texture colours;
    Framebuffer target;  ///< with the owners' depths
  };
  /// What is shaded.
  struct Seen {
    std::uint64_t mesh = 0;
    Camera camera;
    PixelRect map;
    double ratio = 0, unit_side = 0;
    bool strokes = false;
    PixelPoint anchor;                    ///< of the patterns, a whole pixel of the target
    bool alike(const Seen& other) const;  ///< but for where the camera is
  };
  void move_to(const Seen& now, int width, int height);
  void resize(int width, int height);
  Shaded make_shaded(int width, int height) const;
  void copy(int dx, int dy);
  /// `part`: of the ground, where it was when the rest was drawn.
  void draw_owners(const Frame& frame, const geo::LevelMesh* mesh, const Ground& part,
                   const PixelRect& strip, AreaPass& areas, BorderPass& borders, BlockCache& blocks,
                   MapPainter::Counts& counts);
  void draw_shades(const Frame& frame, const geo::LevelMesh* mesh, const Ground& part,
                   const PixelRect& strip, PixelPoint anchor, AreaPass& areas,
                   const ShadePass& shade, BlockCache& blocks, MapPainter::Counts& counts);

  int width_ = 0, height_ = 0;
  Owners owners_;
  Shaded shaded_;
  std::optional<Shaded> spare_;  ///< made when the ground first moves
  std::optional<Seen> seen_;
  /// In the styles of now; and whether the owners are of the whole map: of ground that moved they
  /// are not copied, so that another style draws them again.
  bool in_style_ = false, owners_whole_ = false;
  std::vector<PixelRect> strips_;  ///< of the map, still to be drawn
};

}  // namespace render::gl
