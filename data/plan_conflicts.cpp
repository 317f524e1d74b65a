// Wishes that contradict each other, and the least that each would have to give way.
#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "data/plan_exact.hpp"
#include "data/plan_explain.hpp"
#include "data/plan_issues.hpp"
#include "data/plan_tries.hpp"

namespace data {
namespace {

using Kind = PlanConflict::Kind;

/// The same limits where nothing counts but that floors and musts are had.
PlanProblem only_missing(PlanProblem problem) {
  for (auto& place : problem.places) place.weight = 0;
  for (auto& way : problem.ways) way.cost = 0;
  // Then what is missed may be counted in people, which is kinder to a solver.
  problem.missed_person = 1;
  problem.missed_team_day = 100;
  return problem;
}

bool all_had(const PlanAnswer& answer) {
  return answer.musts_missed == 0 && answer.floors_missed < 0.5;
}

class Judge {
 public:
  Judge(const PlanAtHand& at, const std::filesystem::path& solver, const geo::Progress& progress)
      : at_(at), solver_(solver), progress_(progress) {}

  /// A plan that misses as little as can be. The solver is asked where the plan made at once misses
  /// something; of a change that is only tried, where the problem is not too large for that.
  PlanAnswer least_missing(const PlanProblem& whole, bool tried_only) {
    progress_.at(std::min(0.95, 0.02 * ++tried_), geo::msg("data.plan_doing"));
    const PlanProblem problem = only_missing(whole);
    PlanAnswer best = quick_plan(problem);
    constexpr std::size_t large = 2000;
    const bool is_large = problem.ways.size() * problem.weekends.size() > large;
    if (all_had(best) || solver_.empty() || (tried_only && is_large)) return best;
    if (tried_only && best.bound < -0.5) return best;  // the prices prove that something is missing
    const PlanMip mip = plan_mip(problem, is_large);
    MipLimits limits;
    limits.seconds = tried_only ? 1 : 10;
    limits.gap = 1e-6;
    bool stopped = false;
    const MipAnswer found =
        solve(mip.mip, start_of(problem, mip, best), limits, solver_, [&](const MipProgress& now) {
          stopped = progress_.report && !keep_going();
          // Of a change only whether it is enough is asked.
          const bool settled =
              tried_only && ((now.bound && *now.bound < -0.5) || (now.best && *now.best > -0.5));
          return !stopped && !settled;
        });
    if (stopped) throw geo::Cancelled{};
    if (found.x.empty()) return best;
    PlanAnswer exact = answer_of(problem, mip, found.x);
    return exact.value > best.value ? exact : best;
  }
  /// With these wishes, are all floors and all pairs of the provinces had?
  bool enough(const PlanWishes& wishes, const std::set<std::int32_t>& provinces) {
    std::set<std::size_t> placed;
    for (const std::int32_t province : provinces) {
      const PlanProblems problems = plan_problems(at_.basis, wishes, province);
      for (const PlanPart& part : problems.parts) {
        placed.insert(part.must_pair.begin(), part.must_pair.end());
        if (!all_had(least_missing(part.problem, true))) return false;
      }
    }
    for (std::size_t i = 0; i < wishes.pairs.size(); ++i)
      if (wishes.pairs[i].days > 0 && !placed.contains(i) &&
          provinces.contains(province_of(wishes.pairs[i])))
        return false;
    return true;
  }
  /// Where a pair's team is at home, else its commune; −2: neither exists.
  std::int32_t province_of(const PlanPair& pair) const {
    const Dataset& dataset = *at_.basis.dataset;
    const Named named = named_by(dataset, pair);
    if (named.team != no_index && dataset.teams[named.team].home.valid())
      return dataset.communes[dataset.teams[named.team].home.value].province;
    return named.commune == no_index ? -2 : dataset.communes[named.commune].province;
  }

 private:
  bool keep_going() const {
    return progress_.report(std::min(0.95, 0.02 * tried_), geo::msg("data.plan_doing"));
  }
  const PlanAtHand& at_;
  const std::filesystem::path& solver_;
  const geo::Progress& progress_;
  int tried_ = 0;
};

/// Floors and musts that are not had together. Notes the provinces that they are of.
std::vector<PlanConflict> missing(const PlanAtHand& at, Judge& judge,
                                  std::set<std::int32_t>& provinces) {
  std::vector<PlanConflict> out;
  std::map<std::size_t, double> had;  // by pair, team-days
  for (std::size_t i = 0; i < at.problems.parts.size(); ++i) {
    const PlanPart& part = at.problems.parts[i];
    const PlanProblem& problem = part.problem;
    for (const std::size_t pair : part.must_pair) had[pair] = at.plan.wishes.pairs[pair].days;
    if (!at.answers.empty() && all_had(at.answers[i])) continue;
    const PlanAnswer least = judge.least_missing(problem, false);
    if (all_had(least)) continue;
    provinces.insert(part.province);
    std::vector<double> reached(problem.floors.size());
    const std::vector<double> people = people_of(problem, least.stays);
    for (std::size_t p = 0; p < people.size(); ++p)
      if (problem.places[p].floor != no_index) reached[problem.places[p].floor] += people[p];
    for (std::size_t f = 0; f < reached.size(); ++f)
      if (reached[f] < problem.floors[f].people - 0.5)
        out.push_back(
            {Kind::floor, part.floor_district[f], 0, problem.floors[f].people, reached[f]});
    for (std::size_t m = 0; m < problem.musts.size(); ++m) {
      const auto& must = problem.musts[m];
      double days = 0;
      for (const Stay& stay : least.stays)
        if (stay.way == must.way && (must.weekend == no_index || must.weekend == stay.weekend))
          days += stay.team_days;
      had[part.must_pair[m]] = std::min(days, double(must.team_days));
    }
  }
  for (std::size_t i = 0; i < at.plan.wishes.pairs.size(); ++i) {
    const PlanPair& pair = at.plan.wishes.pairs[i];
    if (pair.days == 0) continue;
    const auto it = had.find(i);
    const double days = it == had.end() ? 0 : it->second;
    if (days >= pair.days) continue;
    out.push_back({Kind::must, -1, i, double(pair.days), days});
    provinces.insert(judge.province_of(pair));
  }
  return out;
}

/// Looks for wishes that, given way alone, make room for all others.
class Easing {
 public:
  Easing(const PlanAtHand& at, Judge& judge, const std::set<std::int32_t>& provinces,
         std::vector<PlanConflict>& out)
      : wishes_(at.plan.wishes), judge_(judge), provinces_(provinces), out_(out) {}

  template <class Change>
  bool enough(Change change) {
    PlanWishes wishes = wishes_;
    change(wishes);
    return judge_.enough(wishes, provinces_);
  }
  /// As first_enough().
  template <class Change>
  void least(Kind kind, double asked, const std::vector<double>& values, Change change) {
    const auto found = first_enough(values.size(), [&](std::size_t i) {
      return enough([&](PlanWishes& w) { change(w, values[i]); });
    });
    if (found) out_.push_back({kind, -1, 0, asked, values[*found]});
  }
  void add(Kind kind, std::size_t pair, double asked, double possible) {
    out_.push_back({kind, -1, pair, asked, possible});
  }

 private:
  const PlanWishes& wishes_;
  Judge& judge_;
  const std::set<std::int32_t>& provinces_;
  std::vector<PlanConflict>& out_;
};

std::vector<double> counts_from(double from, double most) {
  std::vector<double> values;
  for (double n = from + 1; n <= most; ++n) values.push_back(n);
  return values;
}

std::uint32_t whole(double value) { return static_cast<std::uint32_t>(value); }

/// `floors`: a district's share is missing; `ways`: that, or a pair without any way.
void ease_sliders(const PlanAtHand& at, Easing& easing, bool floors, bool ways) {
  const PlanWishes& wishes = at.plan.wishes;
  const PlanMeans means = means_of(at.problems);
  if (floors) {
    std::vector<double> less;
    for (double at_value = std::ceil(wishes.fairness * 100 - 1 - 1e-9); at_value >= 0; --at_value)
      less.push_back(at_value / 100);
    easing.least(Kind::fairness, wishes.fairness, less,
                 [](PlanWishes& w, double value) { w.fairness = value; });
    // More pieces than teams are of no use.
    easing.least(Kind::generators, means.generators, counts_from(means.generators, means.teams),
                 [](PlanWishes& w, double n) { w.generators = whole(n); });
    easing.least(Kind::routers, means.routers, counts_from(means.routers, means.teams),
                 [](PlanWishes& w, double n) { w.routers = whole(n); });
  }
  if (ways && wishes.most_km) {
    std::set<double> longer;
    for (const Leg& leg : at.basis.travel.legs)
      if (leg.reachable() && double(leg.km) > *wishes.most_km)
        longer.insert(std::ceil(double(leg.km)));
    easing.least(Kind::way, *wishes.most_km, {longer.begin(), longer.end()},
                 [](PlanWishes& w, double km) { w.most_km = km; });
  }
  if (ways) {
    std::vector<double> hours;
    for (double h = wishes.rule.day_hours + 0.5; h <= 24; h += 0.5) hours.push_back(h);
    easing.least(Kind::day_hours, wishes.rule.day_hours, hours,
                 [](PlanWishes& w, double h) { w.rule.day_hours = h; });
  }
  double asked = 0, days = 0;
  for (const PlanPair& pair : wishes.pairs) asked += pair.days;
  for (const PlanWeekend& weekend : at.plan.weekends) days += weekend.days;
  // No more than all teams on all days can be of use.
  const double most = std::min(std::max(asked, means.teams * days), 1e6);
  if (wishes.team_days_a_weekend)
    easing.least(Kind::a_weekend, *wishes.team_days_a_weekend,
                 counts_from(*wishes.team_days_a_weekend, most),
                 [](PlanWishes& w, double n) { w.team_days_a_weekend = whole(n); });
  if (wishes.team_days)
    easing.least(Kind::in_all, *wishes.team_days, counts_from(*wishes.team_days, most),
                 [](PlanWishes& w, double n) { w.team_days = whole(n); });
}

/// Pairs that forbid, and teams of pairs that stay at home.
void ease_pairs(const PlanAtHand& at, Easing& easing) {
  const PlanWishes& wishes = at.plan.wishes;
  for (std::size_t i = 0; i < wishes.pairs.size(); ++i) {
    const PlanPair& pair = wishes.pairs[i];
    if (pair.days == 0) {
      if (easing.enough([&](PlanWishes& w) {
            w.pairs.erase(w.pairs.begin() + static_cast<std::ptrdiff_t>(i));
          }))
        easing.add(Kind::forbidden, i, 0, 1);
      continue;
    }
    const Named named = named_by(*at.basis.dataset, pair);
    if (named.team == no_index) continue;
    const Team& team = at.basis.dataset->teams[named.team];
    if (takes_part(wishes, team) || !level_asked(wishes, team)) continue;
    if (easing.enough([&](PlanWishes& w) { std::erase(w.absent, team.id); }))
      easing.add(Kind::stays_home, i, 0, 1);
  }
}

}  // namespace

std::vector<PlanConflict> plan_conflicts(const PlanAtHand& at,
                                         const std::filesystem::path& solver_program,
                                         const geo::Progress& progress) {
  Judge judge(at, solver_program, progress);
  std::set<std::int32_t> provinces;
  std::vector<PlanConflict> out = missing(at, judge, provinces);
  if (out.empty()) return out;
  const bool floors = std::any_of(out.begin(), out.end(),
                                  [](const PlanConflict& c) { return c.kind == Kind::floor; });
  Easing easing(at, judge, provinces, out);
  ease_pairs(at, easing);
  std::set<std::size_t> placed;
  for (const PlanPart& part : at.problems.parts)
    placed.insert(part.must_pair.begin(), part.must_pair.end());
  const bool ways = floors || std::any_of(out.begin(), out.end(), [&](const PlanConflict& c) {
                      return c.kind == Kind::must && !placed.contains(c.pair);
                    });
  ease_sliders(at, easing, floors, ways);
  return out;
}

}  // namespace data
