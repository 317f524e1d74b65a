#include <cmath>
#include <string>

#include "app/panels/draw.hpp"
#include "app/panels/panels.hpp"

namespace app {
namespace {

using Swatch = render::LegendEntry::Swatch;

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
    case Swatch::bullet:
      list->AddCircleFilled({min.x + look.px(6), (min.y + max.y) / 2}, look.px(4),
                            ink(shade::alert));
      break;
    case Swatch::heading:
      break;
  }
}

void draw_legend(const AppState& s, const Look& look) {
  bool first = true;
  for (const render::LegendEntry& entry : s.derived.legend.entries) {
    if (entry.swatch == Swatch::heading) {
      if (!first) space(look, 12);
      section(look, entry.text);
      first = false;
      continue;
    }
    first = false;
    const bool colour = entry.swatch == Swatch::colour;
    const bool circle = entry.swatch == Swatch::circle;
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const float width = ImGui::GetContentRegionAvail().x;
    const float height = look.px(colour ? 26 : circle ? 32 : 30);
    const float box = look.px(colour ? 18 : 20);
    const float text_left = look.px(46);
    const float count = entry.count.empty() ? 0 : size_of(look.body, entry.count).x + look.px(8);
    const float room = width - text_left - count;
    const std::string& words = entry.text;
    const ImVec2 whole = look.body->CalcTextSizeA(look.body->FontSize, FLT_MAX, room, words.data(),
                                                  words.data() + words.size());
    const float used = std::max(height, whole.y + look.px(6));
    const float middle = at.y + used / 2;
    swatch(look, entry, {at.x, middle - box / 2}, {at.x + look.px(36), middle + box / 2});
    ImGui::GetWindowDrawList()->AddText(
        look.body, look.body->FontSize, {at.x + text_left, std::floor(middle - whole.y / 2)},
        ink(render::house::text), words.data(), words.data() + words.size(), room);
    put_right(look.body, {at.x + width, middle - look.body->FontSize / 2},
              ink(render::house::muted), entry.count);
    ImGui::Dummy({width, used});
  }
}

void draw_attention(const AppState& s, const Look& look, Commands& commands) {
  if (s.derived.attention.empty()) return;
  space(look, 12);
  section(look, say(s.view.language, "app.heading_attention"));
  int id = 0;
  for (const Attention& item : s.derived.attention) {
    const std::string words = say(s.view.language, item.message);
    const float width = ImGui::GetContentRegionAvail().x, left = look.px(22);
    const ImVec2 whole = look.body->CalcTextSizeA(look.body->FontSize, FLT_MAX, width - left,
                                                  words.data(), words.data() + words.size());
    ImGui::PushID(id++);
    const Hit h = row(look, "attention", false, {width, whole.y + look.px(6)});
    ImGui::PopID();
    ImGui::GetWindowDrawList()->AddCircleFilled(
        {h.min.x + look.px(8), h.min.y + look.px(3) + look.body->FontSize / 2}, look.px(4),
        ink(item.grave ? shade::alert : render::rgb(0xe6a55a)));
    ImGui::GetWindowDrawList()->AddText(
        look.body, look.body->FontSize, {h.min.x + left, h.min.y + look.px(3)},
        ink(render::house::text), words.data(), words.data() + words.size(), width - left);
    if (!h.pressed) continue;
    if (item.units.empty()) {
      commands.emplace_back(command::OpenDialog{Dialog::issues});
    } else {
      commands.emplace_back(command::Select{item.units});
    }
  }
}

}  // namespace

void draw_rail(const AppState& s, const Look& look, Commands& commands) {
  section(look, say(s.view.language, "app.heading_indicators"));
  for (const data::Indicator indicator : data::all_indicators) {
    const float width = ImGui::GetContentRegionAvail().x + look.px(16), height = look.px(28);
    const ImVec2 at = ImGui::GetCursorScreenPos();
    ImGui::SetCursorScreenPos({at.x - look.px(8), at.y});
    ImGui::PushID(static_cast<int>(indicator));
    const bool chosen = s.view.indicator == indicator;
    const Hit h = row(look, "indicator", chosen, {width, height});
    ImGui::PopID();
    put_within(look.body, {h.min.x + look.px(14), h.min.y + (height - look.body->FontSize) / 2},
               ink(chosen ? render::house::accent : render::house::text),
               indicator_name(indicator, s.view.language), width - look.px(20));
    if (h.pressed) commands.emplace_back(command::ChooseIndicator{indicator});
  }
  if (!s.loaded) return;
  space(look, 12);
  draw_legend(s, look);
  draw_attention(s, look, commands);
}

}  // namespace app
