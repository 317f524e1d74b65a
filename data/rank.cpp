#include "data/rank.hpp"

#include <algorithm>
#include <cmath>

#include "data/names.hpp"
#include "geo/error.hpp"

namespace data {
namespace {

/// Larger is worse; empty when there is no number.
std::optional<double> badness(const RankRow& row, RankBy by, const RankOn& on) {
  const std::size_t unit = row.unit.value;
  switch (by) {
    case RankBy::shortfall:
      if (row.gap.shortfall) return row.gap.shortfall->value;
      break;
    case RankBy::rate:
      if (row.gap.rate) return -row.gap.rate->value;
      break;
    case RankBy::achievement:
      if (row.gap.achievement) return -row.gap.achievement->value;
      break;
    case RankBy::barrier:
      if (row.gap.shortfall && unit < on.splits.size()) return on.splits[unit].of(on.barrier);
      break;
    case RankBy::score:
      if (unit < on.score.size() && !std::isnan(on.score[unit])) return on.score[unit];
      break;
  }
  return std::nullopt;
}

/// A unit that a person may name, and the communes in it.
struct Named {
  std::string full_name;
  std::vector<geo::UnitIndex> communes;
};

template <class Inside>
Named named(const Dataset& dataset, std::string full_name, Inside inside) {
  Named out{std::move(full_name), {}};
  for (std::size_t i = 0; i < dataset.communes.size(); ++i)
    if (inside(i)) out.communes.emplace_back(i);
  return out;
}

}  // namespace

std::optional<RankBy> rank_by_id(std::string_view id) {
  if (id == "shortfall") return RankBy::shortfall;
  if (id == "rate") return RankBy::rate;
  if (id == "achievement") return RankBy::achievement;
  if (id == "barrier") return RankBy::barrier;
  if (id == "score") return RankBy::score;
  return std::nullopt;
}

std::vector<RankRow> rank(const Dataset& dataset, std::span<const Gap> gaps,
                          std::span<const Barriers> barriers, RankBy by,
                          std::span<const geo::UnitIndex> units, const RankOn& on) {
  std::vector<RankRow> rows;
  rows.reserve(units.size());
  for (const geo::UnitIndex unit : units)
    rows.push_back({unit, gaps[unit.value], barriers[unit.value]});
  std::sort(rows.begin(), rows.end(), [&](const RankRow& a, const RankRow& b) {
    // An empty optional is less than any number, so communes without one come last.
    const auto worse_a = badness(a, by, on), worse_b = badness(b, by, on);
    if (worse_a != worse_b) return worse_a > worse_b;
    return dataset.communes[a.unit.value].code < dataset.communes[b.unit.value].code;
  });
  return rows;
}

std::vector<geo::UnitIndex> communes_within(const Dataset& dataset, std::string_view within) {
  const std::string asked = tidy(within);
  if (asked.empty()) return named(dataset, "", [](std::size_t) { return true; }).communes;

  const auto in_province = [&](std::size_t p) {
    return named(dataset, dataset.provinces[p].name, [&, p](std::size_t i) {
      return dataset.communes[i].province == static_cast<std::int32_t>(p);
    });
  };
  const auto in_district = [&](std::size_t d) {
    return named(dataset, dataset.districts[d].name, [&, d](std::size_t i) {
      return dataset.communes[i].district == static_cast<std::int32_t>(d);
    });
  };
  const auto itself = [&](std::size_t c) {
    return named(dataset, dataset.communes[c].full_name, [c](std::size_t i) { return i == c; });
  };

  // From the strictest reading to the loosest; the first that finds anything decides.
  const auto find = [&](auto matches) {
    std::vector<Named> found;
    for (std::size_t p = 0; p < dataset.provinces.size(); ++p)
      if (matches(dataset.provinces[p].code, dataset.provinces[p].name))
        found.push_back(in_province(p));
    for (std::size_t d = 0; d < dataset.districts.size(); ++d)
      if (matches(dataset.districts[d].code, dataset.districts[d].name))
        found.push_back(in_district(d));
    for (std::size_t c = 0; c < dataset.communes.size(); ++c)
      if (matches(dataset.communes[c].code, dataset.communes[c].full_name))
        found.push_back(itself(c));
    return found;
  };
  const auto bare = [](const std::string& name) { return split_kind(name).name; };
  auto found =
      find([&](const geo::UnitCode& code, const std::string&) { return code.text == asked; });
  if (found.empty())
    found = find([&, folded = fold_name(asked)](const geo::UnitCode&, const std::string& name) {
      return fold_name(name) == folded;
    });
  if (found.empty())
    found = find([&, folded = fold_search(asked)](const geo::UnitCode&, const std::string& name) {
      return fold_search(name) == folded;
    });
  if (found.empty())
    found =
        find([&, folded = fold_name(bare(asked))](const geo::UnitCode&, const std::string& name) {
          return fold_name(bare(name)) == folded;
        });
  if (found.empty())
    found =
        find([&, folded = fold_search(bare(asked))](const geo::UnitCode&, const std::string& name) {
          return fold_search(bare(name)) == folded;
        });

  if (found.empty())
    throw geo::Error(geo::ErrorKind::usage, geo::msg("data.no_such_unit", asked), "",
                     geo::msg("data.no_such_unit_remedy"));
  if (found.size() > 1) {
    std::string names;
    for (const Named& unit : found) names += (names.empty() ? "" : ", ") + unit.full_name;
    throw geo::Error(geo::ErrorKind::usage, geo::msg("data.several_units", asked, names), "",
                     geo::msg("data.several_units_remedy"));
  }
  // An empty list would mean "all" to those who ask.
  if (found.front().communes.empty())
    throw geo::Error(geo::ErrorKind::usage,
                     geo::msg("data.no_communes_within", found.front().full_name), "",
                     geo::msg("data.no_communes_within_remedy"));
  return std::move(found.front().communes);
}

}  // namespace data
