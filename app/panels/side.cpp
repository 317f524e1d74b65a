#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "app/panels/draw.hpp"
#include "app/panels/imgui_versions.hpp"
#include "app/panels/panels.hpp"
#include "app/reasons.hpp"

namespace app {
namespace {

std::string title(const AppState& s) {
  const data::Dataset& dataset = *s.dataset();
  const auto& selected = s.view.selected;
  if (selected.size() == 1) return dataset.communes[selected[0].value].full_name;
  if (selected.size() > 1) return say(s.view.language, "app.communes_chosen", selected.size());
  const std::int32_t district = district_asked(dataset, s.view.filter);
  if (district >= 0) return dataset.districts[static_cast<std::size_t>(district)].name;
  const std::size_t shown = s.derived.shown.size(), all = dataset.communes.size();
  if (shown == all) return dataset.title;
  return dataset.title + " · " + say(s.view.language, "app.filter_count", shown, all);
}

std::string about(const AppState& s) {
  const data::Dataset& dataset = *s.dataset();
  const Chosen& chosen = s.derived.chosen;
  const Language language = s.view.language;
  std::string out;
  const auto add = [&out](const std::string& part) {
    if (!out.empty()) out += " · ";
    out += part;
  };
  if (!s.view.selected.empty() && chosen.district >= 0) {
    add(say(language, "app.former_district",
            dataset.districts[static_cast<std::size_t>(chosen.district)].name));
  }
  if (s.view.selected.empty()) add(communes_of(chosen.gap, chosen.units.size(), language));
  if (!dataset.settlements.empty())
    add(say(language, "app.settlements", chosen.barriers.settlements));
  if (!dataset.teams.empty()) add(say(language, "app.teams", chosen.barriers.teams));
  return out;
}

std::vector<std::string> status(const AppState& s) {
  const data::Gap& gap = s.derived.chosen.gap;
  const Language language = s.view.language;
  if (s.derived.figures->none) return {say(language, "app.filter_none")};
  if (!data::is_reported(s.view.indicator)) return {say(language, "app.from_settlements")};
  std::vector<std::string> out{freshness(gap, language)};
  if (!gap.as_of) return out;
  if (!s.view.selected.empty()) {
    out.push_back(say(language, "app.reporters", s.derived.chosen.sources));
  } else if (s.derived.chosen.sources > 0) {
    out.push_back(say(language, "app.reporters_of", s.derived.chosen.sources_reported,
                      s.derived.chosen.sources));
  }
  if (gap.status == data::Status::estimated) out.push_back(say(language, "app.status_estimated"));
  return out;
}

/// In as many lines as it takes; in one on a low screen.
void draw_status(const AppState& s, const Look& look, bool low) {
  const ImU32 muted = ink(render::house::muted);
  const float room = ImGui::GetContentRegionAvail().x;
  std::string joined;
  for (const std::string& part : status(s)) {
    const std::string longer = joined.empty() ? part : joined + " · " + part;
    if (low || size_of(look.small, longer).x <= room) {
      joined = longer;
      continue;
    }
    line(look.small, muted, joined);
    joined = part;
  }
  line(look.small, muted, joined);
}

/// The oldest source in a line, the others on hover.
void traces(const AppState& s, const Look& look) {
  const auto& all = s.derived.chosen.traces;
  if (s.view.selected.size() != 1 || all.empty()) return;
  const Language language = s.view.language;
  std::vector<std::string> said;
  for (const ReportTrace& t : all) {
    said.push_back(
        t.file.empty()
            ? say(language, "app.trace_reporter", t.reporter, date(language, t.date))
            : say(language, "app.trace", t.reporter, date(language, t.date), t.file, t.row));
  }
  line(look.small, ink(render::house::muted),
       said[0] + (all.size() > 1 ? " " + say(language, "app.traces_more", all.size() - 1) : ""));
  if (!ImGui::IsItemHovered() || all.size() < 2) return;
  std::string whole;
  for (const std::string& words : said) whole += (whole.empty() ? "" : "\n") + words;
  tip(look, whole);
}

}  // namespace

void draw_side(const AppState& s, const Look& look, Commands& commands) {
  if (!s.loaded || !s.derived.figures) return;
  const Language language = s.view.language;
  // The ranking keeps its place: a longer card scrolls within its own.
  const float room = ImGui::GetContentRegionAvail().y;
  const float ranking = std::floor(room * 0.4F);
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {look.px(8), 0});
  const ImVec2 left = ImGui::GetCursorScreenPos();
  ImGui::SetCursorScreenPos({left.x - look.px(8), left.y});
  begin_padded_child("card", room - ranking, ImGui::GetContentRegionAvail().x + look.px(16));
  ImGui::PopStyleVar();
  // Another commune is read from its top.
  ImGuiStorage* kept = ImGui::GetStateStorage();
  const ImGuiID last = ImGui::GetID("last chosen");
  const int chosen = s.view.selected.empty() ? 0 : static_cast<int>(s.view.selected[0].value) + 1;
  if (kept->GetInt(last) != chosen) ImGui::SetScrollY(0);
  kept->SetInt(last, chosen);
  section(look, s.view.selected.empty()       ? say(language, "app.heading_all")
                : s.view.selected.size() == 1 ? say(language, "app.heading_chosen")
                                              : say(language, "app.heading_chosen_many"));
  const std::string name = title(s);
  const bool long_name = size_of(look.heading_bold, name).x > ImGui::GetContentRegionAvail().x;
  line(long_name ? look.title_bold : look.heading_bold, ink(render::house::text), name);
  line(look.small, ink(render::house::muted), about(s));
  space(look, 8);
  draw_numbers(s, look);
  space(look, 4);
  draw_trust(s, look);
  const bool low = room < look.px(760);
  draw_status(s, look, low);
  traces(s, look);
  // On a low screen what blocks people stands before how it came about.
  if (!low) draw_series(s, look);
  draw_reasons(s, look, commands);
  if (low) draw_series(s, look);
  draw_rivals(s, look, commands);
  ImGui::EndChild();
  space(look, 8);
  draw_ranking(s, look, commands);
}

}  // namespace app
