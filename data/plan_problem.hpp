#pragma once
#include <array>
#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <vector>

namespace data {

/// What a team may take along for a weekend.
enum class Pack : std::uint8_t { nothing, generator, router, both };
inline constexpr std::size_t pack_count = 4;
inline constexpr bool has_generator(std::size_t pack) { return pack == 1 || pack == 3; }
inline constexpr bool has_router(std::size_t pack) { return pack >= 2; }

inline constexpr std::uint32_t no_index = UINT32_MAX;

/// Where to send the teams, as numbers only; docs/formulas.md has the model. Teams that are alike
/// in everything that counts are one crew. A place is a commune visited, or a commune phoned.
/// People are accounts activated.
struct PlanProblem {
  static constexpr std::uint32_t unlimited = UINT32_MAX;

  struct Crew {
    std::uint32_t teams = 1;
  };
  struct Weekend {
    std::uint32_t days = 2;
    double force = 1;        ///< gain of every team-day × this
    std::uint32_t kind = 0;  ///< which of a place's eases holds
  };
  struct Place {
    double people = 0;                              ///< at most so many are activated
    double weight = 1;                              ///< what one of them counts
    std::uint32_t floor = no_index;                 ///< into floors
    std::uint32_t team_days_a_weekend = unlimited;  ///< at most
    std::uint32_t team_days = unlimited;            ///< in all
  };
  /// A team of the crew may go there. In order of crew.
  struct Way {
    std::uint32_t crew = 0, place = 0;
    double people = 0;  ///< a team-day activates, at force and ease 1
    double cost = 0;    ///< of a team-day, in weighted people
  };
  /// The places of a district together: at least so many people.
  struct Floor {
    double people = 0;
  };
  /// So many team-days of a crew at a place, on a weekend or on any.
  struct Must {
    std::uint32_t way = 0, weekend = no_index, team_days = 1;
  };
  struct Ban {
    std::uint32_t way = 0, weekend = 0;
    auto operator<=>(const Ban&) const = default;
  };

  std::vector<Crew> crews;
  std::vector<Weekend> weekends;
  std::vector<Place> places;
  std::vector<Way> ways;
  std::uint32_t weekend_kinds = 1;
  std::vector<std::array<double, pack_count>> ease;  ///< by place × weekend_kinds + kind; 0 … 1
  std::uint32_t generators = 0, routers = 0;         ///< there are, every weekend
  std::vector<Floor> floors;
  std::vector<Must> musts;
  std::vector<Ban> bans;  ///< sorted
  /// A person that a floor lacks, and a team-day that a must lacks, count so much (missing_costs):
  /// a plan that can have all floors and musts has them, and where it cannot the least is missing.
  double missed_person = 100, missed_team_day = 1e4;

  double gain(const Way& way, std::uint32_t weekend, std::size_t pack) const {
    const Weekend& w = weekends[weekend];
    return way.people * w.force * ease[way.place * weekend_kinds + w.kind][pack];
  }
};

/// Team-days of one crew along one way on a weekend. Teams of a crew hold a pack for the whole
/// weekend.
struct Stay {
  std::uint32_t way = 0, weekend = 0;
  Pack pack = Pack::nothing;
  std::uint32_t team_days = 0;
  auto operator<=>(const Stay&) const = default;
};

/// An answer to a PlanProblem: who goes where, with what. Sorted, none with 0 team-days.
struct PlanAnswer {
  std::vector<Stay> stays;
  /// Teams that hold each pack, by crew × weekends + weekend; the rest of the crew holds nothing.
  std::vector<std::array<std::uint32_t, pack_count>> holding;
  double value = 0;  ///< as value_of() says
  /// No plan that holds all limits can have a higher value.
  double bound = std::numeric_limits<double>::infinity();
  double floors_missed = 0;        ///< people, over all floors
  std::uint32_t musts_missed = 0;  ///< team-days
  double missed_value = 0;         ///< what the value pays for both
};

/// People activated per place: Σ gain × team-days, at most Place::people.
std::vector<double> people_of(const PlanProblem& problem, std::span<const Stay> stays);
/// People that floors lack, team-days that musts lack, and what both cost.
struct PlanMissed {
  double people = 0;
  std::uint32_t team_days = 0;
  double value = 0;
};
/// Sets missed_person and missed_team_day so high that nothing else a team-day brings can be worth
/// as much.
void set_missing_costs(PlanProblem& problem);
PlanMissed missed_of(const PlanProblem& problem, std::span<const Stay> stays);
/// Σ weight × people − Σ cost − what is missed.
double value_of(const PlanProblem& problem, std::span<const Stay> stays);
/// How far the answer is from the bound: (bound − value) / (bound + what it pays for things
/// missed), so that the share is one of weighted people.
double gap_of(const PlanAnswer& answer);

/// The first limit that the answer breaks, in words for a programmer; empty: it holds them all
/// (floors and musts as far as it says itself).
std::string broken_limit(const PlanProblem& problem, const PlanAnswer& answer);

/// What the scarce things are worth in the best plan's relaxation (Lagrange multipliers), and the
/// upper bound that they prove. Any prices prove a bound: those of a like problem are a good start.
struct PlanPrices {
  std::vector<double> person;  ///< by place, 0 … weight (and what a floor adds): of a gained one
  std::vector<double> generator, router;  ///< by weekend, of one held
  std::vector<double> crowding;  ///< by place × weekends + weekend, of a team-day; empty: no limit
  std::vector<double> visits;    ///< by place, of a team-day; empty: no limit
  std::vector<double> floor;     ///< by floor, of a person missing
  std::vector<double> must;      ///< by must, of a team-day
  double bound = std::numeric_limits<double>::infinity();
};
/// By subgradient steps towards a known value, so many of them. Deterministic.
PlanPrices plan_prices(const PlanProblem& problem, double known_value, std::size_t steps,
                       const PlanPrices* start = nullptr);

/// At once: prices, then the best team first, then every team in turn moved to where it is worth
/// most and kit handed over, until nothing helps. Holds every limit; floors and musts as far as it
/// can. Deterministic.
PlanAnswer quick_plan(const PlanProblem& problem, PlanPrices* prices = nullptr);
/// Only the moves: makes an answer better where it can. The bound is kept.
PlanAnswer improved(const PlanProblem& problem, PlanAnswer answer, const PlanPrices& prices);

}  // namespace data
