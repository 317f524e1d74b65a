#include "tests/app/screen.hpp"

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <thread>

#include "tests/app/program.hpp"

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

Shown::Shown(const std::string& arguments, const std::string& instance, const std::string& folder)
    : log_(folder + "log"), status_(folder + "status") {
  // What graphics drivers and the sanitizers themselves keep until the end is not asked for here.
  const std::string how = "ASAN_OPTIONS=detect_leaks=0:quarantine_size_mb=4 ";
  std::filesystem::remove(status_);
  static_cast<void>(answer("(" + how + PHUSONG_PROGRAM " --lang vi " + arguments + " >'" + log_ +
                           "' 2>&1; echo $? >'" + status_ + "') >/dev/null 2>&1 &"));
  for (int i = 0; i < 600 && id_.empty() && !std::filesystem::exists(status_); ++i) {
    wait(100);
    id_ = answer("xdotool search --onlyvisible --classname '^" + instance +
                 "$' 2>/dev/null | head -1");
  }
  if (id_.empty()) return;
  pid_ = answer("xdotool getwindowpid " + id_);
  act("windowfocus " + id_);
}

Shown::~Shown() {
  if (std::filesystem::exists(status_)) return;
  static_cast<void>(answer("kill -9 " + pid_ + " 2>/dev/null"));
  status();
}

std::string Shown::log() const { return program::slurp(log_); }
std::string Shown::title() const { return answer("xdotool getwindowname " + id_); }
void Shown::key(const std::string& names) const { act("key " + names, 150); }

int Shown::status() const {
  for (int i = 0; i < 300; ++i) {
    if (const std::string said = program::slurp(status_); !said.empty()) return std::stoi(said);
    wait(100);
  }
  return -1;
}

}  // namespace screen
