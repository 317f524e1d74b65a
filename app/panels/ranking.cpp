#include <algorithm>
#include <cmath>
#include <string>

#include "app/panels/draw.hpp"
#include "app/panels/how.hpp"
#include "app/panels/panels.hpp"
#include "app/reasons.hpp"

namespace app {
namespace {

/// Right edges, so that every number stands under the next.
struct Columns {
  float name_left, rate, people, teams, gauge_left, gauge_right;
};
Columns columns(const AppState& s, const Look& look, float left, float width) {
  const float right = left + width;
  const std::string last = number(s.view.language, static_cast<double>(s.derived.ranking.size()));
  return {left + std::max(look.px(32), size_of(look.body, last).x + look.px(10)),
          right - look.px(216),
          right - look.px(140),
          right - look.px(94),
          right - look.px(78),
          right};
}

/// What the column of people says: those short, those short behind one barrier, or the score.
std::string people_head(const AppState& s) {
  const Language l = s.view.language;
  if (s.rank_column == RankColumn::barrier) return say(l, "app.column_people");
  if (s.rank_column == RankColumn::score) return say(l, "app.column_score");
  return say(l, "app.column_short");
}
std::string people_cell(const AppState& s, const data::RankRow& r) {
  const Language l = s.view.language;
  const std::size_t unit = r.unit.value;
  const std::string none = "–";
  if (s.rank_column == RankColumn::barrier) {
    const auto& splits = s.derived.figures->splits;
    return unit < splits.size() && r.gap.shortfall ? number(l, splits[unit].of(s.rank_barrier))
                                                   : none;
  }
  if (s.rank_column == RankColumn::score) {
    const auto& score = s.derived.score;
    return unit < score.size() && std::isfinite(score[unit]) ? number(l, score[unit], 2) : none;
  }
  return r.gap.shortfall ? number(l, r.gap.shortfall->value) : none;
}

void header(const AppState& s, const Look& look, float left, float width, Commands& commands) {
  const Language language = s.view.language;
  const Columns c = columns(s, look, left, width);
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
  cell(RankColumn::name, say(language, "app.column_commune"), c.name_left, c.rate - look.px(56),
       false);
  cell(RankColumn::rate, say(language, "app.column_rate"), c.rate - look.px(54), c.rate, true);
  const bool other = s.rank_column == RankColumn::barrier || s.rank_column == RankColumn::score;
  cell(other ? s.rank_column : RankColumn::shortfall, people_head(s), c.rate + look.px(4), c.people,
       true);
  cell(RankColumn::teams, say(language, "app.column_teams"), c.people + look.px(6), c.teams, true);
  // Not to be sorted by: it explains the order there is.
  const std::string stays = say(language, "app.column_stays");
  ImGui::SetCursorScreenPos({c.gauge_left, top});
  const Hit h = hit(look, "stays", {c.gauge_right - c.gauge_left, height});
  put_right(look.small, {c.gauge_right, top + (height - look.small->FontSize) / 2},
            ink(render::house::muted), stays);
  if (h.hovered) tip(look, say(language, "app.stays_note", s.first_k));
  ImGui::SetCursorScreenPos({left, top + height});
}

/// How often the commune stays among the first when the weights of the score are drawn anew: solid
/// from nine times in ten, striped below.
void gauge(const AppState& s, const Look& look, const data::RankRow& row, const Columns& c,
           float middle) {
  if (row.unit.value >= s.derived.stays.size()) return;
  const double stays = s.derived.stays[row.unit.value];
  if (!std::isfinite(stays)) return;
  ImDrawList* list = ImGui::GetWindowDrawList();
  const float half = look.px(4);
  const float end = c.gauge_left + (c.gauge_right - c.gauge_left) *
                                       static_cast<float>(std::clamp(stays, 0.0, 1.0));
  const ImVec2 min(c.gauge_left, middle - half), max(end, middle + half);
  list->AddRectFilled(min, {c.gauge_right, max.y}, ink(shade::trough), look.px(1));
  if (stays >= 0.9) {
    list->AddRectFilled(min, max, ink(shade::gauge), look.px(1));
  } else if (end > c.gauge_left) {
    list->AddRectFilled(min, max, ink(shade::rail), look.px(1));
    list->PushClipRect(min, max, true);
    for (float x = min.x - 2 * half; x < max.x; x += look.px(5)) {
      list->AddLine({x, max.y}, {x + 2 * half, min.y}, ink(shade::gauge), look.px(1.4));
    }
    list->PopClipRect();
  }
}

void one_row(const AppState& s, const Look& look, std::size_t index, float width,
             Commands& commands) {
  const data::RankRow& r = s.derived.ranking[index];
  const Language language = s.view.language;
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float height = look.px(27);
  const Columns c = columns(s, look, at.x + look.px(8), width - look.px(16));
  const bool chosen = std::binary_search(s.view.selected.begin(), s.view.selected.end(), r.unit);
  ImGui::PushID(static_cast<int>(r.unit.value));
  const Hit h = row(look, "commune", chosen || s.view.hovered == r.unit, {width, height});
  ImGui::PopID();
  ImFont* font = chosen ? look.body_bold : look.body;
  const float top = at.y + (height - font->FontSize) / 2;
  const ImU32 text = ink(render::house::text), muted = ink(render::house::muted);
  put(look.body, {at.x + look.px(8), top}, muted, number(language, static_cast<double>(index + 1)));
  put_within(font, {c.name_left, top}, text, s.dataset()->communes[r.unit.value].name,
             c.rate - look.px(46) - c.name_left);
  const std::string none = "–";
  put_right(font, {c.rate, top}, r.gap.rate ? text : muted,
            r.gap.rate ? rate_text(s.view.indicator, *r.gap.rate, language) : none);
  const std::string people = people_cell(s, r);
  put_right(font, {c.people, top}, people == none ? muted : text, people);
  const bool listed = !s.dataset()->teams.empty();
  put_right(font, {c.teams, top}, listed ? text : muted,
            listed ? number(language, r.barriers.teams) : none);
  gauge(s, look, r, c, at.y + height / 2);
  if (h.hovered) {
    commands.emplace_back(command::Hover{r.unit});
    std::string words = explain_row(*s.dataset(), *s.derived.figures, r.unit, language);
    if (ImGui::GetIO().MousePos.x >= c.gauge_left && r.unit.value < s.derived.stays.size()) {
      words = say(language, "app.stays_row", percent(language, s.derived.stays[r.unit.value], 0),
                  s.first_k) +
              "\n" + say(language, "app.stays_note", s.first_k);
    }
    tip(look, words);
  }
  if (!h.pressed) return;
  commands.emplace_back(command::Select{{r.unit}, how_pressed(), ImGui::IsMouseDoubleClicked(0)});
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

std::string heading(const AppState& s) {
  const Language l = s.view.language;
  switch (s.rank_column) {
    case RankColumn::name:
      return say(l, "app.heading_rank_name");
    case RankColumn::rate:
      return say(l, "app.heading_rank_rate");
    case RankColumn::achievement:
      return say(l, "app.heading_rank_achievement");
    case RankColumn::shortfall:
      return say(l, "app.heading_rank_short");
    case RankColumn::teams:
      return say(l, "app.heading_rank_teams");
    case RankColumn::score:
      return say(l, "app.heading_rank_score");
    case RankColumn::district:
      return say(l, "app.heading_rank_district");
    case RankColumn::eligible:
      return say(l, "app.heading_rank_eligible");
    case RankColumn::unreached:
      return say(l, "app.heading_rank_unreached");
    case RankColumn::no_grid:
      return say(l, "app.heading_rank_no_grid_villages");
    case RankColumn::poor_signal:
      return say(l, "app.heading_rank_signal_villages");
    case RankColumn::as_of:
      return say(l, "app.heading_rank_as_of");
    case RankColumn::barrier:
      break;
  }
  switch (s.rank_barrier) {
    case data::Barrier::no_grid:
      return say(l, "app.heading_rank_no_grid");
    case data::Barrier::signal:
      return say(l, "app.heading_rank_signal");
    case data::Barrier::away:
      return say(l, "app.heading_rank_away");
    case data::Barrier::no_smartphone:
      return say(l, "app.heading_rank_no_smartphone");
    case data::Barrier::own_sim:
      return say(l, "app.heading_rank_own_sim");
    case data::Barrier::visit:
      return say(l, "app.heading_rank_visit");
    case data::Barrier::unknown:
      return say(l, "app.heading_rank_unknown");
  }
  return {};
}

/// Everything the ranking can go by, under its heading.
void orders(const AppState& s, const Look& look, ImVec2 at, Commands& commands) {
  const Language l = s.view.language;
  ImGui::SetNextWindowPos(at);
  if (!ImGui::BeginPopup("orders")) return;
  const ImVec2 size(look.px(300), look.px(27));
  int id = 0;
  const auto choice = [&](const std::string& name, bool chosen, const Command& command) {
    ImGui::PushID(id++);
    const Hit h = row(look, "order", chosen, size);
    ImGui::PopID();
    put_within(look.body, {h.min.x + look.px(10), h.min.y + (size.y - look.body->FontSize) / 2},
               ink(render::house::text), name, size.x - look.px(20));
    if (!h.pressed) return;
    commands.push_back(command);
    ImGui::CloseCurrentPopup();
  };
  const auto by = [&](RankColumn column, const std::string& name) {
    if (s.rank_column == column) {
      choice(name, true, command::DismissToast{});
    } else {
      choice(name, false, command::SortRanking{column});
    }
  };
  by(RankColumn::shortfall, say(l, "app.order_short"));
  by(RankColumn::rate, say(l, "app.order_rate"));
  by(RankColumn::achievement, say(l, "app.order_achievement"));
  by(RankColumn::score, say(l, "app.order_score"));
  space(look, 4);
  line(look.small_bold, ink(render::house::muted), say(l, "app.order_barriers"));
  for (const data::Barrier barrier : data::all_barriers) {
    choice(say(l, data::name(barrier)),
           s.rank_column == RankColumn::barrier && s.rank_barrier == barrier,
           command::RankByBarrier{barrier});
  }
  ImGui::EndPopup();
}

/// The heading opens the orders; beside it the weights, where the score is ranked by.
void draw_heading(const AppState& s, const Look& look, Commands& commands) {
  const Language l = s.view.language;
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float width = ImGui::GetContentRegionAvail().x, height = look.px(24);
  const std::string weights = say(l, "app.weights_link");
  const float link = size_of(look.small, weights).x;
  const std::string words = heading(s);
  const float room = width - link - look.px(36);
  const float used = std::min(size_of(look.small_bold, words).x, room);
  ImGui::SetCursorScreenPos({at.x - look.px(6), at.y});
  const Hit h = row(look, "heading", false, {used + look.px(28), height});
  const float top = at.y + (height - look.small_bold->FontSize) / 2;
  put_within(look.small_bold, {at.x, top}, ink(render::house::muted), words, room + 1);
  const float x = at.x + used + look.px(11), middle = at.y + height / 2;
  ImGui::GetWindowDrawList()->AddTriangleFilled(
      {x - look.px(4), middle - look.px(2)}, {x + look.px(4), middle - look.px(2)},
      {x, middle + look.px(3)}, ink(render::house::muted));
  if (h.hovered) tip(look, say(l, "app.order_hint"));
  if (h.pressed) ImGui::OpenPopup("orders");
  orders(s, look, {at.x, at.y + height + look.px(4)}, commands);
  ImGui::SetCursorScreenPos({at.x + width - link, top});
  const Hit w = hit(look, "weights", {link, look.small->FontSize});
  put(look.small, w.min, ink(w.hovered ? render::house::selection : render::house::accent),
      weights);
  if (w.pressed) commands.emplace_back(command::OpenDialog{Dialog::weights});
  ImGui::SetCursorScreenPos({at.x, at.y + height});
}

}  // namespace

void draw_ranking(const AppState& s, const Look& look, Commands& commands) {
  draw_heading(s, look, commands);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const ImVec2 room = ImGui::GetContentRegionAvail();
  // The scrollbar's room is kept free, so that headings stand over their numbers with and without
  // it.
  const float inset = look.px(8), height = look.px(27);
  const float width = room.x + 2 * inset - ImGui::GetStyle().ScrollbarSize;
  header(s, look, at.x, width - 2 * inset, commands);
  ImGui::SetCursorScreenPos({at.x - inset, at.y + look.px(28)});
  const float left = std::max(room.y - look.px(28), look.px(60));
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
