#include "app/plan_book.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <set>
#include <utility>

#include "app/plan_words.hpp"
#include "app/reasons.hpp"

namespace app {
namespace {

using Cell = data::TableOut::Cell;
using Kind = data::TableOut::Kind;

/// 174.949442 and not 174.94944176000001.
Cell clean(double value) {
  return std::isfinite(value) ? Cell(std::round(value * 1e6) / 1e6) : Cell();
}

std::string home_name(const data::Dataset& dataset, const data::Team& team) {
  return team.home.valid() ? dataset.communes[team.home.value].full_name : "–";
}

data::TableOut::Column column(const char* id, std::string title, Kind kind = Kind::text) {
  return {id, std::move(title), kind};
}

std::vector<data::TableOut::Column> trip_columns(Language language) {
  return {column("weekend", say(language, "app.handover_weekend"), Kind::people),
          column("date", say(language, "app.handover_date"), Kind::date),
          column("team", say(language, "app.handover_team")),
          column("level", say(language, "app.handover_level")),
          column("home", say(language, "app.handover_home")),
          column("members", say(language, "app.handover_members"), Kind::people),
          column("commune", say(language, "app.handover_commune")),
          column("code", say(language, "app.handover_code")),
          column("former_district", say(language, "app.handover_district")),
          column("how", say(language, "app.handover_how")),
          column("days", say(language, "app.handover_days"), Kind::people),
          column("km", say(language, "app.handover_km"), Kind::tenths),
          column("hours", say(language, "app.handover_hours"), Kind::tenths),
          column("pack", say(language, "app.handover_pack")),
          column("people", say(language, "app.handover_people"), Kind::people)};
}

std::vector<Cell> trip_row(const data::Dataset& dataset, const data::Trip& trip, geo::Date first,
                           Language language) {
  const data::Team& team = dataset.teams[trip.team];
  const data::Commune& commune = dataset.communes[trip.commune.value];
  const bool way = !trip.phone && trip.leg.reachable();
  return {
      static_cast<double>(trip.weekend + 1),
      first,
      goer_name(dataset, goer_of(trip), language),
      level_name(team.level, language),
      home_name(dataset, team),
      static_cast<double>(team.members),
      commune.full_name,
      commune.code.text,
      district_name(dataset, trip.commune),
      trip.phone ? say(language, "app.handover_by_phone") : say(language, "app.handover_by_visit"),
      static_cast<double>(trip.days),
      way ? clean(static_cast<double>(trip.leg.km)) : Cell(),
      way ? clean(static_cast<double>(trip.leg.hours)) : Cell(),
      pack_name(trip.pack, language),
      clean(trip.people)};
}

/// How near two homes are, the less the nearer; none: kit does not go there.
std::optional<int> nearness(const data::Dataset& dataset, geo::UnitIndex a, geo::UnitIndex b) {
  if (!a.valid() || !b.valid()) return {};
  const data::Commune &one = dataset.communes[a.value], &other = dataset.communes[b.value];
  if (one.province != other.province) return {};
  if (a == b) return 0;
  return one.district >= 0 && one.district == other.district ? 1 : 2;
}

/// Finds for those who hold kit of one sort on a weekend, and own none, whom to get it from.
void lend(const data::Dataset& dataset, std::vector<std::uint32_t> owners,
          std::vector<KitHeld*>& held) {
  for (KitHeld* kit : held) {
    if (kit->by.copy > 0) continue;  // those added bring none
    const auto own = std::find(owners.begin(), owners.end(), kit->by.team);
    if (own == owners.end()) continue;
    kit->from = kit->by.team;
    owners.erase(own);
  }
  for (int near = 0; near <= 2; ++near)
    for (KitHeld* kit : held) {
      if (kit->from) continue;
      const auto lender = std::find_if(owners.begin(), owners.end(), [&](std::uint32_t owner) {
        return nearness(dataset, dataset.teams[owner].home, dataset.teams[kit->by.team].home) ==
               near;
      });
      if (lender == owners.end()) continue;
      kit->from = *lender;
      owners.erase(lender);
    }
}

}  // namespace

std::vector<KitHeld> kit_held(const data::Dataset& dataset, const data::Plan& plan) {
  std::set<std::tuple<std::uint32_t, Goer, bool>> pieces;
  for (const data::Trip& trip : plan.trips) {
    const auto pack = static_cast<std::size_t>(trip.pack);
    if (data::has_generator(pack)) pieces.emplace(trip.weekend, goer_of(trip), false);
    if (data::has_router(pack)) pieces.emplace(trip.weekend, goer_of(trip), true);
  }
  std::vector<KitHeld> out;
  for (const auto& [weekend, by, router] : pieces) out.push_back({weekend, by, router, {}});
  for (const bool router : {false, true}) {
    std::vector<std::uint32_t> owners;
    for (std::uint32_t t = 0; t < dataset.teams.size(); ++t) {
      const data::Team& team = dataset.teams[t];
      if ((router ? team.mobile_router : team.generator) && data::takes_part(plan.wishes, team))
        owners.push_back(t);
    }
    std::map<std::uint32_t, std::vector<KitHeld*>> by_weekend;
    for (KitHeld& kit : out)
      if (kit.router == router) by_weekend[kit.weekend].push_back(&kit);
    for (auto& [weekend, held] : by_weekend) lend(dataset, owners, held);
  }
  return out;
}

std::map<Goer, std::vector<KitHeld>> kit_by_goer(const std::vector<KitHeld>& kit) {
  std::map<Goer, std::vector<KitHeld>> out;
  for (const KitHeld& piece : kit) out[piece.by].push_back(piece);
  return out;
}

std::optional<double> kit_km(const data::PlanBasis& basis, const KitHeld& kit) {
  if (!kit.from || kit.own()) return {};
  const data::Dataset& dataset = *basis.dataset;
  const data::Team& team = dataset.teams[kit.by.team];
  const geo::UnitIndex to = dataset.teams[*kit.from].home;
  if (!team.home.valid() || !to.valid() || team.home == to) return {};
  const auto& starts = basis.travel.starts;
  const data::Start start{team.home, data::vehicle_of(team.vehicle)};
  const auto found = std::find(starts.begin(), starts.end(), start);
  if (found == starts.end()) return {};
  const data::Leg& leg =
      basis.travel.leg(static_cast<std::size_t>(std::distance(starts.begin(), found)), to);
  return leg.reachable() ? std::optional(static_cast<double>(leg.km)) : std::nullopt;
}

std::string lender_text(const data::PlanBasis& basis, const KitHeld& kit, Language language) {
  if (!kit.from) return say(language, "app.handover_kit_unknown");
  const data::Dataset& dataset = *basis.dataset;
  const data::Team& lender = dataset.teams[*kit.from];
  std::string at = home_name(dataset, lender);
  if (const auto km = kit_km(basis, kit))
    at = say(language, "app.handover_lender_away", at, number(language, *km, *km < 10 ? 1 : 0));
  return team_name(dataset, lender, language) + " (" + at + ')';
}

std::vector<geo::Date> first_days(const data::Plan& plan) {
  std::map<std::pair<std::uint32_t, Goer>, std::uint32_t> used;  // days of a weekend
  std::vector<geo::Date> out;
  out.reserve(plan.trips.size());
  for (const data::Trip& trip : plan.trips) {
    std::uint32_t& days = used[{trip.weekend, goer_of(trip)}];
    out.push_back(plan.weekends[trip.weekend].first + static_cast<int>(days));
    days += trip.days;
  }
  return out;
}

data::TableOut schedule_table(const data::PlanBasis& basis, const data::Plan& plan,
                              Language language) {
  data::TableOut table;
  table.title = say(language, "app.handover_sheet_schedule");
  table.notes_title = say(language, "app.out_notes");
  table.notes = plan_notes(basis, plan, language);
  table.columns = trip_columns(language);
  const auto days = first_days(plan);
  for (std::size_t i = 0; i < plan.trips.size(); ++i)
    table.rows.push_back(trip_row(*basis.dataset, plan.trips[i], days[i], language));
  return table;
}

data::TableOut team_table(const data::PlanBasis& basis, const data::Plan& plan, Language language) {
  data::TableOut table;
  table.title = say(language, "app.handover_sheet_teams");
  table.columns = trip_columns(language);
  std::rotate(table.columns.begin(), table.columns.begin() + 2, table.columns.begin() + 6);
  const auto days = first_days(plan);
  std::vector<std::size_t> order(plan.trips.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return std::pair(goer_of(plan.trips[a]), days[a]) < std::pair(goer_of(plan.trips[b]), days[b]);
  });
  for (const std::size_t i : order) {
    auto row = trip_row(*basis.dataset, plan.trips[i], days[i], language);
    std::rotate(row.begin(), row.begin() + 2, row.begin() + 6);
    table.rows.push_back(std::move(row));
  }
  return table;
}

data::TableOut kit_table(const data::PlanBasis& basis, const data::Plan& plan, Language language) {
  const data::Dataset& dataset = *basis.dataset;
  data::TableOut table;
  table.title = say(language, "app.handover_sheet_kit");
  table.columns = {column("weekend", say(language, "app.handover_weekend"), Kind::people),
                   column("date", say(language, "app.handover_date"), Kind::date),
                   column("kit", say(language, "app.handover_kit")),
                   column("team", say(language, "app.handover_team")),
                   column("home", say(language, "app.handover_home")),
                   column("from", say(language, "app.handover_from")),
                   column("from_home", say(language, "app.handover_from_home")),
                   column("km", say(language, "app.handover_kit_km"), Kind::tenths)};
  for (const KitHeld& kit : kit_held(dataset, plan)) {
    const data::Team& team = dataset.teams[kit.by.team];
    std::string from = say(language, "app.handover_kit_unknown"), from_home;
    if (kit.own()) {
      from = say(language, "app.handover_kit_own");
    } else if (kit.from) {
      from = team_name(dataset, dataset.teams[*kit.from], language);
      from_home = home_name(dataset, dataset.teams[*kit.from]);
    }
    const std::optional<double> km = kit_km(basis, kit);
    table.rows.push_back(
        {static_cast<double>(kit.weekend + 1), plan.weekends[kit.weekend].first,
         pack_name(kit.router ? data::Pack::router : data::Pack::generator, language),
         goer_name(dataset, kit.by, language), home_name(dataset, team), from, from_home,
         km ? clean(*km) : Cell()});
  }
  return table;
}

data::TableOut commune_table(const data::PlanBasis& basis, const data::Plan& plan,
                             Language language) {
  const data::Dataset& dataset = *basis.dataset;
  data::TableOut table;
  table.title = say(language, "app.handover_sheet_communes");
  table.columns = {column("code", say(language, "app.handover_code")),
                   column("commune", say(language, "app.handover_commune")),
                   column("former_district", say(language, "app.handover_district")),
                   column("short", say(language, "app.handover_short"), Kind::people),
                   column("people", say(language, "app.handover_people"), Kind::people),
                   column("left", say(language, "app.handover_left"), Kind::people),
                   column("team_days", say(language, "app.handover_team_days"), Kind::people),
                   column("first", say(language, "app.handover_first"), Kind::date),
                   column("status", say(language, "app.out_status"))};
  struct Visits {
    std::uint32_t team_days = 0;
    std::optional<geo::Date> first;
  };
  std::vector<Visits> visits(dataset.communes.size());
  const auto days = first_days(plan);
  for (std::size_t i = 0; i < plan.trips.size(); ++i) {
    Visits& there = visits[plan.trips[i].commune.value];
    there.team_days += plan.trips[i].days;
    there.first = there.first ? std::min(*there.first, days[i]) : days[i];
  }
  const auto short_of = [&](std::size_t i) {
    return basis.gaps[i].shortfall ? basis.gaps[i].shortfall->value : -1;
  };
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < dataset.communes.size(); ++i)
    if (short_of(i) > 0 || !basis.gaps[i].shortfall || visits[i].first) order.push_back(i);
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return short_of(a) > short_of(b); });
  for (const std::size_t i : order) {
    const data::Commune& commune = dataset.communes[i];
    const double people = i < plan.people.size() ? plan.people[i] : 0;
    const auto& gap = basis.gaps[i];
    table.rows.push_back(
        {commune.code.text, commune.full_name, district_name(dataset, geo::UnitIndex(i)),
         gap.shortfall ? clean(gap.shortfall->value) : Cell(), clean(people),
         gap.shortfall ? clean(gap.shortfall->value - people) : Cell(),
         static_cast<double>(visits[i].team_days),
         visits[i].first ? Cell(*visits[i].first) : Cell(), status_name(gap.status, language)});
  }
  return table;
}

}  // namespace app
