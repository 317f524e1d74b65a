#include "app/derived.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "app/derive_parts.hpp"
#include "app/points.hpp"

namespace app {
namespace {

std::vector<geo::UnitIndex> all_units(const data::Dataset& dataset) {
  std::vector<geo::UnitIndex> units;
  units.reserve(dataset.communes.size());
  for (std::size_t i = 0; i < dataset.communes.size(); ++i) units.emplace_back(i);
  return units;
}

/// What the figures follow from.
View for_figures(View view) {
  view.selected.clear();
  view.language = Language::vietnamese;
  view.eye = render::Eye::normal;
  view.points = PointsShown::near;
  view.show_barriers = view.show_circles = view.show_labels = view.show_uncertain = true;
  return view;
}

const Pool& pool_of(Derived& derived, const Loaded& loaded) {
  if (loaded.pool) return *loaded.pool;
  if (!derived.pool || !derived.key || derived.key->dataset != loaded.dataset->version) {
    derived.pool = std::make_shared<const Pool>(loaded.dataset);
  }
  return *derived.pool;
}

void find_scores(Derived& derived, const DeriveKey& key, const data::Dataset& dataset) {
  const Figures& f = *derived.figures;
  derived.scores = data::scores(dataset, f.gaps, f.splits, derived.shown, f.at, key.weights);
  derived.score.assign(f.gaps.size(), std::numeric_limits<double>::quiet_NaN());
  for (std::size_t i = 0; i < derived.scores.units.size(); ++i) {
    derived.score[derived.scores.units[i].value] = derived.scores.score[i];
  }
}

}  // namespace

void keep_stability(Derived& derived, const data::Scores& scores,
                    const std::vector<double>& stays) {
  derived.stays.assign(derived.score.size(), 0);
  for (std::size_t i = 0; i < scores.units.size(); ++i) {
    derived.stays[scores.units[i].value] = stays[i];
  }
}

void derive(Derived& derived, const DeriveKey& key, const Loaded& loaded) {
  if (derived.key == key) return;
  const data::Dataset& dataset = *loaded.dataset;
  const Pool& pool = pool_of(derived, loaded);
  const std::optional<DeriveKey> was = derived.key;
  const bool same_land = was && was->dataset == key.dataset;
  const bool figures_stand = same_land && was->all_dates == key.all_dates &&
                             for_figures(was->view) == for_figures(key.view);
  if (!figures_stand) {
    const FiguresFrom from{&pool, &loaded.land->neighbours,
                           same_land ? derived.figures.get() : nullptr, key.all_dates};
    derived.figures = std::make_shared<const Figures>(figures(dataset, key.view, from));
    const Figures& f = *derived.figures;
    derived.shown = f.none ? f.within : f.within.empty() ? all_units(dataset) : f.within;
    const auto found = std::lower_bound(dataset.dates.begin(), dataset.dates.end(), f.at);
    derived.date_index.reset();
    if (found != dataset.dates.end() && *found == f.at) {
      derived.date_index = static_cast<std::size_t>(found - dataset.dates.begin());
    }
  }
  const Figures& f = *derived.figures;
  const bool points_stand = figures_stand && was->beyond == key.beyond;
  if (!points_stand) derived.attention = attention(loaded, f, derived.shown);
  if (!figures_stand || was->view.language != key.view.language || was->view.eye != key.view.eye) {
    derived.legend = legend(f, dataset, key.view.language);
    see_as(derived.legend, key.view.eye);
  }
  if (!points_stand || was->view.language != key.view.language) {
    derived.points_legend = points_legend(loaded.points.get(), dataset, f, key.view.language);
  }
  const bool scores_stand = figures_stand && was->weights == key.weights;
  if (!scores_stand) find_scores(derived, key, dataset);
  if (!scores_stand || was->first_k != key.first_k) derived.stays.clear();
  if (key.stays && derived.stays.empty() && derived.shown.size() <= stability_at_once) {
    keep_stability(derived, derived.scores,
                   data::stability(derived.scores, key.weights, key.first_k));
  }
  if (!figures_stand || was->column != key.column || was->ascending != key.ascending ||
      was->rank_barrier != key.rank_barrier || (key.column == RankColumn::score && !scores_stand)) {
    derived.ranking = ranking(dataset, derived, key);
  }
  const auto& selected = key.view.selected;
  const bool selection_stands = figures_stand && was->view.selected == selected;
  if (!selection_stands) {
    const auto& units = selected.empty() ? derived.shown : selected;
    Chosen chosen = choose(loaded, f, units, selected.empty());
    // The same at every date: of the same communes it stands.
    const bool series_stands = same_land && was->all_dates == key.all_dates &&
                               was->view.indicator == key.view.indicator &&
                               derived.chosen.units == chosen.units;
    chosen.series =
        series_stands ? std::move(derived.chosen.series) : series_of(pool, dataset, f, units);
    derived.chosen = std::move(chosen);
    derived.rivals = data::rival_figures_of(dataset, derived.chosen.units);
    derived.histogram = histogram(f, pool, derived.shown, selected);
  }
  if (!key.scatter) {
    derived.scatter = {};
  } else if (!selection_stands || !was->scatter || was->scatter_x != key.scatter_x ||
             was->scatter_y != key.scatter_y) {
    derived.scatter = scatter(pool, f.at, key.scatter_x, key.scatter_y, derived.shown, selected);
  }
  if (!key.time_lines) {
    derived.time_lines.clear();
  } else if (!selection_stands || !was->time_lines) {
    derived.time_lines = time_lines(dataset, pool, f, derived.shown, selected);
  }
  derived.key = key;
}

}  // namespace app
