#include "data/district_progress.hpp"

#include <algorithm>
#include <map>
#include <tuple>
#include <unordered_map>

#include "data/authority.hpp"
#include "data/district_questions.hpp"
#include "data/matching.hpp"

namespace data {
namespace {

constexpr auto level_2 = static_cast<std::size_t>(Count::activated_l2);

std::optional<People> people(const std::optional<std::int64_t>& count) {
  if (!count) return std::nullopt;
  return People(static_cast<double>(*count));
}
std::optional<Rate> rate_of(const std::optional<People>& part, const std::optional<People>& all) {
  if (!part || !all || all->value <= 0) return std::nullopt;
  return Rate(part->value / all->value);
}
int weeks_between(geo::Date from, geo::Date to) { return (to - from) / 7; }

/// Rates of two moments of the same units.
struct TwoRates {
  double part = 0, all = 0, part_then = 0, all_then = 0;
  std::optional<double> points() const {
    if (all <= 0 || all_then <= 0) return std::nullopt;
    return part / all - part_then / all_then;
  }
};

/// Those of the author unit's table that lie under the unit asked for.
class Scopes {
 public:
  Scopes(Database& database, const Week& week)
      : authority_(database), units_(known_units(database)) {
    for (const KnownUnit& unit : units_) by_id_[unit.id] = &unit;
    add(week.author, week.author_name);
    std::map<std::string, const KnownUnit*> provinces, districts;
    for (const WeekRow& row : week.rows) {
      const auto id = authority_.id_of(row.unit);
      ids_.push_back(id.value_or(0));
      const auto at = by_id_.find(ids_.back());
      if (at == by_id_.end()) continue;
      for (const auto& [over, list] : {std::pair(at->second->province, &provinces),
                                       std::pair(at->second->district, &districts)})
        if (const auto found = by_id_.find(over); found != by_id_.end())
          (*list)[found->second->code.text] = found->second;
    }
    if (provinces.size() > 1)
      for (const auto& [code, unit] : provinces) add(*unit);
    if (districts.size() > 1)
      for (const auto& [code, unit] : districts) add(*unit);
  }
  std::int64_t id_of_row(std::size_t row) const { return ids_[row]; }
  std::vector<DistrictProgress::Scope> list() && { return std::move(list_); }

  std::vector<std::size_t> rows_under(const UnitKey& of, const UnitKey& author) {
    std::vector<std::size_t> out;
    const auto id = authority_.id_of(of);
    const bool all = of == author || of.level == geo::UnitLevel::country ||
                     (id && authority_.id_of(author) &&
                      authority_.over(*authority_.id_of(author)).contains(*id));
    for (std::size_t i = 0; i < ids_.size(); ++i)
      if (all || (id && holds(of, *id, ids_[i]))) out.push_back(i);
    return out;
  }

 private:
  bool holds(const UnitKey& of, std::int64_t id, std::int64_t row) {
    const auto at = by_id_.find(row);
    return at != by_id_.end() && listed_under(*at->second, of, id, authority_);
  }
  void add(const UnitKey& unit, const std::string& name) {
    if (std::none_of(list_.begin(), list_.end(), [&](const auto& s) { return s.unit == unit; }))
      list_.push_back({unit, name});
  }
  void add(const KnownUnit& unit) {
    add({unit.level, unit.code.text, unit.valid_from},
        unit.full_name.empty() ? unit.code.text : unit.full_name);
  }

  Authority authority_;
  std::vector<KnownUnit> units_;
  std::unordered_map<std::int64_t, const KnownUnit*> by_id_;
  std::vector<std::int64_t> ids_;  ///< by row
  std::vector<DistrictProgress::Scope> list_;
};

}  // namespace

std::string_view id(Ask ask) {
  constexpr std::string_view ids[] = {"never",   "silent",  "conflict",   "order",
                                      "fell",    "jump",    "incomplete", "let_stand",
                                      "stalled", "waiting", "sessions"};
  return ids[static_cast<std::size_t>(ask)];
}

UnitProgress progress_of(const WeekRow& row, geo::Date week) {
  UnitProgress u;
  u.unit = row.unit;
  u.name = row.name;
  u.district = row.district;
  u.reported = std::any_of(row.now.begin(), row.now.begin() + 4,
                           [](const auto& n) { return n.has_value(); });
  u.counted = row.now[level_2].has_value();
  u.last_at = row.last_at;
  if (!u.reported && row.last_at) u.weeks_silent = weeks_between(*row.last_at, week);
  u.as_of = u.counted ? std::optional(week) : row.last_at;
  const auto newest = [&](std::size_t c) { return people(row.now[c] ? row.now[c] : row.last[c]); };
  u.eligible = newest(0);
  u.activated = newest(level_2);
  u.rate = rate_of(u.activated, u.eligible);
  u.before = people(row.last[level_2]);
  u.eligible_before = people(row.last[0]);
  u.rate_before = rate_of(u.before, u.eligible_before);
  if (u.counted && u.before) u.change = People(u.activated->value - u.before->value);
  if (u.change && u.rate && u.rate_before) u.points = u.rate->value - u.rate_before->value;
  u.target = row.target;
  if (u.target && *u.target > 0 && u.rate) {
    u.achievement = Achievement(u.rate->value / *u.target);
    u.missing = People(std::max(0.0, *u.target * u.eligible->value - u.activated->value));
  }
  return u;
}

ProgressSum sum_of(std::span<const UnitProgress> units, bool week_alone) {
  ProgressSum sum;
  double part = 0, all = 0, wanted = 0, of_wanted = 0, held_to = 0, change = 0, missing = 0;
  bool any_target = false;
  TwoRates rates;
  for (const UnitProgress& u : units) {
    if (week_alone ? !u.counted : !u.activated) continue;
    ++sum.counted;
    sum.activated += *u.activated;
    if (u.rate) {
      part += u.activated->value;
      all += u.eligible->value;
    }
    if (u.missing) {
      any_target = true;
      wanted += *u.target * u.eligible->value;
      held_to += u.eligible->value;
      of_wanted += u.activated->value;
      missing += u.missing->value;
    }
    if (!u.change) continue;
    ++sum.compared;
    change += u.change->value;
    if (!u.points) continue;
    rates.part += u.activated->value;
    rates.all += u.eligible->value;
    rates.part_then += u.before->value;
    rates.all_then += u.eligible_before->value;
  }
  if (all > 0) {
    sum.eligible = People(all);
    sum.rate = Rate(part / all);
  }
  if (sum.compared > 0) sum.change = People(change);
  sum.points = rates.points();
  if (any_target) {
    sum.target = wanted / held_to;
    sum.achievement = Achievement(of_wanted / wanted);
    sum.missing = People(missing);
  }
  return sum;
}

void order_by_urgency(std::vector<UnitProgress>& units) {
  const auto key = [](const UnitProgress& u) {
    const int gravest = u.questions.empty() ? INT8_MAX : static_cast<int>(u.questions.front().ask);
    return std::tuple(gravest, -u.weeks_silent.value_or(0), u.missing ? -u.missing->value : 0.0,
                      u.unit.code, u.unit.valid_from);
  };
  std::sort(units.begin(), units.end(),
            [&](const UnitProgress& a, const UnitProgress& b) { return key(a) < key(b); });
}

DistrictProgress district_progress(Workspace& workspace, const Dataset& dataset,
                                   const ProgressAsk& ask, const geo::Progress& progress) {
  const OneMoment moment(workspace.database());
  DistrictProgress out;
  out.made_up = dataset.made_up;
  out.week = ask.week ? *ask.week : dataset.dates.empty() ? geo::Date{} : dataset.dates.back();
  out.table = std::make_shared<const Week>(week_of(workspace, dataset, out.week));
  const Week& table = *out.table;
  out.of = ask.of.value_or(table.author);
  out.name = unit_name(workspace, out.of);
  Scopes scopes(workspace.database(), table);
  const auto rows = scopes.rows_under(out.of, table.author);

  std::unordered_map<std::int64_t, std::uint32_t> columns;
  for (std::size_t i = 0; i < dataset.reports.units().size(); ++i)
    columns[dataset.reports.units()[i]] = static_cast<std::uint32_t>(i);
  std::vector<std::vector<Report>> reports;  // up to the week, of each of the units
  bool sessions_told = false;
  for (const std::size_t row : rows) {
    UnitProgress u = progress_of(table.rows[row], out.week);
    u.row = row;
    out.reported += u.reported ? 1U : 0U;
    out.units.push_back(std::move(u));
    reports.emplace_back();
    const auto column = columns.find(scopes.id_of_row(row));
    if (column == columns.end()) continue;
    reports.back() = dataset.reports.of(column->second);
    std::erase_if(reports.back(), [&](const Report& r) { return r.date > out.week; });
    sessions_told = sessions_told || std::any_of(reports.back().begin(), reports.back().end(),
                                                 [](const Report& r) { return r.sessions; });
  }
  AskedOfWorkspace asked(workspace, dataset, out.week, progress);
  for (std::size_t i = 0; i < out.units.size(); ++i) {
    UnitProgress& u = out.units[i];
    ask_about_numbers(u, reports[i], out.week, sessions_told);
    asked.of(u, columns.contains(scopes.id_of_row(u.row))
                    ? std::optional(columns.at(scopes.id_of_row(u.row)))
                    : std::nullopt);
    std::stable_sort(u.questions.begin(), u.questions.end(),
                     [](const Question& a, const Question& b) { return a.ask < b.ask; });
  }
  out.now = sum_of(out.units, true);
  out.latest = sum_of(out.units, false);
  order_by_urgency(out.units);
  out.scopes = std::move(scopes).list();
  return out;
}

}  // namespace data
