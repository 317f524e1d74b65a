#include "app/entry_command.hpp"
#include "app/pages/exchange_state.hpp"
#include "app/panels/draw.hpp"
#include "app/panels/imgui_versions.hpp"
#include "app/panels/panels.hpp"

namespace app {
namespace {

using DrawPage = void (*)(const AppState&, const Look&, Commands&);
struct PageParts {
  EntryPage page;
  const char* name;
  DrawPage stage, side;
};
constexpr PageParts parts[] = {
    {EntryPage::week, "entry.page_week", draw_entry_table, draw_entry_side},
    {EntryPage::district, "district.title", draw_district_page, draw_district_side},
    {EntryPage::records, "records.title", draw_records_page, draw_records_side},
    {EntryPage::exchange, "exchange.title", draw_exchange_page, draw_exchange_side},
    {EntryPage::history, "history.title", draw_history_page, draw_history_side},
    {EntryPage::boundary, "boundary.title", draw_boundary_page, draw_boundary_side},
    {EntryPage::safety, "safety.title", draw_safety_page, draw_safety_side},
};

/// With the number of contradictions that wait to be decided, once it is known.
std::string page_name(const AppState& s, const PageParts& part) {
  const auto& exchange = s.entry.pages.exchange;
  const std::size_t open =
      part.page == EntryPage::exchange && exchange ? exchange->open_conflicts() : 0;
  const std::string name = say(s.view.language, part.name);
  return open == 0 ? name : say(s.view.language, "exchange.title_open", name, open);
}

const PageParts& shown(const AppState& s) {
  return parts[static_cast<std::size_t>(s.entry.pages.shown)];
}

}  // namespace

void draw_entry_page_list(const AppState& s, const Look& look, Commands& commands) {
  const float height = look.px(28), width = ImGui::GetContentRegionAvail().x;
  for (const PageParts& part : parts) {
    const Hit h = row(look, part.name, part.page == s.entry.pages.shown, {width, height});
    const bool on = part.page == s.entry.pages.shown;
    put_within(on ? look.body_bold : look.body,
               {h.min.x + look.px(4), h.min.y + (height - look.body->FontSize) / 2},
               ink(render::house::text), page_name(s, part), width - look.px(8));
    if (h.pressed && !on) commands.emplace_back(command::OfEntry{entry::ChoosePage{part.page}});
  }
  space(look, 12);
}

void draw_entry_stage(const AppState& s, const Look& look, Commands& commands) {
  const PageParts& part = shown(s);
  if (part.page == EntryPage::week) return part.stage(s, look, commands);
  const ImVec2 origin = ImGui::GetWindowPos(), size = ImGui::GetWindowSize();
  ImGui::GetWindowDrawList()->AddRectFilled(origin, {origin.x + size.x, origin.y + size.y},
                                            ink(render::house::panel));
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {look.px(24), look.px(18)});
  ImGui::PushID(part.name);
  begin_padded_child("page");
  ImGui::PopStyleVar();
  part.stage(s, look, commands);
  ImGui::EndChild();
  ImGui::PopID();
}

void draw_entry_aside(const AppState& s, const Look& look, Commands& commands) {
  shown(s).side(s, look, commands);
}

}  // namespace app
