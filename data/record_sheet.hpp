#pragma once
#include <optional>
#include <string>
#include <vector>

#include "data/operations.hpp"
#include "geo/message.hpp"

namespace data {

/// Where a value comes from.
struct ValueOrigin {
  std::string unit;                 ///< that entered it, "Xã Mường Nhé"; empty: imported
  std::string at;                   ///< UTC, ISO 8601
  std::string file;                 ///< imported or pasted from; empty: typed
  std::optional<std::int64_t> row;  ///< in it
  std::string reason;               ///< why a broken rule was let stand
};
struct SheetValue {
  std::optional<std::string> value;  ///< canonical
  ValueOrigin from;
};
struct SheetField {
  std::string field;
  std::optional<SheetValue> now;   ///< empty: nobody has said anything
  std::vector<SheetValue> rivals;  ///< of a conflict: all of them, what is shown first
};

/// One team, settlement or activity with all its fields.
struct RecordSheet {
  RecordKey record;
  bool exists = false;
  std::vector<SheetField> fields;  ///< in the order of fields_of()
  std::optional<UnitKey> home;
  std::optional<geo::Message> not_ours;  ///< why the author may not change it

  std::optional<std::string> value(std::string_view field) const;
  const SheetField* find(std::string_view field) const;
};
RecordSheet record_sheet(Workspace& workspace, const RecordKey& record);

}  // namespace data
