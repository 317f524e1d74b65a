#include "geo/hit_index.hpp"

#include <algorithm>
#include <cmath>

namespace geo {
namespace {

std::size_t arc_index(std::int32_t step) {
  return static_cast<std::size_t>(step > 0 ? step - 1 : -step - 1);
}

/// Calls f(arc) for every arc along a unit.
template <class F>
void for_each_arc(const Borders& b, std::uint32_t unit, F&& f) {
  for (std::uint32_t r = b.unit_first[unit]; r < b.unit_first[unit + 1]; ++r) {
    for (const std::int32_t step : b.steps.subspan(b.rings[r].first_step, b.rings[r].steps)) {
      f(arc_index(step));
    }
  }
}

/// Whether a ray from p to the east crosses the arc an odd number of times. Always in the arc's own
/// direction, so that the units on both sides agree.
bool crossed(const Borders& b, std::size_t arc, LonLat p) {
  bool odd = false;
  const std::size_t last = b.arc_first[arc + 1] - 1;
  std::size_t i = b.arc_first[arc];
  for (std::size_t s = b.stretch_first[arc]; s < b.stretch_first[arc + 1];
       ++s, i += stretch_edges) {
    const Borders::Stretch& bound = b.stretches[s];
    if (p.lat < double{bound.south} || p.lat > double{bound.north} || p.lon > double{bound.east}) {
      continue;
    }
    const std::size_t end = std::min(i + stretch_edges, last);
    if (p.lon < double{bound.west}) {  // all of it lies to the east
      odd ^= (b.points[i].lat > p.lat) != (b.points[end].lat > p.lat);
      continue;
    }
    for (std::size_t k = i; k < end; ++k) {
      const LonLat from = b.points[k], to = b.points[k + 1];
      odd ^= (from.lat > p.lat) != (to.lat > p.lat) &&
             p.lon < (to.lon - from.lon) * (p.lat - from.lat) / (to.lat - from.lat) + from.lon;
    }
  }
  return odd;
}

std::size_t cell(double offset, double size, std::size_t cells) {
  const double share = offset / size;
  if (!(share > 0)) return 0;  // no number, too: borders from a file may hold anything
  return static_cast<std::size_t>(std::min(share, 1.0) * static_cast<double>(cells - 1));
}

}  // namespace

bool contains(const Borders& borders, std::uint32_t unit, LonLat p) {
  bool inside = false;
  for_each_arc(borders, unit, [&](std::size_t arc) { inside ^= crossed(borders, arc, p); });
  return inside;
}

HitIndex::HitIndex(std::shared_ptr<const Borders> borders)
    : borders_(std::move(borders)), boxes_(borders_->units()) {
  const Borders& b = *borders_;
  for (std::uint32_t u = 0; u < b.units(); ++u) {
    for_each_arc(b, u, [&](std::size_t arc) {
      for (const auto& s : b.stretches.subspan(b.stretch_first[arc],
                                               b.stretch_first[arc + 1] - b.stretch_first[arc])) {
        boxes_[u].add({double{s.west}, double{s.south}}, {double{s.east}, double{s.north}});
      }
    });
    if (boxes_[u].min.lon <= boxes_[u].max.lon) bounds_.add(boxes_[u].min, boxes_[u].max);
  }
  // Some sixteen cells for each unit: most have one or two in them.
  const double side = 4 * std::sqrt(static_cast<double>(b.units()));
  columns_ = rows_ = std::clamp<std::size_t>(static_cast<std::size_t>(side), 1, 2048);
  first_.assign(columns_ * rows_ + 1, 0);
  const auto for_each_cell = [&](const LonLatBox& box, auto&& f) {
    if (!(box.min.lon <= box.max.lon)) return;
    for (std::size_t y = row(box.min.lat); y <= row(box.max.lat); ++y) {
      for (std::size_t x = column(box.min.lon); x <= column(box.max.lon); ++x) f(y * columns_ + x);
    }
  };
  for (const LonLatBox& box : boxes_) {
    for_each_cell(box, [&](std::size_t cell) { ++first_[cell + 1]; });
  }
  for (std::size_t cell = 1; cell < first_.size(); ++cell) first_[cell] += first_[cell - 1];
  units_.resize(first_.back());
  std::vector<std::uint32_t> next(first_.begin(), first_.end() - 1);
  for (std::uint32_t u = 0; u < boxes_.size(); ++u) {
    for_each_cell(boxes_[u], [&](std::size_t cell) { units_[next[cell]++] = u; });
  }
}

std::size_t HitIndex::column(double lon) const {
  return cell(lon - bounds_.min.lon, bounds_.max.lon - bounds_.min.lon, columns_);
}

std::size_t HitIndex::row(double lat) const {
  return cell(lat - bounds_.min.lat, bounds_.max.lat - bounds_.min.lat, rows_);
}

std::uint32_t HitIndex::unit_at(LonLat p) const {
  if (!bounds_.contains(p)) return UINT32_MAX;
  const std::size_t cell = row(p.lat) * columns_ + column(p.lon);
  for (std::size_t i = first_[cell]; i < first_[cell + 1]; ++i) {
    const std::uint32_t unit = units_[i];
    if (boxes_[unit].contains(p) && contains(*borders_, unit, p)) return unit;
  }
  return UINT32_MAX;
}

}  // namespace geo
