#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <set>

#include "data/database.hpp"
#include "data/operation_state.hpp"
#include "data/unit_key.hpp"

namespace data {

class Workspace;

/// Who lies under whom in a workspace: commune < former district < province < country, and what a
/// former unit became. Looks up what it is asked for and keeps it, so it is of one moment.
class Authority : public Rights {
 public:
  explicit Authority(Database& database);
  bool knows(const UnitKey& unit) override;
  bool above(const UnitKey& author, const UnitKey& unit) override;
  std::optional<std::int64_t> id_of(const UnitKey& unit);  ///< its row; the country may have none
  UnitKey key_of(std::int64_t id);
  /// Those that a unit lies under, and itself.
  const std::set<std::int64_t>& over(std::int64_t id);

 private:
  Database& database_;
  std::map<UnitKey, std::optional<std::int64_t>> ids_;
  std::map<std::int64_t, UnitKey> keys_;
  std::map<std::int64_t, std::set<std::int64_t>> over_;
};

/// In whose name this workspace is written: the one set, else its only province, else the country.
UnitKey author_unit(Workspace& workspace);
/// Error (usage): no such unit here.
void set_author_unit(Workspace& workspace, const UnitKey& unit);
bool has_author_unit(Workspace& workspace);  ///< a person set one

/// "03127" or "Xã Mường Nhé" as typed: units of today before former ones, the higher level first.
/// Error (usage) when there is none, or several that are equally meant.
UnitKey find_unit(Workspace& workspace, const std::string& code_or_name);
std::string unit_name(Workspace& workspace, const UnitKey& unit);  ///< "Xã Mường Nhé", else code

}  // namespace data
