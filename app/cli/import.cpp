#include "data/import.hpp"
#include "data/import_undo.hpp"

#include <CLI/CLI.hpp>
#include <array>
#include <charconv>
#include <memory>

#include "app/cli/command.hpp"
#include "app/cli/exchange.hpp"
#include "app/cli/import_report.hpp"
#include "app/cli/issue_list.hpp"

namespace app {
namespace {

namespace fs = std::filesystem;
using geo::ErrorKind;
using geo::msg;

struct Options {
  std::string file, workspace, as, sheet, date, valid_from, where, snap;
  geo::BoundaryColumnNames columns;
  std::vector<std::string> map;
  bool preview = false;
};

/// An import into a workspace that is not there yet makes it. When the import then fails, or was
/// only looked at, nothing of it is left behind.
class NewFile {
 public:
  explicit NewFile(fs::path file) : file_(std::move(file)), remove_(!fs::exists(file_)) {}
  ~NewFile() {
    if (!remove_) return;
    for (const char* end : {"", "-journal", "-wal", "-shm"}) {
      std::error_code ignored;
      fs::remove(fs::path(file_) += end, ignored);
    }
  }
  NewFile(const NewFile&) = delete;
  NewFile& operator=(const NewFile&) = delete;
  void keep() { remove_ = false; }

 private:
  fs::path file_;
  bool remove_;
};

data::ImportKind table_kind(const std::string& word) {
  const auto kind = data::import_kind_by_id(word);
  using data::ImportKind;
  if (kind && *kind != ImportKind::boundaries && *kind != ImportKind::crosswalk &&
      *kind != ImportKind::roads && *kind != ImportKind::elevation) {
    return *kind;
  }
  throw geo::Error(ErrorKind::usage, msg("cli.no_such_table", word), "--as",
                   msg("cli.no_such_table_remedy"));
}

double metres_option(const std::string& text) {
  double metres = -1;
  const char* const end = text.data() + text.size();
  if (std::from_chars(text.data(), end, metres).ptr == end && metres >= 0 && metres <= 100) {
    return metres;
  }
  throw geo::Error(ErrorKind::usage, msg("cli.not_metres", text), "--snap",
                   msg("cli.not_metres_remedy"));
}

data::ImportOptions import_options(data::ImportKind kind, const Options& options) {
  data::ImportOptions out;
  out.kind = kind;
  out.sheet = options.sheet;
  out.columns = options.columns;
  out.where = options.where;
  if (!options.date.empty()) out.date = day_option(options.date, "--date");
  if (!options.valid_from.empty()) out.valid_from = day_option(options.valid_from, "--valid-from");
  if (!options.snap.empty()) out.snap = metres_option(options.snap);
  for (const std::string& pair : options.map) {
    const std::size_t equals = pair.find('=');
    if (equals == 0 || equals == std::string::npos || equals + 1 == pair.size()) {
      throw geo::Error(ErrorKind::usage, msg("cli.not_a_pair", pair), "--map",
                       msg("cli.not_a_pair_remedy"));
    }
    out.mapping[pair.substr(0, equals)] = pair.substr(equals + 1);
  }
  return out;
}

/// A look writes nothing, so it asks for no right to write.
data::Workspace open_for(const Options& options, const CommandLine& line) {
  if (options.preview && fs::exists(options.workspace)) {
    return data::Workspace::open(options.workspace, data::OpenMode::read_only);
  }
  if (options.preview) return data::Workspace::open_or_create(options.workspace);
  return open_to_write(options.workspace, line, true);
}

int run_import(data::ImportKind kind, const Options& options, const CommandLine& line) {
  const data::ImportOptions import = import_options(kind, options);
  NewFile new_file{fs::path(options.workspace)};
  data::PendingImport pending;
  std::optional<data::Source> source;
  {
    data::Workspace workspace = open_for(options, line);
    const geo::Progress progress = progress_line(line.language);
    pending = data::prepare_import(workspace, options.file, import, progress.part(0, 0.6));
    if (!options.preview) {
      source = data::write_import(workspace, pending, progress.part(0.6, 1));
      new_file.keep();
    }
  }
  const data::ImportPreview& preview = pending.preview;
  if (line.json) {
    write_data(import_json(preview, source, options.preview, line.language));
  } else {
    write_data(import_text(preview, source, options.preview, line.language));
    if (!preview.issues.empty()) {
      write_message(issues_text(preview.issues, line.language, line.verbose ? 0 : 30));
    }
  }
  return status_of(preview.issues, line.strict);
}

/// What all imports have in common.
std::shared_ptr<Options> add_common(CLI::App& command, CommandLine& line) {
  auto options = std::make_shared<Options>();
  add_value(command, "FILE", options->file, "", say(line.language, "cli.import_file"))->required();
  add_workspace(command, options->workspace, line);
  command.add_flag("--preview", options->preview, say(line.language, "cli.import_preview"));
  command.add_flag("--verbose", line.verbose, say(line.language, "cli.option_verbose"));
  add_json(command, line);
  return options;
}

void add_boundaries(CLI::App& import, CommandLine& line) {
  const Language language = line.language;
  CLI::App* command = add_command(import, "boundaries", say(language, "cli.boundaries"), line);
  auto options = add_common(*command, line);
  add_value(*command, "--layer", options->sheet, "L", say(language, "cli.layer"));
  add_value(*command, "--code", options->columns.code, "F", say(language, "cli.code_column"));
  add_value(*command, "--name", options->columns.name, "F", say(language, "cli.name_column"));
  add_value(*command, "--parent", options->columns.parent, "F", say(language, "cli.parent_column"));
  add_value(*command, "--valid-from", options->valid_from, "D", say(language, "cli.valid_from"));
  add_value(*command, "--where", options->where, "SQL", say(language, "cli.where"));
  add_value(*command, "--snap", options->snap, "M", say(language, "cli.snap"));
  command->callback([options, &line] {
    line.action = [options, &line] {
      return run_import(data::ImportKind::boundaries, *options, line);
    };
  });
}

void add_crosswalk(CLI::App& import, CommandLine& line) {
  const Language language = line.language;
  CLI::App* command = add_command(import, "crosswalk", say(language, "cli.crosswalk"), line);
  auto options = add_common(*command, line);
  add_value(*command, "--sheet", options->sheet, "S", say(language, "cli.sheet"));
  add_value(*command, "--valid-from", options->valid_from, "D", say(language, "cli.change_day"));
  command->add_option("--map", options->map, say(language, "cli.map"))
      ->option_text("f=c")
      ->allow_extra_args(false);
  command->callback([options, &line] {
    line.action = [options, &line] {
      return run_import(data::ImportKind::crosswalk, *options, line);
    };
  });
}

void add_roads(CLI::App& import, CommandLine& line) {
  const Language language = line.language;
  CLI::App* command = add_command(import, "roads", say(language, "cli.roads"), line);
  auto options = add_common(*command, line);
  auto columns = std::make_shared<std::array<std::string, 2>>();
  add_value(*command, "--layer", options->sheet, "L", say(language, "cli.layer"));
  add_value(*command, "--class", (*columns)[0], "F", say(language, "cli.road_class"));
  add_value(*command, "--speed", (*columns)[1], "F", say(language, "cli.road_speed"));
  add_value(*command, "--where", options->where, "SQL", say(language, "cli.where"));
  add_value(*command, "--snap", options->snap, "M", say(language, "cli.road_snap"));
  command->callback([options, columns, &line] {
    line.action = [options, columns, &line] {
      if (!(*columns)[0].empty()) options->map.push_back("class=" + (*columns)[0]);
      if (!(*columns)[1].empty()) options->map.push_back("speed=" + (*columns)[1]);
      return run_import(data::ImportKind::roads, *options, line);
    };
  });
}

void add_elevation(CLI::App& import, CommandLine& line) {
  CLI::App* command = add_command(import, "elevation", say(line.language, "cli.elevation"), line);
  auto options = add_common(*command, line);
  command->callback([options, &line] {
    line.action = [options, &line] {
      return run_import(data::ImportKind::elevation, *options, line);
    };
  });
}

void add_table(CLI::App& import, CommandLine& line) {
  const Language language = line.language;
  CLI::App* command = add_command(import, "table", say(language, "cli.table"), line);
  auto options = add_common(*command, line);
  add_value(*command, "--as", options->as, "KIND", say(language, "cli.table_as"))->required();
  add_value(*command, "--sheet", options->sheet, "S", say(language, "cli.sheet"));
  add_value(*command, "--date", options->date, "D", say(language, "cli.table_date"));
  command->add_option("--map", options->map, say(language, "cli.map"))
      ->option_text("f=c")
      ->allow_extra_args(false);
  command->callback([options, &line] {
    line.action = [options, &line] { return run_import(table_kind(options->as), *options, line); };
  });
}

}  // namespace

void add_import(CLI::App& program, CommandLine& line) {
  CLI::App* command = add_command(program, "import", say(line.language, "cli.import"), line);
  command->require_subcommand(1);
  add_boundaries(*command, line);
  add_crosswalk(*command, line);
  add_table(*command, line);
  add_roads(*command, line);
  add_elevation(*command, line);
}

void add_undo(CLI::App& program, CommandLine& line) {
  CLI::App* command = add_command(program, "undo", say(line.language, "cli.undo"), line);
  auto workspace = std::make_shared<std::string>();
  add_workspace(*command, *workspace, line);
  command->callback([workspace, &line] {
    line.action = [workspace, &line] {
      data::Workspace open = open_to_write(*workspace, line);
      const auto undone = data::take_back_last_import(open);
      if (!undone) {
        write_message(say(line.language, "cli.nothing_to_undo"));
        return 0;
      }
      const data::Source& source = undone->source;
      write_message(say(line.language, "cli.undone", kind_name(source.kind, line.language),
                        source.file, source.rows));
      if (undone->held > 0) write_message(say(line.language, "cli.undone_held", undone->held));
      for (const data::Operation& o : undone->changed_since)
        write_message(say(line.language, "cli.history_changed_since",
                          record_text(open, o.record, line.language),
                          entry_field_text(line.language, o.field)));
      return undone->changed_since.empty() ? 0 : 1;
    };
  });
}

}  // namespace app
