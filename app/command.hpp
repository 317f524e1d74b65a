#pragma once
#include <chrono>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "app/briefing_command.hpp"
#include "app/entry_command.hpp"
#include "app/one_of.hpp"
#include "app/plan_command.hpp"
#include "app/state.hpp"

// clang-format off
namespace app::command {

enum class How : std::uint8_t { replace, add, remove };

// What is looked at. Pixels are device pixels from the top left of the map panel.
struct ChooseIndicator { data::Indicator indicator; };
struct ChooseDate { std::size_t index = 0; };       ///< into dataset.dates
struct StepDate { int by = 1; };
struct Play { bool on = true; };
struct ChooseWithin { std::int32_t district = -1; };  ///< former district; -1: all
struct Select { std::vector<geo::UnitIndex> units; How how = How::replace; bool go_there = false; };
struct SelectAt { render::PixelPoint at; How how = How::replace; };
struct SelectBox { render::PixelPoint a, b; How how = How::replace; };
struct HoverAt { std::optional<render::PixelPoint> at; };
struct Hover { geo::UnitIndex unit; };
struct ResizeMap { int width = 0, height = 0; double pixel_ratio = 1; };
struct PanBy { double dx = 0, dy = 0; };
struct ZoomAt { std::optional<render::PixelPoint> at; double factor = 2; };  ///< empty: the middle
struct Fit { bool selected = false; };
struct ToggleBoxTool {}; struct ToggleLayer { enum Which : std::uint8_t { barriers, circles, labels, uncertain, points } which = barriers; };
struct ShowPoints { PointsShown when = PointsShown::near; };
struct ChooseLayer { MapLayer layer = MapLayer::gap; };
struct ChooseAcross { Across across = Across::signal; };
struct ChooseClasses { ClassChoice choice; };
struct DragBreak { std::size_t inner = 0; double value = 0; };  ///< makes the classes UserDefined
struct ChooseEye { render::Eye eye = render::Eye::normal; };
struct ChooseSince { std::optional<geo::Date> since; };
struct ChooseFilter { Filter filter; };
struct SelectCategory { std::size_t category = 0; How how = How::replace; };  ///< those shown in it
struct SelectBarrier { data::Barrier barrier = data::Barrier::no_grid; How how = How::replace; };  ///< main barrier
struct RankByBarrier { data::Barrier barrier = data::Barrier::no_grid; };
struct ChooseWeights { data::Weights weights; };
struct ChooseFirst { std::size_t k = 10; };
struct OpenDrawer { Drawer drawer = Drawer::none; }; struct ResizeDrawer { double height = 0; };  ///< the one open: closes it
struct ChooseScatter { data::Indicator x, y; };
struct GoToFinding { std::size_t index = 0; };      ///< into Loaded::findings: selects, zooms
struct TypeFindingWords { std::string text; };
struct ShowAccepted { bool shown = true; };
struct AskReason { std::string key; };              ///< opens Dialog::accept
struct AskFigure { std::size_t rivals = 0; std::optional<std::size_t> figure; };  ///< opens Dialog::figure
struct TypeReason { std::string text; };
struct AcceptFinding { std::string key, reason; };
struct WithdrawAcceptance { std::string key; };
struct ChooseFigure { std::size_t rivals = 0; std::optional<std::size_t> figure; std::string reason; };  ///< into Derived::rivals, Dataset::figures
struct EditRule { data::BarrierRule rule; };        ///< in its dialog
struct KeepRule {};                                 ///< written to the workspace
struct SortRanking { RankColumn column = RankColumn::shortfall; };  ///< again: the other way round
struct StepRanking { int by = 1; }; struct StepFound { int by = 1; };  ///< the next commune, the next result
struct ChooseLanguage { Language language = Language::vietnamese; };
struct ChooseMode { Mode mode = Mode::review; };
struct ResizePanel { Panel panel = Panel::rail; double width = 0; };
struct TogglePanel { Panel panel = Panel::rail; };
struct FocusPanel { Panel panel = Panel::map; };    ///< by mouse
struct CyclePanels { int by = 1; };                 ///< by keyboard
struct TypeSearch { std::string text; };
struct WantSearch { bool wanted = true; }; struct GoToFound { std::size_t index = 0; };

// Files and imports.
struct OpenDialog { Dialog dialog = Dialog::none; }; struct CloseDialog {};
struct TypePalette { std::string text; };
struct ChoosePath { PathPurpose purpose = PathPurpose::open_workspace; };
struct TypePath { std::string text; };
struct AcceptPath { std::string text; };            ///< a folder is entered, a file is taken
struct OpenFile { std::filesystem::path file; std::optional<geo::Date> boundaries_of = {}; };  ///< a workspace; of today
struct OpenTheSample { std::filesystem::path file; };
struct DropFile { std::filesystem::path file; };    ///< a workspace is opened, all else imported
struct ChangeImport { data::ImportOptions options; };
struct TypeImportDate { std::string text; };
struct FilterImport { RowFilter filter = RowFilter::all; };
struct AcceptImport {}; struct TakeBack {};         ///< the latest import of the workspace
struct Undo {}; struct Redo {}; struct DismissError {}; struct DismissToast {};
struct CancelJob {};                                ///< the one whose progress is shown
struct Tick { std::chrono::steady_clock::time_point now; };
struct Quit {};

// What jobs answer.
struct WorkspaceLoaded { std::shared_ptr<const Loaded> loaded; };
struct Completed {                                  ///< one of what a workspace lacked
  std::shared_ptr<const Loaded> of;                 ///< void where its share of it was replaced meanwhile
  std::variant<std::shared_ptr<const SearchIndex>, std::shared_ptr<const geo::Land>, std::shared_ptr<const std::vector<data::Finding>>,
               std::shared_ptr<const Points>, data::Indicator> part;  ///< all dates of it are in the pool
};
struct CompletingFailed { std::shared_ptr<const Loaded> of; Missing what = Missing::search; geo::Error error; };
struct WorkspaceCreated { std::filesystem::path file; };
struct ImportBeingRead { Ticket ticket = 0; };      ///< by this job, begun or waiting
struct ImportPrepared { data::ImportOptions options; data::PendingImport pending; };
struct ImportFailed { data::ImportOptions options; geo::Error error; };
struct ImportWritten { std::optional<data::Source> source; };
struct ImportTakenBack { std::optional<data::Source> source; std::int64_t overtaken = 0; };  ///< meant, not the latest
struct JudgementKept { std::shared_ptr<const Loaded> loaded; };  ///< acceptance, choice or rule written, read again
struct StabilityFound { std::uint64_t asked = 0; std::vector<double> stays; };  ///< by position in Derived::scores
struct PictureSaved { std::filesystem::path file; }; struct TableExported { std::filesystem::path file; };
struct JobProgress { Ticket ticket = 0; double share = 0; geo::Message doing; };
struct JobFailed { geo::Error error; };
struct JobEnded { Ticket ticket = 0; };             ///< after every job, however it went
struct BackgroundProgress { double share = 0; geo::Message doing; }; struct BackgroundEnded {};
struct CancelBackground {};                         ///< the map stays as coarse as it is

}  // namespace app::command
// clang-format on

namespace app {

using CommandKinds = std::variant<
    command::ChooseIndicator, command::ChooseDate, command::StepDate, command::Play,
    command::ChooseWithin, command::Select, command::SelectAt, command::SelectBox, command::HoverAt,
    command::Hover, command::ResizeMap, command::PanBy, command::ZoomAt, command::Fit,
    command::ToggleBoxTool, command::ToggleLayer, command::ShowPoints, command::ChooseLayer,
    command::ChooseAcross, command::ChooseClasses, command::DragBreak, command::ChooseEye,
    command::ChooseSince, command::ChooseFilter, command::SelectCategory, command::SelectBarrier,
    command::RankByBarrier, command::ChooseWeights, command::ChooseFirst, command::OpenDrawer,
    command::ResizeDrawer, command::ChooseScatter, command::GoToFinding, command::TypeFindingWords,
    command::ShowAccepted, command::AskReason, command::AskFigure, command::TypeReason,
    command::AcceptFinding, command::WithdrawAcceptance, command::ChooseFigure, command::EditRule,
    command::KeepRule, command::SortRanking, command::StepRanking, command::ChooseLanguage,
    command::ResizePanel, command::TogglePanel, command::FocusPanel, command::CyclePanels,
    command::TypeSearch, command::WantSearch, command::StepFound, command::GoToFound,
    command::OpenDialog, command::CloseDialog, command::TypePalette, command::ChoosePath,
    command::TypePath, command::AcceptPath, command::OpenFile, command::OpenTheSample,
    command::DropFile, command::ChangeImport, command::TypeImportDate, command::FilterImport,
    command::AcceptImport, command::TakeBack, command::Undo, command::Redo, command::DismissError,
    command::DismissToast, command::CancelJob, command::Tick, command::Quit,
    command::WorkspaceLoaded, command::WorkspaceCreated, command::ImportBeingRead,
    command::ImportPrepared, command::ImportFailed, command::ImportWritten,
    command::ImportTakenBack, command::JudgementKept, command::StabilityFound,
    command::PictureSaved, command::TableExported, command::JobProgress, command::JobFailed,
    command::JobEnded, command::Completed, command::CompletingFailed, command::BackgroundProgress,
    command::BackgroundEnded, command::CancelBackground, command::ChooseMode, command::OfPlan,
    command::OfBriefing, command::OfEntry>;
extern template struct OneOf<CommandKinds>;
using Command = OneOf<CommandKinds>;

/// What panels, keys and jobs ask for during a frame, in order.
using Commands = std::vector<Command>;

/// What `loaded` lacks beside `except`, the first that is to be done; nothing when it is whole.
std::optional<Missing> first_missing(const Loaded& loaded, std::span<const Missing> except = {});
/// Nobody will check the numbers: that, or the borders it needs, was stopped or has failed.
bool checks_given_up(const AppState& state);
/// `loaded` with what a job found; null where that is about something that was replaced meanwhile.
std::shared_ptr<const Loaded> completed(const Loaded& loaded, const command::Completed& found);

}  // namespace app
