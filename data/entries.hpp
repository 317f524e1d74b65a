#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "data/authority.hpp"
#include "data/database.hpp"
#include "data/operation_state.hpp"
#include "data/operation_store.hpp"

namespace data {

/// What imports alone say of a record, as canonical values by field.
struct ImportedRecord {
  bool exists = false;
  std::map<std::string, std::string, std::less<>> values;
  std::optional<UnitKey> home;  ///< a report's: its unit
};
ImportedRecord imported_record(Database& database, const RecordKey& record, Authority& authority);

/// A record with all that is known of it.
struct RecordNow {
  RecordKey record;
  ImportedRecord imported;
  Operations operations;
  RecordState state;
  /// The value of a field: that of the operations where there are any, else the imports'.
  std::optional<std::string> value(std::string_view field) const;
  const FieldState* field(std::string_view name) const;  ///< null: no operation on it stands
};
RecordNow record_now(Database& database, const RecordKey& record, Authority& authority);

/// Brings the rows of the source "entries" up to date with the operations on these records (or all
/// of them, where an import came or went). Call inside the Transaction that changed something.
void write_entries(Database& database, std::span<const RecordKey> records);
void write_all_entries(Database& database);

/// The source under which they are written; 0: none. It is later than any with rows of the same
/// tables.
std::int64_t entries_source(Database& database);

}  // namespace data
