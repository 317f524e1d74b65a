#include "app/cli/issue_list.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "app/cli/text_table.hpp"

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
  std::vector<const geo::Issue*> issues;
};

std::vector<Group> grouped(const geo::Issues& issues) {
  std::vector<Group> groups;
  for (const geo::Issue& issue : issues) {
    auto found = std::find_if(groups.begin(), groups.end(), [&](const Group& g) {
      return g.severity == issue.severity && g.id == issue.message.id;
    });
    if (found == groups.end()) {
      found = groups.insert(groups.end(), {issue.severity, issue.message.id, {}});
    }
    found->issues.push_back(&issue);
  }
  std::stable_sort(groups.begin(), groups.end(),
                   [](const Group& a, const Group& b) { return a.severity > b.severity; });
  return groups;
}

}  // namespace

std::string issues_text(const geo::Issues& issues, Language language, std::size_t most_lines) {
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
      out +=
          level(group.severity, language) + ": " + one_line(say(language, *group.issues[i])) + '\n';
    }
    if (shown < group.issues.size()) {
      out += "    " + say(language, "cli.issues_more", group.issues.size() - shown) + '\n';
    }
  }
  out += say(language, "cli.issues_count", errors, warnings, infos) + '\n';
  return out;
}

std::string issues_json(const geo::Issues& issues, Language language) {
  auto out = nlohmann::ordered_json::array();
  for (const geo::Issue& issue : issues) {
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
    out.push_back(std::move(o));
  }
  return out.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

}  // namespace app
