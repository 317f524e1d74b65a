#include "app/cli/import_report.hpp"

#include <nlohmann/json.hpp>

#include "app/cli/issue_list.hpp"
#include "app/cli/json_text.hpp"
#include "app/cli/text_table.hpp"
#include "app/panels/import_words.hpp"
#include "data/table_file.hpp"

namespace app {
namespace {

using nlohmann::ordered_json;

std::string fields_text(const data::ImportPreview& preview, Language language) {
  TextTable table;
  table.columns = {{say(language, "cli.head_field")},
                   {say(language, "cli.head_column")},
                   {say(language, "cli.head_heading")},
                   {say(language, "cli.head_by")}};
  for (const data::FieldReading& field : preview.fields) {
    std::string by;
    if (field.column) {
      by = field.given ? say(language, "cli.by_you") : say(language, "cli.by_guess");
    } else if (field.required) {
      by = say(language, "cli.field_required");
    }
    table.rows.push_back(
        {field.field, field.column ? data::column_letter(*field.column) : "–", field.heading, by});
  }
  return to_text(table);
}

std::string rows_text(const data::ImportPreview& preview, Language language) {
  TextTable table;
  table.columns = {{say(language, "cli.head_row"), true}, {say(language, "cli.head_role")},
                   {say(language, "cli.head_label")},     {say(language, "cli.head_match")},
                   {say(language, "cli.head_unit")},      {say(language, "cli.head_change")}};
  std::vector<std::size_t> shown;
  for (std::size_t i = 0; i < preview.fields.size(); ++i) {
    if (!preview.fields[i].column) continue;
    shown.push_back(i);
    table.columns.push_back({preview.fields[i].field, true});
  }
  for (const data::RowReading& row : preview.rows) {
    const std::string unit =
        row.unit_code.empty() ? row.unit_name : row.unit_code + " " + row.unit_name;
    std::vector<std::string> cells = {
        std::to_string(row.row),
        role_text(language, row.role),
        row.label,
        row.match == data::Match::none ? "–" : match_text(language, row.match),
        unit,
        change_text(language, row.change)};
    for (const std::size_t i : shown) {
      cells.push_back(i < row.values.size() ? row.values[i] : std::string());
    }
    table.rows.push_back(std::move(cells));
  }
  return to_text(table);
}

}  // namespace

std::string import_text(const data::ImportPreview& preview,
                        const std::optional<data::Source>& written, bool only_look,
                        Language language) {
  std::string out;
  const auto line = [&out](const std::string& text) { out += text + '\n'; };
  line(say(language, "cli.report_file", preview.file));
  if (!preview.sheet.empty()) line(say(language, "cli.report_sheet", preview.sheet));
  if (preview.sheets.size() > 1) {
    std::string others;
    for (const std::string& sheet : preview.sheets) {
      others += (others.empty() ? "" : ", ") + sheet;
    }
    line(say(language, "cli.report_sheets", others));
  }
  if (!preview.crs.empty()) line(say(language, "cli.report_crs", preview.crs));
  if (preview.date) line(say(language, "cli.report_date", date(language, *preview.date)));
  if (!preview.fields.empty()) out += '\n' + fields_text(preview, language) + '\n';
  if (only_look && !preview.rows.empty()) out += rows_text(preview, language) + '\n';
  line(say(language, "cli.report_counts", preview.added, preview.changed, preview.same,
           preview.refused));
  line(only_look ? say(language, "cli.report_only_look")
       : written ? say(language, "cli.report_written", written->id)
                 : say(language, "cli.report_nothing_new"));
  return out;
}

std::string kind_name(const std::string& kind, Language language) {
  const auto known = data::import_kind_by_id(kind);
  return known ? kind_text(language, *known) : kind;
}

std::string import_json(const data::ImportPreview& preview,
                        const std::optional<data::Source>& written, bool only_look,
                        Language language) {
  ordered_json out;
  out["kind"] = data::id(preview.kind);
  out["file"] = preview.file;
  out["sheet"] = preview.sheet;
  out["crs"] = preview.crs;
  out["date"] = nullptr;
  if (preview.date) out["date"] = geo::iso(*preview.date);
  out["fields"] = ordered_json::array();
  for (const data::FieldReading& field : preview.fields) {
    ordered_json o;
    o["field"] = field.field;
    o["column"] = nullptr;
    if (field.column) o["column"] = data::column_letter(*field.column);
    o["heading"] = field.heading;
    o["required"] = field.required;
    o["given"] = field.given;
    out["fields"].push_back(std::move(o));
  }
  if (only_look) {
    out["rows"] = ordered_json::array();
    for (const data::RowReading& row : preview.rows) {
      ordered_json o;
      o["row"] = row.row;
      o["role"] = data::id(row.role);
      o["label"] = row.label;
      o["match"] = nullptr;
      if (row.match != data::Match::none) o["match"] = data::id(row.match);
      o["code"] = row.unit_code;
      o["name"] = row.unit_name;
      o["change"] = data::id(row.change);
      o["values"] = ordered_json::object();
      for (std::size_t i = 0; i < preview.fields.size() && i < row.values.size(); ++i) {
        if (!preview.fields[i].column) continue;
        auto& value = o["values"][preview.fields[i].field];
        if (!row.values[i].empty()) value = row.values[i];
      }
      out["rows"].push_back(std::move(o));
    }
  }
  out["added"] = preview.added;
  out["changed"] = preview.changed;
  out["same"] = preview.same;
  out["refused"] = preview.refused;
  out["preview"] = only_look;
  out["source"] = nullptr;
  if (written) out["source"] = written->id;
  out["issues"] = ordered_json::parse(issues_json(preview.issues, language));
  return dumped(out);
}

}  // namespace app
