#include "app/plan_pages.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <set>
#include <utility>

#include "app/figures.hpp"
#include "app/file_names.hpp"
#include "app/plan_book.hpp"
#include "app/plan_words.hpp"
#include "app/print_file.hpp"

namespace app {
namespace {

using render::Paper;
using Style = Paper::Text::Style;

/// Names for a table: without the words that all teams of a level begin with, "Huyện Mường Chà 1",
/// "cấp tỉnh 3". By team.
std::vector<std::string> short_names(const data::Dataset& dataset, Language language) {
  std::map<geo::UnitLevel, std::pair<std::string, std::size_t>> common;  // of so many teams
  std::vector<std::string> names;
  for (const data::Team& team : dataset.teams) {
    names.push_back(team_name(dataset, team, language));
    const auto [of, first] = common.try_emplace(team.level, names.back(), 0);
    auto& [words, teams] = of->second;
    ++teams;
    const auto differs =
        std::mismatch(words.begin(), words.end(), names.back().begin(), names.back().end());
    words.erase(differs.first, words.end());
  }
  for (std::size_t t = 0; t < names.size(); ++t) {
    const geo::UnitLevel level = dataset.teams[t].level;
    const auto& [words, teams] = common.at(level);
    const std::size_t space = words.rfind(' ');
    if (teams < 2 || space == std::string::npos) continue;
    names[t].erase(0, space + 1);
    if (names[t].find_first_not_of("0123456789") == std::string::npos)
      names[t] = level_name(level, language) + ' ' + names[t];
  }
  return names;
}

class Pages {
 public:
  Pages(const data::PlanBasis& basis, const data::Plan& plan, Language language)
      : basis_(basis),
        dataset_(*basis.dataset),
        plan_(plan),
        language_(language),
        names_(short_names(dataset_, language)),
        days_(first_days(plan)),
        kit_(kit_held(dataset_, plan)),
        kit_of_(kit_by_goer(kit_)) {}

  Paper paper(std::optional<render::Image> map) {
    paper_.title = say(language_, "app.handover_title", dataset_.title);
    paper_.subject = indicator_name(plan_.wishes.indicator, language_);
    paper_.language = language_tag(language_);
    paper_.made = basis_.at;
    paper_.footer = footer();
    if (dataset_.made_up) paper_.warning = say(language_, "view.watermark");
    paper_.page_words = [language = language_](std::size_t page, std::size_t pages) {
      return say(language, "app.handover_page", page, pages);
    };
    first_page(std::move(map));
    if (!plan_.trips.empty()) {
      schedule();
      kit();
      teams();
    }
    return std::move(paper_);
  }

 private:
  void add(Paper::Block block) { paper_.blocks.push_back(std::move(block)); }
  std::string people(double count) const { return number(language_, count); }
  std::string commune(geo::UnitIndex unit) const { return dataset_.communes[unit.value].full_name; }
  std::string home(std::uint32_t team) const {
    const geo::UnitIndex at = dataset_.teams[team].home;
    return at.valid() ? commune(at) : "–";
  }
  /// Short, for a table.
  std::string name(Goer goer) const {
    return names_[goer.team] + (goer.copy == 0 ? "" : " +" + std::to_string(goer.copy));
  }
  std::string km(const data::Trip& trip) const {
    if (trip.phone || !trip.leg.reachable()) return "–";
    return number(language_, static_cast<double>(trip.leg.km), 1);
  }
  std::string hours(const data::Trip& trip) const {
    if (trip.phone || !trip.leg.reachable()) return "–";
    return number(language_, static_cast<double>(trip.leg.hours), 1);
  }
  std::string place(const data::Trip& trip) const {
    std::string out = commune(trip.commune);
    if (const auto district = district_name(dataset_, trip.commune); district != "–")
      out += ", " + district;
    return trip.phone ? say(language_, "app.handover_phone_place", out) : out;
  }

  std::string footer() const {
    constexpr std::size_t most = 2;  // a line holds no more
    const std::string files = listed(source_names(dataset_), most, language_);
    std::string out = dataset_.title;
    if (!files.empty()) out += " · " + say(language_, "view.sources", files);
    out += " · " + say(language_, "view.numbers_of", date(language_, basis_.at));
    return out + " · " + say(language_, "app.handover_all_estimated");
  }

  void first_page(std::optional<render::Image> map) {
    add(Paper::Heading{paper_.title, 0});
    add(Paper::Text{Style::small, paper_.subject + " · " + campaign_text(plan_, language_)});
    add(Paper::Text{Style::lead, plan_headline(basis_, plan_, language_)});
    if (plan_.trips.empty()) return;
    const std::string by = bound_text(plan_, language_) + ' ' +
                           (plan_.exact ? say(language_, "app.handover_found_exact")
                                        : say(language_, "app.handover_found_quick"));
    add(Paper::Text{Style::body, by});
    if (map) add(Paper::Picture{std::move(*map), 440});
    weekends();
    add(Paper::Text{Style::small, say(language_, "app.handover_note_expected")});
  }

  /// What every weekend brings, in a line each.
  void weekends() {
    struct Sum {
      std::set<Goer> teams;
      std::set<std::uint32_t> communes;
      double people = 0;
    };
    std::vector<Sum> sums(plan_.weekends.size());
    for (const data::Trip& trip : plan_.trips) {
      sums[trip.weekend].teams.insert(goer_of(trip));
      sums[trip.weekend].communes.insert(trip.commune.value);
      sums[trip.weekend].people += trip.people;
    }
    Paper::Table table;
    table.columns = {{say(language_, "app.handover_weekend"), 4, false, true},
                     {say(language_, "app.handover_teams_sent"), 1.5, true, false},
                     {say(language_, "app.handover_communes_reached"), 1.5, true, false},
                     {say(language_, "app.handover_people"), 1.5, true, true}};
    for (std::size_t w = 0; w < sums.size(); ++w)
      table.rows.push_back({weekend_name(plan_, w, language_), std::to_string(sums[w].teams.size()),
                            std::to_string(sums[w].communes.size()), people(sums[w].people)});
    add(std::move(table));
  }

  void schedule() {
    add(Paper::NewPage{});
    add(Paper::Heading{say(language_, "app.handover_sheet_schedule"), 0});
    std::size_t i = 0;
    for (std::size_t w = 0; w < plan_.weekends.size(); ++w) {
      Paper::Table table;
      table.columns = {{say(language_, "app.handover_date"), 1.7, false, false},
                       {say(language_, "app.handover_team"), 3, false, false},
                       {say(language_, "app.handover_home"), 2.6, false, false},
                       {say(language_, "app.handover_commune"), 4, false, true},
                       {say(language_, "app.handover_days"), 1.3, true, false},
                       {say(language_, "app.handover_km"), 1.1, true, false},
                       {say(language_, "app.handover_hours"), 1.1, true, false},
                       {say(language_, "app.handover_pack"), 2, false, false},
                       {say(language_, "app.handover_people"), 1.4, true, true}};
      double sum = 0;
      for (; i < plan_.trips.size() && plan_.trips[i].weekend == w; ++i) {
        const data::Trip& trip = plan_.trips[i];
        sum += trip.people;
        table.rows.push_back({date(language_, days_[i]), name(goer_of(trip)), home(trip.team),
                              place(trip), std::to_string(trip.days), km(trip), hours(trip),
                              pack_name(trip.pack, language_), people(trip.people)});
      }
      add(Paper::Heading{weekend_name(plan_, w, language_), 1});
      if (table.rows.empty()) {
        add(Paper::Text{Style::body, say(language_, "app.handover_nobody")});
        continue;
      }
      add(Paper::Text{Style::small,
                      say(language_, "app.handover_weekend_sum", table.rows.size(), people(sum))});
      add(std::move(table));
    }
  }

  void kit() {
    if (kit_.empty()) return;
    add(Paper::NewPage{});
    add(Paper::Heading{say(language_, "app.handover_sheet_kit"), 0});
    add(Paper::Text{Style::small, say(language_, "app.handover_kit_remark")});
    const data::TableOut all = kit_table(basis_, plan_, language_);
    for (std::size_t i = 0; i < kit_.size();) {
      const std::uint32_t weekend = kit_[i].weekend;
      Paper::Table table;
      table.columns = {{all.columns[2].title, 2, false, true},
                       {all.columns[3].title, 3, false, false},
                       {all.columns[4].title, 3, false, false},
                       {all.columns[5].title, 3, false, false},
                       {all.columns[6].title, 3, false, false},
                       {say(language_, "app.handover_km"), 1.2, true, false}};
      for (; i < kit_.size() && kit_[i].weekend == weekend; ++i) {
        std::vector<std::string> row;
        for (std::size_t c = 2; c < 7; ++c) row.push_back(std::get<std::string>(all.rows[i][c]));
        row[1] = name(kit_[i].by);
        if (kit_[i].from && !kit_[i].own()) row[3] = names_[*kit_[i].from];
        const auto away = kit_km(basis_, kit_[i]);
        row.push_back(away ? number(language_, *away, 1) : "–");
        table.rows.push_back(std::move(row));
      }
      add(Paper::Heading{weekend_name(plan_, weekend, language_), 1});
      add(std::move(table));
    }
  }

  void teams() {
    std::map<Goer, std::vector<std::size_t>> of;
    for (std::size_t i = 0; i < plan_.trips.size(); ++i) of[goer_of(plan_.trips[i])].push_back(i);
    bool first = true;
    for (auto& [team, trips] : of) {
      std::stable_sort(trips.begin(), trips.end(),
                       [this](std::size_t a, std::size_t b) { return days_[a] < days_[b]; });
      add(Paper::NewPage{});
      if (first) add(Paper::Heading{say(language_, "app.handover_sheet_teams"), 0});
      first = false;
      team_page(team, trips);
    }
  }

  void team_page(Goer goer, const std::vector<std::size_t>& trips) {
    const data::Team& team = dataset_.teams[goer.team];
    add(Paper::Heading{goer_name(dataset_, goer, language_), 1});
    std::string who = say(language_, "app.handover_team_line", level_name(team.level, language_),
                          home(goer.team), team.members);
    if (team.union_members > 0)
      who += " · " + say(language_, "app.handover_union_members", team.union_members);
    if (!team.vehicle.empty())
      who += " · " + say(language_, "app.handover_vehicle", vehicle_name(team.vehicle, language_));
    if (!team.id.empty() && team.id != team.name)
      who += " · " + say(language_, "app.handover_team_id", std::string(team.id));
    add(Paper::Text{Style::body, who});
    Paper::Table table;
    table.columns = {{say(language_, "app.handover_date"), 2.6, false, true},
                     {say(language_, "app.handover_commune"), 4.5, false, true},
                     {say(language_, "app.handover_km"), 1.2, true, false},
                     {say(language_, "app.handover_hours"), 1.2, true, false},
                     {say(language_, "app.handover_pack"), 2.4, false, false},
                     {say(language_, "app.handover_people"), 1.8, true, true}};
    double sum = 0;
    for (const std::size_t i : trips) {
      const data::Trip& trip = plan_.trips[i];
      sum += trip.people;
      table.rows.push_back({days_text(days_[i], trip.days, language_), place(trip), km(trip),
                            hours(trip), pack_name(trip.pack, language_), people(trip.people)});
    }
    add(std::move(table));
    add(Paper::Text{Style::strong,
                    say(language_, "app.handover_team_sum", trips.size(), people(sum))});
    borrowed(goer);
    add(Paper::Lines{say(language_, "app.handover_notes"), 14});
  }

  /// Where to collect what is not its own, weekend by weekend.
  void borrowed(Goer goer) {
    Paper::Table table;
    table.columns = {{say(language_, "app.handover_weekend"), 2.6, false, true},
                     {say(language_, "app.handover_kit"), 1.8, false, false},
                     {say(language_, "app.handover_take_from"), 7, false, false}};
    for (const KitHeld& kit : kit_of_[goer]) {
      if (kit.own()) continue;
      const data::PlanWeekend& w = plan_.weekends[kit.weekend];
      table.rows.push_back(
          {days_text(w.first, w.days, language_),
           pack_name(kit.router ? data::Pack::router : data::Pack::generator, language_),
           lender_text(basis_, kit, language_)});
    }
    if (table.rows.empty()) return;
    add(Paper::Heading{say(language_, "app.handover_kit_to_collect"), 2, false});
    add(std::move(table));
    add(Paper::Text{Style::small, say(language_, "app.handover_kit_remark")});
  }

  const data::PlanBasis& basis_;
  const data::Dataset& dataset_;
  const data::Plan& plan_;
  Language language_;
  std::vector<std::string> names_;  ///< of teams, for tables
  std::vector<geo::Date> days_;     ///< by trip
  std::vector<KitHeld> kit_;
  std::map<Goer, std::vector<KitHeld>> kit_of_;
  Paper paper_;
};

}  // namespace

render::Paper plan_paper(const data::PlanBasis& basis, const data::Plan& plan, Language language,
                         std::optional<render::Image> map) {
  return Pages(basis, plan, language).paper(std::move(map));
}

}  // namespace app
