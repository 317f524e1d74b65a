#include <algorithm>
#include <string>

#include "app/panels/draw.hpp"
#include "app/panels/histogram.hpp"
#include "app/panels/panels.hpp"
#include "render/palette.hpp"

namespace app {
namespace {

using render::Eye;
constexpr Eye eyes[] = {Eye::normal, Eye::protanopia, Eye::deuteranopia, Eye::tritanopia,
                        Eye::grey};

std::string classification_name(Language l, data::Classification by) {
  switch (by) {
    case data::Classification::target:
      return say(l, "app.classes_target");
    case data::Classification::quantiles:
      return say(l, "app.classes_quantiles");
    case data::Classification::equal_interval:
      return say(l, "app.classes_equal");
    case data::Classification::fisher_jenks:
      return say(l, "app.classes_fisher_jenks");
    case data::Classification::head_tail_breaks:
      return say(l, "app.classes_head_tail");
    case data::Classification::std_mean:
      return say(l, "app.classes_std_mean");
    case data::Classification::pretty_breaks:
      return say(l, "app.classes_pretty");
    case data::Classification::user_defined:
      return say(l, "app.classes_user");
  }
  return {};
}

std::string classification_note(Language l, data::Classification by) {
  switch (by) {
    case data::Classification::target:
      return say(l, "app.classes_target_note");
    case data::Classification::quantiles:
      return say(l, "app.classes_quantiles_note");
    case data::Classification::equal_interval:
      return say(l, "app.classes_equal_note");
    case data::Classification::fisher_jenks:
      return say(l, "app.classes_fisher_jenks_note");
    case data::Classification::head_tail_breaks:
      return say(l, "app.classes_head_tail_note");
    case data::Classification::std_mean:
      return say(l, "app.classes_std_mean_note");
    case data::Classification::pretty_breaks:
      return say(l, "app.classes_pretty_note");
    case data::Classification::user_defined:
      return say(l, "app.classes_user_note");
  }
  return {};
}

std::string eye_name(Language l, Eye eye) {
  switch (eye) {
    case Eye::normal:
      return say(l, "app.eye_normal");
    case Eye::protanopia:
      return say(l, "app.eye_protanopia");
    case Eye::deuteranopia:
      return say(l, "app.eye_deuteranopia");
    case Eye::tritanopia:
      return say(l, "app.eye_tritanopia");
    case Eye::grey:
      return say(l, "app.eye_grey");
  }
  return {};
}

void kinds(const AppState& s, const Look& look, Commands& commands) {
  const Language l = s.view.language;
  const float gap = look.px(6), width = (ImGui::GetContentRegionAvail().x - gap) / 2;
  int i = 0;
  for (const data::Classification by : data::all_classifications) {
    if (i % 2 == 1) ImGui::SameLine(0, gap);
    ImGui::PushID(i++);
    if (pill(look, "by", classification_name(l, by), s.view.choice.by == by,
             {width, look.px(27)})) {
      ClassChoice choice = s.view.choice;
      choice.by = by;
      // One's own breaks begin where the classes are now.
      const auto& breaks = s.derived.figures->classes.breaks;
      if (by == data::Classification::user_defined && breaks.size() > 2) {
        choice.inner_breaks.assign(breaks.begin() + 1, breaks.end() - 1);
      }
      commands.emplace_back(command::ChooseClasses{choice});
    }
    if (ImGui::IsItemHovered()) tip(look, classification_note(l, by));
    ImGui::PopID();
    if (i % 2 == 0) space(look, 1);
  }
}

/// How many, and what they are held to.
void options(const AppState& s, const Look& look, Commands& commands) {
  const Language l = s.view.language;
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float height = look.px(26);
  const auto by = s.view.choice.by;
  const bool counted = by != data::Classification::head_tail_breaks &&
                       by != data::Classification::std_mean &&
                       by != data::Classification::user_defined;
  const std::string label = say(l, "app.classes_count");
  put(look.body, {at.x, at.y + (height - look.body->FontSize) / 2}, ink(render::house::text),
      label);
  float x = at.x + size_of(look.body, label).x + look.px(10);
  const auto step = [&](const char* id, const char* sign, int change) {
    ImGui::SetCursorScreenPos({x, at.y});
    const std::size_t wanted = s.view.choice.classes + static_cast<std::size_t>(change);
    const bool can = counted && wanted >= 2 && wanted <= 9;
    if (!can) ImGui::BeginDisabled();
    const bool pressed = pill(look, id, sign, false, {height, height});
    if (!can) ImGui::EndDisabled();
    if (pressed && can) {
      ClassChoice choice = s.view.choice;
      choice.classes = wanted;
      commands.emplace_back(command::ChooseClasses{choice});
    }
    x += height;
  };
  step("fewer", "−", -1);
  const std::size_t shown = counted ? s.view.choice.classes : s.derived.figures->classes.count();
  put_centred(look.body_bold, {x + look.px(16), at.y + (height - look.body->FontSize) / 2},
              ink(render::house::text), number(l, static_cast<double>(shown)));
  x += look.px(32);
  step("more", "+", 1);
  ImGui::SetCursorScreenPos({x + look.px(16), at.y});
  ClassChoice choice = s.view.choice;
  const bool has_target = s.derived.figures->target.has_value();
  const bool fixed = by == data::Classification::target;
  if (tick(look, "at target", say(l, "app.classes_at_target"),
           has_target && (fixed || choice.at_target), has_target && !fixed)) {
    choice.at_target = !choice.at_target;
    commands.emplace_back(command::ChooseClasses{choice});
  }
  ImGui::SameLine(0, look.px(8));
  if (tick(look, "pooled", say(l, "app.classes_pooled"), choice.pooled,
           data::is_reported(s.view.indicator))) {
    choice.pooled = !choice.pooled;
    commands.emplace_back(command::ChooseClasses{choice});
  }
  if (ImGui::IsItemHovered()) tip(look, say(l, "app.classes_pooled_note"));
}

/// Each class with its colour and how many communes it holds, two beside each other.
void counts(const AppState& s, const Look& look) {
  const Language l = s.view.language;
  const Figures& f = *s.derived.figures;
  const auto names = class_names(f.classes, f.indicator, l);
  const float gap = look.px(24), width = (ImGui::GetContentRegionAvail().x - gap) / 2;
  const float height = look.px(21);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const std::size_t rows = (names.size() + 1) / 2;
  for (std::size_t i = 0; i < names.size(); ++i) {
    const ImVec2 min(at.x + (i >= rows ? width + gap : 0),
                     at.y + height * static_cast<float>(i % std::max<std::size_t>(rows, 1)));
    const render::Colour colour = i < f.colours.size() ? f.colours[i] : render::house::not_reported;
    ImGui::GetWindowDrawList()->AddRectFilled({min.x, min.y + look.px(3)},
                                              {min.x + look.px(24), min.y + look.px(17)},
                                              ink(colour), look.px(2));
    put_within(look.small, {min.x + look.px(32), min.y + look.px(2)}, ink(render::house::text),
               names[i], width - look.px(90));
    put_right(look.small, {min.x + width, min.y + look.px(2)}, ink(render::house::muted),
              say(l, "app.communes", i < f.class_counts.size() ? f.class_counts[i] : 0));
  }
  ImGui::Dummy({ImGui::GetContentRegionAvail().x, height * static_cast<float>(rows)});
}

void ramp(const std::vector<render::Colour>& colours, Eye eye, ImVec2 min, ImVec2 max) {
  const float width =
      (max.x - min.x) / static_cast<float>(std::max<std::size_t>(colours.size(), 1));
  for (std::size_t i = 0; i < colours.size(); ++i) {
    const float x = min.x + width * static_cast<float>(i);
    ImGui::GetWindowDrawList()->AddRectFilled({x, min.y}, {x + width, max.y},
                                              ink(render::as_seen(colours[i], eye)));
  }
}

/// Every palette as it would colour these classes, and beside it as other eyes see it.
void palettes(const AppState& s, const Look& look, Commands& commands) {
  const Language l = s.view.language;
  const Figures& f = *s.derived.figures;
  const std::size_t count = std::max<std::size_t>(f.classes.count(), 1);
  const std::size_t below =
      f.target ? std::min(f.classes.first_at_target.value_or(count), count) : count;
  const float width = ImGui::GetContentRegionAvail().x, height = look.px(24);
  const float name = look.px(84), own = (width - name) * 0.36F;
  const float other = (width - name - own) / 4;
  const ImVec2 head = ImGui::GetCursorScreenPos();
  for (int i = 0; i < 4; ++i) {
    const float left = head.x + name + own + other * static_cast<float>(i);
    put_within(look.small, {left + look.px(8), head.y}, ink(render::house::muted),
               eye_name(l, eyes[i + 1]), other - look.px(10));
  }
  ImGui::Dummy({width, look.small->FontSize + look.px(3)});
  int id = 0;
  const auto one = [&](const std::string& palette, const std::string& said,
                       const std::vector<render::Colour>& colours) {
    const ImVec2 at = ImGui::GetCursorScreenPos();
    ImGui::SetCursorScreenPos({at.x - look.px(6), at.y});
    ImGui::PushID(id++);
    const bool chosen = s.view.choice.palette == palette;
    const Hit h = row(look, "palette", chosen, {width + look.px(12), height});
    ImGui::PopID();
    put_within(chosen ? look.small_bold : look.small,
               {at.x, at.y + (height - look.small->FontSize) / 2}, ink(render::house::text), said,
               name - look.px(8));
    const float top = at.y + look.px(4), bottom = at.y + height - look.px(4);
    ramp(colours, Eye::normal, {at.x + name, top}, {at.x + name + own, bottom});
    for (int i = 0; i < 4; ++i) {
      const float left = at.x + name + own + other * static_cast<float>(i) + look.px(8);
      ramp(colours, eyes[i + 1], {left, top + look.px(2)},
           {left + other - look.px(8), bottom - look.px(2)});
    }
    if (!h.pressed) return;
    ClassChoice choice = s.view.choice;
    choice.palette = palette;
    commands.emplace_back(command::ChooseClasses{choice});
  };
  one("", say(l, "app.palette_own"),
      f.target ? render::target_palette(below, count - below) : render::sequential_palette(count));
  for (const render::Palette& p : render::palettes()) {
    one(std::string(p.id), std::string(p.id), render::palette(p.id, below, count - below));
  }
}

}  // namespace

void draw_classes_dialog(const AppState& s, const Look& look, Commands& commands) {
  const Language l = s.view.language;
  if (!s.loaded || !s.derived.figures) return;
  if (!begin_aside(look, "classes", Edge::right, 560, say(l, "app.classes_title"))) return;
  ImGui::BeginChild("content", {0, -look.px(32 + 10)});
  kinds(s, look, commands);
  space(look, 4);
  options(s, look, commands);
  space(look, 8);
  section(look, say(l, "app.classes_histogram"));
  draw_histogram(s, look, look.px(150), false, commands);
  counts(s, look);
  space(look, 8);
  section(look, say(l, "app.classes_eye"));
  const float gap = look.px(5);
  const float width = (ImGui::GetContentRegionAvail().x - gap * 4) / 5;
  for (int i = 0; i < 5; ++i) {
    if (i > 0) ImGui::SameLine(0, gap);
    ImGui::PushID(i);
    if (pill(look, "eye", eye_name(l, eyes[i]), s.view.eye == eyes[i], {width, look.px(26)})) {
      commands.emplace_back(command::ChooseEye{eyes[i]});
    }
    ImGui::PopID();
  }
  space(look, 8);
  section(look, say(l, "app.classes_palette"));
  palettes(s, look, commands);
  ImGui::EndChild();
  space(look, 6);
  if (button(look, "close", say(l, "app.button_done"), ButtonKind::primary, true, 110)) {
    commands.emplace_back(command::CloseDialog{});
  }
  end_dialog(look);
}

}  // namespace app
