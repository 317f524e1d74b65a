#pragma once
#include <filesystem>

namespace render {

/// Font files found through fontconfig: Noto Sans, and DejaVu Sans for what it lacks (≥ ≤ ▸ →).
/// Error (io) naming the package to install when there is neither.
struct FontFiles {
  std::filesystem::path regular, bold, fallback, fallback_bold;
};
FontFiles find_fonts();

}  // namespace render
