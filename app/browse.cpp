#include "app/browse.hpp"

#include <algorithm>
#include <cstdlib>
#include <string>

namespace app {
namespace {
std::filesystem::path home() {
  const char* folder = std::getenv("HOME");
  return folder && *folder ? std::filesystem::path(folder) : std::filesystem::current_path();
}

bool suits(PathPurpose purpose, const std::filesystem::path& file,
           std::span<const std::string> endings) {
  const std::string e = file.extension().string();
  switch (purpose) {
    case PathPurpose::open_workspace:
    case PathPurpose::new_workspace:
      return e == ".sqlite";
    case PathPurpose::export_table:
      return e == ".xlsx" || e == ".csv" || e == ".gpkg";
    case PathPurpose::export_plan:
      return e == ".xlsx" || e == ".pdf" || e == ".ics" || e == ".csv";
    case PathPurpose::export_briefing:
      return e == ".pdf" || e == ".xlsx";
    case PathPurpose::export_report:
    case PathPurpose::export_atlas:
      return e == ".pdf";
    case PathPurpose::save_picture:
      return e == ".png";
    case PathPurpose::page_reads:
    case PathPurpose::page_writes:
      return endings.empty() || std::find(endings.begin(), endings.end(), e) != endings.end();
    case PathPurpose::import_file: {
      constexpr std::string_view readable[] = {".csv",  ".tsv",     ".txt",  ".xlsx", ".ods",
                                               ".gpkg", ".geojson", ".json", ".shp",  ".zip",
                                               ".tab",  ".mif",     ".fgb",  ".kml",  ".db"};
      std::string lower = e;
      for (char& c : lower) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
      return std::find(std::begin(readable), std::end(readable), lower) != std::end(readable);
    }
  }
  return true;
}
}  // namespace

PathChoice browse(PathPurpose purpose, const std::filesystem::path& folder,
                  std::span<const std::string> endings) {
  PathChoice choice;
  choice.endings.assign(endings.begin(), endings.end());
  choice.purpose = purpose;
  choice.folder = folder;
  std::error_code failed;  // an unreadable folder is an empty one
  for (const auto& entry : std::filesystem::directory_iterator(folder, failed)) {
    const std::string name = entry.path().filename().string();
    if (name.empty() || name[0] == '.') continue;
    std::error_code unreadable;
    const bool is_folder = entry.is_directory(unreadable);
    if (is_folder || suits(purpose, entry.path(), endings))
      choice.entries.push_back({name, is_folder});
  }
  std::sort(choice.entries.begin(), choice.entries.end(),
            [](const PathChoice::Entry& a, const PathChoice::Entry& b) {
              return a.folder != b.folder ? a.folder : a.name < b.name;
            });
  return choice;
}

std::filesystem::path first_folder(const std::filesystem::path& workspace) {
  std::error_code failed;
  if (!workspace.empty()) {
    const auto folder = std::filesystem::absolute(workspace, failed).parent_path();
    if (!failed && std::filesystem::is_directory(folder, failed)) return folder;
  }
  return home();
}

std::filesystem::path resolve(const std::filesystem::path& folder, std::string_view text) {
  if (text == "~") return home();
  if (text.starts_with("~/")) return home() / text.substr(2);
  return (folder / std::filesystem::path(text)).lexically_normal();
}

}  // namespace app
