#pragma once
#include <chrono>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "app/briefing_state.hpp"
#include "app/derived.hpp"
#include "app/desk_parts.hpp"
#include "app/entry_state.hpp"
#include "app/figures.hpp"
#include "app/history.hpp"
#include "app/job.hpp"
#include "app/loaded.hpp"
#include "app/plan_state.hpp"
#include "data/import.hpp"
#include "render/camera.hpp"

namespace app {

/// A file on its way in: shown in the preview, written when the person agrees.
struct ImportReview {
  std::filesystem::path file;
  data::ImportOptions options;
  std::string date_text;                       ///< as typed
  Ticket reading = 0;                          ///< the job that reads it
  std::optional<data::PendingImport> pending;  ///< empty while it is being read
  std::optional<geo::Error> error;             ///< why it could not be read as asked
  RowFilter filter = RowFilter::all;
  std::vector<std::size_t> shown;  ///< rows of the preview that pass the filter
};

/// A folder being browsed for a file to open or to write.
struct PathChoice {
  PathPurpose purpose = PathPurpose::open_workspace;
  std::filesystem::path folder;
  struct Entry {
    std::string name;
    bool folder = false;
  };
  std::vector<Entry> entries;
  std::string text;                  ///< name or path as typed
  std::vector<std::string> endings;  ///< of the files shown, where a page asks
};

struct Toast {
  geo::Message message;
  bool can_undo = false;  ///< offers to take the import back
  std::chrono::steady_clock::time_point until;
  bool steps_back = false;  ///< offers to undo the last step
};

/// What a job was asked to find the stability of.
struct StabilityAsked {
  std::uint64_t dataset = 0;
  std::shared_ptr<const Figures> figures;
  data::Weights weights;
  std::size_t k = 0;
  bool operator==(const StabilityAsked&) const = default;
};

/// Everything the desk shows: a value. Only apply() changes it.
struct AppState {
  std::shared_ptr<const Loaded> loaded;  ///< empty: nothing opened yet
  View view;
  Derived derived;        ///< follows from `loaded` and the rest; see derive()
  PointsNow points;       ///< and so does this
  render::Camera camera;  ///< of the map panel, device pixels
  double pixel_ratio = 1;
  Mode mode = Mode::review;
  Panels panels;
  Panel focus = Panel::map;
  bool focus_shown = false;  ///< reached by keyboard, so it is drawn
  RankColumn rank_column = RankColumn::shortfall;
  bool rank_ascending = false;
  data::Barrier rank_barrier = data::Barrier::no_grid;  ///< with RankColumn::barrier
  data::Weights weights;
  std::size_t first_k = 10;  ///< whose stability is shown
  std::optional<StabilityAsked> stability;
  std::uint64_t stability_asked = 0;  ///< times; an answer to an older question is void
  Drawer drawer = Drawer::none;
  data::Indicator scatter_x = data::Indicator::signal_good,
                  scatter_y = data::Indicator::activation_l2;
  std::size_t finding = 0;                  ///< highlighted in the list of findings
  std::string finding_words;                ///< the list is limited to findings with these words
  bool accepted_shown = false;              ///< the list shows accepted findings too
  std::string accept_key;                   ///< finding about to be accepted
  std::size_t rivals_asked = 0;             ///< with Dialog::figure: into Derived::rivals
  std::optional<std::size_t> figure_asked;  ///< into Dataset::figures; empty: no choice any more
  std::string reason;                       ///< as typed, for either
  data::BarrierRule rule;                   ///< as edited in its dialog
  std::string search;
  std::vector<Found> found;
  std::size_t found_at = 0;    ///< highlighted row of the list
  bool search_wanted = false;  ///< the field should take the keyboard
  bool box_tool = false;       ///< dragging selects instead of panning
  bool playing = false, quit = false;
  std::chrono::steady_clock::time_point next_step, now, background_since;
  Dialog dialog = Dialog::none;
  std::string palette;  ///< words typed in the palette
  PathChoice path;
  ImportReview import;
  std::optional<geo::Error> error;  ///< shown until it is dismissed
  std::optional<Toast> toast;
  std::optional<JobStatus> job, background;  ///< the one running; what completes the workspace
  std::optional<Complete> completing;        ///< asked for; what was asked once is not asked again
  std::vector<Missing> given_up;             ///< of `loaded`: failed, or stopped by hand
  std::vector<JobRequest> requests;          ///< to be started by whoever holds the jobs
  std::vector<Ticket> cancels;               ///< and those to be stopped
  PlanDesk plan;
  BriefingDesk briefing;
  EntryDesk entry;
  History history;

  const data::Dataset* dataset() const { return loaded ? loaded->dataset.get() : nullptr; }
};

}  // namespace app
