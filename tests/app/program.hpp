#pragma once
#include <filesystem>
#include <map>
#include <string>
#include <vector>

/// The built program, run as a person runs it.
namespace program {

struct Ran {
  int status = -1;  ///< exit status; 128 + signal when it was killed
  std::string out, err;
};

struct How {
  std::string before = {};      ///< shell commands before it ("ulimit -f 100; trap '' XFSZ;")
  std::string with = {};        ///< a program that runs it ("setpriv --reuid=65534 …")
  std::string language = "vi";  ///< --lang; empty: none
};
Ran run(const std::vector<std::string>& arguments, const How& how = {});

/// An empty folder that is gone at the end of the test.
class Folder {
 public:
  Folder();
  ~Folder();
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  std::string operator/(const std::string& name) const { return (path_ / name).string(); }
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

std::string slurp(const std::filesystem::path& file);
void spit(const std::filesystem::path& file, const std::string& bytes);
/// Rows of a CSV file by heading; quotes understood.
std::vector<std::map<std::string, std::string>> read_csv(const std::filesystem::path& file);

}  // namespace program
