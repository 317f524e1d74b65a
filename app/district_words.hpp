#pragma once
#include <string>
#include <vector>

#include "app/language.hpp"
#include "data/district_progress.hpp"

namespace app {

/// The question as one says it on the telephone, in whole sentences with its numbers.
std::string question_text(const data::Question& question, const data::UnitProgress& unit,
                          Language language);
/// "chưa có báo cáo tuần này": what it is about, in a few words.
std::string ask_name(data::Ask ask, Language language);

/// "1.234"; not known: "–".
std::string people_text(const std::optional<data::People>& people, Language language);
/// "+23", "−5", "0"; not known: "–".
std::string change_text(const std::optional<data::People>& change, Language language);
/// Percentage points, "+0,5".
std::string points_text(const std::optional<double>& points, Language language);
/// A rate or an achievement as a percentage; not known: "–".
template <class Share>
std::string share_text(const std::optional<Share>& share, Language language) {
  return share ? percent(language, share->value) : std::string("–");
}
/// When it reported: "tuần này", "3 tuần trước", "chưa lần nào".
std::string report_text(const data::UnitProgress& unit, Language language);

/// What the sums say, a sentence each: who reported, how many people, how far from the target; and
/// with the newest numbers of those who did not.
std::vector<std::string> district_sentences(const data::DistrictProgress& district,
                                            Language language);

}  // namespace app
