#pragma once
#include <cmath>
#include <string>

#include "app/language.hpp"
#include "app/reasons.hpp"
#include "app/statement_place.hpp"
#include "data/statements.hpp"

namespace app {

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
  bool nobody_short() const { return has_target() && said.now->shortfall->value < 0.5; }
};

/// "29%"; a tenth more where a whole percent says too little, and never all where it is not.
std::string share_text(double share, Language language);
/// The sentence, from its numbers alone.
std::string headline_of(const Saying& saying);

}  // namespace app
