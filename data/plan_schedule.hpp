#pragma once
#include <vector>

#include "data/plan_problem.hpp"

namespace data {

inline constexpr double worth_while = 1e-7;  ///< below that nothing was gained

/// The stays in order, those that differ only in their days as one, with what the problem says of
/// them. The bound is left open.
PlanAnswer answer_with(const PlanProblem& problem, std::vector<Stay> stays,
                       std::vector<std::array<std::uint32_t, pack_count>> holding);

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
  /// What a team-day adds, and what it adds where a person whom others could activate counts only
  /// what he costs them.
  struct Day {
    double value = 0, priced = 0;
  };
  /// A place as it stands. Looked at millions of times for a plan, so what is needed lies together.
  struct Spot {
    double gained = 0;  ///< beyond its people too
    double now = 0;     ///< of its people
    double people = 0;  ///< PlanProblem::Place
    double weight = 0;  ///< PlanProblem::Place
    double price = 0;   ///< of a person, PlanPrices
    std::uint32_t floor = no_index;
  };
  void best_trial(Slot& slot, std::size_t packs, Trial& best);
  double fill_days(Slot& slot, std::size_t pack, double& priced);
  void keep(Slot& slot, const Trial& trial);
  void put_back(Slot& slot, const Slot& before);
  Day day_at(std::uint32_t way, const Slot& slot, std::size_t pack) const;
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
  std::vector<Spot> spots_;                ///< by place
  std::vector<double> floor_gained_;
  std::vector<std::uint32_t> crowd_,
      visits_;  ///< team-days, by place × weekends + weekend; by place
  std::vector<std::uint32_t> generators_, routers_;  ///< held, by weekend
  std::vector<bool> banned_;
  bool limited_ = false;  ///< a place takes no more than some team-days
  bool by_price_ = false;
  // Room to work in, so that the search allocates nothing.
  std::vector<double> priced_;  ///< by way of the crew that is looked at
  Trial trial_, other_trial_;
  Slot before_, other_before_;
};

}  // namespace data
