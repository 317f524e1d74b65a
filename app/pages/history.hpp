#pragma once
#include <filesystem>
#include <string>
#include <variant>

#include "geo/progress.hpp"

namespace app {
struct AppState;
}

namespace app::history_page {

struct State {
  bool asked = false;  ///< a job is on its way
};

// What is asked for, and what jobs answer.
struct Read {};
struct Known {
  std::filesystem::path file;  ///< the workspace it is about
};
using Command = std::variant<Read, Known>;

// On a job's thread.
struct ReadAll {
  std::filesystem::path workspace;
};
using Job = std::variant<ReadAll>;

void opened(AppState& state);
void failed(AppState& state);  ///< a job of it
void apply(AppState& state, const Command& command);
void step(AppState& state, bool back);  ///< undo, redo
void take_path(AppState& state, const std::string& what, const std::filesystem::path& file);
Command work_on(const Job& job, const geo::Progress& progress);

}  // namespace app::history_page
