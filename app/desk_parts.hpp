#pragma once
#include <cstdint>

namespace app {

// What the desk is made of, by name.
enum class Mode : std::uint8_t { review, plan, entry, briefing };
enum class Panel : std::uint8_t { rail, map, side, time_line, top, drawer };
enum class Dialog : std::uint8_t {
  none,
  path,
  import,
  issues,
  palette,
  classes,        ///< classification, colours, and how they look to others
  findings,       ///< quality checks
  accept,         ///< a reason for letting a finding stand
  figure,         ///< a reason for showing one of several rival figures
  rule,           ///< how people short are split by barrier
  weights,        ///< of the score
  plan_numbers,   ///< what a plan reckons with
  plan_teams,     ///< which teams go
  plan_keep,      ///< its name and note
  plan_kept,      ///< those kept, and compared
  briefing_name,  ///< of a new one, or another for the one chosen
  briefing_draft  ///< since the last meeting
};
/// What lies under the map, sharing its selection.
enum class Drawer : std::uint8_t { none, table, histogram, scatter, time };
enum class PathPurpose : std::uint8_t {
  open_workspace,
  new_workspace,
  import_file,
  save_picture,
  export_table,     ///< .csv, .xlsx or .gpkg
  export_plan,      ///< .xlsx, .pdf or .ics
  export_briefing,  ///< .pdf, .xlsx or a folder
  export_report,    ///< .pdf
  export_atlas,     ///< the same with a page for every commune
  page_reads,       ///< what a page of entry mode asks for
  page_writes
};
enum class RowFilter : std::uint8_t { all, differing, refused };

/// Widths in logical pixels; a closed panel keeps its width for when it is opened again.
struct Panels {
  double rail = 280, side = 450, drawer = 260;
  bool rail_open = true, side_open = true, time_line_open = true;
  bool telex = false;  ///< text fields write Vietnamese by the Telex rules
  bool operator==(const Panels&) const = default;
};

}  // namespace app
