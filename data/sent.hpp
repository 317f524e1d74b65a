#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "data/package.hpp"

namespace data {

/// What was sent of a workspace, as it remembers. Clocks have no say in it: what comes late from a
/// laptop whose clock is slow is sent too.
struct SentSoFar {
  std::int64_t until = 0;         ///< all operations up to this one (its id here); 0: none yet
  std::optional<std::string> at;  ///< UTC: when the last package of it was made; empty: none yet
  std::size_t left = 0;           ///< operations that came since
};
SentSoFar sent_so_far(Workspace& workspace);

/// This package is on its way too. What it left out counts as sent no more than before.
void remember_sent(Workspace& workspace, const Package& package);

}  // namespace data
