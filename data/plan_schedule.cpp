#include "data/plan_schedule.hpp"

#include <algorithm>
#include <cmath>

#include "data/plan_groups.hpp"

namespace data {

Schedule::Schedule(const PlanProblem& problem, const PlanPrices& prices)
    : p_(problem), prices_(prices) {
  const std::size_t weekends = p_.weekends.size();
  first_way_.assign(p_.crews.size() + 1, 0);
  for (const auto& way : p_.ways) ++first_way_[way.crew + 1];
  for (std::size_t k = 0; k < p_.crews.size(); ++k) first_way_[k + 1] += first_way_[k];
  useful_ = useful_packs(p_);
  for (std::uint32_t k = 0; k < p_.crews.size(); ++k) {
    for (std::uint32_t w = 0; w < weekends; ++w) {
      first_slot_.push_back(static_cast<std::uint32_t>(slots_.size()));
      for (std::uint32_t t = 0; t < p_.crews[k].teams; ++t)
        slots_.push_back({k, w, 0, std::vector<std::uint32_t>(p_.weekends[w].days, no_index), 0});
    }
  }
  first_slot_.push_back(static_cast<std::uint32_t>(slots_.size()));
  std::uint32_t most_ways = 0;
  for (std::size_t k = 0; k < p_.crews.size(); ++k)
    most_ways = std::max(most_ways, first_way_[k + 1] - first_way_[k]);
  priced_.resize(most_ways);
  for (std::size_t i = 0; i < p_.places.size(); ++i) {
    const auto& place = p_.places[i];
    const double price = prices_.person.empty() ? place.weight : prices_.person[i];
    spots_.push_back({0, 0, place.people, place.weight, price, place.floor});
    limited_ = limited_ || place.team_days_a_weekend != PlanProblem::unlimited ||
               place.team_days != PlanProblem::unlimited;
  }
  floor_gained_.assign(p_.floors.size(), 0);
  crowd_.assign(p_.places.size() * weekends, 0);
  visits_.assign(p_.places.size(), 0);
  generators_.assign(weekends, 0);
  routers_.assign(weekends, 0);
  if (!p_.bans.empty()) banned_.assign(p_.ways.size() * weekends, false);
  for (const auto& ban : p_.bans) banned_[ban.way * weekends + ban.weekend] = true;
}

bool Schedule::may(std::uint32_t way, std::uint32_t weekend) const {
  if (!banned_.empty() && banned_[way * p_.weekends.size() + weekend]) return false;
  if (!limited_) return true;
  const std::uint32_t place = p_.ways[way].place;
  return crowd_[place * p_.weekends.size() + weekend] < p_.places[place].team_days_a_weekend &&
         visits_[place] < p_.places[place].team_days;
}

inline Schedule::Day Schedule::day_at(std::uint32_t way, const Slot& slot, std::size_t pack) const {
  const auto& w = p_.ways[way];
  const Spot& spot = spots_[w.place];
  const double gain = p_.gain(w, slot.weekend, pack);
  const double people = std::min(spot.gained + gain, spot.people) - spot.now;
  Day day;
  day.value = spot.weight * people;
  if (spot.floor != no_index) {
    const double floor = p_.floors[spot.floor].people, now = floor_gained_[spot.floor];
    day.value += p_.missed_person * (std::min(now + people, floor) - std::min(now, floor));
  }
  day.value -= w.cost;
  // The price of a person holds what its floor is worth, too.
  day.priced = by_price_ ? spot.price * people - w.cost : day.value;
  return day;
}

void Schedule::go(const Slot& slot, std::size_t pack, std::uint32_t way, int sign) {
  const auto& w = p_.ways[way];
  Spot& spot = spots_[w.place];
  const double before = spot.now;
  spot.gained += sign * p_.gain(w, slot.weekend, pack);
  spot.now = std::min(spot.gained, spot.people);
  if (spot.floor != no_index) floor_gained_[spot.floor] += spot.now - before;
  crowd_[w.place * p_.weekends.size() + slot.weekend] += static_cast<std::uint32_t>(sign);
  visits_[w.place] += static_cast<std::uint32_t>(sign);
}

void Schedule::hold(const Slot& slot, std::size_t pack, int sign) {
  if (has_generator(pack)) generators_[slot.weekend] += static_cast<std::uint32_t>(sign);
  if (has_router(pack)) routers_[slot.weekend] += static_cast<std::uint32_t>(sign);
}

std::size_t Schedule::free_packs(std::uint32_t weekend) const {
  const bool g = generators_[weekend] < p_.generators, r = routers_[weekend] < p_.routers;
  return 1U | (g ? 2U : 0U) | (r ? 4U : 0U) | (g && r ? 8U : 0U);
}

/// Fills the free days of a slot and counts them; answers what they add.
double Schedule::fill_days(Slot& slot, std::size_t pack, double& priced) {
  double sum = 0;
  priced = 0;
  const auto count = [&](std::uint32_t way) {
    const Day day = day_at(way, slot, pack);
    sum += day.value;
    priced += day.priced;
    go(slot, pack, way, 1);
  };
  for (std::uint32_t d = 0; d < slot.pinned; ++d) count(slot.days[d]);
  const std::uint32_t first = first_way_[slot.crew], last = first_way_[slot.crew + 1];
  const bool open = banned_.empty() && !limited_;
  // From one day to the next only the place gone to is another, and those that share its floor.
  std::uint32_t gone = no_index, floor = no_index;
  for (std::uint32_t d = slot.pinned; d < slot.days.size(); ++d) {
    double best = worth_while;
    std::uint32_t best_way = no_index;
    for (std::uint32_t way = first; way < last; ++way) {
      const std::uint32_t place = p_.ways[way].place;
      double& value = priced_[way - first];
      if (d == slot.pinned || place == gone || (floor != no_index && spots_[place].floor == floor))
        value = open || may(way, slot.weekend) ? day_at(way, slot, pack).priced : -HUGE_VAL;
      if (value > best) {
        best = value;
        best_way = way;
      }
    }
    slot.days[d] = best_way;
    if (best_way == no_index) {  // nor will there be on the days after it
      std::fill(slot.days.begin() + d, slot.days.end(), no_index);
      break;
    }
    gone = p_.ways[best_way].place;
    floor = spots_[gone].floor;
    if (floor != no_index && floor_gained_[floor] >= p_.floors[floor].people) floor = no_index;
    count(best_way);
  }
  return sum;
}

/// The best days and pack of a slot that holds nothing and is nowhere. Leaves it so.
void Schedule::best_trial(Slot& slot, std::size_t packs, Trial& best) {
  best.value = best.priced = -HUGE_VAL;
  best.pack = 0;
  best.days.clear();
  packs &= useful_[slot.crew * p_.weekend_kinds + p_.weekends[slot.weekend].kind];
  for (std::size_t pack = 0; pack < pack_count; ++pack) {
    if ((packs >> pack & 1U) == 0) continue;
    double priced = 0;
    const double value = fill_days(slot, pack, priced);
    priced -= (has_generator(pack) ? prices_.generator[slot.weekend] : 0) +
              (has_router(pack) ? prices_.router[slot.weekend] : 0);
    for (std::size_t d = slot.days.size(); d-- > 0;)
      if (slot.days[d] != no_index) go(slot, pack, slot.days[d], -1);
    if (priced > best.priced + worth_while) {
      best.value = value;
      best.priced = priced;
      best.pack = static_cast<std::uint8_t>(pack);
      best.days = slot.days;
    }
  }
  std::fill(slot.days.begin() + slot.pinned, slot.days.end(), no_index);
}

void Schedule::keep(Slot& slot, const Trial& trial) {
  slot.pack = trial.pack;
  slot.days = trial.days;
  hold(slot, slot.pack, 1);
  for (const std::uint32_t way : slot.days)
    if (way != no_index) go(slot, slot.pack, way, 1);
}

/// What is lost when the slot stays at home; leaves it out. Its pinned days are still named.
double Schedule::removal(Slot& slot) {
  double sum = 0;
  hold(slot, slot.pack, -1);
  for (std::size_t d = slot.days.size(); d-- > 0;) {
    if (slot.days[d] == no_index) continue;
    go(slot, slot.pack, slot.days[d], -1);
    sum += day_at(slot.days[d], slot, slot.pack).value;
    if (d >= slot.pinned) slot.days[d] = no_index;
  }
  return sum;
}

/// As it was before removal().
void Schedule::put_back(Slot& slot, const Slot& before) {
  slot = before;
  hold(slot, slot.pack, 1);
  for (const std::uint32_t way : slot.days)
    if (way != no_index) go(slot, slot.pack, way, 1);
}

void Schedule::take(const PlanAnswer& answer) {
  // Days of a stay go to the teams of the crew one after the other; holdings to the first ones.
  const std::size_t weekends = p_.weekends.size();
  std::vector<std::uint32_t> next(slots_.size(), 0);
  for (std::size_t i = 0; i < answer.holding.size(); ++i) {
    std::uint32_t s = first_slot_[i];
    for (std::size_t pack = pack_count; pack-- > 1;)
      for (std::uint32_t n = 0; n < answer.holding[i][pack]; ++n, ++s) {
        slots_[s].pack = static_cast<std::uint8_t>(pack);
        hold(slots_[s], pack, 1);
      }
  }
  for (const Stay& stay : answer.stays) {
    std::uint32_t left = stay.team_days;
    const std::size_t i = p_.ways[stay.way].crew * weekends + stay.weekend;
    for (std::uint32_t s = first_slot_[i]; s < first_slot_[i + 1] && left > 0; ++s) {
      Slot& slot = slots_[s];
      if (slot.pack != static_cast<std::uint8_t>(stay.pack)) continue;
      for (; left > 0 && next[s] < slot.days.size(); --left) {
        slot.days[next[s]++] = stay.way;
        go(slot, slot.pack, stay.way, 1);
      }
    }
  }
  for (const auto& must : p_.musts) {
    std::uint32_t left = must.team_days;
    for (Slot& slot : slots_) {
      if (slot.crew != p_.ways[must.way].crew) continue;
      if (must.weekend != no_index && must.weekend != slot.weekend) continue;
      for (std::size_t d = slot.pinned; d < slot.days.size() && left > 0; ++d) {
        if (slot.days[d] != must.way) continue;
        std::swap(slot.days[d], slot.days[slot.pinned++]);
        --left;
      }
    }
  }
}

PlanAnswer answer_with(const PlanProblem& problem, std::vector<Stay> stays,
                       std::vector<std::array<std::uint32_t, pack_count>> holding) {
  PlanAnswer out;
  std::sort(stays.begin(), stays.end());
  for (const Stay& stay : stays) {
    if (!out.stays.empty() && out.stays.back().way == stay.way &&
        out.stays.back().weekend == stay.weekend && out.stays.back().pack == stay.pack)
      out.stays.back().team_days += stay.team_days;
    else
      out.stays.push_back(stay);
  }
  out.holding = std::move(holding);
  out.value = value_of(problem, out.stays);
  const PlanMissed missed = missed_of(problem, out.stays);
  out.floors_missed = missed.people;
  out.musts_missed = missed.team_days;
  out.missed_value = missed.value;
  return out;
}

PlanAnswer Schedule::answer() const {
  PlanAnswer out;
  out.holding.assign(p_.crews.size() * p_.weekends.size(), {});
  for (const Slot& slot : slots_) {
    bool goes = false;
    for (const std::uint32_t way : slot.days) {
      if (way == no_index) continue;
      goes = true;
      out.stays.push_back({way, slot.weekend, static_cast<Pack>(slot.pack), 1});
    }
    if (goes && slot.pack > 0)
      ++out.holding[slot.crew * p_.weekends.size() + slot.weekend][slot.pack];
  }
  return answer_with(p_, std::move(out.stays), std::move(out.holding));
}

}  // namespace data
