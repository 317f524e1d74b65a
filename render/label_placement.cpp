#include "render/label_placement.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>

namespace render {
namespace {

/// One bit a pixel, set where a box stands: whether another fits is a few words a row, however many
/// thousand labels there are.
class Occupied {
 public:
  explicit Occupied(const PixelRect& area)
      : left_(std::floor(area.x)),
        top_(std::floor(area.y)),
        columns_(whole(std::ceil(area.right()) - left_)),
        rows_(whole(std::ceil(area.bottom()) - top_)),
        words_((columns_ + 63) / 64),
        bits_(words_ * rows_) {}

  void add(const PixelRect& box) {
    each_word(box, [](std::uint64_t& word, std::uint64_t mask) {
      word |= mask;
      return false;
    });
  }
  bool hit_by(const PixelRect& box) {
    return each_word(box,
                     [](std::uint64_t& word, std::uint64_t mask) { return (word & mask) != 0; });
  }

 private:
  static std::size_t whole(double length) {
    return static_cast<std::size_t>(std::max(length, 0.0));
  }
  template <class Visit>
  bool each_word(const PixelRect& box, Visit visit) {
    const auto clipped = [](double at, std::size_t most) {
      return whole(std::min(at, static_cast<double>(most)));
    };
    const std::size_t x0 = clipped(std::floor(box.x - left_), columns_),
                      x1 = clipped(std::ceil(box.right() - left_), columns_),
                      y0 = clipped(std::floor(box.y - top_), rows_),
                      y1 = clipped(std::ceil(box.bottom() - top_), rows_);
    if (x0 >= x1) return false;
    constexpr std::uint64_t all = ~std::uint64_t{0};
    const std::size_t first = x0 / 64, last = (x1 - 1) / 64;
    const std::uint64_t from = all << (x0 % 64), to = all >> (63 - (x1 - 1) % 64);
    for (std::size_t y = y0; y < y1; ++y) {
      for (std::size_t w = first; w <= last; ++w) {
        const std::uint64_t mask = (w == first ? from : all) & (w == last ? to : all);
        if (visit(bits_[y * words_ + w], mask)) return true;
      }
    }
    return false;
  }

  double left_, top_;
  std::size_t columns_, rows_, words_;
  std::vector<std::uint64_t> bits_;
};

/// Wider across, where two names side by side would read as one.
PixelRect grown(const PixelRect& box, double gap) {
  const double across = 3 * gap;
  return {box.x - across, box.y - gap, box.width + 2 * across, box.height + 2 * gap};
}

}  // namespace

bool crowds(const PixelRect& box, const PixelRect& other, double gap) {
  return grown(box, gap).intersects(other);
}

std::vector<PlacedLabel> place_labels(std::vector<LabelWish> wishes, const PixelRect& area,
                                      std::span<const PixelRect> taken, double gap) {
  std::sort(wishes.begin(), wishes.end(), [](const LabelWish& a, const LabelWish& b) {
    return a.priority != b.priority ? a.priority > b.priority : a.label < b.label;
  });
  Occupied standing(area);
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
