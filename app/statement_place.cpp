#include "app/statement_place.hpp"

#include <algorithm>
#include <set>

#include "app/reasons.hpp"
#include "data/names.hpp"

namespace app {
namespace {

/// Việt Nam has had so many provinces since 1 July 2025, and never had fewer: a workspace with all
/// of them is the country.
constexpr std::size_t provinces_of_the_country = 34;

/// "Huyện Mường Nhé" → "huyện Mường Nhé", "the former district of Mường Nhé".
std::string unit_name(const std::string& full_name, bool province, Language language) {
  const auto [kind, name] = data::split_kind(full_name);
  if (kind == "huyện") return say(language, "view.place_district", name);
  if (kind == "quận") return say(language, "view.place_urban_district", name);
  if (kind == "thị xã") return say(language, "view.place_town", name);
  if (kind == "thành phố")
    return province ? say(language, "view.place_province_city", name)
                    : say(language, "view.place_city", name);
  if (kind == "tỉnh") return say(language, "view.place_province", name);
  if (kind == "xã") return say(language, "view.place_commune", name);
  if (kind == "phường") return say(language, "view.place_ward", name);
  if (kind == "thị trấn") return say(language, "view.place_township", name);
  if (kind == "đặc khu") return say(language, "view.place_zone", name);
  return full_name;
}

std::string everywhere(const data::Dataset& dataset, Language language) {
  std::set<std::int32_t> provinces;
  for (const data::Commune& commune : dataset.communes) provinces.insert(commune.province);
  if (provinces.contains(-1) || provinces.empty())
    return dataset.communes.size() == 1
               ? unit_name(dataset.communes.front().full_name, false, language)
               : say(language, "view.place_all_communes", dataset.communes.size());
  if (provinces.size() >= provinces_of_the_country) return say(language, "view.place_country");
  if (provinces.size() > 1) return say(language, "view.place_provinces", provinces.size());
  const std::string& name = dataset.provinces[static_cast<std::size_t>(*provinces.begin())].name;
  return data::split_kind(name).kind == "thành phố" ? say(language, "view.place_whole_city")
                                                    : say(language, "view.place_whole_province");
}

}  // namespace

std::int32_t whole_unit(const data::Dataset& dataset, const std::vector<geo::UnitIndex>& units,
                        std::int32_t data::Commune::*member) {
  if (units.empty()) return -1;
  const std::int32_t index = dataset.communes[units.front().value].*member;
  const auto same = [&](geo::UnitIndex unit) {
    return dataset.communes[unit.value].*member == index;
  };
  if (index < 0 || !std::all_of(units.begin(), units.end(), same)) return -1;
  const auto count = std::count_if(dataset.communes.begin(), dataset.communes.end(),
                                   [&](const data::Commune& c) { return c.*member == index; });
  return static_cast<std::size_t>(count) == units.size() ? index : -1;
}

std::string place_name(const data::Dataset& dataset, const std::vector<geo::UnitIndex>& within,
                       Language language) {
  std::vector<geo::UnitIndex> units;
  for (const geo::UnitIndex unit : within)
    if (unit.value < dataset.communes.size()) units.push_back(unit);
  std::sort(units.begin(), units.end());
  units.erase(std::unique(units.begin(), units.end()), units.end());
  if (within.empty() || (units.size() > 1 && units.size() == dataset.communes.size()))
    return everywhere(dataset, language);
  if (units.empty()) return say(language, "view.place_gone");
  if (units.size() == 1)
    return unit_name(dataset.communes[units.front().value].full_name, false, language);
  if (const auto d = whole_unit(dataset, units, &data::Commune::district); d >= 0)
    return unit_name(dataset.districts[static_cast<std::size_t>(d)].name, false, language);
  if (const auto p = whole_unit(dataset, units, &data::Commune::province); p >= 0)
    return unit_name(dataset.provinces[static_cast<std::size_t>(p)].name, true, language);
  return say(language, "view.place_chosen", units.size());
}

std::string capitalised(std::string words) {
  if (words.empty()) return words;
  constexpr std::string_view small = "đ", large = "Đ";
  if (words.starts_with(small)) return words.replace(0, small.size(), large);
  if (words[0] >= 'a' && words[0] <= 'z') words[0] = static_cast<char>(words[0] - 'a' + 'A');
  return words;
}

}  // namespace app
