#include "data/history_rows.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "data/names.hpp"
#include "data/operation_history.hpp"

namespace data {
namespace {

std::optional<std::string> one_text(Database& database, const char* sql, const std::string& key) {
  Statement row = database.prepare(sql);
  row.bind(1, key);
  if (!row.step() || row.is_null(0) || row.text(0).empty()) return std::nullopt;
  return row.text(0);
}

/// Names and imported values, each looked up once.
class Names {
 public:
  explicit Names(Workspace& workspace) : workspace_(workspace), authority_(workspace.database()) {}

  const std::string& of(const UnitKey& unit) {
    const auto [at, is_new] = units_.try_emplace(unit);
    if (is_new) at->second = unit_name(workspace_, unit);
    return at->second;
  }
  const std::string& of(const RecordKey& record) {
    const auto [at, is_new] = records_.try_emplace(record);
    if (is_new) at->second = record_name(workspace_, record);
    return at->second;
  }
  const ImportedRecord& imported(const RecordKey& record) {
    const auto [at, is_new] = imported_.try_emplace(record);
    if (is_new) at->second = imported_record(workspace_.database(), record, authority_);
    return at->second;
  }

 private:
  Workspace& workspace_;
  Authority authority_;
  std::map<UnitKey, std::string> units_;
  std::map<RecordKey, std::string> records_;
  std::map<RecordKey, ImportedRecord> imported_;
};

bool has_words(const std::string& text, const std::string& folded_words) {
  return folded_words.empty() || fold_search(text).find(folded_words) != std::string::npos;
}

}  // namespace

std::string record_name(Workspace& workspace, const RecordKey& record) {
  Database& database = workspace.database();
  switch (record.kind) {
    case RecordKind::report:
      if (const auto report = report_key(record)) return unit_name(workspace, report->unit);
      break;
    case RecordKind::team:
      return one_text(database, "SELECT name FROM current_team WHERE code = ?", record.key)
          .value_or(record.key);
    case RecordKind::settlement:
      return one_text(database, "SELECT name FROM current_settlement WHERE code = ?", record.key)
          .value_or(record.key);
    case RecordKind::activity:
      return one_text(database,
                      "SELECT ifnull((SELECT name FROM current_team WHERE code = a.team), a.team)"
                      " FROM activity AS a WHERE uuid = ?",
                      record.key)
          .value_or(std::string());
  }
  return record.key;
}

HistoryPart history_part(Workspace& workspace, const HistoryQuery& query) {
  Database& database = workspace.database();
  const OneMoment moment(database);
  const std::string words = fold_search(query.words), author = fold_search(query.author);
  Names names(workspace);
  OperationFinder finder(database);
  // Only what tells whether a row is asked for is read of all; the rest of those that are.
  Statement row = database.prepare(
      "SELECT o.id, o.uuid, o.kind, o.key, b.unit_level, b.unit_code, b.unit_valid_from, o.batch_id"
      " FROM operation AS o JOIN batch AS b ON b.id = o.batch_id"
      " WHERE o.id < ?1 AND (?2 IS NULL OR o.received_at >= ?2)"
      " AND (?3 IS NULL OR o.received_at <= ?3) ORDER BY o.id DESC");
  row.bind(1, query.before).bind(2, query.from).bind(3, query.until);
  std::map<std::int64_t, std::size_t> sizes;
  Statement size = database.prepare("SELECT count(*) FROM operation WHERE batch_id = ?");
  HistoryPart out;
  while (row.step()) {
    const auto kind = record_kind_by_id(row.text(2));
    const auto level = unit_level_by_word(row.text(4));
    const auto uuid = uuid_of(row.blob(1));
    if (!kind || !level || !uuid) continue;  // of a damaged file; the checks of opening say so
    const RecordKey record{*kind, row.text(3)};
    const UnitKey unit{*level, row.text(5), row.text(6)};
    if (!has_words(names.of(unit), author)) continue;
    if (!words.empty() && !has_words(names.of(record), words) && !has_words(record.key, words))
      continue;
    if (out.rows.size() == query.most) {
      out.more = true;
      break;
    }
    auto operation = finder.operation(*uuid);
    if (!operation) continue;
    HistoryRow one{std::move(*operation), names.of(record), names.of(unit), {}, false, 0};
    Replaced replaced = replaced_by(
        one.operation, [&](const Uuid& base) { return finder.operation(base); },
        [&]() -> const ImportedRecord& { return names.imported(record); });
    one.replaced = std::move(replaced.value);
    one.replaced_import = replaced.by_import;
    const auto [count, is_new] = sizes.try_emplace(row.integer(7));
    if (is_new) {
      size.bind(1, row.integer(7));
      if (size.step()) count->second = static_cast<std::size_t>(size.integer(0));
      size.reset();
    }
    one.of_batch = count->second;
    out.last = row.integer(0);
    out.rows.push_back(std::move(one));
  }
  return out;
}

}  // namespace data
