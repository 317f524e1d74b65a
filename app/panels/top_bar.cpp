#include <algorithm>
#include <string>

#include "app/pages/safety.hpp"
#include "app/panels/draw.hpp"
#include "app/panels/panels.hpp"
#include "app/reasons.hpp"

namespace app {
namespace {

using render::house::accent;
using render::house::muted;

void mode_tab(const AppState& s, const Look& look, Mode mode, std::string_view name,
              Commands& commands) {
  const ImVec2 size(look.px(110), look.px(30));
  const bool chosen = s.mode == mode;
  const Hit h = hit(look, std::string(name).c_str(), size);
  ImGui::GetWindowDrawList()->AddRectFilled(h.min, h.max, ink(chosen ? accent : shade::button),
                                            look.px(6));
  const float top = (h.min.y + h.max.y - look.body_bold->FontSize) / 2;
  put_centred(look.body_bold, {(h.min.x + h.max.x) / 2, top},
              ink(chosen ? render::house::panel : render::house::text), name);
  if (h.pressed) commands.emplace_back(command::ChooseMode{mode});
}

std::string place_shown(const AppState& s) {
  const data::Dataset& dataset = *s.dataset();
  const std::int32_t district = district_asked(dataset, s.view.filter);
  if (district >= 0) return dataset.districts[static_cast<std::size_t>(district)].name;
  const std::size_t shown = s.derived.shown.size(), all = dataset.communes.size();
  if (shown == all) return say(s.view.language, "app.all_districts");
  return say(s.view.language, "app.filter_count", shown, all);
}

void breadcrumb(const AppState& s, const Look& look, float end, Commands& commands) {
  if (!s.loaded) return;
  const data::Dataset& dataset = *s.dataset();
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float top = at.y + (look.px(30) - look.body->FontSize) / 2;
  const bool more =
      dataset.districts.size() > 1 && s.mode != Mode::briefing && s.mode != Mode::entry;
  const std::string place = dataset.title + (more ? " ▸ " : "");
  float x = at.x;
  x += put_within(look.body, {x, top}, ink(render::house::text), place, (end - x) * 0.6F);
  // A scene says itself where it is.
  if (more) {
    const std::string shown = place_shown(s);
    const float width = std::min(size_of(look.body_bold, shown).x + look.px(20), end - x);
    ImGui::SetCursorScreenPos({x, at.y});
    const Hit h = row(look, "within", false, {width, look.px(30)});
    put_within(look.body_bold, {x, top}, ink(render::house::text), shown, width - look.px(18));
    const float middle = (h.min.y + h.max.y) / 2;
    ImGui::GetWindowDrawList()->AddTriangleFilled(
        {h.max.x - look.px(12), middle - look.px(2)}, {h.max.x - look.px(4), middle - look.px(2)},
        {h.max.x - look.px(8), middle + look.px(3)}, ink(muted));
    if (h.pressed) ImGui::OpenPopup("districts");
    x = h.max.x;
  }
  // What must be known wherever one looks; left out where there is no room for it.
  const auto chip = [&](const char* id, const std::string& words, render::Colour fill,
                        render::Colour text, const std::string& why) {
    const float left = x + look.px(10), width = size_of(look.small_bold, words).x + look.px(16);
    if (left + width >= end) return false;
    ImGui::SetCursorScreenPos({left, at.y + look.px(4)});
    const Hit h = hit(look, id, {width, look.px(22)});
    ImGui::GetWindowDrawList()->AddRectFilled(h.min, h.max, ink(fill), look.px(11));
    put(look.small_bold,
        {left + look.px(8), h.min.y + (look.px(22) - look.small_bold->FontSize) / 2}, ink(text),
        words);
    if (h.hovered) tip(look, why);
    x = h.max.x;
    return h.pressed;
  };
  const Language language = s.view.language;
  const auto& safety = s.entry.pages.safety;
  if (safety && safety->elsewhere &&
      chip("read only", say(language, "safety.chip"), shade::alert, render::house::panel,
           say(language, "safety.elsewhere_title"))) {
    commands.emplace_back(command::ChooseMode{Mode::entry});
    commands.emplace_back(command::OfEntry{entry::ChoosePage{EntryPage::safety}});
  }
  if (dataset.boundaries_of &&
      chip("then", say(language, "view.boundaries_of", date(language, *dataset.boundaries_of)),
           render::house::accent, render::house::panel, say(language, "view.boundaries_back")))
    commands.emplace_back(command::OpenFile{s.loaded->file});
  if (dataset.made_up)
    chip("made up", say(language, "app.made_up"), shade::chip, shade::chip_text,
         say(language, "view.made_up"));
  ImGui::SetNextWindowPos({at.x, at.y + look.px(36)});
  if (ImGui::BeginPopup("districts")) {
    const ImVec2 size(look.px(260), look.px(28));
    const auto choice = [&](std::int32_t district, const std::string& name, bool chosen) {
      ImGui::PushID(district);
      const Hit h = row(look, "district", chosen, size);
      put_within(look.body, {h.min.x + look.px(8), h.min.y + look.px(4)}, ink(render::house::text),
                 name, size.x - look.px(16));
      ImGui::PopID();
      if (!h.pressed) return;
      commands.emplace_back(command::ChooseWithin{district});
      ImGui::CloseCurrentPopup();
    };
    const auto& chosen = s.view.filter.districts;
    choice(-1, say(s.view.language, "app.all_districts"), chosen.empty());
    for (std::size_t i = 0; i < dataset.districts.size(); ++i) {
      const auto district = static_cast<std::int32_t>(i);
      choice(district, dataset.districts[i].name,
             std::find(chosen.begin(), chosen.end(), district) != chosen.end());
    }
    ImGui::EndPopup();
  }
}

}  // namespace

void draw_top_bar(const AppState& s, const Look& look, Commands& commands) {
  const Language language = s.view.language;
  const ImVec2 origin = ImGui::GetWindowPos();
  const ImVec2 size = ImGui::GetWindowSize();
  const float top = origin.y + (size.y - look.px(30)) / 2;
  ImDrawList* list = ImGui::GetWindowDrawList();
  list->AddLine({origin.x, origin.y + size.y - 1}, {origin.x + size.x, origin.y + size.y - 1},
                ink(render::house::hairline), look.px(1));

  ImGui::SetCursorScreenPos({origin.x + look.px(12), top});
  const std::string brand = say(language, "app.brand");
  const float brand_width = size_of(look.title_bold, brand).x;
  const Hit menu = row(look, "menu", false, {brand_width + look.px(38), look.px(30)});
  for (int i = 0; i < 3; ++i) {
    const float y = top + look.px(10) + look.px(5) * static_cast<float>(i);
    list->AddLine({menu.min.x + look.px(8), y}, {menu.min.x + look.px(22), y}, ink(accent),
                  look.px(1.6));
  }
  put(look.title_bold,
      {menu.min.x + look.px(30), top + (look.px(30) - look.title_bold->FontSize) / 2}, ink(accent),
      brand);
  if (menu.pressed) ImGui::OpenPopup("main menu");
  ImGui::SetNextWindowPos({menu.min.x, menu.max.y + look.px(6)});
  draw_menu(s, look, commands);

  const float tabs = look.px(4 * 110 + 3 * 10);
  const float search_width = std::clamp(size.x * 0.16F, look.px(180), look.px(250));
  float tabs_left = origin.x + (size.x - tabs) / 2 + look.px(16);
  tabs_left = std::min(tabs_left, origin.x + size.x - search_width - look.px(40) - tabs);
  ImGui::SetCursorScreenPos({menu.max.x + look.px(14), top});
  breadcrumb(s, look, tabs_left - look.px(12), commands);

  ImGui::SetCursorScreenPos({tabs_left, top});
  mode_tab(s, look, Mode::review, say(language, "app.mode_review"), commands);
  ImGui::SetCursorScreenPos({tabs_left + look.px(120), top});
  mode_tab(s, look, Mode::plan, say(language, "app.mode_plan"), commands);
  ImGui::SetCursorScreenPos({tabs_left + look.px(240), top});
  mode_tab(s, look, Mode::entry, say(language, "entry.mode"), commands);
  ImGui::SetCursorScreenPos({tabs_left + look.px(360), top});
  mode_tab(s, look, Mode::briefing, say(language, "app.mode_briefing"), commands);

  ImGui::SetCursorScreenPos({origin.x + size.x - search_width - look.px(20), top});
  ImGui::SetNextItemWidth(search_width);
  draw_search(s, look, commands);
}

}  // namespace app
