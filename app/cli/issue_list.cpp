#include "app/cli/issue_list.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <span>

#include "app/cli/json_text.hpp"
#include "app/cli/text_table.hpp"
#include "app/entry_words.hpp"

namespace app {
namespace {

std::string level(geo::Severity severity, Language language) {
  switch (severity) {
    case geo::Severity::error:
      return say(language, "cli.level_error");
    case geo::Severity::warning:
      return say(language, "cli.level_warning");
    case geo::Severity::info:
      return say(language, "cli.level_info");
  }
  return {};
}

const char* level_id(geo::Severity severity) {
  switch (severity) {
    case geo::Severity::error:
      return "error";
    case geo::Severity::warning:
      return "warning";
    case geo::Severity::info:
      return "info";
  }
  return "";
}

/// Issues of one level that say the same thing of different places.
struct Group {
  geo::Severity severity;
  std::string id;
  std::vector<std::size_t> issues;
};

std::vector<Group> grouped(const geo::Issues& issues) {
  std::vector<Group> groups;
  for (std::size_t i = 0; i < issues.size(); ++i) {
    const geo::Issue& issue = issues[i];
    auto found = std::find_if(groups.begin(), groups.end(), [&](const Group& g) {
      return g.severity == issue.severity && g.id == issue.message.id;
    });
    if (found == groups.end()) {
      found = groups.insert(groups.end(), {issue.severity, issue.message.id, {}});
    }
    found->issues.push_back(i);
  }
  std::stable_sort(groups.begin(), groups.end(),
                   [](const Group& a, const Group& b) { return a.severity > b.severity; });
  return groups;
}

/// `behind`: what is written behind each, or empty.
std::string text_of(const geo::Issues& issues, std::span<const std::string> behind,
                    Language language, std::size_t most_lines) {
  if (issues.empty()) return {};
  const auto groups = grouped(issues);
  // One line of a group's share is for what it leaves out; every group gets at least one.
  const std::size_t share = most_lines / groups.size();
  const std::size_t each = most_lines == 0 ? issues.size() : share > 1 ? share - 1 : 1;
  std::string out;
  std::size_t errors = 0, warnings = 0, infos = 0;
  for (const Group& group : groups) {
    auto& count = group.severity == geo::Severity::error     ? errors
                  : group.severity == geo::Severity::warning ? warnings
                                                             : infos;
    count += group.issues.size();
    // One line more is no longer than the line that would stand for it.
    const std::size_t shown = group.issues.size() <= each + 1 ? group.issues.size() : each;
    for (std::size_t i = 0; i < shown; ++i) {
      const std::size_t n = group.issues[i];
      out += level(group.severity, language) + ": " + one_line(say(language, issues[n]));
      if (!behind.empty()) out += ' ' + one_line(behind[n]);
      out += '\n';
    }
    if (shown < group.issues.size()) {
      out += "    " + say(language, "cli.issues_more", group.issues.size() - shown) + '\n';
    }
  }
  out += say(language, "cli.issues_count", errors, warnings, infos) + '\n';
  return out;
}

nlohmann::ordered_json json_of(const geo::Issue& issue, Language language) {
  nlohmann::ordered_json o;
  o["severity"] = level_id(issue.severity);
  o["id"] = issue.message.id;
  o["message"] = say(language, issue.message);
  o["file"] = issue.file;
  for (const char* absent : {"sheet", "row", "column", "unit", "lon", "lat"}) o[absent] = nullptr;
  if (!issue.sheet.empty()) o["sheet"] = issue.sheet;
  if (issue.row) o["row"] = *issue.row;
  if (!issue.column.empty()) o["column"] = issue.column;
  if (!issue.unit.empty()) o["unit"] = issue.unit;
  if (issue.at) o["lon"] = issue.at->lon, o["lat"] = issue.at->lat;
  return o;
}

}  // namespace

std::string issues_text(const geo::Issues& issues, Language language, std::size_t most_lines) {
  return text_of(issues, {}, language, most_lines);
}

std::string issues_json(const geo::Issues& issues, Language language) {
  auto out = nlohmann::ordered_json::array();
  for (const geo::Issue& issue : issues) out.push_back(json_of(issue, language));
  return dumped(out);
}

namespace {

std::string kept_text(const Noted& noted, Language language) {
  if (!noted.kept) return {};
  return say(language, "app.finding_kept", noted.kept->reason, noted.kept->unit) + ' ';
}

}  // namespace

std::string noted_text(const std::vector<Noted>& all, Language language, std::size_t most_lines) {
  geo::Issues open;
  std::vector<std::string> behind;
  std::string accepted;
  std::size_t accepted_count = 0;
  for (const Noted& noted : all) {
    const std::string key = kept_text(noted, language) + '[' + noted.key + ']';
    if (!noted.accepted) {
      open.push_back(noted.issue);
      behind.push_back(key);
      continue;
    }
    ++accepted_count;
    accepted += one_line(say(language, "cli.accepted_line", say(language, noted.issue),
                             noted.accepted->reason, noted.accepted->by,
                             time_words(language, noted.accepted->at)) +
                         ' ' + key) +
                "\n";
  }
  std::string out = text_of(open, behind, language, most_lines);
  if (accepted_count > 0)
    out += say(language, "cli.accepted_count", accepted_count) + '\n' + accepted;
  return out;
}

std::string noted_json(const std::vector<Noted>& all, Language language) {
  auto out = nlohmann::ordered_json::array();
  for (const Noted& noted : all) {
    auto o = json_of(noted.issue, language);
    o["check"] = noted.check;
    o["key"] = noted.key;
    o["kept"] = nullptr;
    if (noted.kept) o["kept"] = {{"reason", noted.kept->reason}, {"unit", noted.kept->unit}};
    o["accepted"] = nullptr;
    if (noted.accepted)
      o["accepted"] = {{"reason", noted.accepted->reason},
                       {"by", noted.accepted->by},
                       {"at", noted.accepted->at}};
    out.push_back(std::move(o));
  }
  return dumped(out);
}

}  // namespace app
