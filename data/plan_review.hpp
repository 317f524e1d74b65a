#pragma once
#include <optional>
#include <vector>

#include "data/plan.hpp"

namespace data {

/// What the reports say of a commune that the plan sent somebody to, beside what was expected. The
/// weekends between two of its reports stand in one row: nobody can tell their people apart.
struct ReviewRow {
  geo::UnitIndex commune;
  std::uint32_t first_weekend = 0, last_weekend = 0;  ///< with trips there
  double expected = 0;                                ///< people, on those weekends
  bool due = false;                   ///< somebody has reported since; else it is too early to ask
  std::optional<geo::Date> from, to;  ///< the reports before and after
  /// Activated between the two, whoever did it; may be negative where counts were corrected. Empty:
  /// not reported, which is not 0.
  std::optional<double> reported;
  std::optional<double> sessions;  ///< reported with it
};

struct PlanReview {
  std::vector<ReviewRow> rows;  ///< by first weekend, then most expected first
  double expected = 0;          ///< of the rows that have a report
  double reported = 0;          ///< the same rows
  std::size_t compared = 0, not_reported = 0, not_due = 0;  ///< rows
  double sessions = 0, reported_in_sessions = 0;            ///< of rows with sessions
  std::optional<double> quotient() const;                   ///< reported / expected
  std::optional<double> per_session() const;                ///< activated per session
};

/// Sets the reports of `dataset` against the plan, by docs/formulas.md. Its communes are those the
/// plan was made for (same UnitIndex); its reports may be newer.
PlanReview review_of(const Dataset& dataset, const Plan& plan);

}  // namespace data
