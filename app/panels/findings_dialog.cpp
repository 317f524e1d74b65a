#include <algorithm>
#include <string>

#include "app/export_notes.hpp"
#include "app/panels/draw.hpp"
#include "app/panels/panels.hpp"
#include "app/reasons.hpp"
#include "data/names.hpp"

namespace app {
namespace {

std::string place_of(const AppState& s, const data::Finding& f) {
  return f.unit.valid() ? s.dataset()->communes[f.unit.value].full_name : std::string();
}

struct Row {
  std::size_t index = 0;
  std::string words, place;
};

bool wanted(const AppState& s, const data::Finding& f, const std::string& folded, Row& out) {
  if (f.accepted && !s.accepted_shown) return false;
  out.words = finding_words(f, s.view.language);
  out.place = place_of(s, f);
  return folded.empty() ||
         data::fold_search(out.place + " " + out.words).find(folded) != std::string::npos;
}

void one(const AppState& s, const Look& look, const Row& r, Commands& commands) {
  const Language l = s.view.language;
  const data::Finding& f = (*s.loaded->findings)[r.index];
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float width = ImGui::GetContentRegionAvail().x - look.px(6), left = look.px(22);
  const std::string act =
      f.accepted ? say(l, "app.finding_withdraw") : say(l, "app.finding_accept");
  const float act_width = size_of(look.small, act).x + look.px(18);
  const float room = width - left - act_width - look.px(14);
  const ImVec2 whole = look.body->CalcTextSizeA(look.body->FontSize, FLT_MAX, room, r.words.data(),
                                                r.words.data() + r.words.size());
  std::string under =
      f.accepted ? say(l, "app.finding_accepted", f.accepted->reason, f.accepted->by) : r.place;
  const float height =
      whole.y + (under.empty() ? 0 : look.small->FontSize + look.px(1)) + look.px(9);
  ImGui::PushID(static_cast<int>(r.index));
  if (!ImGui::IsRectVisible({width, height})) {
    ImGui::Dummy({width, height});
    ImGui::PopID();
    return;
  }
  // The button first: it lies over the row.
  ImGui::SetCursorScreenPos({at.x + width - act_width, at.y + look.px(4)});
  const bool acted = pill(look, "act", act, false, {act_width, look.px(24)});
  const bool on_button = ImGui::IsItemHovered();
  ImGui::SetCursorScreenPos(at);
  ImDrawList* list = ImGui::GetWindowDrawList();
  const Hit h = hit(look, "finding", {width - act_width - look.px(6), height});
  if (h.hovered || s.finding == r.index) {
    list->AddRectFilled(h.min, h.max, ink(s.finding == r.index ? shade::chosen : shade::over),
                        look.px(5));
  }
  const double faint = f.accepted ? 0.5 : 1;
  const render::Colour dot = f.severity == geo::Severity::error     ? render::rgb(0xb42318)
                             : f.severity == geo::Severity::warning ? shade::alert
                                                                    : shade::dot;
  list->AddCircleFilled({at.x + look.px(10), at.y + look.px(4) + look.body->FontSize / 2},
                        look.px(4), ink(f.accepted ? shade::rail : dot));
  list->AddText(look.body, look.body->FontSize, {at.x + left, at.y + look.px(4)},
                ink(render::house::text, faint), r.words.data(), r.words.data() + r.words.size(),
                room);
  put_within(look.small, {at.x + left, at.y + look.px(5) + whole.y},
             ink(render::house::muted, faint), under, room);
  if (h.hovered && !on_button) tip(look, say(l, "app.finding_hint"));
  if (acted && f.accepted) commands.emplace_back(command::WithdrawAcceptance{f.key});
  if (acted && !f.accepted) commands.emplace_back(command::AskReason{f.key});
  if (h.pressed) commands.emplace_back(command::GoToFinding{r.index});
  ImGui::PopID();
}

/// Opening it again asks anew for all that was stopped or failed, of the file as it is by now.
void unchecked(const AppState& s, const Look& look, Commands& commands) {
  const Language l = s.view.language;
  paragraph(look.body, ink(render::house::text), say(l, "app.findings_given_up"));
  space(look, 8);
  if (button(look, "again", say(l, "app.button_check_again"), ButtonKind::primary, !s.job)) {
    commands.emplace_back(command::OpenFile{s.loaded->file});
  }
}

}  // namespace

void draw_findings_dialog(const AppState& s, const Look& look, Commands& commands) {
  const Language l = s.view.language;
  if (!s.loaded) return;
  if (!begin_aside(look, "findings", Edge::left, 620, say(l, "app.findings_title"))) return;
  const std::vector<data::Finding> none;
  const auto& all = s.loaded->findings ? *s.loaded->findings : none;
  const auto accepted = std::count_if(
      all.begin(), all.end(), [](const data::Finding& f) { return f.accepted.has_value(); });
  std::string words = s.finding_words;
  ImGui::SetNextItemWidth(ImGui::GetContentRegionAvail().x - look.px(210));
  input("##words", say(l, "app.findings_hint"), words);
  if (words != s.finding_words) commands.emplace_back(command::TypeFindingWords{words});
  ImGui::SameLine(0, look.px(12));
  if (tick(look, "accepted", say(l, "app.findings_accepted", accepted), s.accepted_shown,
           accepted > 0)) {
    commands.emplace_back(command::ShowAccepted{!s.accepted_shown});
  }
  space(look, 6);
  ImGui::BeginChild("list", {0, -look.px(32 + 12)});
  const std::string folded = data::fold_search(s.finding_words);
  bool any = false;
  for (const data::Check check : data::all_checks) {
    std::vector<Row> rows;
    for (std::size_t i = 0; i < all.size(); ++i) {
      Row r{i, {}, {}};
      if (all[i].check == check && wanted(s, all[i], folded, r)) rows.push_back(std::move(r));
    }
    if (rows.empty()) continue;
    if (any) space(look, 8);
    any = true;
    ImGui::PushID(static_cast<int>(check));
    line(look.small_bold, ink(render::house::muted),
         say(l, "app.check_heading", check_name(check, l), rows.size()));
    space(look, 2);
    for (const Row& r : rows) one(s, look, r, commands);
    ImGui::PopID();
  }
  if (checks_given_up(s)) {
    unchecked(s, look, commands);
  } else if (!any) {
    line(look.body, ink(render::house::muted),
         !s.loaded->findings ? say(l, "app.findings_not_yet")
         : all.empty()       ? say(l, "app.no_findings")
                             : say(l, "app.no_findings_left"));
  }
  ImGui::EndChild();
  space(look, 6);
  if (button(look, "close", say(l, "app.button_close"), ButtonKind::primary, true, 110)) {
    commands.emplace_back(command::CloseDialog{});
  }
  end_dialog(look);
}

void draw_reason_dialog(const AppState& s, const Look& look, Commands& commands) {
  const Language l = s.view.language;
  if (!s.loaded) return;
  const bool figure = s.dialog == Dialog::figure;
  const bool none = figure && !s.figure_asked;
  const std::string title = none     ? say(l, "app.figure_withdraw_title")
                            : figure ? say(l, "app.figure_title")
                                     : say(l, "app.accept_title");
  if (!begin_dialog(look, "reason", 560, 0, title)) return;
  if (!figure && s.loaded->findings) {
    for (const data::Finding& f : *s.loaded->findings) {
      if (f.key == s.accept_key)
        paragraph(look.body, ink(render::house::text), finding_words(f, l));
    }
  } else if (s.figure_asked && *s.figure_asked < s.dataset()->figures.size()) {
    const data::Figure& f = s.dataset()->figures[*s.figure_asked];
    paragraph(look.body, ink(render::house::text), f.scope + ": " + figure_text(f, l));
    paragraph(look.small, ink(render::house::muted), f.source_document);
  }
  space(look, 8);
  line(look.small, ink(render::house::muted), say(l, "app.reason_label"));
  space(look, 2);
  if (ImGui::IsWindowAppearing()) ImGui::SetKeyboardFocusHere();
  std::string words = s.reason;
  ImGui::SetNextItemWidth(ImGui::GetContentRegionAvail().x);
  const bool entered = input("##reason", say(l, "app.reason_hint_typed"), words,
                             ImGuiInputTextFlags_EnterReturnsTrue);
  if (words != s.reason) commands.emplace_back(command::TypeReason{words});
  space(look, 12);
  const bool enough = words.find_first_not_of(' ') != std::string::npos && !s.job;
  const bool pressed =
      button(look, "keep", say(l, "app.button_keep"), ButtonKind::primary, enough, 110);
  if ((pressed || entered) && enough) {
    if (figure) {
      commands.emplace_back(command::ChooseFigure{s.rivals_asked, s.figure_asked, words});
      commands.emplace_back(command::CloseDialog{});
    } else {
      commands.emplace_back(command::AcceptFinding{s.accept_key, words});
    }
  }
  ImGui::SameLine(0, look.px(10));
  if (button(look, "cancel", say(l, "app.button_cancel"), ButtonKind::plain, true, 110)) {
    commands.emplace_back(figure ? Command(command::CloseDialog{})
                                 : Command(command::OpenDialog{Dialog::findings}));
  }
  end_dialog(look);
}

}  // namespace app
