#include "data/gaps.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "data/moment.hpp"
#include "data/target_choice.hpp"

namespace data {
namespace {

/// Has a settlement what the indicator asks? Empty: not known.
std::optional<bool> has(const Settlement& s, Indicator indicator) {
  if (indicator == Indicator::electricity) {
    if (s.electricity == Electricity::unknown) return std::nullopt;
    return s.electricity == Electricity::grid;
  }
  if (s.signal == Signal::unknown) return std::nullopt;
  return s.signal == Signal::good ||
         (indicator == Indicator::signal_any && s.signal == Signal::weak);
}

std::vector<Gap> settlement_gaps(const Dataset& dataset, Indicator indicator, geo::Date at) {
  struct Residents {
    double p = 0, o = 0;
  };
  std::vector<Residents> sums(dataset.communes.size());
  std::vector<bool> known(dataset.communes.size());
  for (const Settlement& s : dataset.settlements) {
    const std::optional<bool> yes = has(s, indicator);
    if (!s.commune.valid() || !s.residents || !yes) continue;
    known[s.commune.value] = true;
    sums[s.commune.value].p += static_cast<double>(*s.residents);
    if (*yes) sums[s.commune.value].o += static_cast<double>(*s.residents);
  }
  const TargetChoice targets(dataset, indicator, at);
  ScopeSums scopes(dataset);
  for (std::size_t c = 0; c < sums.size(); ++c) {
    const Commune& commune = dataset.communes[c];
    scopes.country += sums[c].p;
    scopes.communes[c] = sums[c].p;
    if (commune.province >= 0)
      scopes.provinces[static_cast<std::size_t>(commune.province)] += sums[c].p;
    if (commune.district >= 0)
      scopes.districts[static_cast<std::size_t>(commune.district)] += sums[c].p;
  }
  std::vector<Gap> out(dataset.communes.size());
  for (std::size_t c = 0; c < out.size(); ++c) {
    if (!known[c]) continue;
    const Place place{dataset.communes[c].province, dataset.communes[c].district,
                      static_cast<std::int32_t>(c), -1};
    GapSum sum;
    sum.add(sums[c].p, sums[c].o,
            targets.share(place, scopes).value_or(std::numeric_limits<double>::quiet_NaN()));
    sum.finish(out[c]);
    out[c].status = Status::reported;
  }
  return out;
}

/// Residents of a commune's settlements, else its published population.
std::vector<std::optional<double>> residents(const Dataset& dataset) {
  std::vector<std::optional<double>> out(dataset.communes.size());
  for (const Settlement& s : dataset.settlements)
    if (s.commune.valid() && s.residents)
      out[s.commune.value] = out[s.commune.value].value_or(0) + static_cast<double>(*s.residents);
  for (std::size_t c = 0; c < out.size(); ++c)
    if (!out[c] && dataset.communes[c].published_population)
      out[c] = static_cast<double>(*dataset.communes[c].published_population);
  return out;
}

std::vector<Gap> team_gaps(const Dataset& dataset) {
  std::vector<Gap> out(dataset.communes.size());
  for (Gap& gap : out) gap.per = 1000;
  if (dataset.teams.empty()) return out;  // no list of teams is not "no team"
  std::vector<double> teams(dataset.communes.size());
  for (const Team& team : dataset.teams)
    if (team.home.valid()) ++teams[team.home.value];
  const auto people = residents(dataset);
  for (std::size_t c = 0; c < out.size(); ++c) {
    if (!people[c]) continue;
    out[c].status = Status::reported;
    out[c].eligible = People(*people[c]);
    out[c].reached = People(teams[c]);
    if (*people[c] > 0) out[c].rate = Rate(out[c].per * teams[c] / *people[c]);
  }
  return out;
}

}  // namespace

void GapSum::add(double people, double those_reached, double target) {
  any = true;
  p += people;
  o += those_reached;
  if (std::isnan(target))
    all_have_target = false;
  else
    wanted += target * people;
}

void GapSum::finish(Gap& gap) const {
  if (!any) return;
  gap.eligible = People(p);
  gap.reached = People(o);
  if (p > 0) gap.rate = Rate(o / p);
  gap.unreached = People(std::max(0.0, p - o));
  // Without a target for all of it, what is wanted of the commune is not known.
  if (!all_have_target) return;
  if (p > 0) gap.target = wanted / p;
  if (wanted > 0) gap.achievement = Achievement(o / wanted);
  gap.shortfall = People(std::max(0.0, wanted - o));
}

std::string_view id(Status status) {
  switch (status) {
    case Status::reported:
      return "reported";
    case Status::silent:
      return "silent";
    case Status::not_reported:
      return "not_reported";
    case Status::estimated:
      return "estimated";
  }
  return {};
}

std::vector<Gap> gaps(const Dataset& dataset, Indicator indicator, geo::Date at) {
  if (indicator == Indicator::teams_per_1000) return team_gaps(dataset);
  if (!is_reported(indicator)) return settlement_gaps(dataset, indicator, at);
  Moment moment(dataset, indicator);
  moment.look_at(at);
  std::vector<Gap> out;
  out.reserve(dataset.communes.size());
  for (std::size_t c = 0; c < dataset.communes.size(); ++c)
    out.push_back(moment.gap(geo::UnitIndex(c)));
  return out;
}

void every_date(const Dataset& dataset, Indicator indicator, std::span<const geo::UnitIndex> units,
                const std::function<void(std::size_t, std::span<const Gap>)>& visit) {
  Moment moment(dataset, indicator);
  std::vector<geo::UnitIndex> all;
  if (units.empty()) {
    for (std::size_t c = 0; c < dataset.communes.size(); ++c) all.emplace_back(c);
    units = all;
  } else {
    moment.only(units);
  }
  std::vector<Gap> gaps(units.size());
  for (std::size_t d = 0; d < dataset.dates.size(); ++d) {
    moment.move_to(dataset.dates[d]);
    for (std::size_t i = 0; i < units.size(); ++i) gaps[i] = moment.gap(units[i]);
    visit(d, gaps);
  }
}

std::vector<Gap> series(const Dataset& dataset, Indicator indicator, geo::UnitIndex unit) {
  std::vector<Gap> out;
  out.reserve(dataset.dates.size());
  if (!is_reported(indicator)) {
    // These have no dates of their own; only a target can change from one date to the next.
    for (const geo::Date at : dataset.dates)
      out.push_back(gaps(dataset, indicator, at)[unit.value]);
    return out;
  }
  every_date(dataset, indicator, std::array{unit},
             [&](std::size_t, std::span<const Gap> gaps) { out.push_back(gaps.front()); });
  return out;
}

Gap total(std::span<const Gap> gaps, std::span<const geo::UnitIndex> units) {
  Gap sum;
  double p = 0, o = 0, wanted = 0, p_wanted = 0, o_wanted = 0, shortfall = 0, unreached = 0;
  bool any = false, any_shortfall = false, any_unreached = false;
  bool estimated = false, incomplete = false;
  const auto one = [&](const Gap& gap) {
    sum.parts += gap.parts;
    sum.parts_reported += gap.parts_reported;
    sum.parts_silent += gap.parts_silent;
    sum.per = gap.per;
    estimated = estimated || gap.status == Status::estimated;
    incomplete = incomplete || gap.status == Status::silent || gap.status == Status::not_reported;
    if (!gap.eligible || !gap.reached) return;
    any = true;
    ++sum.counted;
    p += gap.eligible->value;
    o += gap.reached->value;
    if (gap.as_of && (!sum.as_of || *gap.as_of < *sum.as_of)) sum.as_of = gap.as_of;
    if (gap.target) {
      wanted += *gap.target * gap.eligible->value;
      p_wanted += gap.eligible->value;
      o_wanted += gap.reached->value;
    }
    if (gap.shortfall) {
      any_shortfall = true;
      shortfall += gap.shortfall->value;
    }
    if (gap.unreached) {
      any_unreached = true;
      unreached += gap.unreached->value;
    }
  };
  if (units.empty())
    for (const Gap& gap : gaps) one(gap);
  else
    for (const geo::UnitIndex unit : units) one(gaps[unit.value]);
  if (!any) return sum;
  sum.status = estimated ? Status::estimated : incomplete ? Status::silent : Status::reported;
  sum.eligible = People(p);
  sum.reached = People(o);
  if (p > 0) sum.rate = Rate(sum.per * o / p);
  if (p_wanted > 0) sum.target = wanted / p_wanted;
  if (wanted > 0) sum.achievement = Achievement(o_wanted / wanted);
  if (any_shortfall) sum.shortfall = People(shortfall);
  if (any_unreached) sum.unreached = People(unreached);
  return sum;
}

std::vector<Barriers> barriers(const Dataset& dataset) {
  std::vector<Barriers> out(dataset.communes.size());
  for (const Settlement& s : dataset.settlements) {
    if (!s.commune.valid()) continue;
    Barriers& b = out[s.commune.value];
    const std::int64_t people = s.residents.value_or(0);
    ++b.settlements;
    b.residents += people;
    if (s.electricity == Electricity::unknown) ++b.no_grid_unknown;
    if (s.electricity == Electricity::offgrid || s.electricity == Electricity::none) {
      ++b.no_grid;
      b.residents_no_grid += people;
    }
    if (s.signal == Signal::unknown) ++b.signal_unknown;
    if (s.signal == Signal::weak) {
      ++b.weak_signal;
      b.residents_weak_signal += people;
    }
    if (s.signal == Signal::none) {
      ++b.no_signal;
      b.residents_no_signal += people;
    }
  }
  for (const Team& team : dataset.teams)
    if (team.home.valid()) ++out[team.home.value].teams;
  return out;
}

}  // namespace data
