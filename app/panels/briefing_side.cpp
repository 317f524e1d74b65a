#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "app/actions.hpp"
#include "app/briefing_words.hpp"
#include "app/panels/briefing_draw.hpp"
#include "app/panels/imgui_versions.hpp"
#include "app/panels/panels.hpp"
#include "app/panels/plan_draw.hpp"
#include "app/scene_look.hpp"

namespace app {
namespace {

using command::OfBriefing;

/// What is drawn of: the scene, and the same as it will be.
struct Form {
  const AppState& s;
  const Look& look;
  const data::Briefing& briefing;
  const data::Scene& scene;
  std::shared_ptr<const SceneShown> shown;
  Commands& commands;
  bool writes = true;

  Language language() const { return s.view.language; }
  void ask(BriefingCommand what) const { commands.emplace_back(OfBriefing{std::move(what)}); }
  void edit(data::Scene changed, bool typing = false) const {
    ask(briefing::Edit{std::move(changed), typing});
  }
  bool act(const char* id, const std::string& words) const {
    if (!writes) ImGui::BeginDisabled();
    const bool pressed = link(look, id, words);
    if (!writes) ImGui::EndDisabled();
    return pressed && writes;
  }
};

/// The numbers under an edited sentence are others than when it was written.
void outdated(const Form& f) {
  const Language l = f.language();
  const Look& look = f.look;
  ImDrawList* list = ImGui::GetWindowDrawList();
  list->ChannelsSplit(2);
  list->ChannelsSetCurrent(1);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float width = ImGui::GetContentRegionAvail().x, edge = look.px(10);
  ImGui::SetCursorScreenPos({at.x + edge, at.y + look.px(7)});
  ImGui::BeginGroup();
  ImGui::PushTextWrapPos(0);
  paragraph(look.body_bold, ink(shade::people), say(l, "app.briefing_outdated_title"));
  const std::string then = told_numbers(f.scene.written_for, f.shown->view.indicator, l);
  const std::string now = told_numbers(data::numbers_of(f.shown->statement, *f.s.dataset()),
                                       f.shown->view.indicator, l);
  if (!then.empty() && !now.empty() && then != now) {
    paragraph(look.body, ink(render::house::text), say(l, "app.briefing_then", then));
    paragraph(look.body, ink(render::house::text), say(l, "app.briefing_now", now));
  } else {
    paragraph(look.body, ink(render::house::text), say(l, "app.briefing_other_communes"));
  }
  ImGui::PopTextWrapPos();
  if (f.shown->ask) space(look, 4);
  if (f.shown->ask &&
      button(look, "keep", say(l, "app.briefing_keep_headline"), ButtonKind::plain, f.writes))
    f.ask(briefing::KeepHeadline{});
  ImGui::EndGroup();
  const float bottom = ImGui::GetItemRectMax().y + look.px(9);
  list->ChannelsSetCurrent(0);
  list->AddRectFilled(at, {at.x + width, bottom}, ink(shade::chip), look.px(7));
  list->ChannelsMerge();
  ImGui::SetCursorScreenPos({at.x, bottom + look.px(4)});
}

void headline(const Form& f) {
  const Language l = f.language();
  const Look& look = f.look;
  section(look, say(l, "app.briefing_heading_headline"));
  const BriefingDesk& b = f.s.briefing;
  const std::string computed = f.shown ? f.shown->words.headline : std::string();
  const bool edited = !f.scene.headline.empty();
  std::string words = edited || b.typing_headline ? f.scene.headline : computed;
  const std::string before = words;
  if (b.headline_wanted) ImGui::SetKeyboardFocusHere();
  if (!f.writes) ImGui::BeginDisabled();
  ImGui::SetNextItemWidth(ImGui::GetContentRegionAvail().x);
  input("##headline", say(l, "app.briefing_headline_hint"), words);
  const bool begun = ImGui::IsItemActivated(), ended = ImGui::IsItemDeactivated();
  if (!f.writes) ImGui::EndDisabled();
  if (begun) f.ask(briefing::BeginHeadline{});
  if (words != before) {
    data::Scene changed = f.scene;
    changed.headline = words;
    f.edit(std::move(changed), true);
  }
  if (ended) {
    f.ask(briefing::EndTyping{});
    // Who came from the list by a key goes on there.
    if (key_pressed(ImGuiKey_Enter) || key_pressed(ImGuiKey_Escape))
      f.commands.emplace_back(command::FocusPanel{Panel::rail});
  }
  space(look, 2);
  if (!edited) {
    paragraph(look.small, ink(render::house::muted),
              computed.empty() ? say(l, "app.briefing_headline_free")
                               : say(l, "app.briefing_headline_computed"));
    return;
  }
  if (f.shown && f.shown->outdated) outdated(f);
  if (computed.empty()) return;
  paragraph(look.small, ink(render::house::muted), say(l, "app.briefing_computed", computed));
  if (f.act("computed", say(l, "app.briefing_take_computed"))) {
    data::Scene changed = f.scene;
    changed.headline.clear();
    changed.written_for.clear();
    f.edit(std::move(changed));
  }
}

void note(const Form& f) {
  const Language l = f.language();
  space(f.look, 12);
  section(f.look, say(l, "app.briefing_heading_note"));
  std::string words = f.scene.note;
  if (!f.writes) ImGui::BeginDisabled();
  const bool typed = input_lines(f.look, "note", say(l, "app.briefing_note_hint"), words,
                                 {ImGui::GetContentRegionAvail().x, f.look.px(88)});
  const bool ended = ImGui::IsItemDeactivatedAfterEdit();
  if (!f.writes) ImGui::EndDisabled();
  if (typed && words != f.scene.note) {
    data::Scene changed = f.scene;
    changed.note = words;
    f.edit(std::move(changed), true);
  }
  if (ended) f.ask(briefing::EndTyping{});
}

constexpr data::StatementKind all_kinds[] = {
    data::StatementKind::standing,        data::StatementKind::concentrated,
    data::StatementKind::movers,          data::StatementKind::fallen,
    data::StatementKind::newly_met,       data::StatementKind::newly_silent,
    data::StatementKind::barrier,         data::StatementKind::plan,
    data::StatementKind::nothing_reported};

/// What is said beside the map.
void statement(const Form& f) {
  const Language l = f.language();
  const Look& look = f.look;
  space(look, 12);
  section(look, say(l, "app.briefing_heading_statement"));
  std::vector<std::string> names{say(l, "app.briefing_map_only")};
  std::size_t chosen = 0;
  for (const data::StatementKind kind : all_kinds) {
    if (f.scene.statement == data::id(kind)) chosen = names.size();
    names.push_back(statement_name(kind, l));
  }
  if (const auto taken =
          choice(look, "kind", say(l, "app.briefing_statement"), names, chosen, f.writes)) {
    data::Scene changed = f.scene;
    changed.statement = *taken == 0 ? "" : std::string(data::id(all_kinds[*taken - 1]));
    const bool barrier = changed.statement == data::id(data::StatementKind::barrier);
    if (barrier && changed.barrier.empty()) changed.barrier = data::id(data::Barrier::no_grid);
    const auto& plans = *f.s.briefing.book->plans;
    if (changed.statement == data::id(data::StatementKind::plan) && !changed.plan && !plans.empty())
      changed.plan = plans.front().id;
    f.edit(std::move(changed));
  }
  if (f.scene.statement == data::id(data::StatementKind::barrier)) {
    std::vector<std::string> barriers;
    std::size_t which = std::size(data::all_barriers);
    for (std::size_t i = 0; i < std::size(data::all_barriers); ++i) {
      if (f.scene.barrier == data::id(data::all_barriers[i])) which = i;
      barriers.push_back(say(l, data::name(data::all_barriers[i])));
    }
    if (const auto taken =
            choice(look, "barrier", say(l, "app.briefing_barrier"), barriers, which, f.writes)) {
      data::Scene changed = f.scene;
      changed.barrier = data::id(data::all_barriers[*taken]);
      f.edit(std::move(changed));
    }
  }
  if (f.scene.statement == data::id(data::StatementKind::plan)) {
    const auto& plans = *f.s.briefing.book->plans;
    std::vector<std::string> kept;
    std::size_t which = plans.size();
    for (std::size_t i = 0; i < plans.size(); ++i) {
      if (f.scene.plan == plans[i].id) which = i;
      kept.push_back(plans[i].name);
    }
    if (const auto taken = choice(
            look, "plan", say(l, "app.briefing_plan"), kept, which, f.writes && !plans.empty(),
            plans.empty() ? say(l, "app.briefing_no_plan") : say(l, "app.briefing_plan_gone"))) {
      data::Scene changed = f.scene;
      changed.plan = plans[*taken].id;
      f.edit(std::move(changed));
    }
  }
}

/// A report date, newest first; `first` says what is meant by none.
std::optional<std::optional<geo::Date>> date_choice(const Form& f, const char* id,
                                                    const std::string& name,
                                                    const std::string& first,
                                                    const std::optional<geo::Date>& now,
                                                    const std::optional<geo::Date>& before = {}) {
  const Language l = f.language();
  auto dates = f.s.dataset()->dates;
  if (before) std::erase_if(dates, [&](geo::Date day) { return day >= *before; });
  std::vector<std::string> words{first};
  std::size_t chosen = now ? dates.size() + 1 : 0;
  for (std::size_t i = 0; i < dates.size(); ++i) {
    const geo::Date day = dates[dates.size() - 1 - i];
    if (now == day) chosen = words.size();
    words.push_back(date(l, day));
  }
  const auto taken =
      choice(f.look, id, name, words, chosen, f.writes, now ? date(l, *now) : std::string());
  if (!taken) return std::nullopt;
  if (*taken == 0) return std::optional<geo::Date>();
  return std::optional(dates[dates.size() - *taken]);
}

std::vector<geo::UnitCode> codes_within(const data::Dataset& dataset, std::int32_t district) {
  std::vector<geo::UnitCode> out;
  for (const data::Commune& commune : dataset.communes)
    if (commune.district == district) out.push_back(commune.code);
  return out;
}

void within(const Form& f) {
  const Language l = f.language();
  const data::Dataset& dataset = *f.s.dataset();
  std::vector<std::string> names{say(l, "app.all_districts")};
  const bool filtered = f.shown && !f.shown->view.filter.empty();
  const bool some = filtered || !f.scene.within.empty();
  std::size_t chosen = some ? dataset.districts.size() + 1 : 0;
  for (std::size_t i = 0; i < dataset.districts.size(); ++i) {
    if (some && !filtered && f.scene.within == codes_within(dataset, static_cast<std::int32_t>(i)))
      chosen = names.size();
    names.push_back(dataset.districts[i].name);
  }
  if (names.size() < 3 && !some) return;  // nothing to choose between
  const auto taken =
      choice(f.look, "within", say(l, "app.briefing_within"), names, chosen, f.writes,
             filtered ? say(l, "app.communes_filtered", f.s.derived.shown.size())
                      : say(l, "app.communes", f.scene.within.size()));
  if (!taken) return;
  data::Scene changed = f.scene;
  changed.within = *taken == 0 ? std::vector<geo::UnitCode>{}
                               : codes_within(dataset, static_cast<std::int32_t>(*taken) - 1);
  f.edit(std::move(changed));
}

/// Of which numbers.
void numbers(const Form& f) {
  const Language l = f.language();
  const Look& look = f.look;
  space(look, 12);
  section(look, say(l, "app.briefing_heading_numbers"));
  std::vector<std::string> names;
  std::size_t chosen = 0;
  for (const data::Indicator indicator : data::all_indicators) {
    if (f.scene.indicator == data::id(indicator)) chosen = names.size();
    names.push_back(indicator_name(indicator, l));
  }
  if (const auto taken =
          choice(look, "indicator", say(l, "app.briefing_indicator"), names, chosen, f.writes)) {
    data::Scene changed = f.scene;
    changed.indicator = data::id(data::all_indicators[*taken]);
    f.edit(std::move(changed));
  }
  if (const auto day = date_choice(f, "at", say(l, "app.briefing_at"),
                                   say(l, "app.briefing_newest_long"), f.scene.at)) {
    data::Scene changed = f.scene;
    changed.at = *day;
    f.edit(std::move(changed));
  }
  if (const auto day = date_choice(f, "since", say(l, "app.briefing_since"),
                                   say(l, "app.briefing_four_weeks"), f.scene.since, f.scene.at)) {
    data::Scene changed = f.scene;
    changed.since = *day;
    f.edit(std::move(changed));
  }
  within(f);
}

std::string lit_communes(const Form& f) {
  const Language l = f.language();
  const auto& lit = f.scene.highlighted;
  if (lit.empty()) return say(l, "app.briefing_lit_none");
  std::string names;
  std::size_t told = 0;
  for (const data::Commune& commune : f.s.dataset()->communes) {
    if (std::find(lit.begin(), lit.end(), commune.code) == lit.end()) continue;
    if (++told > 4) break;
    names += (names.empty() ? "" : ", ") + commune.name;
  }
  if (lit.size() > 4) names += " …";
  return say(l, "app.briefing_lit", lit.size(), names);
}

void map(const Form& f) {
  const Language l = f.language();
  const Look& look = f.look;
  space(look, 12);
  section(look, say(l, "app.briefing_heading_map"));
  std::vector<std::string> names;
  std::size_t chosen = std::size(all_layers);
  for (std::size_t i = 0; i < std::size(all_layers); ++i) {
    if (f.scene.layer == id(all_layers[i])) chosen = i;
    names.push_back(say(l, layer_name(all_layers[i])));
  }
  if (const auto taken =
          choice(look, "layer", say(l, "app.briefing_layer"), names, chosen, f.writes)) {
    data::Scene changed = f.scene;
    changed.layer = id(all_layers[*taken]);
    f.edit(std::move(changed));
  }
  const std::string view =
      f.scene.window
          ? say(l, "app.briefing_window",
                number(l, f.scene.window->metres / 1000, f.scene.window->metres < 10000 ? 1 : 0))
          : say(l, "app.briefing_window_all");
  paragraph(look.body, ink(render::house::text), view);
  if (link(look, "show", say(l, "app.briefing_show_on_map"))) f.ask(briefing::ShowOnMap{});
  ImGui::SameLine(0, look.px(14));
  if (f.act("recapture", say(l, "app.briefing_recapture"))) f.ask(briefing::Recapture{});
  if (f.scene.window) {
    ImGui::SameLine(0, look.px(14));
    if (f.act("all", say(l, "app.briefing_show_all"))) {
      data::Scene changed = f.scene;
      changed.window.reset();
      f.edit(std::move(changed));
    }
  }
  space(look, 6);
  paragraph(look.body, ink(render::house::text), lit_communes(f));
  const std::size_t selected = f.s.view.selected.size();
  if (selected > 0 && f.act("highlight", say(l, "app.briefing_highlight_selected", selected)))
    f.ask(briefing::Highlight{});
  if (!f.scene.highlighted.empty()) {
    if (selected > 0) ImGui::SameLine(0, look.px(14));
    if (f.act("unlight", say(l, "app.briefing_highlight_none"))) {
      data::Scene changed = f.scene;
      changed.highlighted.clear();
      f.edit(std::move(changed));
    }
  } else if (selected == 0) {
    paragraph(look.small, ink(render::house::muted), say(l, "app.briefing_highlight_hint"));
  }
  if (f.shown && f.shown->lost > 0)
    paragraph(look.small, ink(shade::people), say(l, "app.briefing_lost", f.shown->lost));
}

/// By so much a stepper goes: finer while it is short.
double stepped(double seconds, int by) {
  const double step = by > 0 ? (seconds < 15   ? 1
                                : seconds < 60 ? 5
                                               : 15)
                             : (seconds <= 15   ? 1
                                : seconds <= 60 ? 5
                                                : 15);
  return std::clamp(seconds + step * by, 3.0, 600.0);
}

/// How long it stands where nobody is at the keys.
void pace(const Form& f) {
  const Language l = f.language();
  const Look& look = f.look;
  space(look, 12);
  section(look, say(l, "app.briefing_heading_pace"));
  const double now = f.scene.seconds.value_or(f.briefing.seconds);
  const int by = stepper(look, "seconds", say(l, "app.briefing_this_scene"), seconds_text(now, l),
                         f.writes && now > 3, f.writes && now < 600);
  if (by != 0) {
    data::Scene changed = f.scene;
    changed.seconds = stepped(now, by);
    f.edit(std::move(changed));
  }
  const int all =
      stepper(look, "pace", say(l, "app.briefing_all_scenes"), seconds_text(f.briefing.seconds, l),
              f.writes && f.briefing.seconds > 3, f.writes && f.briefing.seconds < 600);
  if (all != 0) f.ask(briefing::Pace{stepped(f.briefing.seconds, all)});
  if (f.scene.seconds && f.act("as all", say(l, "app.briefing_as_all"))) {
    data::Scene changed = f.scene;
    changed.seconds.reset();
    f.edit(std::move(changed));
  }
  space(look, 10);
}

}  // namespace

void draw_briefing_side(const AppState& s, const Look& look, Commands& commands) {
  const BriefingDesk& b = s.briefing;
  const data::Scene* scene = b.scene_now();
  if (scene == nullptr || !s.loaded) {
    if (s.loaded && b.book)
      paragraph(look.body, ink(render::house::muted),
                say(s.view.language, "app.briefing_side_empty"));
    return;
  }
  const Form form{s, look, *b.briefing(), *scene, b.shown_now(), commands, !b.book->read_only};
  // Each scene has fields of its own: what is typed never lands in another one.
  ImGui::PushID(static_cast<int>(b.briefing()->id));
  ImGui::PushID(static_cast<int>(b.scene));
  headline(form);
  note(form);
  statement(form);
  numbers(form);
  map(form);
  pace(form);
  ImGui::PopID();
  ImGui::PopID();
}

}  // namespace app
