#include <algorithm>
#include <string>
#include <vector>

#include "app/panels/briefing_draw.hpp"
#include "app/panels/panels.hpp"

namespace app {
namespace {

using command::OfBriefing;

bool is_free(const BriefingDesk& b, const std::string& name) {
  if (!b.book || name.find_first_not_of(' ') == std::string::npos) return false;
  return std::none_of(b.book->briefings.begin(), b.book->briefings.end(),
                      [&](const data::Briefing& one) { return one.name == name; });
}

/// Answers true on Enter.
bool name_field(const AppState& s, const Look& look, Commands& commands) {
  const Language l = s.view.language;
  std::string name = s.briefing.name;
  line(look.small, ink(render::house::muted), say(l, "app.briefing_name"));
  ImGui::SetNextItemWidth(ImGui::GetContentRegionAvail().x);
  if (ImGui::IsWindowAppearing()) ImGui::SetKeyboardFocusHere();
  const bool entered =
      input("##name", say(l, "app.briefing_name_hint"), name, ImGuiInputTextFlags_EnterReturnsTrue);
  if (name != s.briefing.name) commands.emplace_back(OfBriefing{briefing::TypeName{name}});
  return entered;
}

/// The name is another one's: "" where it is not.
std::string name_trouble(const AppState& s, bool own) {
  const bool blank = s.briefing.name.find_first_not_of(' ') == std::string::npos;
  if (own || blank || is_free(s.briefing, s.briefing.name)) return {};
  return say(s.view.language, "app.briefing_name_taken");
}

bool buttons(const AppState& s, const Look& look, const std::string& yes, bool enabled,
             Commands& commands) {
  space(look, 10);
  const bool done = button(look, "yes", yes, ButtonKind::primary, enabled, 110);
  ImGui::SameLine(0, look.px(10));
  if (button(look, "cancel", say(s.view.language, "app.button_cancel"), ButtonKind::plain, true,
             110))
    commands.emplace_back(command::CloseDialog{});
  return done;
}

}  // namespace

void draw_briefing_name(const AppState& s, const Look& look, Commands& commands) {
  const Language l = s.view.language;
  const BriefingDesk& b = s.briefing;
  if (!begin_dialog(
          look, "briefing name", 460, 0,
          b.renaming ? say(l, "app.briefing_rename_title") : say(l, "app.briefing_new_title")))
    return;
  const bool entered = name_field(s, look, commands);
  const bool own = b.renaming && b.briefing() != nullptr && b.briefing()->name == b.name;
  const std::string trouble = name_trouble(s, own);
  if (!trouble.empty()) {
    space(look, 4);
    paragraph(look.small, ink(shade::people), trouble);
  }
  const bool good = own || is_free(b, b.name);
  const bool done = buttons(s, look, say(l, "app.button_done"), good, commands);
  if ((done || entered) && good) commands.emplace_back(OfBriefing{briefing::TakeName{}});
  end_dialog(look);
}

void draw_briefing_draft(const AppState& s, const Look& look, Commands& commands) {
  const Language l = s.view.language;
  const BriefingDesk& b = s.briefing;
  if (!begin_dialog(look, "briefing draft", 520, 0, say(l, "app.briefing_draft_title"))) return;
  paragraph(look.body, ink(render::house::muted), say(l, "app.briefing_draft_note"));
  space(look, 10);
  DraftWish wish = b.draft;
  if (s.loaded) {
    const auto& dates = s.dataset()->dates;
    std::vector<std::string> words;
    std::size_t at = dates.size(), since = dates.size();
    for (std::size_t i = 0; i < dates.size(); ++i) {
      const geo::Date day = dates[dates.size() - 1 - i];
      if (day == wish.at) at = i;
      if (day == wish.since) since = i;
      words.push_back(date(l, day));
    }
    if (const auto taken = choice(look, "since", say(l, "app.briefing_last_meeting"), words, since,
                                  true, date(l, wish.since)))
      wish.since = dates[dates.size() - 1 - *taken];
    if (const auto taken = choice(look, "at", say(l, "app.briefing_this_meeting"), words, at, true))
      wish.at = dates[dates.size() - 1 - *taken];
  }
  std::vector<std::string> names;
  std::vector<data::Indicator> reported;
  std::size_t chosen = 0;
  for (const data::Indicator indicator : data::all_indicators) {
    if (!data::is_reported(indicator)) continue;
    if (indicator == wish.indicator) chosen = names.size();
    names.push_back(indicator_name(indicator, l));
    reported.push_back(indicator);
  }
  if (const auto taken =
          choice(look, "indicator", say(l, "app.briefing_indicator"), names, chosen, true))
    wish.indicator = reported[*taken];
  if (wish != b.draft) commands.emplace_back(OfBriefing{briefing::WishDraft{wish}});
  space(look, 8);
  const bool entered = name_field(s, look, commands);
  const bool backwards = !(b.draft.since < b.draft.at);
  const std::string trouble =
      backwards ? say(l, "app.briefing_dates_backwards") : name_trouble(s, false);
  if (!trouble.empty()) {
    space(look, 4);
    paragraph(look.small, ink(shade::people), trouble);
  }
  const bool good = !backwards && is_free(b, b.name);
  const bool done = buttons(s, look, say(l, "app.briefing_make_draft"), good, commands);
  if ((done || entered) && good) commands.emplace_back(OfBriefing{briefing::MakeDraft{}});
  end_dialog(look);
}

}  // namespace app
