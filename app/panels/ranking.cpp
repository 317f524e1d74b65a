#include <algorithm>
#include <string>

#include "app/panels/draw.hpp"
#include "app/panels/panels.hpp"

namespace app {
namespace {

/// Right edges, so that every number stands under the next.
struct Columns {
  float name_left, rate, shortfall, teams, gauge_left, gauge_right;
};
Columns columns(const Look& look, float left, float width) {
  const float right = left + width;
  return {left + look.px(36),  right - look.px(212), right - look.px(128),
          right - look.px(88), right - look.px(72),  right};
}

void header(const AppState& s, const Look& look, float left, float width, Commands& commands) {
  const Language language = s.view.language;
  const Columns c = columns(look, left, width);
  const float top = ImGui::GetCursorScreenPos().y, height = look.px(26);
  const auto cell = [&](RankColumn column, const std::string& name, float from, float to,
                        bool right) {
    ImGui::SetCursorScreenPos({from, top});
    ImGui::PushID(static_cast<int>(column));
    const Hit h = hit(look, "sort", {to - from, height});
    ImGui::PopID();
    const bool sorted = s.rank_column == column;
    const ImU32 colour = ink(sorted || h.hovered ? render::house::text : render::house::muted);
    const float y = top + (height - look.small->FontSize) / 2;
    ImFont* font = sorted ? look.small_bold : look.small;
    const float words = size_of(font, name).x;
    if (right) {
      put(font, {to - words, y}, colour, name);
    } else {
      put(font, {from, y}, colour, name);
    }
    if (sorted) {
      const float x = right ? to - words - look.px(8) : from + words + look.px(8);
      const float middle = top + height / 2, up = s.rank_ascending ? look.px(3) : look.px(-3);
      ImGui::GetWindowDrawList()->AddTriangleFilled({x - look.px(3), middle + up / 2},
                                                    {x + look.px(3), middle + up / 2},
                                                    {x, middle - up}, colour);
    }
    if (h.pressed) commands.emplace_back(command::SortRanking{column});
  };
  cell(RankColumn::name, say(language, "app.column_commune"), c.name_left, c.rate - look.px(62),
       false);
  cell(RankColumn::rate, say(language, "app.column_rate"), c.rate - look.px(60), c.rate, true);
  cell(RankColumn::shortfall, say(language, "app.column_short"), c.rate + look.px(4), c.shortfall,
       true);
  cell(RankColumn::teams, say(language, "app.column_teams"), c.shortfall + look.px(6), c.teams,
       true);
  cell(RankColumn::achievement, say(language, "app.column_achievement"), c.teams + look.px(6),
       c.gauge_right, true);
  ImGui::SetCursorScreenPos({left, top + height});
}

void gauge(const AppState& s, const Look& look, const data::RankRow& row, const Columns& c,
           float middle) {
  if (!row.gap.achievement) return;
  ImDrawList* list = ImGui::GetWindowDrawList();
  const float half = look.px(4);
  const float share = std::clamp(static_cast<float>(row.gap.achievement->value), 0.0F, 1.0F);
  list->AddRectFilled({c.gauge_left, middle - half}, {c.gauge_right, middle + half},
                      ink(shade::trough), look.px(1));
  list->AddRectFilled({c.gauge_left, middle - half},
                      {c.gauge_left + (c.gauge_right - c.gauge_left) * share, middle + half},
                      ink(row.gap.achievement->value >= 1 ? shade::cool : shade::gauge),
                      look.px(1));
  if (ImGui::IsMouseHoveringRect({c.gauge_left, middle - look.px(12)},
                                 {c.gauge_right, middle + look.px(12)}) &&
      row.gap.target) {
    tip(look,
        percent(s.view.language, row.gap.achievement->value) + " " +
            say(s.view.language, "app.of_target", percent(s.view.language, *row.gap.target, 0)));
  }
}

void one_row(const AppState& s, const Look& look, std::size_t index, float width,
             Commands& commands) {
  const data::RankRow& r = s.derived.ranking[index];
  const Language language = s.view.language;
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float height = look.px(27);
  const Columns c = columns(look, at.x + look.px(8), width - look.px(16));
  const bool chosen = std::binary_search(s.view.selected.begin(), s.view.selected.end(), r.unit);
  ImGui::PushID(static_cast<int>(r.unit.value));
  const Hit h = row(look, "commune", chosen || s.view.hovered == r.unit, {width, height});
  ImGui::PopID();
  ImFont* font = chosen ? look.body_bold : look.body;
  const float top = at.y + (height - font->FontSize) / 2;
  const ImU32 text = ink(render::house::text), muted = ink(render::house::muted);
  put(look.body, {at.x + look.px(8), top}, muted, number(language, static_cast<double>(index + 1)));
  put_within(font, {c.name_left, top}, text, s.dataset()->communes[r.unit.value].name,
             c.rate - look.px(54) - c.name_left);
  const std::string none = "–";
  put_right(font, {c.rate, top}, r.gap.rate ? text : muted,
            r.gap.rate ? rate_text(s.view.indicator, *r.gap.rate, language) : none);
  put_right(font, {c.shortfall, top}, r.gap.shortfall ? text : muted,
            r.gap.shortfall ? number(language, r.gap.shortfall->value) : none);
  put_right(font, {c.teams, top}, text, number(language, r.barriers.teams));
  gauge(s, look, r, c, at.y + height / 2);
  if (h.hovered) commands.emplace_back(command::Hover{r.unit});
  if (!h.pressed) return;
  const ImGuiIO& io = ImGui::GetIO();
  const command::How how = io.KeyCtrl && chosen        ? command::How::remove
                           : io.KeyShift || io.KeyCtrl ? command::How::add
                                                       : command::How::replace;
  const bool twice = ImGui::IsMouseDoubleClicked(0);
  commands.emplace_back(command::Select{{r.unit}, how, twice});
}

/// When the map or a search chose a commune, its row comes into sight. The window's storage knows
/// which commune was last shown so.
void follow_selection(const AppState& s, float height, float head) {
  ImGuiStorage* kept = ImGui::GetStateStorage();
  const ImGuiID id = ImGui::GetID("followed");
  const int chosen =
      s.view.selected.size() == 1 ? static_cast<int>(s.view.selected[0].value) + 1 : 0;
  if (kept->GetInt(id) == chosen) return;
  kept->SetInt(id, chosen);
  for (std::size_t i = 0; chosen != 0 && i < s.derived.ranking.size(); ++i) {
    if (s.derived.ranking[i].unit != s.view.selected[0]) continue;
    const float top = head + height * static_cast<float>(i);
    const float scroll = ImGui::GetScrollY(), room = ImGui::GetWindowHeight();
    if (top < scroll || top + height > scroll + room) ImGui::SetScrollY(top - room / 2);
  }
}

}  // namespace

void draw_ranking(const AppState& s, const Look& look, Commands& commands) {
  const Language language = s.view.language;
  section(look, s.rank_column == RankColumn::shortfall ? say(language, "app.heading_rank_short")
                : s.rank_column == RankColumn::rate    ? say(language, "app.heading_rank_rate")
                : s.rank_column == RankColumn::achievement
                    ? say(language, "app.heading_rank_achievement")
                : s.rank_column == RankColumn::teams ? say(language, "app.heading_rank_teams")
                                                     : say(language, "app.heading_rank_name"));
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const ImVec2 room = ImGui::GetContentRegionAvail();
  // The scrollbar's room is kept free, so that headings stand over their numbers with and without
  // it.
  const float inset = look.px(8), height = look.px(27);
  const float width = room.x + 2 * inset - ImGui::GetStyle().ScrollbarSize;
  header(s, look, at.x, width - 2 * inset, commands);
  ImGui::SetCursorScreenPos({at.x - inset, at.y + look.px(28)});
  const float left = std::max(room.y - look.px(28), look.px(160));
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {0, 0});
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {0, 0});
  ImGui::BeginChild("ranking", {room.x + 2 * inset, left});
  follow_selection(s, height, 0);
  ImGuiListClipper clipper;
  clipper.Begin(static_cast<int>(s.derived.ranking.size()), height);
  while (clipper.Step()) {
    for (int i = clipper.DisplayStart; i < clipper.DisplayEnd; ++i) {
      one_row(s, look, static_cast<std::size_t>(i), width, commands);
    }
  }
  ImGui::EndChild();
  ImGui::PopStyleVar(2);
}

}  // namespace app
