#include "data/operations.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "data/author.hpp"
#include "data/load.hpp"
#include "data/names.hpp"
#include "data/operation_fields.hpp"
#include "data/operation_history.hpp"
#include "data/operation_rules.hpp"
#include "geo/error.hpp"

namespace data {
namespace {

using geo::msg;

geo::Error refused(geo::Message said, std::string where, geo::Message remedy) {
  return {geo::ErrorKind::usage, std::move(said), std::move(where), std::move(remedy)};
}

/// Changes by record, the last one of a field counts.
using ByRecord = std::map<RecordKey, std::map<std::string, FieldChange>>;

ByRecord by_record(std::span<const FieldChange> changes) {
  ByRecord out;
  for (const FieldChange& change : changes) {
    if (!is_record(change.record))
      throw refused(msg("data.not_a_record", change.record.key), change.record.key,
                    msg("data.not_a_record_remedy"));
    const RecordField* const field = find_field(change.record.kind, change.field);
    if (field == nullptr)
      throw refused(msg("data.entry_no_such_field", change.field), change.record.key,
                    msg("data.entry_no_such_field_remedy"));
    FieldChange clean = change;
    clean.reason = tidy(change.reason);
    if (change.value) {
      clean.value = canonical(*field, *change.value);
      if (!clean.value)
        throw refused(not_a_value(*field, *change.value), change.record.key + ' ' + change.field,
                      value_wanted(*field));
    }
    if (!is_note(clean.reason))
      throw refused(msg("data.reason_too_long", longest_note), change.record.key,
                    msg("data.reason_too_long_remedy"));
    out[change.record].insert_or_assign(change.field, std::move(clean));
  }
  return out;
}

bool differs(const RecordNow& now, const FieldChange& change) {
  const FieldState* const field = now.field(change.field);
  if (field != nullptr && field->conflict) return true;  // whoever types decides
  return now.value(change.field) != change.value;
}

/// What an operation on a field replaces: all that none other replaced.
std::vector<Uuid> bases_for(const RecordNow& now, const std::string& field_name) {
  std::vector<Uuid> out;
  if (const FieldState* const field = now.field(field_name))
    for (const std::uint32_t head : field->heads) out.push_back(now.operations[head].uuid);
  std::sort(out.begin(), out.end());
  return out;
}

/// Makes operations of one batch and writes them.
class Entry {
 public:
  Entry(Workspace& workspace, const EnterOptions& options)
      : workspace_(workspace), options_(options), authority_(workspace.database()) {
    Batch batch;
    batch.uuid = random_uuid();
    batch.author = author_unit(workspace);
    batch.sequence = largest_sequence(workspace.database()) + 1;
    batch.made_at = utc_now();
    const auto note = [](const std::string& text) {
      std::string out = tidy(text);
      return is_note(out) ? out : std::string();
    };
    batch.file = note(options.file);
    batch.sheet = note(options.sheet);
    batch_ = std::make_shared<const Batch>(std::move(batch));
  }

  void add(const RecordKey& record, const std::map<std::string, FieldChange>& changes) {
    RecordNow now = record_now(workspace_.database(), record, authority_);
    const std::size_t had = now.operations.size(), first = made_.size();
    for (const auto& [name, change] : changes) {
      if (!differs(now, change)) continue;
      Operation operation;
      operation.uuid = random_uuid();
      operation.batch = batch_;
      operation.record = record;
      operation.field = name;
      operation.value = change.value;
      operation.reason = change.reason;
      operation.row = change.row;
      operation.bases = bases_for(now, name);
      changes_.push_back(change);
      made_.push_back(operation);
      now.operations.push_back(std::move(operation));
    }
    if (made_.size() == first) return;
    check_rights(now, had);
    touched_.push_back(record);
  }

  /// Of all that is entered at once: two weeks that are corrected together speak for each other.
  void check_rules() {
    if (options_.let_stand) return;
    RuleReader rules(workspace_, changes_);
    std::set<RecordKey> with_reason;
    for (const FieldChange& change : changes_)
      if (!change.reason.empty()) with_reason.insert(change.record);
    for (const RecordKey& record : touched_) {
      auto broken = rules.broken(record);
      if (broken.empty()) continue;
      if (!with_reason.contains(record))
        throw refused(broken.front().said, record.key, broken.front().way_out);
      std::move(broken.begin(), broken.end(), std::back_inserter(let_stand_));
    }
  }

  Entered write() {
    Entered out;
    out.operations = made_.size();
    out.let_stand = std::move(let_stand_);
    if (made_.empty()) return out;
    out.batch = batch_->uuid;
    Database& database = workspace_.database();
    OperationWriter writer(database, utc_now());
    for (const Operation& operation : made_) writer.add(operation);
    write_entries(database, touched_);
    return out;
  }

 private:
  /// What would be held and not applied is refused at once.
  void check_rights(const RecordNow& now, std::size_t had) {
    const RecordState state = state_of(now.record, now.operations, now.imported.home, authority_);
    for (std::size_t i = had; i < state.standing.size(); ++i)
      if (state.standing[i] != Standing::applied)
        throw refused(said(state.standing[i], workspace_, now.operations[i]), now.record.key,
                      msg("data.not_entered_remedy"));
  }

  Workspace& workspace_;
  const EnterOptions& options_;
  Authority authority_;
  std::shared_ptr<const Batch> batch_;
  Operations made_;
  std::vector<FieldChange> changes_;
  std::vector<RecordKey> touched_;
  std::vector<RuleBreak> let_stand_;
};

std::optional<std::string> before(const Operation& operation, const RecordNow& now) {
  const auto held = [&](const Uuid& uuid) {
    const auto found = std::find_if(now.operations.begin(), now.operations.end(),
                                    [&](const Operation& other) { return other.uuid == uuid; });
    return found == now.operations.end() ? std::nullopt : std::optional(*found);
  };
  return replaced_by(operation, held, [&]() -> const ImportedRecord& { return now.imported; })
      .value;
}

}  // namespace

Entered enter_within(Workspace& workspace, std::span<const FieldChange> changes,
                     const EnterOptions& options) {
  Entry entry(workspace, options);
  for (const auto& [record, fields] : by_record(changes)) entry.add(record, fields);
  entry.check_rules();
  return entry.write();
}

Entered enter(Workspace& workspace, std::span<const FieldChange> changes,
              const EnterOptions& options) {
  Transaction transaction(workspace.database());
  Entered out = enter_within(workspace, changes, options);
  if (out.batch) {
    std::vector<RecordKey> records;
    for (const FieldChange& change : changes) records.push_back(change.record);
    write_commune_numbers_of(workspace.database(), records);
  }
  transaction.commit();
  return out;
}

std::optional<geo::Message> why_not_entered(Workspace& workspace, Authority& authority,
                                            const UnitKey& author,
                                            std::span<const FieldChange> changes) {
  if (changes.empty()) return std::nullopt;
  const RecordKey& record = changes.front().record;
  if (!is_record(record)) return msg("data.not_a_record", record.key);
  RecordNow now = record_now(workspace.database(), record, authority);
  const std::size_t had = now.operations.size();
  // Later than all that are held, as a batch made now would be.
  const auto batch = std::make_shared<const Batch>(Batch{{}, author, INT64_MAX, {}, {}, {}});
  for (const FieldChange& change : changes) {
    Operation operation;
    operation.batch = batch;
    operation.record = record;
    operation.field = change.field;
    operation.value = change.value;
    operation.bases = bases_for(now, change.field);
    now.operations.push_back(std::move(operation));
  }
  const RecordState state = state_of(record, now.operations, now.imported.home, authority);
  for (std::size_t i = had; i < state.standing.size(); ++i)
    if (state.standing[i] != Standing::applied)
      return said(state.standing[i], workspace, now.operations[i]);
  return std::nullopt;
}

Undone undo_batch_within(Workspace& workspace, const Uuid& batch) {
  Database& database = workspace.database();
  const Operations operations = operations_of_batch(database, batch);
  if (operations.empty())
    throw refused(msg("data.no_such_batch", uuid_text(batch)), {},
                  msg("data.no_such_batch_remedy"));
  Undone out;
  Authority authority(database);
  std::vector<FieldChange> changes;
  for (const Operation& operation : operations) {
    const RecordNow now = record_now(database, operation.record, authority);
    const FieldState* const field = now.field(operation.field);
    const bool still = field != nullptr && field->heads.size() == 1 &&
                       now.operations[field->heads.front()].uuid == operation.uuid;
    if (still)
      changes.push_back({operation.record, operation.field, before(operation, now), {}, {}});
    else
      out.changed_since.push_back(operation);
  }
  out.entered = enter_within(workspace, changes, {.file = {}, .sheet = {}, .let_stand = true});
  return out;
}

Undone undo_batch(Workspace& workspace, const Uuid& batch) {
  Transaction transaction(workspace.database());
  Undone out = undo_batch_within(workspace, batch);
  if (out.entered.batch) {
    std::vector<RecordKey> records;
    for (const Operation& operation : operations_of_batch(workspace.database(), batch))
      records.push_back(operation.record);
    write_commune_numbers_of(workspace.database(), records);
  }
  transaction.commit();
  return out;
}

Unsettled unsettled_of(Database& database, std::span<const RecordKey> records) {
  Unsettled out;
  Authority authority(database);
  for (const RecordKey& record : records) {
    const RecordNow now = record_now(database, record, authority);
    for (const auto& [name, field] : now.state.fields) {
      if (!field.conflict) continue;
      Conflict conflict{record, name, {}, {}};
      std::set<std::optional<std::string>> bases;
      for (const std::uint32_t head : field.heads) {
        conflict.heads.push_back(now.operations[head]);
        bases.insert(before(now.operations[head], now));
      }
      if (bases.size() == 1) conflict.before = *bases.begin();
      out.conflicts.push_back(std::move(conflict));
    }
    for (std::size_t i = 0; i < now.operations.size(); ++i)
      if (now.state.standing[i] != Standing::applied)
        out.held.push_back({now.operations[i], now.state.standing[i]});
  }
  return out;
}

std::vector<Conflict> conflicts(Workspace& workspace) {
  const OneMoment moment(workspace.database());
  Database& database = workspace.database();
  return unsettled_of(database, records_with_operations(database)).conflicts;
}

Entered decide(Workspace& workspace, const RecordKey& record, const std::string& field,
               const std::optional<std::string>& value, const std::string& reason) {
  Transaction transaction(workspace.database());
  Authority authority(workspace.database());
  const RecordNow now = record_now(workspace.database(), record, authority);
  const FieldState* const state = now.field(field);
  if (state == nullptr || !state->conflict)
    throw refused(msg("data.no_conflict", field), record.key, msg("data.no_conflict_remedy"));
  const FieldChange change{record, field, value, reason, {}};
  Entered out = enter_within(workspace, {&change, 1}, {.file = {}, .sheet = {}, .let_stand = true});
  write_commune_numbers_of(workspace.database(), {&record, 1});
  transaction.commit();
  return out;
}

std::vector<HeldOperation> held_operations(Workspace& workspace) {
  const OneMoment moment(workspace.database());
  Database& database = workspace.database();
  return unsettled_of(database, records_with_operations(database)).held;
}

geo::Message said(Standing standing, Workspace& workspace, const Operation& operation) {
  const std::string author = unit_name(workspace, operation.batch->author);
  const auto report = report_key(operation.record);
  const std::string record =
      report ? unit_name(workspace, report->unit) + ", " + geo::iso(report->date)
             : operation.record.key;
  switch (standing) {
    case Standing::unknown_unit:
      return msg("data.held_unknown_unit", record);
    case Standing::unknown_author:
      return msg("data.held_unknown_author", unit_text(operation.batch->author));
    case Standing::not_under:
      return msg("data.held_not_under", record, author);
    case Standing::no_home:
      return msg("data.held_no_home", record, author);
    case Standing::applied:
      break;
  }
  return msg("data.held_applied", record);
}

}  // namespace data
