#include "data/decisions.hpp"

#include <map>

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
  if (out.entered.batch) write_commune_numbers(workspace);
  transaction.commit();
  return out;
}

}  // namespace data
