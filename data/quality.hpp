#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "data/dataset.hpp"
#include "geo/hit_index.hpp"
#include "geo/issue.hpp"
#include "geo/progress.hpp"

namespace data {

class Workspace;

enum class Check : std::uint8_t {
  counts_order,                ///< activated ≤ installed ≤ eligible
  falling,                     ///< a cumulative count fell
  jump,                        ///< more in a week than the teams could do
  density,                     ///< published population: outlier in people per km²
  residents,                   ///< residents of settlements against published population
  settlement_outside,          ///< a settlement lies outside its commune
  settlement_without_commune,  ///< a settlement of which it is not known where it belongs
  team_without_commune,        ///< a team whose home is not known
  silent,                      ///< a reporter's latest report is too old at the latest date
  never_reported               ///< a reporter (or commune) without any report
};
inline constexpr Check all_checks[] = {Check::counts_order,
                                       Check::falling,
                                       Check::jump,
                                       Check::density,
                                       Check::residents,
                                       Check::settlement_outside,
                                       Check::settlement_without_commune,
                                       Check::team_without_commune,
                                       Check::silent,
                                       Check::never_reported};
std::string_view id(Check check);  ///< "counts_order" …
std::optional<Check> check_by_id(std::string_view id);

/// Why somebody let stand, when it was entered, what a finding is about.
struct KeptReason {
  std::string reason;
  std::string unit;  ///< who: "Xã Mường Nhé"
};

/// One thing the numbers say about themselves.
struct Finding {
  Check check = Check::counts_order;
  geo::Severity severity = geo::Severity::warning;
  geo::Message message;  ///< a whole sentence with the numbers that contradict each other
  std::string key;       ///< the same at every check of the same data; acceptances hold on to it
  geo::UnitIndex unit;   ///< commune of today; invalid when there is none
  std::optional<geo::LonLat> at;  ///< a settlement's place, for zooming
  std::optional<Trace> trace;
  std::optional<Acceptance> accepted;
  std::optional<KeptReason> kept;  ///< see add_reasons (data/kept_reasons.hpp)
};

/// All findings, gravest first, then by check, commune and key; accepted ones too. `hits`: of the
/// dataset's land at full detail (Land::hits); without it nobody looks where settlements lie.
/// Linear in rows. May run on any thread.
std::vector<Finding> check_quality(const Dataset& dataset, const geo::HitIndex* hits = nullptr,
                                   const geo::Progress& progress = {});

/// Appends the acceptance (or, with withdraw, its end) to the workspace in one transaction.
void accept_finding(Workspace& workspace, const std::string& key, const std::string& reason);
void withdraw_acceptance(Workspace& workspace, const std::string& key);
bool is_accepted(Workspace& workspace, const std::string& key);

}  // namespace data
