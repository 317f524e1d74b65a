#include <algorithm>
#include <string>

#include "app/panels/draw.hpp"
#include "app/panels/drawer.hpp"
#include "app/panels/how.hpp"

namespace app {
namespace {

struct Column {
  RankColumn by = RankColumn::name;
  bool sortable = true;
  std::string title;
  double width = 0;  ///< logical pixels
  bool right = true;
};

std::vector<Column> columns(const AppState& s) {
  const Language l = s.view.language;
  std::vector<Column> out{
      {RankColumn::name, true, say(l, "app.column_commune"), 150, false},
      {RankColumn::district, true, say(l, "app.column_district"), 130, false},
      {RankColumn::rate, true, say(l, "app.column_rate"), 64, true},
      {RankColumn::rate, false, say(l, "app.column_interval"), 104, true},
      {RankColumn::achievement, true, say(l, "app.column_achievement"), 84, true},
      {RankColumn::shortfall, true, say(l, "app.column_short"), 76, true},
      {RankColumn::unreached, true, say(l, "app.column_unreached"), 92, true},
      {RankColumn::eligible, true, say(l, "app.column_eligible"), 92, true},
      {RankColumn::barrier, false, say(l, "app.column_main_barrier"), 170, false},
      {RankColumn::no_grid, true, say(l, "app.column_no_grid"), 84, true},
      {RankColumn::poor_signal, true, say(l, "app.column_poor_signal"), 92, true},
      {RankColumn::teams, true, say(l, "app.column_teams"), 44, true},
      {RankColumn::as_of, true, say(l, "app.column_as_of"), 84, true},
      {RankColumn::name, false, say(l, "app.column_status"), 110, false}};
  return out;
}

std::string status_text(const data::Gap& gap, Language l) {
  switch (gap.status) {
    case data::Status::reported:
      return say(l, "app.status_word_reported");
    case data::Status::silent:
      return say(l, "app.status_word_silent");
    case data::Status::not_reported:
      return say(l, "app.status_word_not_reported");
    case data::Status::estimated:
      return say(l, "app.status_word_estimated");
  }
  return {};
}

std::string cell(const AppState& s, const data::RankRow& r, std::size_t column) {
  const Language l = s.view.language;
  const Figures& f = *s.derived.figures;
  const data::Commune& commune = s.dataset()->communes[r.unit.value];
  const std::size_t unit = r.unit.value;
  const std::string none = "–";
  const auto people = [&](const std::optional<data::People>& p) {
    return p ? number(l, p->value) : none;
  };
  switch (column) {
    case 0:
      return commune.name;
    case 1:
      return commune.district < 0
                 ? none
                 : s.dataset()->districts[static_cast<std::size_t>(commune.district)].name;
    case 2:
      return r.gap.rate ? rate_text(f.indicator, *r.gap.rate, l) : none;
    case 3:
      if (unit >= f.intervals.size() || !f.intervals[unit]) return none;
      return number(l, f.intervals[unit]->low * 100, 1) + " – " +
             percent(l, f.intervals[unit]->high);
    case 4:
      return r.gap.achievement ? percent(l, r.gap.achievement->value) : none;
    case 5:
      return people(r.gap.shortfall);
    case 6:
      return people(r.gap.unreached);
    case 7:
      return people(r.gap.eligible);
    case 8: {
      if (unit >= f.splits.size()) return none;
      const auto main = data::main_barrier(f.splits[unit]);
      return main ? say(l, data::name(*main)) : none;
    }
    case 9:
      return r.barriers.settlements == 0 ? none : number(l, r.barriers.no_grid);
    case 10:
      return r.barriers.settlements == 0 ? none
                                         : number(l, r.barriers.weak_signal + r.barriers.no_signal);
    case 11:
      return s.dataset()->teams.empty() ? none : number(l, r.barriers.teams);
    case 12:
      return r.gap.as_of ? date(l, *r.gap.as_of) : none;
    default:
      return status_text(r.gap, l);
  }
}

void heads(const AppState& s, const Look& look, const std::vector<Column>& all,
           Commands& commands) {
  ImGui::TableNextRow(ImGuiTableRowFlags_Headers);
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (!ImGui::TableSetColumnIndex(static_cast<int>(i))) continue;
    const Column& c = all[i];
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const float width = ImGui::GetContentRegionAvail().x, height = look.px(20);
    ImGui::PushID(static_cast<int>(i));
    const Hit h = hit(look, "head", {width, height});
    ImGui::PopID();
    const bool sorted = c.sortable && s.rank_column == c.by;
    ImFont* font = sorted ? look.small_bold : look.small;
    const ImU32 colour =
        ink(sorted || (h.hovered && c.sortable) ? render::house::text : render::house::muted);
    const float arrow = sorted ? look.px(10) : 0;
    const float words = std::min(size_of(font, c.title).x, width - arrow);
    const float x = c.right ? at.x + width - words : at.x;
    const float y = at.y + (height - font->FontSize) / 2;
    put_within(font, {x, y}, colour, c.title, words + 1);
    if (sorted) {
      const float tip_x = c.right ? x - look.px(6) : x + words + look.px(6);
      const float middle = at.y + height / 2, up = s.rank_ascending ? look.px(3) : look.px(-3);
      ImGui::GetWindowDrawList()->AddTriangleFilled({tip_x - look.px(3), middle + up / 2},
                                                    {tip_x + look.px(3), middle + up / 2},
                                                    {tip_x, middle - up}, colour);
    }
    if (h.pressed && c.sortable) commands.emplace_back(command::SortRanking{c.by});
  }
}

}  // namespace

void draw_commune_table(const AppState& s, const Look& look, Commands& commands) {
  const std::vector<Column> all = columns(s);
  const auto& rows = s.derived.ranking;
  const ImGuiTableFlags flags = ImGuiTableFlags_ScrollX | ImGuiTableFlags_ScrollY |
                                ImGuiTableFlags_BordersInnerH | ImGuiTableFlags_SizingFixedFit |
                                ImGuiTableFlags_NoSavedSettings | ImGuiTableFlags_Resizable |
                                ImGuiTableFlags_NoBordersInBody;
  ImGui::PushStyleVar(ImGuiStyleVar_CellPadding, {look.px(7), look.px(3)});
  if (ImGui::BeginTable("communes", static_cast<int>(all.size()), flags,
                        ImGui::GetContentRegionAvail())) {
    ImGui::TableSetupScrollFreeze(1, 1);
    for (const Column& c : all) {
      ImGui::TableSetupColumn(c.title.c_str(), ImGuiTableColumnFlags_WidthFixed, look.px(c.width));
    }
    heads(s, look, all, commands);
    ImGuiListClipper clipper;
    clipper.Begin(static_cast<int>(rows.size()));
    while (clipper.Step()) {
      for (int i = clipper.DisplayStart; i < clipper.DisplayEnd; ++i) {
        const data::RankRow& r = rows[static_cast<std::size_t>(i)];
        const bool chosen =
            std::binary_search(s.view.selected.begin(), s.view.selected.end(), r.unit);
        ImGui::TableNextRow();
        ImGui::TableSetColumnIndex(0);
        const ImVec2 first = ImGui::GetCursorScreenPos();
        ImGui::PushID(static_cast<int>(r.unit.value));
        const bool pressed = ImGui::Selectable(
            "##row", chosen || s.view.hovered == r.unit,
            ImGuiSelectableFlags_SpanAllColumns | ImGuiSelectableFlags_AllowItemOverlap,
            {0, look.body->FontSize});
        ImGui::PopID();
        if (ImGui::IsItemHovered()) commands.emplace_back(command::Hover{r.unit});
        if (pressed) {
          commands.emplace_back(
              command::Select{{r.unit}, how_pressed(), ImGui::IsMouseDoubleClicked(0)});
        }
        for (std::size_t c = 0; c < all.size(); ++c) {
          if (!ImGui::TableSetColumnIndex(static_cast<int>(c))) continue;
          const std::string words = cell(s, r, c);
          // The row to be pressed lies in the first column: words stand on it, not below.
          const ImVec2 at = c == 0 ? first : ImGui::GetCursorScreenPos();
          const float width = ImGui::GetContentRegionAvail().x;
          ImFont* font = c == 0 && chosen ? look.body_bold : look.body;
          const ImU32 colour = ink(words == "–" ? render::house::muted : render::house::text);
          if (all[c].right) {
            put_right(font, {at.x + width, at.y}, colour, words);
          } else {
            put_within(font, at, colour, words, width);
          }
        }
      }
    }
    ImGui::EndTable();
  }
  ImGui::PopStyleVar();
}

}  // namespace app
