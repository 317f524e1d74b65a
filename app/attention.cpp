#include <algorithm>

#include "app/derived.hpp"

namespace app {
std::vector<Attention> attention(const Loaded& loaded, const Figures& figures,
                                 std::span<const geo::UnitIndex> within) {
  const data::Dataset& dataset = *loaded.dataset;
  std::vector<geo::UnitIndex> silent, incomplete, missing, above, no_team;
  std::vector<bool> inside(figures.gaps.size());
  for (const geo::UnitIndex unit : within) inside[unit.value] = true;
  for (std::size_t i = 0; i < figures.gaps.size(); ++i) {
    const data::Gap& gap = figures.gaps[i];
    const geo::UnitIndex unit(i);
    if (!inside[i]) continue;
    if (gap.parts_silent > 0) silent.push_back(unit);
    if (is_incomplete(gap)) incomplete.push_back(unit);
    if (gap.status == data::Status::not_reported) missing.push_back(unit);
    if (gap.rate && data::is_reported(figures.indicator) && gap.rate->value > 1) {
      above.push_back(unit);
    }
    if (!dataset.teams.empty() && figures.barriers[i].teams == 0) no_team.push_back(unit);
  }
  std::vector<Attention> out;
  const auto say_if = [&out](const std::vector<geo::UnitIndex>& units, geo::Message message,
                             bool grave) {
    if (!units.empty()) out.push_back({std::move(message), units, grave});
  };
  say_if(missing, geo::msg("app.attention_not_reported", missing.size()), true);
  say_if(silent, geo::msg("app.attention_silent", silent.size()), true);
  say_if(incomplete, geo::msg("app.attention_incomplete", incomplete.size()), true);
  say_if(above, geo::msg("app.attention_above_all", above.size()), true);
  say_if(no_team, geo::msg("app.attention_no_team", no_team.size()), false);
  const auto count = [&](geo::Severity severity) {
    return std::count_if(loaded.issues.begin(), loaded.issues.end(),
                         [&](const geo::Issue& issue) { return issue.severity == severity; });
  };
  if (const auto n = count(geo::Severity::error); n > 0) {
    out.push_back({geo::msg("app.attention_refused", n), {}, true});
  }
  if (const auto n = count(geo::Severity::warning); n > 0) {
    out.push_back({geo::msg("app.attention_warnings", n), {}, false});
  }
  return out;
}

}  // namespace app
