#include <cmath>
#include <string>

#include "app/panels/draw.hpp"
#include "app/panels/how.hpp"
#include "app/panels/panels.hpp"

namespace app {
namespace {

using Swatch = render::LegendEntry::Swatch;

/// As assets/shaders/point.frag draws it; here the panel is the casing.
void point(const Look& look, const render::PointStyle& style, ImVec2 middle) {
  using Body = render::PointStyle::Body;
  using Around = render::PointStyle::Around;
  ImDrawList* list = ImGui::GetWindowDrawList();
  const ImU32 dark = ink(style.ink);
  const auto square = [&](double half) {
    return std::pair(ImVec2(middle.x - look.px(half), middle.y - look.px(half)),
                     ImVec2(middle.x + look.px(half), middle.y + look.px(half)));
  };
  switch (style.body) {
    case Body::dot:
      list->AddCircleFilled(middle, look.px(style.around == Around::nothing ? 2.3 : 2.6), dark);
      break;
    case Body::open_dot:
      list->AddCircle(middle, look.px(2.25), dark, 0, look.px(1.1));
      break;
    case Body::square:
      list->AddRectFilled(square(3.4).first, square(3.4).second, dark);
      break;
    case Body::open_square:
      list->AddRect(square(3).first, square(3).second, dark, 0, 0, look.px(1.2));
      break;
  }
  const float radius = look.px(5.7), weight = look.px(1.5);
  const auto arc = [&](float from, float to) {  // turning clockwise from the right
    list->PathArcTo(middle, radius, from, to, 24);
    list->PathStroke(dark, 0, weight);
  };
  constexpr float pi = 3.14159265F;
  switch (style.around) {
    case Around::nothing:
      break;
    case Around::ring:
      list->AddCircle(middle, radius, dark, 32, weight);
      break;
    case Around::arc:
      arc(1.068F * pi, 1.932F * pi);
      break;
    case Around::sides:
      arc(-0.09F * pi, 0.09F * pi);
      arc(0.91F * pi, 1.09F * pi);
      break;
  }
}

void swatch(const Look& look, const render::LegendEntry& entry, ImVec2 min, ImVec2 max) {
  ImDrawList* list = ImGui::GetWindowDrawList();
  const ImU32 dark = ink(render::house::text), edge = ink(render::rgb(0xb9bec6));
  const float unit = look.px(1);
  switch (entry.swatch) {
    case Swatch::colour:
      list->AddRectFilled(min, max, ink(entry.colour), look.px(2));
      break;
    case Swatch::hatch:
    case Swatch::cross: {
      list->AddRectFilled(min, max, ink(render::house::panel));
      list->PushClipRect(min, max, true);
      const bool hatch = entry.swatch == Swatch::hatch;
      const float height = max.y - min.y, gap = look.px(hatch ? 8 : 7);
      const float weight = hatch ? 1.3F * unit : 0.8F * unit;
      const ImU32 stroke = hatch ? dark : ink(render::house::muted);
      for (float x = min.x - height; x < max.x; x += gap) {
        list->AddLine({x, max.y}, {x + height, min.y}, stroke, weight);
        if (entry.swatch == Swatch::cross)
          list->AddLine({x, min.y}, {x + height, max.y}, stroke, weight);
      }
      list->PopClipRect();
      list->AddRect(min, max, edge, 0, 0, unit);
      break;
    }
    case Swatch::lines:
      list->AddRectFilled(min, max, ink(render::house::panel));
      for (float y = min.y + look.px(2.5); y < max.y; y += look.px(5)) {
        list->AddLine({min.x, y}, {max.x, y}, ink(render::house::muted), 0.8F * unit);
      }
      list->AddRect(min, max, edge, 0, 0, unit);
      break;
    case Swatch::dots: {
      list->AddRectFilled(min, max, ink(render::house::panel));
      const float gap = look.px(8);
      for (float y = min.y + gap / 2; y < max.y; y += gap) {
        for (float x = min.x + gap / 2; x < max.x; x += gap) {
          list->AddCircleFilled({x, y}, look.px(1.6), ink(render::rgb(0x0b2a55)));
        }
      }
      list->AddRect(min, max, edge, 0, 0, unit);
      break;
    }
    case Swatch::dashed: {
      list->AddRectFilled(min, max, ink(render::house::not_reported));
      const auto dashes = [&](ImVec2 from, ImVec2 to) {
        const float length = std::hypot(to.x - from.x, to.y - from.y), dash = look.px(3);
        for (float at = 0; at < length; at += 2 * dash) {
          const float end = std::min(at + dash, length);
          const auto point = [&](float d) {
            return ImVec2(from.x + (to.x - from.x) * d / length,
                          from.y + (to.y - from.y) * d / length);
          };
          list->AddLine(point(at), point(end), ink(render::house::muted), unit);
        }
      };
      dashes(min, {max.x, min.y});
      dashes({max.x, min.y}, max);
      dashes(max, {min.x, max.y});
      dashes({min.x, max.y}, min);
      break;
    }
    case Swatch::circle:
      list->AddCircle({(min.x + max.x) / 2, (min.y + max.y) / 2}, look.px(12), dark, 0,
                      1.2F * unit);
      break;
    case Swatch::point:
      point(look, entry.point, {(min.x + max.x) / 2, (min.y + max.y) / 2});
      break;
    case Swatch::bullet:
      list->AddCircleFilled({min.x + look.px(6), (min.y + max.y) / 2}, look.px(4),
                            ink(shade::alert));
      break;
    case Swatch::heading:
      break;
  }
}

/// "…" at the right of a heading.
bool more(const Look& look, const char* id, ImVec2 heading, float width) {
  const ImVec2 after = ImGui::GetCursorScreenPos();
  const float side = look.px(22);
  ImGui::SetCursorScreenPos(
      {heading.x + width - side, heading.y + (look.small_bold->FontSize - side) / 2});
  const Hit h = row(look, id, false, {side, side});
  for (int i = -1; i <= 1; ++i) {
    ImGui::GetWindowDrawList()->AddCircleFilled(
        {(h.min.x + h.max.x) / 2 + look.px(5) * static_cast<float>(i), (h.min.y + h.max.y) / 2},
        look.px(1.6), ink(h.hovered ? render::house::accent : render::house::muted));
  }
  ImGui::SetCursorScreenPos(after);
  return h.pressed;
}

bool classed(const AppState& s) {
  return s.view.layer == MapLayer::gap || s.view.layer == MapLayer::performance;
}

void one(const AppState& s, const Look& look, const render::LegendEntry& entry, int id,
         Commands& commands) {
  const bool colour = entry.swatch == Swatch::colour;
  const bool circle = entry.swatch == Swatch::circle;
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float width = ImGui::GetContentRegionAvail().x;
  const float height = look.px(colour ? 26 : circle ? 32 : entry.swatch == Swatch::point ? 22 : 30);
  const float box = look.px(colour ? 18 : 20);
  const float text_left = look.px(46);
  const float count = entry.count.empty() ? 0 : size_of(look.body, entry.count).x + look.px(8);
  const float room = width - text_left - count;
  const std::string& words = entry.text;
  const ImVec2 whole = look.body->CalcTextSizeA(look.body->FontSize, FLT_MAX, room, words.data(),
                                                words.data() + words.size());
  const float used = std::max(height, whole.y + look.px(6));
  if (entry.category) {
    ImGui::SetCursorScreenPos({at.x - look.px(6), at.y});
    ImGui::PushID(id);
    const Hit h = row(look, "class", false, {width + look.px(12), used});
    ImGui::PopID();
    if (h.hovered) tip(look, say(s.view.language, "app.class_hint"));
    if (h.pressed) {
      commands.emplace_back(command::SelectCategory{*entry.category, how_pressed()});
    }
    ImGui::SetCursorScreenPos(at);
  }
  const float middle = at.y + used / 2;
  swatch(look, entry, {at.x, middle - box / 2}, {at.x + look.px(36), middle + box / 2});
  ImGui::GetWindowDrawList()->AddText(
      look.body, look.body->FontSize, {at.x + text_left, std::floor(middle - whole.y / 2)},
      ink(render::house::text), words.data(), words.data() + words.size(), room);
  put_right(look.body, {at.x + width, middle - look.body->FontSize / 2}, ink(render::house::muted),
            entry.count);
  ImGui::Dummy({width, used});
}

/// What the settlements' symbols say, while they are drawn.
void draw_points(const AppState& s, const Look& look, int id, Commands& commands) {
  for (const render::LegendEntry& entry : s.derived.points_legend) {
    if (entry.swatch == Swatch::heading) {
      space(look, 10);
      section(look, entry.text);
    } else {
      one(s, look, entry, ++id, commands);
    }
  }
  const std::string thinned = thinned_text(s.points.in_view, s.view.language);
  if (!thinned.empty()) paragraph(look.small, ink(render::house::muted), thinned);
}

}  // namespace

void draw_legend(const AppState& s, const Look& look, Commands& commands) {
  bool first = true;
  int id = 0;
  for (const render::LegendEntry& entry : s.derived.legend.entries) {
    ++id;
    if (entry.swatch == Swatch::heading) {
      if (!first) space(look, 10);
      const ImVec2 at = ImGui::GetCursorScreenPos();
      const float width = ImGui::GetContentRegionAvail().x;
      section(look, entry.text);
      if (first && classed(s) && more(look, "classes", at, width)) {
        commands.emplace_back(command::OpenDialog{Dialog::classes});
      }
      if (first && s.view.layer == MapLayer::two_way) draw_two_way(s, look, commands);
      first = false;
      continue;
    }
    first = false;
    one(s, look, entry, id, commands);
  }
  if (s.points.drawn) draw_points(s, look, id, commands);
}

}  // namespace app
