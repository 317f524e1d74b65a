#include "data/plan_explain.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <set>

namespace data {
namespace {

/// A plan made at once, with what it was made from.
struct Made {
  PlanProblems problems;
  Plan plan;
};

Made made(const PlanBasis& basis, const PlanWishes& wishes) {
  Made out;
  out.problems = plan_problems(basis, wishes);
  out.plan = plan_of(basis, wishes, out.problems, quick_plans(out.problems));
  return out;
}

bool visited(const Plan& plan, geo::UnitIndex commune) {
  return std::any_of(plan.trips.begin(), plan.trips.end(),
                     [&](const Trip& trip) { return trip.commune == commune && !trip.phone; });
}

/// The province of a commune alone: the others have no say in it.
PlanBasis within_province(const PlanBasis& basis, geo::UnitIndex commune) {
  PlanBasis out = basis;
  const std::int32_t province = basis.dataset->communes[commune.value].province;
  for (std::size_t c = 0; c < out.gaps.size(); ++c)
    if (basis.dataset->communes[c].province != province) out.gaps[c] = Gap{};
  return out;
}

/// Tries a change of the wishes on one commune.
class Tries {
 public:
  Tries(const PlanBasis& basis, const PlanWishes& wishes, geo::UnitIndex commune)
      : basis_(within_province(basis, commune)), wishes_(wishes), commune_(commune) {}

  template <class Change>
  bool with(Change change) const {
    PlanWishes wishes = wishes_;
    change(wishes);
    return visited(made(basis_, wishes).plan, commune_);
  }
  /// The least of growing values that is enough, else nothing.
  template <class Value, class Change>
  std::optional<Value> least(std::span<const Value> values, Change change) const {
    for (const Value& value : values)
      if (with([&](PlanWishes& wishes) { change(wishes, value); })) return value;
    return std::nullopt;
  }
  /// Between `low`, which is not enough, and `high`, which may be: a value that is, to 1/64.
  template <class Change>
  std::optional<double> halving(double low, double high, Change change) const {
    if (!with([&](PlanWishes& wishes) { change(wishes, high); })) return std::nullopt;
    for (int step = 0; step < 6; ++step) {
      const double middle = (low + high) / 2;
      (with([&](PlanWishes& wishes) { change(wishes, middle); }) ? high : low) = middle;
    }
    return high;
  }
  const PlanBasis& basis() const { return basis_; }

 private:
  PlanBasis basis_;
  const PlanWishes& wishes_;
  geo::UnitIndex commune_;
};

/// The team that gets to a commune quickest, of those that take part; no_index: none can.
std::uint32_t nearest_team(const PlanProblems& problems, geo::UnitIndex commune) {
  std::uint32_t best = no_index;
  float hours = INFINITY;
  for (const PlanPart& part : problems.parts) {
    for (std::size_t w = 0; w < part.problem.ways.size(); ++w) {
      const auto& way = part.problem.ways[w];
      const PlanPart::Spot& spot = part.spots[way.place];
      if (spot.phone || spot.commune != commune || part.legs[w].hours >= hours) continue;
      hours = part.legs[w].hours;
      best = part.teams[way.crew].front();
    }
  }
  return best;
}

WhyNot::Reason reason_for(const PlanBasis& basis, const PlanWishes& wishes, const Made& now,
                          geo::UnitIndex commune) {
  using Reason = WhyNot::Reason;
  const Gap& gap = basis.gaps[commune.value];
  if (!gap.shortfall) return Reason::no_numbers;
  if (gap.shortfall->value <= 0) return Reason::no_shortfall;
  if (visited(now.plan, commune)) return Reason::chosen;
  bool place = false, way = false, open = false;
  for (const PlanPart& part : now.problems.parts) {
    for (std::size_t p = 0; p < part.spots.size(); ++p)
      place = place || (part.spots[p].commune == commune && !part.spots[p].phone);
    for (std::uint32_t w = 0; w < part.problem.ways.size(); ++w) {
      const PlanPart::Spot& spot = part.spots[part.problem.ways[w].place];
      if (spot.phone || spot.commune != commune) continue;
      way = true;
      for (std::uint32_t weekend = 0; weekend < part.problem.weekends.size(); ++weekend)
        open = open || !std::binary_search(part.problem.bans.begin(), part.problem.bans.end(),
                                           PlanProblem::Ban{w, weekend});
    }
  }
  if (!place) return Reason::only_away;
  if (!way) return Reason::out_of_reach;
  if (!open || wishes.team_days == 0U || wishes.team_days_a_weekend == 0U) return Reason::forbidden;
  return Reason::outbid;
}

void find_what_it_takes(WhyNot& why, const Tries& tries, const Made& now, const PlanWishes& wishes,
                        geo::UnitIndex commune) {
  static constexpr std::array<std::uint32_t, 7> more{1, 2, 3, 4, 6, 8, 12};
  std::uint32_t generators = 0, routers = 0;
  for (const PlanPart& part : now.problems.parts) {
    generators += part.problem.generators;
    routers += part.problem.routers;
  }
  std::vector<std::uint32_t> counts;
  const auto from = [&](std::uint32_t there) {
    counts.clear();
    for (const std::uint32_t n : more) counts.push_back(there + n);
    return std::span<const std::uint32_t>(counts);
  };
  why.generators =
      tries.least(from(generators), [](PlanWishes& w, std::uint32_t n) { w.generators = n; });
  why.routers = tries.least(from(routers), [](PlanWishes& w, std::uint32_t n) { w.routers = n; });
  if (wishes.barriers < 1)
    why.barriers =
        tries.halving(wishes.barriers, 1, [](PlanWishes& w, double value) { w.barriers = value; });
  const geo::UnitCode code = tries.basis().dataset->communes[commune.value].code;
  const auto emphasize = [&code](PlanWishes& w, double value) {
    w.emphasis.push_back({code, value});
  };
  double low = 1;
  for (const double high : {2.0, 4.0, 8.0, 32.0, 256.0}) {
    why.emphasis = tries.halving(low, high, emphasize);
    if (why.emphasis) break;
    low = high;
  }
  const std::uint32_t team = nearest_team(now.problems, commune);
  if (team == no_index) return;
  why.like = team;
  const std::string id(tries.basis().dataset->teams[team].id);
  why.teams =
      tries.least(std::span<const std::uint32_t>(more), [&id](PlanWishes& w, std::uint32_t n) {
        w.extra.push_back({id, n});
      });
  PlanWishes fixed = wishes;
  fixed.pairs.push_back({id, code, std::nullopt, 2});
  const Plan with = made(tries.basis(), fixed).plan;
  if (with.musts_missed > now.plan.musts_missed) return;
  why.fixed_here = with.people[commune.value] - now.plan.people[commune.value];
  why.fixed_over_all = with.total - now.plan.total;
}

}  // namespace

WhyNot why_not(const PlanBasis& basis, const PlanWishes& wishes, geo::UnitIndex commune) {
  WhyNot why;
  const Tries tries(basis, wishes, commune);
  const Made now = made(tries.basis(), wishes);
  why.reason = reason_for(basis, wishes, now, commune);
  why.place = 1;
  const auto& own = basis.gaps[commune.value].shortfall;
  for (const Gap& gap : basis.gaps)
    if (gap.shortfall && own && gap.shortfall->value > own->value) ++why.place;
  if (why.reason == WhyNot::Reason::out_of_reach && wishes.most_km) {
    // The ways there are, shortest first; the least limit that is enough.
    std::set<double> ways;
    for (std::size_t s = 0; s < basis.travel.starts.size(); ++s) {
      const Leg& leg = basis.travel.leg(s, commune);
      if (leg.reachable() && double(leg.km) > *wishes.most_km)
        ways.insert(std::ceil(double(leg.km)));
    }
    std::vector<double> first(ways.begin(), ways.end());
    if (first.size() > 8) first.resize(8);
    why.most_km = tries.least(std::span<const double>(first),
                              [](PlanWishes& w, double km) { w.most_km = km; });
  }
  if (why.reason == WhyNot::Reason::outbid) find_what_it_takes(why, tries, now, wishes, commune);
  return why;
}

std::optional<geo::Date> target_met(const PlanBasis& basis, const Plan& plan) {
  double shortfall = 0;
  for (const Gap& gap : basis.gaps)
    if (gap.shortfall) shortfall += gap.shortfall->value;
  if (plan.weekends.empty() || plan.total <= 0) return std::nullopt;
  const double pace = plan.total / double(plan.weekends.size());
  const double weeks = std::ceil(shortfall / pace - 1e-9);
  if (weeks > 52 * 20) return std::nullopt;
  const auto whole = static_cast<int>(std::max(1.0, weeks));
  return plan.weekends.front().first + 7 * (whole - 1) + 1;
}

std::vector<CurvePoint> plan_curve(const PlanBasis& basis, const PlanWishes& wishes) {
  PlanWishes free = wishes;
  free.fairness = 0;
  const PlanProblems problems = plan_problems(basis, free);
  std::vector<CurvePoint> out;
  double most = 0;
  for (const double share : {0.0, 0.1, 0.25, 0.5, 0.75, 1.0, 1.25, 1.5, 2.0, 2.5}) {
    PlanProblems scaled = problems;
    CurvePoint point;
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
      part.problem.musts.clear();
      part.must_pair.clear();
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
