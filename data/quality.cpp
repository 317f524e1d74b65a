#include "data/quality.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>

#include "data/author.hpp"
#include "data/quality_checks.hpp"
#include "data/workspace.hpp"
#include "geo/error.hpp"

namespace data {
namespace {

using geo::msg;

double median_of(std::vector<double>& values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  if (values.size() % 2 == 1) return *middle;
  return (*middle + *std::max_element(values.begin(), middle)) / 2;
}

void decide(Workspace& workspace, const std::string& key, bool withdrawn,
            const std::string& reason) {
  Transaction transaction(workspace.database());
  workspace.database()
      .prepare(
          "INSERT INTO acceptance (key, withdrawn, reason, decided_by, decided_at)"
          " VALUES (?, ?, ?, ?, ?)")
      .bind(1, key)
      .bind(2, withdrawn ? 1 : 0)
      .bind(3, reason)
      .bind(4, account_name())
      .bind(5, utc_now())
      .run();
  transaction.commit();
}

}  // namespace

Robust robust(std::vector<double> values) {
  if (values.empty()) return {};
  Robust out;
  out.median = median_of(values);
  for (double& value : values) value = std::abs(value - out.median);
  out.deviation = 1.4826 * median_of(values);
  return out;
}

std::vector<geo::UnitIndex> home_of_reporters(const Dataset& dataset) {
  std::vector<geo::UnitIndex> home(dataset.reporters.size());
  std::vector<double> share(dataset.reporters.size());
  for (std::size_t c = 0; c < dataset.communes.size(); ++c)
    for (const Part& part : dataset.communes[c].parts)
      if (part.share > share[part.reporter]) {
        share[part.reporter] = part.share;
        home[part.reporter] = geo::UnitIndex(c);
      }
  return home;
}

std::string_view id(Check check) {
  switch (check) {
    case Check::counts_order:
      return "counts_order";
    case Check::falling:
      return "falling";
    case Check::jump:
      return "jump";
    case Check::density:
      return "density";
    case Check::residents:
      return "residents";
    case Check::settlement_outside:
      return "settlement_outside";
    case Check::settlement_without_commune:
      return "settlement_without_commune";
    case Check::team_without_commune:
      return "team_without_commune";
    case Check::silent:
      return "silent";
    case Check::never_reported:
      return "never_reported";
  }
  return {};
}

std::optional<Check> check_by_id(std::string_view word) {
  for (const Check check : all_checks)
    if (id(check) == word) return check;
  return std::nullopt;
}

std::vector<Finding> check_quality(const Dataset& dataset, const geo::HitIndex* hits,
                                   const geo::Progress& progress) {
  Findings findings;
  check_reports(dataset, findings, progress.part(0, 0.5));
  check_places(dataset, hits, findings, progress.part(0.5, 1));
  std::map<std::string_view, const Acceptance*> accepted;
  for (const Acceptance& acceptance : dataset.acceptances)
    accepted.emplace(acceptance.key, &acceptance);
  for (Finding& finding : findings)
    if (const auto found = accepted.find(finding.key); found != accepted.end())
      finding.accepted = *found->second;
  std::sort(findings.begin(), findings.end(), [](const Finding& a, const Finding& b) {
    return std::tuple(b.severity, a.check, a.unit, std::string_view(a.key)) <
           std::tuple(a.severity, b.check, b.unit, std::string_view(b.key));
  });
  return findings;
}

void accept_finding(Workspace& workspace, const std::string& key, const std::string& reason) {
  if (reason.find_first_not_of(" \t\n") == std::string::npos)
    throw geo::Error(geo::ErrorKind::usage, msg("data.accept_without_reason"), key,
                     msg("data.accept_without_reason_remedy"));
  decide(workspace, key, false, reason);
}

bool is_accepted(Workspace& workspace, const std::string& key) {
  Statement row = workspace.database().prepare("SELECT 1 FROM current_acceptance WHERE key = ?");
  row.bind(1, key);
  return row.step();
}

void withdraw_acceptance(Workspace& workspace, const std::string& key) {
  decide(workspace, key, true, {});
}

}  // namespace data
