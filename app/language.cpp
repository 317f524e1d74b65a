#include "app/language.hpp"

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <nlohmann/json.hpp>

#include "assets/assets.hpp"

namespace app {
namespace {

using Sentences = std::map<std::string, std::string, std::less<>>;

Sentences read_sentences(std::string_view language) {
  Sentences all;
  for (const char* room : {"geo", "data", "render", "app", "cli", "view", "plan", "entry",
                           "district", "records", "exchange", "history", "boundary", "safety"}) {
    const auto file =
        nlohmann::json::parse(assets::text("lang/" + std::string(language) + "/" + room + ".json"));
    for (const auto& [id, sentence] : file.items()) all.emplace(id, sentence.get<std::string>());
  }
  return all;
}

const Sentences& sentences(Language language) {
  // Constant texts of the program, each language read once on first use.
  if (language == Language::english) {
    static const Sentences english = read_sentences("en");
    return english;
  }
  static const Sentences vietnamese = read_sentences("vi");
  return vietnamese;
}

std::string grouped(std::string_view digits, char separator) {
  std::string out;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    if (i > 0 && (digits.size() - i) % 3 == 0) out += separator;
    out += digits[i];
  }
  return out;
}

/// The shortest way to write a number of a sentence: whole when whole, else up to two decimals.
std::string free_number(Language language, double value) {
  for (int decimals = 0; decimals < 2; ++decimals) {
    const double scaled = value * std::pow(10, decimals);
    if (std::abs(scaled - std::round(scaled)) < 1e-6) return number(language, value, decimals);
  }
  return number(language, value, 2);
}

std::string words(Language language, const geo::Arg& arg) {
  if (const auto* whole = std::get_if<std::int64_t>(&arg)) {
    return number(language, static_cast<double>(*whole));
  }
  if (const auto* real = std::get_if<double>(&arg)) return free_number(language, *real);
  const auto& text = std::get<std::string>(arg);
  // Dates travel as ISO text between the rooms.
  if (text.size() == 10 && text[4] == '-' && text[7] == '-') {
    if (const auto day = geo::parse_date(text)) return date(language, *day);
  }
  return text;
}

}  // namespace

std::optional<Language> language_by_id(std::string_view id) {
  if (id == "vi") return Language::vietnamese;
  if (id == "en") return Language::english;
  return std::nullopt;
}

Language language_of_locale() {
  for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
    const char* value = std::getenv(name);
    if (value == nullptr || *value == '\0') continue;
    const std::string_view locale = value;
    const std::string_view word = locale.substr(0, locale.find_first_of("_.@"));
    const bool ours = word == "vi" || word == "C" || word == "POSIX";
    return ours ? Language::vietnamese : Language::english;
  }
  return Language::vietnamese;
}

std::string say(Language language, const geo::Message& message) {
  const Sentences& all = sentences(language);
  const auto found = all.find(message.id);
  std::string_view sentence = found == all.end() ? std::string_view(message.id) : found->second;
  std::string out;
  while (!sentence.empty()) {
    const std::size_t open = sentence.find('{');
    out += sentence.substr(0, open);
    if (open == std::string_view::npos) break;
    sentence.remove_prefix(open);
    const std::size_t close = sentence.find('}');
    std::size_t index = 0;
    const bool placeholder =
        close != std::string_view::npos && close > 1 &&
        sentence.substr(1, close - 1).find_first_not_of("0123456789") == std::string_view::npos;
    if (placeholder) {
      for (char digit : sentence.substr(1, close - 1)) {
        index = index * 10 + static_cast<std::size_t>(digit - '0');
      }
    }
    if (placeholder && index < message.args.size()) {
      out += words(language, message.args[index]);
      sentence.remove_prefix(close + 1);
    } else {
      out += '{';
      sentence.remove_prefix(1);
    }
  }
  return out;
}

std::string say(Language language, const geo::Error& error) {
  std::string out = say(language, error.message);
  if (!error.where.empty()) out += '\n' + say(language, "cli.error_where", error.where);
  if (!error.remedy.id.empty()) {
    out += '\n' + say(language, "cli.error_remedy", say(language, error.remedy));
  }
  return out;
}

std::string say(Language language, const geo::Issue& issue) {
  std::string place = issue.file;
  const auto add = [&place](const std::string& words) {
    if (!place.empty()) place += ", ";
    place += words;
  };
  if (!issue.sheet.empty()) add(say(language, "cli.issue_sheet", issue.sheet));
  // Not written with separators: a person looks for the row as the spreadsheet shows it.
  if (issue.row) add(say(language, "cli.issue_row", std::to_string(*issue.row)));
  if (!issue.column.empty()) add(say(language, "cli.issue_column", issue.column));
  if (!issue.unit.empty()) add(issue.unit);
  if (issue.at) {
    add(number(language, issue.at->lat, 5) + (language == Language::vietnamese ? "; " : ", ") +
        number(language, issue.at->lon, 5));
  }
  const std::string sentence = say(language, issue.message);
  return place.empty() ? sentence : place + ": " + sentence;
}

std::string number(Language language, double value, int decimals) {
  if (!std::isfinite(value)) return "–";
  const double scale = std::pow(10, decimals);
  // Half away from zero, as a spreadsheet shows it; the nudge undoes what binary made of 1.005.
  const double rounded = std::round(value * scale * (1 + 1e-15)) / scale;
  char buffer[400];
  std::snprintf(buffer, sizeof buffer, "%.*f", decimals, std::abs(rounded));
  const std::string_view text = buffer;
  const std::size_t point = text.find('.');
  const bool vietnamese = language == Language::vietnamese;
  std::string out = rounded < 0 ? "-" : "";
  out += grouped(text.substr(0, point), vietnamese ? '.' : ',');
  if (point != std::string_view::npos) {
    out += vietnamese ? ',' : '.';
    out += text.substr(point + 1);
  }
  return out;
}

std::string percent(Language language, double share, int decimals) {
  return number(language, share * 100, decimals) + (std::isfinite(share) ? "%" : "");
}

std::string date(Language language, geo::Date date) {
  const std::chrono::year_month_day day{date.day};
  const auto d = std::to_string(static_cast<unsigned>(day.day()));
  const auto m = static_cast<unsigned>(day.month());
  const auto y = std::to_string(static_cast<int>(day.year()));
  if (language == Language::vietnamese) return d + '/' + std::to_string(m) + '/' + y;
  constexpr const char* months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                    "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const std::string no_break = "\u00a0";
  return d + no_break + months[m - 1] + no_break + y;
}

}  // namespace app
