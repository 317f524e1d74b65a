#include "app/report.hpp"

#include <CLI/CLI.hpp>
#include <memory>

#include "app/cli/command.hpp"
#include "app/cli/interrupt.hpp"

namespace app {
namespace {

using geo::ErrorKind;
using geo::msg;

struct Options {
  std::string workspace, out, within, at, indicator = "activation_l2", paper = "A4",
                                          orientation = "portrait";
  bool atlas = false;
};

render::PaperSize size_of(const Options& options) {
  render::PaperSize size;
  if (options.paper == "A3" || options.paper == "a3") {
    size = {841.89, 1190.55};
  } else if (options.paper != "A4" && options.paper != "a4") {
    throw geo::Error(ErrorKind::usage, msg("cli.not_one_of", options.paper), "--paper",
                     msg("cli.choose_one_of", "A4, A3"));
  }
  if (options.orientation == "landscape") {
    std::swap(size.width, size.height);
  } else if (options.orientation != "portrait") {
    throw geo::Error(ErrorKind::usage, msg("cli.not_one_of", options.orientation), "--orientation",
                     msg("cli.choose_one_of", "portrait, landscape"));
  }
  return size;
}

int run_report(const Options& options, const CommandLine& line) {
  // Everything that can be wrong with the words is said before any work is done.
  require_pdf(options.out);
  ReportAsk ask;
  ask.size = size_of(options);
  ask.view.language = line.language;
  ask.view.indicator = indicator_option(options.indicator);
  if (!options.at.empty()) ask.view.at = day_option(options.at, "--at");
  ask.within = options.within;
  ask.atlas = options.atlas;
  const CancelByHand cancel;
  export_report(options.workspace, ask, options.out, cancel.watch(progress_line(line.language)));
  write_message(say(line.language, "cli.report_printed", options.out));
  return 0;
}

}  // namespace

void add_report(CLI::App& program, CommandLine& line) {
  const Language language = line.language;
  CLI::App* command = add_command(program, "report", say(language, "cli.report"), line);
  auto options = std::make_shared<Options>();
  add_value(*command, "OUT", options->out, "", say(language, "cli.report_out"))->required();
  add_workspace(*command, options->workspace, line);
  add_value(*command, "--within", options->within, "UNIT", say(language, "cli.within"));
  command->add_flag("--atlas", options->atlas, say(language, "cli.report_atlas"));
  add_value(*command, "--at", options->at, "D", say(language, "cli.at"));
  add_value(*command, "--indicator", options->indicator, "I", say(language, "cli.indicator"));
  add_value(*command, "--paper", options->paper, "A4|A3", say(language, "cli.report_paper"));
  add_value(*command, "--orientation", options->orientation, "portrait|landscape",
            say(language, "cli.report_orientation"));
  command->callback(
      [options, &line] { line.action = [options, &line] { return run_report(*options, line); }; });
}

}  // namespace app
