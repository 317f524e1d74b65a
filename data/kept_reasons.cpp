#include "data/kept_reasons.hpp"

#include <map>

#include "data/entries.hpp"
#include "data/operations.hpp"
#include "data/workspace.hpp"

namespace data {
namespace {

std::string after_colon(const std::string& key) { return key.substr(key.find(':') + 1); }

/// By what findings have in their keys: "00011f:2025-06-01" of a report, "S1" of a settlement.
class Reasons {
 public:
  explicit Reasons(Workspace& workspace) : workspace_(workspace), authority_(workspace.database()) {
    Statement row = workspace.database().prepare(
        "SELECT DISTINCT kind, key FROM operation WHERE reason <> ''"
        " AND kind IN ('report', 'settlement')");
    while (row.step())
      if (const auto kind = record_kind_by_id(row.text(0))) read({*kind, row.text(1)});
  }
  const KeptReason* of(const std::string& key) const {
    const auto found = by_key_.find(key);
    return found == by_key_.end() ? nullptr : &found->second;
  }
  bool empty() const { return by_key_.empty(); }

 private:
  void read(const RecordKey& record) {
    const RecordNow now = record_now(workspace_.database(), record, authority_);
    const Operation* last = nullptr;
    for (const auto& [field, state] : now.state.fields) {
      const Operation& shown = now.operations[state.heads.front()];
      if (!shown.reason.empty() && (last == nullptr || earlier(*last, shown))) last = &shown;
    }
    if (last == nullptr) return;
    by_key_[key_of(record)] = {last->reason, unit_name(workspace_, last->batch->author)};
  }
  std::string key_of(const RecordKey& record) {
    const auto report = report_key(record);
    if (!report) return record.key;
    Statement row = workspace_.database().prepare("SELECT valid_to FROM unit_span WHERE id = ?");
    row.bind(1, authority_.id_of(report->unit));
    const bool former = row.step() && !row.is_null(0);
    return report->unit.code + (former ? "f:" : ":") + geo::iso(report->date);
  }

  Workspace& workspace_;
  Authority authority_;
  std::map<std::string, KeptReason> by_key_;
};

/// A number fell from one report to the next: the reason may have been given with either.
const KeptReason* reason_of(const Finding& finding, const Reasons& reasons) {
  const std::string key = after_colon(finding.key);
  switch (finding.check) {
    case Check::counts_order:
      return reasons.of(key);
    case Check::falling: {
      if (const KeptReason* found = reasons.of(key)) return found;
      const auto* from = std::get_if<std::string>(&finding.message.args.at(2));
      return from == nullptr ? nullptr : reasons.of(key.substr(0, key.rfind(':') + 1) + *from);
    }
    case Check::settlement_outside:
      return reasons.of(key.substr(0, key.rfind(':')));
    default:
      return nullptr;  // nobody gives reasons for such a thing
  }
}

}  // namespace

void add_reasons(Workspace& workspace, std::vector<Finding>& findings) {
  const Reasons reasons(workspace);
  if (reasons.empty()) return;
  for (Finding& finding : findings)
    if (const KeptReason* kept = reason_of(finding, reasons)) finding.kept = *kept;
}

}  // namespace data
