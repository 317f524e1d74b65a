#include "render/label_placement.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>

namespace render {
namespace {

/// Boxes already standing, found by the cells they touch: a country has thousands of labels.
class Taken {
 public:
  explicit Taken(const PixelRect& area)
      : area_(area),
        columns_(static_cast<std::size_t>(std::max(area.width, 0.0) / cell) + 1),
        rows_(static_cast<std::size_t>(std::max(area.height, 0.0) / cell) + 1),
        cells_(columns_ * rows_) {}

  void add(const PixelRect& box) {
    each_cell(box, [&](std::vector<PixelRect>& boxes) {
      boxes.push_back(box);
      return false;
    });
  }
  bool hit_by(const PixelRect& box) {
    return each_cell(box, [&](const std::vector<PixelRect>& boxes) {
      return std::any_of(boxes.begin(), boxes.end(),
                         [&](const PixelRect& other) { return other.intersects(box); });
    });
  }

 private:
  static constexpr double cell = 64;

  std::size_t index(double offset, std::size_t count) const {
    return static_cast<std::size_t>(std::clamp(offset / cell, 0.0, static_cast<double>(count - 1)));
  }
  template <class Visit>
  bool each_cell(const PixelRect& box, Visit visit) {
    for (std::size_t r = index(box.y - area_.y, rows_); r <= index(box.bottom() - area_.y, rows_);
         ++r) {
      for (std::size_t c = index(box.x - area_.x, columns_);
           c <= index(box.right() - area_.x, columns_); ++c) {
        if (visit(cells_[r * columns_ + c])) return true;
      }
    }
    return false;
  }

  PixelRect area_;
  std::size_t columns_, rows_;
  std::vector<std::vector<PixelRect>> cells_;
};

/// Wider across, where two names side by side would read as one.
PixelRect grown(const PixelRect& box, double gap) {
  const double across = 3 * gap;
  return {box.x - across, box.y - gap, box.width + 2 * across, box.height + 2 * gap};
}

}  // namespace

std::vector<PlacedLabel> place_labels(std::vector<LabelWish> wishes, const PixelRect& area,
                                      std::span<const PixelRect> taken, double gap) {
  std::sort(wishes.begin(), wishes.end(), [](const LabelWish& a, const LabelWish& b) {
    return a.priority != b.priority ? a.priority > b.priority : a.label < b.label;
  });
  Taken standing(area);
  for (const PixelRect& box : taken) standing.add(grown(box, gap));

  // Shares of the label's width and height, nearest first: it must still seem to belong to its
  // place.
  constexpr std::pair<double, double> moves[] = {
      {0, 0},       {0, 0.8},    {0, -0.8},    {0, 1.3},     {0, -1.3},
      {0.3, 0},     {-0.3, 0},   {0.3, 0.8},   {-0.3, 0.8},  {0.3, -0.8},
      {-0.3, -0.8}, {0.45, 0.4}, {-0.45, 0.4}, {0.45, -0.4}, {-0.45, -0.4}};
  std::vector<PlacedLabel> placed;
  for (const LabelWish& wish : wishes) {
    if (wish.anchor.x < area.x || wish.anchor.x > area.right() || wish.anchor.y < area.y ||
        wish.anchor.y > area.bottom()) {
      continue;
    }
    const auto stand = [&](double x, double y) {
      const PixelRect box{std::round(x - wish.width / 2), std::round(y - wish.height / 2),
                          wish.width, wish.height};
      if (!area.contains(box) || standing.hit_by(box)) return false;
      standing.add(grown(box, gap));
      placed.push_back({wish.label, box.x, box.y, box.width, box.height});
      return true;
    };
    const double beside = wish.circle + 0.5 * wish.height;
    if (wish.circle > 0 && (stand(wish.anchor.x, wish.anchor.y + beside) ||
                            stand(wish.anchor.x, wish.anchor.y - beside))) {
      continue;
    }
    for (const auto& [across, down] : moves) {
      if (stand(wish.anchor.x + across * wish.width, wish.anchor.y + down * wish.height)) break;
    }
  }
  return placed;
}

}  // namespace render
