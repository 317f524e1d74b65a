#include <algorithm>

#include "app/figures.hpp"
#include "app/statement_saying.hpp"

namespace app {
namespace {

using data::Indicator;
using data::StatementKind;

std::string rate_said(const Saying& s, const std::string& place, const std::string& rate) {
  switch (s.ask.indicator) {
    case Indicator::activation_l2:
      return say(s.language, "view.said_level_2", place, rate);
    case Indicator::activation_l1:
      return say(s.language, "view.said_level_1", place, rate);
    case Indicator::installed:
      return say(s.language, "view.said_installed", place, rate);
    case Indicator::signal_any:
      return say(s.language, "view.said_signal_any", place, rate);
    case Indicator::signal_good:
      return say(s.language, "view.said_signal_good", place, rate);
    case Indicator::electricity:
      return say(s.language, "view.said_electricity", place, rate);
    case Indicator::teams_per_1000:
      break;
  }
  return say(s.language, "view.said_teams", place, rate);
}

/// Rates of other communes or offices than today's are no measure of what changed.
bool same_offices(const data::Gap& now, const data::Gap& then) {
  const bool whole = now.parts_reported == now.parts && then.parts_reported == then.parts;
  return now.counted == then.counted &&
         (whole || (now.parts == then.parts && now.parts_reported == then.parts_reported));
}

/// The last meeting, without its year where that is this one's.
std::string short_day(const Saying& s) {
  std::string out = s.day(s.ask.since);
  const auto year_of = [](geo::Date d) { return std::chrono::year_month_day(d.day).year(); };
  if (year_of(s.ask.since) != year_of(s.ask.at)) return out;
  const std::size_t year = out.rfind(std::to_string(static_cast<int>(year_of(s.ask.at))));
  // "30/7/2023", "30 Jul 2023" with no-break spaces.
  return out.substr(0, year - (s.language == Language::vietnamese ? 1 : 2));
}

/// A rate, and what became of it since the last meeting where that can be compared.
std::string with_change(const Saying& s, const std::string& rate) {
  const data::Gap& now = *s.said.now;
  if (!s.said.then || !same_offices(now, *s.said.then)) return rate;
  const double change = now.rate->value - s.said.then->rate->value;
  const std::string since = short_day(s);
  if (std::llround(change * 1000) == 0) return say(s.language, "view.said_level", rate, since);
  return change > 0 ? say(s.language, "view.said_up", rate, s.points(change), since)
                    : say(s.language, "view.said_down", rate, s.points(change), since);
}

/// So many letters stand in two lines of a screen of 4:3.
constexpr std::ptrdiff_t two_lines = 95;
std::ptrdiff_t letters(const std::string& text) {
  return std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; });
}

std::string standing_headline(const Saying& s) {
  const data::Gap& now = *s.said.now;
  if (!now.rate) return capitalised(say(s.language, "view.said_no_numbers", s.place()));
  const std::string place = capitalised(s.place());
  if (s.nobody_short()) {
    if (s.said.told < s.said.asked)
      return say(s.language, "view.said_met_known", place, s.said.told, s.said.asked);
    const std::string met = s.said.target ? say(s.language, "view.said_met", place,
                                                target_text(*s.said.target, s.language))
                                          : say(s.language, "view.said_met_own", place);
    return s.said.asked == 1 ? met : say(s.language, "view.said_met_all", met, s.said.asked);
  }
  const std::string rate = rate_said(s, place, rate_text(s.ask.indicator, *now.rate, s.language));
  // The mean of several targets is nobody's: the subtitle has it.
  if (!s.has_target() || !s.said.target) return with_change(s, rate);
  const std::string out = with_change(
      s, say(s.language, "view.said_target", rate, target_text(*s.said.target, s.language)));
  return letters(out) <= two_lines ? out : with_change(s, rate);
}

std::string concentrated_headline(const Saying& s) {
  const data::StatementNumbers& said = s.said;
  if (said.count > said.rows.size())
    return say(s.language, "view.said_hold", communes_text(said.rows.size(), s.language),
               share_text(said.share, s.language), s.place());
  const std::string people = s.people(said.people);
  const bool all_told = said.told == said.asked;
  if (said.count == 1)
    return all_told ? say(s.language, "view.said_only_one_short", s.commune(0), people)
                    : capitalised(say(s.language, "view.said_one_short", s.commune(0), people));
  if (said.count == said.asked)
    return capitalised(say(s.language, "view.said_all_short", s.place(), s.communes(), people));
  return say(s.language, "view.said_some_short", s.communes(), s.place(), people);
}

std::string movers_headline(const Saying& s) {
  const auto& rows = s.said.rows;
  const std::string most = s.points(rows[0].share);
  const auto alike = static_cast<std::size_t>(
      std::count_if(rows.begin(), rows.end(),
                    [&](const data::StatementRow& row) { return s.points(row.share) == most; }));
  if (alike == 1) return capitalised(say(s.language, "view.said_rose_most", s.commune(0), most));
  if (alike == 2)
    return capitalised(
        say(s.language, "view.said_rose_most_two", s.commune(0), s.commune(1), most));
  // More may be alike than are named.
  return alike == rows.size() && s.said.count > rows.size()
             ? say(s.language, "view.said_rose_many", s.communes(), most)
             : say(s.language, "view.said_rose_most_many", communes_text(alike, s.language), most);
}

std::string newly_met_headline(const Saying& s) {
  if (s.said.count == 1)
    return capitalised(say(s.language, "view.said_newly_met_one", s.commune(0)));
  if (s.said.count == 2)
    return capitalised(say(s.language, "view.said_newly_met_two", s.commune(0), s.commune(1)));
  return say(s.language, "view.said_newly_met_many", s.communes(), s.place());
}

std::string barrier_headline(const Saying& s) {
  const std::string people = s.people(s.said.people);
  switch (s.said.barrier) {
    case data::Barrier::no_grid:
      return say(s.language, "view.said_barrier_no_grid", people);
    case data::Barrier::signal:
      return say(s.language, "view.said_barrier_signal", people);
    case data::Barrier::away:
      return say(s.language, "view.said_barrier_away", people);
    case data::Barrier::no_smartphone:
      return say(s.language, "view.said_barrier_no_smartphone", people);
    case data::Barrier::own_sim:
      return say(s.language, "view.said_barrier_own_sim", people);
    case data::Barrier::visit:
      return say(s.language, "view.said_barrier_visit", people);
    case data::Barrier::unknown:
      break;
  }
  return say(s.language, "view.said_barrier_unknown", people);
}

std::string plan_headline(const Saying& s) {
  const std::string people = s.people(s.said.people);
  if (s.said.teams == 0) return say(s.language, "view.said_plan_places", s.communes(), people);
  const std::string teams = s.said.teams == 1
                                ? say(s.language, "view.said_one_team")
                                : say(s.language, "view.said_teams_count", s.said.teams);
  return say(s.language, "view.said_plan_teams", teams, s.communes(), people);
}

/// Nothing is said where nothing is known; that nobody is short is only said where somebody counts.
std::string none_headline(const Saying& s) {
  const bool known = s.said.told > 0;
  const bool met = known && s.nobody_short();
  const auto kind = s.said.kind;
  const bool of_target = kind == StatementKind::concentrated || kind == StatementKind::barrier ||
                         kind == StatementKind::newly_met;
  if (of_target && s.said.now && s.said.now->rate && !s.said.now->target)
    return say(s.language, "view.said_no_target");
  switch (s.said.kind) {
    case StatementKind::concentrated:
      if (met) return say(s.language, "view.said_none_concentrated");
      break;
    case StatementKind::barrier:
      if (known && s.said.now->shortfall && data::is_reported(s.ask.indicator))
        return say(s.language, "view.said_none_barrier");
      break;
    case StatementKind::movers:
      if (s.said.told > 1) return say(s.language, "view.said_none_movers");
      break;
    case StatementKind::fallen:
      if (known) return say(s.language, "view.said_none_fallen");
      break;
    case StatementKind::newly_met:
      if (known) return say(s.language, "view.said_none_newly_met");
      break;
    case StatementKind::newly_silent:
      if (known) return say(s.language, "view.said_none_newly_silent");
      break;
    case StatementKind::plan:
      return say(s.language, "view.said_none_plan");
    case StatementKind::nothing_reported:
    case StatementKind::standing:
      break;
  }
  return say(s.language, "view.said_nothing_to_say");
}

}  // namespace

std::string share_text(double share, Language language) {
  if (share >= 0.1 && share < 0.995) return percent(language, share, 0);
  return percent(language, share < 1 - 1e-9 ? std::min(share, 0.999) : 1, share < 1 - 1e-9 ? 1 : 0);
}

std::string headline_of(const Saying& s) {
  if (s.said.count == 0) return none_headline(s);
  switch (s.said.kind) {
    case StatementKind::nothing_reported:
      if (!data::is_reported(s.ask.indicator))
        return say(s.language, "view.said_no_numbers", s.place());
      return s.said.asked == 1
                 ? say(s.language, "view.said_no_report_of_one", s.place(), s.day(s.ask.at))
                 : say(s.language, "view.said_no_reports", s.place(), s.day(s.ask.at));
    case StatementKind::standing:
      return standing_headline(s);
    case StatementKind::concentrated:
      return concentrated_headline(s);
    case StatementKind::movers:
      return movers_headline(s);
    case StatementKind::fallen:
      return capitalised(
          say(s.language, "view.said_fell", s.said.count == 1 ? s.commune(0) : s.communes()));
    case StatementKind::newly_met:
      return newly_met_headline(s);
    case StatementKind::newly_silent:
      return s.said.count == 1
                 ? capitalised(say(s.language, "view.said_silent_one", s.commune(0),
                                   static_cast<std::int64_t>(s.said.rows[0].value)))
                 : say(s.language, "view.said_silent_many", s.communes(), data::silent_after_days);
    case StatementKind::barrier:
      return barrier_headline(s);
    case StatementKind::plan:
      return plan_headline(s);
  }
  return {};
}

}  // namespace app
