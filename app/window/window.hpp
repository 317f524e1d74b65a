#pragma once
#include <filesystem>
#include <optional>

#include "app/language.hpp"

namespace app {

/// Opens the desk on a workspace and runs until it is closed. Answers the exit status. With no
/// display, throws geo::Error (io) with message id "app.no_display".
int run_window(const std::optional<std::filesystem::path>& workspace,
               std::optional<Language> language);

}  // namespace app
