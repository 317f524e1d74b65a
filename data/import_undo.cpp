#include "data/import_undo.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <utility>

#include "data/author.hpp"
#include "data/entries.hpp"
#include "data/prepared_land.hpp"
#include "geo/error.hpp"

namespace data {
namespace {

constexpr const char* note_key = "import_taken_back/";

/// Parts of a note stand one below the other.
std::string one_line(std::string text) {
  std::replace(text.begin(), text.end(), '\n', ' ');
  return text;
}

void note(Workspace& workspace, const ImportUndone& undone) {
  const Source& s = undone.source;
  std::string out;
  for (const std::string& part :
       {s.kind, s.file, s.sheet, s.imported_at, s.imported_by, std::to_string(s.rows), utc_now(),
        std::string(undone.as_operations ? "operations" : "rows")})
    out += one_line(part) + '\n';
  workspace.set_setting(note_key + std::to_string(s.id), out);
}

}  // namespace

namespace {

std::optional<Source> latest_import(Database& database) {
  Statement row = database.prepare(
      "SELECT id, kind, file, sheet, imported_at, imported_by, rows FROM source"
      " WHERE kind <> 'entries' ORDER BY id DESC LIMIT 1");
  if (!row.step()) return std::nullopt;
  return Source{row.integer(0), row.text(1), row.text(2),   row.text(3),
                row.text(4),    row.text(5), row.integer(6)};
}

}  // namespace

std::optional<ImportUndone> undo_last_import_within(Workspace& workspace) {
  Database& database = workspace.database();
  const auto latest = latest_import(database);
  if (!latest) return std::nullopt;
  ImportUndone out;
  out.source = *latest;
  const Source& last = out.source;
  // Rows that became operations are set back by operations, which stay to be read.
  {
    Statement row = database.prepare("SELECT batch FROM source WHERE id = ?");
    row.bind(1, last.id);
    if (row.step() && !row.is_null(0))
      if (const auto batch = uuid_of(row.blob(0))) {
        Undone undone = undo_batch_within(workspace, *batch);
        out.as_operations = true;
        out.set_back = undone.entered.operations;
        out.changed_since = std::move(undone.changed_since);
      }
  }
  // Points at rows that are about to go; written anew below.
  database.execute("DELETE FROM commune_number");
  for (const char* table : {"issue", "figure", "target", "report", "team", "settlement",
                            "crosswalk", "unit_state", "road", "elevation"})
    database.prepare("DELETE FROM " + std::string(table) + " WHERE source_id = ?")
        .bind(1, last.id)
        .run();
  database.prepare("DELETE FROM source WHERE id = ?").bind(1, last.id).run();
  // What was entered is written anew below, over what the imports say now.
  for (const char* table : {"report", "team", "settlement", "activity"})
    database.prepare("DELETE FROM " + std::string(table) + " WHERE source_id = ?")
        .bind(1, entries_source(database))
        .run();
  // Units that nothing speaks of any more came with it.
  database.execute(
      "DELETE FROM unit WHERE"
      " NOT EXISTS (SELECT 1 FROM unit_state AS s WHERE s.unit_id = unit.id)"
      " AND NOT EXISTS (SELECT 1 FROM unit_state AS s WHERE s.parent_id = unit.id)"
      " AND NOT EXISTS (SELECT 1 FROM unit_state AS s WHERE s.former_district_id = unit.id)"
      " AND NOT EXISTS (SELECT 1 FROM crosswalk AS c WHERE c.former_id = unit.id)"
      " AND NOT EXISTS (SELECT 1 FROM crosswalk AS c WHERE c.unit_id = unit.id)"
      " AND NOT EXISTS (SELECT 1 FROM settlement AS s WHERE s.unit_id = unit.id)"
      " AND NOT EXISTS (SELECT 1 FROM settlement AS s WHERE s.former_unit_id = unit.id)"
      " AND NOT EXISTS (SELECT 1 FROM team AS t WHERE t.unit_id = unit.id)"
      " AND NOT EXISTS (SELECT 1 FROM team AS t WHERE t.former_unit_id = unit.id)"
      " AND NOT EXISTS (SELECT 1 FROM report AS r WHERE r.unit_id = unit.id)"
      " AND NOT EXISTS (SELECT 1 FROM target AS t WHERE t.unit_id = unit.id)"
      " AND NOT EXISTS (SELECT 1 FROM figure AS f WHERE f.unit_id = unit.id)");
  write_all_entries(database);
  write_commune_numbers(workspace);
  try {
    prepare_land(workspace);
  } catch (const geo::Error&) {
    database.execute("DELETE FROM prepared_land");  // told to who opens the map
  }
  return out;
}

namespace {

/// `meant`: only this one; 0: whichever it is.
std::optional<ImportUndone> take_back(Workspace& workspace, std::int64_t meant) {
  Transaction transaction(workspace.database());
  const auto latest = latest_import(workspace.database());
  if (!latest || (meant != 0 && latest->id != meant)) return std::nullopt;
  const std::size_t before = held_operations(workspace).size();
  auto out = undo_last_import_within(workspace);
  const std::size_t after = held_operations(workspace).size();
  out->held = std::max(before, after) - before;
  note(workspace, *out);
  transaction.commit();
  return out;
}

}  // namespace

std::optional<ImportUndone> take_back_last_import(Workspace& workspace) {
  return take_back(workspace, 0);
}
std::optional<ImportUndone> take_back_import(Workspace& workspace, std::int64_t source) {
  return take_back(workspace, source);
}

std::vector<ImportTakenBack> imports_taken_back(Database& database) {
  std::vector<ImportTakenBack> out;
  Statement row = database.prepare("SELECT key, value FROM setting WHERE key GLOB ?");
  row.bind(1, std::string(note_key) + "*");
  while (row.step()) {
    std::array<std::string, 8> parts;
    std::string text = row.text(1);
    std::size_t at = 0;
    for (std::string& part : parts) {
      const std::size_t end = std::min(text.find('\n', at), text.size());
      part = text.substr(at, end - at);
      at = std::min(end + 1, text.size());
    }
    const auto whole = [](const std::string& digits) {
      return std::strtoll(digits.c_str(), nullptr, 10);
    };
    const std::string id = row.text(0).substr(std::string(note_key).size());
    out.push_back({{whole(id), parts[0], parts[1], parts[2], parts[3], parts[4], whole(parts[5])},
                   parts[6],
                   parts[7] == "operations"});
  }
  std::sort(out.begin(), out.end(), [](const ImportTakenBack& a, const ImportTakenBack& b) {
    return a.source.id > b.source.id;
  });
  return out;
}

std::vector<ImportTakenBack> missing_from(Database& database, const std::string& time) {
  std::vector<ImportTakenBack> out = imports_taken_back(database);
  std::erase_if(out, [&](const ImportTakenBack& one) {
    return one.as_operations || one.source.imported_at > time || one.taken_back_at <= time;
  });
  return out;
}

}  // namespace data
