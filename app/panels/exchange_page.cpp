#include <algorithm>
#include <chrono>
#include <set>
#include <utility>

#include "app/file_names.hpp"
#include "app/panels/exchange_parts.hpp"
#include "app/panels/list_draw.hpp"
#include "app/panels/panels.hpp"
#include "app/panels/plan_draw.hpp"
#include "data/clock.hpp"

namespace app {

using namespace exchange_page;
using render::house::muted;
using render::house::text;

namespace {

const std::vector<std::string> packages{".phusong"};

/// "12 KB"
std::string size_words(Language l, std::uintmax_t bytes) {
  return say(l, "exchange.size", number(l, static_cast<double>((bytes + 1023) / 1024)));
}

/// A name for a package, from who sends it and when: letters that every mail program takes.
std::string package_name(const Overview& now) {
  std::string out;
  for (const char c : now.author.code)
    out += std::isalnum(static_cast<unsigned char>(c)) != 0 ? c : '-';
  return "phusong-" + out + "-" + geo::iso(data::local_today()) + ".phusong";
}

/// A column of text that is pleasant to read, however wide the window is.
class Narrow {
 public:
  Narrow(const Look& look, const char* id, double width) {
    ImGui::BeginChild(id, {std::min(ImGui::GetContentRegionAvail().x, look.px(width)), 0}, false);
  }
  ~Narrow() { ImGui::EndChild(); }
  Narrow(const Narrow&) = delete;
  Narrow& operator=(const Narrow&) = delete;
};

void author(const AppState& s, const Look& look, const State& page, Commands& commands) {
  const Language l = s.view.language;
  section(look, say(l, "exchange.author_heading"));
  paragraph(look.title_bold, ink(text), page.now->author_name);
  paragraph(
      look.small, ink(muted),
      page.now->author_set ? say(l, "exchange.author_set") : say(l, "exchange.author_guessed"));
  if (page.now->read_only) return;
  ImGuiStorage* kept = ImGui::GetStateStorage();
  const ImGuiID typing_id = ImGui::GetID("unit typing");
  const bool typing = kept->GetBool(typing_id);
  kept->SetBool(typing_id, page.unit_wanted);
  if (!page.unit_wanted) {
    if (link(look, "change", say(l, "exchange.author_change"))) ask(commands, WantUnit{true});
    return;
  }
  space(look, 4);
  std::string words = page.unit_words;
  ImGui::SetNextItemWidth(ImGui::GetContentRegionAvail().x);
  if (!typing) ImGui::SetKeyboardFocusHere();
  if (input("##unit", say(l, "exchange.author_hint"), words)) ask(commands, TypeUnit{words});
  ImGui::BeginChild("units", {0, look.px(210)}, true);
  const float width = ImGui::GetContentRegionAvail().x, height = look.px(26);
  for (const std::size_t i : page.units_found) {
    const Unit& unit = page.now->units[i];
    ImGui::PushID(static_cast<int>(i));
    const Hit h = row(look, "unit", unit.key == page.now->author, {width, height});
    ImGui::PopID();
    const float y = h.min.y + (height - look.body->FontSize) / 2;
    const float used =
        put_within(look.body, {h.min.x + look.px(6), y}, ink(text), unit.name, width * 0.6F);
    put_within(look.small, {h.min.x + look.px(18) + used, y + look.px(1)}, ink(muted), unit.within,
               width - used - look.px(26));
    if (h.pressed) ask(commands, ChooseUnit{i});
  }
  if (page.units_found.empty())
    paragraph(look.body, ink(muted), say(l, "exchange.author_none", page.unit_words));
  ImGui::EndChild();
  if (link(look, "keep", say(l, "exchange.author_keep"))) ask(commands, WantUnit{false});
}

void what(const AppState& s, const Look& look, const State& page, Commands& commands) {
  const Language l = s.view.language;
  const Overview& now = *page.now;
  section(look, say(l, "exchange.what_heading"));
  if (radio(look, "all", say(l, "exchange.from_all", now.operations),
            page.from == SendFrom::everything))
    ask(commands, ChooseFrom{SendFrom::everything});
  const std::string last =
      now.last_sent ? say(l, "exchange.from_last", time_words(l, *now.last_sent), now.since_last)
                    : say(l, "exchange.from_last_never");
  if (radio(look, "last", last, page.from == SendFrom::last_time, now.last_sent.has_value()))
    ask(commands, ChooseFrom{SendFrom::last_time});
  if (radio(look, "day", say(l, "exchange.from_day"), page.from == SendFrom::day))
    ask(commands, ChooseFrom{SendFrom::day});
  ImGui::SameLine(0, look.px(8));
  std::string day = page.day;
  ImGui::SetNextItemWidth(look.px(130));
  if (input("##day", say(l, "exchange.day_hint"), day)) ask(commands, TypeDay{day});
  if (page.from == SendFrom::day) {
    ImGui::SameLine(0, look.px(10));
    const bool bad = !page.day.empty() && !page.since;
    const std::string words = bad                ? say(l, "exchange.not_a_day")
                              : page.since_count ? say(l, "exchange.count", *page.since_count)
                                                 : std::string();
    const ImVec2 at = ImGui::GetCursorScreenPos();
    put(look.body, {at.x, at.y + look.px(5)}, ink(bad ? shade::people : muted), words);
    ImGui::NewLine();
  }
}

void key(const AppState& s, const Look& look, const State& page, Commands& commands) {
  const Language l = s.view.language;
  section(look, say(l, "exchange.key_heading"));
  if (page.key.empty()) {
    paragraph(look.small, ink(muted), say(l, "exchange.key_none"));
    if (link(look, "key", say(l, "exchange.key_choose")))
      commands.emplace_back(command::OfEntry{
          entry::AskPath{"key", geo::msg("exchange.key_title"), {}, {".pem", ".key"}, false}});
    return;
  }
  paragraph(look.body, ink(text), file_name(page.key));
  if (link(look, "no key", say(l, "exchange.key_forget"))) ask(commands, ForgetKey{});
}

std::size_t to_send(const State& page) {
  switch (page.from) {
    case SendFrom::everything:
      return page.now->operations;
    case SendFrom::last_time:
      return page.now->since_last;
    case SendFrom::day:
      break;
  }
  return page.since ? page.since_count.value_or(0) : 0;
}

void send(const AppState& s, const Look& look, const State& page, Commands& commands) {
  const Language l = s.view.language;
  const Narrow narrow(look, "send", 620);
  author(s, look, page, commands);
  space(look, 16);
  what(s, look, page, commands);
  space(look, 16);
  key(s, look, page, commands);
  space(look, 18);
  const std::size_t n = to_send(page);
  if (button(look, "pack", say(l, "exchange.pack"), ButtonKind::primary, n > 0 && !s.job))
    commands.emplace_back(command::OfEntry{entry::AskPath{
        "package", geo::msg("exchange.pack_title"), package_name(*page.now), packages, true}});
  if (n == 0) {
    space(look, 4);
    paragraph(look.small, ink(muted),
              page.now->operations == 0 ? say(l, "exchange.nothing_entered")
                                        : say(l, "exchange.nothing_since"));
  }
  if (!page.sent) return;
  space(look, 10);
  paragraph(look.body_bold, ink(shade::cool),
            say(l, "exchange.packed", page.sent->operations, file_name(page.sent->file),
                size_words(l, page.sent->bytes)));
  paragraph(look.small, ink(muted), page.sent->file.parent_path().string());
  paragraph(
      look.small, ink(muted),
      page.sent->is_signed ? say(l, "exchange.packed_signed") : say(l, "exchange.packed_plain"));
}

void file_rows(const AppState& s, const Look& look, const State& page, Commands& commands) {
  const Language l = s.view.language;
  const ListShape shape = list_shape(look, {{say(l, "exchange.head_file")},
                                            {say(l, "exchange.head_from")},
                                            {say(l, "exchange.head_new"), 64, true},
                                            {say(l, "exchange.head_held"), 64, true},
                                            {say(l, "exchange.head_result"), 320},
                                            {"", 20}});
  list_heads(look, shape);
  const Received* got = page.received.get();
  ImGui::BeginChild("files",
                    {0, std::min(static_cast<float>(page.files.size()) *
                                         (list_height(look) + ImGui::GetStyle().ItemSpacing.y) +
                                     look.px(8),
                                 ImGui::GetContentRegionAvail().y * 0.6F)});
  for (std::size_t i = 0; i < page.files.size(); ++i) {
    std::vector<ListCell> cells{
        {file_name(page.files[i]), text, true}, {}, {}, {}, {}, {"×", muted}};
    if (got == nullptr || i >= got->merged.files.size()) {
      cells[4] = {say(l, "exchange.being_read"), muted};
    } else if (const data::MergedFile& file = got->merged.files[i]; file.refused) {
      cells[4] = {say(l, "exchange.refused", say(l, file.refused->message)), shade::people};
    } else {
      cells[1] = {got->units[i]};
      cells[2] = {number(l, static_cast<double>(file.added)), text, file.added > 0};
      cells[3] = {number(l, static_cast<double>(file.operations - file.added)), muted};
      cells[4] = file.added == 0 ? ListCell{say(l, "exchange.nothing_new"), muted}
                 : got->preview  ? ListCell{say(l, "exchange.can_take"), shade::cool}
                                 : ListCell{say(l, "exchange.taken"), shade::cool};
    }
    const Hit h = list_row(look, static_cast<int>(i), false, shape, cells);
    const bool refused =
        got != nullptr && i < got->merged.files.size() && got->merged.files[i].refused.has_value();
    if (h.hovered && refused)
      tip(look, say(l, got->merged.files[i].refused->message) + "\n" +
                    say(l, got->merged.files[i].refused->remedy));
    if (h.pressed && ImGui::GetIO().MousePos.x > h.min.x + shape.left.back())
      ask(commands, RemoveFile{i});
  }
  ImGui::EndChild();
}

/// Conflicts that packages brought and that nobody decided since; of a preview all.
std::size_t still_open(const State& page, const Received& got) {
  if (got.preview) return got.conflicts.size();
  std::set<std::pair<data::RecordKey, std::string>> now;
  for (const auto& one : page.now->conflicts) now.emplace(one.conflict.record, one.conflict.field);
  return static_cast<std::size_t>(
      std::count_if(got.conflicts.begin(), got.conflicts.end(), [&](const auto& one) {
        return now.contains({one.conflict.record, one.conflict.field});
      }));
}

void receive(const AppState& s, const Look& look, const State& page, Commands& commands) {
  const Language l = s.view.language;
  const auto ask_path = [&](const char* what, geo::Message title) {
    commands.emplace_back(
        command::OfEntry{entry::AskPath{what, std::move(title), {}, packages, false}});
  };
  const bool free = !s.job && !page.now->read_only;
  if (button(look, "file", say(l, "exchange.choose_file"),
             page.files.empty() ? ButtonKind::primary : ButtonKind::plain, free))
    ask_path("file", geo::msg("exchange.file_title"));
  ImGui::SameLine(0, look.px(8));
  if (button(look, "folder", say(l, "exchange.choose_folder"), ButtonKind::plain, free))
    ask_path("folder", geo::msg("exchange.folder_title"));
  space(look, 4);
  paragraph(look.small, ink(muted),
            page.now->read_only ? say(l, "entry.read_only") : say(l, "exchange.drop_hint"));
  if (page.files.empty()) return;
  space(look, 12);
  file_rows(s, look, page, commands);
  const Received* got = page.received.get();
  if (got == nullptr) return;
  space(look, 8);
  const auto told = [&](const std::string& words, bool grave = false) {
    paragraph(look.body, ink(grave ? shade::people : text), words);
  };
  const auto refused = static_cast<std::size_t>(
      std::count_if(got->merged.files.begin(), got->merged.files.end(),
                    [](const data::MergedFile& f) { return f.refused.has_value(); }));
  if (!got->preview) {
    paragraph(look.title_bold, ink(shade::cool), say(l, "exchange.received", got->merged.added));
    space(look, 2);
  }
  if (refused > 0) told(say(l, "exchange.refused_files", refused), true);
  const std::size_t open = still_open(page, *got);
  if (open > 0) told(say(l, "exchange.new_conflicts", open), true);
  if (!got->held.empty()) told(say(l, "exchange.new_held", got->held.size()), true);
  if (got->preview && got->merged.added == 0) told(say(l, "exchange.preview_nothing"));
  space(look, 8);
  if (got->preview) {
    if (button(look, "take", say(l, "exchange.take", got->merged.added), ButtonKind::primary,
               free && got->merged.added > 0))
      ask(commands, Receive{});
    ImGui::SameLine(0, look.px(8));
    if (button(look, "not", say(l, "exchange.take_not"))) ask(commands, ForgetReceived{});
    space(look, 4);
    paragraph(look.small, ink(muted), say(l, "exchange.only_preview"));
    return;
  }
  if (open > 0 && button(look, "inbox", say(l, "exchange.to_inbox"), ButtonKind::primary))
    ask(commands, ChoosePart{Part::inbox});
  if (open > 0) ImGui::SameLine(0, look.px(8));
  if (button(look, "done", say(l, "exchange.done"))) ask(commands, ForgetReceived{});
}

}  // namespace

void draw_exchange_page(const AppState& s, const Look& look, Commands& commands) {
  const Language l = s.view.language;
  line(look.title_bold, ink(text), say(l, "exchange.title"));
  const State* page = s.entry.pages.exchange.get();
  if (page == nullptr || !page->now) {
    line(look.body, ink(muted), say(l, "entry.reading"));
    return;
  }
  const std::size_t open = page->open_conflicts();
  const int to =
      tabs(look, "parts",
           {say(l, "exchange.tab_send"), say(l, "exchange.tab_receive"),
            open > 0 ? say(l, "exchange.tab_inbox_open", open) : say(l, "exchange.tab_inbox")},
           static_cast<int>(page->part));
  if (to >= 0) ask(commands, ChoosePart{static_cast<Part>(to)});
  switch (page->part) {
    case Part::send:
      send(s, look, *page, commands);
      break;
    case Part::receive:
      receive(s, look, *page, commands);
      break;
    case Part::inbox:
      draw_exchange_inbox(s, look, *page, commands);
      break;
  }
}

void draw_exchange_side(const AppState& s, const Look& look, Commands& commands) {
  const Language l = s.view.language;
  const State* page = s.entry.pages.exchange.get();
  if (page == nullptr || !page->now) return;
  if (page->part == Part::inbox) return draw_exchange_decision(s, look, *page, commands);
  if (page->part == Part::receive && page->received)
    return draw_received_side(s, look, *page->received);
  section(look, say(l, "exchange.how_heading"));
  const bool sends = page->part == Part::send;
  paragraph(look.body, ink(text),
            sends ? say(l, "exchange.how_send_1") : say(l, "exchange.how_receive_1"));
  space(look, 8);
  paragraph(look.body, ink(text),
            sends ? say(l, "exchange.how_send_2") : say(l, "exchange.how_receive_2"));
  if (page->open_conflicts() == 0) return;
  space(look, 16);
  section(look, say(l, "exchange.open_heading"));
  paragraph(look.body, ink(shade::people), say(l, "exchange.open", page->open_conflicts()));
  if (link(look, "inbox", say(l, "exchange.to_inbox"))) ask(commands, ChoosePart{Part::inbox});
}

}  // namespace app
