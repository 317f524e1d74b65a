#include <string>

#include "app/panels/draw.hpp"
#include "app/panels/how.hpp"
#include "app/panels/panels.hpp"
#include "render/palette.hpp"

namespace app {
namespace {

std::string layer_name(Language l, MapLayer layer) {
  switch (layer) {
    case MapLayer::gap:
      return say(l, "app.layer_gap");
    case MapLayer::two_way:
      return say(l, "app.layer_two_way");
    case MapLayer::performance:
      return say(l, "app.layer_performance");
    case MapLayer::clusters:
      return say(l, "app.layer_clusters");
    case MapLayer::change:
      return say(l, "app.layer_change");
    case MapLayer::silence:
      return say(l, "app.layer_silence");
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

/// What a corner of the 3×3 map says in plain words; `low`: rate, `little`: the other side.
std::string corner(Language l, Across across, bool low, bool little) {
  switch (across) {
    case Across::signal:
      return low ? (little ? say(l, "app.corner_low_no_signal") : say(l, "app.corner_low_signal"))
                 : (little ? say(l, "app.corner_high_no_signal")
                           : say(l, "app.corner_high_signal"));
    case Across::electricity:
      return low ? (little ? say(l, "app.corner_low_no_grid") : say(l, "app.corner_low_grid"))
                 : (little ? say(l, "app.corner_high_no_grid") : say(l, "app.corner_high_grid"));
    case Across::teams:
      return low ? (little ? say(l, "app.corner_low_no_teams") : say(l, "app.corner_low_teams"))
                 : (little ? say(l, "app.corner_high_no_teams") : say(l, "app.corner_high_teams"));
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
  const std::string now = s.view.since ? date(l, *s.view.since) : say(l, "app.since_four_weeks");
  const ImVec2 at = ImGui::GetCursorScreenPos();
  put(look.small, {at.x, at.y + look.px(6)}, ink(render::house::muted), say(l, "app.since"));
  const float label = size_of(look.small, say(l, "app.since")).x + look.px(8);
  ImGui::SetCursorScreenPos({at.x + label, at.y});
  ImGui::SetNextItemWidth(ImGui::GetContentRegionAvail().x);
  if (!ImGui::BeginCombo("##since", now.c_str())) return;
  if (ImGui::Selectable(say(l, "app.since_four_weeks").c_str(), !s.view.since)) {
    commands.emplace_back(command::ChooseSince{});
  }
  for (const geo::Date d : dates) {
    if (ImGui::Selectable(date(l, d).c_str(), s.view.since == d)) {
      commands.emplace_back(command::ChooseSince{d});
    }
  }
  ImGui::EndCombo();
}

}  // namespace

void draw_layers(const AppState& s, const Look& look, Commands& commands) {
  const Language l = s.view.language;
  section(look, say(l, "app.heading_layers"));
  const auto layer = choose<MapLayer>(
      look, "layers",
      {MapLayer::gap, MapLayer::two_way, MapLayer::performance, MapLayer::clusters,
       MapLayer::change, MapLayer::silence},
      2, s.view.layer, [&](MapLayer v) { return layer_name(l, v); },
      [&](MapLayer v) { return layer_note(l, v); });
  if (layer) commands.emplace_back(command::ChooseLayer{*layer});
  if (s.view.layer == MapLayer::change) choose_since(s, look, commands);
  if (s.view.layer != MapLayer::two_way) return;
  space(look, 3);
  const auto across = choose<Across>(
      look, "across", {Across::signal, Across::electricity, Across::teams}, 3, s.view.across,
      [&](Across v) { return across_name(l, v); }, [](Across) { return std::string(); });
  if (across) commands.emplace_back(command::ChooseAcross{*across});
}

void draw_two_way(const AppState& s, const Look& look, Commands& commands) {
  const Language l = s.view.language;
  const Figures& f = *s.derived.figures;
  if (f.colours.size() < 9) return;
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float cell = look.px(46), high = look.px(36), gap = look.px(2);
  const float left = at.x + look.px(74);
  ImDrawList* list = ImGui::GetWindowDrawList();
  const auto count = [&](std::size_t category) {
    return category < f.class_counts.size() ? f.class_counts[category] : 0;
  };
  for (std::size_t r = 0; r < 3; ++r) {
    for (std::size_t c = 0; c < 3; ++c) {
      const std::size_t category = 3 * (2 - r) + c;  // the highest rate on top
      const ImVec2 min(left + (cell + gap) * static_cast<float>(c),
                       at.y + (high + gap) * static_cast<float>(r));
      ImGui::SetCursorScreenPos(min);
      ImGui::PushID(static_cast<int>(category));
      const Hit h = hit(look, "cell", {cell, high});
      ImGui::PopID();
      const render::Colour fill = render::as_seen(f.colours[category], s.view.eye);
      list->AddRectFilled(h.min, h.max, ink(fill), look.px(2));
      if (h.hovered) {
        list->AddRect(h.min, h.max, ink(render::house::text), look.px(2), 0, look.px(2));
      }
      const ImU32 on =
          ink(render::luminance(fill) > 0.4 ? render::house::text : render::house::panel);
      put_centred(look.small,
                  {(h.min.x + h.max.x) / 2, h.min.y + (high - look.small->FontSize) / 2}, on,
                  number(l, static_cast<double>(count(category))));
      if (h.hovered) {
        const bool is_corner = r != 1 && c != 1;
        tip(look, (is_corner ? corner(l, s.view.across, r == 2, c == 0) + "\n" : std::string()) +
                      say(l, "app.communes", count(category)) + "\n" + say(l, "app.class_hint"));
      }
      if (h.pressed) commands.emplace_back(command::SelectCategory{category, how_pressed()});
    }
  }
  // What grows along each side.
  const float side = look.px(68);
  const ImU32 muted = ink(render::house::muted);
  put_within(look.small, {at.x, at.y}, muted, say(l, "app.rate_high"), side);
  put_within(look.small, {at.x, at.y + 3 * high + 2 * gap - look.small->FontSize}, muted,
             say(l, "app.rate_low"), side);
  const float foot = at.y + 3 * (high + gap) + look.px(1);
  put(look.small, {left, foot}, muted, say(l, "app.little"));
  put_right(look.small, {left + 3 * cell + 2 * gap, foot}, muted, say(l, "app.much"));
  put_centred(look.small_bold, {left + 1.5F * cell + gap, foot}, muted,
              across_name(l, s.view.across));
  ImGui::SetCursorScreenPos(at);
  ImGui::Dummy({ImGui::GetContentRegionAvail().x, foot - at.y + look.small->FontSize + look.px(6)});
  // Its four corners in plain words.
  const std::size_t corners[] = {0, 2, 6, 8};
  for (const std::size_t category : corners) {
    const std::string words = corner(l, s.view.across, category < 3, category % 3 == 0);
    const ImVec2 here = ImGui::GetCursorScreenPos();
    const float width = ImGui::GetContentRegionAvail().x, text = look.px(20);
    const ImVec2 whole = look.small->CalcTextSizeA(look.small->FontSize, FLT_MAX, width - text,
                                                   words.data(), words.data() + words.size());
    ImGui::PushID(static_cast<int>(category));
    ImGui::SetCursorScreenPos({here.x - look.px(6), here.y});
    const Hit h = row(look, "corner", false, {width + look.px(12), whole.y + look.px(5)});
    ImGui::PopID();
    list->AddRectFilled({here.x, here.y + look.px(4)}, {here.x + look.px(13), here.y + look.px(17)},
                        ink(render::as_seen(f.colours[category], s.view.eye)), look.px(2));
    list->AddText(look.small, look.small->FontSize, {here.x + text, here.y + look.px(2)},
                  ink(render::house::text), words.data(), words.data() + words.size(),
                  width - text);
    if (h.pressed) commands.emplace_back(command::SelectCategory{category, how_pressed()});
  }
}

}  // namespace app
