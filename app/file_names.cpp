#include "app/file_names.hpp"

#include <algorithm>

#include "geo/path_text.hpp"

namespace app {

std::string extension_of(const std::filesystem::path& file) {
  std::string extension = geo::utf8(file.extension());
  for (char& c : extension)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return extension;
}

std::string file_name(const std::filesystem::path& file) { return geo::utf8(file.filename()); }

std::vector<std::string> source_names(const data::Dataset& dataset) {
  std::vector<std::string> names;
  for (const data::SourceFile& source : dataset.source_files) {
    std::string name = file_name(source.file);
    if (std::find(names.begin(), names.end(), name) == names.end())
      names.push_back(std::move(name));
  }
  return names;
}

std::string listed(const std::vector<std::string>& names, std::size_t most, Language language) {
  std::string out;
  for (std::size_t i = 0; i < std::min(most, names.size()); ++i)
    out += (out.empty() ? "" : ", ") + names[i];
  if (names.size() > most) out += ' ' + say(language, "view.more_sources", names.size() - most);
  return out;
}

}  // namespace app
