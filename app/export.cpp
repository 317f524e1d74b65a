#include "app/export.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <functional>

#include "app/export_notes.hpp"
#include "app/file_names.hpp"
#include "app/reasons.hpp"
#include "data/prepared_land.hpp"
#include "data/workspace.hpp"

namespace app {
namespace {

using data::Barrier;
using Cell = data::TableOut::Cell;
using Kind = data::TableOut::Kind;

std::string hex(render::Colour colour) {
  char out[8];
  std::snprintf(out, sizeof out, "#%02x%02x%02x", static_cast<unsigned>(colour.r),
                static_cast<unsigned>(colour.g), static_cast<unsigned>(colour.b));
  return out;
}

/// 174.949442 and not 174.94944176000001: as `rank --json` writes people.
double clean(double people) { return std::round(people * 1e6) / 1e6; }

template <class Number>
Cell number_cell(const std::optional<Number>& value) {
  if (!value) return std::monostate{};
  if constexpr (std::is_same_v<Number, data::People>)
    return clean(value->value);
  else if constexpr (requires { value->value; })
    return value->value;
  else
    return static_cast<double>(*value);
}
Cell text_cell(const std::string& text) {
  if (text.empty()) return std::monostate{};
  return text;
}

/// The category that each commune is coloured by.
std::optional<std::size_t> category_of(const Figures& f, std::size_t i) {
  if (i < f.category.size()) return f.category[i];
  const auto& rate = f.gaps[i].rate;
  return rate ? f.classes.of(rate->value) : std::nullopt;
}

/// One column: its heading and what it says of a commune.
struct Column {
  data::TableOut::Column column;
  std::function<Cell(std::size_t position, std::size_t unit)> cell;
};

std::vector<Column> columns_of(const data::Dataset& dataset, const Figures& f, const View& view,
                               const data::Scores& scores,
                               const std::vector<std::optional<data::Rate>>& smoothed,
                               const std::vector<std::string>& categories) {
  const Language language = view.language;
  const bool reported = data::is_reported(f.indicator);
  const bool teams = f.indicator == data::Indicator::teams_per_1000;
  const Kind share = teams ? Kind::decimal : Kind::share;
  std::vector<Column> out;
  const auto add = [&out](const char* id, std::string title, Kind kind, auto cell) {
    out.push_back({{id, std::move(title), kind}, cell});
  };
  // `of` answers for a commune by its index, whatever the order of the rows.
  const auto unit = [&](const char* id, std::string title, Kind kind, auto of) {
    add(id, std::move(title), kind, [of](std::size_t, std::size_t u) { return Cell(of(u)); });
  };
  const auto gap = [&](const char* id, std::string title, Kind kind, auto member) {
    unit(id, std::move(title), kind,
         [&f, member](std::size_t u) { return number_cell(f.gaps[u].*member); });
  };
  const auto commune = [&dataset](std::size_t u) -> const data::Commune& {
    return dataset.communes[u];
  };

  unit("code", say(language, "app.out_code"), Kind::text,
       [=](std::size_t u) { return text_cell(commune(u).code.text); });
  unit("name", say(language, "app.out_name"), Kind::text,
       [=](std::size_t u) { return text_cell(commune(u).full_name); });
  unit("kind", say(language, "app.out_kind"), Kind::text,
       [=](std::size_t u) { return text_cell(commune(u).kind); });
  unit("former_district", say(language, "app.out_former_district"), Kind::text,
       [&dataset](std::size_t u) {
         const auto d = dataset.communes[u].district;
         return text_cell(d < 0 ? "" : dataset.districts[static_cast<std::size_t>(d)].name);
       });
  unit("province", say(language, "app.out_province"), Kind::text, [&dataset](std::size_t u) {
    const auto p = dataset.communes[u].province;
    return text_cell(p < 0 ? "" : dataset.provinces[static_cast<std::size_t>(p)].name);
  });
  gap("eligible", reported ? say(language, "app.out_eligible") : say(language, "app.out_residents"),
      Kind::people, &data::Gap::eligible);
  gap("activated",
      reported ? say(language, "app.out_reached")
      : teams  ? say(language, "app.out_team_count")
               : say(language, "app.out_served"),
      Kind::people, &data::Gap::reached);
  gap("rate", say(language, "app.out_rate"), share, &data::Gap::rate);
  unit("interval_low", say(language, "app.out_interval_low"), Kind::share, [&](std::size_t u) {
    const auto& interval = f.intervals[u];
    return number_cell(interval ? std::optional(interval->low) : std::nullopt);
  });
  unit("interval_high", say(language, "app.out_interval_high"), Kind::share, [&](std::size_t u) {
    const auto& interval = f.intervals[u];
    return number_cell(interval ? std::optional(interval->high) : std::nullopt);
  });
  unit("smoothed", say(language, "app.out_smoothed"), Kind::share,
       [&](std::size_t u) { return number_cell(smoothed[u]); });
  gap("target", say(language, "app.out_target"), Kind::share, &data::Gap::target);
  gap("achievement", say(language, "app.out_achievement"), Kind::share, &data::Gap::achievement);
  gap("shortfall", say(language, "app.out_shortfall"), Kind::people, &data::Gap::shortfall);
  gap("unreached", say(language, "app.out_unreached"), Kind::people, &data::Gap::unreached);
  unit("as_of", say(language, "app.out_as_of"), Kind::date, [&f](std::size_t u) -> Cell {
    if (!f.gaps[u].as_of) return std::monostate{};
    return *f.gaps[u].as_of;
  });
  unit("status", say(language, "app.out_status"), Kind::text, [&f, language](std::size_t u) {
    return text_cell(status_name(f.gaps[u].status, language));
  });
  unit("silent_days", say(language, "app.out_age"), Kind::people, [&f](std::size_t u) {
    const auto& day = f.gaps[u].as_of;
    return number_cell(day ? std::optional(f.at - *day) : std::nullopt);
  });
  for (const Barrier barrier : data::all_barriers) {
    const std::string id = "short_" + std::string(data::id(barrier));
    unit(id.c_str(), say(language, "app.out_short_by", barrier_name(barrier, language)),
         Kind::people, [&, barrier](std::size_t u) {
           const bool known = f.gaps[u].shortfall.has_value();
           return number_cell(known ? std::optional(data::People(f.splits[u].of(barrier)))
                                    : std::nullopt);
         });
  }
  unit("main_barrier", say(language, "app.out_main_barrier"), Kind::text,
       [&, language](std::size_t u) {
         const auto barrier = data::main_barrier(f.splits[u]);
         return text_cell(barrier ? barrier_name(*barrier, language) : "");
       });
  // Where no settlements (or teams) are on record it is not known how many lack something.
  const auto count = [&](const char* id, std::string title, std::uint32_t data::Barriers::*member) {
    const bool of_teams = member == &data::Barriers::teams;
    const bool listed = of_teams ? !dataset.teams.empty() : !dataset.settlements.empty();
    unit(id, std::move(title), Kind::people, [&f, member, of_teams, listed](std::size_t u) -> Cell {
      const bool total = of_teams || member == &data::Barriers::settlements;
      if (!listed || (!total && f.barriers[u].settlements == 0)) return std::monostate{};
      return static_cast<double>(f.barriers[u].*member);
    });
  };
  count("settlements", say(language, "app.out_settlements"), &data::Barriers::settlements);
  count("no_grid", say(language, "app.out_no_grid"), &data::Barriers::no_grid);
  count("weak_signal", say(language, "app.out_weak_signal"), &data::Barriers::weak_signal);
  count("no_signal", say(language, "app.out_no_signal"), &data::Barriers::no_signal);
  count("teams", say(language, "app.out_teams"), &data::Barriers::teams);
  unit("category", say(language, "app.out_category"), Kind::text, [&](std::size_t u) {
    const auto category = category_of(f, u);
    return text_cell(category && *category < categories.size() ? categories[*category]
                                                               : categories.back());
  });
  add("score", say(language, "app.out_score"), Kind::decimal,
      [&scores](std::size_t position, std::size_t) -> Cell {
        const double score = scores.score[position];
        if (std::isnan(score)) return std::monostate{};
        return score;
      });
  unit("reason", say(language, "app.out_reason"), Kind::text, [&, language](std::size_t u) {
    return text_cell(explain_row(dataset, f, geo::UnitIndex(u), language));
  });
  if (!view.selected.empty())
    unit("selected", say(language, "app.out_selected"), Kind::text, [&view](std::size_t u) {
      return text_cell(
          std::binary_search(view.selected.begin(), view.selected.end(), geo::UnitIndex(u)) ? "x"
                                                                                            : "");
    });
  return out;
}

}  // namespace

Export make_export(const data::Dataset& dataset, const Figures& f, const View& view,
                   const data::Weights& weights, const std::filesystem::path& workspace) {
  const auto units = exported_units(dataset, f);
  Export out;
  const auto categories = category_labels(dataset, f, view.language);
  const data::Scores scores = data::scores(dataset, f.gaps, f.splits, units, f.at, weights);
  // Figures hold these only where a layer shows them. Teams per 1,000 are no share to be smoothed.
  auto smoothed = f.smoothed;
  if (smoothed.size() != f.gaps.size()) {
    smoothed = data::is_reported(f.indicator) ? data::smoothed_rates(dataset, f.gaps)
                                              : decltype(smoothed)(f.gaps.size());
  }
  const auto columns = columns_of(dataset, f, view, scores, smoothed, categories);
  for (const Column& column : columns) out.table.columns.push_back(column.column);
  for (std::size_t position = 0; position < units.size(); ++position) {
    auto& row = out.table.rows.emplace_back();
    for (const Column& column : columns)
      row.push_back(column.cell(position, units[position].value));
  }
  // Categories without a name are those that no commune is in.
  std::vector<std::optional<std::size_t>> place(f.colours.size());
  for (std::size_t i = 0; i < f.colours.size(); ++i) {
    if (categories[i].empty()) continue;
    place[i] = out.map.classes.size();
    out.map.classes.push_back({categories[i], hex(f.colours[i])});
  }
  out.map.no_class_label = categories.back();
  out.map.label_column = "name";
  for (const geo::UnitIndex unit : units) {
    const auto category = category_of(f, unit.value);
    out.map.of_row.push_back(category && *category < place.size() ? place[*category]
                                                                  : std::nullopt);
  }
  out.table.title = dataset.title + " · " + indicator_name(f.indicator, view.language);
  out.table.notes_title = say(view.language, "app.out_notes");
  out.table.notes = export_notes(dataset, f, view, weights, workspace);
  out.workspace = workspace;
  out.communes = dataset.communes.size();
  out.units = units;
  return out;
}

namespace {

/// Full detail, as stored: nothing else in the program needs it.
std::vector<geo::GeoShape> boundaries(const Export& out, const geo::Progress& progress) {
  data::Workspace workspace = data::Workspace::open_for_reading(out.workspace);
  std::vector<geo::GeoShape> all = data::read_shapes(workspace.database(), progress);
  if (all.size() != out.communes) {
    throw geo::Error(geo::ErrorKind::io, geo::msg("app.out_communes_changed"),
                     out.workspace.string(), geo::msg("app.out_communes_changed_remedy"));
  }
  std::vector<geo::GeoShape> shapes;
  shapes.reserve(out.units.size());
  for (const geo::UnitIndex unit : out.units) shapes.push_back(std::move(all[unit.value]));
  return shapes;
}

}  // namespace

void require_exportable(const std::filesystem::path& file) {
  const std::string extension = extension_of(file);
  if (extension == ".csv" || extension == ".xlsx" || extension == ".gpkg") return;
  throw geo::Error(geo::ErrorKind::usage, geo::msg("app.out_unknown_kind", extension),
                   file.string(), geo::msg("app.out_unknown_kind_remedy"));
}

void export_file(Export out, const std::filesystem::path& file, const geo::Progress& progress) {
  require_exportable(file);
  const std::string extension = extension_of(file);
  if (extension == ".csv") {
    data::write_csv(out.table, file);
  } else if (extension == ".xlsx") {
    data::write_xlsx(out.table, file);
  } else {
    out.map.shapes = boundaries(out, progress);
    data::write_geopackage(out.table, out.map, file);
  }
}

}  // namespace app
