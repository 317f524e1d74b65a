#include "render/label_book.hpp"

#include <algorithm>
#include <cmath>
#include <unordered_map>

namespace render {
namespace {

/// Beyond the view on each side, as a share of it, labels are placed ahead of panning.
constexpr double beyond = 0.5;
/// Logical pixels: where communes of middling size are smaller than `crowded`, a name is longer
/// than a few of them together, and only those of at least `roomy` are named.
constexpr double crowded = 24, roomy = 16;

/// The view's top left, in pixels from the origin of the map's coordinates.
PixelPoint corner_of(const Camera& c) {
  return {c.centre.x / c.metres_per_pixel - c.width / 2.0,
          -c.centre.y / c.metres_per_pixel - c.height / 2.0};
}

bool same(const Label& a, const Label& b) {
  return a.unit == b.unit && a.at.x == b.at.x && a.at.y == b.at.y && a.size == b.size &&
         a.below == b.below && a.bold == b.bold && a.text == b.text;
}

double gap_of(const LabelView& view) { return std::round(2 * view.pixel_ratio); }
double halo_of(const LabelView& view) { return 2 * view.pixel_ratio; }

PixelRect moved(const PixelRect& box, double dx, double dy) {
  return {box.x + dx, box.y + dy, box.width, box.height};
}

}  // namespace

PixelRect area_of(const LabelView& view) {
  const double halo = std::round(halo_of(view));
  return {halo, halo, view.camera.width - 2 * halo, view.camera.height - 2 * halo};
}

bool LabelBook::same_labels(const std::vector<Label>& labels) const {
  return std::equal(labels.begin(), labels.end(), labels_.begin(), labels_.end(), same);
}

bool LabelBook::musts_stand(const std::vector<Label>& labels) const {
  for (std::size_t i = 0; i < labels.size(); ++i) {
    if (labels[i].must != labels_[i].must) return false;
  }
  return true;
}

LabelWish LabelBook::wish(const Frame& frame, const LabelView& view, std::size_t i,
                          Glyphs& glyphs) const {
  const Label& label = frame.labels[i];
  const double size = label.size * view.pixel_ratio;
  // From the tallest accents to the descenders; centred on the small letters.
  return {i,
          {label.at.x / metres_per_pixel_ - origin_.x,
           -label.at.y / metres_per_pixel_ - origin_.y + label.below * view.pixel_ratio},
          std::ceil(glyphs.width(label.text, size, label.bold)),
          std::ceil(1.2 * size),
          label.priority};
}

void LabelBook::place(const Frame& frame, const LabelView& view, const PixelRect& seen,
                      Glyphs& glyphs) {
  ++placements_;
  const double halo = halo_of(view);
  region_ = {seen.x + halo, seen.y + halo, seen.width - 2 * halo, seen.height - 2 * halo};
  if (!view.page) {
    const double across = std::round(beyond * seen.width), down = std::round(beyond * seen.height);
    region_ = {seen.x - across, seen.y - down, seen.width + 2 * across, seen.height + 2 * down};
  }
  // What stands stays, also beyond the edge of the view: what it kept out would else turn up in the
  // middle.
  std::unordered_multimap<double, const Stand*> kept;
  std::vector<PixelRect> taken;
  std::vector<Stand> before;
  std::swap(before, stands_);
  for (const Stand& stand : before) {
    if (stand.box.intersects(region_)) kept.emplace(labels_[stand.label].at.x, &stand);
  }
  for (const PixelRect& box : view.taken) taken.push_back(moved(box, seen.x, seen.y));

  std::unordered_map<std::uint32_t, double> circles;  // radius by unit
  for (const Circle& c : frame.circles) circles[c.unit] = c.radius * view.circle_scale;
  std::vector<LabelWish> wishes;
  for (std::size_t i = 0; i < frame.labels.size(); ++i) {
    const Label& label = frame.labels[i];
    if (label.text.empty()) continue;
    bool stands = false;
    const auto [first, last] = kept.equal_range(label.at.x);
    for (auto k = first; k != last && !stands; ++k) {
      const Stand& was = *k->second;
      stands = same(label, labels_[was.label]) && (!was.forced || label.must);
      if (!stands) continue;
      stands_.push_back({static_cast<std::uint32_t>(i), was.box, was.forced});
      if (!was.forced) taken.push_back(was.box);
    }
    if (stands) continue;
    const PixelPoint at{label.at.x / metres_per_pixel_ - origin_.x,
                        -label.at.y / metres_per_pixel_ - origin_.y};
    if (at.x < region_.x || at.y < region_.y || at.x > region_.right() || at.y > region_.bottom())
      continue;
    if (view.middling_side < crowded && frame.land && label.unit < frame.land->boxes.size()) {
      const geo::Box& box = frame.land->boxes[label.unit];
      const double side =
          std::sqrt(0.55 * box.width() * box.height()) / (metres_per_pixel_ * view.pixel_ratio);
      if (side < roomy) continue;
    }
    wishes.push_back(wish(frame, view, i, glyphs));
    const auto circle = circles.find(label.unit);
    if (circle != circles.end()) wishes.back().circle = circle->second;
  }
  for (const PlacedLabel& p : place_labels(std::move(wishes), region_, taken, gap_of(view))) {
    stands_.push_back({static_cast<std::uint32_t>(p.label), {p.x, p.y, p.width, p.height}});
  }
}

void LabelBook::force(const Frame& frame, const LabelView& view, Glyphs& glyphs) {
  std::vector<LabelWish> wishes;
  std::vector<PixelRect> taken;
  std::vector<bool> standing(frame.labels.size());
  for (const Stand& stand : stands_) standing[stand.label] = true;
  std::erase_if(stands_, [&](const Stand& stand) {
    const bool gone = stand.forced && !frame.labels[stand.label].must;
    if (gone) standing[stand.label] = false;
    return gone;
  });
  for (Stand& stand : stands_) {
    stand.hidden = false;
    if (frame.labels[stand.label].must) taken.push_back(stand.box);
  }
  for (std::size_t i = 0; i < frame.labels.size(); ++i) {
    if (frame.labels[i].must && !standing[i] && !frame.labels[i].text.empty())
      wishes.push_back(wish(frame, view, i, glyphs));
  }
  for (const PlacedLabel& p : place_labels(std::move(wishes), region_, taken, gap_of(view))) {
    stands_.push_back({static_cast<std::uint32_t>(p.label), {p.x, p.y, p.width, p.height}, true});
  }
  std::vector<Stand> forced;
  std::copy_if(stands_.begin(), stands_.end(), std::back_inserter(forced),
               [](const Stand& stand) { return stand.forced; });
  for (Stand& stand : stands_) {
    stand.hidden = !frame.labels[stand.label].must &&
                   std::any_of(forced.begin(), forced.end(), [&](const Stand& other) {
                     return crowds(other.box, stand.box, gap_of(view));
                   });
  }
}

bool LabelBook::settle(const Frame& frame, const LabelView& view, Glyphs& glyphs) {
  const Camera& camera = view.camera;
  if (!(camera.metres_per_pixel > 0)) {
    const bool changed = !stands_.empty();
    labels_.clear();
    stands_.clear();
    in_view_.clear();
    return changed;
  }
  const PixelPoint corner = corner_of(camera);
  const bool same_zoom = !view.page && metres_per_pixel_ == camera.metres_per_pixel &&
                         pixel_ratio_ == view.pixel_ratio;
  if (!same_zoom) {
    metres_per_pixel_ = camera.metres_per_pixel;
    pixel_ratio_ = view.pixel_ratio;
    origin_ = corner;
    stands_.clear();
  }
  const PixelRect seen{std::round(corner.x - origin_.x), std::round(corner.y - origin_.y),
                       static_cast<double>(camera.width), static_cast<double>(camera.height)};
  shift_ = {-seen.x, -seen.y};
  const bool stands = same_zoom && region_.contains(seen) && same_labels(frame.labels);
  const bool changed = !stands || !musts_stand(frame.labels);
  if (!stands) place(frame, view, seen, glyphs);
  if (changed) {
    force(frame, view, glyphs);
    labels_ = frame.labels;
  }
  const PixelRect area = area_of(view);
  in_view_.clear();
  for (const Stand& stand : stands_) {
    const PixelRect box = moved(stand.box, shift_.x, shift_.y);
    const bool covered = std::any_of(view.taken.begin(), view.taken.end(),
                                     [&](const PixelRect& other) { return other.intersects(box); });
    if (!stand.hidden && !covered && area.contains(box))
      in_view_.push_back({stand.label, box.x, box.y, box.width, box.height});
  }
  return changed;
}

}  // namespace render
