#include "app/presentation.hpp"

#include <algorithm>

namespace app {
namespace {

using Time = Presentation::Clock::time_point;

/// Two digits typed within it are one number.
constexpr std::chrono::milliseconds digits_within{900};

void go(Presentation& show, std::size_t to, Time now) {
  if (show.scenes() == 0) return;
  show.at = std::min(to, show.scenes() - 1);
  show.since = now;
}

void step(Presentation& show, int by, Time now) {
  if (show.blank != Presentation::Blank::no) {
    show.blank = Presentation::Blank::no;
    show.since = now;
    return;
  }
  if (show.scenes() == 0) return;
  if (by > 0) {
    go(show, show.at + 1 < show.scenes() ? show.at + 1 : show.loop ? 0 : show.at, now);
  } else {
    go(show, show.at > 0 ? show.at - 1 : show.loop ? show.scenes() - 1 : 0, now);
  }
}

void jump(Presentation& show, std::size_t digit, Time now) {
  show.blank = Presentation::Blank::no;
  const bool goes_on = show.digits > 0 && now - show.digit_at <= digits_within;
  std::size_t number = goes_on ? show.digits * 10 + digit : digit;
  if (number > show.scenes()) number = digit;  // it begins another one
  show.digits = number;
  show.digit_at = now;
  if (number >= 1 && number <= show.scenes()) go(show, number - 1, now);
}

}  // namespace

void press(Presentation& show, Shortcut key, Time now) {
  using Blank = Presentation::Blank;
  if (key.ctrl) return;
  if (key.key >= '0' && key.key <= '9') {
    jump(show, static_cast<std::size_t>(key.key - '0'), now);
    return;
  }
  show.digits = 0;
  const auto blank = [&](Blank how) {
    show.blank = show.blank == how ? Blank::no : how;
    show.since = now;
  };
  switch (key.key) {
    case key_right:
    case key_down:
    case key_page_down:
    case key_space:
    case key_enter:
      step(show, 1, now);
      break;
    case key_left:
    case key_up:
    case key_page_up:
    case key_backspace:
      step(show, -1, now);
      break;
    case key_home:
      show.blank = Blank::no;
      go(show, 0, now);
      break;
    case key_end:
      show.blank = Blank::no;
      go(show, show.scenes(), now);
      break;
    case 'B':
    case '.':
      blank(Blank::black);
      break;
    case 'W':
    case ',':
      blank(Blank::white);
      break;
    case 'L':
      show.loop = !show.loop;
      show.since = now;
      break;
    case 'N':
      show.notes = !show.notes;
      break;
    case key_escape:
      show.left = true;
      break;
    default:
      break;
  }
}

double seconds_left(const Presentation& show, Time now) {
  if (!show.loop || show.blank != Presentation::Blank::no || show.scenes() < 2) return -1;
  const double stood = std::chrono::duration<double>(now - show.since).count();
  return std::max(show.seconds[show.at] - stood, 0.0);
}

void tick(Presentation& show, Time now) {
  if (seconds_left(show, now) == 0) step(show, 1, now);
}

void take_scenes(Presentation& show, std::vector<double> seconds, std::size_t at, Time now) {
  show.seconds = std::move(seconds);
  const std::size_t before = show.at;
  show.at = show.seconds.empty() ? 0 : std::min(at, show.seconds.size() - 1);
  if (show.at != before) show.since = now;
}

}  // namespace app
