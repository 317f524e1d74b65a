#pragma once
#include <filesystem>

namespace app {

/// Where phusong-solver is (data::solve wants it): beside this program, or in ../libexec/phusong
/// as it is installed. $PHUSONG_SOLVER names another. Throws Error (io) where there is none.
std::filesystem::path solver_program();
/// The same; empty where there is none.
std::filesystem::path solver_if_there();

}  // namespace app
