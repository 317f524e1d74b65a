#pragma once
#include <filesystem>

#include "app/show.hpp"
#include "geo/progress.hpp"

namespace app {

/// Pixels of the screens that are handed out.
struct HandoutSize {
  int width = 1920, height = 1080;
};

/// A briefing on paper or as files: `out` is a .pdf (a page per scene, the same as on screen), an
/// .xlsx (the tables behind the scenes), or a folder that gets a picture per scene and the tables.
/// Error (usage) for another extension, which require_handout says before any work is done; Error
/// (io) when it cannot be written. A file is written whole or not at all.
void export_briefing(const Show& show, Language language, const std::filesystem::path& out,
                     HandoutSize size = {}, const geo::Progress& progress = {});
void require_handout(const std::filesystem::path& out);

}  // namespace app
