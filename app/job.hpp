#pragma once
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <variant>

#include "app/briefing_job.hpp"
#include "app/entry_job.hpp"
#include "app/figures.hpp"
#include "app/loaded.hpp"
#include "app/one_of.hpp"
#include "app/plan_job.hpp"
#include "data/import.hpp"
#include "data/rivals.hpp"
#include "data/score.hpp"
#include "geo/message.hpp"

namespace app {

/// Names a job from when it is asked for; 0 names none.
using Ticket = std::uint64_t;

/// Long work, as values: what to do and with what. Each opens its own connection.
struct LoadWorkspace {
  std::filesystem::path file;
  std::optional<geo::Date> boundaries_of = {};  ///< empty: today's
};
struct CreateWorkspace {
  std::filesystem::path file;
};
struct OpenSample {  ///< written first where there is none
  std::filesystem::path file;
};
struct PrepareImport {
  std::filesystem::path workspace, file;
  data::ImportOptions options;
  bool guess_kind = false;
};
struct WriteImport {
  std::filesystem::path workspace;
  data::PendingImport pending;
};
struct TakeBackImport {
  std::filesystem::path workspace;
  std::int64_t source = 0;  ///< this one, and only while it is the latest; 0: whichever that is
};
struct ExportTable {
  std::shared_ptr<const Loaded> loaded;
  View view;
  data::Weights weights;
  std::filesystem::path file;  ///< .csv, .xlsx or .gpkg
};
struct ExportReport {
  std::shared_ptr<const Loaded> loaded;
  View view;  ///< of the former district that its filter asks for, else of everything
  bool atlas = false;
  std::filesystem::path file;  ///< .pdf
};
struct SavePicture {
  std::shared_ptr<const Loaded> loaded;
  View view;
  std::filesystem::path file;
  int width = 0, height = 0;
};

/// What a person judged, written to the workspace and read again.
struct LetFindingStand {
  std::string key, reason;
};
struct FindingCounts {  ///< the acceptance ends
  std::string key;
};
struct PreferFigure {
  data::RivalFigures rivals;
  std::optional<std::size_t> figure;
  std::string reason;
};
struct KeepJudgement {
  std::shared_ptr<const Loaded> loaded;
  std::variant<LetFindingStand, FindingCounts, PreferFigure, data::BarrierRule> judgement;
};

/// How often communes stay in front, where that takes longer than a frame.
struct FindStability {
  std::uint64_t asked = 0;  ///< AppState::stability_asked; an answer to an older one is void
  data::Scores scores;
  data::Weights weights;
  std::size_t k = 10;
};

/// What a workspace still lacks when its map is first shown; asked for one after the other.
enum class Missing : std::uint8_t {
  points,
  search,
  land,
  findings,
  all_dates  ///< of the indicator shown: before all others, as its classes are in sight
};
struct Complete {
  std::shared_ptr<const Loaded> loaded;
  Missing what = Missing::search;
  data::Indicator indicator{};  ///< with all_dates
};

using JobRequestKinds =
    std::variant<LoadWorkspace, CreateWorkspace, OpenSample, PrepareImport, WriteImport,
                 TakeBackImport, SavePicture, ExportTable, KeepJudgement, FindStability, Complete,
                 MakePlanGround, MakePlan, ExplainPlan, AskWhyNot, SolvePlan, ChangeKeptPlan,
                 ExportPlan, BriefingJob, ExportBriefing, ExportReport, EntryJob>;
extern template struct OneOf<JobRequestKinds>;
using JobRequest = OneOf<JobRequestKinds>;

/// Each has a thread of its own and does its requests one after the other.
enum class JobLane : std::uint8_t {
  foreground,  ///< a person waits for it
  background,  ///< completes the workspace; gives way to the others and to the window
  plan,        ///< the quick answer
  explain,     ///< what is said of a plan
  solve,       ///< the best answer
  writing      ///< of briefings and of the week: short, and none is ever lost
};
inline constexpr std::size_t job_lanes = 6;
JobLane lane_of(const JobRequest& request);
inline bool in_background(const JobRequest& request) {
  return lane_of(request) == JobLane::background;
}

/// Of the job that is running.
struct JobStatus {
  Ticket ticket = 0;
  double share = 0;
  geo::Message doing;
  bool cancelling = false;
};

}  // namespace app
