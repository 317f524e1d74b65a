#include "app/map_sheet.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "app/export_notes.hpp"
#include "app/plan_words.hpp"
#include "app/print_file.hpp"
#include "app/reasons.hpp"
#include "data/rank.hpp"

namespace app {
namespace {

using render::Paper;

constexpr double near_metres = 60'000;  ///< units so near to each other lie together

double gap(const geo::Box& a, const geo::Box& b) {
  const double across = std::max({a.min.x - b.max.x, b.min.x - a.max.x, 0.0}),
               up = std::max({a.min.y - b.max.y, b.min.y - a.max.y, 0.0});
  return std::hypot(across, up);
}

/// Which group each box is in, by the number of one of its members.
std::vector<std::size_t> groups_of(const std::vector<geo::Box>& boxes) {
  std::vector<std::size_t> group(boxes.size());
  std::iota(group.begin(), group.end(), std::size_t{0});
  const auto root = [&](std::size_t i) {
    while (group[i] != i) i = group[i] = group[group[i]];
    return i;
  };
  for (std::size_t i = 0; i < boxes.size(); ++i) {
    for (std::size_t j = i + 1; j < boxes.size(); ++j) {
      const std::size_t a = root(i), b = root(j);
      if (a != b && gap(boxes[i], boxes[j]) <= near_metres) group[b] = a;
    }
  }
  for (std::size_t i = 0; i < boxes.size(); ++i) group[i] = root(i);
  return group;
}

std::vector<geo::UnitIndex> shown(const geo::Land& land, std::span<const geo::UnitIndex> units) {
  std::vector<geo::UnitIndex> out(units.begin(), units.end());
  for (std::size_t i = 0; units.empty() && i < land.boxes.size(); ++i) out.emplace_back(i);
  std::erase_if(out, [&](geo::UnitIndex unit) {
    return unit.value >= land.boxes.size() || land.boxes[unit.value].empty();
  });
  return out;
}

std::string names_of(const data::Dataset& dataset, const std::vector<geo::UnitIndex>& units) {
  constexpr std::size_t most = 3;
  std::string names;
  for (std::size_t i = 0; i < std::min(units.size(), most); ++i)
    names += (i == 0 ? "" : ", ") + dataset.communes[units[i].value].name;
  return units.size() > most ? names + " …" : names;
}

Paper::Table table_of(const data::Dataset& dataset, const Figures& f, const View& view) {
  const Language language = view.language;
  const bool reported = data::is_reported(f.indicator);
  const bool teams = f.indicator == data::Indicator::teams_per_1000;
  Paper::Table table;
  table.columns = {
      {say(language, "app.out_name"), 3.2, false, true},
      {say(language, "app.out_former_district"), 2.6},
      {reported ? say(language, "app.out_eligible") : say(language, "app.out_residents"), 1.5,
       true},
      {reported ? say(language, "app.out_reached")
       : teams  ? say(language, "app.out_team_count")
                : say(language, "app.out_served"),
       1.4, true},
      {say(language, "app.out_rate"), 1.2, true, true},
      {say(language, "app.out_target"), 1.1, true},
      {say(language, "app.out_shortfall"), 1.4, true},
      {say(language, "app.out_main_barrier"), 2.2},
      {say(language, "app.out_status"), 2.2}};
  const auto people = [&](const std::optional<data::People>& count) {
    return count ? number(language, count->value) : std::string("–");
  };
  for (const data::RankRow& row : data::rank(dataset, f.gaps, f.barriers, data::RankBy::shortfall,
                                             exported_units(dataset, f))) {
    const data::Commune& commune = dataset.communes[row.unit.value];
    const data::Gap& gap = row.gap;
    const auto barrier = data::main_barrier(f.splits[row.unit.value]);
    table.rows.push_back(
        {commune.full_name, district_name(dataset, row.unit), people(gap.eligible),
         people(gap.reached),
         gap.rate ? rate_text(f.indicator, *gap.rate, language) : std::string("–"),
         gap.target ? target_text(*gap.target, language) : std::string("–"), people(gap.shortfall),
         barrier ? barrier_name(*barrier, language) : std::string("–"),
         gap.as_of ? freshness(gap, language) : status_name(gap.status, language)});
    if (gap.status == data::Status::estimated)
      table.rows.back().back() = status_name(gap.status, language);
  }
  return table;
}

}  // namespace

FarIslands far_islands(const data::Dataset& dataset, const geo::Land& land,
                       std::span<const geo::UnitIndex> units) {
  FarIslands out;
  const auto all = shown(land, units);
  std::vector<geo::Box> boxes;
  for (const geo::UnitIndex unit : all) boxes.push_back(land.boxes[unit.value]);
  const auto group = groups_of(boxes);
  std::vector<std::size_t> members(boxes.size(), 0);
  for (const std::size_t g : group) ++members[g];
  const auto main =
      static_cast<std::size_t>(std::max_element(members.begin(), members.end()) - members.begin());
  for (std::size_t i = 0; i < boxes.size(); ++i)
    if (group[i] == main) out.box.add(boxes[i]);
  const double side = std::max(out.box.width(), out.box.height());
  const geo::Box of_main = out.box;
  for (std::size_t g = 0; g < boxes.size(); ++g) {
    if (g == main || members[g] == 0) continue;
    geo::Box box;
    std::vector<geo::UnitIndex> in;
    for (std::size_t i = 0; i < boxes.size(); ++i) {
      if (group[i] != g) continue;
      box.add(boxes[i]);
      in.push_back(all[i]);
    }
    if (gap(box, of_main) > side / 2) {
      out.insets.push_back({names_of(dataset, in), box});
    } else {
      out.box.add(box);
    }
  }
  return out;
}

void furnish_sheet(render::Frame& frame, geo::Box& box, const data::Dataset& dataset,
                   std::span<const geo::UnitIndex> within, Language language) {
  render::SheetFurniture& sheet = frame.caption.sheet;
  sheet.north = say(language, "view.north");
  if (!frame.land) return;
  const geo::Land& land = *frame.land;
  FarIslands islands = far_islands(dataset, land, within);
  if (!islands.insets.empty()) box = islands.box;
  sheet.insets = std::move(islands.insets);
  if (within.empty() || within.size() >= land.boxes.size()) return;
  for (const geo::UnitIndex unit : within) sheet.located.push_back(unit.value);
  // A commune would be a dot on a map of the nation: it is looked for in its province.
  const std::int32_t province = dataset.communes[within.front().value].province;
  const bool one = std::all_of(within.begin(), within.end(), [&](geo::UnitIndex unit) {
    return dataset.communes[unit.value].province == province;
  });
  if (!one || province < 0) return;
  std::vector<geo::UnitIndex> around;
  for (std::size_t i = 0; i < dataset.communes.size(); ++i)
    if (dataset.communes[i].province == province) around.emplace_back(i);
  if (around.size() > within.size()) sheet.locator_box = far_islands(dataset, land, around).box;
}

Paper map_sheet(const data::Dataset& dataset, std::shared_ptr<const geo::Land> land,
                const Figures& f, const View& view, const Points* points, render::PaperSize size,
                bool table) {
  const Language language = view.language;
  Picture picture = make_picture(dataset, std::move(land), f, view, PictureTheme::review, points);
  furnish_sheet(picture.frame, picture.box, dataset, view.within, language);
  render::Caption& caption = picture.frame.caption;
  picture.frame.background = render::house::panel;
  Paper paper;
  paper.title = caption.title;
  paper.subject = dataset.title;
  paper.language = language_tag(language);
  paper.made = f.at;
  paper.footer = caption.footer;
  if (dataset.made_up) paper.warning = say(language, "view.watermark");
  if (f.estimated > 0) {
    paper.warning += (paper.warning.empty() ? "" : " · ") +
                     say(language, "view.sheet_estimated", communes_text(f.estimated, language));
  }
  paper.page_words = [language](std::size_t page, std::size_t pages) {
    return say(language, "app.handover_page", page, pages);
  };
  paper.size = size;
  paper.blocks.emplace_back(Paper::Heading{caption.title, 0});
  paper.blocks.emplace_back(Paper::Text{Paper::Text::Style::body, caption.subtitle});
  caption.title.clear();
  caption.subtitle.clear();
  caption.footer.clear();
  Paper::Map map;
  map.box = picture.box;
  map.frame = std::make_shared<const render::Frame>(std::move(picture.frame));
  map.fill = true;
  map.height = size.height;
  map.scale = size.width + size.height > 1600 ? 0.85 : 0.6;  // A3 is read from farther away
  paper.blocks.emplace_back(std::move(map));
  if (!table) return paper;
  paper.blocks.emplace_back(Paper::NewPage{});
  paper.blocks.emplace_back(Paper::Heading{say(language, "view.sheet_table"), 1});
  paper.blocks.emplace_back(table_of(dataset, f, view));
  return paper;
}

}  // namespace app
