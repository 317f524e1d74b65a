#include <algorithm>
#include <cmath>
#include <string>

#include "app/panels/draw.hpp"
#include "app/panels/imgui_versions.hpp"
#include "app/panels/panels.hpp"
#include "app/panels/plan_draw.hpp"
#include "app/plan_book.hpp"
#include "app/plan_words.hpp"
#include "data/names.hpp"

namespace app {
namespace {

/// Where the columns of the teams stand: left edges, but `people` a right one.
struct TeamColumns {
  float name, people, kit, home, extra, width;
};
TeamColumns team_columns(const Look& look, float left, float width) {
  const float extra = left + width - look.px(112), home = extra - look.px(150),
              kit = home - look.px(150);
  return {left + look.px(28), kit - look.px(14), kit, home, extra, look.px(112)};
}

void team_heads(const Look& look, const TeamColumns& c, Language l) {
  const float y = ImGui::GetCursorScreenPos().y;
  const ImU32 muted = ink(render::house::muted);
  put(look.small, {c.name, y}, muted, say(l, "plan.teams_column_team"));
  put_right(look.small, {c.people, y}, muted, say(l, "plan.teams_column_people"));
  put(look.small, {c.kit, y}, muted, say(l, "plan.teams_column_kit"));
  put(look.small, {c.home, y}, muted, say(l, "plan.teams_column_home"));
  put_centred(look.small, {c.extra + c.width / 2, y}, muted, say(l, "plan.teams_column_extra"));
  ImGui::Dummy({1, look.px(22)});
}

/// One team: whether it goes, how many, with what, where from; and how many more like it there
/// would be.
bool team_row(const AppState& s, const Look& look, const data::Team& team, const TeamColumns& c,
              data::PlanWishes& wishes) {
  const Language l = s.view.language;
  const data::Dataset& dataset = *s.dataset();
  const auto absent = std::find(wishes.absent.begin(), wishes.absent.end(), team.id);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const std::string name = team_name(dataset, team, l);
  const float name_room = c.people - look.px(50) - c.name;
  bool changed = tick(look, "goes", "", absent == wishes.absent.end());
  ImGui::SetCursorScreenPos({c.name, at.y});
  const Hit named = hit(look, "name", {name_room, look.px(26)});
  changed |= named.pressed;
  if (named.hovered && size_of(look.body, name).x > name_room) tip(look, name);
  if (changed) {
    if (absent == wishes.absent.end()) {
      wishes.absent.emplace_back(team.id);
    } else {
      wishes.absent.erase(absent);
    }
  }
  const float y = at.y + (look.px(26) - look.body->FontSize) / 2;
  const bool usable = team.home.valid() && team.members > 0;
  const ImU32 text = ink(render::house::text), muted = ink(render::house::muted);
  put_within(look.body, {c.name, y}, text, name, name_room);
  put_right(look.body, {c.people, y}, team.members > 0 ? text : ink(shade::alert),
            number(l, static_cast<double>(team.members)));
  std::string kit;
  if (team.generator) kit = say(l, "plan.kit_generator");
  if (team.mobile_router) kit += (kit.empty() ? "" : ", ") + say(l, "plan.kit_router");
  put_within(look.body, {c.kit, y}, muted, kit.empty() ? "–" : kit, c.home - c.kit - look.px(8));
  put_within(look.body, {c.home, y}, team.home.valid() ? text : ink(shade::alert),
             team.home.valid() ? dataset.communes[team.home.value].name : say(l, "plan.no_home"),
             c.extra - c.home - look.px(8));
  ImGui::SetCursorScreenPos({at.x, at.y + look.px(28)});
  if (!usable) return changed;
  auto extra = std::find_if(wishes.extra.begin(), wishes.extra.end(),
                            [&](const data::PlanExtra& e) { return e.team == team.id; });
  const std::uint32_t now = extra == wishes.extra.end() ? 0 : extra->teams;
  ImGui::SetCursorScreenPos({c.extra, at.y});
  ImGui::BeginGroup();
  const int by = small_stepper(look, "like it", "+" + number(l, now), c.width, now > 0, now < 99);
  ImGui::EndGroup();
  if (ImGui::IsItemHovered()) tip(look, say(l, "plan.extra_note"));
  ImGui::SetCursorScreenPos({at.x, at.y + look.px(28)});
  if (by == 0) return changed;
  if (extra == wishes.extra.end()) {
    wishes.extra.push_back({std::string(team.id), 1});
  } else if ((extra->teams = static_cast<std::uint32_t>(static_cast<int>(now) + by)) == 0) {
    wishes.extra.erase(extra);
  }
  return true;
}

std::string summary(const data::KeptPlan& kept, Language l) {
  if (!kept.result) return say(l, "plan.kept_no_result");
  return say(l, "plan.kept_summary", number(l, kept.result->total), gap_text(kept.result->gap, l),
             kept.wishes.weekends);
}

/// The plan shown against the kept one, by commune.
void differences(const AppState& s, const Look& look, Commands& commands) {
  const Language l = s.view.language;
  if (!s.plan.comparison) return;
  const PlanComparison& c = *s.plan.comparison;
  space(look, 8);
  section(look, say(l, "plan.heading_compare"));
  const ImVec2 top = ImGui::GetCursorScreenPos();
  // Room for the scroll bar, so that head, sum and rows stand under one another.
  const float width =
      ImGui::GetContentRegionAvail().x - ImGui::GetStyle().ScrollbarSize - look.px(4);
  const float there = width - look.px(82), here = there - look.px(142);
  put_right(look.small, {top.x + here, top.y}, ink(render::house::muted), say(l, "plan.this_plan"));
  put_right(look.small, {top.x + there, top.y}, ink(render::house::muted),
            say(l, "plan.kept_plan"));
  put_right(look.small, {top.x + width, top.y}, ink(render::house::muted),
            say(l, "plan.difference"));
  ImGui::Dummy({width, look.px(20)});
  const auto one = [&](ImFont* font, const std::string& name, const PlanComparison::Row& r,
                       ImVec2 at) {
    const double gain = r.here - r.there;
    const std::string shown = say(l, "plan.people_days", number(l, r.here), r.days_here);
    put_within(font, at, ink(render::house::text), name,
               here - size_of(font, shown).x - look.px(10));
    put_right(font, {at.x + here, at.y}, ink(render::house::text), shown);
    put_right(font, {at.x + there, at.y}, ink(render::house::text),
              say(l, "plan.people_days", number(l, r.there), r.days_there));
    const std::string sign = gain >= 0.5 ? "+" : gain <= -0.5 ? "−" : "";
    put_right(look.body_bold, {at.x + width, at.y},
              ink(gain >= 0.5    ? render::house::selection
                  : gain <= -0.5 ? shade::alert
                                 : render::house::muted),
              sign + number(l, std::abs(gain)));
  };
  one(look.body_bold, say(l, "plan.total"), c.total, ImGui::GetCursorScreenPos());
  ImGui::Dummy({width, look.px(26)});
  if (c.by_trips)
    paragraph(look.small, ink(render::house::muted),
              say(l, "plan.compare_trips", c.total.same_days, c.total.days_here - c.total.same_days,
                  c.total.days_there - c.total.same_days));
  ImGui::BeginChild("differences", {0, ImGui::GetContentRegionAvail().y - look.px(48)});
  for (const PlanComparison::Row& r : c.rows) {
    ImGui::PushID(static_cast<int>(r.commune.value));
    const bool chosen =
        std::binary_search(s.view.selected.begin(), s.view.selected.end(), r.commune);
    const Hit h = row(look, "commune", chosen, {width, look.px(25)});
    ImGui::PopID();
    one(look.body, s.dataset()->communes[r.commune.value].name, r, {h.min.x, h.min.y + look.px(3)});
    if (h.pressed) commands.emplace_back(command::Select{{r.commune}});
  }
  ImGui::EndChild();
}

/// There are reports of the end of its first weekend, or later.
bool has_reports(const data::KeptPlan& kept, const data::Dataset& dataset) {
  if (!kept.result || !kept.result->trips || dataset.dates.empty()) return false;
  const auto weekends = data::weekends_of(kept.wishes);
  return !weekends.empty() &&
         weekends.front().first + (static_cast<int>(weekends.front().days) - 1) <=
             dataset.dates.back();
}

/// What the reports show of a kept plan's weekends, beside what was expected.
void against_reports(const AppState& s, const Look& look, const data::KeptPlan& kept) {
  const Language l = s.view.language;
  const data::Dataset& dataset = *s.dataset();
  space(look, 8);
  section(look, say(l, "plan.heading_review", kept.name));
  const auto plan = s.plan.ground && kept.result
                        ? data::plan_of(*s.plan.ground->basis, kept.wishes, *kept.result)
                        : std::nullopt;
  if (!plan) {
    paragraph(look.small, ink(shade::alert), say(l, "plan.review_not_possible"));
    return;
  }
  const data::PlanReview review = data::review_of(dataset, *plan);
  for (const std::string& words : review_notes(review, l))
    paragraph(look.small, ink(render::house::text), words);
  space(look, 4);
  const ImVec2 top = ImGui::GetCursorScreenPos();
  const float width =
      ImGui::GetContentRegionAvail().x - ImGui::GetStyle().ScrollbarSize - look.px(4);
  const float quotient = width, reported = quotient - look.px(96), people = reported - look.px(110),
              name = look.px(150);
  const ImU32 muted = ink(render::house::muted), text = ink(render::house::text);
  put(look.small, top, muted, say(l, "app.handover_weekend"));
  put(look.small, {top.x + name, top.y}, muted, say(l, "app.handover_commune"));
  put_right(look.small, {top.x + people, top.y}, muted, say(l, "plan.column_people"));
  put_right(look.small, {top.x + reported, top.y}, muted, say(l, "plan.review_reported"));
  put_right(look.small, {top.x + quotient, top.y}, muted, say(l, "plan.review_quotient"));
  ImGui::Dummy({width, look.px(20)});
  ImGui::BeginChild("reports", {0, ImGui::GetContentRegionAvail().y - look.px(48)});
  ImGuiListClipper clipper;
  const float height = look.px(24);
  clipper.Begin(static_cast<int>(review.rows.size()), height + ImGui::GetStyle().ItemSpacing.y);
  while (clipper.Step()) {
    for (int i = clipper.DisplayStart; i < clipper.DisplayEnd; ++i) {
      const data::ReviewRow& r = review.rows[static_cast<std::size_t>(i)];
      const data::PlanWeekend &first = plan->weekends[r.first_weekend],
                              &last = plan->weekends[r.last_weekend];
      const int days = last.first - first.first + static_cast<int>(last.days);
      const ImVec2 at = ImGui::GetCursorScreenPos();
      put_within(look.small, {at.x, at.y + look.px(1)}, muted,
                 days_text(first.first, static_cast<std::uint32_t>(days), l), name - look.px(8));
      put_within(look.body, {at.x + name, at.y}, text, dataset.communes[r.commune.value].name,
                 people - look.px(60) - name);
      put_right(look.body, {at.x + people, at.y}, text, number(l, r.expected));
      if (r.reported) {
        put_right(look.body, {at.x + reported, at.y}, text, number(l, *r.reported));
        if (r.expected > 0)
          put_right(look.body_bold, {at.x + quotient, at.y}, text,
                    percent(l, *r.reported / r.expected, 0));
      } else {
        put_right(look.small, {at.x + quotient, at.y + look.px(1)}, muted,
                  r.due ? say(l, "plan.review_missing") : say(l, "plan.review_early"));
      }
      ImGui::Dummy({width, height});
    }
  }
  ImGui::EndChild();
}

}  // namespace

void draw_plan_teams(const AppState& s, const Look& look, Commands& commands) {
  const Language l = s.view.language;
  const PlanDesk& p = s.plan;
  if (!begin_dialog(look, "plan teams", 940, 620, say(l, "plan.teams_title"))) return;
  std::string words = p.words;
  ImGui::SetNextItemWidth(ImGui::GetContentRegionAvail().x);
  input("##words", say(l, "plan.teams_hint"), words);
  if (words != p.words) commands.emplace_back(command::OfPlan{plan::TypeWords{words}});
  space(look, 6);
  const TeamColumns columns =
      team_columns(look, ImGui::GetCursorScreenPos().x,
                   ImGui::GetContentRegionAvail().x - ImGui::GetStyle().ScrollbarSize - look.px(4));
  team_heads(look, columns, l);
  ImGui::BeginChild("teams", {0, ImGui::GetContentRegionAvail().y - look.px(48)});
  if (p.wishes && s.loaded) {
    const data::Dataset& dataset = *s.dataset();
    const std::string wanted = data::fold_search(p.words);
    data::PlanWishes wishes = *p.wishes;
    for (std::size_t i = 0; i < dataset.teams.size(); ++i) {
      const data::Team& team = dataset.teams[i];
      const bool level = team.level == geo::UnitLevel::province   ? wishes.provincial
                         : team.level == geo::UnitLevel::district ? wishes.district
                                                                  : wishes.commune;
      if (!level) continue;
      const std::string home = team.home.valid() ? dataset.communes[team.home.value].name : "";
      if (!wanted.empty() &&
          data::fold_search(team_name(dataset, team, l) + " " + home).find(wanted) ==
              std::string::npos)
        continue;
      ImGui::PushID(static_cast<int>(i));
      if (team_row(s, look, team, columns, wishes))
        commands.emplace_back(command::OfPlan{plan::Wish{wishes}});
      ImGui::PopID();
    }
  }
  ImGui::EndChild();
  space(look, 6);
  if (button(look, "close", say(l, "app.button_done"), ButtonKind::primary, true, 110))
    commands.emplace_back(command::CloseDialog{});
  ImGui::SameLine(0, look.px(10));
  if (button(look, "record", say(l, "plan.as_on_record"), ButtonKind::plain,
             p.wishes && !(p.wishes->absent.empty() && p.wishes->extra.empty()))) {
    data::PlanWishes wishes = *p.wishes;
    wishes.absent.clear();
    wishes.extra.clear();
    commands.emplace_back(command::OfPlan{plan::Wish{wishes}});
  }
  end_dialog(look);
}

void draw_plan_keep(const AppState& s, const Look& look, Commands& commands) {
  const Language l = s.view.language;
  const PlanDesk& p = s.plan;
  if (!begin_dialog(look, "plan keep", 480, 0,
                    p.renaming != 0 ? say(l, "plan.rename_title") : say(l, "plan.keep_title")))
    return;
  std::string name = p.name, note = p.note;
  line(look.small, ink(render::house::muted), say(l, "plan.name"));
  ImGui::SetNextItemWidth(ImGui::GetContentRegionAvail().x);
  if (ImGui::IsWindowAppearing()) ImGui::SetKeyboardFocusHere();
  bool entered =
      input("##name", say(l, "plan.name_hint"), name, ImGuiInputTextFlags_EnterReturnsTrue);
  space(look, 6);
  line(look.small, ink(render::house::muted), say(l, "plan.note"));
  ImGui::SetNextItemWidth(ImGui::GetContentRegionAvail().x);
  entered |= input("##note", say(l, "plan.note_hint"), note, ImGuiInputTextFlags_EnterReturnsTrue);
  if (name != p.name) commands.emplace_back(command::OfPlan{plan::TypeName{name}});
  if (note != p.note) commands.emplace_back(command::OfPlan{plan::TypeNote{note}});
  const bool twin = p.renaming == 0 && std::any_of(p.kept.begin(), p.kept.end(),
                                                   [&](auto& k) { return k.name == name; });
  space(look, 4);
  paragraph(look.small, ink(twin ? shade::alert : render::house::muted),
            twin ? say(l, "plan.name_taken") : say(l, "plan.keep_note"));
  space(look, 10);
  const bool named = name.find_first_not_of(' ') != std::string::npos;
  if (button(look, "keep", say(l, "plan.keep_it"), ButtonKind::primary, named, 110) ||
      (entered && named))
    commands.emplace_back(command::OfPlan{plan::Keep{}});
  ImGui::SameLine(0, look.px(10));
  if (button(look, "cancel", say(l, "app.button_cancel"), ButtonKind::plain, true, 110))
    commands.emplace_back(command::CloseDialog{});
  end_dialog(look);
}

void draw_plan_kept(const AppState& s, const Look& look, Commands& commands) {
  const Language l = s.view.language;
  const PlanDesk& p = s.plan;
  if (!begin_aside(look, "plan kept", Edge::right, 560, say(l, "plan.kept_title"))) return;
  if (p.kept.empty()) paragraph(look.body, ink(render::house::muted), say(l, "plan.kept_none"));
  ImGuiStorage* storage = ImGui::GetStateStorage();
  const ImGuiID review_id = ImGui::GetID("against reports");
  if (ImGui::IsWindowAppearing()) storage->SetInt(review_id, 0);
  const auto reviewed = std::find_if(p.kept.begin(), p.kept.end(), [&](const auto& k) {
    return static_cast<int>(k.id) == storage->GetInt(review_id);
  });
  const float most = p.comparison || reviewed != p.kept.end()
                         ? ImGui::GetContentRegionAvail().y * 0.42F
                         : ImGui::GetContentRegionAvail().y - look.px(48);
  begin_padded_child("kept", most);
  for (const data::KeptPlan& kept : p.kept) {
    ImGui::PushID(static_cast<int>(kept.id));
    line(look.body_bold, ink(render::house::text), kept.name);
    line(look.small, ink(render::house::muted), summary(kept, l));
    if (std::find(p.outdated.begin(), p.outdated.end(), kept.id) != p.outdated.end())
      paragraph(look.small, ink(shade::alert), say(l, "plan.kept_outdated"));
    else if (kept.result && !kept.result->trips)
      paragraph(look.small, ink(render::house::muted), say(l, "plan.kept_without_trips"));
    if (!kept.note.empty()) paragraph(look.small, ink(render::house::text), kept.note);
    const bool compared = p.compared == kept.id;
    if (link(look, "open", say(l, "plan.open")))
      commands.emplace_back(command::OfPlan{plan::OpenKept{kept.id}});
    ImGui::SameLine(0, look.px(14));
    if (link(look, "compare", compared ? say(l, "plan.compare_no_more") : say(l, "plan.compare")))
      commands.emplace_back(
          command::OfPlan{plan::Compare{compared ? std::nullopt : std::optional(kept.id)}});
    if (s.loaded && has_reports(kept, *s.dataset())) {
      ImGui::SameLine(0, look.px(14));
      const bool on = storage->GetInt(review_id) == static_cast<int>(kept.id);
      if (link(look, "reports", on ? say(l, "plan.review_no_more") : say(l, "plan.review")))
        storage->SetInt(review_id, on ? 0 : static_cast<int>(kept.id));
    }
    ImGui::SameLine(0, look.px(14));
    if (link(look, "rename", say(l, "plan.rename")))
      commands.emplace_back(command::OfPlan{plan::AskKeep{kept.id}});
    ImGui::SameLine(0, look.px(14));
    if (link(look, "delete", say(l, "plan.delete")))
      commands.emplace_back(command::OfPlan{plan::DeleteKept{kept.id}});
    space(look, 10);
    ImGui::PopID();
  }
  ImGui::EndChild();
  if (reviewed != p.kept.end())
    against_reports(s, look, *reviewed);
  else
    differences(s, look, commands);
  space(look, 8);
  if (button(look, "close", say(l, "app.button_done"), ButtonKind::primary, true, 110))
    commands.emplace_back(command::CloseDialog{});
  end_dialog(look);
}

}  // namespace app
