#pragma once
#include <filesystem>
#include <fstream>
#include <string>

#include "tests/scratch.hpp"

/// What other programs (poppler) say of a PDF.
namespace pdf_tools {

inline std::string output_of(const std::string& command) {
  std::string out;
  FILE* pipe = popen((command + " 2>&1").c_str(), "r");
  if (pipe == nullptr) return out;
  char buffer[4096];
  for (std::size_t n = 0; (n = fread(buffer, 1, sizeof buffer, pipe)) > 0;) out.append(buffer, n);
  pclose(pipe);
  return out;
}
inline bool have() {
  return output_of("command -v pdftotext").size() > 1 &&
         output_of("command -v pdffonts").size() > 1;
}

struct Pdf {
  std::filesystem::path file;

  explicit Pdf(const std::string& bytes, const std::string& name = "paper.pdf")
      : file(scratch::folder() / name) {
    std::ofstream(file, std::ios::binary) << bytes;
  }
  explicit Pdf(std::filesystem::path there) : file(std::move(there)) {}
  std::string text(int page = 0) const {
    const std::string only =
        page == 0 ? "" : " -f " + std::to_string(page) + " -l " + std::to_string(page);
    return output_of("pdftotext -layout" + only + " '" + file.string() + "' -");
  }
  int pages() const {
    const std::string info = output_of("pdfinfo '" + file.string() + "'");
    const auto at = info.find("Pages:");
    return at == std::string::npos ? -1 : std::stoi(info.substr(at + 6));
  }
  /// Names of fonts that are not in the file; empty: all are.
  std::string fonts_missing() const {
    const std::string list = output_of("pdffonts '" + file.string() + "'");
    std::string missing;
    std::size_t at = 0, line = 0, fonts = 0;
    while (at < list.size()) {
      const std::size_t end = std::min(list.find('\n', at), list.size());
      const std::string row = list.substr(at, end - at);
      at = end + 1;
      if (line++ < 2 || row.empty()) continue;
      ++fonts;
      // "… Identity-H  yes yes yes  5 0": embedded, subset, with a map to Unicode.
      if (row.find("yes yes yes") == std::string::npos) missing += row + '\n';
    }
    return fonts == 0 ? "no fonts at all: " + list : missing;
  }
};

}  // namespace pdf_tools
