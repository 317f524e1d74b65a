#include <algorithm>
#include <cmath>

#include "app/map_sheet.hpp"
#include "app/points.hpp"
#include "app/report_sheet.hpp"

namespace app {
namespace {

using Swatch = render::LegendEntry::Swatch;
using Kind = ReportPart::Kind;

/// The rows of a legend that the part has something of, and the headings above them.
void keep_own(std::vector<render::LegendEntry>& entries, const ReportSheet& sheet,
              const ReportPart& part, const render::Frame& frame) {
  std::uint32_t patterns = render::pattern_none;
  for (const geo::UnitIndex unit : part.units)
    if (unit.value < frame.areas.size()) patterns |= frame.areas[unit.value].patterns;
  const auto has = [patterns](std::uint32_t pattern) { return (patterns & pattern) != 0; };
  const bool one = part.kind == Kind::commune;
  // Said over the map and at the foot of the page.
  const std::string made_up = say(sheet.language(), "view.made_up");
  std::erase_if(entries, [&](const render::LegendEntry& entry) {
    if (entry.swatch == Swatch::bullet) return entry.text == made_up;
    if (entry.swatch == Swatch::hatch) return !has(render::pattern_hatch);
    if (entry.swatch == Swatch::dots) return !has(render::pattern_dots);
    if (entry.swatch == Swatch::circle) return frame.circles.empty();
    // Of one commune only its own class is in its colour: all around it is faint.
    if (one && entry.category && *entry.category < sheet.figures.class_counts.size())
      return sheet.figures.class_counts[*entry.category] == 0;
    return false;
  });
  for (std::size_t i = 0; i < entries.size();) {
    const bool last = i + 1 == entries.size();
    const bool bare =
        entries[i].swatch == Swatch::heading && (last || entries[i + 1].swatch == Swatch::heading);
    if (bare)
      entries.erase(entries.begin() + static_cast<std::ptrdiff_t>(i));
    else
      ++i;
  }
}

geo::Box box_of(const ReportSheet& sheet, const ReportPart& part) {
  const geo::Land& land = *sheet.basis->land;
  geo::Box box;
  for (const geo::UnitIndex unit : part.units)
    if (unit.value < land.boxes.size()) box.add(land.boxes[unit.value]);
  if (box.empty()) return land.bounds;
  if (part.kind != Kind::commune) return box;
  // Enough around a commune to tell where it lies.
  const double more = 0.18 * std::max(box.width(), box.height());
  box.add(geo::MapPoint{box.min.x - more, box.min.y - more});
  box.add(geo::MapPoint{box.max.x + more, box.max.y + more});
  return box;
}

/// The names of those around a commune, in lighter letters.
void name_neighbours(render::Frame& frame, const ReportSheet& sheet, geo::UnitIndex unit) {
  const geo::Land& land = *sheet.basis->land;
  if (unit.value >= land.neighbours.size()) return;
  for (const std::uint32_t near : land.neighbours[unit.value]) {
    if (near >= land.labels.size() || land.boxes[near].empty()) continue;
    frame.labels.push_back(
        {land.labels[near].point, sheet.dataset().communes[near].name, 0, 10.5, false, near});
  }
}

}  // namespace

render::Paper::Map map_of(const ReportSheet& sheet, const ReportPart& part, bool counting) {
  render::Paper::Map map;
  const double page = sheet.ask.size.height - 2 * render::Paper::margin;
  const bool low = is_low(sheet.ask.size);  // then the tables are on the next page
  map.height = page * (part.kind == Kind::commune    ? (low ? 0.42 : 0.29)
                       : part.kind == Kind::district ? 0.34
                                                     : 0.5);
  map.fill = low && part.kind != Kind::commune;
  // Letters grow less than sheets do.
  map.scale = 0.6 * std::sqrt(std::max(1.0, sheet.ask.size.width / 595.28));
  if (counting || !sheet.basis->land) return map;

  const bool one = part.kind == Kind::commune;
  View view = sheet.ask.view;
  view.within = part.units;
  if (one) {
    view.selected = part.units;
    view.show_circles = false;
    // Each settlement shows for itself what it lacks.
    view.show_barriers = sheet.settlements[part.units.front().value].empty();
    view.points = PointsShown::always;
  }
  const Points* points = sheet.basis->points.get();
  const Figures& f = sheet.figures;
  auto frame = std::make_shared<render::Frame>(
      make_frame(sheet.dataset(), sheet.basis->land, f, view, points));
  map.box = box_of(sheet, part);
  furnish_sheet(*frame, map.box, sheet.dataset(), part.units, view.language);
  frame->background = render::house::panel;
  if (one) name_neighbours(*frame, sheet, part.units.front());
  render::Caption& caption = frame->caption;
  caption.legend = legend(f, sheet.dataset(), view.language);
  keep_own(caption.legend.entries, sheet, part, *frame);
  if (frame->points.cloud) {
    caption.points = [rows = points_legend(points, sheet.dataset(), f, view.language),
                      language = view.language](const render::PointsInView& seen) {
      auto out = rows;
      if (const auto thinned = thinned_text(seen, language); !thinned.empty())
        out.push_back({Swatch::bullet, {}, thinned, {}});
      return out;
    };
  }
  map.frame = std::move(frame);
  return map;
}

}  // namespace app
