#include "app/cli/exchange.hpp"

#include "app/cli/command.hpp"
#include "app/cli/text_table.hpp"

namespace app {
namespace {

constexpr std::size_t most_listed = 30;

template <class List, class Row>
std::string listed(const List& all, TextTable table, Language language, const Row& row) {
  for (std::size_t i = 0; i < all.size() && i < most_listed; ++i) table.rows.push_back(row(all[i]));
  std::string out = to_text(table);
  if (all.size() > most_listed)
    out += say(language, "cli.exchange_more", all.size() - most_listed) + "\n";
  return out;
}

}  // namespace

std::string utc_option(const std::string& text, const char* option, DayMeans means) {
  if (auto time = utc_of(text, means)) return *time;
  throw geo::Error(geo::ErrorKind::usage, geo::msg("cli.not_a_time", text), option,
                   geo::msg("cli.not_a_time_remedy"));
}

std::string record_text(data::Workspace& workspace, const data::RecordKey& record,
                        Language language) {
  if (const auto report = data::report_key(record))
    return data::unit_name(workspace, report->unit) + ", " + date(language, report->date);
  if (record.kind == data::RecordKind::activity) return say(language, "cli.exchange_activity");
  const char* const table =
      record.kind == data::RecordKind::team ? "current_team" : "current_settlement";
  auto row =
      workspace.database().prepare("SELECT name FROM " + std::string(table) + " WHERE code = ?");
  row.bind(1, record.key);
  return row.step() ? row.text(0) + " (" + record.key + ")" : record.key;
}

std::string entry_value_text(data::Workspace& workspace, const std::optional<std::string>& value,
                             Language language) {
  if (!value) return say(language, "cli.exchange_not_reported");
  if (const auto unit = data::unit_key(*value)) return data::unit_name(workspace, *unit);
  return one_line(*value);
}

std::string conflicts_text(data::Workspace& workspace, const std::vector<data::Conflict>& conflicts,
                           Language language) {
  TextTable table;
  table.columns = {{say(language, "cli.head_record")},
                   {say(language, "cli.head_field")},
                   {say(language, "cli.head_before"), true},
                   {say(language, "cli.head_values")}};
  return listed(conflicts, table, language, [&](const data::Conflict& conflict) {
    std::string values;
    for (const data::Operation& head : conflict.heads)
      values += (values.empty() ? "" : " · ") + entry_value_text(workspace, head.value, language) +
                " (" + data::unit_name(workspace, head.batch->author) + ", " +
                time_words(language, head.batch->made_at) + ")";
    return std::vector<std::string>{record_text(workspace, conflict.record, language),
                                    entry_field_text(language, conflict.field),
                                    entry_value_text(workspace, conflict.before, language),
                                    std::move(values)};
  });
}

std::string held_text(data::Workspace& workspace, const std::vector<data::HeldOperation>& held,
                      Language language) {
  TextTable table;
  table.columns = {{say(language, "cli.head_field")},
                   {say(language, "cli.head_value"), true},
                   {say(language, "cli.head_why")}};
  return listed(held, table, language, [&](const data::HeldOperation& h) {
    return std::vector<std::string>{
        entry_field_text(language, h.operation.field),
        entry_value_text(workspace, h.operation.value, language),
        one_line(say(language, data::said(h.standing, workspace, h.operation)))};
  });
}

}  // namespace app
