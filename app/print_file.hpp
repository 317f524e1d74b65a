#pragma once
#include <filesystem>
#include <functional>

#include "render/page/print.hpp"

namespace app {

/// A file that is written as it is printed and stands in its place only when it is whole, however
/// large. Error (io) where the folder takes none, before anything is printed.
void print_file(const std::filesystem::path& file,
                const std::function<void(const render::Sink&)>& print);

}  // namespace app
