#pragma once
#include <array>
#include <cstddef>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "data/authority.hpp"
#include "data/operations.hpp"
#include "data/reports.hpp"

namespace data {

/// The rules of entered values, for many records that are entered at once: what goes through a
/// unit's reports does so once for all of its weeks, so that a paste costs what is pasted.
class RuleReader {
 public:
  RuleReader(Workspace& workspace, std::span<const FieldChange> changes);
  /// As broken_rules() answers. Records of one unit are best asked one after the other.
  std::vector<RuleBreak> broken(const RecordKey& record);
  /// Changes and reports gone through so far.
  std::size_t looked() const { return looked_; }

  /// What a unit reported, with what is changed now.
  struct UnitReports {
    std::string of;  ///< see unit_of()
    std::string name;
    std::map<geo::Date, Report> all;
    std::map<geo::Date, std::int64_t> eligible;  ///< of those that tell it
    std::array<std::size_t, 7> on_weekday{};     ///< how many of them, from Sunday on
  };
  UnitReports& reports_of(const RecordKey& record);
  void look() { ++looked_; }

 private:
  void read(const UnitKey& unit);

  Workspace& workspace_;
  Authority authority_;
  using Changes = std::vector<const FieldChange*>;
  std::map<RecordKey, Changes> by_record_;
  std::map<std::string, Changes> by_unit_;  ///< of reports
  UnitReports reports_;                     ///< of the unit asked last
  std::size_t looked_ = 0;
};

}  // namespace data
