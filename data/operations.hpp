#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "data/entries.hpp"
#include "data/operation.hpp"
#include "data/operation_state.hpp"
#include "data/workspace.hpp"
#include "geo/message.hpp"

namespace data {

/// What a person enters into one field; an empty value takes it back: not reported.
struct FieldChange {
  RecordKey record;
  std::string field;
  std::optional<std::string> value;  ///< as typed, see canonical()
  std::string reason;                ///< why a broken rule is let stand
  std::optional<std::int64_t> row;   ///< in the file it was pasted or imported from
};

/// A rule that numbers break. It may be let stand with a reason, and stays listed by the checks.
struct RuleBreak {
  std::string rule;  ///< id: "counts_order", "falling", "eligible_leap", "weekday", "to_come" …
  RecordKey record;
  std::string field;           ///< the one changed
  geo::Message said, way_out;  ///< with the numbers; what to do about it
};
/// Those that a record would break with these changes, for a look while one types. Changes of other
/// weeks among them count as entered.
/// Values that are none are an Error (usage).
std::vector<RuleBreak> broken_rules(Workspace& workspace, const RecordKey& record,
                                    std::span<const FieldChange> changes);

struct EnterOptions {
  std::string file, sheet;  ///< pasted or imported from
  bool let_stand = false;   ///< what breaks a rule, without a reason: an import
};
struct Entered {
  std::optional<Uuid> batch;  ///< empty: nothing differs from what is there
  std::size_t operations = 0;
  std::vector<RuleBreak> let_stand;
};
/// Enters changes in the name of author_unit(), in one transaction. Error (usage), and nothing is
/// changed: a value that is none, a record that does not lie under the author or is not known, a
/// broken rule without a reason.
Entered enter(Workspace& workspace, std::span<const FieldChange> changes,
              const EnterOptions& options = {});
/// The same within a Transaction of the caller, who brings commune_number up to date.
Entered enter_within(Workspace& workspace, std::span<const FieldChange> changes,
                     const EnterOptions& options = {});

/// Why these changes of one record could not be entered in the author's name; empty: they could.
std::optional<geo::Message> why_not_entered(Workspace& workspace, Authority& authority,
                                            const UnitKey& author,
                                            std::span<const FieldChange> changes);

struct Undone {
  Entered entered;
  Operations changed_since;  ///< of the batch, those that somebody replaced meanwhile: left alone
};
/// Sets back what each field had before the batch, by a batch of its own. Error (usage): no such
/// batch is held.
Undone undo_batch(Workspace& workspace, const Uuid& batch);
Undone undo_batch_within(Workspace& workspace, const Uuid& batch);

/// One field, several values by people who did not know of each other.
struct Conflict {
  RecordKey record;
  std::string field;
  Operations heads;                   ///< what is shown meanwhile first
  std::optional<std::string> before;  ///< what they replaced, where it is one value
};
std::vector<Conflict> conflicts(Workspace& workspace);
/// An operation upon all heads. Error (usage): the field is not in conflict, or not the author's.
Entered decide(Workspace& workspace, const RecordKey& record, const std::string& field,
               const std::optional<std::string>& value, const std::string& reason = {});

struct HeldOperation {
  Operation operation;
  Standing standing = Standing::applied;
};
/// Operations that are held and not applied, with why.
std::vector<HeldOperation> held_operations(Workspace& workspace);
/// Both at once, of these records.
struct Unsettled {
  std::vector<Conflict> conflicts;
  std::vector<HeldOperation> held;
};
Unsettled unsettled_of(Database& database, std::span<const RecordKey> records);
geo::Message said(Standing standing, Workspace& workspace, const Operation& operation);

}  // namespace data
