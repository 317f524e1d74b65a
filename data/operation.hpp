#pragma once
#include <compare>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "data/unit_key.hpp"
#include "data/uuid.hpp"
#include "geo/date.hpp"

namespace data {

enum class RecordKind : std::uint8_t { report, team, settlement, activity };
std::string_view id(RecordKind kind);  ///< "report" …
std::optional<RecordKind> record_kind_by_id(std::string_view id);

/// What a record is in every copy of a workspace, as canonical text. A report's is its unit and
/// date ("commune/03127/2025-07-01/2025-11-16"), a team's and a settlement's their code, an
/// activity's a uuid.
struct RecordKey {
  RecordKind kind = RecordKind::report;
  std::string key;
  auto operator<=>(const RecordKey&) const = default;
};
struct ReportKey {
  UnitKey unit;
  geo::Date date;
};
RecordKey report_record(const UnitKey& unit, geo::Date date);
std::optional<ReportKey> report_key(const RecordKey& record);  ///< of a report; empty: it is none
bool is_record(const RecordKey& record);                       ///< the key is one of its kind

/// What the operations of one command have in common.
struct Batch {
  Uuid uuid;
  UnitKey author;             ///< a unit, never a person
  std::int64_t sequence = 0;  ///< 1 + the largest held when it was made (Lamport's clock)
  std::string made_at;        ///< UTC, ISO 8601, by the maker's clock
  std::string file, sheet;    ///< where it was pasted or imported from; else empty
  auto operator<=>(const Batch&) const = default;
};

/// One field of one record is set. Never changed once made.
struct Operation {
  Uuid uuid;
  std::shared_ptr<const Batch> batch;
  RecordKey record;
  std::string field;
  std::optional<std::string> value;  ///< canonical text (operation_fields.hpp); empty: taken back
  std::vector<Uuid> bases;           ///< what it replaced, sorted
  std::string reason;                ///< why a broken rule was let stand; usually empty
  std::optional<std::int64_t> row;   ///< in the batch's file
  // Of this workspace alone:
  std::int64_t id = 0;
  std::string received_at;  ///< UTC, ISO 8601
};

/// Later first in what a conflict shows meanwhile: the larger sequence, then the larger uuid.
inline bool earlier(const Operation& a, const Operation& b) {
  if (a.batch->sequence != b.batch->sequence) return a.batch->sequence < b.batch->sequence;
  return a.uuid < b.uuid;
}

}  // namespace data
