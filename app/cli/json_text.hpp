#pragma once
#include <string>

namespace app {

/// As all commands write JSON: lines for people too, and what is no UTF-8 marked, not refused.
/// `Json` is the caller's JSON value: the library stays out of headers.
template <class Json>
std::string dumped(const Json& json) {
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace app
