#include "data/sent.hpp"

#include <set>

#include "data/operation_fields.hpp"
#include "data/workspace.hpp"

namespace data {
namespace {

constexpr const char* at_key = "packed_at";            // for people to read
constexpr const char* until_key = "packed_operation";  // what came after it was not sent

std::int64_t until(Workspace& workspace) {
  return count_value(workspace.setting(until_key)).value_or(0);
}

}  // namespace

SentSoFar sent_so_far(Workspace& workspace) {
  SentSoFar out;
  out.until = until(workspace);
  if (out.until > 0) out.at = workspace.setting(at_key);
  Statement row = workspace.database().prepare("SELECT count(*) FROM operation WHERE id > ?");
  row.bind(1, out.until);
  if (row.step()) out.left = static_cast<std::size_t>(row.integer(0));
  return out;
}

void remember_sent(Workspace& workspace, const Package& package) {
  Transaction transaction(workspace.database());
  std::set<std::int64_t> packed;
  for (const Operation& operation : package.operations) packed.insert(operation.id);
  std::int64_t sent = until(workspace);
  {
    Statement row =
        workspace.database().prepare("SELECT id FROM operation WHERE id > ? ORDER BY id");
    row.bind(1, sent);
    while (row.step() && packed.contains(row.integer(0))) sent = row.integer(0);
  }
  workspace.set_setting(until_key, std::to_string(sent));
  workspace.set_setting(at_key, package.made_at);
  transaction.commit();
}

}  // namespace data
