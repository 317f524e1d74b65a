#include "data/operation_history.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "data/load.hpp"

namespace data {

Replaced replaced_by(const Operation& operation,
                     const std::function<std::optional<Operation>(const Uuid&)>& held,
                     const std::function<const ImportedRecord&()>& imported) {
  std::optional<Operation> last;
  for (const Uuid& base : operation.bases)
    if (auto found = held(base); found && (!last || earlier(*last, *found)))
      last = std::move(found);
  if (last) return {std::move(last->value), false};
  const auto& values = imported().values;
  const auto found = values.find(operation.field);
  if (found == values.end()) return {};
  return {found->second, true};
}

std::vector<HistoryBatch> history(Workspace& workspace, const HistoryFilter& filter) {
  Database& database = workspace.database();
  const OneMoment moment(database);
  const Operations all =
      filter.record ? operations_of(database, *filter.record) : all_operations(database);
  std::map<Uuid, std::size_t> at;
  for (std::size_t i = 0; i < all.size(); ++i) at.emplace(all[i].uuid, i);
  Authority authority(database);
  const auto concerns = [&](const Operation& operation) {
    if (!filter.unit) return true;
    const auto under = [&](const UnitKey& unit) {
      return authority.knows(unit) && authority.above(*filter.unit, unit);
    };
    if (under(operation.batch->author)) return true;
    const auto report = report_key(operation.record);
    return report && under(report->unit);
  };
  const auto held = [&](const Uuid& uuid) {
    const auto found = at.find(uuid);
    return found == at.end() ? std::nullopt : std::optional(all[found->second]);
  };
  std::map<RecordKey, ImportedRecord> imports;
  std::map<std::pair<std::string, Uuid>, HistoryBatch> batches;
  for (const Operation& operation : all) {
    if (filter.until && operation.received_at > *filter.until) continue;
    if (!concerns(operation)) continue;
    HistoryBatch& batch = batches[{operation.received_at, operation.batch->uuid}];
    batch.batch = operation.batch;
    batch.received_at = operation.received_at;
    const auto imported = [&]() -> const ImportedRecord& {
      const auto [found, is_new] = imports.try_emplace(operation.record);
      if (is_new) found->second = imported_record(database, operation.record, authority);
      return found->second;
    };
    batch.before.push_back(replaced_by(operation, held, imported).value);
    batch.operations.push_back(operation);
  }
  std::vector<HistoryBatch> out;
  for (auto& [key, batch] : batches) out.push_back(std::move(batch));
  std::sort(out.begin(), out.end(), [](const HistoryBatch& a, const HistoryBatch& b) {
    return a.operations.back().id > b.operations.back().id;
  });
  return out;
}

Database copy_as_known(Workspace& workspace, const std::string& time) {
  // On a copy, by the same steps as always: what came later is taken out of it, and what was
  // entered is worked out anew.
  Database copy = workspace.database().copy_in_memory();
  copy.execute("PRAGMA foreign_keys = OFF");  // a clock that was set back tears bases off
  Transaction transaction(copy);
  copy.execute(
      "DROP TRIGGER batch_remains; DROP TRIGGER operation_remains;"
      " DROP TRIGGER operation_base_remains; DELETE FROM commune_number;");
  const auto remove = [&](const std::string& sql) { copy.prepare(sql).bind(1, time).run(); };
  for (const char* table : {"issue", "figure", "target", "report", "team", "settlement",
                            "crosswalk", "unit_state", "road", "elevation"})
    remove("DELETE FROM " + std::string(table) +
           " WHERE source_id IN (SELECT id FROM source WHERE imported_at > ?1"
           " AND kind <> 'entries')");
  remove("DELETE FROM source WHERE imported_at > ?1 AND kind <> 'entries'");
  remove(
      "DELETE FROM operation_base WHERE operation_id IN"
      " (SELECT id FROM operation WHERE received_at > ?1)");
  remove("DELETE FROM operation WHERE received_at > ?1");
  copy.execute(
      "DELETE FROM batch WHERE NOT EXISTS"
      " (SELECT 1 FROM operation WHERE operation.batch_id = batch.id)");
  for (const char* table : {"acceptance", "figure_choice"}) {
    copy.execute("DROP TRIGGER " + std::string(table) + "_remains");
    remove("DELETE FROM " + std::string(table) + " WHERE decided_at > ?1");
  }
  write_all_entries(copy);
  transaction.commit();
  return copy;
}

std::shared_ptr<const Dataset> load_copy(Database& as_known, const std::string& time) {
  const auto day = geo::parse_date(std::string_view(time).substr(0, 10));
  return std::make_shared<const Dataset>(
      load_dataset(as_known, {.committed = false, .as_of = day}));
}

std::shared_ptr<const Dataset> load_as_known(Workspace& workspace, const std::string& time) {
  Database copy = copy_as_known(workspace, time);
  return load_copy(copy, time);
}

}  // namespace data
