#include "data/gaps.hpp"

#include <algorithm>

#include "data/target_choice.hpp"

namespace data {
namespace {

/// What a reporter (or a commune's settlements) says at a date.
struct Number {
  geo::Date date;
  double p = 0, o = 0;
};

using Field = std::optional<std::int64_t> Report::*;

Field field_of(Indicator indicator) {
  switch (indicator) {
    case Indicator::installed:
      return &Report::installed;
    case Indicator::activation_l1:
      return &Report::activated_l1;
    default:
      return &Report::activated_l2;
  }
}

/// The latest report at or before the date that has this number; the eligible people of that
/// report, else those last reported before it.
std::optional<Number> number_at(const Reporter& reporter, Field field, geo::Date at) {
  auto it = std::upper_bound(reporter.reports.begin(), reporter.reports.end(), at,
                             [](geo::Date date, const Report& r) { return date < r.date; });
  std::optional<Number> number;
  while (it != reporter.reports.begin()) {
    --it;
    if (!number && (*it).*field) number = Number{it->date, 0, static_cast<double>(*((*it).*field))};
    if (number && it->eligible) {
      number->p = static_cast<double>(*it->eligible);
      return number;
    }
  }
  return std::nullopt;
}

/// Which parts of a commune count: a part with a number speaks for all that came before it.
class Counted {
 public:
  Counted(const Commune& commune, const std::vector<std::optional<Number>>& numbers)
      : parts_(commune.parts), numbers_(numbers), has_predecessor_(parts_.size()) {
    for (const Part& part : parts_)
      if (part.successor >= 0) has_predecessor_[static_cast<std::size_t>(part.successor)] = true;
  }
  bool operator()(std::size_t i) const {
    for (std::int32_t s = parts_[i].successor; s >= 0;
         s = parts_[static_cast<std::size_t>(s)].successor)
      if (numbers_[parts_[static_cast<std::size_t>(s)].reporter]) return false;
    return numbers_[parts_[i].reporter].has_value() || !has_predecessor_[i];
  }

 private:
  const std::vector<Part>& parts_;
  const std::vector<std::optional<Number>>& numbers_;
  std::vector<bool> has_predecessor_;
};

/// Adds one number to a commune's gap.
void add(Gap& gap, double& wanted, bool& all_have_target, double p, double o,
         std::optional<double> tau) {
  gap.eligible = People(gap.eligible.value_or(People()).value + p);
  gap.reached = People(gap.reached.value_or(People()).value + o);
  if (tau)
    wanted += *tau * p;
  else
    all_have_target = false;
}

/// The formulas, from the sums.
void finish(Gap& gap, double wanted, bool all_have_target) {
  if (!gap.eligible || !gap.reached) return;
  const double p = gap.eligible->value, o = gap.reached->value;
  if (p > 0) gap.rate = Rate(o / p);
  gap.unreached = People(std::max(0.0, p - o));
  // Without a target for all of it, what is wanted of the commune is not known.
  if (!all_have_target) return;
  if (p > 0) gap.target = wanted / p;
  if (wanted > 0) gap.achievement = Achievement(o / wanted);
  gap.shortfall = People(std::max(0.0, wanted - o));
}

/// Everything about one indicator at one date that more than one commune needs.
struct Moment {
  const Dataset& dataset;
  geo::Date at;
  TargetChoice targets;
  std::vector<std::optional<Number>> numbers;  ///< by reporter
  ScopeSums sums;

  /// `only`: the numbers of one commune's reporters are enough (no target is a count).
  Moment(const Dataset& data, Indicator indicator, geo::Date date, const Commune* only = nullptr)
      : dataset(data),
        at(date),
        targets(data, indicator, date),
        numbers(data.reporters.size()),
        sums(data) {
    const Field field = field_of(indicator);
    if (only != nullptr && !targets.any_count()) {
      for (const Part& part : only->parts)
        numbers[part.reporter] = number_at(data.reporters[part.reporter], field, at);
      return;
    }
    for (std::size_t r = 0; r < numbers.size(); ++r)
      numbers[r] = number_at(data.reporters[r], field, at);
    if (targets.any_count()) sum_scopes();
  }

  void sum_scopes() {
    for (std::size_t r = 0; r < numbers.size(); ++r)
      if (numbers[r]) sums.reporters[r] = numbers[r]->p;
    for (std::size_t c = 0; c < dataset.communes.size(); ++c) {
      const Commune& commune = dataset.communes[c];
      const Counted counts(commune, numbers);
      for (std::size_t i = 0; i < commune.parts.size(); ++i) {
        const Part& part = commune.parts[i];
        if (!counts(i) || !numbers[part.reporter]) continue;
        const double p = part.share * numbers[part.reporter]->p;
        const std::int32_t district = dataset.reporters[part.reporter].district;
        sums.country += p;
        sums.communes[c] += p;
        if (commune.province >= 0) sums.provinces[static_cast<std::size_t>(commune.province)] += p;
        if (district >= 0) sums.districts[static_cast<std::size_t>(district)] += p;
      }
    }
  }

  Gap gap(std::size_t c) const {
    const Commune& commune = dataset.communes[c];
    const Counted counts(commune, numbers);
    Gap gap;
    double wanted = 0;
    bool all_have_target = true, estimated = false;
    for (std::size_t i = 0; i < commune.parts.size(); ++i) {
      if (!counts(i)) continue;
      ++gap.parts;
      const Part& part = commune.parts[i];
      const auto& number = numbers[part.reporter];
      if (!number) continue;
      ++gap.parts_reported;
      if (at - number->date > silent_after_days) ++gap.parts_silent;
      if (!gap.as_of || number->date < *gap.as_of) gap.as_of = number->date;
      estimated = estimated || part.estimated;
      const Place place{commune.province, dataset.reporters[part.reporter].district,
                        static_cast<std::int32_t>(c), static_cast<std::int32_t>(part.reporter)};
      add(gap, wanted, all_have_target, part.share * number->p, part.share * number->o,
          targets.share(place, sums));
    }
    finish(gap, wanted, all_have_target);
    gap.status = gap.parts_reported == 0                                  ? Status::not_reported
                 : estimated                                              ? Status::estimated
                 : gap.parts_silent > 0 || gap.parts_reported < gap.parts ? Status::silent
                                                                          : Status::reported;
    return gap;
  }
};

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
  std::vector<Number> sums(dataset.communes.size());
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
    double wanted = 0;
    bool all_have_target = true;
    add(out[c], wanted, all_have_target, sums[c].p, sums[c].o, targets.share(place, scopes));
    finish(out[c], wanted, all_have_target);
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
  const Moment moment(dataset, indicator, at);
  std::vector<Gap> out;
  out.reserve(dataset.communes.size());
  for (std::size_t c = 0; c < dataset.communes.size(); ++c) out.push_back(moment.gap(c));
  return out;
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
  for (const geo::Date at : dataset.dates)
    out.push_back(Moment(dataset, indicator, at, &dataset.communes[unit.value]).gap(unit.value));
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
