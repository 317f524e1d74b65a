#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "app/language.hpp"
#include "data/boundaries_then.hpp"
#include "data/dataset.hpp"
#include "data/indicator.hpp"
#include "data/score.hpp"
#include "data/workspace.hpp"
#include "geo/issue.hpp"
#include "geo/progress.hpp"

namespace CLI {
class App;
class Option;
}  // namespace CLI

namespace app {

/// What all commands share. `action` is set by the command that was named, and run after the whole
/// command line was understood.
struct CommandLine {
  Language language = Language::vietnamese;
  std::string language_word;  ///< of --lang, already understood
  bool json = false, strict = false, verbose = false;
  std::function<int()> action;
};

// One function per file of app/cli: adds its command to the program.
void add_sample(CLI::App& program, CommandLine& line);
void add_import(CLI::App& program, CommandLine& line);
void add_undo(CLI::App& program, CommandLine& line);
void add_decree(CLI::App& program, CommandLine& line);
void add_rank(CLI::App& program, CommandLine& line);
void add_export(CLI::App& program, CommandLine& line);
void add_clusters(CLI::App& program, CommandLine& line);
void add_render(CLI::App& program, CommandLine& line);
void add_info(CLI::App& program, CommandLine& line);
void add_check(CLI::App& program, CommandLine& line);
void add_gaps(CLI::App& program, CommandLine& line);
void add_plan(CLI::App& program, CommandLine& line);
void add_brief(CLI::App& program, CommandLine& line);
void add_report(CLI::App& program, CommandLine& line);
void add_progress(CLI::App& program, CommandLine& line);
void add_unit(CLI::App& program, CommandLine& line);
void add_pack(CLI::App& program, CommandLine& line);
void add_merge(CLI::App& program, CommandLine& line);
void add_history(CLI::App& program, CommandLine& line);

/// A command with the options that every command has.
CLI::App* add_command(CLI::App& parent, const std::string& name, const std::string& about,
                      CommandLine& line);
/// An option that takes a value; `value` is the word for it in the help ("FILE").
CLI::Option* add_value(CLI::App& command, const std::string& names, std::string& into,
                       const std::string& value, const std::string& about);
CLI::Option* add_workspace(CLI::App& command, std::string& into, const CommandLine& line);
CLI::Option* add_json(CLI::App& command, CommandLine& line);

/// Data, to standard output; Error (io) when it cannot be written (full disk, closed pipe).
void write_data(const std::string& text);
/// A sentence for the person, to standard error.
void write_message(const std::string& text);
/// A line on standard error that is written over, when a person is looking; else silent.
geo::Progress progress_line(Language language);

// What people type; Error (usage) that names the option otherwise.
geo::Date day_option(const std::string& text, const char* option);
std::int64_t whole_option(const std::string& text, const char* option, std::int64_t least,
                          std::int64_t most);

/// Of a picture or screen.
struct PixelSize {
  int width = 0, height = 0;
};
/// "1920x1080"; each side from 200 to `most`.
PixelSize size_option(const std::string& text, const char* option, int most);

data::Indicator indicator_option(const std::string& text);
/// "shortfall=5,rate=2": what is not named does not count. Nothing: the weights of the program.
data::Weights weights_option(const std::string& text);

/// --boundaries: the units that numbers of a day are shown in.
CLI::Option* add_boundaries_option(CLI::App& command, std::string& into, const CommandLine& line);
data::Boundaries boundaries_option(const std::string& text);
std::string_view id(data::Boundaries boundaries);  ///< "today", "then"

/// The day's first change follows a backup; where none can be made that is said, and no more.
data::Workspace open_to_write(const std::string& workspace, const CommandLine& line,
                              bool may_create = false);
/// A snapshot of a workspace that is only read.
std::shared_ptr<const data::Dataset> load_dataset(const std::string& workspace, Language language);
/// The same in the boundaries of today, or of that day (empty: of the last report).
std::shared_ptr<const data::Dataset> load_dataset(const std::string& workspace, Language language,
                                                  data::Boundaries boundaries,
                                                  std::optional<geo::Date> at);
std::shared_ptr<const data::Dataset> load_dataset(data::Workspace& workspace,
                                                  data::Boundaries boundaries,
                                                  std::optional<geo::Date> at,
                                                  const geo::Progress& progress);
/// Error (io) where there is nothing to draw or to tell of.
void require_communes(const data::Dataset& dataset, const std::string& workspace);

/// 1 when there is an issue at error level, or with `strict` any issue; else 0.
int status_of(const geo::Issues& issues, bool strict);

}  // namespace app
