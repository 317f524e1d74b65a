#include "data/statements.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <set>
#include <utility>

#include "data/plan_store.hpp"
#include "data/plan_to_come.hpp"

namespace data {
namespace {

constexpr std::array<std::pair<StatementKind, std::string_view>, 9> ids{{
    {StatementKind::nothing_reported, "nothing_reported"},
    {StatementKind::standing, "standing"},
    {StatementKind::concentrated, "concentrated"},
    {StatementKind::movers, "movers"},
    {StatementKind::fallen, "fallen"},
    {StatementKind::newly_met, "newly_met"},
    {StatementKind::newly_silent, "newly_silent"},
    {StatementKind::barrier, "barrier"},
    {StatementKind::plan, "plan"},
}};

/// Less than half a person is shown as 0, and is nobody to look for.
constexpr double somebody = 0.5;
/// A rise of the rate that is shown as 0,0 is none.
constexpr double visible_rise = 0.0005;
/// More would make a draft a lecture.
constexpr std::size_t most_barriers = 3;

/// Numbers of both meetings, by UnitIndex.
struct Both {
  const Dataset& dataset;
  const StatementAsk& ask;
  std::vector<geo::UnitIndex> units;  ///< in code order
  bool compares = false;              ///< there is a time between the meetings, and reports in it
  std::vector<Gap> now, then;         ///< `then` only where it compares
};

Both both_of(const Dataset& dataset, const StatementAsk& ask) {
  Both both{dataset, ask, {}, is_reported(ask.indicator) && ask.since < ask.at, {}, {}};
  if (ask.within.empty())
    for (std::size_t c = 0; c < dataset.communes.size(); ++c) both.units.emplace_back(c);
  for (const geo::UnitIndex unit : ask.within)
    if (unit.value < dataset.communes.size()) both.units.push_back(unit);
  std::sort(both.units.begin(), both.units.end());
  both.units.erase(std::unique(both.units.begin(), both.units.end()), both.units.end());
  both.now = gaps(dataset, ask.indicator, ask.at);
  if (both.compares) both.then = gaps(dataset, ask.indicator, ask.since);
  return both;
}

/// As total(), but that of no units is nobody's.
Gap sum_of(std::span<const Gap> gaps, std::span<const geo::UnitIndex> units) {
  return units.empty() ? Gap{} : total(gaps, units);
}

bool is_short(const Gap& gap) { return gap.shortfall && gap.shortfall->value >= somebody; }

/// Largest first; what differs by less than anybody can see is a tie, and stays in code order.
void sort_by(std::vector<StatementRow>& rows, double StatementRow::*field) {
  std::stable_sort(rows.begin(), rows.end(), [=](const StatementRow& a, const StatementRow& b) {
    return std::llround(a.*field * 1e6) > std::llround(b.*field * 1e6);
  });
}

/// Counts and adds up all rows, and keeps those that are named.
void close(StatementNumbers& out) {
  out.count = out.rows.size();
  for (const StatementRow& row : out.rows) out.people += row.value;
  if (out.rows.size() > most_named) out.rows.resize(most_named);
}

/// Of all such people, the named ones' shares.
void share_out(StatementNumbers& out, double all) {
  if (all <= 0) return;
  double named = 0;
  for (StatementRow& row : out.rows) {
    row.share = row.value / all;
    named += row.value;
  }
  out.share = std::min(1.0, named / all);
}

void nothing_reported(const Both& both, StatementNumbers& out) {
  if (out.told > 0) return;
  out.count = both.units.size();
}

void standing(const Both& both, StatementNumbers& out) {
  out.count = both.units.size();
  if (both.compares) {
    const Gap before = sum_of(both.then, both.units);
    if (before.rate) out.then = before;
  }
  out.share = out.now->rate ? out.now->rate->value : 0;
  out.people = out.now->shortfall ? out.now->shortfall->value : 0;
}

void concentrated(const Both& both, StatementNumbers& out) {
  if (both.units.size() < 2) return;  // a commune's own shortfall is its standing
  for (const geo::UnitIndex unit : both.units)
    if (is_short(both.now[unit.value]))
      out.rows.push_back({unit, both.now[unit.value].shortfall->value, 0});
  if (out.rows.empty()) return;
  sort_by(out.rows, &StatementRow::value);
  close(out);
  // All that are short, also by less than half a person, as the ranking has it.
  out.people = out.now->shortfall->value;
  share_out(out, out.people);
}

/// Communes with comparable numbers at both meetings.
std::vector<geo::UnitIndex> comparable(const Both& both) {
  std::vector<geo::UnitIndex> out;
  if (!both.compares) return out;
  for (const geo::UnitIndex unit : both.units)
    if (alike(both.now[unit.value], both.then[unit.value])) out.push_back(unit);
  return out;
}

void changed(const Both& both, StatementNumbers& out, bool up) {
  const std::vector<geo::UnitIndex> units = comparable(both);
  out.told = units.size();
  if (up && units.size() < 2) return;  // none rose more than others
  for (const geo::UnitIndex unit : units) {
    const Gap &now = both.now[unit.value], &then = both.then[unit.value];
    const double more = now.reached->value - then.reached->value;
    const double rise = now.rate->value - then.rate->value;
    // A rate that rose only because fewer are eligible is nobody's work.
    if (up ? more >= somebody && rise >= visible_rise : more <= -somebody)
      out.rows.push_back({unit, std::abs(more), rise});
  }
  sort_by(out.rows, up ? &StatementRow::share : &StatementRow::value);
  close(out);
}

void newly_met(const Both& both, StatementNumbers& out) {
  const std::vector<geo::UnitIndex> units = comparable(both);
  out.told = 0;
  for (const geo::UnitIndex unit : units) {
    const Gap &now = both.now[unit.value], &then = both.then[unit.value];
    if (!now.shortfall || !now.target || !then.shortfall) continue;
    ++out.told;
    // By the target of now at both dates: one that was lowered is not reached by that.
    const double wanted = *now.target * then.eligible->value;
    if (is_short(now) || wanted - then.reached->value < somebody) continue;
    out.rows.push_back({unit, now.reached->value - then.reached->value, now.rate->value});
  }
  sort_by(out.rows, &StatementRow::share);
  close(out);
}

void newly_silent(const Both& both, StatementNumbers& out) {
  out.told = 0;
  if (!both.compares) return;
  for (const geo::UnitIndex unit : both.units) {
    const Gap &now = both.now[unit.value], &then = both.then[unit.value];
    if (then.parts_reported == 0 || then.parts_silent > 0) continue;
    ++out.told;
    if (now.parts_silent == 0 || !now.as_of) continue;
    out.rows.push_back({unit, static_cast<double>(both.ask.at - *now.as_of), 0});
  }
  sort_by(out.rows, &StatementRow::value);
  close(out);
  out.people = 0;  // days do not add up
}

using Splits = std::vector<BarrierSplit>;

/// Barriers are of accounts, not of electricity and signal, which are barriers themselves.
Splits splits_of(const Both& both) {
  return is_reported(both.ask.indicator) ? split_shortfall(both.dataset, both.now) : Splits{};
}

void behind(const Both& both, const Splits& splits, Barrier barrier, StatementNumbers& out) {
  out.barrier = barrier;
  if (splits.empty()) return;
  double all = 0;
  for (const geo::UnitIndex unit : both.units) {
    const double people = splits[unit.value].of(barrier);
    all += people;
    if (people >= somebody) out.rows.push_back({unit, people, 0});
  }
  sort_by(out.rows, &StatementRow::value);
  close(out);
  if (out.count == 0) return;
  out.people = all;
  share_out(out, all);
}

void planned(const Both& both, StatementNumbers& out) {
  const KeptPlan* plan = both.ask.plan;
  if (plan == nullptr || plan->wishes.indicator != both.ask.indicator) return;
  const auto coming = to_come(both.dataset, *plan, both.ask.at);
  if (!coming) return;
  std::set<std::pair<std::string_view, std::uint32_t>> teams;
  for (const geo::UnitIndex unit : both.units) {
    const ToCome::Commune& commune = coming->communes[unit.value];
    if (!commune.planned) continue;
    out.rows.push_back({unit, commune.people, 0});
    out.team_days += commune.team_days;
    teams.insert(commune.teams.begin(), commune.teams.end());
  }
  out.teams = teams.size();
  sort_by(out.rows, &StatementRow::value);
  close(out);
  share_out(out, out.people);
}

/// Communes with what standing, shortfall and barriers are made of.
std::size_t told_of(const Both& both, const Gap& now) {
  std::size_t out = 0;
  for (const geo::UnitIndex unit : both.units) {
    const Gap& gap = both.now[unit.value];
    if (now.shortfall ? gap.shortfall.has_value() : gap.reached.has_value()) ++out;
  }
  return out;
}

std::optional<double> one_target(const Both& both) {
  std::optional<double> out;
  for (const geo::UnitIndex unit : both.units) {
    const std::optional<double>& target = both.now[unit.value].target;
    if (!target) continue;
    if (out && std::abs(*out - *target) > 1e-9) return std::nullopt;
    out = target;
  }
  return out;
}

StatementNumbers say(const Both& both, const Splits& splits, StatementKind kind, Barrier barrier) {
  StatementNumbers out;
  out.kind = kind;
  out.asked = both.units.size();
  out.now = sum_of(both.now, both.units);
  out.told = told_of(both, *out.now);
  out.target = one_target(both);
  switch (kind) {
    case StatementKind::nothing_reported:
      nothing_reported(both, out);
      break;
    case StatementKind::standing:
      standing(both, out);
      break;
    case StatementKind::concentrated:
      concentrated(both, out);
      break;
    case StatementKind::movers:
    case StatementKind::fallen:
      changed(both, out, kind == StatementKind::movers);
      break;
    case StatementKind::newly_met:
      newly_met(both, out);
      break;
    case StatementKind::newly_silent:
      newly_silent(both, out);
      break;
    case StatementKind::barrier:
      behind(both, splits, barrier, out);
      break;
    case StatementKind::plan:
      planned(both, out);
      break;
  }
  return out;
}

/// Those that somebody can do something about, the one that holds back most first.
std::vector<Barrier> worst_barriers(const Both& both, const Splits& splits) {
  std::vector<std::pair<double, Barrier>> found;
  for (const Barrier barrier : all_barriers) {
    if (barrier == Barrier::visit || barrier == Barrier::unknown) continue;
    const StatementNumbers numbers = say(both, splits, StatementKind::barrier, barrier);
    if (numbers.count > 0) found.emplace_back(numbers.people, barrier);
  }
  std::stable_sort(found.begin(), found.end(),
                   [](const auto& a, const auto& b) { return a.first > b.first; });
  if (found.size() > most_barriers) found.resize(most_barriers);
  std::vector<Barrier> out;
  for (const auto& [people, barrier] : found) out.push_back(barrier);
  return out;
}

/// A half stays a half whatever the order of a sum made of it.
std::string whole(double value) { return std::to_string(std::llround(value + 1e-6)); }
std::string tenths(double share) { return whole(share * 1000); }  ///< of a percent

std::string of_gap(const Gap& gap) {
  const auto people = [](const std::optional<People>& p) { return p ? whole(p->value) : "-"; };
  return (gap.rate ? tenths(gap.rate->value) : "-") + ',' +
         (gap.target ? tenths(*gap.target) : "-") + ',' +
         (gap.achievement ? tenths(gap.achievement->value) : "-") + ',' + people(gap.reached) +
         ',' + people(gap.shortfall);
}

}  // namespace

bool alike(const Gap& now, const Gap& then) {
  if (!now.reached || !then.reached || !now.rate || !then.rate) return false;
  const bool whole = now.parts_reported == now.parts && then.parts_reported == then.parts;
  return whole || (now.parts == then.parts && now.parts_reported == then.parts_reported);
}

std::string_view id(StatementKind kind) {
  for (const auto& [known, name] : ids)
    if (known == kind) return name;
  return {};
}

std::optional<StatementKind> statement_by_id(std::string_view id) {
  for (const auto& [kind, name] : ids)
    if (name == id) return kind;
  return std::nullopt;
}

StatementNumbers statement(const Dataset& dataset, const StatementAsk& ask) {
  const Both both = both_of(dataset, ask);
  const Splits splits = ask.kind == StatementKind::barrier ? splits_of(both) : Splits{};
  return say(both, splits, ask.kind, ask.barrier);
}

std::vector<StatementAsk> draft(const Dataset& dataset, const StatementAsk& of) {
  const Both both = both_of(dataset, of);
  const Splits splits = splits_of(both);
  std::vector<StatementAsk> out;
  const auto add = [&](StatementKind kind, Barrier barrier = Barrier::no_grid) {
    if (say(both, splits, kind, barrier).count == 0) return;
    out.push_back(of);
    out.back().kind = kind;
    out.back().barrier = barrier;
    if (kind != StatementKind::plan) out.back().plan = nullptr;
  };
  add(StatementKind::nothing_reported);
  if (!out.empty()) return out;
  for (const StatementKind kind :
       {StatementKind::standing, StatementKind::concentrated, StatementKind::movers,
        StatementKind::fallen, StatementKind::newly_met, StatementKind::newly_silent})
    add(kind);
  for (const Barrier barrier : worst_barriers(both, splits)) add(StatementKind::barrier, barrier);
  add(StatementKind::plan);
  return out;
}

std::string numbers_of(const StatementNumbers& s, const Dataset& dataset) {
  std::string out(id(s.kind));
  if (s.kind == StatementKind::barrier) out += ':' + std::string(id(s.barrier));
  if (s.count == 0) return out + " -";
  out += ' ' + std::to_string(s.count) + ' ' + whole(s.people) + ' ' + tenths(s.share);
  if (s.kind == StatementKind::standing) {
    out += " now " + (s.now ? of_gap(*s.now) : "-") + " then " + (s.then ? of_gap(*s.then) : "-");
  }
  if (s.kind == StatementKind::plan)
    out += " team_days " + std::to_string(s.team_days) + " teams " + std::to_string(s.teams);
  for (const StatementRow& row : s.rows)
    out += ' ' + dataset.communes[row.commune.value].code.text + '=' + whole(row.value) + ',' +
           tenths(row.share);
  return out;
}

}  // namespace data
