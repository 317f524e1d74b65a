#pragma once
#include <filesystem>
#include <optional>

#include "app/language.hpp"
#include "app/state.hpp"

namespace app {

/// What is kept between two uses, in the user's config folder ($XDG_CONFIG_HOME/phusong/desk.json).
struct Settings {
  std::filesystem::path workspace;  ///< last one opened; empty: none
  std::optional<Language> language;
  int width = 1600, height = 1000;  ///< of the window
  Panels panels;
  PointsShown points = PointsShown::near;
  bool operator==(const Settings&) const = default;
};

std::filesystem::path settings_file();
std::filesystem::path sample_file();  ///< $XDG_DATA_HOME/phusong/sample.sqlite

/// A file that is missing or broken gives the defaults: settings are a convenience.
Settings read_settings(const std::filesystem::path& file);
/// Answers false when it could not be written; nobody is bothered with that.
bool write_settings(const Settings& settings, const std::filesystem::path& file);

}  // namespace app
