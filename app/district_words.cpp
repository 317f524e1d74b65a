#include "app/district_words.hpp"

#include <cmath>

namespace app {
namespace {

std::string count_name(data::Count count, Language language) {
  switch (count) {
    case data::Count::eligible:
      return say(language, "district.count_eligible");
    case data::Count::installed:
      return say(language, "district.count_installed");
    case data::Count::activated_l1:
      return say(language, "district.count_l1");
    case data::Count::activated_l2:
      return say(language, "district.count_l2");
    case data::Count::sessions:
      return say(language, "district.count_sessions");
    case data::Count::reached:
      break;
  }
  return say(language, "district.count_reached");
}

std::string sides_text(const data::Question& question, Language language) {
  std::string out;
  for (const data::Question::Side& side : question.sides) {
    if (!out.empty()) out += "; ";
    out += say(language, "district.side", side.author,
               side.value ? number(language, static_cast<double>(*side.value))
                          : say(language, "district.side_none"));
  }
  return out;
}

std::string weeks_text(int weeks, Language language) {
  if (weeks < 1) return say(language, "district.weeks_less");
  return weeks == 1 ? say(language, "district.weeks_one") : say(language, "district.weeks", weeks);
}

std::string with_sign(Language language, double value, int decimals) {
  const double scale = std::pow(10, decimals);
  const double shown = std::round(value * scale) / scale;
  if (shown == 0) return number(language, 0, decimals);
  return (shown > 0 ? "+" : "−") + number(language, std::abs(value), decimals);
}

}  // namespace

std::string ask_name(data::Ask ask, Language language) {
  switch (ask) {
    case data::Ask::never:
      return say(language, "district.name_never");
    case data::Ask::silent:
      return say(language, "district.name_silent");
    case data::Ask::conflict:
      return say(language, "district.name_conflict");
    case data::Ask::order:
      return say(language, "district.name_order");
    case data::Ask::fell:
      return say(language, "district.name_fell");
    case data::Ask::jump:
      return say(language, "district.name_jump");
    case data::Ask::incomplete:
      return say(language, "district.name_incomplete");
    case data::Ask::let_stand:
      return say(language, "district.name_let_stand");
    case data::Ask::stalled:
      return say(language, "district.name_stalled");
    case data::Ask::waiting:
      return say(language, "district.name_waiting");
    case data::Ask::sessions:
      break;
  }
  return say(language, "district.name_sessions");
}

std::string question_text(const data::Question& q, const data::UnitProgress& unit,
                          Language language) {
  const std::string day = date(language, q.at);
  const std::int64_t n = q.number.value_or(0), limit = q.limit.value_or(0);
  switch (q.ask) {
    case data::Ask::never:
      return say(language, "district.ask_never", unit.name, day);
    case data::Ask::silent:
      return q.number
                 ? say(language, "district.ask_silent", day, weeks_text(q.weeks, language), n)
                 : say(language, "district.ask_silent_bare", day, weeks_text(q.weeks, language));
    case data::Ask::conflict:
      return say(language, "district.ask_conflict", count_name(q.count, language), day,
                 sides_text(q, language));
    case data::Ask::order:
      return say(language, "district.ask_order", day, count_name(q.count, language), n,
                 count_name(q.limit_count, language), limit);
    case data::Ask::fell:
      return say(language, "district.ask_fell", say(language, q.said));
    case data::Ask::jump:
      return say(language, "district.ask_jump", say(language, q.said));
    case data::Ask::incomplete:
      return say(language, "district.ask_incomplete", day);
    case data::Ask::let_stand:
      return say(language, "district.ask_let_stand", say(language, q.said), q.reason);
    case data::Ask::stalled:
      return unit.missing ? say(language, "district.ask_stalled", n, day, q.weeks,
                                std::llround(unit.missing->value))
                          : say(language, "district.ask_stalled_bare", n, day, q.weeks);
    case data::Ask::waiting:
      return say(language, "district.ask_waiting", n, limit, limit - n);
    case data::Ask::sessions:
      break;
  }
  return say(language, "district.ask_sessions", day);
}

std::string people_text(const std::optional<data::People>& people, Language language) {
  return people ? number(language, people->value) : std::string("–");
}
std::string change_text(const std::optional<data::People>& change, Language language) {
  return change ? with_sign(language, change->value, 0) : std::string("–");
}
std::string points_text(const std::optional<double>& points, Language language) {
  return points ? with_sign(language, *points * 100, 1) : std::string("–");
}

std::string report_text(const data::UnitProgress& unit, Language language) {
  if (unit.reported) return say(language, "district.report_now");
  if (!unit.weeks_silent) return say(language, "district.report_never");
  if (*unit.weeks_silent < 2) return date(language, *unit.last_at);
  return say(language, "district.report_weeks_ago", *unit.weeks_silent);
}

std::vector<std::string> district_sentences(const data::DistrictProgress& d, Language language) {
  std::vector<std::string> out;
  const auto count = [&](const data::People& people) { return number(language, people.value); };
  out.push_back(say(language, "district.said_reported", d.reported, d.units.size(),
                    d.units.size() - d.reported));
  const auto sum = [&](const data::ProgressSum& s) {
    std::string text;
    if (s.rate) text += say(language, "district.said_rate", share_text(s.rate, language));
    if (s.change)
      text += say(language, "district.said_change", change_text(s.change, language), s.compared);
    if (s.missing && s.target)
      text += say(language, "district.said_missing", count(*s.missing),
                  share_text(s.achievement, language), percent(language, *s.target, 0));
    return text;
  };
  if (d.now.counted > 0)
    out.push_back(say(language, "district.said_now", d.now.counted, count(d.now.activated)) +
                  sum(d.now) + ".");
  if (d.latest.counted > d.now.counted) {
    data::ProgressSum newest = d.latest;
    newest.change.reset();  // is of the week alone
    out.push_back(say(language, "district.said_latest", d.latest.counted - d.now.counted,
                      count(newest.activated)) +
                  sum(newest) + ".");
  }
  return out;
}

}  // namespace app
