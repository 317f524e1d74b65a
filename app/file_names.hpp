#pragma once
#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

#include "app/language.hpp"
#include "data/dataset.hpp"

namespace app {

// Names of files as people read them: in UTF-8.

/// ".pdf": with its dot, A to Z small; empty: there is none.
std::string extension_of(const std::filesystem::path& file);
/// Without its folders: those of someone's computer are nobody's business in what is passed on.
std::string file_name(const std::filesystem::path& file);
/// Of the files that the data come from, newest first, each once.
std::vector<std::string> source_names(const data::Dataset& dataset);
/// "a.csv, b.csv và 2 tệp khác": so many by name, the others counted.
std::string listed(const std::vector<std::string>& names, std::size_t most, Language language);

}  // namespace app
