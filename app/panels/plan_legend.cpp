#include <algorithm>
#include <string>
#include <vector>

#include "app/panels/draw.hpp"
#include "app/panels/imgui_versions.hpp"
#include "app/panels/panels.hpp"
#include "app/panels/plan_draw.hpp"
#include "app/plan_map.hpp"

namespace app {
namespace {

using Swatch = render::LegendEntry::Swatch;

enum class Sign { home, home_and_target, target, way, by_hand, more, less };

/// As it is drawn on the map, at the left of its words.
void sign(const Look& look, Sign what, ImVec2 middle) {
  ImDrawList* list = ImGui::GetWindowDrawList();
  const ImU32 dark = ink(render::house::accent), blue = ink(render::house::selection);
  const auto square = [&](double half, ImU32 colour) {
    list->AddRectFilled({middle.x - look.px(half), middle.y - look.px(half)},
                        {middle.x + look.px(half), middle.y + look.px(half)}, colour);
  };
  const auto line = [&](double left, double right, double weight, render::Colour colour) {
    list->AddLine({middle.x + look.px(left), middle.y}, {middle.x + look.px(right), middle.y},
                  ink(colour), look.px(weight));
  };
  switch (what) {
    case Sign::home:
      square(6, dark);
      break;
    case Sign::home_and_target:
      square(6, dark);
      list->AddCircleFilled(middle, look.px(4), ink(render::house::panel));
      list->AddCircleFilled(middle, look.px(2.5), blue);
      break;
    case Sign::target:
      list->AddCircleFilled(middle, look.px(6), blue);
      break;
    case Sign::way:
      line(-15, -1, 2, plan_colour::way);
      line(1, 15, 6, plan_colour::way);
      break;
    case Sign::by_hand:
      line(-15, 15, 3, plan_colour::by_hand);
      break;
    case Sign::more:
      square(6, ink(plan_colour::more));
      break;
    case Sign::less:
      square(6, ink(plan_colour::less));
      break;
  }
}

bool is_pattern(Swatch swatch) {
  return swatch == Swatch::hatch || swatch == Swatch::dots || swatch == Swatch::cross;
}

void pattern(const Look& look, Swatch what, ImVec2 min, ImVec2 max) {
  ImDrawList* list = ImGui::GetWindowDrawList();
  list->PushClipRect(min, max, true);
  if (what != Swatch::dots) {
    const float height = max.y - min.y, weight = look.px(what == Swatch::hatch ? 1.2 : 0.8);
    const ImU32 colour = ink(what == Swatch::hatch ? render::house::text : render::house::muted);
    for (float x = min.x - height; x < max.x; x += look.px(6)) {
      list->AddLine({x, max.y}, {x + height, min.y}, colour, weight);
      if (what == Swatch::cross) list->AddLine({x, min.y}, {x + height, max.y}, colour, weight);
    }
  } else {
    for (float y = min.y + look.px(3); y < max.y; y += look.px(6))
      for (float x = min.x + look.px(4); x < max.x; x += look.px(6))
        list->AddCircleFilled({x, y}, look.px(1.3), ink(render::rgb(0x0b2a55)));
  }
  list->PopClipRect();
  list->AddRect(min, max, ink(render::house::hairline), 0, 0, look.px(1));
}

/// A line of the legend: what is drawn in 34 × 22 at its left, and words.
template <class Draw>
void entry(const Look& look, const std::string& words, Draw draw) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float height = look.px(19);
  draw(ImVec2(at.x + look.px(17), at.y + height / 2));
  put(look.small, {at.x + look.px(42), at.y + (height - look.small->FontSize) / 2},
      ink(render::house::text), words);
  ImGui::Dummy({look.px(42) + size_of(look.small, words).x, height});
}

/// From the lowest to the highest class, as the map has them under a plan.
void classes(const AppState& s, const Look& look) {
  // Those of targets of their own come after the classes, and have no place among them.
  const std::size_t count = s.derived.figures ? s.derived.figures->classes.count() : 0;
  std::vector<const render::LegendEntry*> colours;
  for (const render::LegendEntry& e : s.derived.legend.entries)
    if (e.swatch == Swatch::colour && e.category && *e.category < count) colours.push_back(&e);
  if (colours.size() < 2) return;
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float box = look.px(16), height = look.px(20);
  const std::string& from = colours.front()->text;
  const std::string& to = colours.back()->text;
  put(look.small, {at.x, at.y + (height - look.small->FontSize) / 2}, ink(render::house::text),
      from);
  float x = at.x + size_of(look.small, from).x + look.px(6);
  for (const render::LegendEntry* e : colours) {
    ImGui::GetWindowDrawList()->AddRectFilled({x, at.y + look.px(4)}, {x + box, at.y + look.px(16)},
                                              ink(under_plan(e->colour)));
    x += box;
  }
  put(look.small, {x + look.px(6), at.y + (height - look.small->FontSize) / 2},
      ink(render::house::text), to);
  ImGui::Dummy({x + look.px(6) + size_of(look.small, to).x - at.x, height});
}

void signs(const AppState& s, const Look& look) {
  const Language l = s.view.language;
  const auto one = [&](Sign what, const std::string& words) {
    entry(look, words, [&](ImVec2 middle) { sign(look, what, middle); });
  };
  one(Sign::home, say(l, "plan.legend_home"));
  one(Sign::home_and_target, say(l, "plan.legend_home_and_target"));
  one(Sign::target, say(l, "plan.legend_target"));
  one(Sign::way, say(l, "plan.legend_way"));
  const auto& pairs = s.plan.wishes->pairs;
  if (std::any_of(pairs.begin(), pairs.end(), [](const auto& pair) { return pair.days > 0; }))
    one(Sign::by_hand, say(l, "plan.legend_by_hand"));
  for (const render::LegendEntry& e : s.derived.legend.entries) {
    if (!is_pattern(e.swatch)) continue;
    entry(look, e.text, [&](ImVec2 m) {
      pattern(look, e.swatch, {m.x - look.px(15), m.y - look.px(7)},
              {m.x + look.px(15), m.y + look.px(7)});
    });
  }
  classes(s, look);
}

/// Against which plan, and the way back.
void compared(const AppState& s, const Look& look, Commands& commands) {
  const Language l = s.view.language;
  const PlanDesk& p = s.plan;
  const auto kept =
      std::find_if(p.kept.begin(), p.kept.end(), [&](const auto& k) { return k.id == p.compared; });
  const std::string name = kept == p.kept.end() ? std::string() : kept->name;
  const std::string words = say(l, "plan.compared_with", name);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float width = std::min(size_of(look.body_bold, words).x, look.px(260));
  put_within(look.body_bold, at, ink(render::house::text), words, width + 1);
  ImGui::SetCursorScreenPos({at.x + width + look.px(14), at.y});
  if (link(look, "no more", say(l, "plan.compare_no_more")))
    commands.emplace_back(command::OfPlan{plan::Compare{}});
  ImGui::SetCursorScreenPos({at.x, at.y + look.px(26)});
  entry(look, say(l, "plan.legend_more"), [&](ImVec2 m) { sign(look, Sign::more, m); });
  entry(look, say(l, "plan.legend_less"), [&](ImVec2 m) { sign(look, Sign::less, m); });
}

}  // namespace

void draw_plan_legend(const AppState& s, const Look& look, Commands& commands) {
  const PlanDesk& p = s.plan;
  if (!p.shown || !p.wishes) return;
  const Language l = s.view.language;
  const ImVec2 origin = ImGui::GetWindowPos(), size = ImGui::GetWindowSize();
  ImGuiStorage* kept = ImGui::GetStateStorage();
  const ImGuiID folded_id = ImGui::GetID("legend folded"), wide_id = ImGui::GetID("legend width"),
                high_id = ImGui::GetID("legend height");
  // It would lie over the land: only a wide map shows it unasked.
  const bool narrow = size.x < look.px(1100) || size.y < look.px(700);
  const bool comparing = p.comparison != nullptr, folded = kept->GetBool(folded_id, narrow);
  // As large as what was in it the last time.
  const ImVec2 room(std::min(kept->GetFloat(wide_id, look.px(270)), size.x - look.px(80)),
                    std::min(kept->GetFloat(high_id, look.px(190)), size.y - look.px(60)));
  ImGui::SetCursorScreenPos({origin.x + look.px(12), origin.y + size.y - look.px(40) - room.y});
  ImGui::PushStyleColor(ImGuiCol_ChildBg, ink(render::house::panel, 0.94));
  ImGui::PushStyleVar(ImGuiStyleVar_ChildRounding, look.px(7));
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {look.px(10), look.px(7)});
  begin_padded_child("plan legend", room.y, room.x);
  ImGui::BeginGroup();
  if (comparing) {
    compared(s, look, commands);
  } else {
    if (link(look, "fold", folded ? say(l, "plan.legend_unfold") : say(l, "plan.legend_fold")))
      kept->SetBool(folded_id, !folded);
    if (!folded) signs(s, look);
  }
  ImGui::EndGroup();
  const ImVec2 used = ImGui::GetItemRectSize();
  ImGui::EndChild();
  ImGui::PopStyleVar(2);
  ImGui::PopStyleColor();
  kept->SetFloat(wide_id, used.x + look.px(20));
  kept->SetFloat(high_id, used.y + look.px(14));
}

}  // namespace app
