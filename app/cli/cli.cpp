#include "app/cli/cli.hpp"

#include <CLI/CLI.hpp>
#include <cstdio>
#include <filesystem>
#include <new>

#include "app/cli/command.hpp"
#include "app/window/window.hpp"

namespace app {
namespace {

using geo::ErrorKind;
using geo::msg;

/// The language is needed before the command line is read: the help is written in it.
std::optional<std::string> language_asked_for(int argc, char** argv) {
  constexpr std::string_view option = "--lang";
  for (int i = 1; i < argc; ++i) {
    const std::string_view word = argv[i];
    if (word == "--") break;
    if (word == option && i + 1 < argc) return argv[i + 1];
    if (word.starts_with(option) && word.substr(option.size()).starts_with('=')) {
      return std::string(word.substr(option.size() + 1));
    }
  }
  return std::nullopt;
}

/// CLI11 words its errors in English only; here they are worded again.
geo::Error usage_error(const CLI::ParseError& error, const CLI::App& program) {
  const std::string text = error.what();
  const auto remedy = msg("cli.see_help");
  const auto wrong = [&](geo::Message message) {
    return geo::Error(ErrorKind::usage, std::move(message), "", remedy);
  };
  if (dynamic_cast<const CLI::RequiredError*>(&error) != nullptr) {
    const std::string name = text.substr(0, text.rfind(" is required"));
    if (name == "A subcommand") return wrong(msg("cli.command_missing"));
    if (name == "--as") {
      return {ErrorKind::usage, msg("cli.option_missing", name), "",
              msg("cli.no_such_table_remedy")};
    }
    return wrong(msg("cli.option_missing", name));
  }
  if (dynamic_cast<const CLI::ExtrasError*>(&error) != nullptr) {
    std::string extras;
    for (const std::string& word : program.remaining(true))
      extras += (extras.empty() ? "" : " ") + word;
    return wrong(msg("cli.not_expected", extras));
  }
  if (dynamic_cast<const CLI::ArgumentMismatch*>(&error) != nullptr) {
    return wrong(msg("cli.value_missing", text.substr(0, text.find(':'))));
  }
  return wrong(msg("cli.not_understood", text));
}

void describe(CLI::App& program, CommandLine& line, std::string& workspace) {
  const Language language = line.language;
  program.get_formatter()->label("Usage", say(language, "cli.usage"));
  program.get_formatter()->label("OPTIONS", say(language, "cli.usage_options"));
  program.get_formatter()->label("SUBCOMMAND", say(language, "cli.usage_command"));
  program.get_formatter()->label("Positionals", say(language, "cli.arguments"));
  program.get_formatter()->column_width(28);
  program.option_defaults()->group(say(language, "cli.options"));
  program.set_help_flag("-h,--help", say(language, "cli.option_help"));
  program.set_version_flag("--version", PHUSONG_VERSION, say(language, "cli.option_version"));
  add_value(program, "--lang", line.language_word, "vi|en", say(language, "cli.option_lang"));
  add_value(program, "WORKSPACE", workspace, "", say(language, "cli.open_workspace"));
  program.footer(say(language, "cli.exit_status"));
  add_sample(program, line);
  add_import(program, line);
  add_undo(program, line);
  add_decree(program, line);
  add_check(program, line);
  add_gaps(program, line);
  add_rank(program, line);
  add_export(program, line);
  add_clusters(program, line);
  add_plan(program, line);
  add_brief(program, line);
  add_render(program, line);
  add_report(program, line);
  add_progress(program, line);
  add_unit(program, line);
  add_pack(program, line);
  add_merge(program, line);
  add_history(program, line);
  add_info(program, line);
}

int open_window(const std::string& workspace, std::optional<Language> language) {
  if (workspace.empty()) return run_window(std::nullopt, language);
  const std::filesystem::path file(workspace);
  if (!std::filesystem::exists(file)) {
    // A bare word is a command that does not exist rather than a file that is missing.
    if (!file.has_extension() && !file.has_parent_path()) {
      throw geo::Error(ErrorKind::usage, msg("cli.no_such_command", workspace), "",
                       msg("cli.see_help"));
    }
    throw geo::Error(ErrorKind::io, msg("cli.no_such_workspace"), workspace,
                     msg("cli.no_such_workspace_remedy"));
  }
  return run_window(file, language);
}

int parse_and_run(int argc, char** argv, CommandLine& line) {
  const auto asked = language_asked_for(argc, argv);
  std::optional<Language> language;
  if (asked) {
    language = language_by_id(*asked);
    if (!language) {
      throw geo::Error(ErrorKind::usage, msg("cli.no_such_language", *asked), "--lang",
                       msg("cli.no_such_language_remedy"));
    }
    line.language = *language;
  }

  CLI::App program(say(line.language, "cli.about"), "phusong");
  std::string workspace;
  describe(program, line, workspace);
  try {
    program.parse(argc, argv);
  } catch (const CLI::CallForHelp&) {
    write_data(program.help());
    return 0;
  } catch (const CLI::CallForVersion& version) {
    write_data(std::string(version.what()) + "\n");
    return 0;
  } catch (const CLI::ParseError& error) {
    throw usage_error(error, program);
  }
  if (line.action && !workspace.empty()) {
    throw geo::Error(ErrorKind::usage, msg("cli.not_expected", workspace), "", msg("cli.see_help"));
  }
  return line.action ? line.action() : open_window(workspace, language);
}

}  // namespace

int run(int argc, char** argv) {
  CommandLine line;
  line.language = language_of_locale();
  try {
    return parse_and_run(argc, argv, line);
  } catch (const geo::Error& error) {
    write_message("phusong: " + say(line.language, error));
    return static_cast<int>(error.kind);
  } catch (const geo::Cancelled&) {
    write_message("phusong: " + say(line.language, "cli.cancelled"));
    return static_cast<int>(ErrorKind::io);
  } catch (const std::bad_alloc&) {
    write_message("phusong: " + say(line.language, "cli.out_of_memory"));
    return static_cast<int>(ErrorKind::internal);
  } catch (const std::exception& error) {
    write_message("phusong: " + say(line.language, "cli.internal", error.what()));
    return static_cast<int>(ErrorKind::internal);
  }
}

}  // namespace app
