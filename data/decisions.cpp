#include "data/decisions.hpp"

#include <map>

#include "data/load.hpp"

namespace data {

Decided decide_all(Workspace& workspace, std::span<const Decision> decisions) {
  Decided out;
  Transaction transaction(workspace.database());
  Authority authority(workspace.database());
  const UnitKey author = author_unit(workspace);
  std::vector<FieldChange> changes;
  for (const Decision& d : decisions) {
    const RecordNow now = record_now(workspace.database(), d.record, authority);
    const FieldState* const state = now.field(d.field);
    if (state == nullptr || !state->conflict) {
      out.settled.push_back(d);
      continue;
    }
    const FieldChange change{d.record, d.field, d.value, d.reason, {}};
    if (auto why = why_not_entered(workspace, authority, author, {&change, 1})) {
      out.refused.push_back({d, std::move(*why)});
      continue;
    }
    changes.push_back(change);
  }
  out.entered = enter_within(workspace, changes, {.file = {}, .sheet = {}, .let_stand = true});
  if (out.entered.batch) {
    std::vector<RecordKey> records;
    for (const FieldChange& change : changes) records.push_back(change.record);
    write_commune_numbers_of(workspace.database(), records);
  }
  transaction.commit();
  return out;
}

}  // namespace data
