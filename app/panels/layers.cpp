#include <string>

#include "app/panels/draw.hpp"
#include "app/panels/how.hpp"
#include "app/panels/panels.hpp"

namespace app {
namespace {

std::string layer_name(Language l, MapLayer layer) {
  switch (layer) {
    case MapLayer::gap:
      return say(l, "app.layer_pill_gap");
    case MapLayer::two_way:
      return say(l, "app.layer_pill_two_way");
    case MapLayer::performance:
      return say(l, "app.layer_pill_performance");
    case MapLayer::clusters:
      return say(l, "app.layer_pill_clusters");
    case MapLayer::change:
      return say(l, "app.layer_pill_change");
    case MapLayer::silence:
      return say(l, "app.layer_pill_silence");
  }
  return {};
}

std::string layer_note(Language l, MapLayer layer) {
  switch (layer) {
    case MapLayer::gap:
      return say(l, "app.layer_gap_note");
    case MapLayer::two_way:
      return say(l, "app.layer_two_way_note");
    case MapLayer::performance:
      return say(l, "app.layer_performance_note");
    case MapLayer::clusters:
      return say(l, "app.layer_clusters_note");
    case MapLayer::change:
      return say(l, "app.layer_change_note");
    case MapLayer::silence:
      return say(l, "app.layer_silence_note");
  }
  return {};
}

std::string across_name(Language l, Across across) {
  switch (across) {
    case Across::signal:
      return say(l, "app.across_signal");
    case Across::electricity:
      return say(l, "app.across_electricity");
    case Across::teams:
      return say(l, "app.across_teams");
  }
  return {};
}

/// Choices of equal width in rows of `across`.
template <class Value, class Name, class Note>
std::optional<Value> choose(const Look& look, const char* id, std::initializer_list<Value> values,
                            int across, Value now, Name name, Note note) {
  std::optional<Value> pressed;
  const float gap = look.px(5);
  const float width = (ImGui::GetContentRegionAvail().x - gap * static_cast<float>(across - 1)) /
                      static_cast<float>(across);
  int i = 0;
  ImGui::PushID(id);
  for (const Value value : values) {
    if (i % across != 0) ImGui::SameLine(0, gap);
    ImGui::PushID(i++);
    if (pill(look, "choice", name(value), value == now, {width, look.px(25)})) pressed = value;
    if (ImGui::IsItemHovered()) {
      const std::string words = note(value);
      if (!words.empty()) tip(look, words);
    }
    ImGui::PopID();
    if (i % across == 0) space(look, 1);
  }
  ImGui::PopID();
  return pressed;
}

void choose_since(const AppState& s, const Look& look, Commands& commands) {
  const Language l = s.view.language;
  const auto& dates = s.dataset()->dates;
  space(look, 3);
  // Only what came before: a change does not run backwards.
  const geo::Date at_date = s.derived.figures->at;
  const bool dated = s.view.since && *s.view.since < at_date;
  const std::string now = dated ? date(l, *s.view.since) : say(l, "app.since_four_weeks");
  const ImVec2 at = ImGui::GetCursorScreenPos();
  put(look.small, {at.x, at.y + look.px(6)}, ink(render::house::muted), say(l, "app.since"));
  const float label = size_of(look.small, say(l, "app.since")).x + look.px(8);
  ImGui::SetCursorScreenPos({at.x + label, at.y});
  ImGui::SetNextItemWidth(ImGui::GetContentRegionAvail().x);
  if (!ImGui::BeginCombo("##since", now.c_str())) return;
  if (ImGui::Selectable(say(l, "app.since_four_weeks").c_str(), !dated)) {
    commands.emplace_back(command::ChooseSince{});
  }
  for (const geo::Date d : dates) {
    if (!(d < at_date)) break;
    if (ImGui::Selectable(date(l, d).c_str(), s.view.since == d)) {
      commands.emplace_back(command::ChooseSince{d});
    }
  }
  ImGui::EndCombo();
}

/// When settlements are drawn: one of two, or neither.
void choose_points(const AppState& s, const Look& look, Commands& commands) {
  if (s.dataset()->settlements.empty()) return;
  const Language l = s.view.language;
  space(look, 3);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const std::string label = say(l, "app.points");
  put(look.small, {at.x, at.y + (look.px(25) - look.small->FontSize) / 2},
      ink(render::house::muted), label);
  const float left = size_of(look.small, label).x + look.px(8), gap = look.px(5);
  const float width = (ImGui::GetContentRegionAvail().x - left - gap) / 2;
  const auto choice = [&](const char* id, float x, PointsShown when, const std::string& name,
                          const std::string& note) {
    ImGui::SetCursorScreenPos({x, at.y});
    const bool chosen = s.view.points == when;
    if (pill(look, id, name, chosen, {width, look.px(25)})) {
      commands.emplace_back(command::ShowPoints{chosen ? PointsShown::never : when});
    }
    if (ImGui::IsItemHovered()) tip(look, note);
  };
  choice("near", at.x + left, PointsShown::near, say(l, "app.points_near"),
         say(l, "app.points_near_note"));
  choice("always", at.x + left + width + gap, PointsShown::always, say(l, "app.points_always"),
         say(l, "app.points_always_note"));
  space(look, 1);
}

/// What the colours say.
void choose_colours(const AppState& s, const Look& look, Commands& commands) {
  const Language l = s.view.language;
  // Not every layer can be shown of every indicator: the one chosen is the one on the map.
  const MapLayer shown = s.derived.figures ? s.derived.figures->layer : s.view.layer;
  const auto layer = choose<MapLayer>(
      look, "layers",
      {MapLayer::gap, MapLayer::two_way, MapLayer::performance, MapLayer::clusters,
       MapLayer::change, MapLayer::silence},
      2, shown, [&](MapLayer v) { return layer_name(l, v); },
      [&](MapLayer v) { return layer_note(l, v); });
  if (layer) commands.emplace_back(command::ChooseLayer{*layer});
  if (shown == MapLayer::change) choose_since(s, look, commands);
  if (shown != MapLayer::two_way) return;
  space(look, 3);
  const auto across = choose<Across>(
      look, "across", {Across::signal, Across::electricity, Across::teams}, 3, s.view.across,
      [&](Across v) { return across_name(l, v); }, [](Across) { return std::string(); });
  if (across) commands.emplace_back(command::ChooseAcross{*across});
}

}  // namespace

void draw_layers(const AppState& s, const Look& look, Commands& commands) {
  section(look, say(s.view.language, "app.heading_layers"));
  choose_colours(s, look, commands);
  choose_points(s, look, commands);
}

void draw_two_way(const AppState& s, const Look& look, Commands& commands) {
  if (!s.derived.legend.grid) return;
  const Language l = s.view.language;
  const render::LegendGrid& grid = *s.derived.legend.grid;
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float width = ImGui::GetContentRegionAvail().x;
  const float cell = look.px(52), high = look.px(34), gap = look.px(2);
  const float side = look.px(64), left = at.x + side;
  ImDrawList* list = ImGui::GetWindowDrawList();
  for (std::size_t r = 0; r < 3; ++r) {
    for (std::size_t c = 0; c < 3; ++c) {
      const std::size_t category = 3 * (2 - r) + c;  // the highest rate on top
      if (category >= grid.cells.size() || category >= grid.counts.size()) return;
      ImGui::SetCursorScreenPos({left + (cell + gap) * static_cast<float>(c),
                                 at.y + (high + gap) * static_cast<float>(r)});
      ImGui::PushID(static_cast<int>(category));
      const Hit h = hit(look, "cell", {cell, high});
      ImGui::PopID();
      const render::Colour fill = grid.cells[category];
      list->AddRectFilled(h.min, h.max, ink(fill), look.px(2));
      if (h.hovered) {
        list->AddRect(h.min, h.max, ink(render::house::text), look.px(2), 0, look.px(2));
        std::string words;
        for (const render::LegendEntry& entry : s.derived.legend.entries) {
          if (entry.category == category) words = entry.text + "\n";
        }
        tip(look, words + say(l, "app.communes", grid.counts[category]) + "\n" +
                      say(l, "app.class_hint"));
      }
      put_centred(look.small,
                  {(h.min.x + h.max.x) / 2, h.min.y + (high - look.small->FontSize) / 2},
                  ink(render::luminance(fill) > 0.4 ? render::house::text : render::house::panel),
                  grid.counts[category]);
      if (h.pressed) commands.emplace_back(command::SelectCategory{category, how_pressed()});
    }
  }
  // What grows along each side.
  const ImU32 muted = ink(render::house::muted);
  put_within(look.small, {at.x, at.y}, muted, say(l, "app.rate_high"), side - look.px(4));
  put_within(look.small, {at.x, at.y + 3 * high + 2 * gap - look.small->FontSize}, muted,
             say(l, "app.rate_low"), side - look.px(4));
  const float foot = at.y + 3 * (high + gap) + look.px(1);
  put(look.small, {left, foot}, muted, say(l, "app.little"));
  put_right(look.small, {left + 3 * cell + 2 * gap, foot}, muted, say(l, "app.much"));
  ImGui::SetCursorScreenPos(at);
  ImGui::Dummy({width, foot - at.y + look.small->FontSize + look.px(3)});
  paragraph(look.small, muted, grid.across);
  paragraph(look.small, muted, grid.up);
  space(look, 4);
}

}  // namespace app
