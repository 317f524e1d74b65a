#include <string>

#include "app/panels/draw.hpp"
#include "app/panels/import_parts.hpp"
#include "app/panels/import_words.hpp"
#include "app/panels/issue_list.hpp"
#include "app/panels/panels.hpp"

namespace app {
namespace {

constexpr data::ImportKind kinds[] = {
    data::ImportKind::boundaries, data::ImportKind::crosswalk, data::ImportKind::settlements,
    data::ImportKind::teams,      data::ImportKind::reports,   data::ImportKind::targets,
    data::ImportKind::figures,    data::ImportKind::roads,     data::ImportKind::elevation};

void label(const Look& look, const std::string& words) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  put(look.body, {at.x, at.y + look.px(6)}, ink(render::house::muted), words);
  ImGui::Dummy({size_of(look.body, words).x, look.px(30)});
  ImGui::SameLine(0, look.px(8));
}

/// What the file is taken for: kind, sheet, date.
void choices(const AppState& s, const Look& look, Commands& commands) {
  const Language language = s.view.language;
  data::ImportOptions options = s.import.options;
  label(look, say(language, "app.import_kind"));
  ImGui::SetNextItemWidth(look.px(220));
  if (ImGui::BeginCombo("##kind", kind_text(language, options.kind).c_str(),
                        ImGuiComboFlags_HeightLarge)) {
    for (const data::ImportKind kind : kinds) {
      if (ImGui::Selectable(kind_text(language, kind).c_str(), kind == options.kind)) {
        data::ImportOptions fresh;
        fresh.kind = kind;
        commands.emplace_back(command::ChangeImport{fresh});
      }
    }
    ImGui::EndCombo();
  }
  const data::ImportPreview* preview = s.import.pending ? &s.import.pending->preview : nullptr;
  if (preview && preview->sheets.size() > 1) {
    ImGui::SameLine(0, look.px(20));
    label(look, say(language, "app.import_sheet"));
    ImGui::SetNextItemWidth(look.px(180));
    if (ImGui::BeginCombo("##sheet", preview->sheet.c_str())) {
      for (const std::string& sheet : preview->sheets) {
        if (!ImGui::Selectable(sheet.c_str(), sheet == preview->sheet)) continue;
        options.sheet = sheet;
        options.mapping.clear();
        commands.emplace_back(command::ChangeImport{options});
      }
      ImGui::EndCombo();
    }
  }
  if (options.kind == data::ImportKind::reports) {
    ImGui::SameLine(0, look.px(20));
    label(look, say(language, "app.import_date"));
    ImGui::SetNextItemWidth(look.px(130));
    std::string words = s.import.date_text;
    input("##date", say(language, "app.import_date_hint"), words);
    if (words != s.import.date_text && ImGui::IsItemEdited()) {
      commands.emplace_back(command::TypeImportDate{words});
    }
  }
  if (preview && !preview->crs.empty()) {
    ImGui::SameLine(0, look.px(20));
    label(look, say(language, "app.import_crs", preview->crs));
  }
}

void counts(const AppState& s, const Look& look, const data::ImportPreview& preview) {
  const Language language = s.view.language;
  const ImVec2 at = ImGui::GetCursorScreenPos();
  float x = at.x;
  const auto part = [&](std::int64_t n, data::Change change) {
    const std::string value = number(language, static_cast<double>(n));
    put(look.title_bold, {x, at.y}, ink(n == 0 ? render::house::muted : change_colour(change)),
        value);
    x += size_of(look.title_bold, value).x + look.px(6);
    const std::string word = change_text(language, change);
    put(look.body, {x, at.y + (look.title_bold->FontSize - look.body->FontSize) * 0.7F},
        ink(render::house::muted), word);
    x += size_of(look.body, word).x + look.px(24);
  };
  part(preview.added, data::Change::added);
  part(preview.changed, data::Change::changed);
  part(preview.same, data::Change::same);
  part(preview.refused, data::Change::refused);
  ImGui::Dummy({x - at.x, look.title_bold->FontSize});
}

void filters(const AppState& s, const Look& look, Commands& commands) {
  const Language language = s.view.language;
  const auto filter = [&](const char* id, RowFilter which, const std::string& name) {
    if (button(look, id, name,
               s.import.filter == which ? ButtonKind::primary : ButtonKind::quiet)) {
      commands.emplace_back(command::FilterImport{which});
    }
    ImGui::SameLine(0, look.px(4));
  };
  filter("all", RowFilter::all, say(language, "app.rows_all"));
  filter("differing", RowFilter::differing, say(language, "app.rows_differing"));
  filter("refused", RowFilter::refused, say(language, "app.rows_refused"));
  ImGui::NewLine();
}

void body(const AppState& s, const Look& look, float foot, Commands& commands) {
  const Language language = s.view.language;
  const data::ImportPreview& preview = s.import.pending->preview;
  const float height = ImGui::GetContentRegionAvail().y - foot;
  const float issues = preview.issues.empty() ? 0 : look.px(130);
  ImGui::BeginChild("fields", {look.px(330), height});
  draw_import_fields(s, look, commands);
  ImGui::EndChild();
  ImGui::SameLine(0, look.px(20));
  ImGui::BeginChild("right", {0, height});
  counts(s, look, preview);
  filters(s, look, commands);
  draw_import_rows(s, look, ImGui::GetContentRegionAvail().y - issues);
  if (!preview.issues.empty()) {
    space(look, 4);
    section(look, say(language, "app.import_issues", preview.issues.size()));
    ImGui::BeginChild("issues", {0, 0});
    draw_issue_list(look, language, preview.issues);
    ImGui::EndChild();
  }
  ImGui::EndChild();
}

}  // namespace

void draw_import_dialog(const AppState& s, const Look& look, Commands& commands) {
  const Language language = s.view.language;
  const std::string file = s.import.file.filename().string();
  if (!begin_dialog(look, "import", 1240, 780, say(language, "app.import_title", file))) return;
  // A file that cannot be read is of no kind.
  const bool unreadable = s.import.error && s.import.error->kind == geo::ErrorKind::io;
  if (!unreadable) choices(s, look, commands);
  space(look, 6);
  const float foot = look.px(32 + 16);
  if (s.import.pending) {
    body(s, look, foot, commands);
  } else {
    ImGui::BeginChild("waiting", {0, -foot});
    if (s.import.error) {
      paragraph(look.body_bold, ink(render::house::text), say(language, s.import.error->message));
      space(look, 4);
      paragraph(look.body, ink(render::house::text), say(language, s.import.error->remedy));
      if (!s.import.error->where.empty()) {
        space(look, 10);
        paragraph(look.small, ink(render::house::muted),
                  say(language, "app.technical_detail", s.import.error->where));
      }
    } else {
      line(look.body, ink(render::house::muted),
           s.job ? say(language, s.job->doing) : say(language, "app.import_reading"));
    }
    ImGui::EndChild();
  }
  space(look, 8);
  const data::ImportPreview* preview = s.import.pending ? &s.import.pending->preview : nullptr;
  const bool any = preview && preview->added + preview->changed > 0;
  if (button(look, "import", say(language, "app.button_import"), ButtonKind::primary, any, 120)) {
    commands.emplace_back(command::AcceptImport{});
    ImGui::CloseCurrentPopup();
  }
  ImGui::SameLine(0, look.px(10));
  if (button(look, "cancel", say(language, "app.button_cancel"), ButtonKind::plain, true, 110)) {
    commands.emplace_back(command::CloseDialog{});
    ImGui::CloseCurrentPopup();
  }
  if (preview && !any) {
    ImGui::SameLine(0, look.px(16));
    label(look, say(language, "app.import_nothing_new"));
  }
  end_dialog(look);
}

}  // namespace app
