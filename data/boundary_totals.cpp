// Nobody is lost by a decree, and nobody counted twice.
#include "data/boundary_totals.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <set>
#include <tuple>
#include <unordered_map>

#include "data/boundaries_then.hpp"
#include "data/dataset.hpp"
#include "data/load_units.hpp"
#include "data/snapshot.hpp"
#include "geo/cache_folder.hpp"

namespace data {

struct Totalled {
  Dataset dataset;  ///< its units and reports
  UnitPlaces places;
  /// By unit id, for those with reports: the shares of it that communes show.
  std::unordered_map<std::int64_t, std::vector<double>> shown;
  PlaceRecords records;
  /// Those with a commune, by code: whether their place told it.
  std::map<std::string_view, bool> settlements, teams;
};

namespace {

Totalled read(Database& database, bool committed, const geo::Progress& progress) {
  const OneMoment moment(database);
  Totalled out;
  const SnapshotUse use{.cache = geo::cache_folder(), .may_keep = committed};
  out.records = read_places(database, use);
  out.dataset.reports = read_reports(database, use, progress.part(0, 0.6));
  out.places = load_units(database, out.dataset, out.records, false, progress.part(0.6, 1));
  std::vector<std::vector<double>> by_reporter(out.dataset.reporters.size());
  for (const Commune& commune : out.dataset.communes)
    for (const Part& part : commune.parts) by_reporter[part.reporter].push_back(part.share);
  for (const std::int64_t unit : out.dataset.reports.units())
    if (const auto at = out.places.reporters.find(unit); at != out.places.reporters.end())
      if (!by_reporter[at->second].empty()) out.shown.emplace(unit, by_reporter[at->second]);
  LandHolder land(database);
  const auto place = [&](const auto& record, auto& with_commune) {
    const auto at =
        place_of_today(out.places, land, record.unit, record.former_unit, record.lon, record.lat);
    if (at.commune.valid()) with_commune.emplace(out.records.at(record.code), at.by_land);
  };
  for (const SettlementRecord& s : out.records.settlements) place(s, out.settlements);
  for (const TeamRecord& t : out.records.teams) place(t, out.teams);
  return out;
}

double counted(const Totalled& of, std::int64_t unit) {
  const auto at = of.shown.find(unit);
  if (at == of.shown.end()) return 0;
  return std::accumulate(at->second.begin(), at->second.end(), 0.0);
}

/// Whether a unit's reports are counted once; shares are doubles whose sums round.
bool once(double counted) { return std::abs(counted - 1) < 1e-9; }

/// What communes show of a number, in whole people.
std::int64_t shown_of(const Totalled& of, std::int64_t unit, std::int64_t number) {
  const auto at = of.shown.find(unit);
  if (at == of.shown.end()) return 0;
  if (at->second.size() == 1) return std::llround(static_cast<double>(number) * at->second[0]);
  const auto people = whole_people(number, at->second);
  return std::accumulate(people.begin(), people.end(), std::int64_t{0});
}

}  // namespace

std::vector<std::int64_t> whole_people(std::int64_t number, std::span<const double> shares) {
  std::vector<std::int64_t> out;
  std::vector<std::pair<double, std::size_t>> rests;
  std::int64_t given = 0;
  double exact = 0;
  for (std::size_t i = 0; i < shares.size(); ++i) {
    const double part = static_cast<double>(number) * shares[i];
    exact += part;
    // 0.25 × 400 may come out as 99.999…: that is 100 with no rest.
    const double floor = std::floor(part + 1e-9);
    out.push_back(static_cast<std::int64_t>(floor));
    given += out.back();
    // The largest rest first; those that only rounding tells apart in order.
    rests.emplace_back(std::round((floor - part) * 1e6), i);
  }
  std::sort(rests.begin(), rests.end());
  for (std::int64_t left = std::llround(exact) - given; left > 0 && !rests.empty();)
    for (std::size_t i = 0; i < rests.size() && left > 0; ++i, --left) ++out[rests[i].second];
  return out;
}

bool DecreeTotals::equal() const {
  return losses.empty() &&
         std::all_of(days.begin(), days.end(), [](const Day& d) { return d.before == d.after; });
}

std::vector<EstimatedPart> estimated_parts(Workspace& workspace) {
  const Totalled all = read(workspace.database(), false, {});
  std::vector<EstimatedPart> out;
  for (const auto& [former, link] : all.places.became) {
    if (!link.estimated || !all.places.communes.contains(link.unit)) continue;
    const UnitFacts& from = all.places.facts.at(former);
    const UnitFacts& to = all.places.facts.at(link.unit);
    out.push_back({from.code, from.full_name, to.code, to.full_name, link.share, link.basis});
  }
  std::sort(out.begin(), out.end(), [](const auto& a, const auto& b) {
    return std::tie(a.former_code, a.code) < std::tie(b.former_code, b.code);
  });
  return out;
}

std::shared_ptr<const Totalled> totals_before(Database& database, const geo::Progress& progress) {
  return std::make_shared<const Totalled>(read(database, true, progress));
}

DecreeTotals totals_after(Database& database, const Totalled& before, const std::string& day,
                          const Decree& decree) {
  const Totalled after = read(database, false, {});
  DecreeTotals out;
  const Reports& reports = after.dataset.reports;
  std::vector<bool> summed(reports.units().size());
  for (std::size_t u = 0; u < reports.units().size(); ++u) {
    const std::int64_t unit = reports.units()[u];
    const double was = counted(before, unit), is = counted(after, unit);
    if (was == 0 && is == 0) {
      out.unshown += reports.reported(static_cast<std::uint32_t>(u)) > 0;
      continue;
    }
    summed[u] = true;
    if (once(is) || std::abs(was - is) < 1e-9) continue;
    const UnitFacts& facts = after.places.facts.at(unit);
    out.losses.push_back({facts.code, facts.full_name, was, is});
  }
  for (std::size_t d = 0; d < reports.dates().size(); ++d) {
    DecreeTotals::Day& sums = out.days.emplace_back();
    sums.date = reports.dates()[d];
    for (std::size_t c = 0; c < sums.before.size(); ++c)
      for (std::uint32_t u = 0; u < summed.size(); ++u) {
        if (!summed[u]) continue;
        const auto number = reports.number(d, static_cast<Count>(c), u);
        if (!number) continue;
        sums.reported[c] = true;
        // What was not shown before counts as it was reported.
        const std::int64_t unit = reports.units()[u];
        sums.before[c] += before.shown.contains(unit) ? shown_of(before, unit, *number) : *number;
        sums.after[c] += shown_of(after, unit, *number);
      }
  }
  // Gives back how many their places tell now.
  const auto compare = [&](const auto& records, const auto& had, const auto& have, bool team) {
    std::size_t placed = 0;
    for (const auto& record : records) {
      const auto code = before.records.at(record.code);
      const auto was = had.find(code), is = have.find(code);
      if (was != had.end() && is == have.end())
        out.homeless.push_back(
            {std::string(code), std::string(before.records.at(record.name)), team});
      placed += was != had.end() && !was->second && is != have.end() && is->second;
    }
    return placed;
  };
  const PlaceRecords& places = before.records;
  out.placed_settlements =
      compare(places.settlements, before.settlements, after.settlements, false);
  out.homeless_settlements = out.homeless.size();
  out.placed_teams = compare(places.teams, before.teams, after.teams, true);
  out.homeless_teams = out.homeless.size() - out.homeless_settlements;

  // What each link of the decree came to.
  Statement row = database.prepare(
      "SELECT f.code, f.valid_from, u.code, c.former_id, c.unit_id FROM current_crosswalk AS c"
      " JOIN unit AS f ON f.id = c.former_id JOIN unit AS u ON u.id = c.unit_id"
      " WHERE c.changed_on = ?");
  row.bind(1, day);
  std::map<std::pair<UnitKey, std::string>, std::pair<std::int64_t, std::int64_t>> of_link;
  while (row.step())
    of_link[{UnitKey{geo::UnitLevel::commune, row.text(0), row.text(1)}, row.text(2)}] = {
        row.integer(3), row.integer(4)};
  for (const DecreeLink& link : decree.links) {
    const auto at = of_link.find({link.former, link.unit.code});
    if (at == of_link.end()) continue;
    const auto [first, last] = after.places.became.equal_range(at->second.first);
    for (auto it = first; it != last; ++it)
      if (it->second.unit == at->second.second)
        out.shares.push_back({link.item, it->second.share, it->second.basis});
  }
  return out;
}

}  // namespace data
