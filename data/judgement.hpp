#pragma once
#include <string>

namespace data {

/// A person looked at a finding of the quality checks and lets it stand.
struct Acceptance {
  std::string key;             ///< of the finding
  std::string reason, by, at;  ///< at: UTC, ISO 8601
};

/// A person decided which of several rival published figures is to be shown.
struct FigureChoice {
  std::string scope_level, scope, indicator;  ///< of the rivals
  std::string document, as_of;                ///< of the one chosen
  std::string reason, by, at;
};

}  // namespace data
