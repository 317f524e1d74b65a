#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "data/entry_week.hpp"
#include "data/quantity.hpp"
#include "geo/message.hpp"
#include "geo/progress.hpp"

// How the units under one stand in a week, and what to ask whom on the telephone.
namespace data {

/// What there is to ask a unit, gravest first: who is to be rung first follows this order.
enum class Ask : std::uint8_t {
  never,       ///< it has not reported anything yet
  silent,      ///< no report of the week
  conflict,    ///< two values of one count met and nobody has decided
  order,       ///< a count is above what it must not be above
  fell,        ///< a cumulative count fell
  jump,        ///< more in a week than could be done
  incomplete,  ///< a report of the week without people at level 2
  let_stand,   ///< a rule is broken, and was let stand with a reason
  stalled,     ///< it reports, and the number stands still
  waiting,     ///< installed and not activated
  sessions     ///< what was held in the week is not reported, though others here do
};
std::string_view id(Ask ask);  ///< "never" …

namespace asking {
/// A campaign's teams come by every other weekend: three weeks without anybody are no chance.
inline constexpr int stalled_weeks = 3;
/// In Điện Biên's modelled weeks a third of all who installed wait everywhere: two in five are
/// more than that; and more people than one session helps (quality's 40).
inline constexpr double waiting_share = 0.4, waiting_people = 40;
}  // namespace asking

/// One thing to ask, from facts; the sentence is made of it by who shows it.
struct Question {
  Ask ask = Ask::never;
  geo::Date at;                          ///< of the report it is about; never: the week
  Count count = Count::activated_l2;     ///< conflict, order
  Count limit_count = Count::installed;  ///< order: what it must not be above
  /// order: the two counts; silent, stalled: people at level 2; waiting: people, of all installed.
  std::optional<std::int64_t> number, limit;
  int weeks = 0;       ///< silent, stalled
  geo::Message said;   ///< fell, jump, let_stand: what the rule says
  std::string reason;  ///< let_stand: why
  struct Side {
    std::optional<std::int64_t> value;  ///< empty: "not reported"
    std::string author;                 ///< a unit's name
  };
  std::vector<Side> sides;  ///< conflict
  std::string key;          ///< the same as long as the question is: what was asked holds on to it
};

/// A unit in the week. What is empty is not known, and never zero.
struct UnitProgress {
  UnitKey unit;
  std::string name, district;
  std::size_t row = 0;                        ///< in the week's table
  bool reported = false;                      ///< any count of people in the week
  bool counted = false;                       ///< people at level 2 in the week: is in the sums
  std::optional<geo::Date> last_at;           ///< of the report before
  std::optional<int> weeks_silent;            ///< weeks since it, of a unit that has not reported
  std::optional<geo::Date> as_of;             ///< of the newest report, from which the numbers are
  std::optional<People> eligible, activated;  ///< newest known
  std::optional<Rate> rate;
  std::optional<People> before;           ///< at level 2 in the report before
  std::optional<People> eligible_before;  ///< likewise
  std::optional<Rate> rate_before;
  std::optional<People> change;  ///< since the report before; of a unit that is counted
  std::optional<double> points;  ///< of the rate, 0.01 is one percentage point
  std::optional<double> target;  ///< τ
  std::optional<Achievement> achievement;
  std::optional<People> missing;  ///< max(0, τP − O)
  std::vector<Question> questions;
};

/// Sums over the units that have what is summed; how many those are stands beside it.
struct ProgressSum {
  std::size_t counted = 0;         ///< units whose people are in it
  People activated;                ///< of the counted
  std::optional<People> eligible;  ///< of those with both, as the rate is
  std::optional<Rate> rate;        ///< ΣO/ΣP, never the mean of rates
  std::size_t compared = 0;        ///< counted units that also have a report before
  std::optional<People> change;    ///< of these
  std::optional<double> points;    ///< of these: their rate now less their rate then
  std::optional<double> target;    ///< ΣτP/ΣP
  std::optional<Achievement> achievement;
  std::optional<People> missing;  ///< Σ of the units'
};

struct DistrictProgress {
  geo::Date week;
  UnitKey of;        ///< whose units these are
  std::string name;  ///< "Huyện Mường Chà"
  bool made_up = false;
  std::vector<UnitProgress> units;  ///< whom to ring first comes first
  std::size_t reported = 0;
  ProgressSum now;     ///< of units with the week's number alone
  ProgressSum latest;  ///< with the newest known number of the others
  /// Whom one may choose to look at: the author unit, then provinces (of several) and former
  /// districts under it with units on that day.
  struct Scope {
    UnitKey unit;
    std::string name;
  };
  std::vector<Scope> scopes;
  std::shared_ptr<const Week> table;  ///< of all units of the author
};

struct ProgressAsk {
  std::optional<geo::Date> week;  ///< empty: the newest with reports
  std::optional<UnitKey> of;      ///< empty: the author unit
};
/// `dataset`: as loaded from the workspace, at one moment. `of` above the author unit: all of the
/// author's; beside it: no units. Linear in reports.
DistrictProgress district_progress(Workspace& workspace, const Dataset& dataset,
                                   const ProgressAsk& ask, const geo::Progress& progress = {});

// The parts of it that need no workspace.

/// Numbers of a row, without questions.
UnitProgress progress_of(const WeekRow& row, geo::Date week);
ProgressSum sum_of(std::span<const UnitProgress> units, bool week_alone);
/// What follows from the unit's own reports; `reports` by date. `sessions_told`: others here do.
void ask_about_numbers(UnitProgress& unit, std::span<const Report> reports, geo::Date week,
                       bool sessions_told);
void order_by_urgency(std::vector<UnitProgress>& units);

}  // namespace data
