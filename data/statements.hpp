#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "data/barrier_split.hpp"
#include "data/gaps.hpp"

namespace data {

struct KeptPlan;

/// What a meeting should know: a sentence is made of it (in app), and it is worked out anew when
/// the data changes.
enum class StatementKind : std::uint8_t {
  nothing_reported,  ///< no commune has a number
  standing,          ///< where we stand against the target
  concentrated,      ///< the communes with most people short
  movers,            ///< whose rate rose most since the last meeting
  fallen,            ///< whose count fell: corrected, or an error
  newly_met,         ///< reached their target since then
  newly_silent,      ///< fell silent since then
  barrier,           ///< people short behind one barrier, and where most of them are
  plan               ///< where the teams of a kept plan go
};
std::string_view id(StatementKind kind);  ///< "standing", "newly_met" …
std::optional<StatementKind> statement_by_id(std::string_view id);

/// What is asked about. Two dates: the last meeting, and this one. Where the first is not before
/// the second nothing has happened between them: no movers, nothing new.
struct StatementAsk {
  StatementKind kind = StatementKind::standing;
  Indicator indicator = Indicator::activation_l2;
  geo::Date since, at;
  std::vector<geo::UnitIndex> within;  ///< empty: all communes; others than there are do not count
  Barrier barrier = Barrier::no_grid;  ///< of kind barrier
  const KeptPlan* plan = nullptr;      ///< of kind plan
};

struct StatementRow {
  geo::UnitIndex commune;
  /// People: short, gained (movers, newly_met), fewer (fallen), behind the barrier or expected.
  /// newly_silent: days since a report.
  double value = 0;
  /// concentrated, barrier, plan: of all such people; movers, fallen: rate now − then; newly_met:
  /// the rate now.
  double share = 0;
};
/// The numbers of one sentence. People count from a half, as nobody can see fewer.
struct StatementNumbers {
  StatementKind kind = StatementKind::standing;
  Barrier barrier = Barrier::no_grid;  ///< of kind barrier
  /// The communes it is about, most important first; ties by code. Not all of `count` where that
  /// is more than a screen holds.
  std::vector<StatementRow> rows;
  std::size_t count = 0;  ///< communes in all; 0: it cannot be said (any more)
  double people = 0;      ///< of them: as StatementRow::value, together; standing: short
  double share = 0;       ///< of all such people that `rows` hold; standing: the rate now
  /// All units asked about together, at this meeting and (standing) at the last; empty `then`: no
  /// numbers then, or none that have a date.
  std::optional<Gap> now, then;
  /// The target of all of them; empty: none, or not the same everywhere (then `now` has the mean).
  std::optional<double> target;
  std::size_t asked = 0;  ///< communes asked about
  /// Those of them with the numbers that it is made of: a shortfall (without any target: a number);
  /// movers, fallen, newly_met: numbers of the same offices at both meetings.
  std::size_t told = 0;
  std::size_t team_days = 0, teams = 0;  ///< of kind plan; no teams: kept without its trips
};

/// Do two gaps of a commune tell of the same offices? One that reports for the first time has
/// gained nobody.
bool alike(const Gap& now, const Gap& then);

/// How many communes a statement names at most: as many bars as a screen holds.
inline constexpr std::size_t most_named = 8;

/// One statement, as it is by the data of now. Linear but for sorting.
StatementNumbers statement(const Dataset& dataset, const StatementAsk& ask);
/// What can be said since the last meeting, in the order of a meeting, as what to ask; what is not
/// so (nobody newly silent) is left out, and of the barriers all but the three that hold back most
/// people. Only `nothing_reported` where no commune has a number at the date; empty where there is
/// no commune. `of` gives dates, indicator, within and the plan; its kind does not count.
std::vector<StatementAsk> draft(const Dataset& dataset, const StatementAsk& of);
/// The numbers as a headline says them (people and days whole, shares to a tenth of a percent, the
/// communes by code): a headline written by hand for other ones does not hold any more.
std::string numbers_of(const StatementNumbers& statement, const Dataset& dataset);

}  // namespace data
