#include "app/settings.hpp"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>
#include <utility>

namespace app {
namespace {

constexpr std::pair<PointsShown, const char*> points_words[] = {
    {PointsShown::near, "near"}, {PointsShown::always, "always"}, {PointsShown::never, "never"}};

std::filesystem::path user_folder(const char* variable, const char* under_home) {
  const char* folder = std::getenv(variable);
  if (folder && *folder) return std::filesystem::path(folder) / "phusong";
  const char* home = std::getenv("HOME");
  return (home && *home ? std::filesystem::path(home) : std::filesystem::temp_directory_path()) /
         under_home / "phusong";
}
}  // namespace

std::filesystem::path settings_file() {
  return user_folder("XDG_CONFIG_HOME", ".config") / "desk.json";
}
std::filesystem::path sample_file() {
  return user_folder("XDG_DATA_HOME", ".local/share") / "sample.sqlite";
}

Settings read_settings(const std::filesystem::path& file) {
  const Settings standard;
  std::ifstream in(file);
  const auto json = nlohmann::json::parse(in, nullptr, false);
  if (!json.is_object()) return standard;
  try {
    Settings out;
    out.workspace = json.value("workspace", std::string());
    out.language = language_by_id(json.value("language", std::string()));
    out.width = std::clamp(json.value("width", out.width), 640, 16000);
    out.height = std::clamp(json.value("height", out.height), 480, 16000);
    out.panels.rail = std::clamp(json.value("rail", out.panels.rail), 180.0, 720.0);
    out.panels.side = std::clamp(json.value("side", out.panels.side), 180.0, 720.0);
    out.panels.drawer = std::clamp(json.value("drawer", out.panels.drawer), 120.0, 720.0);
    out.panels.rail_open = json.value("rail_open", true);
    out.panels.side_open = json.value("side_open", true);
    out.panels.time_line_open = json.value("time_line_open", true);
    out.panels.telex = json.value("telex", false);
    const std::string points = json.value("points", std::string());
    for (const auto& [shown, word] : points_words)
      if (points == word) out.points = shown;
    return out;
  } catch (const nlohmann::json::exception&) {  // a value of another type
    return standard;
  }
}

bool write_settings(const Settings& settings, const std::filesystem::path& file) {
  std::error_code failed;
  std::filesystem::create_directories(file.parent_path(), failed);
  nlohmann::json json = {
      {"workspace", settings.workspace.string()},
      {"width", settings.width},
      {"height", settings.height},
      {"rail", settings.panels.rail},
      {"side", settings.panels.side},
      {"drawer", settings.panels.drawer},
      {"rail_open", settings.panels.rail_open},
      {"side_open", settings.panels.side_open},
      {"time_line_open", settings.panels.time_line_open},
      {"telex", settings.panels.telex},
  };
  if (settings.language) {
    json["language"] = *settings.language == Language::vietnamese ? "vi" : "en";
  }
  for (const auto& [shown, word] : points_words)
    if (settings.points == shown) json["points"] = word;
  std::filesystem::path half = file;
  half += ".part";
  {
    std::ofstream out(half);
    out << json.dump(2) << '\n';
    if (!out.flush()) return false;
  }
  std::filesystem::rename(half, file, failed);
  return !failed;
}

}  // namespace app
