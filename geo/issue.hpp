#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "geo/message.hpp"
#include "geo/point.hpp"

namespace geo {

/// error: the value was not taken. warning: taken, but a person should look. info: what was
/// assumed or repaired.
enum class Severity : std::uint8_t { info, warning, error };

/// One thing about the data that a person should know. Nothing is dropped silently: what is not
/// taken comes back as one of these.
struct Issue {
  Severity severity = Severity::warning;
  Message message;
  std::string file;   ///< name as given by the person
  std::string sheet;  ///< sheet or layer, empty when the file has one
  std::optional<std::int64_t>
      row;                   ///< as a spreadsheet counts (1 is the first line), or feature id
  std::string column;        ///< heading or letter, empty when the whole row is meant
  std::string unit;          ///< code or name of the unit concerned, when known
  std::optional<LonLat> at;  ///< where on the map, when known
};
using Issues = std::vector<Issue>;

}  // namespace geo
