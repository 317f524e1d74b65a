# Run by phusong_embed: writes one .cpp with every file as a byte array.
string(REPLACE "|" ";" names "${NAMES}")
set(arrays "")
set(table "")
set(n 0)
foreach(name ${names})
  file(READ ${ROOT}/${name} hex HEX)
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${hex}")
  string(APPEND arrays "const unsigned char a${n}[] = {${bytes}0};\n")
  string(APPEND table "    {\"${name}\", {reinterpret_cast<const char*>(a${n}), sizeof(a${n}) - 1}},\n")
  math(EXPR n "${n}+1")
endforeach()
file(WRITE ${OUT} "// Written by cmake/EmbedAssets.cmake; do not edit.
#include \"assets/assets.hpp\"

#include <cstdlib>
#include <utility>

namespace assets {
namespace {
${arrays}
const std::pair<std::string_view, std::string_view> table[] = {
${table}};
}  // namespace

std::string_view text(std::string_view name) {
  for (const auto& [key, value] : table) {
    if (key == name) return value;
  }
  std::abort();  // a name that CMake does not list is a mistake in the program, not in its input
}
}  // namespace assets
")
