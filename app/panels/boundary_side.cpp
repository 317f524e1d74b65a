#include <algorithm>
#include <string>

#include "app/panels/boundary_draw.hpp"
#include "app/panels/draw.hpp"
#include "app/panels/imgui_versions.hpp"
#include "app/panels/panels.hpp"
#include "app/panels/plan_draw.hpp"

namespace app {
namespace {

using namespace boundary_page;

/// Units to choose from, a button each.
void meant(const std::vector<data::UnitChoice>& units, bool former, bool may, Language l,
           const Look& look, Commands& commands) {
  const float all = ImGui::GetContentRegionAvail().x, height = look.px(42);
  const std::string choose = say(l, "boundary.take");
  const float width = all - size_of(look.small_bold, choose).x - look.px(16);
  for (const data::UnitChoice& unit : units) {
    ImGui::PushID(unit.code.c_str());
    const Hit h = row(look, former ? "former" : "unit", false, {all, height});
    ImGui::PopID();
    ImGui::GetWindowDrawList()->AddRect(h.min, h.max, ink(shade::rail), look.px(4));
    put_right(look.small_bold, {h.max.x - look.px(10), h.min.y + look.px(13)},
              ink(may ? render::house::accent : render::house::muted), choose);
    put_within(look.body, {h.min.x + look.px(8), h.min.y + look.px(4)}, ink(render::house::text),
               unit_words(unit.code, unit.name), width - look.px(8));
    put_within(look.small, {h.min.x + look.px(8), h.min.y + look.px(22)}, ink(render::house::muted),
               unit.place.empty() ? say(l, former ? "boundary.is_former" : "boundary.is_unit")
                                  : unit.place,
               width - look.px(8));
    if (h.pressed && may) ask(commands, TakeUnit{unit.code, former});
    space(look, 3);
  }
}

/// What is wrong with it, and the way out.
std::string help_words(Language l, data::Verdict verdict) {
  constexpr const char* words[] = {"boundary.help_unknown_former", "boundary.help_unknown_unit",
                                   "boundary.help_ambiguous",      "boundary.help_shares",
                                   "boundary.help_no_successor",   "boundary.help_no_predecessor"};
  return say(l, words[static_cast<std::size_t>(verdict) -
                      static_cast<std::size_t>(data::Verdict::unknown_former)]);
}

void decide(const State& p, const data::DecreeItem& item, Language l, const Look& look,
            Commands& commands) {
  using data::Verdict;
  const bool may = !p.committed;
  if (!item.formers.empty() && item.verdict != Verdict::unknown_unit) {
    section(look, say(l, "boundary.former_meant"));
    meant(item.formers, true, may, l, look, commands);
    space(look, 8);
  }
  if (!item.units.empty()) {
    section(look, say(l, "boundary.unit_meant"));
    meant(item.units, false, may, l, look, commands);
    space(look, 8);
  }
  const bool names = item.verdict == Verdict::unknown_former ||
                     item.verdict == Verdict::unknown_unit || item.verdict == Verdict::ambiguous ||
                     item.verdict == Verdict::no_successor ||
                     item.verdict == Verdict::no_predecessor;
  if (names) {
    const bool former =
        item.verdict != Verdict::unknown_unit && item.verdict != Verdict::no_successor;
    section(look, say(l, former ? "boundary.look_former" : "boundary.look_unit"));
    std::string typed = p.typed;
    ImGui::SetNextItemWidth(ImGui::GetContentRegionAvail().x);
    if (input("##name", say(l, "boundary.type_name"), typed)) ask(commands, TypeName{typed});
    space(look, 4);
    if (!p.typed.empty() && p.found.empty())
      paragraph(look.small, ink(render::house::muted), say(l, "boundary.none_found"));
    ImGui::PushID("found");  // one that is suggested as well is another row
    meant(p.found, p.for_former, may, l, look, commands);
    ImGui::PopID();
    space(look, 8);
  }
  if (item.takes_share() && (item.verdict == Verdict::shares || item.verdict == Verdict::part)) {
    section(look, say(l, "boundary.share"));
    std::string typed = p.typed_share;
    ImGui::SetNextItemWidth(look.px(110));
    if (input("##share", say(l, "boundary.share_hint"), typed)) ask(commands, TypeShare{typed});
    const bool entered = taken_by_enter();
    ImGui::SameLine(0, look.px(8));
    const bool ready = may && !p.typed_share.empty();
    if (button(look, "share", say(l, "boundary.take_share"), ButtonKind::plain, ready) ||
        (ready && entered))
      ask(commands, TakeShare{});
    if (p.wrong_share) paragraph(look.small, ink(shade::people), say(l, "boundary.wrong_share"));
    space(look, 8);
  }
  if (item.verdict == Verdict::ambiguous) {
    if (button(look, "accept", say(l, "boundary.accept"), ButtonKind::primary, may))
      ask(commands, Accept{});
    space(look, 4);
  }
  if (data::undecided(item.verdict)) {
    if (button(look, "leave", say(l, "boundary.leave"), ButtonKind::plain, may))
      ask(commands, Leave{});
    const char* const left = item.verdict == Verdict::no_predecessor ? "boundary.leave_unit_words"
                             : item.verdict == Verdict::shares       ? "boundary.leave_row_words"
                                                                     : "boundary.leave_words";
    paragraph(look.small, ink(render::house::muted), say(l, left));
  }
  if (p.fixes.contains(item.key) && link(look, "forget", say(l, "boundary.forget")))
    ask(commands, Forget{});
}

void chosen(const State& p, Language l, const Look& look, Commands& commands) {
  const data::DecreeItem* item = p.item();
  if (item == nullptr) {
    paragraph(look.body, ink(render::house::muted), say(l, "boundary.choose_item"));
    return;
  }
  paragraph(look.title_bold, ink(render::house::text), unit_words(item->old_code, item->old_name));
  if (!item->old_place.empty()) paragraph(look.small, ink(render::house::muted), item->old_place);
  paragraph(look.body, ink(render::house::text), "→ " + unit_words(item->new_code, item->new_name));
  space(look, 6);
  paragraph(look.body_bold, ink(verdict_colour(item->verdict)), verdict_words(l, item->verdict));
  if (!item->why.id.empty()) paragraph(look.body, ink(render::house::text), say(l, item->why));
  if (data::undecided(item->verdict))
    paragraph(look.body, ink(render::house::text), help_words(l, item->verdict));
  if (item->fuzzy) paragraph(look.small, ink(shade::chip_text), say(l, "boundary.fuzzy"));
  if (item->said_whole) paragraph(look.small, ink(shade::chip_text), say(l, "boundary.said_whole"));
  if (item->row > 0)
    paragraph(look.small, ink(render::house::muted),
              say(l, "boundary.at_row", std::to_string(item->row), p.told.crosswalk));
  if (p.totals) {
    const auto place = static_cast<std::size_t>(item - p.decree->items.data());
    for (const data::DecreeShare& share : p.totals->shares)
      if (share.item == place && share.basis != data::ShareBasis::whole)
        paragraph(
            look.body, ink(shade::chip_text),
            say(l, "boundary.share_words", percent(l, share.share), basis_words(l, share.basis)));
  }
  space(look, 12);
  decide(p, *item, l, look, commands);
}

/// The parts of today that are estimates, with their shares and why.
void parts(const State& p, Language l, const Look& look) {
  section(look, say(l, "boundary.parts"));
  if (p.parts.empty()) {
    paragraph(look.body, ink(render::house::muted), say(l, "boundary.no_parts"));
    return;
  }
  paragraph(look.small, ink(render::house::muted), say(l, "boundary.parts_hint", p.parts.size()));
  space(look, 6);
  constexpr std::size_t most = 200;
  for (std::size_t i = 0; i < std::min(most, p.parts.size()); ++i) {
    const data::EstimatedPart& part = p.parts[i];
    line(look.body, ink(render::house::text), part.former + " → " + part.name);
    line(look.small, ink(shade::chip_text),
         "≈ " + percent(l, part.share) + " · " + basis_words(l, part.basis));
    space(look, 4);
  }
}

}  // namespace

bool taken_by_enter() { return ImGui::IsItemDeactivated() && key_pressed(ImGuiKey_Enter); }

void draw_boundary_side(const AppState& s, const Look& look, Commands& commands) {
  const State& p = boundary_state(s);
  const Language l = s.view.language;
  switch (p.step) {
    case Section::mapping:
      if (p.decree) chosen(p, l, look, commands);
      return;
    case Section::then:
      return parts(p, l, look);
    case Section::files:
    case Section::totals:
    case Section::commit:
      section(look, say(l, "boundary.how"));
      paragraph(look.body, ink(render::house::text), say(l, "boundary.how_words"));
      space(look, 10);
      if (!p.decrees.empty()) {
        section(look, say(l, "boundary.decrees"));
        for (const geo::Date day : p.decrees)
          paragraph(look.body, ink(render::house::text), date(l, day));
      }
  }
}

}  // namespace app
