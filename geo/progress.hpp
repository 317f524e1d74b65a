#pragma once
#include <functional>

#include "geo/error.hpp"
#include "geo/message.hpp"

namespace geo {

/// Handed down into long work. A default one reports to nobody and never cancels.
struct Progress {
  /// Told the share done (0…1) and what is being done; answers false to cancel.
  std::function<bool(double share, const Message& doing)> report;

  /// Throws Cancelled when the person has cancelled.
  void at(double share, const Message& doing) const {
    if (report && !report(share, doing)) throw Cancelled{};
  }
  /// A part of this progress, running from `from` to `to`.
  Progress part(double from, double to) const {
    if (!report) return {};
    return {[parent = report, from, to](double share, const Message& doing) {
      return parent(from + share * (to - from), doing);
    }};
  }
};

}  // namespace geo
