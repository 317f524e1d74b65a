#pragma once
#include <chrono>
#include <cstddef>
#include <vector>

#include "app/actions.hpp"

namespace app {

/// Which scene of a briefing stands, and what keys and time do to it: a value, without a window.
struct Presentation {
  using Clock = std::chrono::steady_clock;
  std::vector<double> seconds;  ///< of every scene in the loop
  std::size_t at = 0;
  bool loop = false;  ///< goes on by itself, and from the last scene to the first
  enum class Blank : unsigned char { no, black, white } blank = Blank::no;
  bool notes = false;              ///< the speaker's window is open
  bool left = false;               ///< for good
  Clock::time_point began, since;  ///< the show; the scene that stands
  std::size_t digits = 0;          ///< typed one after the other: 1 then 2 is scene 12
  Clock::time_point digit_at;

  std::size_t scenes() const { return seconds.size(); }
};

/// Arrows, Page Up and Down, space, Enter, Backspace (a presenter's remote sends some of these),
/// Home, End, digits, B and W to blank (a remote: the full stop), L for the loop, N for the
/// speaker's window, Escape to leave. While the screen is blank any key that moves brings the scene
/// back first.
void press(Presentation& show, Shortcut key, Presentation::Clock::time_point now);
/// Goes on where the scene has stood long enough. A blank screen waits.
void tick(Presentation& show, Presentation::Clock::time_point now);
/// Until tick() would do something; negative: it never will.
double seconds_left(const Presentation& show, Presentation::Clock::time_point now);
/// The briefing was edited while it is shown: the scene that stood stands on where it still is.
void take_scenes(Presentation& show, std::vector<double> seconds, std::size_t at,
                 Presentation::Clock::time_point now);

}  // namespace app
