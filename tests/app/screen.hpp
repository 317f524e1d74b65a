#pragma once
#include <string>

/// The X server's screen, mouse and keyboard, for tests that use a window as a person does.
namespace screen {

/// What a shell command says, without its last line ends.
std::string answer(const std::string& command);
bool there(const std::string& program);
void wait(int milliseconds);
/// One command line of xdotool, and time for the window to follow.
void act(const std::string& what, int milliseconds = 700);

/// The program in a window of its own, until the test ends.
class Shown {
 public:
  /// `arguments`: as in a shell; `instance`: the window's; `folder`: where its log is kept.
  Shown(const std::string& arguments, const std::string& instance, const std::string& folder);
  ~Shown();
  Shown(const Shown&) = delete;
  Shown& operator=(const Shown&) = delete;

  bool open() const { return !id_.empty(); }
  const std::string& id() const { return id_; }
  const std::string& pid() const { return pid_; }
  std::string log() const;
  std::string title() const;
  void key(const std::string& names) const;  ///< as xdotool has them
  /// The exit status once it has ended by itself; -1 when it does not.
  int status() const;

 private:
  std::string log_, status_, id_, pid_;
};

}  // namespace screen

#define NEEDS_A_SCREEN()                                                         \
  if (!std::getenv("DISPLAY")) GTEST_SKIP() << "no DISPLAY: run under xvfb-run"; \
  if (!screen::there("xdotool") || !screen::there("import"))                     \
  GTEST_SKIP() << "needs xdotool and imagemagick"
