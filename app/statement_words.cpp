#include "app/statement_words.hpp"

#include <algorithm>

#include "app/figures.hpp"
#include "app/plan_words.hpp"
#include "app/statement_saying.hpp"
#include "data/plan_store.hpp"
#include "data/plan_to_come.hpp"

namespace app {
namespace {

using data::Indicator;
using data::StatementKind;

/// What the rate is of: "số người đủ điều kiện đã kích hoạt".
std::string rate_words(const Saying& s) {
  if (s.ask.indicator == Indicator::teams_per_1000) return say(s.language, "view.said_rate_teams");
  if (s.ask.indicator == Indicator::installed) return say(s.language, "view.said_rate_installed");
  return data::is_reported(s.ask.indicator) ? say(s.language, "view.said_rate_activated")
                                            : say(s.language, "view.said_rate_residents");
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
  if (with_target && s.has_target())
    out = s.said.target
              ? say(s.language, "view.said_against", out, target_text(*s.said.target, s.language))
              : say(s.language, "view.said_against_mean", out,
                    percent(s.language, *s.said.now->target));
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
  if (kind == StatementKind::nothing_reported || s.said.count == 0) return out;
  if (s.said.told < s.said.asked) {
    add(kind == StatementKind::newly_silent
            ? say(s.language, "view.said_of_offices", s.said.told, s.said.asked)
        : compares(kind) ? say(s.language, "view.said_comparable", s.said.told, s.said.asked)
                         : say(s.language, "view.communes_counted", s.said.told, s.said.asked));
  }
  const bool estimated = s.said.now && s.said.now->status == data::Status::estimated;
  if (estimated && kind != StatementKind::newly_silent)
    add(say(s.language, "view.said_partly_estimated"));
  if (kind == StatementKind::barrier) add(say(s.language, data::action(s.said.barrier)));
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
  out.headline = headline_of(s);
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
