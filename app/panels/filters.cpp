#include <algorithm>
#include <set>
#include <string>

#include "app/panels/draw.hpp"
#include "app/panels/panels.hpp"

namespace app {
namespace {

/// One list of a filter: a chip that opens what can be chosen, and says what is.
template <class Value>
struct Menu {
  const char* id;
  std::string name, many;  ///< "Huyện", "{0} huyện"
  std::vector<Value> all;
  std::vector<std::string> words;
};

/// What is left of the row.
struct Room {
  float right = 0;
  int menus = 0;  ///< still to be drawn
};

/// Answers true when the list was changed.
template <class Value>
bool draw_menu_of(const Look& look, const Menu<Value>& menu, std::vector<Value>& chosen,
                  Room& room) {
  const float left = ImGui::GetCursorScreenPos().x;
  if (menu.all.empty()) return false;
  // What one leaves of its share goes to those after it.
  const float gaps = look.px(6) * static_cast<float>(room.menus - 1);
  const float share = (room.right - left - gaps) / static_cast<float>(std::max(room.menus, 1));
  --room.menus;
  std::string text = menu.name;
  if (chosen.size() == 1) {
    const auto at = std::find(menu.all.begin(), menu.all.end(), chosen[0]);
    if (at != menu.all.end()) text = menu.words[static_cast<std::size_t>(at - menu.all.begin())];
  } else if (chosen.size() > 1) {
    text = menu.many;
  }
  bool changed = false;
  ImGui::PushID(menu.id);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const ChipPart part =
      chip(look, "chip", text, !chosen.empty(), std::clamp(share, look.px(36), look.px(190)));
  const ImVec2 end = ImGui::GetItemRectMax();
  if (part == ChipPart::cross) {
    chosen.clear();
    changed = true;
  } else if (part == ChipPart::whole) {
    ImGui::OpenPopup("choices");
  }
  ImGui::SetNextWindowPos({at.x, end.y + look.px(4)});
  ImGui::SetNextWindowSizeConstraints({look.px(220), 0}, {look.px(320), look.px(420)});
  if (ImGui::BeginPopup("choices")) {
    for (std::size_t i = 0; i < menu.all.size(); ++i) {
      const auto found = std::find(chosen.begin(), chosen.end(), menu.all[i]);
      ImGui::PushID(static_cast<int>(i));
      if (tick(look, "choice", menu.words[i], found != chosen.end())) {
        if (found == chosen.end()) {
          chosen.push_back(menu.all[i]);
        } else {
          chosen.erase(found);
        }
        changed = true;
      }
      ImGui::PopID();
    }
    ImGui::EndPopup();
  }
  ImGui::PopID();
  ImGui::SetCursorScreenPos({end.x + look.px(6), at.y});
  return changed;
}

}  // namespace

void draw_filters(const AppState& s, const Look& look, Commands& commands) {
  if (!s.loaded || !s.derived.figures) return;
  const Language l = s.view.language;
  const data::Dataset& dataset = *s.dataset();
  const ImVec2 origin = ImGui::GetWindowPos(), size = ImGui::GetWindowSize();
  ImGui::GetWindowDrawList()->AddLine({origin.x, origin.y + size.y - 1},
                                      {origin.x + size.x, origin.y + size.y - 1},
                                      ink(render::house::hairline), look.px(1));
  const float middle = origin.y + size.y / 2;
  const bool limited = s.derived.shown.size() != dataset.communes.size();
  const std::string count =
      limited ? say(l, "app.filter_count", s.derived.shown.size(), dataset.communes.size())
              : say(l, "app.communes", dataset.communes.size());
  ImFont* font = limited ? look.small_bold : look.small;
  const std::string label = say(l, "app.filter");
  const float label_width = size_of(look.small, label).x, count_width = size_of(font, count).x;
  Room room{origin.x + size.x - look.px(14), 0};
  room.menus =
      (dataset.districts.size() > 1 ? 1 : 0) + 2 + (s.derived.figures->splits.empty() ? 0 : 1);
  // Where the row is narrow, what can be chosen counts more than what the time line says as well.
  const float least = look.px(78) * static_cast<float>(room.menus);
  const bool counted = size.x - count_width - label_width - look.px(60) > least;
  const bool labelled = size.x - label_width - look.px(40) > least;
  if (counted) {
    const float at = origin.x + size.x - look.px(16) - count_width;
    put(font, {at, middle - font->FontSize / 2},
        ink(limited ? render::house::accent : render::house::muted), count);
    room.right = at - look.px(10);
  }
  if (labelled) {
    put(look.small, {origin.x + look.px(14), middle - look.small->FontSize / 2},
        ink(render::house::muted), label);
  }
  ImGui::SetCursorScreenPos(
      {origin.x + (labelled ? look.px(24) + label_width : look.px(12)), middle - look.px(12)});
  Filter filter = s.view.filter;
  bool changed = false;

  Menu<std::int32_t> districts{"districts",
                               say(l, "app.filter_district"),
                               say(l, "app.filter_districts", filter.districts.size()),
                               {},
                               {}};
  for (std::size_t i = 0; dataset.districts.size() > 1 && i < dataset.districts.size(); ++i) {
    districts.all.push_back(static_cast<std::int32_t>(i));
    districts.words.push_back(dataset.districts[i].name);
  }
  changed |= draw_menu_of(look, districts, filter.districts, room);

  Menu<std::string> kinds{
      "kinds", say(l, "app.filter_kind"), say(l, "app.filter_kinds", filter.kinds.size()), {}, {}};
  std::set<std::string> distinct;
  for (const data::Commune& commune : dataset.communes) distinct.insert(commune.kind);
  kinds.all.assign(distinct.begin(), distinct.end());
  kinds.words = kinds.all;
  changed |= draw_menu_of(look, kinds, filter.kinds, room);

  Menu<std::size_t> classes{"classes",
                            say(l, "app.filter_class"),
                            say(l, "app.filter_classes", filter.categories.size()),
                            {},
                            {}};
  for (const render::LegendEntry& entry : s.derived.legend.entries) {
    if (!entry.category) continue;
    classes.all.push_back(*entry.category);
    classes.words.push_back(entry.text);
  }
  changed |= draw_menu_of(look, classes, filter.categories, room);

  Menu<data::Barrier> barriers{"barriers",
                               say(l, "app.filter_barrier"),
                               say(l, "app.filter_barriers", filter.barriers.size()),
                               {},
                               {}};
  for (const data::Barrier barrier : data::all_barriers) {
    if (s.derived.figures->splits.empty()) break;
    barriers.all.push_back(barrier);
    barriers.words.push_back(say(l, data::name(barrier)));
  }
  changed |= draw_menu_of(look, barriers, filter.barriers, room);
  if (changed) commands.emplace_back(command::ChooseFilter{filter});
}

}  // namespace app
