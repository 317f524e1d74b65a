#include "data/barrier_split.hpp"

#include <algorithm>
#include <numeric>

namespace data {
namespace {

using geo::msg;

/// Those that hold people back; the others are what is left.
constexpr std::size_t blocking_count = 5;
using Blocked = std::array<double, blocking_count>;

constexpr std::size_t index(Barrier barrier) { return static_cast<std::size_t>(barrier); }

/// The rule's order, as indices.
std::vector<std::size_t> order_of(const BarrierRule& rule) {
  std::vector<std::size_t> order;
  for (const std::string& word : rule.order)
    if (const auto barrier = barrier_by_id(word); barrier && index(*barrier) < blocking_count)
      order.push_back(index(*barrier));
  return order;
}

double electricity_share(const Settlement& s, const BarrierRule& rule) {
  return s.electricity == Electricity::none      ? rule.no_electricity
         : s.electricity == Electricity::offgrid ? rule.offgrid_electricity
                                                 : 0;
}
double signal_share(const Settlement& s, const BarrierRule& rule) {
  return s.signal == Signal::none   ? rule.no_signal
         : s.signal == Signal::weak ? rule.weak_signal
                                    : 0;
}

/// How many of its people each barrier alone holds back; empty when nothing is known of any barrier
/// that counts.
std::optional<Blocked> alone(const Settlement& s, const BarrierRule& rule,
                             const std::vector<std::size_t>& order) {
  const bool known[blocking_count] = {s.electricity != Electricity::unknown,
                                      s.signal != Signal::unknown, s.away_share.has_value(),
                                      s.smartphone_share.has_value(), s.own_sim_share.has_value()};
  if (std::none_of(order.begin(), order.end(), [&](std::size_t b) { return known[b]; }))
    return std::nullopt;
  const Blocked q{electricity_share(s, rule), signal_share(s, rule), s.away_share.value_or(0),
                  1 - s.smartphone_share.value_or(1), 1 - s.own_sim_share.value_or(1)};
  Blocked counted{};
  for (const std::size_t b : order) counted[b] = std::clamp(q[b], 0.0, 1.0);
  return counted;
}

/// Each person once, under the first barrier of the order that holds.
Blocked by_order(const Blocked& q, const std::vector<std::size_t>& order) {
  Blocked p{};
  double left = 1;
  for (const std::size_t b : order) {
    p[b] = left * q[b];
    left -= p[b];
  }
  return p;
}

/// Whoever is held back by k barriers counts 1/k under each: q·E[1/(1 + how many others hold)].
Blocked by_shares(const Blocked& q) {
  Blocked p{};
  for (std::size_t b = 0; b < blocking_count; ++b) {
    if (q[b] == 0) continue;
    std::array<double, blocking_count> others{1};  // probability that so many others hold
    for (std::size_t o = 0; o < blocking_count; ++o) {
      if (o == b) continue;
      for (std::size_t k = blocking_count - 1; k > 0; --k)
        others[k] = others[k] * (1 - q[o]) + others[k - 1] * q[o];
      others[0] *= 1 - q[o];
    }
    for (std::size_t k = 0; k < blocking_count; ++k)
      p[b] += q[b] * others[k] / (1 + static_cast<double>(k));
  }
  return p;
}

/// What the settlements of a commune say of its people.
struct Told {
  double people = 0, untold = 0;  ///< untold: of them, in settlements of which nothing is known
  Blocked blocked{};
  std::array<std::uint32_t, barrier_count> settlements{};
};

/// Eligible people of each settlement: its own number, else its residents times the commune's share
/// of eligible people, else its residents.
std::vector<double> eligible_people(const Dataset& dataset) {
  std::vector<std::pair<double, double>> known(dataset.communes.size());
  for (const Settlement& s : dataset.settlements) {
    if (!s.commune.valid() || !s.eligible || !s.residents) continue;
    known[s.commune.value].first += static_cast<double>(*s.eligible);
    known[s.commune.value].second += static_cast<double>(*s.residents);
  }
  std::vector<double> out;
  out.reserve(dataset.settlements.size());
  for (const Settlement& s : dataset.settlements) {
    double people = 0;
    if (s.eligible) {
      people = static_cast<double>(*s.eligible);
    } else if (s.residents && s.commune.valid()) {
      const auto [eligible, residents] = known[s.commune.value];
      people = static_cast<double>(*s.residents) * (residents > 0 ? eligible / residents : 1);
    }
    out.push_back(std::max(0.0, people));
  }
  return out;
}

std::vector<Told> ask_settlements(const Dataset& dataset, const BarrierRule& rule) {
  const std::vector<std::size_t> order = order_of(rule);
  const std::vector<double> eligible = eligible_people(dataset);
  std::vector<Told> out(dataset.communes.size());
  for (std::size_t k = 0; k < dataset.settlements.size(); ++k) {
    const Settlement& s = dataset.settlements[k];
    if (!s.commune.valid() || eligible[k] <= 0) continue;
    Told& told = out[s.commune.value];
    told.people += eligible[k];
    const auto q = alone(s, rule, order);
    if (!q) {
      told.untold += eligible[k];
      ++told.settlements[index(Barrier::unknown)];
      continue;
    }
    const Blocked p =
        rule.counting == BarrierRule::Counting::order ? by_order(*q, order) : by_shares(*q);
    double left = 1;
    for (std::size_t b = 0; b < blocking_count; ++b) {
      told.blocked[b] += eligible[k] * p[b];
      if (p[b] > 0) ++told.settlements[b];
      left -= p[b];
    }
    if (left > 1e-12) ++told.settlements[index(Barrier::visit)];
  }
  return out;
}

BarrierSplit split(const Told& told, const Gap& gap) {
  BarrierSplit out;
  if (!gap.shortfall || gap.shortfall->value <= 0) return out;
  const double shortfall = gap.shortfall->value;
  const double unreached = gap.unreached ? gap.unreached->value : 0;
  const double p = gap.eligible ? gap.eligible->value : 0;
  if (told.people <= 0 || told.untold >= told.people || unreached <= 0) {
    out.people[index(Barrier::unknown)] = shortfall;
    out.settlements[index(Barrier::unknown)] = told.settlements[index(Barrier::unknown)];
    return out;
  }
  // The settlements' people are the report's people, counted by others: only their shares are used.
  const double unknown = unreached * told.untold / told.people;
  const double known = unreached - unknown;
  Blocked blocked{};
  for (std::size_t b = 0; b < blocking_count; ++b) blocked[b] = told.blocked[b] / told.people * p;
  const double sum = std::accumulate(blocked.begin(), blocked.end(), 0.0);
  // Those already reached are taken to be people whom nothing held back.
  const double scale = sum > known ? known / sum : 1;
  const double short_of_unreached = shortfall / unreached;
  for (std::size_t b = 0; b < blocking_count; ++b)
    out.people[b] = blocked[b] * scale * short_of_unreached;
  out.people[index(Barrier::visit)] = std::max(0.0, known - sum) * short_of_unreached;
  out.people[index(Barrier::unknown)] = unknown * short_of_unreached;
  for (std::size_t b = 0; b < barrier_count; ++b)
    if (out.people[b] > 0) out.settlements[b] = told.settlements[b];
  return out;
}

void add(BarrierSplit& to, const BarrierSplit& more) {
  for (std::size_t b = 0; b < barrier_count; ++b) {
    to.people[b] += more.people[b];
    to.settlements[b] += more.settlements[b];
  }
}

}  // namespace

std::string_view id(Barrier barrier) {
  switch (barrier) {
    case Barrier::no_grid:
      return "no_grid";
    case Barrier::signal:
      return "signal";
    case Barrier::away:
      return "away";
    case Barrier::no_smartphone:
      return "no_smartphone";
    case Barrier::own_sim:
      return "own_sim";
    case Barrier::visit:
      return "visit";
    case Barrier::unknown:
      return "unknown";
  }
  return {};
}

std::optional<Barrier> barrier_by_id(std::string_view word) {
  for (const Barrier barrier : all_barriers)
    if (id(barrier) == word) return barrier;
  return std::nullopt;
}

geo::Message name(Barrier barrier) {
  switch (barrier) {
    case Barrier::no_grid:
      return msg("data.barrier_no_grid");
    case Barrier::signal:
      return msg("data.barrier_signal");
    case Barrier::away:
      return msg("data.barrier_away");
    case Barrier::no_smartphone:
      return msg("data.barrier_no_smartphone");
    case Barrier::own_sim:
      return msg("data.barrier_own_sim");
    case Barrier::visit:
      return msg("data.barrier_visit");
    case Barrier::unknown:
      break;
  }
  return msg("data.barrier_unknown");
}

geo::Message action(Barrier barrier) {
  switch (barrier) {
    case Barrier::no_grid:
      return msg("data.action_no_grid");
    case Barrier::signal:
      return msg("data.action_signal");
    case Barrier::away:
      return msg("data.action_away");
    case Barrier::no_smartphone:
      return msg("data.action_no_smartphone");
    case Barrier::own_sim:
      return msg("data.action_own_sim");
    case Barrier::visit:
      return msg("data.action_visit");
    case Barrier::unknown:
      break;
  }
  return msg("data.action_unknown");
}

double BarrierSplit::total() const { return std::accumulate(people.begin(), people.end(), 0.0); }

std::vector<BarrierSplit> split_shortfall(const Dataset& dataset, std::span<const Gap> gaps) {
  return split_shortfall(dataset, gaps, dataset.barrier_rule);
}

std::vector<BarrierSplit> split_shortfall(const Dataset& dataset, std::span<const Gap> gaps,
                                          const BarrierRule& rule) {
  const std::vector<Told> told = ask_settlements(dataset, rule);
  std::vector<BarrierSplit> out;
  out.reserve(gaps.size());
  for (std::size_t c = 0; c < gaps.size(); ++c) out.push_back(split(told[c], gaps[c]));
  return out;
}

BarrierSplit total(std::span<const BarrierSplit> splits, std::span<const geo::UnitIndex> units) {
  BarrierSplit sum;
  if (units.empty())
    for (const BarrierSplit& split : splits) add(sum, split);
  else
    for (const geo::UnitIndex unit : units) add(sum, splits[unit.value]);
  return sum;
}

std::optional<Barrier> main_barrier(const BarrierSplit& split) {
  const auto worst = [&](std::size_t from, std::size_t to) -> std::optional<Barrier> {
    const auto* const most =
        std::max_element(&split.people[from], &split.people[from] + (to - from));
    if (*most <= 0) return std::nullopt;
    return static_cast<Barrier>(most - split.people.data());
  };
  if (const auto blocking = worst(0, blocking_count)) return blocking;
  return worst(blocking_count, barrier_count);
}

}  // namespace data
