#include "app/decree_words.hpp"

#include <array>

namespace app {

std::string verdict_words(Language language, data::Verdict verdict) {
  return say(language, "boundary." + std::string(data::id(verdict)));
}

std::string basis_words(Language language, data::ShareBasis basis) {
  constexpr std::array words{"boundary.by_whole", "boundary.by_given", "boundary.by_residents",
                             "boundary.by_land",  "boundary.by_area",  "boundary.by_equally"};
  return say(language, words.at(static_cast<std::size_t>(basis)));
}

std::string unit_words(const std::string& code, const std::string& name) {
  if (code.empty() && name.empty()) return "–";
  return code.empty() || name.empty() ? code + name : code + " " + name;
}

}  // namespace app
