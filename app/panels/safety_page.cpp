#include <algorithm>
#include <string>

#include "app/panels/draw.hpp"
#include "app/panels/imgui_versions.hpp"
#include "app/panels/page_ask.hpp"
#include "app/panels/panels.hpp"
#include "app/panels/plan_draw.hpp"
#include "data/clock.hpp"

namespace app {
namespace {

using namespace safety_page;

std::string bytes_text(Language l, std::uintmax_t bytes) {
  const double megabytes = static_cast<double>(bytes) / 1e6;
  return say(l, "safety.megabytes", number(l, megabytes, megabytes < 10 ? 1 : 0));
}

std::string count(Language l, std::int64_t n) { return number(l, static_cast<double>(n)); }

std::string moment_text(Language l, const std::string& utc) {
  const auto at = data::local_moment(utc);
  return at ? say(l, "safety.moment", at->time, date(l, at->day)) : utc;
}

std::string when(Language l, const KeptBackup& kept) {
  return kept.time.empty() ? date(l, kept.backup.day)
                           : say(l, "safety.day_time", date(l, kept.backup.day), kept.time);
}

const char* why(const KeptBackup& kept) {
  if (kept.backup.before_restore) return "safety.kept_before";
  if (kept.backup.by_hand) return "safety.kept_hand";
  return kept.of_week ? "safety.kept_week" : "safety.kept_day";
}

/// Words on a tinted ground, with what can be done about them below.
template <class Below>
void notice(const Look& look, const char* id, const std::string& title, const std::string& words,
            Below below) {
  ImGui::PushID(id);
  const ImVec2 from = ImGui::GetCursorScreenPos();
  const float width = std::min(ImGui::GetContentRegionAvail().x, look.px(760));
  ImDrawList* list = ImGui::GetWindowDrawList();
  list->ChannelsSplit(2);
  list->ChannelsSetCurrent(1);
  ImGui::SetCursorScreenPos({from.x + look.px(14), from.y + look.px(10)});
  ImGui::BeginGroup();
  ImGui::PushTextWrapPos(ImGui::GetCursorPosX() + width - look.px(28));
  ImGui::PushFont(look.body_bold);
  ImGui::PushStyleColor(ImGuiCol_Text, ink(shade::chip_text));
  ImGui::TextUnformatted(title.c_str());
  ImGui::PopStyleColor();
  ImGui::PopFont();
  ImGui::PushFont(look.body);
  ImGui::PushStyleColor(ImGuiCol_Text, ink(render::house::text));
  ImGui::TextUnformatted(words.c_str());
  ImGui::PopStyleColor();
  ImGui::PopFont();
  ImGui::PopTextWrapPos();
  space(look, 4);
  below();
  ImGui::EndGroup();
  const float bottom = ImGui::GetItemRectMax().y + look.px(10);
  list->ChannelsSetCurrent(0);
  list->AddRectFilled(from, {from.x + width, bottom}, ink(shade::chip), look.px(6));
  list->ChannelsMerge();
  ImGui::SetCursorScreenPos({from.x, bottom});
  ImGui::Dummy({1, look.px(10)});
  ImGui::PopID();
}

void notices(const AppState& s, const Look& look, const State& page, Commands& commands) {
  const Language l = s.view.language;
  const auto nothing = [] {};
  if (page.elsewhere) {
    const data::Holder& h = *page.elsewhere;
    const std::string words =
        h.process == 0 ? say(l, "safety.elsewhere_unknown")
        : h.here
            ? say(l, "safety.elsewhere_here", std::to_string(h.process), moment_text(l, h.since))
            : say(l, "safety.elsewhere_there", h.computer, moment_text(l, h.since));
    notice(look, "elsewhere", say(l, "safety.elsewhere_title"), words, [&] {
      if (button(look, "again", say(l, "safety.try_again"), ButtonKind::plain, !page.claiming))
        ask(commands, TryAgain{});
    });
  }
  if (page.network)
    notice(look, "network", say(l, "safety.network_title"), say(l, "safety.network_words"),
           nothing);
  if (page.failed)
    notice(look, "failed", say(l, "safety.day_failed", say(l, page.failed->message)),
           say(l, page.failed->remedy), nothing);
  if (page.overview && page.overview->read_only && !page.elsewhere)
    notice(look, "read only", say(l, "safety.read_only_title"), say(l, "safety.read_only_words"),
           nothing);
}

void restore_ask(const AppState& s, const Look& look, const RestoreAsk& asked, Commands& commands) {
  const Language l = s.view.language;
  const data::LostByRestore& lost = asked.lost;
  std::string words;
  if (lost.operations == 0 && lost.imports == 0) {
    words = say(l, "safety.lost_nothing");
  } else {
    if (lost.operations > 0) words += say(l, "safety.lost_fields", count(l, lost.operations));
    if (lost.imports > 0)
      words += (words.empty() ? "" : " ") + say(l, "safety.lost_imports", count(l, lost.imports));
    const std::string first = moment_text(l, lost.first), last = moment_text(l, lost.last);
    words += ' ' + (first == last ? say(l, "safety.lost_at", first)
                                  : say(l, "safety.lost_between", first, last));
  }
  if (lost.author) words += ' ' + say(l, "safety.author_before");
  words += '\n' + say(l, "safety.before_is_kept");
  notice(look, "restore", say(l, "safety.restore_title", when(l, asked.of)), words, [&] {
    const bool now = s.entry.writing == 0 && !s.job;
    if (button(look, "yes", say(l, "safety.restore_yes"), ButtonKind::primary, now))
      ask(commands, ConfirmRestore{});
    ImGui::SameLine(0, look.px(8));
    if (button(look, "no", say(l, "safety.restore_no"))) ask(commands, DropRestore{});
  });
}

struct Columns {
  float why = 0, size = 0, fields = 0, reports = 0, newest = 0, act = 0, end = 0;
};

Columns columns(const Look& look, float width) {
  Columns c;
  c.end = std::min(width, look.px(960));
  c.act = c.end - look.px(104);
  const float rest = c.act;
  c.why = rest * 0.27F;
  c.size = rest * 0.59F;
  c.fields = rest * 0.71F;
  c.reports = rest * 0.83F;
  c.newest = rest - look.px(14);
  return c;
}

void list_of(const AppState& s, const Look& look, const State& page, Commands& commands) {
  const Language l = s.view.language;
  const auto& kept = page.overview->kept;
  const Columns c = columns(look, ImGui::GetContentRegionAvail().x);
  ImDrawList* list = ImGui::GetWindowDrawList();
  const ImVec2 head = ImGui::GetCursorScreenPos();
  const ImU32 muted = ink(render::house::muted);
  put(look.small_bold, head, muted, say(l, "safety.head_when"));
  put(look.small_bold, {head.x + c.why, head.y}, muted, say(l, "safety.head_why"));
  put_right(look.small_bold, {head.x + c.size, head.y}, muted, say(l, "safety.head_size"));
  put_right(look.small_bold, {head.x + c.fields, head.y}, muted, say(l, "safety.head_fields"));
  put_right(look.small_bold, {head.x + c.reports, head.y}, muted, say(l, "safety.head_reports"));
  put_right(look.small_bold, {head.x + c.newest, head.y}, muted, say(l, "safety.head_newest"));
  ImGui::Dummy({c.end, look.px(20)});
  const float height = look.px(36);
  const ImU32 text = ink(render::house::text);
  for (std::size_t i = 0; i < kept.size(); ++i) {
    const KeptBackup& one = kept[i];
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const float y = at.y + (height - look.body->FontSize) / 2;
    list->AddLine({at.x, at.y}, {at.x + c.end, at.y}, ink(render::house::hairline), look.px(1));
    put_within(look.body_bold, {at.x, y}, text, when(l, one), c.why - look.px(8));
    put_within(look.body, {at.x + c.why, y}, text, say(l, why(one)), c.size - c.why - look.px(70));
    put_right(look.body, {at.x + c.size, y}, text, bytes_text(l, one.bytes));
    if (one.holds) {
      put_right(look.body, {at.x + c.fields, y}, text, count(l, one.holds->operations));
      put_right(look.body, {at.x + c.reports, y}, text, count(l, one.holds->reports));
      const auto day = geo::parse_date(one.holds->newest);
      put_right(look.body, {at.x + c.newest, y}, text, day ? date(l, *day) : "–");
    } else {
      put_right(look.body, {at.x + c.newest, y}, ink(shade::people), say(l, "safety.unreadable"));
    }
    ImGui::SetCursorScreenPos({at.x + c.act, at.y + look.px(3)});
    ImGui::PushID(static_cast<int>(i));
    const bool can =
        one.holds && !page.elsewhere && !page.overview->read_only && !s.job && !page.comparing;
    if (button(look, "restore", say(l, "safety.restore"), ButtonKind::plain, can, 96))
      ask(commands, AskRestore{i});
    ImGui::PopID();
    ImGui::SetCursorScreenPos(at);
    ImGui::Dummy({c.end, height});
  }
}

}  // namespace

void draw_safety_page(const AppState& s, const Look& look, Commands& commands) {
  const Language l = s.view.language;
  const State none;
  const State& page = s.entry.pages.safety ? *s.entry.pages.safety : none;
  paragraph(look.heading_bold, ink(render::house::text), say(l, "safety.title"));
  if (!page.overview) {
    paragraph(look.body, ink(render::house::muted), say(l, "safety.reading"));
    return;
  }
  const auto& kept = page.overview->kept;
  std::uintmax_t all = 0;
  for (const KeptBackup& one : kept) all += one.bytes;
  paragraph(look.body, ink(render::house::muted),
            kept.empty()
                ? say(l, "safety.none_yet")
                : say(l, "safety.summary", when(l, kept.front()), kept.size(), bytes_text(l, all)));
  space(look, 10);
  notices(s, look, page, commands);
  if (page.ask) restore_ask(s, look, *page.ask, commands);
  if (button(look, "now", say(l, "safety.make_now"), ButtonKind::primary, !s.job))
    ask(commands, MakeNow{});
  space(look, 14);
  if (!kept.empty()) list_of(s, look, page, commands);
}

void draw_safety_side(const AppState& s, const Look& look, Commands&) {
  const Language l = s.view.language;
  const State none;
  const State& page = s.entry.pages.safety ? *s.entry.pages.safety : none;
  const auto told = [&](const char* id) {
    paragraph(look.body, ink(render::house::text), say(l, id));
    space(look, 8);
  };
  section(look, say(l, "safety.how_heading"));
  told("safety.how_saved");
  told("safety.how_daily");
  told("safety.how_restore");
  space(look, 8);
  section(look, say(l, "safety.where_heading"));
  if (page.overview) {
    paragraph(look.body, ink(render::house::text), page.overview->folder.string());
    space(look, 4);
  }
  told("safety.where_words");
  space(look, 8);
  section(look, say(l, "safety.others_heading"));
  told(page.elsewhere ? "safety.others_elsewhere"
       : page.lock    ? "safety.others_ours"
                      : "safety.others_unknown");
  told(page.network ? "safety.disk_network" : "safety.disk_own");
}

}  // namespace app
