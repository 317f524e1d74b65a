#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "data/dataset.hpp"

namespace data {

class Workspace;

/// Published values of one scope and indicator that stand side by side.
struct RivalFigures {
  std::string scope_level, scope, indicator;
  std::vector<std::size_t> figures;   ///< into Dataset::figures, oldest as-of first
  std::optional<std::size_t> chosen;  ///< position in `figures`: what a person decided to show
  std::string reason, by, at;         ///< of that choice
  bool contradict = false;            ///< their values (with their qualifiers) cannot all be true
};

/// All figures, grouped by scope (name folded, kind word aside) and indicator; most stand alone.
std::vector<RivalFigures> rival_figures(const Dataset& dataset);
/// Those about the communes chosen: of their province, former district or commune, by unit.
std::vector<RivalFigures> rival_figures_of(const Dataset& dataset,
                                           const std::vector<geo::UnitIndex>& units);

/// Appends the choice to the workspace; `figure` into Dataset::figures. Empty: no choice any more.
void choose_figure(Workspace& workspace, const Dataset& dataset, const RivalFigures& rivals,
                   std::optional<std::size_t> figure, const std::string& reason);

}  // namespace data
