#include <filesystem>
#include <functional>
#include <string>

#include "app/browse.hpp"
#include "app/panels/draw.hpp"
#include "app/panels/panels.hpp"

namespace app {
namespace {
std::string title(Language language, const AppState& s) {
  switch (s.path.purpose) {
    case PathPurpose::page_reads:
    case PathPurpose::page_writes:
      return s.entry.path_asked ? say(language, s.entry.path_asked->title) : std::string();
    case PathPurpose::open_workspace:
      return say(language, "app.path_open");
    case PathPurpose::new_workspace:
      return say(language, "app.path_new");
    case PathPurpose::import_file:
      return say(language, "app.path_import");
    case PathPurpose::export_table:
      return say(language, "app.path_export");
    case PathPurpose::export_plan:
      return say(language, "plan.path_export");
    case PathPurpose::export_briefing:
      return say(language, "app.path_briefing");
    case PathPurpose::export_report:
      return say(language, "app.path_report");
    case PathPurpose::export_atlas:
      return say(language, "app.path_atlas");
    case PathPurpose::save_picture:
      return say(language, "app.path_picture");
  }
  return {};
}

/// What the table is written as: the ending of the file's name says it.
void file_types(const Look& look, Language language, const std::string& name, PathPurpose purpose,
                Commands& commands) {
  const std::filesystem::path file(name);
  const bool plan = purpose == PathPurpose::export_plan;
  const double width = plan ? 160 : 216;
  const auto type = [&](const char* ending, const std::string& words) {
    if (pill(look, *ending == 0 ? "none" : ending, words, file.extension() == ending,
             {look.px(width), look.px(26)})) {
      std::filesystem::path other = file;
      commands.emplace_back(command::TypePath{other.replace_extension(ending).string()});
    }
  };
  if (purpose == PathPurpose::export_briefing) {
    type(".pdf", say(language, "app.type_briefing_pdf"));
    ImGui::SameLine(0, look.px(8));
    type("", say(language, "app.type_briefing_pictures"));
    ImGui::SameLine(0, look.px(8));
    type(".xlsx", say(language, "app.type_briefing_xlsx"));
    space(look, 4);
    return;
  }
  if (plan) {
    type(".xlsx", say(language, "plan.type_xlsx"));
    ImGui::SameLine(0, look.px(8));
    type(".pdf", say(language, "plan.type_pdf"));
    ImGui::SameLine(0, look.px(8));
    type(".ics", say(language, "plan.type_ics"));
    ImGui::SameLine(0, look.px(8));
    type(".csv", say(language, "app.type_csv"));
    space(look, 4);
    return;
  }
  type(".xlsx", say(language, "app.type_xlsx"));
  ImGui::SameLine(0, look.px(8));
  type(".csv", say(language, "app.type_csv"));
  ImGui::SameLine(0, look.px(8));
  type(".gpkg", say(language, "app.type_gpkg"));
  space(look, 4);
}
}  // namespace

void draw_path_dialog(const AppState& s, const Look& look, Commands& commands) {
  const Language language = s.view.language;
  if (!begin_dialog(look, "path", 720, 560, title(language, s))) return;
  line(look.small, ink(render::house::muted), s.path.folder.string());
  space(look, 4);
  const bool exports = s.path.purpose == PathPurpose::export_plan ||
                       s.path.purpose == PathPurpose::export_briefing ||
                       s.path.purpose == PathPurpose::export_table;
  const bool writes =
      exports || s.path.purpose == PathPurpose::new_workspace ||
      s.path.purpose == PathPurpose::save_picture || s.path.purpose == PathPurpose::page_writes ||
      s.path.purpose == PathPurpose::export_report || s.path.purpose == PathPurpose::export_atlas;
  // A file that is there is written over when that was asked for twice.
  ImGuiStorage* kept = ImGui::GetStateStorage();
  const ImGuiID asked_id = ImGui::GetID("asked about");
  if (ImGui::IsWindowAppearing()) kept->SetInt(asked_id, 0);
  const auto about = [&](const std::string& name) {
    return static_cast<int>(std::hash<std::string>{}((s.path.folder / name).string()) | 1U);
  };
  const auto there = [&](const std::string& name) {
    std::error_code unknown;
    return writes && std::filesystem::is_regular_file(resolve(s.path.folder, name), unknown);
  };
  const auto accept = [&](const std::string& name) {
    if (there(name) && kept->GetInt(asked_id) != about(name)) {
      kept->SetInt(asked_id, about(name));
    } else {
      commands.emplace_back(command::AcceptPath{name});
    }
  };
  const bool asked = kept->GetInt(asked_id) == about(s.path.text);
  const float foot = look.px(32 + 12 + 44 + (exports ? 32 : 0) + (asked ? 26 : 0));
  ImGui::BeginChild("entries", {0, -foot}, true);
  const auto entry = [&](const std::string& name, bool folder, int id) {
    const float width = ImGui::GetContentRegionAvail().x, height = look.px(26);
    ImGui::PushID(id);
    const Hit h = row(look, "entry", !folder && name == s.path.text, {width, height});
    ImGui::PopID();
    const float top = h.min.y + (height - look.body->FontSize) / 2;
    ImDrawList* list = ImGui::GetWindowDrawList();
    if (folder) {
      list->AddRectFilled({h.min.x + look.px(8), h.min.y + look.px(9)},
                          {h.min.x + look.px(22), h.min.y + look.px(19)}, ink(shade::dot),
                          look.px(2));
      list->AddRectFilled({h.min.x + look.px(8), h.min.y + look.px(7)},
                          {h.min.x + look.px(14), h.min.y + look.px(11)}, ink(shade::dot),
                          look.px(1));
    }
    put_within(look.body, {h.min.x + look.px(32), top}, ink(render::house::text), name,
               width - look.px(40));
    if (!h.pressed) return;
    // One click names a file, a second takes it; a folder is entered at once.
    if (folder) {
      commands.emplace_back(command::AcceptPath{name});
    } else if (ImGui::IsMouseDoubleClicked(0) || name == s.path.text) {
      accept(name);
    } else {
      commands.emplace_back(command::TypePath{name});
    }
  };
  int id = 0;
  if (s.path.folder.has_relative_path()) entry("..", true, id++);
  for (const PathChoice::Entry& e : s.path.entries) entry(e.name, e.folder, id++);
  ImGui::EndChild();
  space(look, 4);
  if (ImGui::IsWindowAppearing()) ImGui::SetKeyboardFocusHere();
  std::string words = s.path.text;
  ImGui::SetNextItemWidth(ImGui::GetContentRegionAvail().x);
  type_with_telex(false);  // names of files are typed as they are
  const bool entered =
      input("##path", say(language, "app.path_hint"), words,
            ImGuiInputTextFlags_EnterReturnsTrue | ImGuiInputTextFlags_AutoSelectAll);
  type_with_telex(s.panels.telex);
  if (words != s.path.text) commands.emplace_back(command::TypePath{words});
  space(look, 6);
  if (exports) file_types(look, language, words, s.path.purpose, commands);
  if (asked) line(look.small, ink(shade::alert), say(language, "app.path_exists", s.path.text));
  const std::string action = asked    ? say(language, "app.button_overwrite")
                             : writes ? say(language, "app.button_save")
                                      : say(language, "app.button_open");
  const bool accepted = button(look, "accept", action, ButtonKind::primary, !words.empty(), 110);
  ImGui::SameLine(0, look.px(10));
  if (button(look, "cancel", say(language, "app.button_cancel"), ButtonKind::plain, true, 110)) {
    commands.emplace_back(command::CloseDialog{});
  }
  if ((accepted || entered) && !words.empty()) accept(words);
  end_dialog(look);
}

}  // namespace app
