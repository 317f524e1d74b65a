#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "app/figures.hpp"
#include "data/quality.hpp"
#include "data/score.hpp"

namespace app {

/// What stands under the colours of the map, by category; the last one is "no number".
std::vector<std::string> category_labels(const data::Dataset& dataset, const Figures& figures,
                                         Language language);
/// The communes that go out: those that the filter leaves.
std::vector<geo::UnitIndex> exported_units(const data::Dataset& dataset, const Figures& figures);
/// "thiếu người 5, tỷ lệ thấp 2": weights of a score that count, as given.
std::string weights_text(const data::Weights& weights, Language language);
/// The filter in words, one list a sentence; empty: nothing is filtered.
std::vector<std::string> filter_texts(const data::Dataset& dataset, const Figures& figures,
                                      const View& view);
/// "Ranh giới hôm nay", "Ranh giới ngày 15/11/2026"
std::string boundaries_text(const data::Dataset& dataset, Language language);
/// "Số cộng dồn bị giảm": what a check of the numbers looks for.
std::string check_name(data::Check check, Language language);
/// What a finding says, and why somebody let it stand when it was entered.
std::string finding_words(const data::Finding& finding, Language language);
/// "báo cáo tuần: a.csv": what the data come from, each kind and file once, newest first.
std::vector<std::string> source_notes(const data::Dataset& dataset, Language language);
/// What must be known about a table that leaves the program, most important first.
std::vector<std::string> export_notes(const data::Dataset& dataset, const Figures& figures,
                                      const View& view, const data::Weights& weights,
                                      const std::filesystem::path& workspace);

}  // namespace app
