#include "data/state_difference.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "data/cell.hpp"
#include "data/history_rows.hpp"
#include "data/operation_fields.hpp"
#include "data/operation_history.hpp"
#include "data/report_counts.hpp"

namespace data {
namespace {

using Values = std::map<std::string, std::string>;

/// One moment, opened.
struct State {
  std::string time;
  Database copy;
  std::shared_ptr<const Dataset> dataset;
  Authority authority;
  State(Workspace& workspace, std::string at)
      : time(std::move(at)),
        copy(copy_as_known(workspace, time)),
        dataset(load_copy(copy, time)),
        authority(copy) {}
};

std::size_t number(Database& database, const char* sql) {
  Statement row = database.prepare(sql);
  return row.step() ? static_cast<std::size_t>(row.integer(0)) : 0;
}

/// A code alone does not tell a district from a province, nor from the one that bore it before.
UnitKey above(State& state, std::int64_t commune, geo::UnitLevel level, const std::string& code) {
  for (const std::int64_t id : state.authority.over(commune))
    if (UnitKey unit = state.authority.key_of(id); unit.level == level && unit.code == code)
      return unit;
  return {level, code, {}};
}

std::vector<KnownState::Place> places(State& state, const std::vector<Gap>& gaps) {
  const Dataset& dataset = *state.dataset;
  const bool districts = !dataset.districts.empty();
  const std::size_t n = districts ? dataset.districts.size() : dataset.provinces.size();
  std::vector<std::vector<geo::UnitIndex>> of(n + 1);
  for (std::uint32_t i = 0; i < dataset.communes.size(); ++i) {
    const Commune& commune = dataset.communes[i];
    const std::int32_t in = districts ? commune.district : commune.province;
    of[in < 0 ? n : static_cast<std::size_t>(in)].push_back(geo::UnitIndex{i});
  }
  std::vector<std::int64_t> communes;  // as the dataset has them
  Statement row = state.copy.prepare("SELECT id FROM commune_today ORDER BY code");
  while (row.step()) communes.push_back(row.integer(0));
  std::vector<KnownState::Place> out;
  for (std::size_t i = 0; i <= n; ++i) {
    if (of[i].empty()) continue;
    KnownState::Place place;
    if (i < n) {
      place.unit = districts ? above(state, communes.at(of[i].front().value),
                                     geo::UnitLevel::district, dataset.districts[i].code.text)
                             : above(state, communes.at(of[i].front().value),
                                     geo::UnitLevel::province, dataset.provinces[i].code.text);
      place.name = districts ? dataset.districts[i].name : dataset.provinces[i].name;
    }
    place.gap = total(gaps, of[i]);
    out.push_back(std::move(place));
  }
  return out;
}

KnownState summary(Workspace& workspace, State& state) {
  const Dataset& d = *state.dataset;
  KnownState out;
  out.time = state.time;
  out.operations = number(state.copy, "SELECT count(*) FROM operation");
  out.imports = number(state.copy, "SELECT count(*) FROM source WHERE kind <> 'entries'");
  out.communes = d.communes.size();
  for (std::uint32_t unit = 0; unit < d.reports.units().size(); ++unit)
    out.reports += d.reports.reported(unit);
  out.settlements = d.settlements.size();
  out.teams = d.teams.size();
  out.activities = d.activities.size();
  out.targets = d.targets.size();
  if (!d.dates.empty()) out.newest_report = d.dates.back();
  out.missing = missing_from(workspace.database(), state.time);
  const auto day = geo::parse_date(std::string_view(state.time).substr(0, 10));
  const auto all = gaps(d, Indicator::activation_l2, day.value_or(geo::Date{}));
  out.districts = places(state, all);
  out.whole = total(all);
  return out;
}

std::vector<PlaceDifference> places_of_both(const KnownState& then, const KnownState& later) {
  std::map<std::pair<bool, UnitKey>, PlaceDifference> both;  // those of none last
  const auto one = [&](const KnownState::Place& place) -> PlaceDifference& {
    const bool none = place.unit.code.empty();
    PlaceDifference& out = both[{none, none ? UnitKey{} : place.unit}];
    out.unit = place.unit;
    out.name = place.name;
    return out;
  };
  for (const KnownState::Place& place : then.districts) one(place).then = place.gap;
  for (const KnownState::Place& place : later.districts) one(place).later = place.gap;
  std::vector<PlaceDifference> out;
  for (auto& [key, place] : both) out.push_back(std::move(place));
  return out;
}

/// Reads rows of what is no report: as operations would write their fields.
class Rows {
 public:
  explicit Rows(State& state) : state_(state) {}

  std::map<std::string, Values> of(RecordKind kind) {
    std::map<std::string, Values> out;
    Statement row = state_.copy.prepare(sql(kind));
    while (row.step()) {
      Values& values = out[row.text(0)];
      int column = 1;
      for (const RecordField& field : fields_of(kind)) {
        auto text = value(row, field, column);
        column += field.value == ValueKind::place ? 2 : 1;
        if (text && !text->empty()) values.emplace(field.name, std::move(*text));
      }
    }
    return out;
  }

 private:
  /// The columns in the order of fields_of(); a place takes two.
  static const char* sql(RecordKind kind) {
    switch (kind) {
      case RecordKind::team:
        return "SELECT code, name, level, kind, unit_id, former_unit_id, members, union_members,"
               " established_on, closed_on, generator, mobile_router, vehicle, lon, lat"
               " FROM current_team ORDER BY code";
      case RecordKind::settlement:
        return "SELECT code, name, kind, unit_id, former_unit_id, households, residents, eligible,"
               " electricity, electricity_as_of, electricity_source, signal, signal_as_of,"
               " signal_source, smartphone_share, own_sim_share, away_share, road, X(geom), Y(geom)"
               " FROM current_settlement ORDER BY code";
      case RecordKind::activity:
      case RecordKind::report:
        break;
    }
    return "SELECT uuid, team, date, unit_id, sessions, reached, activations FROM activity"
           " ORDER BY uuid";
  }

  std::optional<std::string> value(const Statement& row, const RecordField& field, int column) {
    if (row.is_null(column)) return std::nullopt;
    switch (field.value) {
      case ValueKind::count:
        return std::to_string(row.integer(column));
      case ValueKind::share:
        return plain_number(row.real(column));
      case ValueKind::unit:
        return unit_text(state_.authority.key_of(row.integer(column)));
      case ValueKind::place:
        if (row.is_null(column + 1)) return std::nullopt;
        return place_text(row.real(column), row.real(column + 1));
      case ValueKind::text:
      case ValueKind::day:
      case ValueKind::word:
      case ValueKind::code:
        break;
    }
    return row.text(column);
  }

  State& state_;
};

class Comparison {
 public:
  Comparison(Workspace& workspace, State& then, State& later, StateDifference& out,
             std::size_t most)
      : workspace_(workspace), then_(then), later_(later), out_(out), most_(most) {}

  void reports() {
    const Reports &a = then_.dataset->reports, &b = later_.dataset->reports;
    // The ids of units are those of the workspace, in both.
    std::map<std::int64_t, std::pair<std::uint32_t, std::uint32_t>> units;
    constexpr std::uint32_t none = UINT32_MAX;
    for (std::uint32_t i = 0; i < a.units().size(); ++i) units[a.units()[i]] = {i, none};
    for (std::uint32_t i = 0; i < b.units().size(); ++i)
      units.try_emplace(b.units()[i], none, none).first->second.second = i;
    std::map<geo::Date, std::pair<std::size_t, std::size_t>> dates;
    for (std::size_t i = 0; i < a.dates().size(); ++i) dates[a.dates()[i]] = {i, SIZE_MAX};
    for (std::size_t i = 0; i < b.dates().size(); ++i)
      dates.try_emplace(b.dates()[i], SIZE_MAX, SIZE_MAX).first->second.second = i;
    const auto value = [](const Reports& of, std::size_t date, std::uint32_t unit, Count count) {
      return date == SIZE_MAX || unit == none ? std::nullopt : of.number(date, count, unit);
    };
    const auto text = [](const std::optional<std::int64_t>& n) {
      return n ? std::optional(std::to_string(*n)) : std::nullopt;
    };
    for (const auto& [id, at] : units) {
      std::optional<UnitKey> unit;
      for (const auto& [date, place] : dates) {
        for (const Count count : all_counts) {
          const auto x = value(a, place.first, at.first, count);
          const auto y = value(b, place.second, at.second, count);
          if (x == y) continue;
          if (!unit) unit = key_of(id);
          add(report_record(*unit, date), std::string(field_of(count)), text(x), text(y));
        }
      }
    }
  }

  void records(RecordKind kind) {
    const auto a = Rows(then_).of(kind), b = Rows(later_).of(kind);
    static const Values nothing;
    std::set<std::string> keys;
    for (const auto& [key, values] : a) keys.insert(key);
    for (const auto& [key, values] : b) keys.insert(key);
    for (const std::string& key : keys) {
      const auto x = a.find(key), y = b.find(key);
      const Values &then = x == a.end() ? nothing : x->second,
                   &later = y == b.end() ? nothing : y->second;
      for (const RecordField& field : fields_of(kind)) {
        const std::string name(field.name);
        const auto p = then.find(name), q = later.find(name);
        const auto one = p == then.end() ? std::nullopt : std::optional(p->second);
        const auto two = q == later.end() ? std::nullopt : std::optional(q->second);
        if (one != two) add({kind, key}, name, one, two);
      }
    }
  }

 private:
  UnitKey key_of(std::int64_t id) {
    // A unit that came later is not in the earlier copy.
    const UnitKey unit = later_.authority.key_of(id);
    return unit.code.empty() ? then_.authority.key_of(id) : unit;
  }
  void add(RecordKey record, std::string field, std::optional<std::string> then,
           std::optional<std::string> later) {
    ++out_.all;
    if (out_.fields.size() >= most_) return;
    if (names_.empty() || names_.back().first != record)
      names_.assign(1, {record, record_name(workspace_, record)});
    out_.fields.push_back({std::move(record), names_.back().second, std::move(field),
                           std::move(then), std::move(later)});
  }

  Workspace& workspace_;
  State &then_, &later_;
  StateDifference& out_;
  std::size_t most_;
  std::vector<std::pair<RecordKey, std::string>> names_;  ///< of the record at hand
};

}  // namespace

KnownState known_state(Workspace& workspace, const std::string& time) {
  State state(workspace, time);
  return summary(workspace, state);
}

StateDifference compare_states(Workspace& workspace, const std::string& then,
                               const std::string& later, std::size_t most,
                               const geo::Progress& progress) {
  const geo::Message doing = geo::msg("data.doing_compare_moments");
  StateDifference out;
  const OneMoment moment(workspace.database());
  progress.at(0, doing);
  State one(workspace, then);
  progress.at(0.35, doing);
  State two(workspace, later);
  progress.at(0.7, doing);
  out.then = summary(workspace, one);
  out.later = summary(workspace, two);
  out.places = places_of_both(out.then, out.later);
  Comparison comparison(workspace, one, two, out, most);
  comparison.reports();
  progress.at(0.9, doing);
  for (const RecordKind kind : {RecordKind::team, RecordKind::settlement, RecordKind::activity})
    comparison.records(kind);
  std::stable_sort(out.fields.begin(), out.fields.end(),
                   [](const auto& a, const auto& b) { return a.record < b.record; });
  return out;
}

}  // namespace data
