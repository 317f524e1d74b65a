#include "app/statement_words.hpp"

#include <algorithm>
#include <cmath>

#include "app/figures.hpp"
#include "app/plan_words.hpp"
#include "app/reasons.hpp"
#include "app/statement_place.hpp"
#include "data/plan_store.hpp"

namespace app {
namespace {

using data::Indicator;
using data::StatementKind;

/// One statement being put into words.
struct Saying {
  const data::StatementNumbers& said;
  const data::StatementAsk& ask;
  const data::Dataset& dataset;
  Language language;

  std::string place() const { return place_name(dataset, ask.within, language); }
  std::string commune(std::size_t row) const {
    return place_name(dataset, {said.rows[row].commune}, language);
  }
  std::string communes() const { return communes_text(said.count, language); }
  std::string day(geo::Date d) const { return date(language, d); }
  std::string people(double count) const {
    return std::llround(count) == 1 ? say(language, "view.said_person")
                                    : say(language, "view.said_people", number(language, count));
  }
  std::string points(double share) const { return number(language, std::abs(share) * 100, 1); }
  /// Is the target of all that have numbers known?
  bool has_target() const {
    return said.now && said.now->target && said.now->shortfall && said.told == said.now->counted;
  }
  bool nobody_short() const { return has_target() && said.people < 0.5; }
};

/// "29%"; a tenth more where a whole percent says too little, and never all where it is not.
std::string share_text(double share, Language language) {
  if (share >= 0.1 && share < 0.995) return percent(language, share, 0);
  return percent(language, share < 1 - 1e-9 ? std::min(share, 0.999) : 1, share < 1 - 1e-9 ? 1 : 0);
}

/// "chỉ tiêu 60%"; of several "chỉ tiêu bình quân 63,2%", which is nobody's.
std::string target_of(const Saying& s) {
  return s.said.target
             ? say(s.language, "view.said_target", target_text(*s.said.target, s.language))
             : say(s.language, "view.said_mean_target", percent(s.language, *s.said.now->target));
}

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

/// What the rate is of: "số người đủ điều kiện đã kích hoạt".
std::string rate_words(const Saying& s) {
  if (s.ask.indicator == Indicator::teams_per_1000) return say(s.language, "view.said_rate_teams");
  if (s.ask.indicator == Indicator::installed) return say(s.language, "view.said_rate_installed");
  return data::is_reported(s.ask.indicator) ? say(s.language, "view.said_rate_activated")
                                            : say(s.language, "view.said_rate_residents");
}

/// Rates of other communes or offices than today's are no measure of what changed.
bool same_offices(const data::Gap& now, const data::Gap& then) {
  const bool whole = now.parts_reported == now.parts && then.parts_reported == then.parts;
  return now.counted == then.counted &&
         (whole || (now.parts == then.parts && now.parts_reported == then.parts_reported));
}

std::string standing_headline(const Saying& s) {
  const data::Gap& now = *s.said.now;
  if (!now.rate) return capitalised(say(s.language, "view.said_no_numbers", s.place()));
  const std::string place = capitalised(s.place());
  if (s.nobody_short()) {
    if (s.said.told < s.said.asked)
      return say(s.language, "view.said_met_known", place, s.said.told, s.said.asked);
    const std::string met = s.said.target ? say(s.language, "view.said_met", place, target_of(s))
                                          : say(s.language, "view.said_met_own", place);
    return s.said.asked == 1 ? met : say(s.language, "view.said_met_all", met, s.said.asked);
  }
  std::string out = rate_said(s, place, rate_text(s.ask.indicator, *now.rate, s.language));
  if (s.has_target()) out += ", " + target_of(s);
  if (!s.said.then || !same_offices(now, *s.said.then)) return out;
  const double change = now.rate->value - s.said.then->rate->value;
  const std::string since = s.day(s.ask.since);
  if (std::llround(change * 1000) == 0) return say(s.language, "view.said_level", out, since);
  return change > 0 ? say(s.language, "view.said_up", out, s.points(change), since)
                    : say(s.language, "view.said_down", out, s.points(change), since);
}

std::string standing_words(const Saying& s) {
  const data::Gap& now = *s.said.now;
  if (!now.rate) return {};
  const std::string words = rate_words(s);
  if (s.nobody_short() && now.achievement)
    return say(s.language, "view.said_and_achieved", words,
               percent(s.language, now.achievement->value));
  if (!now.shortfall || s.said.people < 0.5) return words;
  if (s.has_target()) return say(s.language, "view.said_and_short", words, s.people(s.said.people));
  return say(s.language, "view.said_and_short_known", words, s.people(s.said.people),
             communes_text(s.said.told, s.language));
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
    return say(s.language, "view.said_all_short", s.communes(), s.place(), people);
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

std::string headline(const Saying& s) {
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

/// What the headline counts, huge, and the words under it. Both empty where there is nothing.
void add_number(const Saying& s, StatementWords& out) {
  const data::StatementNumbers& said = s.said;
  const auto one = [&](double count) { return std::llround(count) == 1; };
  if (said.count == 0) return;
  out.number = number(s.language, said.people);
  switch (said.kind) {
    case StatementKind::nothing_reported:
      out.number = say(s.language, "view.said_reported_number", said.told, said.asked);
      out.words = say(s.language, "view.said_reported_words");
      break;
    case StatementKind::standing:
      out.number = said.now->rate ? rate_text(s.ask.indicator, *said.now->rate, s.language) : "";
      out.words = standing_words(s);
      break;
    case StatementKind::concentrated:
      out.words = one(said.people) ? say(s.language, "view.said_short_word")
                                   : say(s.language, "view.said_short_words");
      break;
    case StatementKind::movers:
      out.number = "+" + out.number;
      out.words = s.ask.indicator == Indicator::installed
                      ? say(s.language, "view.said_more_installed", s.communes())
                      : say(s.language, "view.said_more_activated", s.communes());
      break;
    case StatementKind::fallen:
      out.words = say(s.language, "view.said_fewer_words", s.day(s.ask.since));
      break;
    case StatementKind::newly_met:
      out.number = number(s.language, static_cast<double>(said.count));
      out.words = said.count == 1
                      ? say(s.language, "view.said_newly_met_word", s.day(s.ask.since))
                      : say(s.language, "view.said_newly_met_words", s.day(s.ask.since));
      break;
    case StatementKind::newly_silent:
      out.number = number(s.language, static_cast<double>(said.count));
      out.words = said.count == 1 ? say(s.language, "view.said_silent_word", s.day(s.ask.since))
                                  : say(s.language, "view.said_silent_words", s.day(s.ask.since));
      break;
    case StatementKind::barrier:
      out.words = said.count > said.rows.size()
                      ? say(s.language, "view.said_short_where", share_text(said.share, s.language),
                            communes_text(said.rows.size(), s.language))
                  : one(said.people) ? say(s.language, "view.said_short_in_one", s.communes())
                                     : say(s.language, "view.said_short_in", s.communes());
      break;
    case StatementKind::plan:
      out.words = s.ask.indicator == Indicator::installed
                      ? say(s.language, "view.said_plan_words_installed", said.team_days)
                      : say(s.language, "view.said_plan_words", said.team_days);
      break;
  }
}

std::string plan_dates(const Saying& s) {
  std::vector<data::PlanWeekend> coming = data::weekends_of(s.ask.plan->wishes);
  std::erase_if(coming, [&](const auto& w) { return !data::is_coming(w, s.ask.at); });
  if (coming.empty()) return {};
  const int days = coming.back().first - coming.front().first + int(coming.back().days);
  return days_text(coming.front().first, static_cast<std::uint32_t>(days), s.language);
}

bool compares(StatementKind kind) {
  return kind == StatementKind::movers || kind == StatementKind::fallen ||
         kind == StatementKind::newly_met || kind == StatementKind::newly_silent;
}

std::string subtitle(const Saying& s) {
  const StatementKind kind = s.said.kind;
  std::string out = indicator_name(s.ask.indicator, s.language);
  const auto add = [&](const std::string& words) {
    if (!words.empty()) out += " · " + words;
  };
  const bool with_target = kind == StatementKind::standing || kind == StatementKind::concentrated;
  if (with_target && s.has_target()) out = say(s.language, "view.said_against", out, target_of(s));
  if (kind == StatementKind::plan) {
    if (s.ask.plan == nullptr) return out;
    add(say(s.language, "view.said_plan_named", without_contacts(s.ask.plan->name)));
    add(plan_dates(s));
    return out;
  }
  if (compares(kind))
    add(say(s.language, "view.said_between", s.day(s.ask.since), s.day(s.ask.at)));
  else if (data::is_reported(s.ask.indicator))
    add(say(s.language, "view.as_of", s.day(s.ask.at)));
  if (kind == StatementKind::nothing_reported) return out;
  if (s.said.told < s.said.asked) {
    add(kind == StatementKind::newly_silent
            ? say(s.language, "view.said_of_offices", s.said.told, s.said.asked)
        : compares(kind) ? say(s.language, "view.said_comparable", s.said.told, s.said.asked)
                         : say(s.language, "view.communes_counted", s.said.told, s.said.asked));
  }
  const bool estimated = s.said.now && s.said.now->status == data::Status::estimated;
  if (estimated && kind != StatementKind::newly_silent)
    add(say(s.language, "view.said_partly_estimated"));
  if (kind == StatementKind::barrier && s.said.count > 0)
    add(say(s.language, data::action(s.said.barrier)));
  return out;
}

std::string bar_value(const Saying& s, const data::StatementRow& row) {
  switch (s.said.kind) {
    case StatementKind::movers:
      return "+" + say(s.language, "view.said_points", s.points(row.share));
    case StatementKind::fallen:
      return "−" + number(s.language, row.value);
    case StatementKind::newly_met:
      return percent(s.language, row.share);
    case StatementKind::newly_silent:
      return say(s.language, "view.said_days", static_cast<std::int64_t>(row.value));
    default:
      return number(s.language, row.value);
  }
}

std::vector<StatementWords::Bar> bars(const Saying& s) {
  const bool by_share =
      s.said.kind == StatementKind::movers || s.said.kind == StatementKind::newly_met;
  const auto length = [&](const data::StatementRow& row) {
    return by_share ? row.share : row.value;
  };
  double longest = 0;
  for (const data::StatementRow& row : s.said.rows) longest = std::max(longest, length(row));
  std::vector<StatementWords::Bar> out;
  for (const data::StatementRow& row : s.said.rows)
    out.push_back({row.commune, bar_value(s, row), longest > 0 ? length(row) / longest : 0});
  return out;
}

}  // namespace

StatementWords words_of(const data::StatementNumbers& statement, const data::StatementAsk& ask,
                        const data::Dataset& dataset, Language language) {
  const Saying s{statement, ask, dataset, language};
  StatementWords out;
  out.headline = headline(s);
  out.subtitle = subtitle(s);
  add_number(s, out);
  out.bars = bars(s);
  const StatementKind kind = statement.kind;
  out.good = kind == StatementKind::movers || kind == StatementKind::newly_met ||
             kind == StatementKind::plan ||
             ((kind == StatementKind::standing || kind == StatementKind::concentrated) &&
              s.nobody_short());
  return out;
}

std::string statement_name(StatementKind kind, Language language) {
  switch (kind) {
    case StatementKind::nothing_reported:
      return say(language, "view.said_nothing_reported");
    case StatementKind::standing:
      return say(language, "view.said_standing");
    case StatementKind::concentrated:
      return say(language, "view.said_concentrated");
    case StatementKind::movers:
      return say(language, "view.said_movers");
    case StatementKind::fallen:
      return say(language, "view.said_fallen");
    case StatementKind::newly_met:
      return say(language, "view.said_newly_met");
    case StatementKind::newly_silent:
      return say(language, "view.said_newly_silent");
    case StatementKind::barrier:
      return say(language, "view.said_barrier");
    case StatementKind::plan:
      return say(language, "view.said_plan");
  }
  return {};
}

}  // namespace app
