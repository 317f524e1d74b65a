#pragma once
#include <filesystem>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <variant>
#include <vector>

#include "app/language.hpp"
#include "data/district_progress.hpp"
#include "geo/progress.hpp"

namespace app {
struct AppState;
}

/// Progress of the units under one, and what to ask whom on the telephone.
namespace app::district_page {

struct State {
  data::ProgressAsk ask;                ///< whose progress, of which week
  std::optional<geo::Date> table_week;  ///< that the week's table showed when this was last opened
  std::size_t asked = 0;  ///< readings on their way: the answer to the last one counts
  std::shared_ptr<const data::DistrictProgress> progress;  ///< null: not read yet
  std::vector<geo::Date> weeks;                            ///< to choose from, newest first
  std::optional<data::UnitKey> chosen;                     ///< unit
  std::set<std::string> ticked;                            ///< keys of questions that were asked

  /// The unit chosen; null: nothing is shown.
  const data::UnitProgress* unit() const;
  std::size_t ticked_of(const data::UnitProgress& unit) const;
};
/// Holds on to what was asked of whom: another week or number is another question.
std::string tick_key(const data::UnitProgress& unit, const data::Question& question);

// What is asked for, and what jobs answer.
struct Read {};
struct ChooseWeek {
  geo::Date week;
};
struct ChooseScope {
  data::UnitKey of;
};
struct ChooseUnit {
  data::UnitKey unit;
};
struct Move {
  int by = 1;  ///< rows; beyond an end: to that end
};
struct Tick {
  std::string key;
};
struct GoToTable {};  ///< to the chosen unit's row in the week's table
struct AskExport {};
struct Known {
  std::filesystem::path file;  ///< the workspace it is about
  data::ProgressAsk ask;
  std::shared_ptr<const data::DistrictProgress> progress;
  std::vector<geo::Date> weeks;
};
struct Exported {
  std::filesystem::path file;
};
using Command = std::variant<Read, ChooseWeek, ChooseScope, ChooseUnit, Move, Tick, GoToTable,
                             AskExport, Known, Exported>;

// On a job's thread.
struct ReadAll {
  std::filesystem::path workspace;
  data::ProgressAsk ask;
};
struct Export {
  std::shared_ptr<const data::DistrictProgress> progress;
  std::filesystem::path file;
  Language language = Language::vietnamese;
};
using Job = std::variant<ReadAll, Export>;
/// Whether a job of it changes the workspace.
inline bool writes(const Job&) { return false; }

void opened(AppState& state);
void failed(AppState& state);  ///< a job of it
void apply(AppState& state, const Command& command);
void step(AppState& state, bool back);  ///< undo, redo
void take_path(AppState& state, const std::string& what, const std::filesystem::path& file);
Command work_on(const Job& job, const geo::Progress& progress);

}  // namespace app::district_page
