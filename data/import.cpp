#include "data/import.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <string>
#include <utility>

#include "data/column_mapping.hpp"
#include "data/import_operations.hpp"
#include "data/import_records.hpp"
#include "data/table_file.hpp"
#include "geo/error.hpp"
#include "geo/vector_file.hpp"

namespace data {
namespace {

using geo::msg;
using geo::Severity;

constexpr std::array<std::string_view, 9> kinds{"boundaries", "crosswalk", "settlements",
                                                "teams",      "reports",   "targets",
                                                "figures",    "roads",     "elevation"};

/// A sheet with a hundred thousand empty cells shall not bury what matters: of each sentence the
/// first ones stay, the rest is counted.
constexpr std::size_t most_of_one_kind = 500;

geo::Issues capped(geo::Issues issues) {
  std::map<std::string, std::size_t> seen;
  geo::Issues out;
  for (auto& issue : issues) {
    if (++seen[issue.message.id] <= most_of_one_kind) out.push_back(std::move(issue));
  }
  for (const auto& [id, n] : seen) {
    if (n <= most_of_one_kind) continue;
    const auto first = std::find_if(out.begin(), out.end(),
                                    [&id = id](const auto& i) { return i.message.id == id; });
    geo::Issue more{first->severity,
                    msg("data.more_of_these", n - most_of_one_kind),
                    first->file,
                    first->sheet,
                    {},
                    {},
                    {},
                    {}};
    const auto last = std::find_if(out.rbegin(), out.rend(),
                                   [&id = id](const auto& i) { return i.message.id == id; });
    out.insert(last.base(), std::move(more));
  }
  return out;
}

/// Of what it has a shape for.
bool has_only_lines(const std::filesystem::path& file) {
  try {
    const auto layers = geo::list_layers(file);
    return std::any_of(layers.begin(), layers.end(), [](const auto& l) { return l.lines; }) &&
           std::none_of(layers.begin(), layers.end(), [](const auto& l) { return l.areas; });
  } catch (const geo::Error&) {
    return false;  // told by who reads it
  }
}

}  // namespace

std::string_view id(ImportKind kind) { return kinds.at(static_cast<std::size_t>(kind)); }

std::optional<ImportKind> import_kind_by_id(std::string_view wanted) {
  const auto found = std::find(kinds.begin(), kinds.end(), wanted);
  if (found == kinds.end()) return {};
  return static_cast<ImportKind>(found - kinds.begin());
}

std::string_view id(RowRole role) {
  constexpr std::array<std::string_view, 7> words{"blank", "title", "heading", "group",
                                                  "data",  "total", "note"};
  return words.at(static_cast<std::size_t>(role));
}

std::string_view id(Match match) {
  constexpr std::array<std::string_view, 6> words{"none",      "code",   "name",
                                                  "name+kind", "former", "fuzzy"};
  return words.at(static_cast<std::size_t>(match));
}

std::string_view id(Change change) {
  constexpr std::array<std::string_view, 5> words{"none", "added", "changed", "same", "refused"};
  return words.at(static_cast<std::size_t>(change));
}

WorkspaceState state_of(Workspace& workspace) {
  auto row = workspace.database().prepare(
      "SELECT count(*), ifnull(max(id), 0), ifnull(max(imported_at), ''),"
      " (SELECT ifnull(max(id), 0) FROM operation) FROM source WHERE kind <> 'entries'");
  WorkspaceState state;
  if (row.step()) state = {row.integer(0), row.integer(1), row.integer(3), row.text(2)};
  return state;
}

PendingImport prepare_import(Workspace& workspace, const std::filesystem::path& file,
                             const ImportOptions& options, const geo::Progress& progress) {
  const auto state = state_of(workspace);
  const auto prepare = options.kind == ImportKind::boundaries  ? prepare_boundaries
                       : options.kind == ImportKind::roads     ? prepare_roads
                       : options.kind == ImportKind::elevation ? prepare_elevation
                                                               : prepare_table;
  auto prepared = prepare(workspace, file, options, progress);
  auto& preview = prepared.preview;
  if (becomes_operations(workspace, options.kind)) refuse_what_is_others(workspace, prepared);
  for (const auto& row : preview.rows) {
    preview.added += row.change == Change::added;
    preview.changed += row.change == Change::changed;
    preview.same += row.change == Change::same;
    preview.refused += row.change == Change::refused;
  }
  preview.issues = capped(std::move(preview.issues));
  prepared.records.state = state;
  PendingImport pending;
  pending.preview = std::move(preview);
  pending.records = std::make_shared<const ImportRecords>(std::move(prepared.records));
  return pending;
}

ImportKind guess_import_kind(const std::filesystem::path& file) {
  auto ext = file.extension().string();
  std::transform(ext.begin(), ext.end(), ext.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  constexpr std::array<std::string_view, 7> tables{".csv",  ".tsv", ".txt", ".xlsx",
                                                   ".xlsm", ".ods", ".xls"};
  constexpr std::array<std::string_view, 4> rasters{".tif", ".tiff", ".asc", ".hgt"};
  if (std::find(rasters.begin(), rasters.end(), ext) != rasters.end()) return ImportKind::elevation;
  if (std::find(tables.begin(), tables.end(), ext) == tables.end())
    return has_only_lines(file) ? ImportKind::roads : ImportKind::boundaries;
  const auto table = read_table(file);
  // The kind whose headings are recognised most; required ones count double, so that a list of
  // settlements with a column "name" is no report.
  ImportKind best = ImportKind::reports;
  std::size_t most = 0;
  for (const auto kind : {ImportKind::reports, ImportKind::settlements, ImportKind::teams,
                          ImportKind::targets, ImportKind::figures, ImportKind::crosswalk}) {
    const auto reading = read_headings(table, kind, {});
    std::size_t points = 0;
    bool missing = false;
    for (const auto& f : reading.fields) {
      points += f.column ? (f.required ? 2u : 1u) : 0u;
      missing = missing || (f.required && !f.column);
    }
    if (missing) points /= 2;
    if (points > most) {
      most = points;
      best = kind;
    }
  }
  return best;
}

}  // namespace data
