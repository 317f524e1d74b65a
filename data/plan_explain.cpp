#include "data/plan_explain.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <set>

#include "data/plan_tries.hpp"

namespace data {
namespace {

bool visits(const PlanProblems& problems, std::span<const PlanAnswer> answers,
            geo::UnitIndex commune) {
  for (std::size_t i = 0; i < answers.size(); ++i) {
    const PlanPart& part = problems.parts[i];
    for (const Stay& stay : answers[i].stays) {
      const PlanPart::Spot& spot = part.spots[part.problem.ways[stay.way].place];
      if (spot.commune == commune && !spot.phone) return true;
    }
  }
  return false;
}

/// Tries changes of the wishes on a commune, with plans made at once of its province alone: the
/// others have no say in it.
class Tries {
 public:
  Tries(const PlanAtHand& at, geo::UnitIndex commune, const geo::Progress& progress)
      : at_(at),
        commune_(commune),
        province_(at.basis.dataset->communes[commune.value].province),
        progress_(progress) {}

  /// Would somebody be sent?
  bool with(const PlanWishes& wishes) {
    progress_.at(std::min(0.95, 0.03 * ++tried_), geo::msg("data.plan_doing"));
    const PlanProblems problems = plan_problems(at_.basis, wishes, province_);
    return visits(problems, quick_plans(problems), commune_);
  }
  /// As first_enough().
  template <class Value, class Change>
  std::optional<Value> least(const std::vector<Value>& values, Change change) {
    const auto found = first_enough(values.size(), [&](std::size_t i) {
      PlanWishes wishes = at_.plan.wishes;
      change(wishes, values[i]);
      return with(wishes);
    });
    return found ? std::optional(values[*found]) : std::nullopt;
  }
  const PlanAtHand& at() const { return at_; }
  std::int32_t province() const { return province_; }

 private:
  const PlanAtHand& at_;
  geo::UnitIndex commune_;
  std::int32_t province_;
  const geo::Progress& progress_;
  int tried_ = 0;
};

const PlanPart* part_of(const PlanProblems& problems, std::int32_t province) {
  for (const PlanPart& part : problems.parts)
    if (part.province == province) return &part;
  return nullptr;
}

/// What stands between a commune and the teams, by the problem alone.
struct Standing {
  bool place = false, way = false, open = false;
  bool worth_it = false;  ///< for some team, with some kit, on some weekend
  bool generator_helps = false, router_helps = false;
};

Standing standing_of(const PlanPart& part, geo::UnitIndex commune) {
  const PlanProblem& problem = part.problem;
  Standing out;
  const auto here = [&](std::size_t p) {
    return part.spots[p].commune == commune && !part.spots[p].phone;
  };
  for (std::size_t p = 0; p < part.spots.size(); ++p) {
    if (!here(p)) continue;
    out.place = true;
    for (std::uint32_t kind = 0; kind < problem.weekend_kinds; ++kind) {
      const auto& ease = problem.ease[p * problem.weekend_kinds + kind];
      out.generator_helps = out.generator_helps || ease[1] > ease[0] || ease[3] > ease[2];
      out.router_helps = out.router_helps || ease[2] > ease[0] || ease[3] > ease[1];
    }
  }
  for (std::uint32_t w = 0; w < problem.ways.size(); ++w) {
    const auto& way = problem.ways[w];
    if (!here(way.place)) continue;
    out.way = true;
    const auto& place = problem.places[way.place];
    if (place.team_days == 0 || place.team_days_a_weekend == 0) continue;
    for (std::uint32_t weekend = 0; weekend < problem.weekends.size(); ++weekend) {
      if (std::binary_search(problem.bans.begin(), problem.bans.end(),
                             PlanProblem::Ban{w, weekend}))
        continue;
      out.open = true;
      for (std::size_t pack = 0; pack < pack_count; ++pack) {
        const bool there = (!has_generator(pack) || problem.generators > 0) &&
                           (!has_router(pack) || problem.routers > 0);
        const double people = std::min(problem.gain(way, weekend, pack), place.people);
        out.worth_it = out.worth_it || (there && place.weight * people > way.cost);
      }
    }
  }
  return out;
}

WhyNot::Reason reason_for(const PlanAtHand& at, const PlanPart* part, const Standing& standing,
                          geo::UnitIndex commune) {
  using Reason = WhyNot::Reason;
  const Gap& gap = at.basis.gaps[commune.value];
  if (!gap.shortfall) return Reason::no_numbers;
  if (gap.shortfall->value <= 0) return Reason::no_shortfall;
  if (std::any_of(at.plan.trips.begin(), at.plan.trips.end(),
                  [&](const Trip& trip) { return trip.commune == commune && !trip.phone; }))
    return Reason::chosen;
  if (!part || part->problem.crews.empty()) return Reason::no_teams;
  if (!standing.place) return Reason::only_away;
  if (!standing.way) return Reason::out_of_reach;
  if (!standing.open) return Reason::forbidden;
  if (!standing.worth_it) return Reason::not_worth_it;
  return Reason::outbid;
}

/// The team that gets to a commune quickest; no_index: none can.
std::uint32_t nearest_team(const PlanPart& part, geo::UnitIndex commune) {
  std::uint32_t best = no_index;
  float hours = INFINITY;
  for (std::size_t w = 0; w < part.problem.ways.size(); ++w) {
    const auto& way = part.problem.ways[w];
    const PlanPart::Spot& spot = part.spots[way.place];
    if (spot.phone || spot.commune != commune || part.legs[w].hours >= hours) continue;
    hours = part.legs[w].hours;
    best = part.teams[way.crew].front();
  }
  return best;
}

void add_emphasis(PlanWishes& wishes, const geo::UnitCode& code, double factor) {
  for (PlanEmphasis& emphasis : wishes.emphasis) {
    if (emphasis.commune != code) continue;
    emphasis.factor = factor;
    return;
  }
  wishes.emphasis.push_back({code, factor});
}

void add_teams(PlanWishes& wishes, const std::string& like, std::uint32_t teams) {
  for (PlanExtra& extra : wishes.extra) {
    if (extra.team != like) continue;
    extra.teams += teams;
    return;
  }
  wishes.extra.push_back({like, teams});
}

void find_emphasis(WhyNot& why, Tries& tries, geo::UnitIndex commune) {
  const geo::UnitCode code = tries.at().basis.dataset->communes[commune.value].code;
  double now = 1;
  for (const PlanEmphasis& emphasis : tries.at().plan.wishes.emphasis)
    if (emphasis.commune == code) now = emphasis.factor;
  std::vector<double> factors;
  for (const double factor : {1.1, 1.25, 1.5, 1.75, 2.0, 2.5, 3.0, 4.0, 5.0, 7.0, 10.0, 15.0, 20.0,
                              30.0, 50.0, 100.0, 200.0})
    if (now * factor <= most_emphasis) factors.push_back(now * factor);
  why.emphasis =
      tries.least(factors, [&](PlanWishes& w, double factor) { add_emphasis(w, code, factor); });
}

/// Slider values beyond `from` towards `to`, in steps of 0.05.
std::vector<double> slider_values(double from, double to) {
  std::vector<double> out;
  const double sign = to > from ? 1 : -1;
  for (double at = std::round(from * 20) / 20; sign * (to - at) > -1e-9; at += sign * 0.05) {
    const double value = std::round(at * 20) / 20;
    if (sign * (value - from) > 1e-9) out.push_back(value);
  }
  return out;
}

void find_kit(WhyNot& why, Tries& tries, const Standing& standing) {
  const PlanMeans means = means_of(tries.at().problems);
  const auto more = [](std::uint32_t there) {
    std::vector<std::uint32_t> counts;
    for (const std::uint32_t n : {1U, 2U, 3U, 4U, 6U, 8U, 12U}) counts.push_back(there + n);
    return counts;
  };
  if (standing.generator_helps)
    why.generators = tries.least(more(means.generators),
                                 [](PlanWishes& w, std::uint32_t count) { w.generators = count; });
  if (standing.router_helps)
    why.routers = tries.least(more(means.routers),
                              [](PlanWishes& w, std::uint32_t count) { w.routers = count; });
}

void find_teams(WhyNot& why, Tries& tries, const PlanPart& part, geo::UnitIndex commune) {
  const std::uint32_t team = nearest_team(part, commune);
  if (team == no_index) return;
  why.like = team;
  const std::string id(tries.at().basis.dataset->teams[team].id);
  why.teams = tries.least(std::vector<std::uint32_t>{1, 2, 3, 4, 6, 8, 12},
                          [&](PlanWishes& w, std::uint32_t count) { add_teams(w, id, count); });
}

/// What it costs to send the nearest team there for a weekend: two plans made at once.
void find_fixed(WhyNot& why, Tries& tries, const PlanPart& part, geo::UnitIndex commune) {
  const std::uint32_t team = nearest_team(part, commune);
  if (team == no_index) return;
  why.like = team;
  const PlanBasis& basis = tries.at().basis;
  PlanWishes fixed = tries.at().plan.wishes;
  const std::size_t pair = fixed.pairs.size();
  fixed.pairs.push_back({std::string(basis.dataset->teams[team].id),
                         basis.dataset->communes[commune.value].code, std::nullopt, 2});
  const auto planned = [&](const PlanWishes& wishes, bool& had) {
    const PlanProblems problems = plan_problems(basis, wishes, tries.province());
    const std::vector<PlanAnswer> answers = quick_plans(problems);
    const Plan plan = plan_of(basis, wishes, problems, answers);
    had = wishes.pairs.size() <= pair || days_missed(basis, wishes.pairs[pair], plan.trips) == 0;
    return plan;
  };
  bool had = false;
  const Plan with = planned(fixed, had);
  if (!had) return;
  const Plan without = planned(tries.at().plan.wishes, had);
  why.fixed_here = with.people[commune.value] - without.people[commune.value];
  why.fixed_over_all = with.total - without.total;
}

}  // namespace

WhyNot why_not(const PlanAtHand& at, geo::UnitIndex commune, const geo::Progress& progress) {
  using Reason = WhyNot::Reason;
  WhyNot why;
  const PlanBasis& basis = at.basis;
  const PlanWishes& wishes = at.plan.wishes;
  Tries tries(at, commune, progress);
  const PlanPart* part = part_of(at.problems, tries.province());
  const Standing standing = part ? standing_of(*part, commune) : Standing{};
  why.reason = reason_for(at, part, standing, commune);
  why.place = 1;
  const auto& own = basis.gaps[commune.value].shortfall;
  for (const Gap& gap : basis.gaps)
    if (gap.shortfall && own && gap.shortfall->value > own->value) ++why.place;
  if (why.reason == Reason::out_of_reach && wishes.most_km) {
    std::set<double> ways;
    for (std::size_t s = 0; s < basis.travel.starts.size(); ++s) {
      const Leg& leg = basis.travel.leg(s, commune);
      if (leg.reachable() && double(leg.km) > *wishes.most_km)
        ways.insert(std::ceil(double(leg.km)));
    }
    why.most_km = tries.least(std::vector<double>(ways.begin(), ways.end()),
                              [](PlanWishes& w, double km) { w.most_km = km; });
  }
  if (why.reason == Reason::not_worth_it) {
    why.distance = tries.least(slider_values(wishes.distance, 0),
                               [](PlanWishes& w, double value) { w.distance = value; });
    find_emphasis(why, tries, commune);
  }
  if (why.reason == Reason::outbid) {
    if (tries.with(wishes)) {
      why.reason = Reason::close_call;
    } else {
      find_teams(why, tries, *part, commune);
      find_kit(why, tries, standing);
      why.barriers = tries.least(slider_values(wishes.barriers, 1),
                                 [](PlanWishes& w, double value) { w.barriers = value; });
      find_emphasis(why, tries, commune);
      find_fixed(why, tries, *part, commune);
    }
  }
  return why;
}

double out_of_reach(const PlanAtHand& at) {
  double short_of = 0, reachable = 0;
  for (const Gap& gap : at.basis.gaps)
    if (gap.shortfall) short_of += std::max(0.0, gap.shortfall->value);
  for (const PlanPart& part : at.problems.parts) {
    std::vector<bool> open(part.problem.places.size());
    for (const auto& way : part.problem.ways) open[way.place] = true;
    for (std::size_t p = 0; p < open.size(); ++p)
      if (open[p]) reachable += part.problem.places[p].people;
  }
  return std::max(0.0, short_of - reachable);
}

std::optional<geo::Date> target_met(const PlanAtHand& at) {
  const Plan& plan = at.plan;
  double shortfall = 0;
  for (const Gap& gap : at.basis.gaps)
    if (gap.shortfall) shortfall += std::max(0.0, gap.shortfall->value);
  if (plan.weekends.empty() || plan.total <= 0 || out_of_reach(at) >= 0.5) return std::nullopt;
  const double pace = plan.total / double(plan.weekends.size());
  const double weeks = std::ceil(shortfall / pace - 1e-9);
  if (weeks > 52 * 20) return std::nullopt;
  const auto whole = static_cast<int>(std::max(1.0, weeks));
  return plan.weekends.front().first + 7 * (whole - 1) + 1;
}

std::vector<CurvePoint> plan_curve(const PlanAtHand& at) {
  PlanProblems free;
  free.parts = at.problems.parts;
  for (PlanPart& part : free.parts) {
    part.problem.musts.clear();
    part.problem.floors.clear();
    for (auto& place : part.problem.places) place.floor = no_index;
  }
  std::vector<CurvePoint> out;
  double most = 0;
  for (const double share : {0.0, 0.1, 0.25, 0.5, 0.75, 1.0, 1.25, 1.5, 2.0, 2.5}) {
    CurvePoint point;
    PlanProblems scaled = free;
    for (PlanPart& part : scaled.parts) {
      // What is rounded off at one crew comes back at the next.
      double wanted = 0, given = 0;
      for (auto& crew : part.problem.crews) {
        wanted += share * crew.teams;
        const double now = std::max(0.0, std::round(wanted - given));
        given += now;
        crew.teams = static_cast<std::uint32_t>(now);
      }
      point.teams += given;
    }
    const std::vector<PlanAnswer> answers = quick_plans(scaled);
    for (std::size_t i = 0; i < answers.size(); ++i)
      for (const double people : people_of(scaled.parts[i].problem, answers[i].stays))
        point.people += people;
    // Whoever has more teams can leave some at home.
    point.people = most = std::max(most, point.people);
    out.push_back(point);
  }
  return out;
}

}  // namespace data
