#pragma once
#include <filesystem>
#include <span>
#include <string>
#include <string_view>

#include "app/state.hpp"

namespace app {

/// The folder's content: folders first, then files that suit the purpose, hidden ones left out.
/// `endings`: those of a page's files; a purpose of the desk has its own.
PathChoice browse(PathPurpose purpose, const std::filesystem::path& folder,
                  std::span<const std::string> endings = {});
/// Where browsing begins: beside the workspace, else at home.
std::filesystem::path first_folder(const std::filesystem::path& workspace);
/// What a person typed: absolute, with ~, or inside the folder.
std::filesystem::path resolve(const std::filesystem::path& folder, std::string_view text);

}  // namespace app
