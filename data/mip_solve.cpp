// Our side of the solver: starts it, listens, believes nothing that it has not held against the
// rows.
#include <algorithm>
#include <chrono>
#include <cmath>
#include <system_error>

#include "data/child_process.hpp"
#include "data/mip.hpp"
#include "data/mip_wire.hpp"
#include "geo/error.hpp"

namespace data {
namespace {

using geo::msg;
using State = MipAnswer::State;

constexpr int patience = 40;  // milliseconds between two questions whether to go on

[[noreturn]] void contradicts_itself(const std::string& where) {
  throw geo::Error(geo::ErrorKind::usage, msg("data.mip_contradiction"), where,
                   msg("data.mip_contradiction_remedy"));
}

void check(const Mip& mip, std::span<const double> start) {
  for (const Mip::Column& column : mip.columns) {
    if (!std::isfinite(column.objective) || std::isnan(column.lower) || std::isnan(column.upper) ||
        column.lower == Mip::infinite || column.upper == -Mip::infinite)
      contradicts_itself(column.name);
  }
  std::vector<std::size_t> last_row(mip.columns.size(), mip.rows.size());
  for (std::size_t i = 0; i < mip.rows.size(); ++i) {
    const Mip::Row& row = mip.rows[i];
    if (std::isnan(row.lower) || std::isnan(row.upper)) contradicts_itself(row.name);
    for (const auto& [column, factor] : row.terms) {
      if (column >= mip.columns.size() || !std::isfinite(factor) || last_row[column] == i)
        contradicts_itself(row.name);
      last_row[column] = i;
    }
  }
  if (!start.empty() && start.size() != mip.columns.size()) contradicts_itself("start");
}

/// Whether no x can be: a lower limit above the upper one, or no whole number between them.
bool empty_limits(const Mip& mip) {
  const bool columns = std::ranges::any_of(mip.columns, [](const Mip::Column& column) {
    return column.whole ? std::ceil(column.lower - 1e-9) > std::floor(column.upper + 1e-9)
                        : column.lower > column.upper;
  });
  return columns || std::ranges::any_of(mip.rows, [](const Mip::Row& row) {
           return row.lower > row.upper || row.lower == Mip::infinite ||
                  row.upper == -Mip::infinite;
         });
}

double objective_of(const Mip& mip, std::span<const double> x) {
  double sum = 0;
  for (std::size_t i = 0; i < x.size(); ++i) sum += mip.columns[i].objective * x[i];
  return sum;
}

bool within(double lower, double value, double upper, double scale) {
  const double tolerance = 1e-6 * std::max(1.0, scale);
  return value >= lower - tolerance && value <= upper + tolerance;
}

/// x with its whole columns made whole, when that keeps to every row; else nothing.
std::vector<double> kept(const Mip& mip, std::vector<double> x) {
  if (x.size() != mip.columns.size()) return {};
  for (std::size_t i = 0; i < x.size(); ++i) {
    const Mip::Column& column = mip.columns[i];
    if (!std::isfinite(x[i])) return {};
    if (column.whole) {
      const double whole = std::round(x[i]);
      if (std::abs(whole - x[i]) > 1e-4) return {};
      x[i] = whole + 0.0;  // no -0
    }
    if (!within(column.lower, x[i], column.upper, std::abs(x[i]))) return {};
    if (!column.whole) x[i] = std::clamp(x[i], column.lower, column.upper);
  }
  for (const Mip::Row& row : mip.rows) {
    double sum = 0, size = 0;
    for (const auto& [column, factor] : row.terms) {
      sum += factor * x[column];
      size = std::max(size, std::abs(factor * x[column]));
    }
    if (!within(row.lower, sum, row.upper, size)) return {};
  }
  return x;
}

/// What is known so far.
class Findings {
 public:
  Findings(const Mip& mip, std::span<const double> start) : mip_(mip) {
    offer({start.begin(), start.end()});
  }

  /// False: it does not keep to the rows.
  bool offer(std::vector<double> x) {
    if (mip_.columns.empty() || (x = kept(mip_, std::move(x))).empty()) return false;
    const double objective = objective_of(mip_, x);
    if (answer.x.empty() || objective > answer.objective) {
      answer.x = std::move(x);
      answer.objective = objective;
    }
    return true;
  }
  void bound(double value) {
    if (!std::isnan(value)) answer.bound = std::min(answer.bound, value);
  }

  MipAnswer fail(geo::Message why) {
    answer.state = State::failed;
    answer.said = std::move(why);
    // What was said to be the bound is as little to be trusted as the rest.
    answer.bound = Mip::infinite;
    return std::move(answer);
  }

  /// The answer, when it does not contradict itself.
  MipAnswer end(State state) {
    answer.state = state;
    const double slack = 1e-6 * std::max(1.0, std::abs(answer.objective));
    if (answer.x.empty()) return std::move(answer);
    if (state == State::infeasible || state == State::unbounded ||
        answer.bound < answer.objective - slack)
      return fail(msg("data.mip_contradicted"));
    answer.bound = std::max(answer.bound, answer.objective);
    return std::move(answer);
  }

  MipAnswer answer;

 private:
  const Mip& mip_;
};

MipAnswer outcome(const Mip& mip, const MipLimits& limits, MipReply reply, Findings& found) {
  using Outcome = MipReply::Outcome;
  switch (reply.outcome) {
    case Outcome::infeasible:
      return found.end(State::infeasible);
    case Outcome::unbounded:
      found.answer.x.clear();  // a start is no best of what has none
      found.answer.objective = found.answer.bound = Mip::infinite;
      return found.end(State::unbounded);
    case Outcome::failed:
      return found.fail(msg("data.mip_said", reply.said));
    case Outcome::stopped:
    case Outcome::finished:
      break;
  }
  if (!reply.x.empty() && !found.offer(std::move(reply.x)))
    return found.fail(msg("data.mip_contradicted"));
  found.bound(reply.bound);
  if (reply.outcome == Outcome::stopped) return found.end(State::time_limit);
  if (found.answer.x.empty()) return found.fail(msg("data.mip_contradicted"));
  const double missing = found.answer.bound - found.answer.objective;
  const double scale = std::max(1.0, std::abs(found.answer.objective));
  // The solver measures the gap against the bound, which is the larger of the two.
  if (missing > std::max(limits.gap * 1.001, 1e-6) * std::max(scale, std::abs(found.answer.bound)))
    return found.fail(msg("data.mip_contradicted"));
  if (reply.row_price.size() == mip.rows.size())
    found.answer.row_price = std::move(reply.row_price);
  return found.end(State::optimal);
}

/// Where there is nothing to choose.
MipAnswer without_columns(const Mip& mip) {
  MipAnswer answer;
  const bool holds = std::ranges::all_of(
      mip.rows, [](const Mip::Row& row) { return row.lower <= 0 && row.upper >= 0; });
  answer.state = holds ? State::optimal : State::infeasible;
  if (!holds) return answer;
  answer.objective = answer.bound = 0;
  answer.row_price.assign(mip.rows.size(), 0);
  return answer;
}

}  // namespace

MipAnswer solve(const Mip& mip, std::span<const double> start, const MipLimits& limits,
                const std::filesystem::path& solver_program,
                const std::function<bool(const MipProgress&)>& report) {
  check(mip, start);
  Findings found(mip, start);
  if (empty_limits(mip)) return found.end(State::infeasible);
  if (mip.columns.empty()) return without_columns(mip);

  const auto began = std::chrono::steady_clock::now();
  const auto seconds = [&] {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
  };
  try {
    ChildProcess child(solver_program);
    const std::string request = packed(MipRequest{mip, limits, {found.answer.x}});
    std::string_view to_say = request;
    std::string heard;
    const std::uint64_t longest = 65'536 + 8 * (mip.columns.size() + mip.rows.size());
    const double grace = std::max(1.0, 0.01 * limits.seconds);
    for (bool speaks = true; speaks;) {
      MipProgress progress{seconds(), {}, {}};
      if (!found.answer.x.empty()) progress.best = found.answer.objective;
      if (std::isfinite(found.answer.bound)) progress.bound = found.answer.bound;
      if (report && !report(progress)) {
        child.end(0);
        return found.end(State::cancelled);
      }
      if (progress.seconds > limits.seconds + grace) {
        child.end(0);
        return found.end(State::time_limit);
      }
      speaks = child.exchange(to_say, heard, patience);
      while (const auto message = take_message(heard, longest)) {
        MipReply reply = unpacked_reply(*message);
        if (reply.kind == MipReply::Kind::outcome)
          return outcome(mip, limits, std::move(reply), found);
        if (reply.kind == MipReply::Kind::progress) found.bound(reply.bound);
        found.offer(std::move(reply.x));
      }
    }
    return found.fail(msg("data.mip_died", child.end(500)));
  } catch (const BadMessage&) {
    return found.fail(msg("data.mip_rubbish", solver_program.string()));
  } catch (const std::system_error& error) {
    return found.fail(msg("data.mip_not_started", error.what()));
  }
}

}  // namespace data
