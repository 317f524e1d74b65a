#include "app/export_notes.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>

#include "app/file_names.hpp"
#include "app/layers.hpp"
#include "app/panels/import_words.hpp"
#include "app/reasons.hpp"
#include "data/clock.hpp"
#include "data/import.hpp"

namespace app {
namespace {

std::string layer_name(MapLayer layer, Language language) {
  switch (layer) {
    case MapLayer::gap:
      return say(language, "app.out_layer_gap");
    case MapLayer::two_way:
      return say(language, "app.out_layer_two_way");
    case MapLayer::performance:
      return say(language, "app.out_layer_performance");
    case MapLayer::clusters:
      return say(language, "app.out_layer_clusters");
    case MapLayer::change:
      return say(language, "app.out_layer_change");
    case MapLayer::silence:
      return say(language, "app.out_layer_silence");
  }
  return {};
}

std::string criterion_name(data::Criterion criterion, Language language) {
  switch (criterion) {
    case data::Criterion::shortfall:
      return say(language, "app.weight_shortfall");
    case data::Criterion::rate:
      return say(language, "app.weight_rate");
    case data::Criterion::achievement:
      return say(language, "app.weight_achievement");
    case data::Criterion::barriers:
      return say(language, "app.weight_barriers");
    case data::Criterion::silence:
      return say(language, "app.weight_silence");
    case data::Criterion::teams:
      return say(language, "app.weight_teams");
  }
  return {};
}

/// "a, b, c"
class List {
 public:
  void add(const std::string& word) { text_ += (text_.empty() ? "" : ", ") + word; }
  const std::string& text() const { return text_; }

 private:
  std::string text_;
};

/// The unit that is exactly these communes, when there is one; else how many they are.
std::string within_text(const data::Dataset& dataset, const std::vector<geo::UnitIndex>& within,
                        Language language) {
  if (within.size() == 1) return dataset.communes[within.front().value].full_name;
  const auto all_of = [&](std::int32_t data::Commune::*member) -> std::int32_t {
    const std::int32_t index = dataset.communes[within.front().value].*member;
    if (index < 0) return -1;
    const auto same = [&](geo::UnitIndex unit) {
      return dataset.communes[unit.value].*member == index;
    };
    if (!std::all_of(within.begin(), within.end(), same)) return -1;
    const auto count = std::count_if(dataset.communes.begin(), dataset.communes.end(),
                                     [&](const data::Commune& c) { return c.*member == index; });
    return static_cast<std::size_t>(count) == within.size() ? index : -1;
  };
  if (const auto district = all_of(&data::Commune::district); district >= 0)
    return dataset.districts[static_cast<std::size_t>(district)].name;
  if (const auto province = all_of(&data::Commune::province); province >= 0)
    return dataset.provinces[static_cast<std::size_t>(province)].name;
  return communes_text(within.size(), language);
}

/// "tỷ lệ thấp · Sóng điện thoại tốt: vừa"
std::string cell_label(const Figures& f, std::size_t cell, Language language) {
  const auto third = [&](std::size_t i) {
    return i == 0   ? say(language, "app.out_low")
           : i == 1 ? say(language, "app.out_middle")
                    : say(language, "app.out_high");
  };
  return say(language, "app.out_cell", third(cell / 3),
             indicator_name(indicator_of(f.across), language), third(cell % 3));
}

}  // namespace

std::vector<std::string> source_notes(const data::Dataset& dataset, Language language) {
  std::vector<std::string> notes;
  for (const data::SourceFile& source : dataset.source_files) {
    const auto kind = data::import_kind_by_id(source.kind);
    const std::string words = kind ? kind_text(language, *kind) : source.kind;
    std::string note = say(language, "app.out_note_source", words, file_name(source.file));
    if (std::find(notes.begin(), notes.end(), note) == notes.end())
      notes.push_back(std::move(note));
  }
  return notes;
}

std::vector<std::string> category_labels(const data::Dataset& dataset, const Figures& f,
                                         Language language) {
  std::vector<std::string> labels(f.colours.size() + 1);
  for (const render::LegendEntry& entry : legend(f, dataset, language).entries)
    if (entry.category && *entry.category < labels.size()) labels[*entry.category] = entry.text;
  // Beside the map only the corners of the 3×3 map are put into words, with what they ask for.
  if (f.layer == MapLayer::two_way && f.colours.size() == 9)
    for (std::size_t cell = 0; cell < 9; ++cell) labels[cell] = cell_label(f, cell, language);
  if (labels.back().empty())
    labels.back() = data::is_reported(f.indicator) ? say(language, "view.not_reported")
                                                   : say(language, "view.no_number");
  return labels;
}

std::vector<geo::UnitIndex> exported_units(const data::Dataset& dataset, const Figures& f) {
  std::vector<geo::UnitIndex> units = f.within;
  if (units.empty() && !f.none)
    for (std::size_t i = 0; i < dataset.communes.size(); ++i) units.emplace_back(i);
  return units;
}

std::string weights_text(const data::Weights& weights, Language language) {
  const bool all_zero =
      std::none_of(weights.of.begin(), weights.of.end(), [](double w) { return w > 0; });
  const data::Weights used = all_zero ? data::Weights() : weights;
  List list;
  for (const data::Criterion criterion : data::all_criteria) {
    const double weight = used.of[static_cast<std::size_t>(criterion)];
    if (weight > 0)
      list.add(criterion_name(criterion, language) + ' ' +
               number(language, weight, weight == std::floor(weight) ? 0 : 2));
  }
  return list.text();
}

std::vector<std::string> filter_texts(const data::Dataset& dataset, const Figures& f,
                                      const View& view) {
  const Language language = view.language;
  std::vector<std::string> out;
  const Filter& filter = view.filter;
  if (!filter.districts.empty()) {
    List list;
    for (const std::int32_t d : filter.districts)
      list.add(d < 0 ? say(language, "app.out_no_district")
                     : dataset.districts[static_cast<std::size_t>(d)].name);
    out.push_back(say(language, "app.out_filter_districts", list.text()));
  }
  if (!filter.kinds.empty()) {
    List list;
    for (const std::string& kind : filter.kinds) list.add(kind);
    out.push_back(say(language, "app.out_filter_kinds", list.text()));
  }
  if (!filter.categories.empty()) {
    const auto labels = category_labels(dataset, f, language);
    List list;
    for (const std::size_t category : filter.categories)
      list.add(labels[std::min(category, labels.size() - 1)]);
    out.push_back(say(language, "app.out_filter_categories", list.text()));
  }
  if (!filter.barriers.empty()) {
    List list;
    for (const data::Barrier barrier : filter.barriers) list.add(barrier_name(barrier, language));
    out.push_back(say(language, "app.out_filter_barriers", list.text()));
  }
  if (out.empty() && !f.within.empty())
    out.push_back(say(language, "app.out_within", within_text(dataset, f.within, language)));
  return out;
}

std::string boundaries_text(const data::Dataset& dataset, Language language) {
  return dataset.boundaries_of
             ? say(language, "view.boundaries_of", date(language, *dataset.boundaries_of))
             : say(language, "cli.boundaries_today");
}

std::string check_name(data::Check check, Language language) {
  switch (check) {
    case data::Check::counts_order:
      return say(language, "app.check_counts_order");
    case data::Check::falling:
      return say(language, "app.check_falling");
    case data::Check::jump:
      return say(language, "app.check_jump");
    case data::Check::density:
      return say(language, "app.check_density");
    case data::Check::residents:
      return say(language, "app.check_residents");
    case data::Check::settlement_outside:
      return say(language, "app.check_settlement_outside");
    case data::Check::settlement_without_commune:
      return say(language, "app.check_settlement_without_commune");
    case data::Check::team_without_commune:
      return say(language, "app.check_team_without_commune");
    case data::Check::silent:
      return say(language, "app.check_silent");
    case data::Check::never_reported:
      return say(language, "app.check_never_reported");
  }
  return {};
}

std::string finding_words(const data::Finding& finding, Language language) {
  std::string out = say(language, finding.message);
  if (finding.kept)
    out += ' ' + say(language, "app.finding_kept", finding.kept->reason, finding.kept->unit);
  return out;
}

std::vector<std::string> export_notes(const data::Dataset& dataset, const Figures& f,
                                      const View& view, const data::Weights& weights,
                                      const std::filesystem::path& workspace) {
  const Language language = view.language;
  std::vector<std::string> notes;
  const auto add = [&notes](std::string text) { notes.push_back(std::move(text)); };
  if (dataset.made_up) add(say(language, "view.watermark"));
  add(dataset.title + " · " + indicator_name(f.indicator, language) + " (" +
      std::string(data::id(f.indicator)) + ")");
  if (data::is_reported(f.indicator) && !dataset.dates.empty())
    add(say(language, "app.out_note_day", date(language, f.at)));
  add(boundaries_text(dataset, language));
  const auto filters = filter_texts(dataset, f, view);
  if (filters.empty()) add(say(language, "app.out_note_all"));
  for (const std::string& text : filters) add(text);
  const auto units = exported_units(dataset, f);
  add(say(language, "app.out_note_rows", units.size(), dataset.communes.size()));
  if (!view.selected.empty()) add(say(language, "app.out_note_selected", view.selected.size()));

  const auto missing = std::count_if(units.begin(), units.end(), [&](geo::UnitIndex unit) {
    return f.gaps[unit.value].status == data::Status::not_reported;
  });
  if (missing > 0) add(say(language, "app.out_note_missing", missing));
  std::string colours = layer_name(f.layer, language);
  if (f.layer == MapLayer::change)
    colours += " (" + date(language, f.since) + " → " + date(language, f.at) + ')';
  add(say(language, "app.out_note_colours", colours));
  add(say(language, "app.out_note_score", weights_text(weights, language)));
  add(say(language, "app.out_note_workspace", file_name(workspace)));
  for (std::string& note : source_notes(dataset, language)) add(std::move(note));
  add(say(language, "app.out_note_program", PHUSONG_VERSION, date(language, data::local_today())));
  return notes;
}

}  // namespace app
