#include <algorithm>
#include <cmath>
#include <queue>
#include <utility>

#include "data/plan_schedule.hpp"

namespace data {

/// Each must takes days of its crew, those that name a weekend first, of teams that have most days
/// pinned first, so that few teams are bound by them. Pinned days stay counted until their slot is
/// looked at, so that nobody else takes their room.
void Schedule::place_musts() {
  const std::size_t weekends = p_.weekends.size();
  const auto place = [&](const PlanProblem::Must& must) {
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
  };
  for (const bool named : {true, false})
    for (const auto& must : p_.musts)
      if ((must.weekend != no_index) == named) place(must);
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
  for (Slot& slot : slots_) {
    if (slot.pinned == 0) continue;
    for (std::uint32_t d = slot.pinned; d-- > 0;) go(slot, 0, slot.days[d], -1);
    best_trial(slot, free_packs(slot.weekend), trial_);
    keep(slot, trial_);
  }
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
    best_trial(slot, free_packs(slot.weekend), trial_);
    if (trial_.value <= worth_while) continue;
    // What is worth less by now goes back, unless it is still the best.
    if (!queue.empty() && trial_.priced < queue.top().priced - worth_while) {
      queue.push({trial_.priced, top.slot});
      continue;
    }
    keep(slot, trial_);
    const std::size_t i = slot.crew * weekends + slot.weekend;
    for (std::uint32_t s = top.slot + 1; s < first_slot_[i + 1]; ++s) {
      if (slots_[s].pinned > 0) continue;
      queue.push({trial_.priced, s});
      break;
    }
  }
}

bool Schedule::move(Slot& slot) {
  before_ = slot;
  const double lost = removal(slot);
  // Kit that nobody needs more is given back: the price decides, the value must not fall.
  best_trial(slot, free_packs(slot.weekend), trial_);
  if (!trial_.days.empty() && trial_.value > lost + worth_while) {
    keep(slot, trial_);
    return true;
  }
  put_back(slot, before_);
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
      // Pinned days must not lose their room to the other one of a pair.
      if (slot->pinned > 0) continue;
      const bool has = (slot->pack & kit) != 0;
      if (!has && slot->crew == last_crew) continue;
      before_ = *slot;
      const double lost = removal(*slot);
      std::size_t packs = 0;
      for (std::size_t pack = 0; pack < pack_count; ++pack)
        if (((pack & kit) != 0) != has && (pack & ~kit & 3U) == (before_.pack & ~kit & 3U))
          packs |= 1U << pack;
      double value = -HUGE_VAL;
      if ((packs & useful_[slot->crew * p_.weekend_kinds + p_.weekends[weekend].kind]) != 0) {
        best_trial(*slot, packs, trial_);
        value = trial_.value - lost;
      }
      put_back(*slot, before_);
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
      before_ = giver;
      other_before_ = taker;
      const double lost = removal(giver) + removal(taker);
      best_trial(taker, 1U << (other_before_.pack | kit), other_trial_);
      keep(taker, other_trial_);
      best_trial(giver, 1U << (before_.pack & ~kit & 3U), trial_);
      if (other_trial_.value + trial_.value > lost + worth_while) {
        keep(giver, trial_);
        better = true;
        continue;
      }
      removal(taker);
      put_back(giver, before_);
      put_back(taker, other_before_);
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

namespace {

constexpr int passes = 30;
/// Where the first prices leave much open, as high floors do, they are looked for again from where
/// they are, as long as that helps.
constexpr int rounds = 4;
constexpr double good_enough = 0.01;

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
  PlanPrices found;
  if (prices && !prices->person.empty()) found = std::move(*prices);
  double gap = HUGE_VAL;
  for (int round = 0; round < rounds; ++round) {
    const double bound = found.bound;
    PlanPrices next =
        plan_prices(problem, best.value, 150, found.person.empty() ? nullptr : &found);
    next.bound = std::min(next.bound, round > 0 ? bound : next.bound);
    found = std::move(next);
    Schedule schedule(problem, found);
    schedule.place_musts();
    schedule.fill_by_price();
    schedule.improve(passes);
    PlanAnswer answer = schedule.answer();
    if (round == 0 && best.value > answer.value) answer = improved(problem, best, found);
    if (round == 0 || answer.value > best.value) best = std::move(answer);
    best.bound = std::max(found.bound, best.value);
    const double before = std::exchange(gap, gap_of(best));
    if (problem.floors.empty() || gap < good_enough || gap > 0.8 * before) break;
  }
  if (prices) *prices = std::move(found);
  return best;
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
