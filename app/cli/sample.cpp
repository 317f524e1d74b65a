#include "data/sample.hpp"
#include "data/prepared_land.hpp"
#include "data/workspace.hpp"

#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>

#include "app/cli/command.hpp"
#include "app/cli/json_text.hpp"

namespace app {
namespace {

struct Options {
  std::string out, communes = "45", weeks = "20", seed = "1", settlements = "0", teams = "0";
  bool clean = false;
};

int run_sample(const Options& options, const CommandLine& line) {
  data::SampleOptions sample;
  sample.communes =
      static_cast<std::uint32_t>(whole_option(options.communes, "--communes", 1, 20'000));
  sample.weeks = static_cast<std::uint32_t>(whole_option(options.weeks, "--weeks", 1, 520));
  sample.seed = static_cast<std::uint64_t>(whole_option(options.seed, "--seed", 0, INT64_MAX));
  sample.clean = options.clean;
  sample.settlements =
      static_cast<std::uint32_t>(whole_option(options.settlements, "--settlements", 0, 800'000));
  sample.teams = static_cast<std::uint32_t>(whole_option(options.teams, "--teams", 0, 800'000));
  const geo::Progress progress = progress_line(line.language);
  data::write_sample(options.out, sample, progress.part(0, 0.8));
  data::Workspace workspace = data::Workspace::open(options.out);
  data::Transaction transaction(workspace.database());
  data::prepare_land(workspace, progress.part(0.8, 1));
  transaction.commit();
  if (line.json) {
    nlohmann::ordered_json out;
    out["file"] = options.out;
    out["communes"] = sample.communes;
    out["weeks"] = sample.weeks;
    out["seed"] = sample.seed;
    out["clean"] = sample.clean;
    out["made_up"] = true;
    write_data(dumped(out));
  } else {
    write_message(
        say(line.language, "cli.sample_written", options.out, sample.communes, sample.weeks));
  }
  return 0;
}

}  // namespace

void add_sample(CLI::App& program, CommandLine& line) {
  const Language language = line.language;
  CLI::App* command = add_command(program, "sample", say(language, "cli.sample"), line);
  auto options = std::make_shared<Options>();
  add_value(*command, "OUT", options->out, "", say(language, "cli.sample_out"))->required();
  add_value(*command, "--communes", options->communes, "N", say(language, "cli.sample_communes"));
  add_value(*command, "--weeks", options->weeks, "W", say(language, "cli.sample_weeks"));
  add_value(*command, "--seed", options->seed, "S", say(language, "cli.sample_seed"));
  add_value(*command, "--settlements", options->settlements, "N",
            say(language, "cli.sample_settlements"));
  add_value(*command, "--teams", options->teams, "N", say(language, "cli.sample_teams"));
  command->add_flag("--clean", options->clean, say(language, "cli.sample_clean"));
  add_json(*command, line);
  command->callback(
      [options, &line] { line.action = [options, &line] { return run_sample(*options, line); }; });
}

}  // namespace app
