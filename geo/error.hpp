#pragma once
#include <exception>
#include <string>

#include "geo/message.hpp"

namespace geo {

/// Which exit status an error ends in, and how the window words it.
enum class ErrorKind { usage = 2, io = 3, internal = 4 };

/// A broken file, database or GPU: what happened, where, and what to do about it. Thrown by every
/// room, caught once (at the job boundary in the window, in main on the command line).
/// Imperfect data is not an Error but an Issue.
class Error : public std::exception {
 public:
  Error(ErrorKind kind, Message what, std::string where, Message remedy);

  ErrorKind kind;
  Message message;    ///< what happened
  std::string where;  ///< file, layer, row: as the person would look for it
  Message remedy;     ///< what to do

  /// Ids and arguments, for logs and test output; people read app::say(error).
  const char* what() const noexcept override { return text_.c_str(); }

 private:
  std::string text_;
};

/// The person cancelled the job. Not an Error: nothing went wrong.
class Cancelled : public std::exception {
 public:
  const char* what() const noexcept override { return "cancelled"; }
};

}  // namespace geo
