#pragma once
#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace geo {

/// What fills a {0}, {1}… of a sentence. Numbers stay numbers so that the desk can write them the
/// reader's way (1.234,5 or 1,234.5).
using Arg = std::variant<std::string, std::int64_t, double>;

/// A sentence in the reader's language: `id` is a key of assets/lang/<language>/<room>.json.
/// Every id is written as msg("room.word", …) so that a test finds those without a sentence.
struct Message {
  std::string id;
  std::vector<Arg> args;
  bool operator==(const Message&) const = default;
};

inline Arg arg(std::string text) { return Arg{std::move(text)}; }
inline Arg arg(const char* text) { return Arg{std::string(text)}; }
inline Arg arg(double number) { return Arg{number}; }
template <class Integer>
requires std::is_integral_v<Integer> Arg arg(Integer number) {
  return Arg{static_cast<std::int64_t>(number)};
}

/// msg("geo.ring_closed", 3, "name")
template <class... Args>
Message msg(std::string id, Args... args) {
  return Message{std::move(id), {arg(std::move(args))...}};
}

}  // namespace geo
