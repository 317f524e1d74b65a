#include "data/plan_rule.hpp"

#include <algorithm>
#include <cmath>

#include "data/gaps.hpp"

namespace data {

using geo::msg;

std::vector<PlanCoefficient> plan_coefficients(const PlanRule& rule) {
  using R = PlanRule;
  const auto assumed = [] { return msg("data.plan_assumed"); };
  const auto session = [&] {
    return rule.learned ? msg("data.plan_learned") : msg("data.plan_published");
  };
  const auto accounts = [] { return msg("data.plan_unit_accounts"); };
  const auto hours = [] { return msg("data.plan_unit_hours"); };
  const auto share = [] { return msg("data.plan_unit_ease"); };
  return {
      {"activations_per_session", &R::activations_per_session, 0.01, 10'000,
       msg("data.plan_activations"), accounts(), session()},
      {"activations_low", &R::activations_low, 0, 10'000, msg("data.plan_activations_low"),
       accounts(), session()},
      {"activations_high", &R::activations_high, 0, 10'000, msg("data.plan_activations_high"),
       accounts(), session()},
      {"session_hours", &R::session_hours, 0.5, 24, msg("data.plan_session_hours"), hours(),
       assumed()},
      {"session_members", &R::session_members, 1, 1000, msg("data.plan_session_members"),
       msg("data.plan_unit_members"), rule.learned ? msg("data.plan_mean_members") : assumed()},
      {"day_hours", &R::day_hours, 1, 24, msg("data.plan_day_hours"), hours(), assumed()},
      {"least_hours", &R::least_hours, 0, 24, msg("data.plan_least_hours"), hours(), assumed()},
      {"ease_no_grid", &R::ease_no_grid, 0, 1, msg("data.plan_ease_no_grid"), share(), assumed()},
      {"ease_signal", &R::ease_signal, 0, 1, msg("data.plan_ease_signal"), share(), assumed()},
      {"ease_no_smartphone", &R::ease_no_smartphone, 0, 1, msg("data.plan_ease_no_smartphone"),
       share(), assumed()},
      {"ease_own_sim", &R::ease_own_sim, 0, 1, msg("data.plan_ease_own_sim"), share(), assumed()},
      {"ease_unknown", &R::ease_unknown, 0, 1, msg("data.plan_ease_unknown"), share(), assumed()},
      {"ease_phone", &R::ease_phone, 0, 1, msg("data.plan_ease_phone"), share(), assumed()},
      {"holiday_force", &R::holiday_force, 0, 10, msg("data.plan_holiday_force"),
       msg("data.plan_unit_factor"), assumed()},
      {"holiday_presence", &R::holiday_presence, 0, 1, msg("data.plan_holiday_presence"),
       msg("data.plan_unit_share"), assumed()},
  };
}

namespace {

double ease_of(const PlanRule& rule, Barrier barrier, std::size_t pack) {
  switch (barrier) {
    case Barrier::no_grid:
      return has_generator(pack) ? 1 : rule.ease_no_grid;
    case Barrier::signal:
      return has_router(pack) ? 1 : rule.ease_signal;
    case Barrier::no_smartphone:
      return rule.ease_no_smartphone;
    case Barrier::own_sim:
      return rule.ease_own_sim;
    case Barrier::unknown:
      return rule.ease_unknown;
    case Barrier::away:
    case Barrier::visit:
      return 1;
  }
  return 1;
}

}  // namespace

std::array<double, pack_count> eases_of(const PlanRule& rule, const BarrierSplit& split) {
  std::array<double, pack_count> out{};
  const double at_home = split.total() - split.of(Barrier::away);
  if (at_home <= 0) return out;
  for (std::size_t pack = 0; pack < pack_count; ++pack) {
    for (const Barrier barrier : all_barriers)
      if (barrier != Barrier::away) out[pack] += split.of(barrier) * ease_of(rule, barrier, pack);
    out[pack] /= at_home;
  }
  return out;
}

namespace {

/// Where each reporter's sessions were held, by Dataset::reporters: the ease of its communes. 1
/// where nothing is known of them.
std::vector<double> eases_by_reporter(const Dataset& dataset, geo::Date until) {
  std::vector<double> sum(dataset.reporters.size()), shares(dataset.reporters.size());
  const std::vector<Gap> numbers = gaps(dataset, Indicator::activation_l2, until);
  const std::vector<BarrierSplit> splits = split_shortfall(dataset, numbers);
  for (std::size_t c = 0; c < dataset.communes.size(); ++c) {
    const double ease = eases_of({}, splits[c])[0];
    if (ease <= 0) continue;
    for (const Part& part : dataset.communes[c].parts) {
      sum[part.reporter] += part.share * ease;
      shares[part.reporter] += part.share;
    }
  }
  for (std::size_t r = 0; r < sum.size(); ++r) sum[r] = shares[r] > 0 ? sum[r] / shares[r] : 1;
  return sum;
}

struct Told {
  double sessions = 0, activations = 0;
};

/// What one reporter's reports tell: activations from one count to the next, and the sessions held
/// meanwhile, also those of reports without a count. A step without any word of sessions is left
/// out.
Told told_by(const Reports& reports, std::uint32_t unit, std::size_t end) {
  Told told;
  std::optional<std::int64_t> before;
  std::optional<double> held;
  for (std::size_t d = 0; d < end; ++d) {
    const auto now = reports.number(d, Count::activated_l2, unit);
    const auto sessions = reports.number(d, Count::sessions, unit);
    if (sessions && before) held = held.value_or(0) + static_cast<double>(*sessions);
    if (!now) continue;
    if (before && held) {
      told.sessions += *held;
      told.activations += static_cast<double>(*now - *before);
    }
    before = now;
    held.reset();
  }
  return told;
}

}  // namespace

LearnedProductivity learn_productivity(const Dataset& dataset, geo::Date until) {
  LearnedProductivity out;
  const std::size_t end = dataset.reports.until(until);
  std::vector<Told> told;
  std::vector<double> ratios;
  const std::vector<double> eases = eases_by_reporter(dataset, until);
  double eased = 0;
  for (std::size_t r = 0; r < dataset.reporters.size(); ++r) {
    const Reporter& reporter = dataset.reporters[r];
    if (reporter.column == Reporter::never_reported) continue;
    const Told t = told_by(dataset.reports, reporter.column, end);
    if (t.sessions <= 0) continue;
    told.push_back(t);
    ratios.push_back(t.activations / t.sessions);
    out.sessions += t.sessions;
    out.activations += t.activations;
    eased += t.sessions * eases[r];
  }
  out.reporters = told.size();
  if (told.empty()) return out;
  out.per_session = out.activations / out.sessions;
  out.ease = eased / out.sessions;
  std::sort(ratios.begin(), ratios.end());
  const auto quantile = [&](double share) {  // R type 7
    const double at = share * double(ratios.size() - 1);
    const auto i = static_cast<std::size_t>(at);
    const double next = ratios[std::min(i + 1, ratios.size() - 1)];
    return ratios[i] + (at - double(i)) * (next - ratios[i]);
  };
  out.lower_quartile = quantile(0.25);
  out.median = quantile(0.5);
  out.upper_quartile = quantile(0.75);
  // Jackknife by reporter: sums without one of them.
  double mean = 0, squares = 0, n = 0;
  std::vector<double> without;
  for (const Told& t : told)
    if (out.sessions - t.sessions > 0)
      without.push_back((out.activations - t.activations) / (out.sessions - t.sessions));
  n = static_cast<double>(without.size());
  for (const double r : without) mean += r / n;
  for (const double r : without) squares += (r - mean) * (r - mean);
  const double error = n > 1 ? std::sqrt((n - 1) / n * squares) : out.per_session;
  constexpr double z90 = 1.644854;
  out.low = std::max(0.0, out.per_session - z90 * error);
  out.high = out.per_session + z90 * error;
  return out;
}

PlanRule usual_rule(const Dataset& dataset, geo::Date until) {
  PlanRule rule;
  const LearnedProductivity learned = learn_productivity(dataset, until);
  if (learned.sessions < sessions_to_learn || learned.per_session <= 0) return rule;
  // The plan slows a session down again by what stands in its way.
  rule.activations_per_session = learned.per_session / learned.ease;
  rule.activations_low = learned.low / learned.ease;
  rule.activations_high = learned.high / learned.ease;
  rule.learned = true;
  // Sessions on record are held by the teams of the communes.
  double members = 0, teams = 0;
  for (const Team& team : dataset.teams) {
    if (team.level != geo::UnitLevel::commune || team.members <= 0) continue;
    members += static_cast<double>(team.members);
    teams += 1;
  }
  if (teams > 0) rule.session_members = members / teams;
  for (const PlanCoefficient& c : plan_coefficients(rule))
    rule.*c.value = std::clamp(rule.*c.value, c.least, c.most);
  return rule;
}

}  // namespace data
