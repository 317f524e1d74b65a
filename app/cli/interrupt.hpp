#pragma once
#include "geo/progress.hpp"

namespace app {

/// While it lives, Ctrl+C (or being asked to end) cancels the work at its next step instead of
/// ending the program in the middle of it, so that nothing half-written is left. One at a time.
class CancelByHand {
 public:
  CancelByHand();
  ~CancelByHand();
  CancelByHand(const CancelByHand&) = delete;
  CancelByHand& operator=(const CancelByHand&) = delete;

  geo::Progress watch(geo::Progress progress) const;

 private:
  using Handler = void (*)(int);
  Handler interrupt_, terminate_;  ///< as it was before
};

}  // namespace app
