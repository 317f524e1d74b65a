// boundaries: a decree changes the units.
#include <CLI/CLI.hpp>
#include <filesystem>
#include <memory>

#include "app/cli/command.hpp"
#include "app/cli/decree_report.hpp"
#include "app/cli/issue_list.hpp"

namespace app {
namespace {

namespace fs = std::filesystem;
using geo::msg;

struct Options {
  std::string workspace, land, crosswalk, from, fix, fix_template;
  bool preview = false;
};

/// A line that nobody filled in decides nothing.
data::DecreeFixes fixes_of(const std::string& file) {
  if (file.empty()) return {};
  auto fixes = data::read_fixes(file);
  std::erase_if(fixes, [](const auto& fix) {
    auto said = fix.second;
    if (fix.first == "f" + said.former.value_or("")) said.former.reset();
    if (fix.first == "n" + said.unit.value_or("")) said.unit.reset();
    return said == data::DecreeFix{};
  });
  return fixes;
}

/// What was decided of items that are not there: a row's number mistyped, or of another file.
geo::Issues unused(const data::DecreeFixes& fixes, const data::Decree& decree,
                   const std::string& file) {
  data::DecreeFixes left = fixes;
  for (const data::DecreeItem& item : decree.items) left.erase(item.key);
  geo::Issues out;
  for (const auto& [key, fix] : left) {
    geo::Issue& issue = out.emplace_back();
    issue.severity = geo::Severity::warning;
    issue.file = fs::path(file).filename().string();
    issue.message = msg("cli.decree_fix_unused", key.starts_with('r') ? key.substr(1) : key);
  }
  return out;
}

void require_free(const Options& options) {
  std::error_code unknown;
  if (options.fix_template.empty() || options.fix_template == options.fix ||
      !fs::exists(options.fix_template, unknown))
    return;
  throw geo::Error(geo::ErrorKind::usage, msg("cli.decree_template_there"), options.fix_template,
                   msg("cli.decree_template_there_remedy"));
}

std::string outcome_text(const DecreeRun& run, const Options& options, Language l) {
  switch (run.outcome) {
    case DecreeOutcome::undecided:
      return say(l, "data.decree_undecided", run.decree.open()) + "\n" +
             (options.fix_template.empty()
                  ? say(l, "cli.decree_way_out")
                  : say(l, "cli.decree_way_out_template", options.fix_template));
    case DecreeOutcome::differ:
      return say(l, "data.decree_totals_differ", run.totals.losses.size()) + "\n" +
             say(l, "data.decree_totals_differ_remedy");
    case DecreeOutcome::only_looked:
      return say(l, "cli.merge_only_looked");
    case DecreeOutcome::nothing_new:
      return say(l, "boundary.nothing_new");
    case DecreeOutcome::committed:
      return say(l, "boundary.committed", date(l, run.told.from)) + " " +
             say(l, "cli.decree_undo", options.workspace);
  }
  return {};
}

int run_decree(const Options& options, const CommandLine& line) {
  const data::DecreeFiles files{options.land, options.crosswalk,
                                day_option(options.from, "--from")};
  require_free(options);
  const geo::Progress progress = progress_line(line.language);
  const data::DecreeFixes fixes = fixes_of(options.fix);
  DecreeRun run;
  std::shared_ptr<const data::DecreeDraft> draft;
  {
    auto workspace = data::Workspace::open_for_reading(options.workspace);
    draft = data::read_decree(workspace, files, progress.part(0, 0.4));
  }
  run.told = data::summary(*draft);
  run.decree = data::judge(*draft, fixes);
  for (geo::Issue& issue : unused(fixes, run.decree, options.fix))
    run.told.issues.push_back(std::move(issue));
  {
    auto workspace = data::Workspace::open(options.workspace);
    run.totals = data::try_decree(workspace, *draft, run.decree, progress.part(0.4, 0.7));
  }
  run.outcome = run.decree.open() > 0 ? DecreeOutcome::undecided
                : !run.totals.equal() ? DecreeOutcome::differ
                                      : DecreeOutcome::only_looked;
  if (run.outcome == DecreeOutcome::only_looked && !options.preview) {
    auto workspace = open_to_write(options.workspace, line);
    run.source = data::commit_decree(workspace, *draft, run.decree, progress.part(0.7, 1)).source;
    run.outcome = run.source ? DecreeOutcome::committed : DecreeOutcome::nothing_new;
  }
  if (!options.fix_template.empty())
    write_fix_template(run.decree, fixes, options.fix_template, line.language);
  write_data(line.json ? decree_json(run, line.language)
                       : decree_text(run, line.language, line.verbose));
  if (!line.json && !run.told.issues.empty())
    write_message(issues_text(run.told.issues, line.language, line.verbose ? 0 : 30));
  write_message(outcome_text(run, options, line.language));
  const bool refused =
      run.outcome == DecreeOutcome::undecided || run.outcome == DecreeOutcome::differ;
  return refused ? 1 : status_of(run.told.issues, line.strict);
}

}  // namespace

void add_decree(CLI::App& program, CommandLine& line) {
  const Language language = line.language;
  CLI::App* command = add_command(program, "boundaries", say(language, "cli.decree"), line);
  auto options = std::make_shared<Options>();
  add_workspace(*command, options->workspace, line);
  add_value(*command, "--land", options->land, "FILE", say(language, "cli.decree_land"));
  add_value(*command, "--crosswalk", options->crosswalk, "FILE",
            say(language, "cli.decree_crosswalk"))
      ->required();
  add_value(*command, "--from", options->from, "D", say(language, "cli.decree_from"))->required();
  add_value(*command, "--fix", options->fix, "FIXES.csv", say(language, "cli.decree_fix"));
  add_value(*command, "--fix-template", options->fix_template, "OUT.csv",
            say(language, "cli.decree_template"));
  command->add_flag("--preview", options->preview, say(language, "cli.decree_preview"));
  command->add_flag("--verbose", line.verbose, say(language, "cli.option_verbose"));
  add_json(*command, line);
  command->callback(
      [options, &line] { line.action = [options, &line] { return run_decree(*options, line); }; });
}

}  // namespace app
