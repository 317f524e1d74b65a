#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "geo/date.hpp"
#include "geo/error.hpp"
#include "geo/issue.hpp"
#include "geo/message.hpp"

namespace app {

enum class Language { vietnamese, english };

/// "vi", "en"; from --lang, else the locale (vi unless LC_ALL/LC_MESSAGES/LANG name another
/// language than Vietnamese or C).
std::optional<Language> language_by_id(std::string_view id);
Language language_of_locale();

/// The sentence for a message in the language (assets/lang). An id without a sentence is shown as
/// itself.
std::string say(Language language, const geo::Message& message);
template <class... Args>
std::string say(Language language, std::string id, Args... args) {
  return say(language, geo::msg(std::move(id), std::move(args)...));
}
std::string say(Language language,
                const geo::Error& error);  ///< what, where and what to do, on lines of their own
std::string say(Language language, const geo::Issue& issue);  ///< one line: place: sentence

/// Numbers as the language writes them: 1.234,5 / 1,234.5; 26,4% / 26.4%; 27/8/2023 / 27 Aug 2023.
std::string number(Language language, double value, int decimals = 0);
std::string percent(Language language, double share, int decimals = 1);
std::string date(Language language, geo::Date date);

}  // namespace app
