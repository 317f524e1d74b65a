#pragma once
#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "app/language.hpp"
#include "data/plan.hpp"

namespace app {

/// A team that goes: one on record, or the nth of those like it (PlanWishes::extra).
struct Goer {
  std::uint32_t team = 0, copy = 0;  ///< as Trip has them
  auto operator<=>(const Goer&) const = default;
};
inline Goer goer_of(const data::Trip& trip) { return {trip.team, trip.copy}; }

std::string pack_name(data::Pack pack, Language language);  ///< "máy phát điện"; "–": nothing
std::string holiday_name(std::string_view id, Language language);  ///< "Quốc khánh 2/9"; "": none
std::string level_name(geo::UnitLevel level, Language language);   ///< "cấp huyện"
/// "2 – 3/9/2023", "30/12/2023 – 1/1/2024"; one day: "2/9/2023"
std::string days_text(geo::Date first, std::uint32_t days, Language language);
/// From the first day of the first weekend to the last of the last; "": there are none.
std::string campaign_text(const data::Plan& plan, Language language);
/// "cuối tuần 1 (2 – 3/9/2023)"
std::string weekend_name(const data::Plan& plan, std::size_t weekend, Language language);
/// "Huyện Nậm Pồ"; "–" where it is not known.
std::string district_name(const data::Dataset& dataset, geo::UnitIndex commune);
/// The team's name, else its id; made of its kind and home where both are missing.
std::string team_name(const data::Dataset& dataset, const data::Team& team, Language language);
/// The same, "… (thêm 2)" for the second of those like it.
std::string goer_name(const data::Dataset& dataset, Goer goer, Language language);
/// "xe máy", "ô tô", "đi bộ"; a word that is none of those as it stands.
std::string vehicle_name(std::string_view word, Language language);
/// A bound as a percentage, rounded up: never closer than it is.
std::string gap_text(double gap, Language language);
/// "trong khoảng 0,8% của phương án tốt nhất có thể"
std::string bound_text(const data::Plan& plan, Language language);
/// The plan in a sentence, from its numbers.
std::string plan_headline(const data::PlanBasis& basis, const data::Plan& plan, Language language);

}  // namespace app
