#include "app/decree_words.hpp"

#include <array>

namespace app {

std::string verdict_words(Language language, data::Verdict verdict) {
  constexpr std::array words{
      "boundary.whole",          "boundary.part",         "boundary.unchanged",
      "boundary.elsewhere",      "boundary.twice",        "boundary.left",
      "boundary.unknown_former", "boundary.unknown_unit", "boundary.ambiguous",
      "boundary.shares",         "boundary.no_successor", "boundary.no_predecessor"};
  return say(language, words.at(static_cast<std::size_t>(verdict)));
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
