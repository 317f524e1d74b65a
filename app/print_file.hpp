#pragma once
#include <filesystem>
#include <functional>

#include "app/language.hpp"
#include "render/page/print.hpp"

namespace app {

/// A file that is written as it is printed and stands in its place only when it is whole, however
/// large. Error (io) where the folder takes none, before anything is printed.
void print_file(const std::filesystem::path& file,
                const std::function<void(const render::Sink&)>& print);

/// What a document says of its language: "vi", "en".
inline const char* language_tag(Language language) {
  return language == Language::vietnamese ? "vi" : "en";
}

}  // namespace app
