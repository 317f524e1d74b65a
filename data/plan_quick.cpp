#include <algorithm>
#include <cmath>
#include <queue>

#include "data/plan_problem.hpp"

namespace data {
namespace {

constexpr double worth_while = 1e-7;  ///< below that nothing was gained

/// One team on one weekend.
struct Slot {
  std::uint32_t crew = 0, weekend = 0;
  std::uint8_t pack = 0;
  std::vector<std::uint32_t> days;  ///< the way of each, no_index: stays at home
  std::uint32_t pinned = 0;         ///< the first so many days are as the musts have them
};

class Schedule {
 public:
  Schedule(const PlanProblem& problem, const PlanPrices& prices);

  void place_musts();
  void fill();  ///< the best team first
  void fill_by_price() {
    by_price_ = true;
    fill();
    by_price_ = false;
  }
  void take(const PlanAnswer& answer);
  void improve(int passes);
  PlanAnswer answer() const;

 private:
  /// The days of a slot with a pack, each day in turn where it is worth most as things stand.
  struct Trial {
    double value = 0;  ///< what it adds, without the price of kit; −∞: no such pack
    double priced = 0;
    std::uint8_t pack = 0;
    std::vector<std::uint32_t> days;
  };
  Trial best_trial(Slot& slot, std::size_t packs);
  double fill_days(Slot& slot, std::size_t pack, double& priced);
  void keep(Slot& slot, const Trial& trial);
  void clear(Slot& slot);
  double worth(std::uint32_t place, double gain) const;
  double day_worth(std::uint32_t way, const Slot& slot, std::size_t pack) const;
  double day_priced(std::uint32_t way, const Slot& slot, std::size_t pack) const;
  void go(const Slot& slot, std::size_t pack, std::uint32_t way, int sign);
  void hold(const Slot& slot, std::size_t pack, int sign);
  bool may(std::uint32_t way, std::uint32_t weekend) const;
  std::size_t free_packs(std::uint32_t weekend) const;
  bool move(Slot& slot);
  bool hand_over(std::uint32_t weekend);
  double removal(Slot& slot);

  const PlanProblem& p_;
  const PlanPrices& prices_;
  std::vector<std::uint32_t> first_way_;  ///< by crew
  std::vector<std::uint8_t>
      useful_;  ///< packs that help a crew, a bit each, by crew × kinds + kind
  std::vector<Slot> slots_;
  std::vector<std::uint32_t> first_slot_;  ///< by crew × weekends + weekend
  std::vector<double> gained_;             ///< by place, beyond its people too
  std::vector<double> floor_gained_;
  std::vector<std::uint32_t> crowd_,
      visits_;  ///< team-days, by place × weekends + weekend; by place
  std::vector<std::uint32_t> generators_, routers_;  ///< held, by weekend
  std::vector<bool> banned_;
  bool by_price_ = false;
};

Schedule::Schedule(const PlanProblem& problem, const PlanPrices& prices)
    : p_(problem), prices_(prices) {
  const std::size_t weekends = p_.weekends.size();
  first_way_.assign(p_.crews.size() + 1, 0);
  for (const auto& way : p_.ways) ++first_way_[way.crew + 1];
  for (std::size_t k = 0; k < p_.crews.size(); ++k) first_way_[k + 1] += first_way_[k];
  useful_.assign(p_.crews.size() * p_.weekend_kinds, 1);
  for (const auto& way : p_.ways) {
    for (std::uint32_t kind = 0; kind < p_.weekend_kinds; ++kind) {
      const auto& ease = p_.ease[way.place * p_.weekend_kinds + kind];
      std::uint8_t& bits = useful_[way.crew * p_.weekend_kinds + kind];
      for (std::size_t pack = 1; pack < pack_count; ++pack) {
        // "both" only where it is more than either of the two.
        const double without = pack == 3 ? std::max(ease[1], ease[2]) : ease[0];
        if (ease[pack] > without + 1e-12) bits = std::uint8_t(bits | (1U << pack));
      }
    }
  }
  // Two days may want different things: a crew for which each kit is useful may want both.
  for (std::uint8_t& bits : useful_)
    if ((bits & 6) == 6) bits = std::uint8_t(bits | 8);
  for (std::uint32_t k = 0; k < p_.crews.size(); ++k) {
    for (std::uint32_t w = 0; w < weekends; ++w) {
      first_slot_.push_back(static_cast<std::uint32_t>(slots_.size()));
      for (std::uint32_t t = 0; t < p_.crews[k].teams; ++t)
        slots_.push_back({k, w, 0, std::vector<std::uint32_t>(p_.weekends[w].days, no_index), 0});
    }
  }
  first_slot_.push_back(static_cast<std::uint32_t>(slots_.size()));
  gained_.assign(p_.places.size(), 0);
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
  const auto& place = p_.places[p_.ways[way].place];
  return crowd_[p_.ways[way].place * p_.weekends.size() + weekend] < place.team_days_a_weekend &&
         visits_[p_.ways[way].place] < place.team_days;
}

/// What so much gain more (or, below 0, less) at a place is worth.
double Schedule::worth(std::uint32_t index, double gain) const {
  const auto& place = p_.places[index];
  const double people =
      std::min(gained_[index] + gain, place.people) - std::min(gained_[index], place.people);
  double value = place.weight * people;
  if (place.floor != no_index) {
    const double floor = p_.floors[place.floor].people, now = floor_gained_[place.floor];
    value += missed_person * (std::min(now + people, floor) - std::min(now, floor));
  }
  return value;
}

double Schedule::day_worth(std::uint32_t way, const Slot& slot, std::size_t pack) const {
  const auto& w = p_.ways[way];
  return worth(w.place, p_.gain(w, slot.weekend, pack)) - w.cost;
}

/// The same where a person of a place that others could fill counts only what it costs them.
double Schedule::day_priced(std::uint32_t index, const Slot& slot, std::size_t pack) const {
  const double value = day_worth(index, slot, pack);
  if (!by_price_ || prices_.person.empty()) return value;
  const auto& way = p_.ways[index];
  const auto& place = p_.places[way.place];
  const double people =
      std::min(gained_[way.place] + p_.gain(way, slot.weekend, pack), place.people) -
      std::min(gained_[way.place], place.people);
  return value - (place.weight - prices_.person[way.place]) * people;
}

void Schedule::go(const Slot& slot, std::size_t pack, std::uint32_t way, int sign) {
  const auto& w = p_.ways[way];
  const auto& place = p_.places[w.place];
  const double before = std::min(gained_[w.place], place.people);
  gained_[w.place] += sign * p_.gain(w, slot.weekend, pack);
  if (place.floor != no_index)
    floor_gained_[place.floor] += std::min(gained_[w.place], place.people) - before;
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
  for (std::uint32_t d = 0; d < slot.days.size(); ++d) {
    if (d < slot.pinned) {
      sum += day_worth(slot.days[d], slot, pack);
      priced += day_priced(slot.days[d], slot, pack);
      go(slot, pack, slot.days[d], 1);
      continue;
    }
    double best = worth_while;
    slot.days[d] = no_index;
    for (std::uint32_t way = first_way_[slot.crew]; way < first_way_[slot.crew + 1]; ++way) {
      if (!may(way, slot.weekend)) continue;
      const double value = day_priced(way, slot, pack);
      if (value > best) {
        best = value;
        slot.days[d] = way;
      }
    }
    if (slot.days[d] == no_index) continue;
    sum += day_worth(slot.days[d], slot, pack);
    priced += best;
    go(slot, pack, slot.days[d], 1);
  }
  return sum;
}

/// The best days and pack of a slot that holds nothing and is nowhere. Leaves it so.
Schedule::Trial Schedule::best_trial(Slot& slot, std::size_t packs) {
  Trial best;
  best.value = best.priced = -HUGE_VAL;
  packs &= useful_[slot.crew * p_.weekend_kinds + p_.weekends[slot.weekend].kind];
  for (std::size_t pack = 0; pack < pack_count; ++pack) {
    if ((packs >> pack & 1U) == 0) continue;
    double priced = 0;
    const double value = fill_days(slot, pack, priced);
    priced -= (has_generator(pack) ? prices_.generator[slot.weekend] : 0) +
              (has_router(pack) ? prices_.router[slot.weekend] : 0);
    for (std::size_t d = slot.days.size(); d-- > 0;)
      if (slot.days[d] != no_index) go(slot, pack, slot.days[d], -1);
    if (priced > best.priced + worth_while)
      best = {value, priced, static_cast<std::uint8_t>(pack), slot.days};
  }
  for (std::size_t d = slot.pinned; d < slot.days.size(); ++d) slot.days[d] = no_index;
  return best;
}

void Schedule::keep(Slot& slot, const Trial& trial) {
  slot.pack = trial.pack;
  slot.days = trial.days;
  hold(slot, slot.pack, 1);
  for (const std::uint32_t way : slot.days)
    if (way != no_index) go(slot, slot.pack, way, 1);
}

/// Takes the slot out; its pinned days stay written in it.
void Schedule::clear(Slot& slot) {
  for (std::size_t d = slot.days.size(); d-- > 0;)
    if (slot.days[d] != no_index) go(slot, slot.pack, slot.days[d], -1);
  hold(slot, slot.pack, -1);
  slot.pack = 0;
  for (std::size_t d = slot.pinned; d < slot.days.size(); ++d) slot.days[d] = no_index;
}

/// Each must takes days of its crew, of teams that have most days pinned first, so that few teams
/// are bound by them.
void Schedule::place_musts() {
  const std::size_t weekends = p_.weekends.size();
  for (const auto& must : p_.musts) {
    std::uint32_t left = must.team_days;
    const std::uint32_t crew = p_.ways[must.way].crew;
    for (std::uint32_t w = 0; w < weekends && left > 0; ++w) {
      if (must.weekend != no_index && must.weekend != w) continue;
      for (std::uint32_t s = first_slot_[crew * weekends + w];
           s < first_slot_[crew * weekends + w + 1] && left > 0; ++s) {
        Slot& slot = slots_[s];
        while (left > 0 && slot.pinned < slot.days.size() && may(must.way, w)) {
          slot.days[slot.pinned++] = must.way;
          go(slot, 0, must.way, 1);
          --left;
        }
      }
    }
  }
  for (Slot& slot : slots_)
    for (std::uint32_t d = 0; d < slot.pinned; ++d) go(slot, 0, slot.days[d], -1);
}

void Schedule::fill() {
  struct Candidate {
    double priced;
    std::uint32_t slot;
    bool operator<(const Candidate& o) const {
      return priced != o.priced ? priced < o.priced : slot > o.slot;
    }
  };
  // Those with pinned days first: they go in any case.
  for (Slot& slot : slots_)
    if (slot.pinned > 0) keep(slot, best_trial(slot, free_packs(slot.weekend)));
  std::priority_queue<Candidate> queue;
  const std::size_t weekends = p_.weekends.size();
  for (std::size_t i = 0; i < p_.crews.size() * weekends; ++i) {
    // Teams of a crew are alike: the next one is looked at when this one went.
    for (std::uint32_t s = first_slot_[i]; s < first_slot_[i + 1]; ++s) {
      if (slots_[s].pinned > 0) continue;
      queue.push({HUGE_VAL, s});
      break;
    }
  }
  while (!queue.empty()) {
    const Candidate top = queue.top();
    queue.pop();
    Slot& slot = slots_[top.slot];
    const Trial trial = best_trial(slot, free_packs(slot.weekend));
    if (trial.value <= worth_while) continue;
    // What is worth less by now goes back, unless it is still the best.
    if (!queue.empty() && trial.priced < queue.top().priced - worth_while) {
      queue.push({trial.priced, top.slot});
      continue;
    }
    keep(slot, trial);
    const std::size_t i = slot.crew * weekends + slot.weekend;
    for (std::uint32_t s = top.slot + 1; s < first_slot_[i + 1]; ++s) {
      if (slots_[s].pinned > 0) continue;
      queue.push({trial.priced, s});
      break;
    }
  }
}

/// What is lost when the slot stays at home; leaves it out.
double Schedule::removal(Slot& slot) {
  double sum = 0;
  hold(slot, slot.pack, -1);
  for (std::size_t d = slot.days.size(); d-- > 0;) {
    if (slot.days[d] == no_index) continue;
    go(slot, slot.pack, slot.days[d], -1);
    sum += day_worth(slot.days[d], slot, slot.pack);
  }
  return sum;
}

bool Schedule::move(Slot& slot) {
  const Slot before = slot;
  const double lost = removal(slot);
  Slot bare = before;
  for (std::size_t d = bare.pinned; d < bare.days.size(); ++d) bare.days[d] = no_index;
  slot = bare;
  // Kit that nobody needs more is given back: the price decides, the value must not fall.
  const Trial trial = best_trial(slot, free_packs(slot.weekend));
  if (!trial.days.empty() && trial.value > lost + worth_while) {
    keep(slot, trial);
    return true;
  }
  slot = before;
  hold(slot, slot.pack, 1);
  for (const std::uint32_t way : slot.days)
    if (way != no_index) go(slot, slot.pack, way, 1);
  return false;
}

/// A generator or a router goes from the team that loses least by giving it away to the one that
/// gains most.
bool Schedule::hand_over(std::uint32_t weekend) {
  std::vector<Slot*> here;
  for (std::uint32_t k = 0; k < p_.crews.size(); ++k) {
    const std::size_t i = k * p_.weekends.size() + weekend;
    for (std::uint32_t s = first_slot_[i]; s < first_slot_[i + 1]; ++s) here.push_back(&slots_[s]);
  }
  bool better = false;
  for (const std::size_t kit : {std::size_t{1}, std::size_t{2}}) {
    const std::vector<std::uint32_t>& held = kit == 1 ? generators_ : routers_;
    if (held[weekend] < (kit == 1 ? p_.generators : p_.routers)) continue;  // move() saw to it
    struct Change {
      double value = -HUGE_VAL;
      Slot* slot = nullptr;
    };
    // Of teams that are alike only one needs to be looked at as a taker.
    std::vector<Change> givers, takers;
    std::uint32_t last_crew = no_index;
    for (Slot* slot : here) {
      const bool has = (slot->pack & kit) != 0;
      if (!has && slot->crew == last_crew) continue;
      const Slot before = *slot;
      const double lost = removal(*slot);
      for (std::size_t d = slot->pinned; d < slot->days.size(); ++d) slot->days[d] = no_index;
      std::size_t packs = 0;
      for (std::size_t pack = 0; pack < pack_count; ++pack)
        if (((pack & kit) != 0) != has && (pack & ~kit & 3U) == (before.pack & ~kit & 3U))
          packs |= 1U << pack;
      double value = -HUGE_VAL;
      if ((packs & useful_[slot->crew * p_.weekend_kinds + p_.weekends[weekend].kind]) != 0)
        value = best_trial(*slot, packs).value - lost;
      *slot = before;
      hold(*slot, slot->pack, 1);
      for (const std::uint32_t way : slot->days)
        if (way != no_index) go(*slot, slot->pack, way, 1);
      if (value == -HUGE_VAL) continue;
      (has ? givers : takers).push_back({value, slot});
      if (!has) last_crew = slot->crew;
    }
    const auto by_value = [](const Change& a, const Change& b) { return a.value > b.value; };
    std::stable_sort(givers.begin(), givers.end(), by_value);
    std::stable_sort(takers.begin(), takers.end(), by_value);
    for (std::size_t i = 0; i < std::min(givers.size(), takers.size()); ++i) {
      if (givers[i].value + takers[i].value <= worth_while) break;
      Slot &giver = *givers[i].slot, &taker = *takers[i].slot;
      const Slot giver_before = giver, taker_before = taker;
      const double lost = removal(giver) + removal(taker);
      const auto bare = [](Slot& slot) {
        for (std::size_t d = slot.pinned; d < slot.days.size(); ++d) slot.days[d] = no_index;
      };
      bare(giver);
      bare(taker);
      const Trial taken = best_trial(taker, 1U << (taker_before.pack | kit));
      keep(taker, taken);
      const Trial given = best_trial(giver, 1U << (giver_before.pack & ~kit & 3U));
      if (taken.value + given.value > lost + worth_while) {
        keep(giver, given);
        better = true;
        continue;
      }
      hold(taker, taker.pack, -1);
      for (std::size_t d = taker.days.size(); d-- > 0;)
        if (taker.days[d] != no_index) go(taker, taker.pack, taker.days[d], -1);
      for (Slot* slot : {&giver, &taker}) {
        *slot = slot == &giver ? giver_before : taker_before;
        hold(*slot, slot->pack, 1);
        for (const std::uint32_t way : slot->days)
          if (way != no_index) go(*slot, slot->pack, way, 1);
      }
    }
  }
  return better;
}

void Schedule::improve(int passes) {
  for (int pass = 0; pass < passes; ++pass) {
    bool better = false;
    for (Slot& slot : slots_) better = move(slot) || better;
    for (std::uint32_t w = 0; w < p_.weekends.size(); ++w) better = hand_over(w) || better;
    if (!better) return;
  }
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
  std::sort(out.stays.begin(), out.stays.end());
  std::size_t n = 0;
  for (const Stay& stay : out.stays) {
    if (n > 0 && out.stays[n - 1].way == stay.way && out.stays[n - 1].weekend == stay.weekend &&
        out.stays[n - 1].pack == stay.pack) {
      out.stays[n - 1].team_days += stay.team_days;
    } else {
      out.stays[n++] = stay;
    }
  }
  out.stays.resize(n);
  out.value = value_of(p_, out.stays);
  const PlanMissed missed = missed_of(p_, out.stays);
  out.floors_missed = missed.people;
  out.musts_missed = missed.team_days;
  return out;
}

constexpr int passes = 30;

}  // namespace

PlanAnswer quick_plan(const PlanProblem& problem, PlanPrices* prices) {
  // A first answer without prices tells the prices what to aim at; with them the kit goes where it
  // is scarce.
  PlanPrices none;
  none.generator.assign(problem.weekends.size(), 0);
  none.router.assign(problem.weekends.size(), 0);
  Schedule first(problem, none);
  first.place_musts();
  first.fill();
  PlanAnswer best = first.answer();
  PlanPrices found =
      plan_prices(problem, best.value, 150, prices && !prices->person.empty() ? prices : nullptr);
  Schedule second(problem, found);
  second.place_musts();
  second.fill_by_price();
  second.improve(passes);
  PlanAnswer answer = second.answer();
  if (best.value > answer.value) answer = improved(problem, best, found);
  answer.bound = std::max(found.bound, answer.value);
  if (prices) *prices = std::move(found);
  return answer;
}

PlanAnswer improved(const PlanProblem& problem, PlanAnswer answer, const PlanPrices& prices) {
  Schedule schedule(problem, prices);
  schedule.take(answer);
  schedule.improve(passes);
  PlanAnswer out = schedule.answer();
  out.bound = answer.bound;
  return out;
}

}  // namespace data
