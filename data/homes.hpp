#pragma once
#include <iterator>
#include <map>
#include <optional>
#include <string>
#include <utility>

#include "data/table_rows.hpp"

namespace data {

/// Finds the home of a row: a commune of today, a former one, and the one through the other.
class Homes {
 public:
  Homes(TableWork& work, TableRows& rows)
      : rows_(rows), book_(known_units(work.workspace.database())) {
    auto row = work.workspace.database().prepare(
        "SELECT former_id, unit_id, changed_on FROM current_crosswalk");
    while (row.step()) {
      became_.emplace(row.integer(0), row.integer(1));
      const auto day = geo::parse_date(row.text(2));
      if (day && (!former_day_ || former_day_->day < day->day)) former_day_ = *day + -1;
    }
  }
  const UnitBook& book() const { return book_; }

  struct Home {
    Match how = Match::none;
    const KnownUnit* unit = nullptr;  ///< of today, or the suggestion
    const KnownUnit* former = nullptr;
    bool named = false;  ///< the row says where it is
  };

  Home find() {
    Home home;
    const auto within = district();
    const auto& former_code = rows_.raw("former_commune_code");
    const auto& former_name = rows_.raw("former_commune");
    const auto& code = rows_.raw("commune_code");
    const auto& name = rows_.raw("commune");
    home.named = !(former_code.empty() && former_name.empty() && code.empty() && name.empty());
    if (!(former_code.empty() && former_name.empty())) {
      if (!former_day_) {
        ++without_crosswalk_;
      } else {
        UnitQuery query{geo::UnitLevel::commune, former_code, former_name, within, former_day_};
        const auto m = rows_.match(book_, query,
                                   former_code.empty() ? "former_commune" : "former_commune_code");
        if (m.applied()) home.former = m.unit;
      }
    }
    if (!(code.empty() && name.empty())) {
      UnitQuery query{geo::UnitLevel::commune, code, name, 0, {}};
      auto m = book_.match(query);
      if (!m.applied() && former_day_ && home.former == nullptr) {
        // An old list under a plain heading: the name or code of a commune before the change.
        query.at = former_day_;
        query.within = within;
        const auto old = book_.match(query);
        if (old.applied() && heir(*old.unit) != nullptr) {
          rows_.tell(geo::Severity::warning,
                     geo::msg("data.match_former", quotable(name.empty() ? code : name),
                              old.unit->full_name, heir(*old.unit)->full_name),
                     code.empty() ? "commune" : "commune_code", old.unit->label());
          home.how = Match::former;
          home.former = old.unit;
          home.unit = heir(*old.unit);
          return home;
        }
        query.at.reset();
        query.within = 0;
      }
      m = rows_.match(book_, query, code.empty() ? "commune" : "commune_code");
      home.how = m.how;
      home.unit = m.unit;
      const auto* heir_of_former = home.former != nullptr ? heir(*home.former) : nullptr;
      if (m.applied() && heir_of_former != nullptr && heir_of_former != m.unit)
        rows_.tell(geo::Severity::warning,
                   geo::msg("data.home_contradicts", home.unit->full_name, home.former->full_name,
                            heir_of_former->full_name),
                   code.empty() ? "commune" : "commune_code", home.unit->label());
      return home;
    }
    if (home.former != nullptr) {
      home.unit = heir(*home.former);
      home.how = Match::former;
      if (home.unit == nullptr)
        rows_.tell(geo::Severity::warning,
                   geo::msg("data.former_was_split", home.former->full_name), {},
                   home.former->label());
    }
    return home;
  }

  void show(const Home& home) {
    auto& row = rows_.row();
    row.match = home.how;
    const auto* unit = home.unit != nullptr ? home.unit : home.former;
    if (unit == nullptr) return;
    row.unit_code = unit->code.text;
    row.unit_name = unit->full_name;
  }

  std::int64_t without_crosswalk() const { return without_crosswalk_; }

 private:
  std::int64_t district() {
    const auto& name = rows_.raw("former_district");
    if (name.empty()) return 0;
    UnitQuery query;
    query.level = geo::UnitLevel::district;
    query.name = name;
    const auto m = book_.match(query);
    return m.applied() ? m.unit->id : 0;
  }
  /// The only commune that a former one became part of.
  const KnownUnit* heir(const KnownUnit& former) const {
    const auto [first, last] = became_.equal_range(former.id);
    if (first == last || std::next(first) != last) return nullptr;
    return book_.by_id(first->second);
  }

  TableRows& rows_;
  UnitBook book_;
  std::multimap<std::int64_t, std::int64_t> became_;
  std::optional<geo::Date> former_day_;
  std::int64_t without_crosswalk_ = 0;
};

}  // namespace data
