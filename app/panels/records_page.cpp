#include <algorithm>
#include <array>
#include <string>

#include "app/panels/page_ask.hpp"
#include "app/panels/panels.hpp"
#include "app/panels/records_draw.hpp"
#include "data/clock.hpp"

namespace app {
namespace {

using command::OfEntry;
using data::RecordKind;
using data::RecordRow;
using records_page::State;

constexpr double row_height = 28, head_height = 30;

struct Column {
  std::string title;
  float width = 0;
  bool right = false;
};

/// The list's columns; the first two share what is left of the width.
std::vector<Column> columns(const Look& look, Language l, RecordKind kind, float width) {
  std::vector<Column> out;
  const auto add = [&](std::string title, double logical, bool right = false) {
    out.push_back({std::move(title), look.px(logical), right});
  };
  if (kind == RecordKind::activity) add(say(l, "records.field_date"), 92);
  add(say(l, kind == RecordKind::team         ? "records.column_team"
             : kind == RecordKind::settlement ? "records.column_settlement"
                                              : "records.field_team"),
      0);
  add(say(l, "records.field_unit"), 0);
  if (kind == RecordKind::team) {
    add(say(l, "records.field_level"), 74);
    add(say(l, "records.field_members"), 84, true);
    add(say(l, "records.column_state"), 140);
  } else if (kind == RecordKind::settlement) {
    add(say(l, "records.field_residents"), 70, true);
    add(say(l, "records.field_electricity"), 108);
    add(say(l, "records.column_as_of"), 84);
    add(say(l, "records.field_signal"), 92);
    add(say(l, "records.column_as_of"), 84);
  } else {
    add(say(l, "records.field_sessions"), 60, true);
    add(say(l, "records.field_reached"), 110, true);
    add(say(l, "records.field_activations"), 110, true);
  }
  add(say(l, "records.column_note"), 98);
  float used = 0;
  for (const Column& c : out) used += c.width;
  // Names are longer than communes.
  const float both = std::max(look.px(240), width - used);
  float share = kind == RecordKind::settlement ? 0.5F : 0.55F;
  for (Column& c : out) {
    if (c.width != 0) continue;
    c.width = both * share;
    share = 1 - share;
  }
  return out;
}

/// What should not be overlooked, the most urgent alone.
std::string note(const State& page, Language l, const RecordRow& row) {
  if (page.drafts.contains(row.record)) return say(l, "records.note_draft");
  if (row.conflict) return say(l, "records.note_conflict");
  if (row.let_stand) return say(l, "records.note_let_stand");
  return row.ours ? std::string() : say(l, "records.note_others");
}

std::vector<std::string> cells(const AppState& s, const State& page, const RecordRow& row) {
  const Language l = s.view.language;
  const std::string none = "–";
  const auto count = [&](std::string_view field) {
    const auto& text = row.cell(field);
    return text ? number(l, std::strtod(text->c_str(), nullptr)) : none;
  };
  const auto word = [&](std::string_view field) {
    const auto& text = row.cell(field);
    return text ? record_word(l, field, *text) : none;
  };
  const auto day = [&](std::string_view field) {
    const auto& text = row.cell(field);
    const auto on = text ? geo::parse_date(*text) : std::nullopt;
    return on ? date(l, *on) : none;
  };
  const std::string home = row.home_name.empty() ? none : row.home_name;
  const std::string name = row.name.empty() ? row.record.key : row.name;
  switch (row.record.kind) {
    case RecordKind::team:
      return {name,
              home,
              word("level"),
              count("members"),
              row.cell("closed_on") ? say(l, "records.closed_from", day("closed_on"))
                                    : say(l, "records.works"),
              note(page, l, row)};
    case RecordKind::settlement:
      return {name,
              home,
              count("residents"),
              word("electricity"),
              day("electricity_as_of"),
              word("signal"),
              day("signal_as_of"),
              note(page, l, row)};
    default:
      break;
  }
  return {day("date"),
          row.name.empty() ? none : row.name,
          home,
          count("sessions"),
          count("reached"),
          count("activations"),
          note(page, l, row)};
}

void heading(const AppState& s, const Look& look, const State& page, Commands& commands) {
  const Language l = s.view.language;
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float width = ImGui::GetContentRegionAvail().x;
  struct Tab {
    RecordKind kind;
    const char *id, *name;
  };
  constexpr Tab tabs[] = {{RecordKind::team, "teams", "records.tab_teams"},
                          {RecordKind::settlement, "settlements", "records.tab_settlements"},
                          {RecordKind::activity, "activities", "records.tab_activities"}};
  bool first = true;
  for (const Tab& tab : tabs) {
    const auto& rows = page.book->rows(tab.kind);
    const auto ours =
        std::count_if(rows.begin(), rows.end(), [](const RecordRow& row) { return row.ours; });
    const std::string words = say(l, tab.name, static_cast<std::int64_t>(ours));
    if (!std::exchange(first, false)) ImGui::SameLine(0, look.px(6));
    if (pill(look, tab.id, words, page.kind == tab.kind,
             {size_of(look.small, words).x + look.px(26), look.px(30)}))
      ask(commands, records_page::ChooseKind{tab.kind});
  }
  if (!page.read_only) {
    const std::string words = page.kind == RecordKind::team ? say(l, "records.add_team")
                              : page.kind == RecordKind::settlement
                                  ? say(l, "records.add_settlement")
                                  : say(l, "records.add_activity");
    const float wide = size_of(look.body_bold, words).x + look.px(28);
    ImGui::SetCursorScreenPos({at.x + width - wide, at.y - look.px(1)});
    if (button(look, "add", words, ButtonKind::primary)) ask(commands, records_page::Make{});
  }
  ImGui::SetCursorScreenPos({at.x, at.y + look.px(42)});
  std::string filter = page.filter;
  ImGui::SetNextItemWidth(std::min(look.px(300), width * 0.4F));
  if (input("##filter", say(l, "records.filter_hint"), filter))
    ask(commands, records_page::Filter{filter});
  ImGui::SameLine(0, look.px(14));
  if (tick(look, "others", say(l, "records.others"), page.others))
    ask(commands, records_page::ShowOthers{!page.others});
  if (!page.done.empty() || !page.undone.empty()) {
    ImGui::SameLine(0, look.px(14));
    const float y = ImGui::GetCursorScreenPos().y - look.px(3);
    const auto back = [&](const char* id, const std::string& words, bool any, EntryCommand what) {
      ImGui::SetCursorScreenPos({ImGui::GetCursorScreenPos().x, y});
      if (button(look, id, words, ButtonKind::quiet, any))
        commands.emplace_back(OfEntry{std::move(what)});
      ImGui::SameLine(0, look.px(4));
    };
    back("undo", say(l, "app.action_undo"), !page.done.empty(), entry::Back{});
    back("redo", say(l, "app.action_redo"), !page.undone.empty(), entry::Again{});
  }
  const std::string state = page.read_only        ? say(l, "records.read_only_short")
                            : page.writing > 0    ? say(l, "records.saving")
                            : page.drafts.empty() ? say(l, "records.all_saved")
                                                  : say(l, "records.drafts", page.drafts.size());
  // Where it would lie on the buttons it stands below them.
  const bool free = ImGui::GetCursorScreenPos().x < at.x + width - size_of(look.body, state).x;
  put_right(look.body, {at.x + width, at.y + look.px(free ? 48 : 70)},
            ink(page.read_only || !page.drafts.empty() ? shade::people : render::house::muted),
            state);
  ImGui::SetCursorScreenPos({at.x, at.y + look.px(84)});
}

void rows(const AppState& s, const Look& look, const State& page, const std::vector<Column>& all,
          Commands& commands) {
  const auto& rows = page.book->rows(page.kind);
  const float height = look.px(row_height);
  if (page.scroll_to_chosen && page.chosen) {
    // Told by how far the last one chosen was brought into view: the state changes nothing here.
    ImGuiStorage* kept = ImGui::GetStateStorage();
    const ImGuiID last = ImGui::GetID(page.chosen->key.c_str());
    const int now = static_cast<int>(page.typed);
    if (kept->GetInt(last, -1) != now) {
      kept->SetInt(last, now);
      for (std::size_t i = 0; i < page.shown.size(); ++i) {
        if (rows[page.shown[i]].record != *page.chosen) continue;
        const float top = height * static_cast<float>(i), room = ImGui::GetWindowHeight();
        if (top < ImGui::GetScrollY() || top + height > ImGui::GetScrollY() + room)
          ImGui::SetScrollY(std::max(0.0F, top - room / 2));
      }
    }
  }
  const geo::Date today = data::local_today();
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {0, 0});
  ImGuiListClipper clipper;
  clipper.Begin(static_cast<int>(page.shown.size()), height);
  while (clipper.Step()) {
    for (int i = clipper.DisplayStart; i < clipper.DisplayEnd; ++i) {
      const RecordRow& r = rows[page.shown[static_cast<std::size_t>(i)]];
      ImGui::PushID(i);
      const Hit h =
          row(look, "record", page.chosen == r.record, {ImGui::GetContentRegionAvail().x, height});
      ImGui::PopID();
      if (h.pressed) ask(commands, records_page::Choose{r.record});
      const bool gone = r.record.kind == RecordKind::team && data::closed(r, today);
      const std::vector<std::string> texts = cells(s, page, r);
      const ImVec2 mouse = ImGui::GetIO().MousePos;
      float x = h.min.x + look.px(6);
      for (std::size_t c = 0; c < texts.size(); ++c) {
        const bool last = c + 1 == texts.size();
        const bool faint = gone || !r.ours || texts[c] == "–";
        ImFont* font = last ? look.small_bold : look.body;
        const render::Colour colour = last && (r.conflict || page.drafts.contains(r.record))
                                          ? shade::people
                                      : last || faint ? render::house::muted
                                                      : render::house::text;
        const float y = h.min.y + (height - font->FontSize) / 2, room = all[c].width - look.px(12);
        const float wide = size_of(font, texts[c]).x;
        if (all[c].right)
          put_right(font, {x + room, y}, ink(colour), texts[c]);
        else
          put_within(font, {x, y}, ink(colour), texts[c], room);
        if (h.hovered && wide > room && mouse.x >= x && mouse.x < x + room) tip(look, texts[c]);
        x += all[c].width;
      }
      ImGui::GetWindowDrawList()->AddLine({h.min.x, h.max.y - 1}, {h.max.x, h.max.y - 1},
                                          ink(render::house::hairline), look.px(1));
    }
  }
  ImGui::PopStyleVar();
}

}  // namespace

void draw_records_page(const AppState& s, const Look& look, Commands& commands) {
  const Language l = s.view.language;
  if (!s.entry.pages.records || !s.entry.pages.records->book) {
    line(look.title_bold, ink(render::house::text), say(l, "records.title"));
    space(look, 8);
    paragraph(look.body, ink(render::house::muted), say(l, "records.reading"));
    return;
  }
  const State& page = *s.entry.pages.records;
  line(look.title_bold, ink(render::house::text), say(l, "records.title"));
  paragraph(look.small, ink(render::house::muted), say(l, "records.of", page.book->author_name));
  space(look, 8);
  heading(s, look, page, commands);
  if (page.shown.empty()) {
    space(look, 20);
    const bool filtered = !page.filter.empty();
    paragraph(look.body, ink(render::house::muted),
              filtered                              ? say(l, "records.none_found", page.filter)
              : page.kind == RecordKind::team       ? say(l, "records.no_teams")
              : page.kind == RecordKind::settlement ? say(l, "records.no_settlements")
                                                    : say(l, "records.no_activities"));
    return;
  }
  const float width = ImGui::GetContentRegionAvail().x;
  const auto all = columns(look, l, page.kind, width - look.px(26));
  const ImVec2 at = ImGui::GetCursorScreenPos();
  float x = at.x + look.px(6);
  const float y = at.y + look.px(head_height) - look.small->FontSize - look.px(6);
  for (const Column& c : all) {
    const float room = c.width - look.px(12);
    if (c.right)
      put_right(look.small_bold, {x + room, y}, ink(render::house::muted), c.title);
    else
      put_within(look.small_bold, {x, y}, ink(render::house::muted), c.title, room);
    x += c.width;
  }
  ImGui::GetWindowDrawList()->AddLine({at.x, at.y + look.px(head_height) - 1},
                                      {at.x + width, at.y + look.px(head_height) - 1},
                                      ink(render::house::muted), look.px(1));
  ImGui::SetCursorScreenPos({at.x, at.y + look.px(head_height)});
  ImGui::PushID(static_cast<int>(page.kind));
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {0, 0});
  ImGui::BeginChild("records", {0, 0});
  ImGui::PopStyleVar();
  rows(s, look, page, all, commands);
  ImGui::EndChild();
  ImGui::PopID();
}

}  // namespace app
