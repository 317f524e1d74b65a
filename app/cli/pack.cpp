// unit, pack, merge: whose copy this is, what is sent, what is received.
#include <CLI/CLI.hpp>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>

#include "app/cli/command.hpp"
#include "app/cli/exchange.hpp"
#include "app/cli/json_text.hpp"
#include "app/cli/operation_json.hpp"
#include "app/cli/text_table.hpp"
#include "data/authority.hpp"
#include "data/merge.hpp"
#include "data/package.hpp"

namespace app {
namespace {

namespace fs = std::filesystem;
using nlohmann::ordered_json;

int run_unit(const std::string& file, const std::string& unit, const CommandLine& line) {
  auto workspace =
      unit.empty() ? data::Workspace::open_for_reading(file) : open_to_write(file, line);
  if (!unit.empty()) data::set_author_unit(workspace, data::find_unit(workspace, unit));
  const data::UnitKey author = data::author_unit(workspace);
  const std::string name = data::unit_name(workspace, author);
  if (line.json)
    write_data(dumped(ordered_json({{"unit", data::unit_text(author)},
                                    {"name", name},
                                    {"set", data::has_author_unit(workspace)}})));
  else
    write_data(name + " (" + data::unit_text(author) + ")\n");
  return 0;
}

struct PackWords {
  std::string out, workspace, since, key;
};

int run_pack(const PackWords& words, const CommandLine& line) {
  data::PackOptions options;
  if (!words.since.empty())
    options.since = utc_option(words.since, "--since", DayMeans::first_second);
  options.key = words.key;
  auto workspace = data::Workspace::open_for_reading(words.workspace);
  const data::Package package = data::write_package(workspace, words.out, options);
  const auto bytes = fs::file_size(words.out);
  if (line.json) {
    ordered_json out;
    out["file"] = words.out;
    out["unit"] = data::unit_text(package.unit);
    out["operations"] = package.operations.size();
    out["bytes"] = bytes;
    out["signed"] = package.signed_by.has_value();
    write_data(dumped(out));
  } else {
    write_message(say(line.language, "cli.packed", package.operations.size(),
                      data::unit_name(workspace, package.unit), words.out, (bytes + 1023) / 1024));
  }
  return 0;
}

struct MergeWords {
  std::vector<std::string> files, registers, withdraws;
  std::string workspace;
  bool preview = false;
};

/// "--register UNIT=FILE"
void register_keys(data::Workspace& workspace, const MergeWords& words, Language language) {
  if (words.preview && !(words.registers.empty() && words.withdraws.empty()))
    throw geo::Error(geo::ErrorKind::usage, geo::msg("cli.preview_with_keys"), "--preview",
                     geo::msg("cli.preview_with_keys_remedy"));
  // All of them are looked up before the first is written.
  std::vector<std::pair<data::UnitKey, data::PublicKey>> registered;
  for (const std::string& pair : words.registers) {
    const std::size_t equals = pair.rfind('=');
    if (equals == 0 || equals == std::string::npos || equals + 1 == pair.size())
      throw geo::Error(geo::ErrorKind::usage, geo::msg("cli.not_a_key_pair", pair), "--register",
                       geo::msg("cli.not_a_key_pair_remedy"));
    const data::UnitKey unit = data::find_unit(workspace, pair.substr(0, equals));
    registered.emplace_back(unit, data::public_key(pair.substr(equals + 1)));
  }
  std::vector<data::UnitKey> withdrawn;
  for (const std::string& name : words.withdraws)
    withdrawn.push_back(data::find_unit(workspace, name));
  for (const auto& [unit, key] : registered) {
    data::register_key(workspace, unit, key);
    write_message(say(language, "cli.key_registered", data::unit_name(workspace, unit),
                      data::hex(key).substr(0, 16)));
  }
  for (const data::UnitKey& unit : withdrawn) {
    data::withdraw_key(workspace, unit);
    write_message(say(language, "cli.key_withdrawn", data::unit_name(workspace, unit)));
  }
}

std::string merged_json(data::Workspace& workspace, const data::Merged& merged, bool preview,
                        Language language) {
  ordered_json out;
  out["preview"] = preview;
  out["added"] = merged.added;
  out["files"] = ordered_json::array();
  for (const data::MergedFile& file : merged.files) {
    ordered_json o;
    o["file"] = file.file.string();
    o["operations"] = file.operations;
    o["added"] = file.added;
    o["unit"] = file.package ? ordered_json(data::unit_text(file.package->unit)) : ordered_json();
    o["signed"] = file.package && file.package->signed_by;
    o["refused"] = file.refused ? ordered_json(file.refused->message.id) : ordered_json();
    if (file.refused) o["why"] = say(language, file.refused->message);
    out["files"].push_back(std::move(o));
  }
  out["conflicts"] = conflicts_json<ordered_json>(merged.conflicts);
  out["held"] = held_json<ordered_json>(workspace, merged.held, language);
  return dumped(out);
}

std::string merged_text(data::Workspace& workspace, const data::Merged& merged, Language language) {
  TextTable table;
  table.columns = {{say(language, "cli.head_file")},
                   {say(language, "cli.head_unit")},
                   {say(language, "cli.head_operations"), true},
                   {say(language, "cli.head_added"), true},
                   {say(language, "cli.head_result")}};
  for (const data::MergedFile& file : merged.files)
    table.rows.push_back({one_line(file.file.filename().string()),
                          file.package ? data::unit_name(workspace, file.package->unit) : "",
                          number(language, static_cast<double>(file.operations)),
                          number(language, static_cast<double>(file.added)),
                          file.refused      ? one_line(say(language, file.refused->message))
                          : file.added == 0 ? say(language, "cli.merge_nothing_new")
                                            : say(language, "cli.merge_taken")});
  std::string out = to_text(table);
  if (!merged.conflicts.empty())
    out += "\n" + say(language, "cli.merge_conflicts", merged.conflicts.size()) + "\n" +
           conflicts_text(workspace, merged.conflicts, language);
  if (!merged.held.empty())
    out += "\n" + say(language, "cli.merge_held", merged.held.size()) + "\n" +
           held_text(workspace, merged.held, language);
  return out;
}

int run_merge(const MergeWords& words, const CommandLine& line) {
  if (words.files.empty() && words.registers.empty() && words.withdraws.empty())
    throw geo::Error(geo::ErrorKind::usage, geo::msg("cli.option_missing", "FILE"), "",
                     geo::msg("cli.see_help"));
  auto workspace =
      words.preview ? data::Workspace::open(words.workspace) : open_to_write(words.workspace, line);
  register_keys(workspace, words, line.language);
  if (words.files.empty()) return 0;
  const std::vector<fs::path> files(words.files.begin(), words.files.end());
  const data::Merged merged =
      data::merge(workspace, files, {.preview = words.preview}, progress_line(line.language));
  write_data(line.json ? merged_json(workspace, merged, words.preview, line.language)
                       : merged_text(workspace, merged, line.language));
  if (words.preview) write_message(say(line.language, "cli.merge_only_looked"));
  for (const data::MergedFile& file : merged.files)
    if (file.refused) write_message(say(line.language, *file.refused));
  if (merged.refused()) return static_cast<int>(geo::ErrorKind::io);
  const bool issues = !merged.conflicts.empty() || !merged.held.empty();
  return line.strict && issues ? 1 : 0;
}

}  // namespace

void add_unit(CLI::App& program, CommandLine& line) {
  CLI::App* command = add_command(program, "unit", say(line.language, "cli.unit"), line);
  auto words = std::make_shared<std::pair<std::string, std::string>>();
  add_value(*command, "UNIT", words->second, "", say(line.language, "cli.unit_which"));
  add_workspace(*command, words->first, line);
  add_json(*command, line);
  command->callback([words, &line] {
    line.action = [words, &line] { return run_unit(words->first, words->second, line); };
  });
}

void add_pack(CLI::App& program, CommandLine& line) {
  const Language language = line.language;
  CLI::App* command = add_command(program, "pack", say(language, "cli.pack"), line);
  auto words = std::make_shared<PackWords>();
  add_value(*command, "OUT", words->out, "", say(language, "cli.pack_out"))->required();
  add_workspace(*command, words->workspace, line);
  add_value(*command, "--since", words->since, "D", say(language, "cli.pack_since"));
  add_value(*command, "--key", words->key, "FILE", say(language, "cli.pack_key"));
  add_json(*command, line);
  command->callback(
      [words, &line] { line.action = [words, &line] { return run_pack(*words, line); }; });
}

void add_merge(CLI::App& program, CommandLine& line) {
  const Language language = line.language;
  CLI::App* command = add_command(program, "merge", say(language, "cli.merge"), line);
  auto words = std::make_shared<MergeWords>();
  command->add_option("FILE", words->files, say(language, "cli.merge_files"))->option_text(" ");
  add_workspace(*command, words->workspace, line);
  command->add_flag("--preview", words->preview, say(language, "cli.merge_preview"));
  command->add_option("--register", words->registers, say(language, "cli.merge_register"))
      ->option_text("UNIT=FILE")
      ->allow_extra_args(false);
  command->add_option("--withdraw", words->withdraws, say(language, "cli.merge_withdraw"))
      ->option_text("UNIT")
      ->allow_extra_args(false);
  add_json(*command, line);
  command->callback(
      [words, &line] { line.action = [words, &line] { return run_merge(*words, line); }; });
}

}  // namespace app
