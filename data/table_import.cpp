#include <algorithm>

#include "data/column_mapping.hpp"
#include "data/import_records.hpp"
#include "data/table_file.hpp"
#include "data/table_rows.hpp"
#include "geo/error.hpp"

namespace data {
namespace {

using geo::msg;
using geo::Severity;

/// The sheet that was asked for, else the one whose headings tell most of this kind of table.
Table choose_sheet(const std::filesystem::path& file, const ImportOptions& options) {
  auto table = read_table(file, options.sheet);
  if (!options.sheet.empty() || table.sheets.size() < 2) return table;
  auto most = read_headings(table, options.kind, {}).found;
  const auto sheets = table.sheets;
  for (std::size_t i = 0; i < sheets.size() && i < 30; ++i) {
    if (sheets[i] == table.sheet) continue;
    auto other = read_table(file, sheets[i]);
    const auto found = read_headings(other, options.kind, {}).found;
    if (found <= most) continue;
    most = found;
    table = std::move(other);
  }
  return table;
}

}  // namespace

Preparation prepare_table(Workspace& workspace, const std::filesystem::path& file,
                          const ImportOptions& options, const geo::Progress& progress) {
  progress.at(0, msg("data.doing_read"));
  const auto table = choose_sheet(file, options);
  progress.at(0.3, msg("data.doing_compare"));
  const auto reading = read_headings(table, options.kind, options.mapping);
  Preparation out;
  auto& preview = out.preview;
  preview.kind = options.kind;
  preview.file = table.file;
  preview.sheet = table.sheet;
  preview.sheets = table.sheets;
  preview.columns = reading.headings;
  preview.fields = reading.fields;
  preview.issues = reading.issues;
  preview.date = options.date ? options.date : reading.date;
  for (const auto& f : reading.fields) {
    if (f.required && !f.column)
      preview.issues.push_back({Severity::error,
                                msg("data.field_missing", f.field),
                                table.file,
                                table.sheet,
                                {},
                                {},
                                {},
                                {}});
  }
  if (reading.found == 0)
    preview.issues.push_back(
        {Severity::error, msg("data.no_headings"), table.file, table.sheet, {}, {}, {}, {}});
  const auto rest = progress.part(0.3, 1);
  TableWork work{workspace, table, reading, options, rest, preview, out.records};
  switch (options.kind) {
    case ImportKind::reports:
      read_reports(work);
      break;
    case ImportKind::settlements:
      read_settlements(work);
      break;
    case ImportKind::teams:
      read_teams(work);
      break;
    case ImportKind::targets:
      read_targets(work);
      break;
    case ImportKind::figures:
      read_figures(work);
      break;
    case ImportKind::crosswalk:
      read_crosswalk(work);
      break;
    case ImportKind::boundaries:
    case ImportKind::roads:
    case ImportKind::elevation:
      break;
  }
  return out;
}

}  // namespace data
