#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>

#include "app/cli/command.hpp"
#include "app/cli/exchange.hpp"
#include "app/cli/json_text.hpp"
#include "app/cli/operation_json.hpp"
#include "app/cli/text_table.hpp"
#include "data/operation_fields.hpp"
#include "data/operation_history.hpp"
#include "data/operation_text.hpp"
#include "data/state_difference.hpp"

namespace app {
namespace {

using geo::ErrorKind;
using geo::msg;
using nlohmann::ordered_json;

struct Options {
  std::string workspace, record, unit, at, compare, undo, decide, value, reason;
  bool conflicts = false, held = false, dump = false, not_reported = false;
};

/// "report:commune/03127/2025-07-01/2025-11-16", "team:T1"; with a field, "…:installed".
data::RecordKey record_option(const std::string& text, const char* option) {
  const std::size_t colon = text.find(':');
  const auto kind = data::record_kind_by_id(text.substr(0, colon));
  data::RecordKey record;
  if (kind && colon != std::string::npos) record = {*kind, text.substr(colon + 1)};
  if (!kind || !data::is_record(record))
    throw geo::Error(ErrorKind::usage, msg("cli.not_a_record", text), option,
                     msg("cli.not_a_record_remedy"));
  return record;
}

std::string history_json(const std::vector<data::HistoryBatch>& batches) {
  ordered_json out = ordered_json::array();
  for (const data::HistoryBatch& batch : batches) {
    ordered_json o;
    o["batch"] = data::uuid_text(batch.batch->uuid);
    o["author"] = data::unit_text(batch.batch->author);
    o["made_at"] = batch.batch->made_at;
    o["received_at"] = batch.received_at;
    o["file"] = batch.batch->file;
    o["sheet"] = batch.batch->sheet;
    o["operations"] = ordered_json::array();
    for (std::size_t i = 0; i < batch.operations.size(); ++i) {
      ordered_json one = operation_json<ordered_json>(batch.operations[i]);
      one["before"] = batch.before[i] ? ordered_json(*batch.before[i]) : ordered_json();
      o["operations"].push_back(std::move(one));
    }
    out.push_back(std::move(o));
  }
  return dumped(out);
}

std::string history_text(data::Workspace& workspace, const std::vector<data::HistoryBatch>& all,
                         Language language) {
  constexpr std::size_t most_of_a_batch = 12;
  std::string out;
  for (const data::HistoryBatch& batch : all) {
    const std::string file = batch.batch->file.empty()
                                 ? ""
                                 : "  " + one_line(batch.batch->file + ' ' + batch.batch->sheet);
    out += data::uuid_text(batch.batch->uuid) + "  " + time_words(language, batch.batch->made_at) +
           "  " + data::unit_name(workspace, batch.batch->author) + file + "\n";
    for (std::size_t i = 0; i < batch.operations.size() && i < most_of_a_batch; ++i) {
      const data::Operation& o = batch.operations[i];
      out += "  " + record_text(workspace, o.record, language) + ": " +
             entry_field_text(language, o.field) + " " +
             (batch.before[i] ? entry_value_text(workspace, batch.before[i], language) + " → "
                              : std::string()) +
             entry_value_text(workspace, o.value, language);
      if (!o.reason.empty()) out += "  (" + one_line(o.reason) + ")";
      out += "\n";
    }
    if (batch.operations.size() > most_of_a_batch)
      out += "  " + say(language, "cli.exchange_more", batch.operations.size() - most_of_a_batch) +
             "\n";
  }
  return out;
}

int undo(const Options& options, const CommandLine& line) {
  const auto batch = data::uuid_of(options.undo);
  if (!batch)
    throw geo::Error(ErrorKind::usage, msg("data.no_such_batch", options.undo), "--undo",
                     msg("data.no_such_batch_remedy"));
  auto workspace = open_to_write(options.workspace, line);
  const data::Undone undone = data::undo_batch(workspace, *batch);
  write_message(say(line.language, "cli.history_undone", undone.entered.operations));
  for (const data::Operation& o : undone.changed_since)
    write_message(say(line.language, "cli.history_changed_since",
                      record_text(workspace, o.record, line.language),
                      entry_field_text(line.language, o.field)));
  return undone.changed_since.empty() ? 0 : 1;
}

/// "--decide RECORD:FIELD --value V"
int decide(const Options& options, const CommandLine& line) {
  const std::size_t colon = options.decide.rfind(':');
  const auto record = record_option(options.decide.substr(0, colon), "--decide");
  const std::string field = options.decide.substr(colon + 1);
  const data::RecordField* const known = data::find_field(record.kind, field);
  if (known == nullptr)
    throw geo::Error(ErrorKind::usage, msg("data.entry_no_such_field", field), "--decide",
                     msg("data.entry_no_such_field_remedy"));
  if (options.value.empty() != options.not_reported)
    throw geo::Error(ErrorKind::usage, msg("cli.one_of_two", "--value", "--not-reported"), "",
                     msg("cli.see_help"));
  auto workspace = open_to_write(options.workspace, line);
  const auto value = options.not_reported ? std::nullopt : std::optional(options.value);
  data::decide(workspace, record, field, value, options.reason);
  write_message(say(
      line.language, "cli.history_decided", record_text(workspace, record, line.language),
      entry_field_text(line.language, field), entry_value_text(workspace, value, line.language)));
  return 0;
}

int list_conflicts(data::Workspace& workspace, const CommandLine& line) {
  const auto conflicts = data::conflicts(workspace);
  if (line.json) {
    write_data(dumped(conflicts_json<ordered_json>(conflicts)));
  } else if (conflicts.empty()) {
    write_message(say(line.language, "cli.history_no_conflicts"));
  } else {
    write_data(conflicts_text(workspace, conflicts, line.language));
  }
  return line.strict && !conflicts.empty() ? 1 : 0;
}

int list_held(data::Workspace& workspace, const CommandLine& line) {
  const auto held = data::held_operations(workspace);
  if (line.json)
    write_data(dumped(held_json<ordered_json>(workspace, held, line.language)));
  else if (held.empty())
    write_message(say(line.language, "cli.history_none_held"));
  else
    write_data(held_text(workspace, held, line.language));
  return line.strict && !held.empty() ? 1 : 0;
}

ordered_json state_json(const data::KnownState& state) {
  const auto gap = [](const data::Gap& g) {
    ordered_json o;
    o["eligible"] = g.eligible ? ordered_json(g.eligible->value) : ordered_json();
    o["activated"] = g.reached ? ordered_json(g.reached->value) : ordered_json();
    o["rate"] = g.rate ? ordered_json(g.rate->value) : ordered_json();
    return o;
  };
  ordered_json out;
  out["time"] = state.time;
  out["operations"] = state.operations;
  out["imports"] = state.imports;
  out["communes"] = state.communes;
  out["reports"] = state.reports;
  out["settlements"] = state.settlements;
  out["teams"] = state.teams;
  out["activities"] = state.activities;
  out["total"] = gap(state.whole);
  out["districts"] = ordered_json::array();
  for (const auto& place : state.districts) {
    ordered_json o = gap(place.gap);
    o["code"] = place.unit.code;
    o["name"] = place.name;
    out["districts"].push_back(std::move(o));
  }
  out["missing"] = ordered_json::array();
  for (const data::ImportTakenBack& one : state.missing)
    out["missing"].push_back({{"file", one.source.file},
                              {"imported_at", one.source.imported_at},
                              {"taken_back_at", one.taken_back_at}});
  return out;
}

std::string difference_text(data::Workspace& workspace, const data::StateDifference& difference,
                            Language language) {
  TextTable table;
  table.columns = {{say(language, "cli.head_record")},
                   {say(language, "cli.head_field")},
                   {say(language, "history.head_then"), true},
                   {say(language, "history.head_later"), true}};
  UnitNames names;
  for (const data::FieldDifference& d : difference.fields) {
    look_up(workspace, d.record, d.field, d.then, names);
    look_up(workspace, d.record, d.field, d.later, names);
    const auto value = [&](const std::optional<std::string>& one) {
      return one_line(value_words(language, d.record.kind, d.field, one, names));
    };
    table.rows.push_back({one_line(record_words(language, d.record, d.name)),
                          entry_field_text(language, d.field), value(d.then), value(d.later)});
  }
  return to_text(table);
}

/// "--at A --compare B"
int compare(const Options& options, const CommandLine& line) {
  if (options.at.empty())
    throw geo::Error(ErrorKind::usage, msg("cli.option_missing", "--at"), "", msg("cli.see_help"));
  const std::string then = utc_option(options.at, "--at", DayMeans::last_second);
  const std::string later = utc_option(options.compare, "--compare", DayMeans::last_second);
  auto workspace = data::Workspace::open_for_reading(options.workspace);
  const data::StateDifference difference =
      data::compare_states(workspace, then, later, SIZE_MAX, progress_line(line.language));
  if (line.json) {
    ordered_json out;
    out["then"] = state_json(difference.then);
    out["later"] = state_json(difference.later);
    out["differences"] = ordered_json::array();
    for (const data::FieldDifference& d : difference.fields)
      out["differences"].push_back({{"kind", data::id(d.record.kind)},
                                    {"record", d.record.key},
                                    {"name", d.name},
                                    {"field", d.field},
                                    {"then", d.then ? ordered_json(*d.then) : ordered_json()},
                                    {"later", d.later ? ordered_json(*d.later) : ordered_json()}});
    write_data(dumped(out));
    return 0;
  }
  write_message(say(line.language, "history.compared", difference.all,
                    time_words(line.language, then), time_words(line.language, later)));
  for (const data::KnownState* state : {&difference.then, &difference.later})
    for (const data::ImportTakenBack& one : state->missing)
      write_message(say(line.language, "history.missing", time_words(line.language, state->time),
                        one.source.file, time_words(line.language, one.taken_back_at)));
  write_data(difference_text(workspace, difference, line.language));
  return 0;
}

int run_history(const Options& options, const CommandLine& line) {
  const int asked = int{!options.undo.empty()} + int{!options.decide.empty()} +
                    int{options.conflicts} + int{options.held} + int{options.dump} +
                    int{!options.compare.empty()};
  if (asked > 1)
    throw geo::Error(
        ErrorKind::usage,
        msg("cli.history_one_of", "--undo, --decide, --conflicts, --held, --dump, --compare"), "",
        msg("cli.see_help"));
  if (!options.undo.empty()) return undo(options, line);
  if (!options.decide.empty()) return decide(options, line);
  if (!options.compare.empty()) return compare(options, line);
  auto workspace = data::Workspace::open_for_reading(options.workspace);
  if (options.dump) {
    write_data(data::dump_operations(workspace));
    return 0;
  }
  if (options.conflicts) return list_conflicts(workspace, line);
  if (options.held) return list_held(workspace, line);
  data::HistoryFilter filter;
  if (!options.record.empty()) filter.record = record_option(options.record, "--record");
  if (!options.unit.empty()) filter.unit = data::find_unit(workspace, options.unit);
  if (!options.at.empty()) filter.until = utc_option(options.at, "--at", DayMeans::last_second);
  const auto batches = data::history(workspace, filter);
  if (line.json)
    write_data(history_json(batches));
  else if (batches.empty())
    write_message(say(line.language, "cli.history_empty"));
  else
    write_data(history_text(workspace, batches, line.language));
  return 0;
}

}  // namespace

void add_history(CLI::App& program, CommandLine& line) {
  const Language language = line.language;
  CLI::App* command = add_command(program, "history", say(language, "cli.history"), line);
  auto options = std::make_shared<Options>();
  add_workspace(*command, options->workspace, line);
  add_value(*command, "--record", options->record, "KIND:KEY", say(language, "cli.history_record"));
  add_value(*command, "--unit", options->unit, "UNIT", say(language, "cli.history_unit"));
  add_value(*command, "--at", options->at, "TIME", say(language, "cli.history_at"));
  add_value(*command, "--compare", options->compare, "TIME", say(language, "cli.history_compare"));
  command->add_flag("--conflicts", options->conflicts, say(language, "cli.history_conflicts"));
  command->add_flag("--held", options->held, say(language, "cli.history_held"));
  add_value(*command, "--decide", options->decide, "KIND:KEY:FIELD",
            say(language, "cli.history_decide"));
  add_value(*command, "--value", options->value, "V", say(language, "cli.history_value"));
  command->add_flag("--not-reported", options->not_reported,
                    say(language, "cli.history_not_reported"));
  add_value(*command, "--reason", options->reason, "WHY", say(language, "cli.history_reason"));
  add_value(*command, "--undo", options->undo, "BATCH", say(language, "cli.history_undo"));
  command->add_flag("--dump", options->dump, say(language, "cli.history_dump"));
  add_json(*command, line);
  command->callback(
      [options, &line] { line.action = [options, &line] { return run_history(*options, line); }; });
}

}  // namespace app
