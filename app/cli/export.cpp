#include "app/export.hpp"

#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>

#include "app/cli/command.hpp"
#include "app/cli/json_text.hpp"
#include "app/file_names.hpp"
#include "data/rank.hpp"

namespace app {
namespace {

using nlohmann::ordered_json;

struct Options {
  std::string workspace, out, indicator = "activation_l2", at, within, weights,
                              boundaries = "today";
};

int run_export(const Options& options, const CommandLine& line) {
  // Everything that can be wrong with the words is said before any work is done.
  require_exportable(options.out);
  const data::Weights weights = weights_option(options.weights);
  View view;
  view.language = line.language;
  view.indicator = indicator_option(options.indicator);
  if (!options.at.empty()) view.at = day_option(options.at, "--at");

  const data::Boundaries boundaries = boundaries_option(options.boundaries);
  // Nobody has drawn the units of every day, and a map of others would lie.
  if (boundaries == data::Boundaries::then && extension_of(options.out) == ".gpkg")
    throw geo::Error(geo::ErrorKind::usage, geo::msg("cli.no_map_of_then"), "--boundaries",
                     geo::msg("cli.no_map_of_then_remedy"));
  const auto dataset = load_dataset(options.workspace, line.language, boundaries, view.at);
  require_communes(*dataset, options.workspace);
  if (!options.within.empty()) view.within = data::communes_within(*dataset, options.within);
  const Figures f = figures(*dataset, view.indicator, view.at, view.within);
  const Export out = make_export(*dataset, f, view, weights, options.workspace);
  export_file(out, options.out, progress_line(line.language));

  if (line.json) {
    ordered_json o;
    o["file"] = options.out;
    o["rows"] = out.table.rows.size();
    o["columns"] = ordered_json::array();
    for (const auto& column : out.table.columns) o["columns"].push_back(column.id);
    o["indicator"] = data::id(f.indicator);
    o["at"] = geo::iso(f.at);
    o["boundaries"] = id(boundaries);
    o["made_up"] = dataset->made_up;
    o["notes"] = out.table.notes;
    write_data(dumped(o));
    return 0;
  }
  write_message(say(line.language, "cli.exported", out.table.rows.size(), options.out));
  if (dataset->made_up) write_message(say(line.language, "view.watermark"));
  return 0;
}

}  // namespace

void add_export(CLI::App& program, CommandLine& line) {
  const Language language = line.language;
  CLI::App* command = add_command(program, "export", say(language, "cli.export"), line);
  auto options = std::make_shared<Options>();
  add_value(*command, "OUT", options->out, "", say(language, "cli.export_out"))->required();
  add_workspace(*command, options->workspace, line);
  add_value(*command, "--indicator", options->indicator, "I", say(language, "cli.indicator"));
  add_value(*command, "--at", options->at, "D", say(language, "cli.at"));
  add_boundaries_option(*command, options->boundaries, line);
  add_value(*command, "--within", options->within, "UNIT", say(language, "cli.within"));
  add_value(*command, "--weights", options->weights, "c=w,…", say(language, "cli.weights"));
  add_json(*command, line);
  command->callback(
      [options, &line] { line.action = [options, &line] { return run_export(*options, line); }; });
}

}  // namespace app
