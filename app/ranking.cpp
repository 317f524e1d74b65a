#include <algorithm>
#include <cmath>

#include "app/derive_parts.hpp"
#include "data/names.hpp"

namespace app {
namespace {

/// Numbers first, in the order asked for; communes without a number always last.
template <class Number>
void order_by(std::vector<data::RankRow>& rows, bool ascending, Number number) {
  std::stable_sort(rows.begin(), rows.end(), [&](const data::RankRow& a, const data::RankRow& b) {
    const std::optional<double> x = number(a), y = number(b);
    if (!x || !y) return x.has_value() && !y.has_value();
    return ascending ? *x < *y : *x > *y;
  });
}

}  // namespace

std::vector<data::RankRow> ranking(const data::Dataset& dataset, const Derived& derived,
                                   const DeriveKey& key) {
  const Figures& figures = *derived.figures;
  const std::vector<geo::UnitIndex>& units = derived.shown;
  const bool ascending = key.ascending;
  auto rows = data::rank(dataset, figures.gaps, figures.barriers, data::RankBy::shortfall, units);
  switch (key.column) {
    case RankColumn::barrier:
      order_by(rows, ascending, [&](const data::RankRow& r) -> std::optional<double> {
        if (!r.gap.shortfall) return std::nullopt;
        return figures.splits[r.unit.value].of(key.rank_barrier);
      });
      break;
    case RankColumn::score:
      order_by(rows, ascending, [&](const data::RankRow& r) -> std::optional<double> {
        const double score = derived.score[r.unit.value];
        return std::isnan(score) ? std::nullopt : std::optional(score);
      });
      break;
    case RankColumn::name:
      std::stable_sort(rows.begin(), rows.end(), [&](const auto& a, const auto& b) {
        const std::string x = data::fold_search(dataset.communes[a.unit.value].name);
        const std::string y = data::fold_search(dataset.communes[b.unit.value].name);
        return ascending ? x < y : x > y;
      });
      break;
    case RankColumn::rate:
      order_by(rows, ascending, [](const data::RankRow& r) -> std::optional<double> {
        return r.gap.rate ? std::optional(r.gap.rate->value) : std::nullopt;
      });
      break;
    case RankColumn::achievement:
      order_by(rows, ascending, [](const data::RankRow& r) -> std::optional<double> {
        return r.gap.achievement ? std::optional(r.gap.achievement->value) : std::nullopt;
      });
      break;
    case RankColumn::shortfall:
      if (ascending) {
        order_by(rows, true, [](const data::RankRow& r) -> std::optional<double> {
          return r.gap.shortfall ? std::optional(r.gap.shortfall->value) : std::nullopt;
        });
      }
      break;
    case RankColumn::teams:
      order_by(rows, ascending, [&](const data::RankRow& r) -> std::optional<double> {
        if (dataset.teams.empty()) return std::nullopt;
        return r.barriers.teams;
      });
      break;
    case RankColumn::district:
      order_by(rows, ascending, [&](const data::RankRow& r) -> std::optional<double> {
        const std::int32_t district = dataset.communes[r.unit.value].district;
        return district < 0 ? std::nullopt : std::optional<double>(district);
      });
      break;
    case RankColumn::eligible:
      order_by(rows, ascending, [](const data::RankRow& r) -> std::optional<double> {
        return r.gap.eligible ? std::optional(r.gap.eligible->value) : std::nullopt;
      });
      break;
    case RankColumn::unreached:
      order_by(rows, ascending, [](const data::RankRow& r) -> std::optional<double> {
        return r.gap.unreached ? std::optional(r.gap.unreached->value) : std::nullopt;
      });
      break;
    case RankColumn::no_grid:
      order_by(rows, ascending, [](const data::RankRow& r) -> std::optional<double> {
        if (r.barriers.settlements == 0) return std::nullopt;  // nothing is known of it
        return r.barriers.no_grid;
      });
      break;
    case RankColumn::poor_signal:
      order_by(rows, ascending, [](const data::RankRow& r) -> std::optional<double> {
        if (r.barriers.settlements == 0) return std::nullopt;
        return r.barriers.weak_signal + r.barriers.no_signal;
      });
      break;
    case RankColumn::as_of:
      order_by(rows, ascending, [](const data::RankRow& r) -> std::optional<double> {
        return r.gap.as_of ? std::optional<double>(r.gap.as_of->day.time_since_epoch().count())
                           : std::nullopt;
      });
      break;
  }
  return rows;
}

}  // namespace app
