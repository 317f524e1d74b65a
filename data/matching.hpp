#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "data/database.hpp"
#include "data/import.hpp"
#include "data/unit_key.hpp"
#include "geo/date.hpp"
#include "geo/issue.hpp"
#include "geo/unit.hpp"

namespace data {

/// A unit of the workspace, of today or former, by its latest state.
struct KnownUnit {
  std::int64_t id = 0;
  geo::UnitCode code;
  geo::UnitLevel level = geo::UnitLevel::commune;
  std::string name, full_name, kind;
  std::int64_t province = 0, district = 0;  ///< unit ids; 0: none
  std::string valid_from;                   ///< ISO; empty: since ever
  std::optional<std::string> valid_to;      ///< last day; empty: a unit of today
  bool today() const { return !valid_to; }
  std::string label() const;  ///< "03203 Xã Na Son", as issues and lists name a unit
  bool valid_at(geo::Date day) const;
};
std::vector<KnownUnit> known_units(Database& database);

class Authority;
/// Whether a table or list of a unit (its row: `id`) holds the commune. A commune stands in the
/// list of one district: its own, though what it became may lie in another, which may change it as
/// well.
bool listed_under(const KnownUnit& commune, const UnitKey& of, std::int64_t id,
                  Authority& authority);

struct UnitQuery {
  geo::UnitLevel level = geo::UnitLevel::commune;
  std::string code, name;       ///< as typed; one may be empty
  std::int64_t within = 0;      ///< id of the district (or province) it lies in; 0: not said
  std::optional<geo::Date> at;  ///< units valid on that day; empty: units of today
};

struct UnitMatch {
  Match how = Match::none;
  const KnownUnit* unit = nullptr;     ///< with fuzzy: a suggestion, not to be applied
  bool zeros_restored = false;         ///< 3127 stood for 03127
  std::optional<geo::Message> remark;  ///< what a person should know
  geo::Severity severity = geo::Severity::warning;
  bool applied() const { return how != Match::none && how != Match::fuzzy; }
};

/// Finds units by code and name the way contract and people mean them.
class UnitBook {
 public:
  explicit UnitBook(std::vector<KnownUnit> units);
  const std::vector<KnownUnit>& units() const { return units_; }
  const KnownUnit* by_id(std::int64_t id) const;
  bool knows(geo::UnitLevel level, std::optional<geo::Date> at) const;  ///< any of that time
  UnitMatch match(const UnitQuery& query) const;

 private:
  std::vector<const KnownUnit*> with_code(const UnitQuery& query, const std::string& code) const;
  std::vector<const KnownUnit*> with_name(const UnitQuery& query) const;
  bool fits(const KnownUnit& unit, const UnitQuery& query, bool inside) const;
  UnitMatch suggestion(const UnitQuery& query) const;

  std::vector<KnownUnit> units_;
  std::vector<std::string> search_names_;
  std::map<std::int64_t, std::size_t> by_id_;
  std::multimap<std::string, std::size_t, std::less<>> by_code_,
      by_name_;  ///< name folded, no kind
};

/// Insertions, deletions, replacements and swaps of neighbours (optimal string alignment), capped:
/// answers `most` + 1 when it is more.
std::size_t edit_distance(std::string_view a, std::string_view b, std::size_t most);

/// 3127 → 03127 for a commune, 96 → 096 for a district, 1 → 01 for a province; other text as it is.
std::string with_zeros(std::string_view code, geo::UnitLevel level);

}  // namespace data
