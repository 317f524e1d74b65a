#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "data/barrier_rule.hpp"
#include "data/judgement.hpp"
#include "data/reports.hpp"
#include "geo/crs.hpp"
#include "geo/date.hpp"
#include "geo/point.hpp"
#include "geo/polygon.hpp"
#include "geo/unit.hpp"

namespace data {

/// A unit that sends (or sent) reports: a former commune, or a commune of today.
struct Reporter {
  geo::UnitCode code;
  std::string name;            ///< "Xã Mường Tùng"
  std::int32_t district = -1;  ///< former district, index into Dataset::districts; -1: none
  bool former = false;
  static constexpr std::uint32_t never_reported = UINT32_MAX;
  std::uint32_t column = never_reported;  ///< its place in Dataset::reports
};

/// What a commune of today takes from a reporter.
struct Part {
  std::uint32_t reporter = 0;
  double share = 1;        ///< of the reporter's counts
  bool estimated = false;  ///< apportioned: the former unit was split
  /// The part (of the same commune) that came after this one: the commune's own reports, or those
  /// of a unit in between. From its first number on it speaks for this one. -1: none.
  std::int32_t successor = -1;
};

struct Province {
  geo::UnitCode code;
  std::string name;  ///< "Tỉnh Điện Biên"
};
struct District {  ///< former: the tier ended on 1 July 2025
  geo::UnitCode code;
  std::string name;  ///< "Huyện Nậm Pồ"
  std::int32_t province = -1;
};

struct Commune {
  geo::UnitCode code;
  std::string name;       ///< "Si Pa Phìn"
  std::string full_name;  ///< "Xã Si Pa Phìn"
  std::string kind;       ///< "xã", "phường", "đặc khu"
  std::int32_t province = -1;
  std::int32_t district = -1;  ///< former district of most of it; -1: unknown
  std::optional<double> published_area_km2;
  std::optional<std::int64_t> published_population;
  double area_m2 = 0;       ///< on the ellipsoid
  std::vector<Part> parts;  ///< empty: nothing reports for it
  Trace trace;
};

enum class Electricity : std::uint8_t { unknown, grid, offgrid, none };
enum class Signal : std::uint8_t { unknown, good, weak, none };

struct Settlement {
  std::string_view id, name, kind;  ///< texts of it and of teams lie in Dataset::texts
  geo::UnitIndex commune;
  std::optional<geo::LonLat> at;
  std::optional<std::int64_t> households, residents, eligible;
  Electricity electricity = Electricity::unknown;
  Signal signal = Signal::unknown;
  std::optional<geo::Date> electricity_as_of, signal_as_of;
  std::string_view electricity_source, signal_source;                 ///< who says so
  std::optional<double> smartphone_share, own_sim_share, away_share;  ///< 0…1
  std::string_view road;
  Trace trace;
};

struct Team {
  std::string_view id, name, kind;
  geo::UnitLevel level = geo::UnitLevel::commune;
  geo::UnitIndex home;  ///< invalid: no commune known
  std::int64_t members = 0, union_members = 0;
  bool generator = false, mobile_router = false;
  std::string_view vehicle;
  std::optional<geo::LonLat> at;
  std::optional<geo::Date> closed_on;  ///< from this day on there is none
  Trace trace;
};

/// What a team did on a day, as entered.
struct Activity {
  std::string id, team;  ///< uuid, and the team's id; empty: not said
  std::optional<geo::Date> date;
  geo::UnitIndex commune;
  std::optional<std::int64_t> sessions, reached, activations;
  Trace trace;
};

/// A share of eligible people (or a count) that a unit should reach by a date.
struct Target {
  enum class Scope : std::uint8_t {
    country,
    province,
    district,
    commune,
    reporter
  } scope = Scope::province;
  std::uint32_t index = 0;  ///< into provinces, districts, communes or reporters
  std::string indicator;    ///< indicator id
  geo::Date due;
  std::optional<double> share;        ///< 0…1, as share of eligible people
  std::optional<std::int64_t> count;  ///< people, when the target is a count
  Trace trace;
};

struct Figure {
  std::string scope_level, scope, indicator;
  double value = 0;
  std::string qualifier;  ///< exact, nearly, more_than
  std::string unit, as_of, kind, source_document, note;
  Trace trace;
  std::int32_t place = -1;  ///< into provinces, districts or communes by scope_level; -1: elsewhere
};

/// A file that was imported, for the footer of a picture.
struct SourceFile {
  std::string file, kind;  ///< as Source has them
  bool operator==(const SourceFile&) const = default;
};

/// Everything that is shown, immutable, shared by all threads. Built by Workspace::load.
struct Dataset {
  std::uint64_t version = 0;               ///< unique per load; caches are keyed by it
  std::string title;                       ///< "Tỉnh Điện Biên", or the workspace's title
  bool made_up = false;                    ///< sample data: said on screen and in print
  std::optional<geo::Date> boundaries_of;  ///< the units are of this day, not of today
  geo::MapCrs crs;  ///< as set for the workspace, else the land has the one chosen
  std::vector<Province> provinces;
  std::vector<District> districts;
  std::vector<Commune> communes;  ///< by UnitIndex, in code order
  std::vector<Reporter> reporters;
  Reports reports;  ///< of the reporters, and of units that no commune of today comes from
  std::vector<Settlement> settlements;
  std::vector<Team> teams;         ///< those there are: counted and planned with
  std::vector<Team> closed_teams;  ///< by today, or by the latest report
  std::vector<Activity> activities;
  std::shared_ptr<const void> texts;  ///< keeps those of settlements and teams, mapped or read
  std::vector<Target> targets;
  std::vector<Figure> figures;
  BarrierRule barrier_rule;
  std::vector<Acceptance> acceptances;       ///< those that hold
  std::vector<FigureChoice> figure_choices;  ///< those that hold
  std::vector<geo::Date> dates;              ///< distinct report dates, in order
  std::vector<SourceFile> source_files;      ///< distinct, newest first
};

}  // namespace data
