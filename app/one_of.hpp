#pragma once
#include <type_traits>
#include <utility>
#include <variant>

namespace app {

template <class Kind, class... Kinds>
consteval bool among(const std::variant<Kinds...>*) {
  return (std::is_same_v<Kind, Kinds> || ...);
}

/// A variant whose copies are made in one source, one_of.cpp: every source that names it would
/// make them otherwise, and of ninety kinds that was most of the time that building took (70 s of
/// actions.cpp with sanitizers, 21 s so). Whoever declares one says `extern template struct
/// OneOf<…>` beside it. `Kinds`: the std::variant.
template <class Kinds>
struct OneOf : Kinds {
  template <class Kind>
  requires(among<std::remove_cvref_t<Kind>>(static_cast<const Kinds*>(nullptr))) OneOf(Kind&& kind)
  noexcept(std::is_nothrow_constructible_v<std::remove_cvref_t<Kind>, Kind>)
      : Kinds(std::in_place_type<std::remove_cvref_t<Kind>>, std::forward<Kind>(kind)) {}
  OneOf();
  OneOf(const OneOf&);
  OneOf(OneOf&&) noexcept;
  OneOf& operator=(const OneOf&);
  OneOf& operator=(OneOf&&) noexcept;
  ~OneOf();
};

}  // namespace app
