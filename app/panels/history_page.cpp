#include <algorithm>
#include <string>

#include "app/panels/history_parts.hpp"
#include "app/panels/import_words.hpp"
#include "app/panels/list_draw.hpp"
#include "app/panels/panels.hpp"
#include "app/panels/plan_draw.hpp"

namespace app {

using namespace history_page;
using render::house::muted;
using render::house::text;

namespace {

std::string source_of(Language l, const data::Operation& o) {
  if (o.batch->file.empty()) return {};
  const std::string file = o.batch->file + (o.batch->sheet.empty() ? "" : " · " + o.batch->sheet);
  return o.row ? say(l, "exchange.file_row", file, *o.row) : file;
}

std::string import_kind(Language l, const std::string& id) {
  const auto kind = data::import_kind_by_id(id);
  return kind ? kind_text(l, *kind) : id;
}

void filter(const AppState& s, const Look& look, const State& page, Commands& commands) {
  const Language l = s.view.language;
  history_page::Filter now = page.filter;
  const float gap = look.px(8), dates = look.px(120);
  const float words = (ImGui::GetContentRegionAvail().x - 3 * gap - 2 * dates) / 2;
  const auto field = [&](const char* id, const std::string& hint, std::string& value, float width) {
    ImGui::SetNextItemWidth(width);
    input(id, hint, value);
  };
  field("##words", say(l, "history.filter_words"), now.words, words);
  ImGui::SameLine(0, gap);
  field("##author", say(l, "history.filter_author"), now.author, words);
  ImGui::SameLine(0, gap);
  field("##from", say(l, "history.filter_from"), now.from, dates);
  ImGui::SameLine(0, gap);
  field("##until", say(l, "history.filter_until"), now.until, dates);
  if (!(now == page.filter)) ask(commands, TypeFilter{now});
  const auto bad = [](const std::string& day) {
    return !day.empty() && !utc_of(day, DayMeans::first_second);
  };
  if (bad(page.filter.from) || bad(page.filter.until))
    paragraph(look.small, ink(shade::people), say(l, "history.filter_not_a_day"));
  space(look, 8);
}

/// Who entered what follows, when, and from which file.
Hit batch_line(Language l, const Look& look, int id, const ListShape& shape,
               const data::HistoryRow& row) {
  ImGui::PushID(id);
  const Hit h = app::row(look, "batch", false, {shape.width, list_height(look)});
  ImGui::PopID();
  const data::Batch& batch = *row.operation.batch;
  ImGui::GetWindowDrawList()->AddLine({h.min.x, h.max.y}, {h.max.x, h.max.y},
                                      ink(render::house::hairline), look.px(1));
  const float y = h.max.y - look.body->FontSize - look.px(5), x = h.min.x + look.px(6);
  const float name = put_within(look.body_bold, {x, y}, ink(render::house::accent), row.author_name,
                                shape.width * 0.4F);
  std::string words = time_words(l, batch.made_at);
  if (!batch.file.empty()) words += " · " + batch.file;
  words += " · " + say(l, "history.fields", row.of_batch);
  put_within(look.body, {x + name + look.px(14), y}, ink(muted), words,
             shape.width - name - look.px(26));
  return h;
}

std::vector<ListCell> cells(Language l, const data::HistoryRow& row, const UnitNames& names,
                            bool chosen) {
  const data::Operation& o = row.operation;
  const auto value = [&](const std::optional<std::string>& one) {
    return value_words(l, o.record.kind, o.field, one, names);
  };
  std::string note = o.reason;
  if (o.row) note += (note.empty() ? "" : " · ") + say(l, "history.row", *o.row);
  return {{record_words(l, o.record, row.record_name), text, chosen},
          {entry_field_text(l, o.field)},
          {value(row.replaced), muted},
          {value(o.value), text, true},
          {note, muted}};
}

void entered(const AppState& s, const Look& look, const State& page, Commands& commands) {
  const Language l = s.view.language;
  filter(s, look, page, commands);
  if (!page.entered) return line(look.body, ink(muted), say(l, "entry.reading"));
  const auto& rows = page.entered->rows;
  if (rows.empty()) {
    const bool all = page.filter == history_page::Filter{};
    return paragraph(look.body, ink(muted),
                     all ? say(l, "history.nothing") : say(l, "history.nothing_found"));
  }
  const ListShape shape = list_shape(look, {{say(l, "exchange.head_record")},
                                            {say(l, "exchange.head_field"), 140},
                                            {say(l, "history.head_before"), 96, true},
                                            {say(l, "history.head_after"), 96, true},
                                            {say(l, "history.head_note"), 150}});
  list_heads(look, shape);
  ImGui::BeginChild("rows", ImGui::GetContentRegionAvail());
  const auto& lines = page.entered->lines;
  ImGuiListClipper clipper;
  clipper.Begin(static_cast<int>(lines.size()),
                list_height(look) + ImGui::GetStyle().ItemSpacing.y);
  while (clipper.Step()) {
    for (int i = clipper.DisplayStart; i < clipper.DisplayEnd; ++i) {
      const Entered::Line& is = lines[static_cast<std::size_t>(i)];
      const bool chosen = page.chosen == is.row;
      const Hit h = is.of_batch ? batch_line(l, look, i, shape, rows[is.row])
                                : list_row(look, i, chosen, shape,
                                           cells(l, rows[is.row], page.entered->names, chosen));
      if (h.pressed) ask(commands, ChooseRow{is.row});
    }
    if (clipper.DisplayEnd == static_cast<int>(lines.size()) && page.entered->more && !page.reading)
      ask(commands, More{});
  }
  if (page.entered->more) paragraph(look.small, ink(muted), say(l, "history.more"));
  ImGui::EndChild();
}

void imports(const AppState& s, const Look& look, const State& page, Commands& commands) {
  const Language l = s.view.language;
  if (!page.imports) return line(look.body, ink(muted), say(l, "entry.reading"));
  const Imports& all = *page.imports;
  paragraph(look.small, ink(muted), say(l, "history.imports_words"));
  space(look, 6);
  const ListShape shape = list_shape(look, {{say(l, "history.head_imported"), 124},
                                            {say(l, "history.head_kind"), 160},
                                            {say(l, "history.head_file")},
                                            {say(l, "history.head_rows"), 60, true},
                                            {say(l, "history.head_state"), 180}});
  list_heads(look, shape);
  const auto listed = static_cast<float>(all.there.size() + all.taken_back.size());
  const float wanted = listed * (list_height(look) + ImGui::GetStyle().ItemSpacing.y) + look.px(6);
  ImGui::BeginChild("imports",
                    {0, std::min(wanted, ImGui::GetContentRegionAvail().y - look.px(96))});
  int id = 0;
  const auto one = [&](const data::Source& source, const std::string& state, bool gone) {
    const render::Colour colour = gone ? muted : text;
    const std::string file =
        source.sheet.empty() ? source.file : source.file + " · " + source.sheet;
    list_row(look, id++, false, shape,
             {{time_words(l, source.imported_at), muted},
              {import_kind(l, source.kind), colour},
              {file, colour},
              {number(l, static_cast<double>(source.rows)), colour},
              {state, gone ? muted : text}});
  };
  // Both lists are newest first.
  auto gone = all.taken_back.begin();
  for (const data::Source& source : all.there) {
    for (; gone != all.taken_back.end() && gone->source.id > source.id; ++gone)
      one(gone->source, say(l, "history.taken_back", time_words(l, gone->taken_back_at)), true);
    one(source, &source == &all.there.front() ? say(l, "history.latest") : "", false);
  }
  for (; gone != all.taken_back.end(); ++gone)
    one(gone->source, say(l, "history.taken_back", time_words(l, gone->taken_back_at)), true);
  if (id == 0) paragraph(look.body, ink(muted), say(l, "history.no_import"));
  ImGui::EndChild();
  if (all.there.empty() || all.read_only) return;
  const data::Source& last = all.there.front();
  space(look, 8);
  if (!page.sure) {
    if (button(look, "undo import", say(l, "history.undo_import"), ButtonKind::plain, !s.job))
      ask(commands, UndoImport{false});
    return;
  }
  paragraph(look.body, ink(shade::people),
            say(l, "history.undo_import_sure", last.file, time_words(l, last.imported_at)));
  if (button(look, "sure", say(l, "history.undo_yes"), ButtonKind::primary, !s.job))
    ask(commands, UndoImport{true});
  ImGui::SameLine(0, look.px(8));
  if (button(look, "no", say(l, "exchange.later_no"))) ask(commands, NotSure{});
}

void told(const AppState& s, const Look& look, const Told& is) {
  const Language l = s.view.language;
  constexpr std::size_t most = 20;
  section(look, say(l, "history.told_heading"));
  paragraph(look.body_bold, ink(shade::cool), say(l, is.said));
  space(look, 6);
  if (is.left.empty()) return;
  paragraph(look.body, ink(shade::people), say(l, "history.left", is.left.size()));
  for (std::size_t i = 0; i < std::min(is.left.size(), most); ++i)
    paragraph(look.small, ink(text),
              record_words(l, is.left[i].record, is.left[i].record_name) + ": " +
                  entry_field_text(l, is.left[i].field));
  if (is.left.size() > most)
    paragraph(look.small, ink(muted), say(l, "exchange.more", is.left.size() - most));
  space(look, 12);
}

/// The operation chosen, and its batch.
void chosen(const AppState& s, const Look& look, const State& page, Commands& commands) {
  const Language l = s.view.language;
  const data::HistoryRow& row = page.entered->rows[*page.chosen];
  const data::Operation& o = row.operation;
  const auto value = [&](const std::optional<std::string>& one) {
    return value_words(l, o.record.kind, o.field, one, page.entered->names);
  };
  paragraph(look.heading_bold, ink(text), record_words(l, o.record, row.record_name));
  paragraph(look.body, ink(muted), entry_field_text(l, o.field));
  space(look, 6);
  paragraph(look.title_bold, ink(text), value(row.replaced) + " → " + value(o.value));
  if (row.replaced_import) paragraph(look.small, ink(muted), say(l, "history.from_import"));
  if (!o.reason.empty()) {
    space(look, 6);
    paragraph(look.body, ink(text), say(l, "exchange.because", o.reason));
  }
  space(look, 12);
  section(look, say(l, "history.batch_heading"));
  const auto fact = [&](const std::string& words) { paragraph(look.body, ink(text), words); };
  fact(row.author_name);
  fact(say(l, "history.made", time_words(l, o.batch->made_at)));
  if (o.received_at != o.batch->made_at)
    fact(say(l, "history.received", time_words(l, o.received_at)));
  if (const std::string source = source_of(l, o); !source.empty())
    fact(say(l, "exchange.from_source", source));
  fact(say(l, "history.of_batch", row.of_batch));
  space(look, 8);
  if (!page.imports || page.imports->read_only) return;
  if (!page.sure) {
    if (button(look, "undo", say(l, "history.undo"), ButtonKind::plain, !page.asked))
      ask(commands, Undo{false});
    return;
  }
  paragraph(look.body, ink(shade::people), say(l, "history.undo_sure", row.of_batch));
  space(look, 4);
  if (button(look, "sure", say(l, "history.undo_yes"), ButtonKind::primary, !page.asked))
    ask(commands, Undo{true});
  ImGui::SameLine(0, look.px(8));
  if (button(look, "no", say(l, "exchange.later_no"))) ask(commands, NotSure{});
}

}  // namespace

void draw_history_page(const AppState& s, const Look& look, Commands& commands) {
  const Language l = s.view.language;
  line(look.title_bold, ink(text), say(l, "history.title"));
  const State* page = s.entry.pages.history.get();
  if (page == nullptr) return;
  const int to = tabs(look, "parts",
                      {say(l, "history.tab_entered"), say(l, "history.tab_imports"),
                       say(l, "history.tab_known"), say(l, "history.tab_compare")},
                      static_cast<int>(page->part));
  if (to >= 0) ask(commands, ChoosePart{static_cast<Part>(to)});
  switch (page->part) {
    case Part::entered:
      return entered(s, look, *page, commands);
    case Part::imports:
      return imports(s, look, *page, commands);
    case Part::as_known:
      return draw_known_state(s, look, *page, commands);
    case Part::compare:
      return draw_compared(s, look, *page, commands);
  }
}

void draw_history_side(const AppState& s, const Look& look, Commands& commands) {
  const Language l = s.view.language;
  const State* page = s.entry.pages.history.get();
  if (page == nullptr) return;
  if (page->told) told(s, look, *page->told);
  if (page->part == Part::entered && page->entered && page->chosen &&
      *page->chosen < page->entered->rows.size())
    return chosen(s, look, *page, commands);
  section(look, say(l, "exchange.how_heading"));
  switch (page->part) {
    case Part::entered:
      return paragraph(look.body, ink(text), say(l, "history.how_entered"));
    case Part::imports:
      return paragraph(look.body, ink(text), say(l, "history.how_imports"));
    case Part::as_known:
      return paragraph(look.body, ink(text), say(l, "history.how_known"));
    case Part::compare:
      return paragraph(look.body, ink(text), say(l, "history.how_compare"));
  }
}

}  // namespace app
