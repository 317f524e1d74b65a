#pragma once
#include <optional>
#include <string>
#include <vector>

#include "app/language.hpp"
#include "data/plan.hpp"
#include "data/plan_review.hpp"
#include "data/table_out.hpp"

namespace app {

/// A piece of kit that a team holds on a weekend.
struct KitHeld {
  std::uint32_t weekend = 0, team = 0;  ///< team: into Dataset::teams
  bool router = false;                  ///< else a generator
  /// The team that owns one and does not hold it: from the same commune, else the same former
  /// district, else the same province. The team itself: its own. Empty: none is on record.
  std::optional<std::uint32_t> from;
};
/// By weekend, then team.
std::vector<KitHeld> kit_held(const data::Dataset& dataset, const data::Plan& plan);

/// The day on which each trip begins, in the order of Plan::trips: those of a team on a weekend
/// follow one another.
std::vector<geo::Date> first_days(const data::Plan& plan);

// The plan as tables; their titles are those of the sheets.
data::TableOut overview_table(const data::PlanBasis& basis, const data::Plan& plan,
                              Language language);
data::TableOut schedule_table(const data::PlanBasis& basis, const data::Plan& plan,
                              Language language);
/// The same by team, then day.
data::TableOut team_table(const data::PlanBasis& basis, const data::Plan& plan, Language language);
data::TableOut kit_table(const data::PlanBasis& basis, const data::Plan& plan, Language language);
/// Communes that are short of people or that somebody is sent to, most people short first.
data::TableOut commune_table(const data::PlanBasis& basis, const data::Plan& plan,
                             Language language);
/// What must be known about any of them: made up, of which day, from which files, estimated.
std::vector<std::string> plan_notes(const data::PlanBasis& basis, const data::Plan& plan,
                                    Language language);

/// What the reports show beside what was expected, a line for every row of the review.
data::TableOut review_table(const data::Dataset& dataset, const data::Plan& plan,
                            const data::PlanReview& review, Language language);
/// "Theo báo cáo: 60 tài khoản, bằng 75% của 80 dự kiến …": the sums in sentences.
std::vector<std::string> review_notes(const data::PlanReview& review, Language language);

}  // namespace app
