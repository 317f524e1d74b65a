#include <algorithm>
#include <cmath>
#include <set>

#include "app/export_notes.hpp"
#include "app/figures.hpp"
#include "app/plan_book.hpp"
#include "app/plan_words.hpp"

namespace app {
namespace {

using Cell = data::TableOut::Cell;

/// What, value, unit, and where it comes from.
class Overview {
 public:
  Overview(data::TableOut& table, Language language) : table_(table), language_(language) {}

  void heading(const std::string& words) {
    if (!table_.rows.empty()) table_.rows.push_back({});
    table_.rows.push_back({words});
  }
  void add(const std::string& what, Cell value, const std::string& unit = {},
           const std::string& remark = {}) {
    table_.rows.push_back({what, std::move(value), unit, remark});
  }
  void limit(const std::string& what, std::optional<double> value, const std::string& unit,
             const std::string& otherwise) {
    if (value)
      add(what, *value, unit);
    else
      add(what, otherwise);
  }
  void yes(const std::string& what, bool value) {
    add(what, value ? say(language_, "app.handover_yes") : say(language_, "app.handover_no"));
  }

 private:
  data::TableOut& table_;
  Language language_;
};

template <class Limit>
std::optional<double> as_number(const std::optional<Limit>& limit) {
  return limit ? std::optional(static_cast<double>(*limit)) : std::nullopt;
}

void add_result(Overview& out, const data::PlanBasis& basis, const data::Plan& plan,
                Language language) {
  const data::Dataset& dataset = *basis.dataset;
  std::set<Goer> teams;
  std::set<std::uint32_t> communes;
  double team_days = 0, members = 0, km = 0;
  for (const data::Trip& trip : plan.trips) {
    if (teams.insert(goer_of(trip)).second)
      members += static_cast<double>(dataset.teams[trip.team].members);
    communes.insert(trip.commune.value);
    team_days += trip.days;
    // Every day of work is a way there and back.
    if (!trip.phone && trip.leg.reachable()) km += 2 * static_cast<double>(trip.leg.km) * trip.days;
  }
  const std::string people = say(language, "app.handover_unit_people");
  out.heading(say(language, "app.handover_part_result"));
  out.add(say(language, "app.handover_total"), plan.total, people,
          say(language, "app.handover_total_remark"));
  out.add(say(language, "app.handover_low"), plan.low, people,
          say(language, "app.handover_low_remark"));
  out.add(say(language, "app.handover_high"), plan.high, people,
          say(language, "app.handover_high_remark"));
  const data::Gap before = data::total(basis.gaps);
  if (before.shortfall) {
    out.add(say(language, "app.handover_short"), before.shortfall->value, people);
    out.add(say(language, "app.handover_left"), before.shortfall->value - plan.total, people);
  }
  out.add(say(language, "app.handover_teams_sent"), static_cast<double>(teams.size()),
          say(language, "app.handover_unit_teams"));
  out.add(say(language, "app.handover_members_sent"), members, people);
  out.add(say(language, "app.handover_communes_reached"), static_cast<double>(communes.size()),
          say(language, "app.handover_unit_communes"));
  out.add(say(language, "app.handover_team_days"), team_days,
          say(language, "app.handover_unit_team_days"));
  out.add(say(language, "app.handover_km_in_all"), km, "km",
          say(language, "app.handover_km_remark"));

  out.heading(say(language, "app.handover_part_solved"));
  out.add(say(language, "app.handover_solver"), plan.exact
                                                    ? say(language, "app.handover_solver_exact")
                                                    : say(language, "app.handover_solver_quick"));
  out.add(say(language, "app.handover_goal"), plan.value,
          say(language, "app.handover_unit_weighted"));
  if (std::isfinite(plan.bound)) {
    out.add(say(language, "app.handover_bound"), plan.bound,
            say(language, "app.handover_unit_weighted"));
    // Rounded up, as everywhere a person reads it.
    out.add(say(language, "app.handover_gap"), std::ceil(plan.gap() * 1000 - 1e-9) / 10, "%",
            bound_text(plan, language));
  } else {
    out.add(say(language, "app.handover_bound"), say(language, "app.handover_no_bound"));
  }
  if (plan.floors_missed > 0)
    out.add(say(language, "app.handover_floors_missed"), plan.floors_missed, people);
  if (plan.musts_missed > 0)
    out.add(say(language, "app.handover_musts_missed"), static_cast<double>(plan.musts_missed),
            say(language, "app.handover_unit_team_days"));
}

void add_wishes(Overview& out, const data::PlanWishes& wishes, Language language) {
  const std::string share = say(language, "app.handover_unit_priority");
  out.heading(say(language, "app.handover_part_wishes"));
  out.add(say(language, "app.handover_wish_people"), wishes.people, share);
  out.add(say(language, "app.handover_wish_barriers"), wishes.barriers, share);
  out.add(say(language, "app.handover_wish_fairness"), wishes.fairness, share);
  out.add(say(language, "app.handover_wish_distance"), wishes.distance, share);
  out.add(say(language, "app.handover_wish_crowded"), wishes.crowded, share);
  out.yes(say(language, "app.handover_wish_provincial"), wishes.provincial);
  out.yes(say(language, "app.handover_wish_district"), wishes.district);
  out.yes(say(language, "app.handover_wish_commune"), wishes.commune);
  out.add(say(language, "app.handover_wish_absent"), static_cast<double>(wishes.absent.size()),
          say(language, "app.handover_unit_teams"));
  const std::string pieces = say(language, "app.handover_unit_pieces");
  const std::string owned = say(language, "app.handover_what_teams_own");
  const std::string none = say(language, "app.handover_no_limit");
  const std::string team_days = say(language, "app.handover_unit_team_days");
  out.limit(say(language, "app.pack_generator"), as_number(wishes.generators), pieces, owned);
  out.limit(say(language, "app.pack_router"), as_number(wishes.routers), pieces, owned);
  out.limit(say(language, "app.handover_wish_most_km"), wishes.most_km, "km", none);
  out.limit(say(language, "app.handover_wish_a_weekend"), as_number(wishes.team_days_a_weekend),
            team_days, none);
  out.limit(say(language, "app.handover_wish_in_all"), as_number(wishes.team_days), team_days,
            none);
  out.yes(say(language, "app.handover_wish_phone"), wishes.phone);
  out.add(say(language, "app.handover_wish_pairs"), static_cast<double>(wishes.pairs.size()));
  out.add(say(language, "app.handover_wish_seed"), static_cast<double>(wishes.seed));
}

std::string way_text(const data::Travel& travel, Language language) {
  std::string out = travel.by == data::Travel::By::roads
                        ? say(language, "app.handover_way_roads")
                        : say(language, "app.handover_way_geodesic");
  if (travel.slopes) out += "; " + say(language, "app.handover_way_slopes");
  return out;
}

std::size_t estimated(const data::PlanBasis& basis) {
  return static_cast<std::size_t>(
      std::count_if(basis.gaps.begin(), basis.gaps.end(),
                    [](const data::Gap& gap) { return gap.status == data::Status::estimated; }));
}

}  // namespace

std::vector<std::string> plan_notes(const data::PlanBasis& basis, const data::Plan& plan,
                                    Language language) {
  const data::Dataset& dataset = *basis.dataset;
  std::vector<std::string> notes;
  if (dataset.made_up) notes.push_back(say(language, "view.watermark"));
  notes.push_back(dataset.title + " · " + indicator_name(plan.wishes.indicator, language));
  notes.push_back(plan_headline(basis, plan, language));
  if (!plan.trips.empty()) notes.push_back(bound_text(plan, language));
  notes.push_back(say(language, "app.out_note_day", date(language, basis.at)));
  notes.push_back(say(language, "app.handover_note_expected"));
  if (const std::size_t count = estimated(basis); count > 0)
    notes.push_back(say(language, "app.handover_note_estimated", count));
  notes.push_back(way_text(basis.travel, language));
  for (std::string& note : source_notes(dataset, language)) notes.push_back(std::move(note));
  notes.push_back(say(language, "app.handover_note_program", PHUSONG_VERSION));
  return notes;
}

data::TableOut overview_table(const data::PlanBasis& basis, const data::Plan& plan,
                              Language language) {
  const data::Dataset& dataset = *basis.dataset;
  data::TableOut table;
  table.title = say(language, "app.handover_sheet_overview");
  using Kind = data::TableOut::Kind;
  table.columns = {{"what", say(language, "app.handover_what"), Kind::text},
                   {"value", say(language, "app.handover_value"), Kind::decimal},
                   {"unit", say(language, "app.handover_unit"), Kind::text},
                   {"remark", say(language, "app.handover_remark"), Kind::text}};
  Overview out(table, language);
  out.heading(plan_headline(basis, plan, language));
  if (dataset.made_up) out.heading(say(language, "view.watermark"));
  out.heading(say(language, "app.handover_part_what"));
  out.add(say(language, "app.handover_where"), dataset.title);
  out.add(say(language, "app.handover_indicator"), indicator_name(plan.wishes.indicator, language));
  if (!plan.weekends.empty()) {
    const data::PlanWeekend& last = plan.weekends.back();
    out.add(say(language, "app.handover_begins"), plan.weekends.front().first);
    out.add(say(language, "app.handover_ends"), last.first + (static_cast<int>(last.days) - 1));
  }
  out.add(say(language, "app.handover_weekends"), static_cast<double>(plan.weekends.size()));
  out.add(say(language, "app.handover_numbers_of"), basis.at, {},
          say(language, "app.out_note_day", date(language, basis.at)));
  if (const std::size_t count = estimated(basis); count > 0)
    out.add(say(language, "app.handover_estimated"), static_cast<double>(count),
            say(language, "app.handover_unit_communes"),
            say(language, "app.handover_note_estimated", count));
  add_result(out, basis, plan, language);
  add_wishes(out, plan.wishes, language);
  out.heading(say(language, "app.handover_part_rule"));
  for (const data::PlanCoefficient& c : data::plan_coefficients(plan.wishes.rule))
    out.add(say(language, c.what), plan.wishes.rule.*c.value, say(language, c.unit),
            say(language, c.source));
  out.heading(say(language, "app.handover_part_sources"));
  out.add(say(language, "app.handover_way"), way_text(basis.travel, language));
  for (const std::string& note : source_notes(dataset, language)) out.add(note, Cell());
  out.add(say(language, "app.handover_note_program", PHUSONG_VERSION), Cell());
  return table;
}

}  // namespace app
