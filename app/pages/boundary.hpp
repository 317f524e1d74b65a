#pragma once
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "data/boundaries_then.hpp"
#include "data/boundary_change.hpp"
#include "geo/message.hpp"
#include "geo/progress.hpp"

namespace app {
struct AppState;
}

namespace app::boundary_page {

/// The steps of a decree, and beside them looking back.
enum class Section : std::uint8_t { files, mapping, totals, commit, then };

/// A date in the boundaries of a day: a commune each.
struct ThenRow {
  data::UnitDays days;
  std::string name;
  std::optional<double> eligible, activated;  ///< empty: not reported
  std::vector<std::string> from;              ///< names of the units whose reports it has
  bool estimated = false;
};
struct ThenTable {
  geo::Date date;
  data::Boundaries boundaries = data::Boundaries::today;
  std::vector<ThenRow> rows;
  double eligible = 0, activated = 0;  ///< of all of them
  std::size_t unknown = 0;             ///< have no report
};

/// What is done to a decree; one after the other, all of them can be taken back.
struct State {
  Section step = Section::files;
  std::size_t working = 0;  ///< jobs on their way
  bool read_only = false;   ///< the workspace
  std::filesystem::path land, crosswalk;
  std::string day;  ///< as typed
  bool wrong_day = false, wrong_share = false;
  bool nothing_new = false;  ///< a commit found all of it there
  std::shared_ptr<const data::DecreeDraft> draft;
  data::DecreeSummary told;
  data::DecreeFixes fixes;
  std::vector<data::DecreeFixes> done, undone;  ///< the fixes before each step, after each back
  std::shared_ptr<const data::Decree> decree;
  bool only_problems = true;
  std::string chosen;                                ///< key of an item
  std::string typed, typed_share;                    ///< a name to look for; a share
  std::vector<data::UnitChoice> found;               ///< for what is typed
  bool for_former = false;                           ///< it is the former unit that is looked for
  std::shared_ptr<const data::DecreeTotals> totals;  ///< of the decree as it is
  std::optional<data::Source> committed;

  std::vector<geo::Date> dates, decrees;  ///< with reports; on which units changed
  std::vector<data::EstimatedPart> parts;
  std::optional<geo::Date> date;
  data::Boundaries boundaries = data::Boundaries::then;
  std::shared_ptr<const ThenTable> table;

  const data::DecreeItem* item() const;    ///< the one chosen
  std::vector<std::size_t> shown() const;  ///< places of the items in the list
};

// What is asked for, and what jobs answer.
struct Read {};
struct Known {
  std::filesystem::path file;  ///< the workspace it is about
  std::vector<geo::Date> dates, decrees;
  std::vector<data::EstimatedPart> parts;
  bool read_only = false;
};
struct ChooseStep {
  Section step = Section::files;
};
struct TypeDay {
  std::string text;
};
struct DropLand {};  ///< the boundaries stay as they are
struct ReadFiles {};
struct Drafted {
  std::filesystem::path file;
  std::shared_ptr<const data::DecreeDraft> draft;
};
struct ShowProblems {
  bool only = true;
};
struct ChooseItem {
  std::string key;
};
struct NextItem {
  int by = 1;
};
struct TypeName {
  std::string text;
};
struct TypeShare {
  std::string text;
};
struct TakeUnit {
  std::string code;
  bool former = false;
};
struct TakeShare {};
struct Accept {};  ///< as the file says
struct Leave {};
struct LeaveRest {};
struct Forget {};  ///< what was decided of the item chosen
struct Try {};
struct Tried {
  std::filesystem::path file;
  std::shared_ptr<const data::Decree> decree;
  std::shared_ptr<const data::DecreeTotals> totals;
};
struct Commit {};
struct Committed {
  std::filesystem::path file;
  std::optional<data::Source> source;
  std::shared_ptr<const data::DecreeTotals> totals;
};
struct UndoCommit {};
struct Undone {
  std::filesystem::path file;
  std::size_t held = 0;  ///< values entered for its new units, which wait now
};
struct Anew {};
struct ChooseDate {
  geo::Date date;
};
struct ChooseBoundaries {
  data::Boundaries boundaries = data::Boundaries::today;
};
struct Then {
  std::filesystem::path file;
  std::shared_ptr<const ThenTable> table;
};
using Command =
    std::variant<Read, Known, ChooseStep, TypeDay, DropLand, ReadFiles, Drafted, ShowProblems,
                 ChooseItem, NextItem, TypeName, TypeShare, TakeUnit, TakeShare, Accept, Leave,
                 LeaveRest, Forget, Try, Tried, Commit, Committed, UndoCommit, Undone, Anew,
                 ChooseDate, ChooseBoundaries, Then>;

/// Why totals cannot be tried now, or with `kept` nothing committed or taken back; empty: they can.
std::optional<geo::Message> held_back(const AppState& state, bool kept);
void opened(AppState& state);
void failed(AppState& state);  ///< a job of it
void apply(AppState& state, const Command& command);
void step(AppState& state, bool back);  ///< undo, redo
void take_path(AppState& state, const std::string& what, const std::filesystem::path& file);

}  // namespace app::boundary_page

#include "app/pages/boundary_job.hpp"
