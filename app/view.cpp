#include "app/figures.hpp"

#include <algorithm>
#include <cmath>

#include "app/points.hpp"
#include "app/undrawn.hpp"

namespace app {
namespace {

render::Colour faint(render::Colour colour) {
  constexpr render::Colour ground = render::house::ground;
  const auto mix = [](std::uint8_t a, std::uint8_t b) {
    return static_cast<std::uint8_t>((a * 3 + b * 17) / 20);
  };
  return {mix(colour.r, ground.r), mix(colour.g, ground.g), mix(colour.b, ground.b), 255};
}

render::AreaStyle area_style(const Figures& f, std::size_t i, const View& view, bool inside) {
  render::AreaStyle style;
  const data::Gap& gap = f.gaps[i];
  if (f.category[i]) {
    style.fill = f.colours[*f.category[i]];
    // A report's age is known, whoever's people it counts.
    const bool estimated = gap.status == data::Status::estimated && f.layer != MapLayer::silence;
    if (estimated) style.patterns |= render::pattern_cross;
  } else {
    style.fill = render::house::not_reported;
    style.patterns |= render::pattern_dashed;
  }
  const bool barriers = view.show_barriers && has_patterns(f.layer);
  if (barriers && f.barriers[i].no_grid >= f.hatch_from) style.patterns |= render::pattern_hatch;
  if (barriers && f.barriers[i].weak_signal + f.barriers[i].no_signal >= f.dots_from) {
    style.patterns |= render::pattern_dots;
  }
  if (view.show_uncertain && f.uncertain[i]) style.patterns |= render::pattern_lines;
  if (!inside) {
    style.fill = faint(style.fill);
    style.patterns = render::pattern_none;
  }
  style.fill = render::as_seen(style.fill, view.eye);
  return style;
}

}  // namespace

bool has_patterns(MapLayer layer) {
  return layer == MapLayer::gap || layer == MapLayer::performance;
}

std::vector<geo::Parents> border_parents(const data::Dataset& dataset) {
  const auto index = [](std::int32_t i) {
    return i < 0 ? UINT32_MAX : static_cast<std::uint32_t>(i);
  };
  std::vector<geo::Parents> parents;
  parents.reserve(dataset.communes.size());
  for (const auto& c : dataset.communes) parents.push_back({index(c.district), index(c.province)});
  return parents;
}

namespace {

/// What must be known of a picture wherever it goes: that its data are made up, or whose boundaries
/// it shows and how many of them nobody has drawn.
std::string watermark(const data::Dataset& dataset, Language language) {
  std::string out = dataset.made_up ? say(language, "view.watermark") : "";
  if (!dataset.boundaries_of) return out;
  const std::size_t missing = undrawn(dataset);
  const std::string day = date(language, *dataset.boundaries_of);
  return out + (out.empty() ? "" : " · ") +
         (missing > 0
              ? say(language, "view.boundaries_undrawn", day, missing, dataset.communes.size())
              : say(language, "view.boundaries_of", day));
}

}  // namespace

render::Frame make_frame(const data::Dataset& dataset, std::shared_ptr<const geo::Land> land,
                         const Figures& f, const View& view, const Points* points) {
  render::Frame frame;
  frame.land = std::move(land);
  frame.crs_label = frame.land ? frame.land->crs.label : dataset.crs.label;
  frame.watermark = watermark(dataset, view.language);
  if (!frame.land) return frame;
  frame.points = point_layer(points, dataset, f, view);

  const std::size_t count = std::min(frame.land->boxes.size(), dataset.communes.size());
  std::vector<bool> inside(count, f.within.empty() && !f.none);
  for (const geo::UnitIndex unit : f.within) {
    if (unit.value < count) inside[unit.value] = true;
  }
  for (std::size_t i = 0; i < count; ++i) {
    const geo::UnitIndex unit(i);
    render::AreaStyle style = area_style(f, i, view, inside[i]);
    style.selected = std::binary_search(view.selected.begin(), view.selected.end(), unit);
    style.hovered = view.hovered == unit;
    frame.areas.push_back(style);

    const bool seen = inside[i] && !frame.land->boxes[i].empty();
    const double people = f.gaps[i].shortfall ? f.gaps[i].shortfall->value : 0;
    if (seen && view.show_circles && people > 0 && f.people_per_circle_area > 0) {
      frame.circles.push_back({frame.land->labels[i].point,
                               f.largest_circle * std::sqrt(people / f.people_per_circle_area),
                               unit.value});
    }
    if ((seen && view.show_labels) || (style.selected && !frame.land->boxes[i].empty())) {
      // The selected commune is always named; then those with the most people short.
      frame.labels.push_back({frame.land->labels[i].point, dataset.communes[i].name, people, 12,
                              true, unit.value, style.selected});
    }
  }
  return frame;
}

}  // namespace app
