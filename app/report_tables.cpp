#include <algorithm>
#include <functional>

#include "app/file_names.hpp"
#include "app/panels/import_words.hpp"
#include "app/points.hpp"
#include "app/reasons.hpp"
#include "app/report_sheet.hpp"
#include "data/rank.hpp"
#include "data/statements.hpp"
#include "data/statistics.hpp"

namespace app {
namespace {

using render::Paper;
using Units = std::vector<geo::UnitIndex>;

constexpr const char* none = "–";

std::string people_or_none(const ReportSheet& sheet, const std::optional<data::People>& people) {
  return people ? sheet.people(people->value) : none;
}
std::string rate_or_none(const ReportSheet& sheet, const data::Gap& gap) {
  return gap.rate ? rate_text(sheet.figures.indicator, *gap.rate, sheet.language()) : none;
}
std::string target_or_none(const ReportSheet& sheet, const data::Gap& gap) {
  return gap.target ? target_text(*gap.target, sheet.language()) : none;
}
std::string achievement_or_none(const ReportSheet& sheet, const data::Gap& gap) {
  return gap.achievement ? percent(sheet.language(), gap.achievement->value) : none;
}

/// What a column says of a commune or of several together.
struct Column {
  Paper::Table::Column head;
  std::function<std::string(const data::Gap&)> text;
};

/// P, O, their quotient, and where the indicator has targets: the target, what was achieved of it,
/// and who is missing. Rate and achievement stand under heads that cannot be taken for each other.
std::vector<Column> number_columns(const ReportSheet& sheet) {
  const Language l = sheet.language();
  const data::Indicator indicator = sheet.figures.indicator;
  const bool reported = data::is_reported(indicator);
  const bool teams = indicator == data::Indicator::teams_per_1000;
  std::vector<Column> out;
  const auto add = [&out](std::string title, double share, bool strong, auto text) {
    out.push_back({{std::move(title), share, true, strong}, text});
  };
  add(reported ? say(l, "app.out_eligible") : say(l, "app.out_residents"), 1.4, false,
      [&sheet](const data::Gap& g) { return people_or_none(sheet, g.eligible); });
  add(reported ? say(l, "app.out_reached")
      : teams  ? say(l, "app.out_team_count")
               : say(l, "app.out_served"),
      1.4, false, [&sheet](const data::Gap& g) { return people_or_none(sheet, g.reached); });
  add(teams ? say(l, "app.report_per_1000") : say(l, "app.out_rate"), 1.3, true,
      [&sheet](const data::Gap& g) { return rate_or_none(sheet, g); });
  if (!reported) return out;
  add(say(l, "app.out_target"), 1.3, false,
      [&sheet](const data::Gap& g) { return target_or_none(sheet, g); });
  add(say(l, "app.out_achievement"), 1.3, false,
      [&sheet](const data::Gap& g) { return achievement_or_none(sheet, g); });
  add(say(l, "app.out_shortfall"), 1.4, true,
      [&sheet](const data::Gap& g) { return people_or_none(sheet, g.shortfall); });
  return out;
}

/// "đã báo cáo"; of one that is estimated or silent also since when.
std::string status_text(const ReportSheet& sheet, const data::Gap& gap) {
  const bool numbers = data::is_reported(sheet.figures.indicator);
  if (!numbers && gap.status == data::Status::not_reported)
    return say(sheet.language(), "app.report_no_number");
  // Of several offices one may be silent while the others go on.
  if (gap.status == data::Status::silent && gap.parts_silent > 0 && gap.parts_silent < gap.parts)
    return say(sheet.language(), "app.report_status_parts", gap.parts_silent, gap.parts);
  return status_name(gap.status, sheet.language());
}

std::string day_or_none(const ReportSheet& sheet, const data::Gap& gap) {
  return gap.as_of ? date(sheet.language(), *gap.as_of) : none;
}

/// The sum below a table of units.
std::vector<std::string> sum_row(const std::vector<Column>& columns, const data::Gap& sum,
                                 std::size_t before, std::size_t name_at, std::string name) {
  std::vector<std::string> row(before);
  row[name_at] = std::move(name);
  for (const Column& column : columns) row.push_back(column.text(sum));
  return row;
}

}  // namespace

std::string ReportSheet::district(geo::UnitIndex unit) const {
  const std::int32_t d = commune(unit).district;
  return d < 0 ? none : dataset().districts[static_cast<std::size_t>(d)].name;
}

Paper::Table numbers_table(const ReportSheet& sheet, const data::Gap& gap) {
  const Language l = sheet.language();
  Paper::Table table;
  table.size = 13;
  auto& row = table.rows.emplace_back();
  for (const Column& column : number_columns(sheet)) {
    table.columns.push_back(column.head);
    row.push_back(column.text(gap));
  }
  const bool reported = data::is_reported(sheet.figures.indicator);
  if (reported) {
    table.columns.push_back({say(l, "app.out_unreached"), 1.4, true, false});
    row.push_back(people_or_none(sheet, gap.unreached));
  }
  return table;
}

Paper::Table commune_table(const ReportSheet& sheet, const Units& units, bool places) {
  const Language l = sheet.language();
  const data::Dataset& dataset = sheet.dataset();
  const bool reported = data::is_reported(sheet.figures.indicator);
  const bool provinces = places && dataset.provinces.size() > 1;
  Paper::Table table;
  table.size = places ? 7.5 : 8;
  if (places) table.columns.push_back({say(l, "app.report_place"), 0.8, true, false});
  table.columns.push_back({say(l, "app.out_name"), 3.1, false, true});
  if (places) table.columns.push_back({say(l, "app.out_former_district"), 3, false, false});
  if (provinces) table.columns.push_back({say(l, "app.out_province"), 2.4, false, false});
  const std::size_t before = table.columns.size();
  const auto columns = number_columns(sheet);
  for (const Column& column : columns) table.columns.push_back(column.head);
  table.columns.push_back({say(l, "app.out_status"), 2.25, false, false});
  if (reported) table.columns.push_back({say(l, "app.out_as_of"), 1.85, true, false});

  const auto ranked = data::rank(dataset, sheet.figures.gaps, sheet.figures.barriers,
                                 reported ? data::RankBy::shortfall : data::RankBy::rate, units);
  std::size_t place = 0;
  for (const data::RankRow& one : ranked) {
    std::vector<std::string> row;
    if (places) row.push_back(std::to_string(++place));
    row.push_back(sheet.commune(one.unit).full_name);
    if (places) row.push_back(sheet.district(one.unit));
    if (provinces) {
      const std::int32_t p = sheet.commune(one.unit).province;
      row.push_back(p < 0 ? none : dataset.provinces[static_cast<std::size_t>(p)].name);
    }
    for (const Column& column : columns) row.push_back(column.text(one.gap));
    row.push_back(status_text(sheet, one.gap));
    if (reported) row.push_back(day_or_none(sheet, one.gap));
    table.rows.push_back(std::move(row));
  }
  if (units.size() > 1) {
    const data::Gap sum = data::total(sheet.figures.gaps, units);
    table.rows.push_back(sum_row(columns, sum, before, places ? 1 : 0,
                                 say(l, "app.report_sum_of", communes_of(sum, units.size(), l))));
  }
  return table;
}

Paper::Table group_table(const ReportSheet& sheet, const std::vector<UnitGroup>& groups,
                         const Units& all) {
  const Language l = sheet.language();
  const bool provinces = std::any_of(all.begin(), all.end(), [&](geo::UnitIndex unit) {
    return sheet.commune(unit).province != sheet.commune(all.front()).province;
  });
  Paper::Table table;
  table.size = 8;
  table.columns = {{provinces ? say(l, "app.out_province") : say(l, "app.out_former_district"), 3.4,
                    false, true},
                   {say(l, "app.report_communes"), 0.9, true, false}};
  const auto columns = number_columns(sheet);
  for (const Column& column : columns) table.columns.push_back(column.head);
  table.columns.push_back({say(l, "app.report_not_reported"), 1.3, true, false});

  struct Row {
    const UnitGroup* group;
    data::Gap gap;
  };
  std::vector<Row> rows;
  for (const UnitGroup& group : groups)
    rows.push_back({&group, data::total(sheet.figures.gaps, group.units)});
  std::stable_sort(rows.begin(), rows.end(), [](const Row& a, const Row& b) {
    const auto people = [](const data::Gap& g) { return g.shortfall ? g.shortfall->value : -1; };
    return people(a.gap) > people(b.gap);
  });
  const auto not_reported_in = [&](const Units& units) {
    return std::to_string(std::count_if(units.begin(), units.end(), [&](geo::UnitIndex unit) {
      return sheet.figures.gaps[unit.value].status == data::Status::not_reported;
    }));
  };
  for (const Row& one : rows) {
    auto& row = table.rows.emplace_back();
    row = {one.group->name.empty() ? say(l, "app.out_no_district") : one.group->name,
           std::to_string(one.group->units.size())};
    for (const Column& column : columns) row.push_back(column.text(one.gap));
    row.push_back(not_reported_in(one.group->units));
  }
  auto sum = sum_row(columns, data::total(sheet.figures.gaps, all), 2, 0, say(l, "app.report_sum"));
  sum[1] = std::to_string(all.size());
  sum.push_back(not_reported_in(all));
  table.rows.push_back(std::move(sum));
  return table;
}

Paper::Table barrier_table(const ReportSheet& sheet, const Units& units) {
  const Language l = sheet.language();
  const data::BarrierSplit split = data::total(sheet.figures.splits, units);
  const auto people = whole_people(split);
  Paper::Table table;
  table.columns = {{say(l, "app.report_barrier"), 3, false, true},
                   {say(l, "app.report_people"), 1.9, true, true},
                   {say(l, "app.report_share"), 1.2, true, false},
                   {say(l, "app.report_needs"), 5.4, false, false}};
  std::vector<data::Barrier> order;
  for (const data::Barrier barrier : data::all_barriers)
    if (people[static_cast<std::size_t>(barrier)] > 0) order.push_back(barrier);
  std::stable_sort(order.begin(), order.end(),
                   [&](data::Barrier a, data::Barrier b) { return split.of(a) > split.of(b); });
  for (const data::Barrier barrier : order)
    table.rows.push_back(
        {barrier_name(barrier, l),
         sheet.people(static_cast<double>(people[static_cast<std::size_t>(barrier)])),
         percent(l, split.of(barrier) / split.total()), say(l, data::action(barrier))});
  return table;
}

Paper::Table history_table(const ReportSheet& sheet, geo::UnitIndex unit) {
  const Language l = sheet.language();
  Paper::Table table;
  if (sheet.dates.empty()) return table;
  table.size = 8;
  table.columns = {{say(l, "app.report_day"), 1.9, false, true},
                   {say(l, "app.out_eligible"), 1.6, true, false},
                   {say(l, "app.out_reached"), 1.6, true, false},
                   {say(l, "app.report_gained"), 1.6, true, false},
                   {say(l, "app.out_rate"), 1.2, true, true},
                   {say(l, "app.out_achievement"), 1.6, true, false},
                   {say(l, "app.out_shortfall"), 1.5, true, false},
                   {say(l, "app.out_status"), 4.2, false, false}};
  for (std::size_t d = 0; d < std::min(sheet.dates.size(), dates_shown); ++d) {
    const data::Gap& gap = sheet.history[d][unit.value];
    std::string gained = none;
    if (d + 1 < sheet.dates.size()) {
      const data::Gap& before = sheet.history[d + 1][unit.value];
      if (data::alike(gap, before)) {
        const double more = gap.reached->value - before.reached->value;
        gained = (more >= 0.5 ? "+" : "") + sheet.people(more);
      }
    }
    table.rows.push_back({date(l, sheet.dates[d]), people_or_none(sheet, gap.eligible),
                          people_or_none(sheet, gap.reached), gained, rate_or_none(sheet, gap),
                          achievement_or_none(sheet, gap), people_or_none(sheet, gap.shortfall),
                          freshness(gap, l)});
  }
  return table;
}

Paper::Table settlement_table(const ReportSheet& sheet, geo::UnitIndex unit) {
  using data::Electricity;
  using data::Settlement;
  using data::Signal;
  const Language l = sheet.language();
  const auto& all = sheet.dataset().settlements;
  std::vector<std::uint32_t> order = sheet.settlements[unit.value];
  // What lacks most comes first, among alike ones the one with most people.
  const auto lacks = [](const Settlement& s) {
    int out = 0;
    out += s.electricity == Electricity::none ? 2 : s.electricity == Electricity::offgrid ? 1 : 0;
    out += s.signal == Signal::none ? 2 : s.signal == Signal::weak ? 1 : 0;
    return out;
  };
  std::stable_sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    const auto worst = [&](std::uint32_t i) {
      return std::pair(lacks(all[i]), all[i].residents.value_or(0));
    };
    return worst(a) > worst(b);
  });
  Paper::Table table;
  table.size = 8;
  table.columns = {{say(l, "app.report_settlement", order.size()), 4, false, true},
                   {say(l, "app.report_households"), 1.2, true, false},
                   {say(l, "app.report_residents"), 1.1, true, false},
                   {say(l, "app.out_eligible"), 2.1, true, false},
                   {say(l, "app.report_electricity"), 2.2, false, false},
                   {say(l, "app.report_signal"), 2.2, false, false}};
  const auto count = [&](const std::optional<std::int64_t>& n) {
    return n ? sheet.people(static_cast<double>(*n)) : none;
  };
  for (const std::uint32_t i : order) {
    const Settlement& s = all[i];
    table.rows.push_back({std::string(s.name), count(s.households), count(s.residents),
                          count(s.eligible), electricity_name(s.electricity, l),
                          signal_name(s.signal, l)});
  }
  table.left_out = [l, all_of = order.size()](std::size_t rows) {
    return rows == all_of ? say(l, "app.report_settlements_none_shown", rows)
                          : say(l, "app.report_settlements_left", rows);
  };
  return table;
}

Paper::Table source_table(const ReportSheet& sheet) {
  const Language l = sheet.language();
  Paper::Table table;
  table.size = 8;
  table.columns = {{say(l, "app.report_source_kind"), 2.2, false, true},
                   {say(l, "app.report_source_file"), 4.6, false, false},
                   {say(l, "app.report_source_rows"), 1.1, true, false},
                   {say(l, "app.report_source_day"), 1.4, true, false}};
  for (const data::Source& source : sheet.basis->sources) {
    const auto kind = data::import_kind_by_id(source.kind);
    std::string file = file_name(source.file);
    if (!source.sheet.empty()) file += " (" + source.sheet + ")";
    const auto day = geo::parse_date(source.imported_at.substr(0, 10));
    table.rows.push_back({kind ? kind_text(l, *kind) : source.kind, file,
                          sheet.people(static_cast<double>(source.rows)),
                          day ? date(l, *day) : source.imported_at});
  }
  return table;
}

}  // namespace app
