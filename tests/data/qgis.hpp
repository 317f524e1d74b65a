#pragma once
#include <array>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>

/// QGIS, asked through its Python.
namespace qgis {

#ifndef _WIN32

/// A Python that has QGIS; "" when there is none.
inline std::string python() {
  // The system's own first: another Python in front of it does not see Debian's packages.
  for (const char* python : {"/usr/bin/python3", "python3"})
    if (std::system((std::string(python) + " -c 'import qgis.core' 2>/dev/null").c_str()) == 0)
      return python;
  return {};
}

/// What a script of tests/data prints about a file.
inline std::string answer(const std::string& python, const std::string& script,
                          const std::string& file) {
  struct Close {
    void operator()(FILE* pipe) const { pclose(pipe); }
  };
  const std::string command = "QT_QPA_PLATFORM=offscreen " + python +
                              " " PHUSONG_SOURCE_DIR "/tests/data/" + script + " '" + file +
                              "' 2>/dev/null";
  const std::unique_ptr<FILE, Close> pipe(popen(command.c_str(), "r"));
  std::string out;
  std::array<char, 256> buffer{};
  while (fgets(buffer.data(), static_cast<int>(buffer.size()), pipe.get()) != nullptr)
    out += buffer.data();
  return out;
}

#endif

}  // namespace qgis
