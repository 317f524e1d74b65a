#include "geo/error.hpp"

#include <type_traits>

namespace geo {
namespace {
std::string plain(const Message& m) {
  std::string out = m.id;
  for (const Arg& a : m.args) {
    out += ' ';
    std::visit(
        [&out](const auto& v) {
          if constexpr (std::is_same_v<std::decay_t<decltype(v)>, std::string>) {
            out += v;
          } else {
            out += std::to_string(v);
          }
        },
        a);
  }
  return out;
}
}  // namespace

Error::Error(ErrorKind k, Message w, std::string at, Message r)
    : kind(k), message(std::move(w)), where(std::move(at)), remedy(std::move(r)) {
  text_ = plain(message) + " [" + where + "] " + plain(remedy);
}

}  // namespace geo
