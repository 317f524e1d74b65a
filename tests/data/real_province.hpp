#pragma once
#include <filesystem>
#include <initializer_list>
#include <map>
#include <string>

#include "data/import.hpp"
#include "data/workspace.hpp"
#include "tests/data/tiny_workspace.hpp"

/// Điện Biên in 2023, where the real data lie beside the repository.
namespace real {

inline std::filesystem::path folder() { return PHUSONG_SHARED_DATA; }
inline bool is_there() { return std::filesystem::exists(folder()); }
inline constexpr const char* missing = "no real data beside the repository";

/// A workspace in a fresh file of that name, with what is asked for, in that order.
inline data::Workspace province(const std::string& name,
                                std::initializer_list<data::ImportKind> kinds) {
  using data::ImportKind;
  static const std::map<ImportKind, const char*> files{
      {ImportKind::boundaries, "boundaries/dien_bien.gpkg"},
      {ImportKind::crosswalk, "units/crosswalk_2023_2025.csv"},
      {ImportKind::settlements, "dien_bien/settlements.csv"},
      {ImportKind::teams, "dien_bien/teams.csv"},
      {ImportKind::reports, "dien_bien/weekly_reports_2023.csv"},
      {ImportKind::targets, "dien_bien/targets.csv"},
      {ImportKind::figures, "published_figures.csv"}};
  data::Workspace workspace = data::Workspace::create(tiny::fresh(name));
  for (const ImportKind kind : kinds) {
    data::ImportOptions options;
    options.kind = kind;
    data::write_import(workspace,
                       data::prepare_import(workspace, folder() / files.at(kind), options));
  }
  return workspace;
}

}  // namespace real
