#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "app/language.hpp"
#include "app/plan_words.hpp"
#include "data/plan.hpp"
#include "data/plan_review.hpp"
#include "data/table_out.hpp"

namespace app {

/// A piece of kit that a team holds on a weekend.
struct KitHeld {
  std::uint32_t weekend = 0;
  Goer by;
  bool router = false;  ///< else a generator
  /// The team that owns one and does not hold it: from the same commune, else the same former
  /// district, else the same province. The team itself: its own. Empty: none is on record.
  std::optional<std::uint32_t> from;
  bool own() const { return by.copy == 0 && from == by.team; }
};
/// From the home of who borrows it to that of the lender. Empty: its own, from the same home, or
/// the way is not known.
std::optional<double> kit_km(const data::PlanBasis& basis, const KitHeld& kit);
/// "Đội Hai (Xã số 2, khoảng 12 km)"
std::string lender_text(const data::PlanBasis& basis, const KitHeld& kit, Language language);
/// By weekend, then team.
std::vector<KitHeld> kit_held(const data::Dataset& dataset, const data::Plan& plan);
/// The same by who holds it, by weekend.
std::map<Goer, std::vector<KitHeld>> kit_by_goer(const std::vector<KitHeld>& kit);

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
