#include "app/cli/interrupt.hpp"

#include <csignal>
#include <utility>

namespace app {
namespace {

/// A signal can be told of in no other way.
volatile std::sig_atomic_t asked_to_end = 0;

extern "C" void ask_to_end(int) { asked_to_end = 1; }

}  // namespace

CancelByHand::CancelByHand() {
  asked_to_end = 0;
  interrupt_ = std::signal(SIGINT, ask_to_end);
  terminate_ = std::signal(SIGTERM, ask_to_end);
}

CancelByHand::~CancelByHand() {
  std::signal(SIGINT, interrupt_);
  std::signal(SIGTERM, terminate_);
}

geo::Progress CancelByHand::watch(geo::Progress progress) const {
  return {[inner = std::move(progress)](double share, const geo::Message& doing) {
    if (asked_to_end != 0) return false;
    return !inner.report || inner.report(share, doing);
  }};
}

}  // namespace app
