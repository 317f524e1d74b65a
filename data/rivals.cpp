#include "data/rivals.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <tuple>

#include "data/author.hpp"
#include "data/names.hpp"
#include "data/workspace.hpp"

namespace data {
namespace {

/// "Tỉnh Điện Biên" and "Điện Biên" are one place at one level.
std::string folded_scope(const std::string& scope) {
  const KindAndName parts = split_kind(scope);
  return fold_name(parts.name.empty() ? scope : parts.name);
}

using Key = std::tuple<std::string, std::string, std::string>;
Key key_of(const std::string& level, const std::string& scope, const std::string& indicator) {
  return {level, folded_scope(scope), indicator};
}

/// What a published value leaves possible.
struct Possible {
  double least = 0, most = 0;
};
/// "Gần 300" is 300 or up to this share less; a newspaper would not say it of 250.
constexpr double nearly = 0.1;

Possible possible(const Figure& figure) {
  const double slack = std::abs(figure.value) * nearly;
  if (figure.qualifier == "nearly") return {figure.value - slack, figure.value};
  if (figure.qualifier == "more_than")
    return {figure.value, std::numeric_limits<double>::infinity()};
  return {figure.value, figure.value};
}

bool is_day(const std::string& text) {
  return text.size() == 10 && text[4] == '-' && text[7] == '-';
}

/// Only values of one thing at one time can contradict each other: the same kind, unit and date or
/// period. A cumulative count may also not fall from one date to a later one.
bool contradicts(const Figure& a, const Figure& b) {
  if (a.kind != b.kind || a.unit != b.unit) return false;
  const Possible x = possible(a), y = possible(b);
  if (a.as_of == b.as_of) return x.most < y.least || y.most < x.least;
  if (a.kind != "cumulative" || !is_day(a.as_of) || !is_day(b.as_of)) return false;
  return a.as_of < b.as_of ? y.most < x.least : x.most < y.least;
}

bool any_contradiction(const Dataset& dataset, const std::vector<std::size_t>& figures) {
  for (std::size_t i = 0; i < figures.size(); ++i)
    for (std::size_t j = i + 1; j < figures.size(); ++j)
      if (contradicts(dataset.figures[figures[i]], dataset.figures[figures[j]])) return true;
  return false;
}

}  // namespace

std::vector<RivalFigures> rival_figures(const Dataset& dataset) {
  std::map<Key, std::size_t> places;
  std::vector<RivalFigures> out;
  for (std::size_t i = 0; i < dataset.figures.size(); ++i) {
    const Figure& f = dataset.figures[i];
    const auto [at, is_new] =
        places.emplace(key_of(f.scope_level, f.scope, f.indicator), out.size());
    if (is_new) {
      RivalFigures& fresh = out.emplace_back();
      fresh.scope_level = f.scope_level;
      fresh.scope = f.scope;
      fresh.indicator = f.indicator;
    }
    out[at->second].figures.push_back(i);
  }
  for (RivalFigures& rivals : out) {
    std::stable_sort(rivals.figures.begin(), rivals.figures.end(),
                     [&](std::size_t a, std::size_t b) {
                       return dataset.figures[a].as_of < dataset.figures[b].as_of;
                     });
    rivals.contradict = any_contradiction(dataset, rivals.figures);
  }
  for (const FigureChoice& choice : dataset.figure_choices) {
    const auto at = places.find(key_of(choice.scope_level, choice.scope, choice.indicator));
    if (at == places.end()) continue;  // its import was taken back
    RivalFigures& rivals = out[at->second];
    for (std::size_t i = 0; i < rivals.figures.size(); ++i) {
      const Figure& f = dataset.figures[rivals.figures[i]];
      if (f.source_document != choice.document || f.as_of != choice.as_of) continue;
      rivals.chosen = i;
      rivals.reason = choice.reason;
      rivals.by = choice.by;
      rivals.at = choice.at;
    }
  }
  return out;
}

std::vector<RivalFigures> rival_figures_of(const Dataset& dataset,
                                           const std::vector<geo::UnitIndex>& units) {
  // Places by level and name, for figures whose unit was not known when they were imported.
  std::vector<bool> provinces(dataset.provinces.size()), districts(dataset.districts.size()),
      communes(dataset.communes.size());
  for (const geo::UnitIndex unit : units) {
    const Commune& commune = dataset.communes[unit.value];
    communes[unit.value] = true;
    if (commune.province >= 0) provinces[static_cast<std::size_t>(commune.province)] = true;
    if (commune.district >= 0) districts[static_cast<std::size_t>(commune.district)] = true;
  }
  const auto wanted = [&](const Figure& figure) {
    const auto among = [&](const std::vector<bool>& chosen, const auto& name_of) {
      if (figure.place >= 0) return bool(chosen[static_cast<std::size_t>(figure.place)]);
      for (std::size_t i = 0; i < chosen.size(); ++i)
        if (chosen[i] && folded_scope(name_of(i)) == folded_scope(figure.scope)) return true;
      return false;
    };
    if (figure.scope_level == "province")
      return among(provinces, [&](std::size_t i) { return dataset.provinces[i].name; });
    if (figure.scope_level == "district")
      return among(districts, [&](std::size_t i) { return dataset.districts[i].name; });
    if (figure.scope_level == "commune")
      return among(communes, [&](std::size_t i) { return dataset.communes[i].full_name; });
    return false;
  };
  std::vector<RivalFigures> out;
  for (RivalFigures& rivals : rival_figures(dataset))
    if (std::any_of(rivals.figures.begin(), rivals.figures.end(),
                    [&](std::size_t i) { return wanted(dataset.figures[i]); }))
      out.push_back(std::move(rivals));
  return out;
}

void choose_figure(Workspace& workspace, const Dataset& dataset, const RivalFigures& rivals,
                   std::optional<std::size_t> figure, const std::string& reason) {
  Transaction transaction(workspace.database());
  const Figure* chosen = figure ? &dataset.figures[*figure] : nullptr;
  workspace.database()
      .prepare(
          "INSERT INTO figure_choice (scope_level, scope, indicator, withdrawn, document, as_of,"
          " reason, decided_by, decided_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)")
      .bind(1, rivals.scope_level)
      .bind(2, rivals.scope)
      .bind(3, rivals.indicator)
      .bind(4, chosen == nullptr ? 1 : 0)
      .bind(5, chosen == nullptr ? std::string() : chosen->source_document)
      .bind(6, chosen == nullptr ? std::string() : chosen->as_of)
      .bind(7, reason)
      .bind(8, account_name())
      .bind(9, utc_now())
      .run();
  transaction.commit();
}

}  // namespace data
