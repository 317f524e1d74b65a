#include <CLI/CLI.hpp>
#include <algorithm>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>

#include "app/cli/command.hpp"
#include "app/cli/issue_list.hpp"
#include "data/kept_reasons.hpp"
#include "data/prepared_land.hpp"
#include "data/quality.hpp"
#include "data/workspace.hpp"

namespace app {
namespace {

struct Options {
  std::string workspace, only, accept, reason, withdraw;
};

/// The word for what imports had to say, beside the ids of the checks.
constexpr const char* from_imports = "import";

/// What an import said has no key of its own: it is told by all that it says, so that an acceptance
/// does not outlive the issue.
std::string key_of(const geo::Issue& issue) {
  std::uint64_t hash = 14'695'981'039'346'656'037U;  // FNV-1a: the same everywhere and always
  const auto mix = [&hash](std::string_view text) {
    for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 1'099'511'628'211U;
    hash *= 1'099'511'628'211U;
  };
  for (const std::string* text :
       {&issue.message.id, &issue.file, &issue.sheet, &issue.column, &issue.unit})
    mix(*text);
  mix(issue.row ? std::to_string(*issue.row) : std::string());
  for (const geo::Arg& arg : issue.message.args)
    std::visit(
        [&](const auto& value) {
          if constexpr (std::is_same_v<std::decay_t<decltype(value)>, std::string>)
            mix(value);
          else
            mix(std::to_string(value));
        },
        arg);
  char hex[17];
  std::snprintf(hex, sizeof hex, "%016llx", static_cast<unsigned long long>(hash));
  return std::string(from_imports) + ':' + hex;
}

Noted noted_of(const data::Finding& finding, const data::Dataset& dataset,
               const std::map<std::int64_t, data::Source>& sources) {
  Noted out;
  out.issue.severity = finding.severity;
  out.issue.message = finding.message;
  out.issue.at = finding.at;
  if (finding.unit.valid()) out.issue.unit = dataset.communes[finding.unit.value].code.text;
  if (finding.trace) {
    if (const auto source = sources.find(finding.trace->source); source != sources.end()) {
      out.issue.file = source->second.file;
      out.issue.sheet = source->second.sheet;
      if (finding.trace->row > 0) out.issue.row = finding.trace->row;
    }
  }
  out.check = data::id(finding.check);
  out.key = finding.key;
  out.accepted = finding.accepted;
  out.kept = finding.kept;
  return out;
}

/// The findings of the checks, then what the imports said.
std::vector<Noted> everything(data::Workspace& workspace, const CommandLine& line) {
  const auto progress = progress_line(line.language);
  const data::OneMoment moment(workspace.database());
  const auto dataset = workspace.load(progress.part(0, 0.4));
  const auto land = data::complete_land(
      workspace, data::load_land(workspace, progress.part(0.4, 0.6)), 0, progress.part(0.6, 0.7));
  std::map<std::int64_t, data::Source> sources;
  for (data::Source& source : workspace.sources()) sources.emplace(source.id, std::move(source));
  std::vector<Noted> all;
  auto findings = data::check_quality(*dataset, land->hits.get(), progress.part(0.7, 1));
  data::add_reasons(workspace, findings);
  for (const data::Finding& finding : findings) all.push_back(noted_of(finding, *dataset, sources));
  std::map<std::string, const data::Acceptance*> accepted;
  for (const data::Acceptance& a : dataset->acceptances) accepted.emplace(a.key, &a);
  for (geo::Issue& issue : workspace.issues()) {
    Noted noted;
    noted.key = key_of(issue);
    noted.check = from_imports;
    noted.issue = std::move(issue);
    if (const auto found = accepted.find(noted.key); found != accepted.end())
      noted.accepted = *found->second;
    all.push_back(std::move(noted));
  }
  return all;
}

int decide(const Options& options, const CommandLine& line) {
  const bool accept = !options.accept.empty();
  const std::string& key = accept ? options.accept : options.withdraw;
  auto workspace = open_to_write(options.workspace, line);
  const auto all = everything(workspace, line);
  const auto found =
      std::find_if(all.begin(), all.end(), [&](const Noted& n) { return n.key == key; });
  if (found == all.end() && accept)
    throw geo::Error(geo::ErrorKind::usage, geo::msg("cli.no_such_finding", key), "--accept",
                     geo::msg("cli.no_such_finding_remedy"));
  const bool was_accepted =
      found != all.end() ? found->accepted.has_value() : data::is_accepted(workspace, key);
  if (!accept && !was_accepted)
    throw geo::Error(geo::ErrorKind::usage, geo::msg("cli.not_accepted", key), "--withdraw",
                     geo::msg("cli.no_such_finding_remedy"));
  if (accept) {
    data::accept_finding(workspace, key, options.reason);
    write_message(say(line.language, "cli.accepted", say(line.language, found->issue)));
  } else {
    data::withdraw_acceptance(workspace, key);
    write_message(say(line.language, "cli.withdrawn", key));
  }
  return 0;
}

void understand(const Options& options) {
  if (!options.only.empty() && options.only != from_imports && !data::check_by_id(options.only)) {
    std::string ids = from_imports;
    for (const data::Check check : data::all_checks) ids += ", " + std::string(data::id(check));
    throw geo::Error(geo::ErrorKind::usage, geo::msg("cli.no_such_check", options.only), "--only",
                     geo::msg("cli.choose_one_of", ids));
  }
  if (!options.accept.empty() && !options.withdraw.empty())
    throw geo::Error(geo::ErrorKind::usage, geo::msg("cli.one_of_two", "--accept", "--withdraw"),
                     "", geo::msg("cli.see_help"));
  if (!options.accept.empty() && options.reason.empty())
    throw geo::Error(geo::ErrorKind::usage, geo::msg("data.accept_without_reason"), "--reason",
                     geo::msg("data.accept_without_reason_remedy"));
}

int run_check(const Options& options, const CommandLine& line) {
  understand(options);
  if (!options.accept.empty() || !options.withdraw.empty()) return decide(options, line);
  auto workspace = data::Workspace::open_for_reading(options.workspace);
  auto all = everything(workspace, line);
  if (!options.only.empty())
    std::erase_if(all, [&](const Noted& noted) { return noted.check != options.only; });
  geo::Issues open;
  for (const Noted& noted : all)
    if (!noted.accepted) open.push_back(noted.issue);
  if (line.json)
    write_data(noted_json(all, line.language));
  else if (all.empty())
    write_message(say(line.language, "cli.no_issues"));
  else
    write_data(noted_text(all, line.language, line.verbose ? 0 : 60));
  return status_of(open, line.strict);
}

}  // namespace

void add_check(CLI::App& program, CommandLine& line) {
  const Language language = line.language;
  CLI::App* command = add_command(program, "check", say(language, "cli.check"), line);
  auto options = std::make_shared<Options>();
  add_workspace(*command, options->workspace, line);
  add_value(*command, "--only", options->only, "CHECK", say(language, "cli.check_only"));
  add_value(*command, "--accept", options->accept, "KEY", say(language, "cli.check_accept"));
  add_value(*command, "--reason", options->reason, "WHY", say(language, "cli.check_reason"));
  add_value(*command, "--withdraw", options->withdraw, "KEY", say(language, "cli.check_withdraw"));
  command->add_flag("--verbose", line.verbose, say(language, "cli.option_verbose"));
  add_json(*command, line);
  command->callback(
      [options, &line] { line.action = [options, &line] { return run_check(*options, line); }; });
}

}  // namespace app
