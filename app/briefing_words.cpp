#include "app/briefing_words.hpp"

#include <locale>
#include <sstream>

#include "app/figures.hpp"

namespace app {

std::string told_numbers(const std::string& numbers, data::Indicator indicator, Language language) {
  std::istringstream in(numbers);
  in.imbue(std::locale::classic());
  std::string kind;
  long long count = 0, people = 0, tenths = 0;
  if (!(in >> kind)) return {};
  if (numbers == kind + " -") return say(language, "app.briefing_numbers_none");
  if (!(in >> count >> people >> tenths)) return {};
  const std::string persons = number(language, static_cast<double>(people));
  if (kind == "standing") {
    const data::Rate rate(static_cast<double>(tenths) / 1000);
    const std::string reached = rate_text(indicator, rate, language);
    // Nobody short, or no target to fall short of: neither is told as a number of people.
    return people > 0 ? say(language, "app.briefing_numbers_standing", reached, persons)
                      : say(language, "app.briefing_numbers_reached", reached);
  }
  const std::string share = percent(language, static_cast<double>(tenths) / 1000);
  std::string out = say(language, "app.briefing_numbers_communes", count);
  if (people != 0) out += " · " + say(language, "app.briefing_numbers_people", persons);
  if (tenths != 0) out += " · " + share;
  return out;
}

}  // namespace app
