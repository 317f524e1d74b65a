#include "app/briefing_words.hpp"

#include <locale>
#include <sstream>

namespace app {

std::string told_numbers(const std::string& numbers, Language language) {
  std::istringstream in(numbers);
  in.imbue(std::locale::classic());
  std::string kind;
  long long count = 0, people = 0, tenths = 0;
  if (!(in >> kind)) return {};
  if (numbers == kind + " -") return say(language, "app.briefing_numbers_none");
  if (!(in >> count >> people >> tenths)) return {};
  const std::string share = percent(language, static_cast<double>(tenths) / 1000);
  const std::string persons = number(language, static_cast<double>(people));
  if (kind == "standing") return say(language, "app.briefing_numbers_standing", share, persons);
  std::string out = say(language, "app.briefing_numbers_communes", count);
  if (people != 0) out += " · " + say(language, "app.briefing_numbers_people", persons);
  if (tenths != 0) out += " · " + share;
  return out;
}

}  // namespace app
