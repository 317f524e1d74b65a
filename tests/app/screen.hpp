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

}  // namespace screen

#define NEEDS_A_SCREEN()                                                         \
  if (!std::getenv("DISPLAY")) GTEST_SKIP() << "no DISPLAY: run under xvfb-run"; \
  if (!screen::there("xdotool") || !screen::there("import"))                     \
  GTEST_SKIP() << "needs xdotool and imagemagick"
