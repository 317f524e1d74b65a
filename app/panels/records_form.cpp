#include <algorithm>
#include <string>

#include "app/panels/imgui_versions.hpp"
#include "app/panels/page_ask.hpp"
#include "app/panels/panels.hpp"
#include "app/panels/plan_draw.hpp"
#include "app/panels/records_draw.hpp"

namespace app {
namespace {

using command::OfEntry;
using data::RecordKind;
using records_page::Draft;
using records_page::State;

std::string kind_word(Language l, RecordKind kind) {
  return kind == RecordKind::team         ? say(l, "records.new_team")
         : kind == RecordKind::settlement ? say(l, "records.new_settlement")
                                          : say(l, "records.new_activity");
}

std::string title(const State& page, Language l) {
  if (page.making()) return kind_word(l, page.chosen->kind);
  const data::RecordRow* const row = page.book->find(*page.chosen);
  return row == nullptr || row->name.empty() ? page.chosen->key : row->name;
}

void head(const AppState& s, const Look& look, const State& page, Commands& commands) {
  const Language l = s.view.language;
  paragraph(look.heading_bold, ink(render::house::text), title(page, l));
  const data::RecordRow* const row = page.book->find(*page.chosen);
  if (row != nullptr) {
    const bool code = page.chosen->kind != RecordKind::activity;
    std::string below = code ? page.chosen->key : std::string();
    if (!row->home_name.empty()) below += (below.empty() ? "" : " · ") + row->home_name;
    paragraph(look.small, ink(render::house::muted), below);
  }
  space(look, 6);
  if (page.read_only) {
    paragraph(look.body, ink(shade::people), say(l, "records.read_only"));
    space(look, 6);
  } else if (page.sheet && page.sheet->not_ours) {
    paragraph(look.body, ink(shade::people),
              say(l, "records.not_ours", say(l, *page.sheet->not_ours)));
    space(look, 6);
  } else if (page.sheet) {
    if (tick(look, "telex", say(l, "records.telex"), s.panels.telex))
      commands.emplace_back(OfEntry{entry::ToggleTelex{}});
    if (ImGui::IsItemHovered()) tip(look, say(l, "records.telex_tip"));
    if (page.chosen->kind == RecordKind::team && !page.making()) {
      const auto closed_on =
          records_page::form_value(page, *data::find_field(RecordKind::team, "closed_on"));
      const std::string words =
          say(l, closed_on.value ? "records.reopen_team" : "records.close_team");
      const float right = ImGui::GetWindowPos().x + ImGui::GetWindowContentRegionMax().x;
      ImGui::SameLine();
      ImGui::SetCursorScreenPos({right - size_of(look.body, words).x - look.px(28),
                                 ImGui::GetCursorScreenPos().y - look.px(3)});
      if (button(look, "close", words)) {
        if (closed_on.value)
          ask(commands, records_page::Reopen{});
        else
          ask(commands, records_page::Close{});
      }
    }
    space(look, 4);
  }
}

/// At the foot of the form, always to be seen while something is typed.
class Foot {
 public:
  Foot(const AppState& s, const Look& look, const State& page)
      : s_(s), look_(look), page_(page), draft_(page.draft()), ready_(records_page::ready(page)) {}

  float height() const {
    if (draft_ == nullptr) return 0;
    float out = look_.px(58);
    if (!draft_->breaks.empty()) out += look_.px(40 + 20);
    if (said()) out += look_.px(40);
    return out;
  }
  void draw(Commands& commands) {
    if (draft_ == nullptr) return;
    const Language l = s_.view.language;
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const float width = ImGui::GetContentRegionAvail().x;
    ImGui::GetWindowDrawList()->AddLine({at.x, at.y}, {at.x + width, at.y},
                                        ink(render::house::hairline), look_.px(1));
    space(look_, 6);
    if (const auto words = said()) {
      paragraph(look_.small, ink(shade::people), *words);
    }
    if (!draft_->breaks.empty()) {
      line(look_.small, ink(shade::people), say(l, "records.breaks", draft_->breaks.size()));
      std::string reason = draft_->reason;
      ImGui::SetNextItemWidth(width);
      if (input("##reason", say(l, "records.reason_hint"), reason))
        ask(commands, records_page::TypeReason{reason});
    }
    const bool saving = page_.writing > 0;
    if (button(look_, "save",
               say(l, draft_->breaks.empty() ? "records.save" : "records.save_with_reason"),
               ButtonKind::primary, ready_.save && !saving))
      ask(commands, records_page::Save{});
    ImGui::SameLine(0, look_.px(8));
    if (button(look_, "discard", say(l, "records.discard"))) ask(commands, records_page::Discard{});
  }

 private:
  std::optional<std::string> said() const {
    const Language l = s_.view.language;
    if (draft_->refused)
      return say(l, *draft_->refused) +
             (draft_->way_out ? " " + say(l, *draft_->way_out) : std::string());
    if (ready_.missing) return say(l, *ready_.missing);
    return std::nullopt;
  }
  const AppState& s_;
  const Look& look_;
  const State& page_;
  const Draft* draft_;
  records_page::Ready ready_;
};

}  // namespace

void draw_records_side(const AppState& s, const Look& look, Commands& commands) {
  const Language l = s.view.language;
  if (!s.entry.pages.records || !s.entry.pages.records->book) return;
  const State& page = *s.entry.pages.records;
  if (page.told) {
    paragraph(look.body, ink(shade::people), say(l, *page.told));
    if (page.told_way_out)
      paragraph(look.small, ink(render::house::muted), say(l, *page.told_way_out));
    if (link(look, "forget", say(l, "records.understood")))
      ask(commands, records_page::ForgetTold{});
    space(look, 10);
  }
  if (!page.chosen) {
    paragraph(look.body, ink(render::house::muted), say(l, "records.choose_one"));
    return;
  }
  Foot foot(s, look, page);
  const float room = ImGui::GetContentRegionAvail().y - foot.height() - look.px(4);
  ImGui::PushID(page.chosen->key.c_str());
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {look.px(8), 0});
  begin_padded_child("form", std::max(room, look.px(120)));
  ImGui::PopStyleVar();
  head(s, look, page, commands);
  if (page.sheet)
    draw_record_fields(s, look, page, commands);
  else
    paragraph(look.body, ink(render::house::muted), say(l, "records.reading"));
  ImGui::EndChild();
  foot.draw(commands);
  ImGui::PopID();
}

}  // namespace app
