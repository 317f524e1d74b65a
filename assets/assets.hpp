#pragma once
#include <string_view>

/// The files of assets/, embedded in the program.
namespace assets {
/// The content of a file listed in assets/CMakeLists.txt, by its path under assets/
/// ("shaders/area.frag"). Ends the program when there is none: that is a mistake in the program.
std::string_view text(std::string_view name);
}  // namespace assets
