#include "data/operation.hpp"

#include <array>

#include "data/names.hpp"

namespace data {
namespace {

constexpr std::array<std::string_view, 4> words{"report", "team", "settlement", "activity"};
constexpr std::size_t longest_key = 200;

}  // namespace

std::string_view id(RecordKind kind) { return words.at(static_cast<std::size_t>(kind)); }

std::optional<RecordKind> record_kind_by_id(std::string_view wanted) {
  for (std::size_t i = 0; i < words.size(); ++i)
    if (words[i] == wanted) return static_cast<RecordKind>(i);
  return std::nullopt;
}

RecordKey report_record(const UnitKey& unit, geo::Date date) {
  return {RecordKind::report, unit_text(unit) + '/' + geo::iso(date)};
}

std::optional<ReportKey> report_key(const RecordKey& record) {
  const std::string_view text = record.key;
  const std::size_t slash = text.rfind('/');
  if (record.kind != RecordKind::report || slash == std::string_view::npos) return std::nullopt;
  const auto unit = unit_key(text.substr(0, slash));
  const auto date = geo::parse_date(text.substr(slash + 1));
  // Only communes report, of today or former.
  if (!unit || unit->level != geo::UnitLevel::commune || !date ||
      geo::iso(*date) != text.substr(slash + 1))
    return std::nullopt;
  return ReportKey{*unit, *date};
}

bool is_record(const RecordKey& record) {
  switch (record.kind) {
    case RecordKind::report:
      return report_key(record).has_value();
    case RecordKind::activity:
      return uuid_of(record.key).has_value();
    case RecordKind::team:
    case RecordKind::settlement:
      break;
  }
  return !record.key.empty() && record.key.size() <= longest_key && tidy(record.key) == record.key;
}

}  // namespace data
