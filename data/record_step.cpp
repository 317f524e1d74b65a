#include "data/record_step.hpp"

#include <algorithm>

#include "data/load.hpp"
#include "geo/error.hpp"

namespace data {
namespace {

using geo::msg;

bool says_home(const FieldChange& change) {
  return change.field == "unit" || change.field == "former_unit";
}

void set(Workspace& workspace, const RecordStep& step, bool back) {
  Database& database = workspace.database();
  Transaction transaction(database);
  {
    Authority authority(database);
    const RecordNow now = record_now(database, step.record, authority);
    for (const RecordStep::Change& change : step.changes)
      if (now.value(change.field) != (back ? change.after : change.before))
        throw geo::Error(geo::ErrorKind::usage, msg("data.step_changed_since"), step.record.key,
                         msg("data.step_changed_since_remedy"));
  }
  std::vector<FieldChange> changes;
  for (const RecordStep::Change& change : step.changes)
    changes.push_back({step.record,
                       change.field,
                       back ? change.before : change.after,
                       back ? std::string() : change.reason,
                       {}});
  // A record that lies nowhere any more is only a province's: where it lay is taken back last, and
  // by itself, because of a batch that is what counts first.
  const auto homeless = std::stable_partition(
      changes.begin(), changes.end(),
      [](const FieldChange& change) { return !(says_home(change) && !change.value); });
  const EnterOptions options{.file = {}, .sheet = {}, .let_stand = true};
  enter_within(workspace, {changes.begin(), homeless}, options);
  enter_within(workspace, {homeless, changes.end()}, options);
  write_commune_numbers_of(database, {&step.record, 1});
  transaction.commit();
}

}  // namespace

RecordStep enter_record(Workspace& workspace, std::span<const FieldChange> changes) {
  RecordStep out;
  if (changes.empty()) return out;
  Transaction transaction(workspace.database());
  out.record = changes.front().record;
  const auto now = [&] {
    Authority authority(workspace.database());
    return record_now(workspace.database(), out.record, authority);
  };
  const RecordNow before = now();
  const Entered entered = enter_within(workspace, changes);
  if (!entered.batch) return out;
  const RecordNow after = now();
  for (const Operation& operation : operations_of_batch(workspace.database(), *entered.batch))
    out.changes.push_back({operation.field, before.value(operation.field),
                           after.value(operation.field), operation.reason});
  write_commune_numbers_of(workspace.database(), {&out.record, 1});
  transaction.commit();
  return out;
}

void take_back(Workspace& workspace, const RecordStep& step) { set(workspace, step, true); }
void do_again(Workspace& workspace, const RecordStep& step) { set(workspace, step, false); }

}  // namespace data
