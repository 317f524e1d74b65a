#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace house {

/// One source file of the rooms (or of tests/), its path relative to the project with forward
/// slashes.
struct Source {
  std::string path;
  std::string text;
};

/// Every .cpp and .hpp below these folders, in the order of their paths.
std::vector<Source> sources(const std::vector<std::string>& folders);

struct Include {
  std::string name;
  std::size_t line;
};
std::vector<Include> includes(std::string_view text);

/// A "…" of the code (not of a comment): what stands in it, and where its first quote is.
struct Literal {
  std::string text;
  std::size_t offset;
};

/// The literals, and the same text with comments and the insides of literals blanked out, so that
/// commas and brackets that are left are code. Line ends stay.
struct Code {
  std::vector<Literal> literals;
  std::string bare;
};
Code read_code(std::string_view text);

std::size_t line_of(std::string_view text, std::size_t offset);  ///< counted from 1

/// What a shell command printed on both streams, and its exit status.
struct Ran {
  int status;
  std::string output;
};
Ran shell(const std::string& command);

}  // namespace house
