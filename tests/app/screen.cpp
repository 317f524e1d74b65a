#include "tests/app/screen.hpp"

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <thread>

namespace screen {

std::string answer(const std::string& command) {
  std::string out;
  FILE* pipe = popen(command.c_str(), "r");
  if (!pipe) return out;
  char part[512];
  while (std::fgets(part, sizeof part, pipe)) out += part;
  pclose(pipe);
  while (!out.empty() && out.back() == '\n') out.pop_back();
  return out;
}

bool there(const std::string& program) {
  return std::system(("command -v " + program + " >/dev/null 2>&1").c_str()) == 0;
}

void wait(int milliseconds) {
  std::this_thread::sleep_for(std::chrono::milliseconds(milliseconds));
}

void act(const std::string& what, int milliseconds) {
  static_cast<void>(std::system(("xdotool " + what).c_str()));
  wait(milliseconds);
}

}  // namespace screen
