#include "app/cli/command.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdio>
#ifdef _WIN32
#include <io.h>
#else
#include <unistd.h>
#endif

#include "app/figures.hpp"
#include "data/backup.hpp"
#include "data/clock.hpp"
#include "data/schema.hpp"

namespace app {
namespace {

bool person_looks_at_errors() {
#ifdef _WIN32
  return _isatty(_fileno(stderr)) != 0;
#else
  return isatty(STDERR_FILENO) != 0;
#endif
}

/// Takes the progress line away again when the work ends, however it ends.
class ProgressLine {
 public:
  explicit ProgressLine(Language language) : language_(language) {}
  ~ProgressLine() {
    if (shown_) std::fputs("\r\x1b[K", stderr);
  }
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;

  void show(double share, const geo::Message& doing) {
    const auto now = std::chrono::steady_clock::now();
    if (shown_ && now - last_ < std::chrono::milliseconds(100)) return;
    last_ = now;
    shown_ = true;
    std::fprintf(stderr, "\r\x1b[K%3d%% %s", static_cast<int>(std::clamp(share, 0.0, 1.0) * 100),
                 say(language_, doing).c_str());
    std::fflush(stderr);
  }

 private:
  Language language_;
  bool shown_ = false;
  std::chrono::steady_clock::time_point last_;
};

}  // namespace

CLI::App* add_command(CLI::App& parent, const std::string& name, const std::string& about,
                      CommandLine& line) {
  CLI::App* command = parent.add_subcommand(name, about);
  command->group(say(line.language, "cli.commands"));
  command->option_defaults()->group(say(line.language, "cli.options"));
  command->get_help_ptr()->group(say(line.language, "cli.options"));
  // Read before everything else (see cli.cpp); named here so that it is understood and explained.
  add_value(*command, "--lang", line.language_word, "vi|en", say(line.language, "cli.option_lang"));
  command->add_flag("--strict", line.strict, say(line.language, "cli.option_strict"));
  return command;
}

CLI::Option* add_value(CLI::App& command, const std::string& names, std::string& into,
                       const std::string& value, const std::string& about) {
  const bool positional = names.front() != '-';
  return command.add_option(names, into, about)->option_text(positional ? " " : value);
}

CLI::Option* add_workspace(CLI::App& command, std::string& into, const CommandLine& line) {
  return add_value(command, "-w,--workspace", into, "W.sqlite",
                   say(line.language, "cli.option_workspace"))
      ->required();
}

CLI::Option* add_json(CLI::App& command, CommandLine& line) {
  return command.add_flag("--json", line.json, say(line.language, "cli.option_json"));
}

void write_data(const std::string& text) {
  const bool whole = std::fwrite(text.data(), 1, text.size(), stdout) == text.size();
  if (!whole || std::fflush(stdout) != 0) {
    throw geo::Error(geo::ErrorKind::io, geo::msg("cli.stdout_broken"), "",
                     geo::msg("cli.stdout_broken_remedy"));
  }
}

void write_message(const std::string& text) {
  std::fflush(stdout);
  std::fputs(text.c_str(), stderr);
  if (!text.ends_with('\n')) std::fputc('\n', stderr);
}

geo::Progress progress_line(Language language) {
  if (!person_looks_at_errors()) return {};
  return {
      [line = std::make_shared<ProgressLine>(language)](double share, const geo::Message& doing) {
        line->show(share, doing);
        return true;
      }};
}

geo::Date day_option(const std::string& text, const char* option) {
  if (const auto day = geo::parse_date(text)) return *day;
  throw geo::Error(geo::ErrorKind::usage, geo::msg("cli.not_a_day", text), option,
                   geo::msg("cli.not_a_day_remedy"));
}

std::int64_t whole_option(const std::string& text, const char* option, std::int64_t least,
                          std::int64_t most) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error == std::errc() && end == text.data() + text.size() && value >= least && value <= most) {
    return value;
  }
  throw geo::Error(geo::ErrorKind::usage, geo::msg("cli.not_in_range", text), option,
                   geo::msg("cli.not_in_range_remedy", least, most));
}

PixelSize size_option(const std::string& text, const char* option, int most) {
  constexpr int least = 200;
  PixelSize size;
  const char* end = text.data() + text.size();
  const auto [x, first] = std::from_chars(text.data(), end, size.width);
  bool good = first == std::errc() && x != end && (*x == 'x' || *x == 'X');
  if (good) {
    const auto [rest, second] = std::from_chars(x + 1, end, size.height);
    good = second == std::errc() && rest == end;
  }
  if (good && size.width >= least && size.height >= least && size.width <= most &&
      size.height <= most)
    return size;
  throw geo::Error(geo::ErrorKind::usage, geo::msg("cli.not_a_size", text), option,
                   geo::msg("cli.not_a_size_remedy", least, most));
}

data::Indicator indicator_option(const std::string& text) {
  if (const auto indicator = data::indicator_by_id(text)) return *indicator;
  std::string ids;
  for (const data::Indicator known : data::all_indicators) {
    ids += (ids.empty() ? "" : ", ") + std::string(data::id(known));
  }
  throw geo::Error(geo::ErrorKind::usage, geo::msg("cli.no_such_indicator", text), "--indicator",
                   geo::msg("cli.choose_one_of", ids));
}

data::Weights weights_option(const std::string& text) {
  if (text.empty()) return {};
  std::string ids;
  for (const data::Criterion known : data::all_criteria) {
    ids += (ids.empty() ? "" : ", ") + std::string(data::id(known));
  }
  const auto wrong = [&](const std::string& word) {
    return geo::Error(geo::ErrorKind::usage, geo::msg("cli.not_a_weight", word), "--weights",
                      geo::msg("cli.not_a_weight_remedy", ids));
  };
  data::Weights weights;
  weights.of.fill(0);
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find(',', begin), text.size());
    const std::string word = text.substr(begin, end - begin);
    const std::size_t equals = std::min(word.find('='), word.size());
    const auto criterion = data::criterion_by_id(word.substr(0, equals));
    double weight = 0;
    const char* last = word.data() + word.size();
    const auto [rest, error] =
        std::from_chars(word.data() + std::min(equals + 1, word.size()), last, weight);
    const bool good = error == std::errc() && rest == last && weight >= 0 && weight <= 1e6;
    if (!criterion || !good) throw wrong(word);
    weights.of[static_cast<std::size_t>(*criterion)] = weight;
    begin = end + 1;
  }
  if (std::all_of(weights.of.begin(), weights.of.end(), [](double w) { return w == 0; })) {
    throw wrong(text);
  }
  return weights;
}

CLI::Option* add_boundaries_option(CLI::App& command, std::string& into, const CommandLine& line) {
  return add_value(command, "--boundaries", into, "today|then",
                   say(line.language, "cli.option_boundaries"));
}

std::string_view id(data::Boundaries boundaries) {
  return boundaries == data::Boundaries::then ? "then" : "today";
}

data::Boundaries boundaries_option(const std::string& text) {
  for (const auto boundaries : {data::Boundaries::today, data::Boundaries::then})
    if (text == id(boundaries)) return boundaries;
  throw geo::Error(geo::ErrorKind::usage, geo::msg("cli.not_one_of", text), "--boundaries",
                   geo::msg("cli.choose_one_of", "today, then"));
}

data::Workspace open_to_write(const std::string& workspace, const CommandLine& line,
                              bool may_create) {
  std::optional<geo::Error> no_backup;
  if (data::identify(workspace) == data::FileKind::workspace) {
    try {
      data::back_up(workspace, data::local_today(), progress_line(line.language));
    } catch (const geo::Error& error) {
      no_backup = error;
    }
  }
  data::Workspace out =
      may_create ? data::Workspace::open_or_create(workspace) : data::Workspace::open(workspace);
  if (no_backup)
    write_message(say(line.language, "safety.day_failed", say(line.language, no_backup->message)));
  return out;
}

std::shared_ptr<const data::Dataset> load_dataset(const std::string& workspace, Language language) {
  return data::Workspace::open_for_reading(workspace).load(progress_line(language));
}

std::shared_ptr<const data::Dataset> load_dataset(const std::string& workspace, Language language,
                                                  data::Boundaries boundaries,
                                                  std::optional<geo::Date> at) {
  auto open = data::Workspace::open_for_reading(workspace);
  return load_dataset(open, boundaries, at, progress_line(language));
}

std::shared_ptr<const data::Dataset> load_dataset(data::Workspace& workspace,
                                                  data::Boundaries boundaries,
                                                  std::optional<geo::Date> at,
                                                  const geo::Progress& progress) {
  if (boundaries == data::Boundaries::today) return workspace.load(progress);
  const data::OneMoment moment(workspace.database());
  if (!at) at = date_shown(*workspace.load(), at);
  return data::load_then(workspace, *at, progress).dataset;
}

void require_communes(const data::Dataset& dataset, const std::string& workspace) {
  if (!dataset.communes.empty()) return;
  throw geo::Error(geo::ErrorKind::io, geo::msg("cli.no_communes"), workspace,
                   geo::msg("cli.no_communes_remedy"));
}

int status_of(const geo::Issues& issues, bool strict) {
  const bool bad = std::any_of(issues.begin(), issues.end(), [strict](const geo::Issue& issue) {
    return strict || issue.severity == geo::Severity::error;
  });
  return bad ? 1 : 0;
}

}  // namespace app
