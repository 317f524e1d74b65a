#include "app/panels/histogram.hpp"

#include <algorithm>
#include <cmath>
#include <string>

#include "app/panels/draw.hpp"
#include "app/panels/how.hpp"
#include "app/panels/plot.hpp"
#include "app/reasons.hpp"

namespace app {
namespace {

std::string value_text(const AppState& s, double value) {
  const double hundredths = value * 100;
  const int decimals = std::abs(hundredths - std::round(hundredths)) < 0.05 ? 0 : 1;
  if (s.derived.figures->layer == MapLayer::change) {
    return say(s.view.language, "app.share_points", number(s.view.language, hundredths, decimals));
  }
  if (s.view.indicator == data::Indicator::teams_per_1000) {
    return number(s.view.language, value, 1);
  }
  return number(s.view.language, hundredths, decimals) + "%";
}

/// Do the colours of the layer stand for classes of the values along the bars?
bool coloured_by_class(MapLayer layer) {
  return layer == MapLayer::gap || layer == MapLayer::performance || layer == MapLayer::change;
}

/// The part of a bar that lies in each class has that class's colour.
void bar(const Figures& f, const Plot& p, double from, double to, float y, double alpha) {
  ImDrawList* list = ImGui::GetWindowDrawList();
  if (!coloured_by_class(f.layer)) {
    list->AddRectFilled({p.x(from), y}, {p.x(to), p.max.y}, ink(shade::bar, alpha));
    return;
  }
  const auto piece = [&](double a, double b, std::size_t in_class) {
    if (b <= a) return;
    const render::Colour colour =
        in_class < f.colours.size() ? f.colours[in_class] : render::house::not_reported;
    list->AddRectFilled({p.x(a), y}, {p.x(b), p.max.y}, ink(colour, alpha));
  };
  const std::size_t classes = f.classes.count();
  for (std::size_t i = 0; i < classes; ++i) {
    const double low = i == 0 ? from : std::max(from, f.classes.breaks[i]);
    const double high = i + 1 == classes ? to : std::min(to, f.classes.breaks[i + 1]);
    piece(low, high, i);
  }
  if (classes == 0) piece(from, to, f.colours.size());
}

void bars(const AppState& s, const Look& look, const Plot& p, bool selects, Commands& commands) {
  const Histogram& h = s.derived.histogram;
  const Figures& f = *s.derived.figures;
  const double width = (h.high - h.low) / static_cast<double>(h.all.size());
  for (std::size_t i = 0; i < h.all.size(); ++i) {
    const double from = h.low + width * static_cast<double>(i), to = from + width;
    const bool some = !s.view.selected.empty();
    bar(f, p, from, to, p.y(static_cast<double>(h.all[i])), some ? 0.45 : 1);
    if (some && i < h.chosen.size() && h.chosen[i] > 0) {
      bar(f, p, from, to, p.y(static_cast<double>(h.chosen[i])), 1);
      const ImVec2 top(p.x(from), p.y(static_cast<double>(h.chosen[i])));
      ImGui::GetWindowDrawList()->AddRect(top, {p.x(to), p.max.y}, ink(render::house::selection), 0,
                                          0, look.px(1.5));
    }
    ImGui::GetWindowDrawList()->AddLine({p.x(to), p.y(static_cast<double>(h.all[i]))},
                                        {p.x(to), p.max.y}, ink(render::house::panel), look.px(1));
    if (h.all[i] == 0) continue;
    ImGui::SetCursorScreenPos({p.x(from), p.min.y});
    ImGui::PushID(static_cast<int>(i));
    const Hit at = hit(look, "bar", {p.x(to) - p.x(from), p.max.y - p.min.y});
    ImGui::PopID();
    if (at.hovered) {
      const auto in_class = f.classes.of((from + to) / 2);
      std::string words = value_text(s, from) + " – " + value_text(s, to) + ": " +
                          say(s.view.language, "app.communes", h.all[i]);
      if (some && i < h.chosen.size()) {
        words += " · " + say(s.view.language, "app.bar_chosen", h.chosen[i]);
      }
      for (const render::LegendEntry& entry : s.derived.legend.entries) {
        if (!in_class || entry.category != in_class || !coloured_by_class(f.layer)) continue;
        words += "\n" + say(s.view.language, "app.bar_class", entry.text);
      }
      if (selects) words += "\n" + say(s.view.language, "app.bar_hint");
      tip(look, words);
    }
    if (at.pressed && selects && i < h.units.size()) {
      commands.emplace_back(command::Select{h.units[i], how_pressed(), false});
    }
  }
}

/// A handle on each border between classes. Asked for before the bars, so that it gets the mouse.
void breaks(const AppState& s, const Look& look, const Plot& p, Commands& commands) {
  const Figures& f = *s.derived.figures;
  if (f.layer != MapLayer::gap && f.layer != MapLayer::performance) return;
  ImDrawList* list = ImGui::GetWindowDrawList();
  for (std::size_t i = 0; i + 2 < f.classes.breaks.size(); ++i) {
    const double value = f.classes.breaks[i + 1];
    if (value < p.x0 || value > p.x1) continue;
    const float x = p.x(value), half = look.px(5);
    ImGui::SetCursorScreenPos({x - half, p.min.y - look.px(12)});
    ImGui::PushID(static_cast<int>(i));
    const Hit at = hit(look, "break", {2 * half, p.max.y - p.min.y + look.px(12)});
    ImGui::PopID();
    const bool held = ImGui::IsItemActive();
    const ImU32 colour = ink(held || at.hovered ? render::house::selection : render::house::text);
    list->AddLine({x, p.min.y - look.px(4)}, {x, p.max.y}, colour, look.px(held ? 2 : 1));
    list->AddTriangleFilled({x - half, p.min.y - look.px(11)}, {x + half, p.min.y - look.px(11)},
                            {x, p.min.y - look.px(3)}, colour);
    if (held || at.hovered) {
      ImGui::SetMouseCursor(ImGuiMouseCursor_ResizeEW);
      tip(look, value_text(s, value) + " · " + say(s.view.language, "app.break_hint"));
    }
    if (held && ImGui::GetIO().MouseDelta.x != 0) {
      commands.emplace_back(command::DragBreak{i, p.value_at(ImGui::GetIO().MousePos.x)});
    }
  }
}

}  // namespace

void draw_histogram(const AppState& s, const Look& look, float height, bool selects,
                    Commands& commands) {
  const Histogram& h = s.derived.histogram;
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float width = ImGui::GetContentRegionAvail().x;
  const std::size_t most = h.all.empty() ? 0 : *std::max_element(h.all.begin(), h.all.end());
  if (most == 0 || !(h.high > h.low)) {
    line(look.body, ink(render::house::muted), say(s.view.language, "app.histogram_empty"));
    return;
  }
  Plot p;
  p.min = {at.x + look.px(34), at.y + look.px(18)};
  p.max = {at.x + width - look.px(16), at.y + height - look.px(24)};
  p.x0 = h.low;
  p.x1 = h.high;
  p.y1 = static_cast<double>(most) * 1.06;
  draw_y_axis(look, p, 4, [&](double v) { return number(s.view.language, v); });
  ImGui::PushID("histogram");
  // Overlapping items: the first asked for has the mouse. Lines are drawn over bars all the same.
  ImDrawList* list = ImGui::GetWindowDrawList();
  list->ChannelsSplit(2);
  list->ChannelsSetCurrent(1);
  breaks(s, look, p, commands);
  list->ChannelsSetCurrent(0);
  bars(s, look, p, selects, commands);
  list->ChannelsMerge();
  ImGui::PopID();
  const Figures& f = *s.derived.figures;
  const bool change = f.layer == MapLayer::change;
  draw_x_axis(look, p, change ? 4 : 8, [&](double v) { return value_text(s, v); });
  if (!change && f.target && *f.target >= p.x0 && *f.target <= p.x1) {
    const float x = p.x(*f.target);
    dashes({x, p.min.y - look.px(4)}, {x, p.max.y}, ink(shade::cool), look.px(5), look.px(1.6));
    const std::string words =
        say(s.view.language, "app.target", target_text(*f.target, s.view.language));
    const float room = size_of(look.small, words).x + look.px(8);
    put(look.small, {x + room < p.max.x ? x + look.px(8) : x - room, at.y - look.px(2)},
        ink(shade::cool), words);
  }
  ImGui::SetCursorScreenPos(at);
  ImGui::Dummy({width, height});
}

}  // namespace app
