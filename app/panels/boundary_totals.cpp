// The last two steps of a decree: the totals before and after, and the commit.
#include <algorithm>
#include <string>

#include "app/panels/boundary_draw.hpp"
#include "app/panels/draw.hpp"

namespace app {

using namespace boundary_page;

void mark(const Look& look, ImVec2 at, render::Colour colour, bool good) {
  ImDrawList* draw = ImGui::GetWindowDrawList();
  const auto p = [&](double x, double y) { return ImVec2{at.x + look.px(x), at.y + look.px(y)}; };
  const float weight = look.px(1.8);
  if (good) {
    const ImVec2 way[] = {p(1, 9), p(4.5, 12.5), p(11.5, 4)};
    draw->AddPolyline(way, 3, ink(colour), 0, weight);
  } else {
    draw->AddLine(p(2, 4), p(10, 12), ink(colour), weight);
    draw->AddLine(p(10, 4), p(2, 12), ink(colour), weight);
  }
}

float put_head(const Look& look, ImVec2 at, const std::string& words, float width) {
  const ImU32 quiet = ink(render::house::muted);
  const auto wide = [&](const std::string& text) { return size_of(look.small, text).x; };
  const float line = look.small->FontSize;
  std::size_t cut = std::string::npos;
  if (wide(words) > width)
    for (std::size_t i = words.find(' '); i != std::string::npos; i = words.find(' ', i + 1))
      if (cut == std::string::npos ||
          std::max(wide(words.substr(0, i)), wide(words.substr(i + 1))) <
              std::max(wide(words.substr(0, cut)), wide(words.substr(cut + 1))))
        cut = i;
  put_right(look.small, at, quiet, words.substr(0, cut));
  if (cut == std::string::npos) return line;
  put_right(look.small, {at.x, at.y + line}, quiet, words.substr(cut + 1));
  return 2 * line;
}

namespace {

constexpr const char* count_names[] = {"boundary.eligible", "boundary.installed",
                                       "boundary.l1",       "boundary.l2",
                                       "boundary.sessions", "boundary.reached"};

/// How many of a list are named; the others are counted.
constexpr std::size_t most = 8;

/// Settlements and teams of split units: where they go, and which of them nobody can tell.
void places(const data::DecreeTotals& t, Language l, const Look& look) {
  if (t.placed_settlements + t.placed_teams > 0)
    paragraph(look.body, ink(render::house::text),
              say(l, "boundary.placed", t.placed_settlements, t.placed_teams));
  if (t.homeless.empty()) return;
  paragraph(look.body, ink(shade::chip_text),
            say(l, "boundary.homeless", t.homeless_settlements, t.homeless_teams));
  std::string names;
  for (std::size_t i = 0; i < std::min(most, t.homeless.size()); ++i)
    names += (i > 0 ? " · " : "") + t.homeless[i].name + " (" + t.homeless[i].code + ")";
  if (t.homeless.size() > most)
    names += " · " + say(l, "boundary.homeless_more", t.homeless.size() - most);
  paragraph(look.small, ink(render::house::muted), names);
}

/// What holding the totals together came to, in a sentence.
std::string totals_words(Language l, const data::DecreeTotals& t) {
  if (!t.equal()) return say(l, "boundary.differ", t.losses.size());
  return t.days.empty() ? say(l, "boundary.equal_none") : say(l, "boundary.equal", t.days.size());
}

}  // namespace

void draw_boundary_totals(const AppState& s, const Look& look, Commands& commands) {
  const State& p = boundary_state(s);
  const Language l = s.view.language;
  if (!p.totals) {
    paragraph(look.body, ink(render::house::muted), say(l, "boundary.totals_asked"));
    const auto held = held_back(s, false);
    if (held) paragraph(look.body, ink(shade::people), say(l, *held));
    space(look, 10);
    if (button(look, "try", say(l, "boundary.try"), ButtonKind::primary,
               p.working == 0 && !s.job && !held))
      ask(commands, Try{});
    return;
  }
  const data::DecreeTotals& t = *p.totals;
  const bool equal = t.equal();
  paragraph(look.title_bold, ink(equal ? shade::cool : shade::people), totals_words(l, t));
  if (!t.days.empty())
    paragraph(look.small, ink(render::house::muted),
              say(l, equal ? "boundary.totals_hint" : "boundary.totals_differ_hint"));
  if (p.decree && p.decree->open() > 0)
    paragraph(look.small, ink(shade::chip_text), say(l, "boundary.totals_open", p.decree->open()));
  if (t.unshown > 0)
    paragraph(look.small, ink(render::house::muted), say(l, "boundary.unshown", t.unshown));
  places(t, l, look);
  for (std::size_t i = 0; i < std::min(most, t.losses.size()); ++i) {
    const data::DecreeLoss& loss = t.losses[i];
    paragraph(look.body, ink(shade::people),
              say(l, loss.after < 1 ? "boundary.lost" : "boundary.doubled",
                  unit_words(loss.code, loss.name), percent(l, loss.before, 0),
                  percent(l, loss.after, 0)));
  }
  if (t.losses.size() > most)
    paragraph(look.body, ink(shade::people),
              say(l, "boundary.homeless_more", t.losses.size() - most));
  space(look, 8);
  if (button(look, "on", say(l, "boundary.to_commit"), ButtonKind::primary, equal))
    ask(commands, ChooseStep{Section::commit});
  if (t.days.empty()) return;
  space(look, 10);
  const float width = ImGui::GetContentRegionAvail().x - look.px(16), date_width = look.px(86);
  const float each = (width - date_width) / 6;
  // What differs is told twice: before, and after below it.
  const float height = look.px(equal ? 24 : 42);
  ImVec2 at = ImGui::GetCursorScreenPos();
  put(look.small, at, ink(render::house::muted), say(l, "boundary.date"));
  float heads = 0;
  for (std::size_t c = 0; c < 6; ++c)
    heads =
        std::max(heads, put_head(look, {at.x + date_width + each * static_cast<float>(c + 1), at.y},
                                 say(l, count_names[c]), each - look.px(10)));
  ImGui::Dummy({width, heads + look.px(4)});
  ImGui::BeginChild("days", {0, 0});
  ImGuiListClipper clipper;
  clipper.Begin(static_cast<int>(t.days.size()), height);
  while (clipper.Step())
    for (int i = clipper.DisplayStart; i < clipper.DisplayEnd; ++i) {
      const auto& day = t.days[t.days.size() - 1 - static_cast<std::size_t>(i)];
      at = ImGui::GetCursorScreenPos();
      put(look.body, at, ink(render::house::text), date(l, day.date));
      for (std::size_t c = 0; c < 6; ++c) {
        const float right = at.x + date_width + each * static_cast<float>(c + 1);
        put_right(look.body, {right, at.y}, ink(render::house::text),
                  day.reported[c] ? number(l, static_cast<double>(day.before[c])) : "–");
        if (day.before[c] != day.after[c])
          put_right(look.body_bold, {right, at.y + look.px(18)}, ink(shade::people),
                    "→ " + number(l, static_cast<double>(day.after[c])));
      }
      ImGui::Dummy({width, height});
    }
  ImGui::EndChild();
}

void draw_boundary_commit(const AppState& s, const Look& look, Commands& commands) {
  const State& p = boundary_state(s);
  const Language l = s.view.language;
  const auto held = held_back(s, true);
  if (p.committed) {
    paragraph(look.title_bold, ink(shade::cool),
              say(l, "boundary.committed", date(l, p.told.from)));
    paragraph(look.body, ink(render::house::text), say(l, "boundary.committed_hint"));
    if (p.totals) places(*p.totals, l, look);
    if (held) paragraph(look.body, ink(shade::people), say(l, *held));
    space(look, 12);
    if (button(look, "undo", say(l, "boundary.undo"), ButtonKind::plain,
               p.working == 0 && !s.job && !held))
      ask(commands, UndoCommit{});
    ImGui::SameLine(0, look.px(8));
    if (button(look, "anew", say(l, "boundary.anew"))) ask(commands, Anew{});
    return;
  }
  if (p.nothing_new) {
    paragraph(look.body, ink(render::house::text), say(l, "boundary.nothing_new"));
    return;
  }
  const std::size_t open = p.decree->open();
  const auto told = [&](bool good, const std::string& words) {
    const render::Colour colour = good ? shade::cool : shade::people;
    mark(look, ImGui::GetCursorScreenPos(), colour, good);
    ImGui::Indent(look.px(20));
    paragraph(look.body, ink(colour), words);
    ImGui::Unindent(look.px(20));
  };
  told(open == 0, open == 0 ? say(l, "boundary.all_decided") : say(l, "boundary.open", open));
  told(p.totals && p.totals->equal(),
       p.totals ? totals_words(l, *p.totals) : say(l, "boundary.totals_unknown"));
  if (held) told(false, say(l, *held));
  space(look, 8);
  paragraph(
      look.body, ink(render::house::text),
      say(l, "boundary.commit_words", date(l, p.told.from), p.decree->count(data::Verdict::whole),
          p.decree->count(data::Verdict::part), p.decree->count(data::Verdict::left)));
  space(look, 12);
  const bool may = open == 0 && p.totals && p.totals->equal() && !held;
  if (button(look, "commit", say(l, "boundary.commit"), ButtonKind::primary,
             may && p.working == 0 && !s.job))
    ask(commands, Commit{});
}

}  // namespace app
