#include <algorithm>
#include <cmath>

#include "data/plan_groups.hpp"

namespace data {
namespace {

/// One multiplier ≥ 0 of a limit: how far it is from being kept (its subgradient), the smoothed
/// direction, and the size of its steps: how large it may get over how far off it may be.
struct Multiplier {
  double value = 0, slack = 0, direction = 0, scale = 0, best = 0, top = HUGE_VAL;
};

class Relaxation {
 public:
  explicit Relaxation(const PlanProblem& problem) : p_(problem), groups_(weekend_groups(problem)) {
    const std::size_t groups = groups_.groups.size();
    double typical = 0;
    for (const auto& way : p_.ways)
      typical += way.people * p_.places[way.place].weight / double(p_.ways.size());
    typical = std::max(typical, 1e-9) * 2;
    // places (of a person there beyond those there are), generators and routers by group, crowding
    // by place and group, visits, floors, musts
    generators_ = p_.places.size();
    routers_ = generators_ + groups;
    crowding_ = routers_ + groups;
    const auto has = [&](auto member) {
      return std::any_of(p_.places.begin(), p_.places.end(), [&](const auto& place) {
        return place.*member != PlanProblem::unlimited;
      });
    };
    crowded_ = has(&PlanProblem::Place::team_days_a_weekend);
    visited_ = has(&PlanProblem::Place::team_days);
    visits_ = crowding_ + (crowded_ ? p_.places.size() * groups : 0);
    floors_ = visits_ + (visited_ ? p_.places.size() : 0);
    musts_ = floors_ + p_.floors.size();
    m_.resize(musts_ + p_.musts.size());
    for (std::size_t i = 0; i < p_.places.size(); ++i) {
      m_[i].scale = std::max(p_.places[i].weight, 1e-9) / std::max(p_.places[i].people, 1.0);
    }
    for (std::size_t i = generators_; i < crowding_; ++i)
      m_[i].scale = typical / std::max(1.0, double(i < routers_ ? p_.generators : p_.routers));
    for (std::size_t i = crowding_; i < floors_; ++i) m_[i].scale = typical / 4;
    for (std::size_t f = 0; f < p_.floors.size(); ++f)
      m_[floors_ + f].scale = 10.0 / std::max(1.0, p_.floors[f].people);
    for (std::size_t i = musts_; i < m_.size(); ++i) m_[i].scale = typical;
    // Missing costs no more than that, so no price need be higher.
    for (std::size_t i = floors_; i < musts_; ++i) m_[i].top = p_.missed_person;
    for (std::size_t i = musts_; i < m_.size(); ++i) m_[i].top = p_.missed_team_day;
    banned_.resize(p_.bans.empty() ? 0 : p_.ways.size() * groups);
    for (const auto& ban : p_.bans) banned_[ban.way * groups + groups_.of[ban.weekend]] = true;
    must_of_.resize(p_.musts.empty() ? 0 : p_.ways.size());
    for (std::uint32_t i = 0; i < p_.musts.size(); ++i) must_of_[p_.musts[i].way].push_back(i);
    for (std::uint32_t way = 0; way < p_.ways.size(); ++way) {
      if (way == 0 || p_.ways[way].crew != p_.ways[way - 1].crew) crews_.push_back({way, way});
      crews_.back().last = way + 1;
    }
    useful_ = useful_packs(p_);
    ease_.assign(p_.weekend_kinds * pack_count, std::vector<double>(p_.places.size()));
    for (std::size_t i = 0; i < p_.ease.size(); ++i)
      for (std::size_t pack = 0; pack < pack_count; ++pack)
        ease_[i % p_.weekend_kinds * pack_count + pack][i / p_.weekend_kinds] = p_.ease[i][pack];
    person_.resize(p_.places.size());
  }

  void start(const PlanPrices& from);
  double evaluate();  ///< the bound that the multipliers prove; fills in their slacks
  PlanPrices search(double known_value, std::size_t steps);

 private:
  /// The ways of a crew: first … last − 1.
  struct Crew {
    std::uint32_t first = 0, last = 0;
  };
  double crew(const Crew& of, std::uint32_t group);
  /// What a person of a place counts, for itself and for its floor.
  double worth(std::size_t place) const {
    const auto& of = p_.places[place];
    return of.weight + (of.floor == no_index ? 0 : m_[floors_ + of.floor].value);
  }
  double toll(std::uint32_t way, std::uint32_t group) const;
  void expand(PlanPrices& into) const;

  const PlanProblem& p_;
  WeekendGroups groups_;
  std::size_t generators_, routers_, crowding_, visits_, floors_, musts_;
  bool crowded_, visited_;
  std::vector<Multiplier> m_;
  std::vector<bool> banned_;
  std::vector<std::vector<std::uint32_t>> must_of_;
  std::vector<Crew> crews_;
  std::vector<std::uint8_t> useful_;       ///< useful_packs()
  std::vector<std::vector<double>> ease_;  ///< by weekend kind × pack_count + pack: by place
  std::vector<double> person_;             ///< what a gained one is worth, by place
};

/// What the limits on a place, less the musts of the way, charge for a team-day.
double Relaxation::toll(std::uint32_t way, std::uint32_t group) const {
  const std::uint32_t place = p_.ways[way].place;
  double toll = 0;
  if (crowded_) toll += m_[crowding_ + place * groups_.groups.size() + group].value;
  if (visited_) toll += m_[visits_ + place].value;
  if (!must_of_.empty())
    for (const std::uint32_t i : must_of_[way])
      if (p_.musts[i].weekend == no_index || groups_.of[p_.musts[i].weekend] == group)
        toll -= m_[musts_ + i].value;
  return toll;
}

/// The best that the teams of one crew can do in a group of weekends; answers what it is worth.
double Relaxation::crew(const Crew& of, std::uint32_t group) {
  const WeekendGroups::Group& g = groups_.groups[group];
  const auto& weekend = p_.weekends[g.weekend];
  const std::uint32_t crew = p_.ways[of.first].crew;
  const std::uint32_t useful = useful_[crew * p_.weekend_kinds + weekend.kind];
  const bool tolls = crowded_ || visited_ || !must_of_.empty();
  double best = 0;
  std::uint32_t best_way = no_index;
  std::size_t best_pack = 0;
  for (std::size_t pack = 0; pack < pack_count; ++pack) {
    if ((useful >> pack & 1U) == 0) continue;
    const double kit = (has_generator(pack) ? m_[generators_ + group].value : 0) +
                       (has_router(pack) ? m_[routers_ + group].value : 0);
    const double* const ease = ease_[weekend.kind * pack_count + pack].data();
    const double* const person = person_.data();
    // A team-day must be worth more than that. This loop is what most of a plan's time goes to.
    double least = (best + kit) / weekend.days;
    for (std::uint32_t way = of.first; way < of.last; ++way) {
      const auto& w = p_.ways[way];
      double value = person[w.place] * (w.people * weekend.force * ease[w.place]) - w.cost;
      if (value <= least && !tolls) continue;
      if (tolls) value -= toll(way, group);
      if (value <= least) continue;
      if (!banned_.empty() && banned_[way * groups_.groups.size() + group]) continue;
      least = value;
      best = weekend.days * value - kit;
      best_way = way;
      best_pack = pack;
    }
  }
  if (best_way == no_index) return 0;
  const double teams = double(p_.crews[crew].teams) * g.weekends;
  const double days = teams * weekend.days;
  const auto& way = p_.ways[best_way];
  m_[way.place].slack -= days * p_.gain(way, g.weekend, best_pack);
  if (has_generator(best_pack)) m_[generators_ + group].slack -= teams / g.weekends;
  if (has_router(best_pack)) m_[routers_ + group].slack -= teams / g.weekends;
  if (crowded_)
    m_[crowding_ + way.place * groups_.groups.size() + group].slack -= days / g.weekends;
  if (visited_) m_[visits_ + way.place].slack -= days;
  if (!must_of_.empty())
    for (const std::uint32_t i : must_of_[best_way])
      if (p_.musts[i].weekend == no_index || groups_.of[p_.musts[i].weekend] == group)
        m_[musts_ + i].slack += days;
  return teams * best;
}

double Relaxation::evaluate() {
  double bound = 0;
  for (std::size_t i = 0; i < p_.places.size(); ++i) {
    const auto& place = p_.places[i];
    m_[i].slack = place.people;
    bound += m_[i].value * place.people;
    person_[i] = std::max(0.0, worth(i) - m_[i].value);
  }
  for (std::size_t f = 0; f < p_.floors.size(); ++f) {
    m_[floors_ + f].slack = -p_.floors[f].people;
    bound -= m_[floors_ + f].value * p_.floors[f].people;
  }
  for (std::uint32_t g = 0; g < groups_.groups.size(); ++g) {
    const double weekends = groups_.groups[g].weekends;
    m_[generators_ + g].slack = p_.generators;
    m_[routers_ + g].slack = p_.routers;
    bound += weekends *
             (m_[generators_ + g].value * p_.generators + m_[routers_ + g].value * p_.routers);
    if (!crowded_) continue;
    for (std::size_t i = 0; i < p_.places.size(); ++i) {
      Multiplier& m = m_[crowding_ + i * groups_.groups.size() + g];
      const std::uint32_t limit = p_.places[i].team_days_a_weekend;
      m.slack = limit == PlanProblem::unlimited ? HUGE_VAL : double(limit);
      if (m.value > 0) bound += weekends * m.value * m.slack;
    }
  }
  if (visited_) {
    for (std::size_t i = 0; i < p_.places.size(); ++i) {
      Multiplier& m = m_[visits_ + i];
      const std::uint32_t limit = p_.places[i].team_days;
      m.slack = limit == PlanProblem::unlimited ? HUGE_VAL : double(limit);
      if (m.value > 0) bound += m.value * m.slack;
    }
  }
  for (std::size_t i = 0; i < p_.musts.size(); ++i) {
    m_[musts_ + i].slack = -double(p_.musts[i].team_days);
    bound -= m_[musts_ + i].value * p_.musts[i].team_days;
  }
  for (const Crew& of : crews_)
    for (std::uint32_t g = 0; g < groups_.groups.size(); ++g) bound += crew(of, g);
  // A floor counts all that its places gain: what is too much there their own prices say.
  for (std::size_t i = 0; i < p_.places.size(); ++i)
    if (p_.places[i].floor != no_index)
      m_[floors_ + p_.places[i].floor].slack += p_.places[i].people - m_[i].slack;
  return bound;
}

void Relaxation::start(const PlanPrices& from) {
  const std::size_t groups = groups_.groups.size();
  const auto take = [&](std::size_t at, double value) {
    if (std::isfinite(value)) m_[at].value = std::clamp(value, 0.0, m_[at].top);
  };
  for (std::uint32_t w = 0; w < p_.weekends.size(); ++w) {
    const std::uint32_t g = groups_.of[w];
    if (from.generator.size() == p_.weekends.size()) take(generators_ + g, from.generator[w]);
    if (from.router.size() == p_.weekends.size()) take(routers_ + g, from.router[w]);
    if (crowded_ && from.crowding.size() == p_.places.size() * p_.weekends.size())
      for (std::size_t i = 0; i < p_.places.size(); ++i)
        if (p_.places[i].team_days_a_weekend != PlanProblem::unlimited)
          take(crowding_ + i * groups + g, from.crowding[i * p_.weekends.size() + w]);
  }
  if (from.floor.size() == p_.floors.size())
    for (std::size_t f = 0; f < p_.floors.size(); ++f) take(floors_ + f, from.floor[f]);
  if (from.person.size() == p_.places.size())
    for (std::size_t i = 0; i < p_.places.size(); ++i) take(i, worth(i) - from.person[i]);
}

void Relaxation::expand(PlanPrices& into) const {
  const std::size_t groups = groups_.groups.size();
  for (std::size_t i = 0; i < p_.places.size(); ++i) {
    const auto& place = p_.places[i];
    const double floor = place.floor == no_index ? 0 : m_[floors_ + place.floor].best;
    into.person.push_back(std::max(0.0, place.weight + floor - m_[i].best));
  }
  for (const std::uint32_t g : groups_.of) {
    into.generator.push_back(m_[generators_ + g].best);
    into.router.push_back(m_[routers_ + g].best);
  }
  if (crowded_)
    for (std::size_t i = 0; i < p_.places.size(); ++i)
      for (const std::uint32_t g : groups_.of)
        into.crowding.push_back(m_[crowding_ + i * groups + g].best);
  if (visited_)
    for (std::size_t i = 0; i < p_.places.size(); ++i) into.visits.push_back(m_[visits_ + i].best);
  for (std::size_t i = floors_; i < musts_; ++i) into.floor.push_back(m_[i].best);
  for (std::size_t i = musts_; i < m_.size(); ++i) into.must.push_back(m_[i].best);
}

/// Polyak's step along a direction that remembers the last ones (Camerini, Fratta and Maffioli
/// 1975), each multiplier on its own scale. Half as bold after ten steps without a better bound.
PlanPrices Relaxation::search(double known_value, std::size_t steps) {
  PlanPrices out;
  // Where there are more teams than people to reach, these are worth little: not all starts are
  // equally far from there.
  std::vector<double> start(p_.places.size());
  for (std::size_t i = 0; i < start.size(); ++i) start[i] = std::max(0.0, worth(i) - m_[i].value);
  const auto set_share = [&](double share) {
    for (std::size_t i = 0; i < start.size(); ++i) m_[i].value = worth(i) - share * start[i];
  };
  double best_start = HUGE_VAL, best_share = 1;
  for (const double share : {1.0, 0.5, 0.25, 0.1, 0.0}) {
    set_share(share);
    const double bound = evaluate();
    if (bound < best_start) {
      best_start = bound;
      best_share = share;
    }
  }
  set_share(best_share);
  double boldness = 1.5;
  std::size_t idle = 0;
  for (std::size_t step = 0; step <= steps; ++step) {
    const double bound = evaluate();
    if (bound < out.bound) {
      if (bound < out.bound - 1e-4 * std::abs(bound)) idle = 0;
      out.bound = bound;
      for (Multiplier& m : m_) m.best = m.value;
    }
    if (step == steps || bound <= known_value) break;
    if (++idle == 10) {
      boldness /= 2;
      idle = 0;
      for (Multiplier& m : m_) {  // again from the best
        m.value = m.best;
        m.direction = 0;
      }
      if (boldness < 1e-3) break;
      continue;
    }
    double square = 0;
    for (Multiplier& m : m_) {
      if (m.slack == HUGE_VAL) continue;
      m.direction = 0.4 * m.slack + 0.6 * m.direction;
      if (m.value <= 0 && m.direction > 0) continue;  // stays where it is
      square += m.scale * m.direction * m.direction;
    }
    if (square <= 0) break;
    const double t = boldness * (bound - known_value) / square;
    for (Multiplier& m : m_)
      if (m.slack != HUGE_VAL)
        m.value = std::clamp(m.value - t * m.scale * m.direction, 0.0, m.top);
    // Beyond what a person counts a place's price only loosens the bound.
    for (std::size_t i = 0; i < p_.places.size(); ++i)
      m_[i].value = std::min(m_[i].value, worth(i));
  }
  expand(out);
  return out;
}

}  // namespace

PlanPrices plan_prices(const PlanProblem& problem, double known_value, std::size_t steps,
                       const PlanPrices* start) {
  Relaxation relaxation(problem);
  if (start) relaxation.start(*start);
  return relaxation.search(known_value, steps);
}

}  // namespace data
