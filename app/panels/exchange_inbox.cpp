#include <algorithm>
#include <string>

#include "app/panels/exchange_parts.hpp"
#include "app/panels/list_draw.hpp"
#include "app/panels/plan_draw.hpp"

namespace app {

using namespace exchange_page;
using render::house::muted;
using render::house::text;

namespace {

std::string record_of(Language l, const ConflictShown& on) {
  return record_words(l, on.conflict.record, on.record_name);
}
std::string value_of(Language l, const ConflictShown& on, const std::optional<std::string>& value,
                     const UnitNames& names) {
  return value_words(l, on.conflict.record.kind, on.conflict.field, value, names);
}
std::string values_of(Language l, const ConflictShown& on, const UnitNames& names) {
  std::string out;
  for (const data::Operation& head : on.conflict.heads)
    out += (out.empty() ? "" : " ≠ ") + value_of(l, on, head.value, names);
  return out;
}
std::string authors_of(const ConflictShown& on) {
  std::string out;
  for (const std::string& author : on.authors) out += (out.empty() ? "" : ", ") + author;
  return out;
}
/// "tuần 33.xlsx, dòng 12"; empty: typed.
std::string source_of(Language l, const data::Operation& o) {
  if (o.batch->file.empty()) return {};
  const std::string file = o.batch->file + (o.batch->sheet.empty() ? "" : " · " + o.batch->sheet);
  return o.row ? say(l, "exchange.file_row", file, *o.row) : file;
}

void held_rows(const AppState& s, const Look& look, const std::vector<HeldShown>& held,
               const UnitNames& names) {
  const Language l = s.view.language;
  const ListShape shape = list_shape(look, {{say(l, "exchange.head_record"), 260},
                                            {say(l, "exchange.head_field"), 130},
                                            {say(l, "exchange.head_value"), 110, true},
                                            {say(l, "exchange.head_author"), 150},
                                            {say(l, "exchange.head_why")}});
  list_heads(look, shape);
  ImGui::BeginChild("held", {0, std::max(ImGui::GetContentRegionAvail().y, look.px(90))});
  ImGuiListClipper clipper;
  clipper.Begin(static_cast<int>(held.size()), list_height(look) + ImGui::GetStyle().ItemSpacing.y);
  while (clipper.Step()) {
    for (int i = clipper.DisplayStart; i < clipper.DisplayEnd; ++i) {
      const HeldShown& h = held[static_cast<std::size_t>(i)];
      const data::Operation& o = h.operation;
      list_row(look, i, false, shape,
               {{record_words(l, o.record, h.record_name)},
                {entry_field_text(l, o.field)},
                {value_words(l, o.record.kind, o.field, o.value, names)},
                {h.author_name},
                {say(l, h.why), shade::people}});
    }
  }
  ImGui::EndChild();
}

void later_for_all(const AppState& s, const Look& look, const State& page, Commands& commands) {
  const Language l = s.view.language;
  const auto& all = page.now->conflicts;
  const auto ours = static_cast<std::size_t>(
      std::count_if(all.begin(), all.end(), [](const auto& on) { return !on.not_ours; }));
  if (ours < 2 || page.now->read_only) return;
  if (!page.sure_later) {
    if (button(look, "later", say(l, "exchange.later_all", ours), ButtonKind::plain, !page.asked))
      ask(commands, LaterForAll{false});
    return;
  }
  paragraph(look.body, ink(shade::people), say(l, "exchange.later_sure", ours));
  if (button(look, "sure", say(l, "exchange.later_yes", ours), ButtonKind::primary, !page.asked))
    ask(commands, LaterForAll{true});
  ImGui::SameLine(0, look.px(8));
  if (button(look, "no", say(l, "exchange.later_no"))) ask(commands, NotLater{});
}

/// One of the values that contradict.
void head_block(const AppState& s, const Look& look, const State& page, const ConflictShown& on,
                std::size_t i, Commands& commands) {
  const Language l = s.view.language;
  const data::Operation& o = on.conflict.heads[i];
  ImGui::PushID(static_cast<int>(i));
  paragraph(look.heading_bold, ink(text), value_of(l, on, o.value, page.now->names));
  paragraph(look.small, ink(muted),
            say(l, "exchange.by_at", on.authors[i], time_words(l, o.batch->made_at)));
  if (const std::string source = source_of(l, o); !source.empty())
    paragraph(look.small, ink(muted), say(l, "exchange.from_source", source));
  if (!o.reason.empty()) paragraph(look.small, ink(muted), say(l, "exchange.because", o.reason));
  if (i == 0) paragraph(look.small, ink(muted), say(l, "exchange.shown_meanwhile"));
  if (!page.now->read_only && !on.not_ours) {
    space(look, 4);
    if (button(look, "choose", say(l, "exchange.choose_value"),
               i == 0 ? ButtonKind::primary : ButtonKind::plain, !page.asked))
      ask(commands, DecideHead{i});
  }
  space(look, 12);
  ImGui::PopID();
}

}  // namespace

void draw_exchange_inbox(const AppState& s, const Look& look, const State& page,
                         Commands& commands) {
  const Language l = s.view.language;
  const Overview& now = *page.now;
  for (const geo::Message& told : page.told)
    paragraph(look.body_bold, ink(&told == &page.told.front() ? shade::cool : shade::people),
              say(l, told));
  if (!page.told.empty()) space(look, 6);
  if (now.conflicts.empty()) {
    paragraph(look.body, ink(text), say(l, "exchange.no_conflicts"));
  } else {
    section(look, say(l, "exchange.conflicts_heading", now.conflicts.size()));
    const ListShape shape = list_shape(look, {{say(l, "exchange.head_record")},
                                              {say(l, "exchange.head_field"), 130},
                                              {say(l, "exchange.head_before"), 84, true},
                                              {say(l, "exchange.head_values"), 140},
                                              {say(l, "exchange.head_authors"), 190}});
    list_heads(look, shape);
    const float row_height = list_height(look) + ImGui::GetStyle().ItemSpacing.y;
    const float wanted = row_height * static_cast<float>(now.conflicts.size()) + look.px(8);
    const float most = ImGui::GetContentRegionAvail().y - look.px(now.held.empty() ? 90 : 260);
    ImGui::BeginChild("conflicts", {0, std::clamp(wanted, row_height, std::max(most, row_height))});
    ImGuiListClipper clipper;
    clipper.Begin(static_cast<int>(now.conflicts.size()), row_height);
    while (clipper.Step()) {
      for (int i = clipper.DisplayStart; i < clipper.DisplayEnd; ++i) {
        const ConflictShown& on = now.conflicts[static_cast<std::size_t>(i)];
        const bool chosen = static_cast<std::size_t>(i) == page.conflict;
        const Hit h = list_row(look, i, chosen, shape,
                               {{record_of(l, on), text, chosen},
                                {entry_field_text(l, on.conflict.field)},
                                {value_of(l, on, on.conflict.before, now.names), muted},
                                {values_of(l, on, now.names), shade::people},
                                {authors_of(on)}});
        if (h.pressed) ask(commands, ChooseConflict{static_cast<std::size_t>(i)});
      }
    }
    ImGui::EndChild();
    space(look, 8);
    later_for_all(s, look, page, commands);
  }
  if (now.held.empty()) return;
  space(look, 18);
  section(look, say(l, "exchange.held_heading", now.held.size()));
  paragraph(look.small, ink(muted), say(l, "exchange.held_words"));
  space(look, 4);
  held_rows(s, look, now.held, now.names);
}

void draw_exchange_decision(const AppState& s, const Look& look, const State& page,
                            Commands& commands) {
  const Language l = s.view.language;
  const Overview& now = *page.now;
  if (page.conflict >= now.conflicts.size()) {
    section(look, say(l, "exchange.how_heading"));
    paragraph(look.body, ink(text), say(l, "exchange.how_inbox"));
    return;
  }
  const ConflictShown& on = now.conflicts[page.conflict];
  section(look, say(l, "exchange.decide_heading", page.conflict + 1, now.conflicts.size()));
  paragraph(look.heading_bold, ink(text), record_of(l, on));
  paragraph(look.body, ink(muted), entry_field_text(l, on.conflict.field));
  space(look, 4);
  paragraph(look.body, ink(text),
            on.conflict.before
                ? say(l, "exchange.before", value_of(l, on, on.conflict.before, now.names))
                : say(l, "exchange.before_unknown"));
  space(look, 12);
  for (std::size_t i = 0; i < on.conflict.heads.size(); ++i)
    head_block(s, look, page, on, i, commands);
  if (on.not_ours) {
    paragraph(look.body, ink(shade::people), say(l, *on.not_ours));
    paragraph(look.small, ink(muted), say(l, "exchange.not_ours"));
    return;
  }
  if (now.read_only) return;
  section(look, say(l, "exchange.reason_heading"));
  std::string reason = page.reason;
  ImGui::SetNextItemWidth(ImGui::GetContentRegionAvail().x);
  if (input("##reason", say(l, "exchange.reason_hint"), reason)) ask(commands, TypeReason{reason});
  space(look, 12);
  section(look, say(l, "exchange.other_heading"));
  std::string value = page.value;
  ImGui::SetNextItemWidth(ImGui::GetContentRegionAvail().x);
  const bool entered =
      input("##value", say(l, "exchange.other_hint"), value, ImGuiInputTextFlags_EnterReturnsTrue);
  if (value != page.value) ask(commands, TypeValue{value});
  if (on.value_wish) paragraph(look.small, ink(muted), say(l, *on.value_wish));
  space(look, 4);
  const bool taken = button(look, "typed", say(l, "exchange.other_take"), ButtonKind::plain,
                            !value.empty() && !page.asked);
  if (taken || (entered && !value.empty())) ask(commands, DecideTyped{});
  ImGui::SameLine(0, look.px(8));
  if (button(look, "nothing", say(l, "exchange.other_none"), ButtonKind::quiet, !page.asked))
    ask(commands, DecideNothing{});
}

void draw_received_side(const AppState& s, const Look& look, const Received& got) {
  const Language l = s.view.language;
  constexpr std::size_t most = 12;
  if (!got.conflicts.empty()) {
    section(look, say(l, "exchange.conflicts_heading", got.conflicts.size()));
    for (std::size_t i = 0; i < std::min(got.conflicts.size(), most); ++i) {
      const ConflictShown& on = got.conflicts[i];
      paragraph(look.body_bold, ink(text), record_of(l, on));
      paragraph(look.body, ink(text),
                entry_field_text(l, on.conflict.field) + ": " + values_of(l, on, got.names));
      paragraph(look.small, ink(muted), authors_of(on));
      space(look, 6);
    }
    if (got.conflicts.size() > most)
      paragraph(look.small, ink(muted), say(l, "exchange.more", got.conflicts.size() - most));
    space(look, 10);
  }
  if (!got.held.empty()) {
    section(look, say(l, "exchange.held_heading", got.held.size()));
    for (std::size_t i = 0; i < std::min(got.held.size(), most); ++i) {
      const HeldShown& h = got.held[i];
      paragraph(look.body_bold, ink(text), record_words(l, h.operation.record, h.record_name));
      paragraph(look.body, ink(text),
                entry_field_text(l, h.operation.field) + ": " +
                    value_words(l, h.operation.record.kind, h.operation.field, h.operation.value,
                                got.names));
      paragraph(look.small, ink(shade::people), say(l, h.why));
      space(look, 6);
    }
    if (got.held.size() > most)
      paragraph(look.small, ink(muted), say(l, "exchange.more", got.held.size() - most));
    space(look, 10);
  }
  for (const data::MergedFile& file : got.merged.files) {
    if (!file.refused) continue;
    section(look, say(l, "exchange.refused_heading"));
    paragraph(look.body_bold, ink(text), file.file.filename().string());
    paragraph(look.body, ink(shade::people), say(l, file.refused->message));
    paragraph(look.small, ink(muted), say(l, file.refused->remedy));
    space(look, 10);
  }
}

}  // namespace app
