#include "app/scene_look.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <nlohmann/json.hpp>
#include <utility>

namespace app {
namespace {

using nlohmann::ordered_json;

constexpr std::array<std::pair<MapLayer, std::string_view>, 6> layers{{
    {MapLayer::gap, "gap"},
    {MapLayer::two_way, "two_way"},
    {MapLayer::performance, "performance"},
    {MapLayer::clusters, "clusters"},
    {MapLayer::change, "change"},
    {MapLayer::silence, "silence"},
}};
constexpr std::array<std::pair<Across, std::string_view>, 3> sides{{
    {Across::signal, "signal"},
    {Across::electricity, "electricity"},
    {Across::teams, "teams"},
}};
constexpr std::array<std::pair<PointsShown, std::string_view>, 3> points{{
    {PointsShown::near, "near"},
    {PointsShown::always, "always"},
    {PointsShown::never, "never"},
}};

template <class Value, std::size_t n>
std::string_view word(const std::array<std::pair<Value, std::string_view>, n>& words, Value of) {
  for (const auto& [value, name] : words)
    if (value == of) return name;
  return {};
}
template <class Value, std::size_t n>
std::optional<Value> value(const std::array<std::pair<Value, std::string_view>, n>& words,
                           std::string_view of) {
  for (const auto& [known, name] : words)
    if (name == of) return known;
  return std::nullopt;
}

// Each reads a field of the type it should have, and leaves alone what is not of it.
void take(const ordered_json& of, const char* field, bool& into) {
  if (const auto at = of.find(field); at != of.end() && at->is_boolean()) into = at->get<bool>();
}
std::string text(const ordered_json& of, const char* field) {
  const auto at = of.find(field);
  return at != of.end() && at->is_string() ? at->get<std::string>() : std::string();
}
std::vector<std::string> texts(const ordered_json& of, const char* field) {
  std::vector<std::string> out;
  const auto at = of.find(field);
  if (at == of.end() || !at->is_array()) return out;
  for (const ordered_json& item : *at)
    if (item.is_string()) out.push_back(item.get<std::string>());
  return out;
}

void take_classes(ClassChoice& choice, const ordered_json& of) {
  if (const auto by = data::classification_by_id(text(of, "by"))) choice.by = *by;
  if (const auto at = of.find("count"); at != of.end() && at->is_number_unsigned())
    choice.classes = std::clamp<std::size_t>(at->get<std::size_t>(), 2, 9);
  take(of, "at_target", choice.at_target);
  take(of, "pooled", choice.pooled);
  choice.inner_breaks.clear();
  if (const auto at = of.find("breaks"); at != of.end() && at->is_array()) {
    for (const ordered_json& item : *at)
      if (item.is_number() && choice.inner_breaks.size() < 9)
        choice.inner_breaks.push_back(item.get<double>());
  }
  const std::string palette = text(of, "palette");
  if (palette.empty() || !render::palette(palette, 2, 2).empty()) choice.palette = palette;
}

void take_filter(Filter& filter, const ordered_json& of, const data::Dataset& dataset) {
  filter = {};
  for (const std::string& code : texts(of, "districts")) {
    for (std::size_t d = 0; d < dataset.districts.size(); ++d)
      if (dataset.districts[d].code.text == code)
        filter.districts.push_back(static_cast<std::int32_t>(d));
  }
  filter.kinds = texts(of, "kinds");
  for (const std::string& name : texts(of, "barriers"))
    if (const auto barrier = data::barrier_by_id(name)) filter.barriers.push_back(*barrier);
  if (const auto at = of.find("categories"); at != of.end() && at->is_array()) {
    for (const ordered_json& item : *at)
      if (item.is_number_unsigned() && item.get<std::size_t>() < 64)
        filter.categories.push_back(item.get<std::size_t>());
  }
}

}  // namespace

std::string_view id(MapLayer layer) { return word(layers, layer); }
std::string_view id(Across across) { return word(sides, across); }
std::optional<MapLayer> layer_by_id(std::string_view id) { return value(layers, id); }

std::string look_of(const View& view, const data::Dataset& dataset) {
  ordered_json out;
  out["across"] = word(sides, view.across);
  ordered_json classes{{"by", data::id(view.choice.by)},
                       {"count", view.choice.classes},
                       {"at_target", view.choice.at_target},
                       {"pooled", view.choice.pooled}};
  if (!view.choice.inner_breaks.empty()) classes["breaks"] = view.choice.inner_breaks;
  if (!view.choice.palette.empty()) classes["palette"] = view.choice.palette;
  out["classes"] = std::move(classes);
  if (!view.filter.empty()) {
    ordered_json filter;
    for (const std::int32_t d : view.filter.districts)
      filter["districts"].push_back(dataset.districts[static_cast<std::size_t>(d)].code.text);
    for (const std::string& kind : view.filter.kinds) filter["kinds"].push_back(kind);
    for (const std::size_t c : view.filter.categories) filter["categories"].push_back(c);
    for (const data::Barrier barrier : view.filter.barriers)
      filter["barriers"].push_back(data::id(barrier));
    out["filter"] = std::move(filter);
  }
  out["barriers"] = view.show_barriers;
  out["circles"] = view.show_circles;
  out["labels"] = view.show_labels;
  out["uncertain"] = view.show_uncertain;
  out["settlements"] = word(points, view.points);
  return out.dump(-1, ' ', false, ordered_json::error_handler_t::replace);
}

void take_look(View& view, const std::string& look, const data::Dataset& dataset) {
  const ordered_json of = ordered_json::parse(look, nullptr, false);
  if (!of.is_object()) return;
  if (const auto across = value(sides, text(of, "across"))) view.across = *across;
  if (const auto at = of.find("classes"); at != of.end() && at->is_object())
    take_classes(view.choice, *at);
  if (const auto at = of.find("filter"); at != of.end() && at->is_object())
    take_filter(view.filter, *at, dataset);
  take(of, "barriers", view.show_barriers);
  take(of, "circles", view.show_circles);
  take(of, "labels", view.show_labels);
  take(of, "uncertain", view.show_uncertain);
  if (const auto shown = value(points, text(of, "settlements"))) view.points = *shown;
}

}  // namespace app
