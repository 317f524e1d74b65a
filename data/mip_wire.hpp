#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "data/mip.hpp"

/// What the program and its solver (app/solver_main.cpp) say to each other, through a pair of
/// pipes: one MipRequest there, then any number of replies back, the last of them an outcome. Both
/// are of one build on one machine, so numbers travel as they lie in memory; sizes are checked all
/// the same.
namespace data {

struct MipRequest {
  Mip mip;  ///< without names
  MipLimits limits;
  std::vector<double> start;  ///< empty, or one value per column
};

struct MipReply {
  enum class Kind : std::uint32_t {
    progress,  ///< bound, and objective where there is one
    found,     ///< x
    outcome    ///< state, bound, x where there is one, row_price, said
  };
  enum class Outcome : std::uint32_t { finished, stopped, infeasible, unbounded, failed };
  Kind kind = Kind::progress;
  Outcome outcome = Outcome::failed;
  double objective = -Mip::infinite, bound = Mip::infinite;
  std::vector<double> x, row_price;
  std::string said;
};

std::string packed(const MipRequest& request);
std::string packed(const MipReply& reply);

/// One whole message at the beginning of `bytes`, which it is taken from; none while it is not all
/// there. Throws BadMessage when it never will be.
std::optional<std::string> take_message(std::string& bytes, std::uint64_t longest);
struct BadMessage {};

/// Throw BadMessage.
MipRequest unpacked_request(std::string_view message);
MipReply unpacked_reply(std::string_view message);

}  // namespace data
