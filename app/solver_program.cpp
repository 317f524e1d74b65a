#include "app/solver_program.hpp"

#include <array>
#include <cstdlib>
#include <system_error>

#include "geo/error.hpp"

namespace app {
namespace {

namespace fs = std::filesystem;

// Windows: GetModuleFileNameW. macOS: _NSGetExecutablePath.
fs::path own_folder() {
  std::error_code ignored;
  return fs::read_symlink("/proc/self/exe", ignored).parent_path();
}

}  // namespace

fs::path solver_program() {
  using geo::msg;
  if (const char* named = std::getenv("PHUSONG_SOLVER"); named != nullptr && *named != 0)
    return named;
  constexpr const char* name = "phusong-solver";
  const fs::path folder = own_folder();
  std::error_code ignored;
  for (const fs::path& place : std::array{folder / name, folder / "../libexec/phusong" / name}) {
    if (fs::exists(place, ignored)) return place.lexically_normal();
  }
  throw geo::Error(geo::ErrorKind::io, msg("app.solver_missing", name), folder.string(),
                   msg("app.solver_missing_remedy", name));
}

fs::path solver_if_there() {
  try {
    return solver_program();
  } catch (const geo::Error&) {
    return {};
  }
}

}  // namespace app
