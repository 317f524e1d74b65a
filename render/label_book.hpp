#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "render/frame.hpp"
#include "render/glyphs.hpp"
#include "render/label_placement.hpp"

namespace render {

/// How the labels of a frame are looked at; device pixels of the view.
struct LabelView {
  Camera camera;
  double pixel_ratio = 1;
  std::span<const PixelRect> taken;  ///< by what does not move with the ground
  double circle_scale = 1;           ///< device pixels of a circle's radius 1
  double middling_side = 0;          ///< of a unit, logical pixels: how crowded the map is
  bool page = false;                 ///< seen once: nothing is placed beyond its edge
};

/// What of the view labels lie in, with their halo.
PixelRect area_of(const LabelView& view);

/// Keeps where labels stand. At one zoom a label keeps its place on the ground: neither panning nor
/// another style, hover or selection moves one. Labels are placed for more than is in view, higher
/// priority first; only beyond that are more placed, around those that stand.
class LabelBook {
 public:
  /// True when what stands is no longer what stood before.
  bool settle(const Frame& frame, const LabelView& view, Glyphs& glyphs);

  struct Stand {
    std::uint32_t label = 0;  ///< index into Frame::labels
    PixelRect box;            ///< pixels of the ground at this zoom
    bool forced = false;      ///< only because it must
    bool hidden = false;      ///< one that must stands in its way
  };
  const std::vector<Stand>& stands() const { return stands_; }
  /// From a stand's pixels to those of the view, whole.
  PixelPoint shift() const { return shift_; }
  /// Those wholly in view and clear of what is taken, as settle() found them; pixels of the view.
  const std::vector<PlacedLabel>& in_view() const { return in_view_; }
  std::uint64_t placements() const { return placements_; }

 private:
  bool same_labels(const std::vector<Label>& labels) const;
  bool musts_stand(const std::vector<Label>& labels) const;
  void place(const Frame& frame, const LabelView& view, const PixelRect& seen, Glyphs& glyphs);
  void force(const Frame& frame, const LabelView& view, Glyphs& glyphs);
  LabelWish wish(const Frame& frame, const LabelView& view, std::size_t i, Glyphs& glyphs) const;

  double metres_per_pixel_ = 0, pixel_ratio_ = 0;
  PixelPoint origin_;  ///< of stands' pixels: the view's corner when this zoom was first seen
  PixelRect region_;   ///< that labels were placed for
  PixelPoint shift_;
  std::vector<Label> labels_;  ///< as placed
  std::vector<Stand> stands_;
  std::vector<PlacedLabel> in_view_;
  std::uint64_t placements_ = 0;
};

}  // namespace render
