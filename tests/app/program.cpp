#include "tests/app/program.hpp"

#include <sys/wait.h>

#include <cstdlib>
#include <fstream>
#include <sstream>
#include <stdexcept>

namespace program {
namespace fs = std::filesystem;
namespace {

std::string shell_word(const std::string& word) {
  std::string out = "'";
  for (const char c : word) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return out + "'";
}

std::vector<std::string> read_record(std::istream& in) {
  std::vector<std::string> cells(1);
  bool quotes = false;
  for (char c = 0; in.get(c);) {
    if (quotes) {
      if (c == '"' && in.peek() == '"') {
        cells.back() += static_cast<char>(in.get());
      } else if (c == '"') {
        quotes = false;
      } else {
        cells.back() += c;
      }
    } else if (c == '"') {
      quotes = true;
    } else if (c == ',') {
      cells.emplace_back();
    } else if (c == '\n') {
      break;
    } else if (c != '\r') {
      cells.back() += c;
    }
  }
  return cells;
}

}  // namespace

Ran run(const std::vector<std::string>& arguments, const How& how) {
  const Folder folder;
  // Whoever runs the program may write what it says.
  fs::permissions(folder.path(), fs::perms::all);
  std::string command = how.before + " exec " + how.with + " " + shell_word(PHUSONG_PROGRAM);
  if (!how.language.empty()) command += " --lang " + how.language;
  for (const std::string& argument : arguments) command += " " + shell_word(argument);
  command = "env -u DISPLAY -u WAYLAND_DISPLAY sh -c " + shell_word(command) + " > " +
            shell_word(folder / "out") + " 2> " + shell_word(folder / "err") + " < /dev/null";
  const int status = std::system(command.c_str());
  Ran ran;
  ran.status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  ran.out = slurp(folder / "out");
  ran.err = slurp(folder / "err");
  return ran;
}

Folder::Folder() {
  std::string name = (fs::temp_directory_path() / "phusong-test-XXXXXX").string();
  if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
  path_ = name;
}

Folder::~Folder() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

std::string slurp(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

void spit(const fs::path& file, const std::string& bytes) {
  std::ofstream out(file, std::ios::binary);
  out << bytes;
  if (!out.flush()) throw std::runtime_error("cannot write " + file.string());
}

std::vector<std::map<std::string, std::string>> read_csv(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  const auto headings = read_record(in);
  std::vector<std::map<std::string, std::string>> rows;
  while (in.peek() != std::char_traits<char>::eof()) {
    const auto cells = read_record(in);
    auto& row = rows.emplace_back();
    for (std::size_t i = 0; i < headings.size() && i < cells.size(); ++i) {
      row[headings[i]] = cells[i];
    }
  }
  return rows;
}

}  // namespace program
