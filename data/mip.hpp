#pragma once
#include <cstdint>
#include <filesystem>
#include <functional>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "geo/message.hpp"

namespace data {

/// A mixed-integer linear programme: maximise the sum of objective x over the columns, with
/// lower <= sum a x <= upper in every row. Bounds may be infinite.
struct Mip {
  static constexpr double infinite = std::numeric_limits<double>::infinity();
  struct Column {
    double objective = 0, lower = 0, upper = infinite;
    bool whole = false;
    std::string name;  ///< only for files; ASCII letters, digits and _ stay as they are there
  };
  struct Row {
    double lower = -infinite, upper = infinite;
    std::vector<std::pair<std::uint32_t, double>> terms;  ///< column and factor, each column once
    std::string name;
  };
  std::vector<Column> columns;
  std::vector<Row> rows;
};

struct MipLimits {
  double seconds = 60;  ///< then the best found so far is the answer
  double gap = 1e-9;    ///< relative; within it an answer counts as optimal
  std::uint32_t seed = 1;
};

struct MipProgress {
  double seconds = 0;
  std::optional<double> best;   ///< objective of the best answer so far
  std::optional<double> bound;  ///< no answer can be better than this
};

struct MipAnswer {
  enum class State : std::uint8_t {
    optimal,     ///< within the gap asked for, proven
    time_limit,  ///< the best found, and how good one could be at most
    infeasible,  ///< proven: no x keeps to all rows
    unbounded,   ///< proven: the objective has no largest value
    cancelled,   ///< by report(); x is the best found until then
    failed       ///< the solver, see said; x is the best found until then
  };
  State state = State::failed;
  std::vector<double> x;              ///< the best found; empty: none
  double objective = -Mip::infinite;  ///< of x
  double bound = Mip::infinite;       ///< proven: no answer is better
  /// Of programmes without a whole column, when optimal: what one more unit of the row's limit
  /// adds.
  std::vector<double> row_price;
  /// When failed: why, for people.
  geo::Message said;
};

/// Runs `solver_program` (phusong-solver) and waits for it; it is killed when `report` answers
/// false (asked at least every 50 ms), and some time after the limit. `start` may be empty, or a
/// value for each column that keeps to all rows: then the answer is never worse than that.
/// Throws Error (usage) for a programme that contradicts itself (a term of no column, not a
/// number); what goes wrong with the solver is an answer: failed.
MipAnswer solve(const Mip& mip, std::span<const double> start, const MipLimits& limits,
                const std::filesystem::path& solver_program,
                const std::function<bool(const MipProgress&)>& report = {});

/// What the files are for: any other solver can be asked. Names that a format cannot hold are
/// changed so that they stay apart. Throw Error (io).
/// CPLEX LP: says "Maximize". A row with both limits becomes two, NAME_low and NAME_high.
void write_lp(const Mip& mip, const std::filesystem::path& file);
/// Free MPS, which has no word for maximising: holds the objective negated, to be minimised, and
/// says so in its head.
void write_mps(const Mip& mip, const std::filesystem::path& file);

}  // namespace data
