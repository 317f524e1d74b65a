#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "geo/date.hpp"
#include "geo/issue.hpp"
#include "geo/point.hpp"
#include "geo/unit.hpp"

namespace data {

class Workspace;

/// How long a scene may stand in the unattended loop.
inline constexpr double least_seconds = 2, most_seconds = 3600;

/// One screen of a briefing: what is shown, and what is said of it.
struct Scene {
  // What is shown.
  std::string indicator = "activation_l2", layer = "gap";  ///< ids
  std::optional<geo::Date> at;        ///< empty: the newest report, whenever it is shown
  std::optional<geo::Date> since;     ///< the last meeting; empty: four weeks before
  std::vector<geo::UnitCode> within;  ///< communes; empty: all
  std::string look = {};  ///< JSON of the app: classes, filter, what lies over the colours
  /// The map's middle and how many metres it is across; empty: all that is shown.
  struct Window {
    geo::LonLat centre;
    double metres = 0;
    bool operator==(const Window&) const = default;
  };
  std::optional<Window> window;
  std::vector<geo::UnitCode> highlighted;  ///< communes
  // What is said of it.
  std::string statement = {};        ///< id of a StatementKind; empty: none, a map with a headline
  std::string barrier = {};          ///< id, of statement "barrier"
  std::optional<std::int64_t> plan;  ///< KeptPlan::id, of statement "plan"
  std::string headline = {};         ///< as edited; empty: the statement's own
  std::string written_for = {};      ///< numbers_of() the statement when it was edited
  std::string note = {};             ///< for the presenter alone
  std::optional<double> seconds;     ///< in the unattended loop; empty: as the briefing
  bool operator==(const Scene&) const = default;
};

/// Scenes in order, under a name, in the workspace.
struct Briefing {
  std::int64_t id = 0;  ///< 0: not written yet
  std::string name;
  double seconds = 12;  ///< a scene stands in the unattended loop
  std::vector<Scene> scenes;
  std::string made_at, changed_at;  ///< UTC, ISO 8601
  bool operator==(const Briefing&) const = default;
};
/// Newest change first. A scene whose texts cannot be read is left out, with an issue.
std::vector<Briefing> briefings(Workspace& workspace, geo::Issues* issues = nullptr);
/// Writes it whole, in one transaction: a new one (id 0), or what is kept under its id, which may
/// have been deleted since. Answers it as it is kept. Error (usage) when the name is empty or
/// another briefing's, or a scene holds what none can have (an unknown indicator, no seconds).
Briefing keep_briefing(Workspace& workspace, Briefing briefing);
/// The same in a Transaction of the caller's, who has read in it what is there.
Briefing put_briefing(Workspace& workspace, Briefing briefing);
void delete_briefing(Workspace& workspace, std::int64_t id);

}  // namespace data
