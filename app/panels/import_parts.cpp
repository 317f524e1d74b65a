#include "app/panels/import_parts.hpp"

#include <algorithm>
#include <cstdlib>
#include <string>

#include "app/panels/draw.hpp"
#include "app/panels/import_words.hpp"
#include "data/table_file.hpp"

namespace app {
namespace {

/// Tables know a column by its letter; layers only by its name.
void give(data::ImportOptions& options, const data::ImportPreview& preview,
          const std::string& field, std::optional<std::size_t> column) {
  if (options.kind == data::ImportKind::roads) {
    options.mapping[field] = column ? preview.columns[*column] : "-";
    return;
  }
  if (options.kind != data::ImportKind::boundaries) {
    options.mapping[field] = column ? data::column_letter(*column) : "-";
    return;
  }
  const std::string name = column ? preview.columns[*column] : "";
  if (field == "code") options.columns.code = name;
  if (field == "name") options.columns.name = name;
  if (field != "code" && field != "name") options.columns.parent = name;
}

bool can_be_given(data::ImportKind kind, const std::string& field) {
  return kind != data::ImportKind::boundaries || field == "code" || field == "name" ||
         field == "parent" || field == "province" || field == "province_code";
}

/// A count or share in C format, not a code made of digits.
bool is_number(const std::string& field, const std::string& value) {
  return !value.empty() && value.find_first_not_of("0123456789.-") == std::string::npos &&
         value.find('-', 1) == std::string::npos && field.find("code") == std::string::npos &&
         field != "id";
}

std::string as_written(Language language, const std::string& value) {
  const std::size_t point = value.find('.');
  const std::size_t decimals = point == std::string::npos ? 0 : value.size() - point - 1;
  return number(language, std::strtod(value.c_str(), nullptr),
                static_cast<int>(std::min<std::size_t>(decimals, 4)));
}

void number_cell(const Look& look, const std::string& words, render::Colour colour) {
  ImGui::TableNextColumn();
  const float room = ImGui::GetContentRegionAvail().x - size_of(look.body, words).x;
  if (room > 0) ImGui::SetCursorPosX(ImGui::GetCursorPosX() + room);
  ImGui::PushStyleColor(ImGuiCol_Text, ink(colour));
  ImGui::TextUnformatted(words.c_str());
  ImGui::PopStyleColor();
}

}  // namespace

void draw_import_fields(const AppState& s, const Look& look, Commands& commands) {
  const Language language = s.view.language;
  const data::ImportPreview& preview = s.import.pending->preview;
  section(look, say(language, "app.heading_fields"));
  const float width = ImGui::GetContentRegionAvail().x - look.px(8), named = look.px(140);
  int id = 0;
  for (const data::FieldReading& field : preview.fields) {
    ImGui::PushID(id++);
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const bool lacking = field.required && !field.column;
    put_within(look.body, {at.x, at.y + look.px(5)},
               ink(lacking ? render::rgb(0xb42318) : render::house::text),
               field_text(language, field.field) + (field.required ? " *" : ""),
               named - look.px(8));
    ImGui::SetCursorScreenPos({at.x + named, at.y});
    ImGui::SetNextItemWidth(width - named);
    const std::string none = say(language, "app.no_column");
    const std::string shown = field.column ? field.heading : none;
    const bool open = can_be_given(s.import.options.kind, field.field);
    if (!open) ImGui::BeginDisabled();
    if (ImGui::BeginCombo("##column", shown.c_str(), ImGuiComboFlags_HeightLarge)) {
      const auto choose = [&](std::optional<std::size_t> column) {
        data::ImportOptions options = s.import.options;
        give(options, preview, field.field, column);
        commands.emplace_back(command::ChangeImport{options});
      };
      if (ImGui::Selectable(none.c_str(), !field.column)) choose({});
      for (std::size_t c = 0; c < preview.columns.size(); ++c) {
        const std::string name = data::column_letter(c) + "  " + preview.columns[c];
        if (ImGui::Selectable(name.c_str(), field.column == c)) choose(c);
      }
      ImGui::EndCombo();
    }
    if (!open) ImGui::EndDisabled();
    ImGui::PopID();
  }
}

void draw_import_rows(const AppState& s, const Look& look, float height) {
  const Language language = s.view.language;
  const data::ImportPreview& preview = s.import.pending->preview;
  std::vector<std::size_t> fields;  // only those the file has
  for (std::size_t f = 0; f < preview.fields.size() && fields.size() < 40; ++f) {
    const std::string& id = preview.fields[f].field;  // code and name stand in columns of their own
    if (preview.fields[f].column && id != "code" && id != "name") fields.push_back(f);
  }
  const int fixed = 5;
  const ImGuiTableFlags flags = ImGuiTableFlags_ScrollX | ImGuiTableFlags_ScrollY |
                                ImGuiTableFlags_BordersInnerH | ImGuiTableFlags_RowBg |
                                ImGuiTableFlags_SizingFixedFit | ImGuiTableFlags_Resizable |
                                ImGuiTableFlags_NoSavedSettings;
  if (!ImGui::BeginTable("rows", fixed + static_cast<int>(fields.size()), flags,
                         {0, std::max(height, look.px(120))})) {
    return;
  }
  ImGui::TableSetupScrollFreeze(3, 1);
  ImGui::TableSetupColumn(say(language, "app.column_row").c_str());
  ImGui::TableSetupColumn(say(language, "app.column_change").c_str());
  ImGui::TableSetupColumn(say(language, "app.column_in_file").c_str(), 0, look.px(170));
  ImGui::TableSetupColumn(say(language, "app.column_role").c_str());
  ImGui::TableSetupColumn(say(language, "app.column_matched").c_str(), 0, look.px(200));
  for (const std::size_t f : fields) {
    ImGui::TableSetupColumn(field_text(language, preview.fields[f].field).c_str());
  }
  ImGui::TableHeadersRow();
  const auto cell = [](const std::string& words, render::Colour colour) {
    ImGui::TableNextColumn();
    ImGui::PushStyleColor(ImGuiCol_Text, ink(colour));
    ImGui::TextUnformatted(words.c_str());
    ImGui::PopStyleColor();
  };
  ImGuiListClipper clipper;
  clipper.Begin(static_cast<int>(s.import.shown.size()));
  while (clipper.Step()) {
    for (int i = clipper.DisplayStart; i < clipper.DisplayEnd; ++i) {
      const data::RowReading& row = preview.rows[s.import.shown[static_cast<std::size_t>(i)]];
      const bool is_data = row.role == data::RowRole::data;
      const render::Colour text = is_data ? render::house::text : render::house::muted;
      ImGui::TableNextRow();
      cell(std::to_string(row.row), render::house::muted);
      cell(change_text(language, row.change), change_colour(row.change));
      cell(row.label, text);
      cell(role_text(language, row.role), render::house::muted);
      cell(!is_data                ? ""
           : row.unit_code.empty() ? match_text(language, row.match)
                                   : row.unit_name + " (" + row.unit_code + ", " +
                                         match_text(language, row.match) + ")",
           is_data && row.unit_code.empty() && row.change == data::Change::refused
               ? render::rgb(0xb42318)
               : text);
      for (const std::size_t f : fields) {
        const std::string value = f < row.values.size() ? row.values[f] : "";
        if (is_number(preview.fields[f].field, value)) {
          number_cell(look, as_written(language, value), text);
        } else {
          cell(value, text);
        }
      }
    }
  }
  ImGui::EndTable();
}

}  // namespace app
