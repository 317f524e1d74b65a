#include "app/plan_map.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include "render/routes.hpp"

namespace app {
namespace {

constexpr double home_size = 14, target_size = 13;
constexpr render::Colour way_chosen = render::rgb(0x0b3a75);

render::Colour mixed(render::Colour a, render::Colour b, double share) {
  const auto mix = [share](std::uint8_t x, std::uint8_t y) {
    return static_cast<std::uint8_t>(std::lround(x + (y - x) * share));
  };
  return {mix(a.r, b.r), mix(a.g, b.g), mix(a.b, b.b), a.a};
}

double width_of(const PlanRow& row) {
  return std::clamp(1.4 * std::sqrt(static_cast<double>(row.team_days)), 2.0, 9.0);
}

render::Route route_of(const geo::Land& land, const PlanRow& row) {
  return {land.labels[row.home.value].point, land.labels[row.commune.value].point, width_of(row),
          plan_colour::way};
}

/// Is somebody sent there by hand?
bool is_fixed(const PlanShown& shown, const PlanRow& row) {
  const auto& dataset = *shown.ground->basis->dataset;
  const auto& pairs = shown.plan.wishes.pairs;
  return std::any_of(row.trips.begin(), row.trips.end(), [&](std::uint32_t t) {
    const data::Trip& trip = shown.plan.trips[t];
    return std::any_of(pairs.begin(), pairs.end(), [&](const data::PlanPair& pair) {
      return pair.days > 0 && pair.team == dataset.teams[trip.team].id &&
             pair.commune == dataset.communes[trip.commune.value].code &&
             (!pair.weekend || *pair.weekend == trip.weekend);
    });
  });
}

void compare(render::Frame& frame, const data::Dataset& dataset, const View& view,
             const PlanComparison& comparison) {
  for (render::AreaStyle& area : frame.areas) {
    area.fill = render::as_seen(render::rgb(0xf7f7f7), view.eye);
    area.patterns = render::pattern_none;
  }
  double most = 1;
  for (const auto& row : comparison.rows) most = std::max(most, std::abs(row.here - row.there));
  for (const auto& row : comparison.rows) {
    const double gain = row.here - row.there;
    if (row.commune.value >= frame.areas.size() || std::abs(gain) < 0.5) continue;
    const render::Colour full = gain > 0 ? plan_colour::more : plan_colour::less;
    frame.areas[row.commune.value].fill = render::as_seen(
        mixed(render::rgb(0xffffff), full, 0.15 + 0.6 * std::abs(gain) / most), view.eye);
    if (!has_place(*frame.land, row.commune)) continue;
    const std::string sign = gain > 0 ? " +" : " −";
    frame.labels.push_back(
        {frame.land->labels[row.commune.value].point,
         dataset.communes[row.commune.value].name + sign + number(view.language, std::abs(gain)),
         std::abs(gain), 12, true, row.commune.value});
  }
}

}  // namespace

bool has_place(const geo::Land& land, geo::UnitIndex unit) {
  return unit.valid() && unit.value < land.boxes.size() && !land.boxes[unit.value].empty();
}

const std::vector<PlanRow>& PlanOnMap::rows() const {
  static const std::vector<PlanRow> none;
  if (!shown) return none;
  if (all_weekends) return shown->all_rows;
  return weekend < shown->rows.size() ? shown->rows[weekend] : none;
}

render::Colour under_plan(render::Colour colour) {
  return mixed(colour, render::rgb(0xffffff), 0.42);
}

render::Legend plan_legend(const render::Legend& communes, const PlanOnMap& plan,
                           Language language) {
  using Swatch = render::LegendEntry::Swatch;
  using Body = render::PointStyle::Body;
  render::Legend out;
  const auto add = [&](Swatch swatch, std::string text, render::Colour colour = {}) {
    out.entries.push_back({swatch, colour, std::move(text), {}});
  };
  const auto symbol = [&](Body body, render::Colour colour, std::string text) {
    add(Swatch::point, std::move(text));
    out.entries.back().point.body = body;
    out.entries.back().point.ink = colour;
  };
  add(Swatch::heading, say(language, "plan.legend_plan"));
  symbol(Body::square, render::house::accent, say(language, "plan.legend_home"));
  symbol(Body::open_square, render::house::accent, say(language, "plan.legend_home_and_target"));
  symbol(Body::dot, render::house::selection, say(language, "plan.legend_target"));
  add(Swatch::colour, say(language, "plan.legend_way"), plan_colour::way);
  const auto& rows = plan.rows();
  if (plan.shown && std::any_of(rows.begin(), rows.end(),
                                [&](const PlanRow& row) { return is_fixed(*plan.shown, row); }))
    add(Swatch::colour, say(language, "plan.legend_by_hand"), plan_colour::by_hand);
  // A heading waits for something below it.
  std::optional<render::LegendEntry> heading;
  for (render::LegendEntry entry : communes.entries) {
    if (entry.swatch == Swatch::heading) {
      heading = entry;
      continue;
    }
    const bool drawn = entry.swatch == Swatch::colour || entry.swatch == Swatch::hatch ||
                       entry.swatch == Swatch::dots || entry.swatch == Swatch::dashed ||
                       entry.swatch == Swatch::cross;
    if (!drawn) continue;
    if (heading) out.entries.push_back(*std::exchange(heading, std::nullopt));
    if (entry.swatch == Swatch::colour) entry.colour = under_plan(entry.colour);
    entry.category.reset();
    out.entries.push_back(std::move(entry));
  }
  return out;
}

PlanOnMap plan_on_map(const AppState& s) {
  if (s.mode != Mode::plan) return {};
  const PlanDesk& p = s.plan;
  return {p.shown, p.weekend, p.all_weekends, p.row, p.hovered, p.comparison};
}

void add_plan(render::Frame& frame, const data::Dataset& dataset, const View& view,
              const PlanOnMap& plan) {
  if (!frame.land) return;
  frame.circles.clear();
  frame.points.cloud = nullptr;
  std::erase_if(frame.labels, [](const render::Label& label) { return !label.must; });
  if (plan.comparison) {
    compare(frame, dataset, view, *plan.comparison);
    return;
  }
  for (render::AreaStyle& area : frame.areas) {
    area.fill = under_plan(area.fill);
    area.patterns &= ~static_cast<std::uint32_t>(render::pattern_lines);
  }
  if (!plan.shown) return;
  const geo::Land& land = *frame.land;
  const auto& rows = plan.rows();
  std::map<std::uint32_t, double> homes, targets;  // names, by how much they matter
  for (const geo::UnitIndex home : plan.shown->homes) homes[home.value] = 0;
  std::vector<render::Route> above;
  for (std::size_t i = rows.size(); i-- > 0;) {  // those of most people last, above the others
    const PlanRow& row = rows[i];
    if (row.phone || !has_place(land, row.home) || !has_place(land, row.commune)) continue;
    homes[row.home.value] += row.people;
    targets[row.commune.value] += row.people;
    if (row.home == row.commune) continue;
    render::Route route = route_of(land, row);
    const bool chosen = plan.row == i || plan.hovered == i ||
                        std::binary_search(view.selected.begin(), view.selected.end(), row.commune);
    if (is_fixed(*plan.shown, row)) route.colour = plan_colour::by_hand;
    if (chosen) route.colour = way_chosen;
    (chosen ? above : frame.routes).push_back(route);
  }
  frame.routes.insert(frame.routes.end(), above.begin(), above.end());
  const auto name = [&](std::uint32_t unit, double people, double size) {
    const bool named = std::any_of(frame.labels.begin(), frame.labels.end(),
                                   [unit](const auto& label) { return label.unit == unit; });
    for (render::Label& label : frame.labels) {
      if (label.unit == unit) label.below = size / 2 + 8;
    }
    if (named) return;
    frame.labels.push_back({land.labels[unit].point, dataset.communes[unit].name, people, 12, true,
                            unit, false, size / 2 + 8});
  };
  for (const auto& [unit, people] : targets) {
    const bool own = homes.contains(unit);
    if (!own) frame.pins.push_back({land.labels[unit].point, render::Pin::Shape::dot, target_size});
    if (view.show_labels) name(unit, people, target_size);
  }
  for (const auto& [unit, people] : homes) {
    if (!has_place(land, geo::UnitIndex(unit))) continue;
    frame.pins.push_back(
        {land.labels[unit].point, render::Pin::Shape::square, home_size, render::house::accent});
    // Its own teams work here too.
    if (targets.contains(unit))
      frame.pins.push_back({land.labels[unit].point, render::Pin::Shape::dot, 5});
    if (view.show_labels) name(unit, people + 1e6, home_size);
  }
}

std::optional<std::size_t> plan_row_at(const AppState& s, render::PixelPoint at) {
  if (s.mode != Mode::plan || !s.loaded || !s.loaded->land || s.plan.comparison) return {};
  const geo::Land& land = *s.loaded->land;
  const auto& rows = s.plan.rows_shown();
  const double reach = 5 * s.pixel_ratio;
  std::optional<std::size_t> best;
  double least = reach;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const PlanRow& row = rows[i];
    if (row.phone || !has_place(land, row.home) || !has_place(land, row.commune)) continue;
    const render::PixelPoint target = s.camera.to_pixel(land.labels[row.commune.value].point);
    double away = std::hypot(target.x - at.x, target.y - at.y) - target_size / 2 * s.pixel_ratio;
    if (row.home != row.commune) {
      const auto curve = render::curve_of(route_of(land, row), s.camera);
      away = std::min(away, render::distance_to(curve, at) - width_of(row) / 2 * s.pixel_ratio);
    }
    if (away < least) {
      least = std::max(away, 0.0);
      best = i;
    }
  }
  return best;
}

geo::UnitIndex plan_home_at(const AppState& s, render::PixelPoint at) {
  if (s.mode != Mode::plan || !s.plan.shown || !s.loaded || !s.loaded->land || s.plan.comparison)
    return {};
  const geo::Land& land = *s.loaded->land;
  const double reach = (home_size / 2 + 4) * s.pixel_ratio;
  for (const geo::UnitIndex home : s.plan.shown->homes) {
    if (!has_place(land, home)) continue;
    const render::PixelPoint p = s.camera.to_pixel(land.labels[home.value].point);
    if (std::abs(p.x - at.x) <= reach && std::abs(p.y - at.y) <= reach) return home;
  }
  return {};
}

}  // namespace app
