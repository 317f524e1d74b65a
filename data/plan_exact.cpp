#include "data/plan_exact.hpp"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <functional>
#include <mutex>
#include <optional>

#include "data/plan_schedule.hpp"
#include "geo/parallel.hpp"

namespace data {
namespace {

/// A programme with only the columns of team-days that look best by the prices of its relaxation,
/// and those of a start: small enough that the solver finds good answers. Any answer of it is one
/// of the whole; its bound is not.
struct Promising {
  Mip mip;
  double bound = Mip::infinite;  ///< of the whole: the relaxation's
};
std::optional<Promising> promising(const PlanMip& whole, std::span<const double> start,
                                   const MipLimits& limits,
                                   const std::filesystem::path& solver_program,
                                   const std::function<bool(const MipProgress&)>& report) {
  constexpr std::size_t columns = 1500;
  const std::size_t first = whole.first_stay, last = whole.first_holding;
  if (last - first <= 2 * columns) return std::nullopt;
  Promising out;
  out.mip = whole.mip;
  for (Mip::Column& column : out.mip.columns) column.whole = false;
  const MipAnswer relaxed = solve(out.mip, {}, limits, solver_program, report);
  if (relaxed.state != MipAnswer::State::optimal || relaxed.row_price.empty()) return std::nullopt;
  out.bound = relaxed.objective;
  // What one more of a column brings beyond what it uses up: 0 for those in use, else less.
  std::vector<double> reduced(whole.mip.columns.size());
  for (std::size_t j = 0; j < reduced.size(); ++j) reduced[j] = whole.mip.columns[j].objective;
  for (std::size_t i = 0; i < whole.mip.rows.size(); ++i)
    for (const auto& [column, factor] : whole.mip.rows[i].terms)
      reduced[column] -= factor * relaxed.row_price[i];
  std::vector<double> sorted(reduced.begin() + static_cast<std::ptrdiff_t>(first),
                             reduced.begin() + static_cast<std::ptrdiff_t>(last));
  std::nth_element(sorted.begin(), sorted.begin() + columns, sorted.end(), std::greater<>());
  out.mip = whole.mip;
  for (std::size_t j = first; j < last; ++j)
    if (reduced[j] < sorted[columns] && start[j] <= 0) out.mip.columns[j].upper = 0;
  return out;
}

}  // namespace

double ExactProgress::gap() const {
  if (bound <= value) return 0;
  return std::min(1.0, (bound - value) / std::max(bound + missed_value, 1e-9));
}

ExactAnswer exact_plans(const PlanProblems& problems, std::span<const PlanAnswer> quick,
                        std::span<const PlanPrices> prices, const ExactLimits& limits,
                        const std::filesystem::path& solver_program,
                        const std::function<bool(const ExactProgress&)>& report) {
  using Clock = std::chrono::steady_clock;
  const auto began = Clock::now();
  ExactAnswer out;
  out.answers.assign(quick.begin(), quick.end());
  std::vector<double> value(quick.size()), bound(quick.size()), missed(quick.size());
  for (std::size_t i = 0; i < quick.size(); ++i) {
    value[i] = quick[i].value;
    bound[i] = quick[i].bound;
    missed[i] = quick[i].missed_value;
  }
  std::mutex mutex;
  std::size_t done = 0, proven = 0;
  std::atomic<bool> stopped{false};
  const auto tell = [&] {  // with the mutex held
    ExactProgress now;
    now.done = done;
    now.parts = quick.size();
    for (std::size_t i = 0; i < quick.size(); ++i) {
      now.value += value[i];
      now.bound += bound[i];
      now.missed_value += missed[i];
    }
    if (report && !report(now)) stopped = true;
  };
  const std::size_t rounds =
      std::max<std::size_t>(1, (quick.size() + geo::thread_count() - 1) / geo::thread_count());
  geo::in_parallel(quick.size(), {}, geo::msg("data.plan_doing"), [&](std::size_t, std::size_t i) {
    if (stopped) return;
    const PlanProblem& problem = problems.parts[i].problem;
    PlanAnswer& answer = out.answers[i];
    if (gap_of(answer) <= limits.gap || problem.ways.empty()) {
      const std::lock_guard lock(mutex);
      ++done;
      ++proven;
      tell();
      return;
    }
    MipAnswer found;
    double known = answer.bound;
    const auto seconds_left = [&] {
      const double spent = std::chrono::duration<double>(Clock::now() - began).count();
      // What earlier provinces left over is there for the later ones.
      const double rounds_left = double(std::max<std::size_t>(1, rounds - i / geo::thread_count()));
      return std::max(0.5, (limits.seconds - spent) / rounds_left);
    };
    const auto keep = [&](const PlanMip& mip) {
      if (!found.x.empty()) {
        PlanAnswer exact = improved(problem, answer_of(problem, mip, found.x), prices[i]);
        if (exact.value > answer.value) answer = std::move(exact);
      }
      answer.bound = std::max(known, answer.value);
      const std::lock_guard lock(mutex);
      value[i] = answer.value;
      missed[i] = answer.missed_value;
      bound[i] = std::min(bound[i], answer.bound);
    };
    // First with weekends that are alike as one; where the single weekends' limits leave a gap, as
    // they are.
    for (const bool grouped : {true, false}) {
      const PlanMip mip = plan_mip(problem, grouped);
      if (!grouped && mip.groups.groups.size() == weekend_groups(problem).groups.size()) break;
      MipLimits own;
      own.gap = limits.gap;
      own.seed = limits.seed;
      bool whole = false;
      const auto progressed = [&](const MipProgress& progress) {
        const std::lock_guard lock(mutex);
        if (progress.bound && whole) bound[i] = std::min(bound[i], *progress.bound);
        // Of alike weekends as one it may be no plan yet.
        if (progress.best && whole && !grouped) value[i] = std::max(value[i], *progress.best);
        tell();
        return !stopped;
      };
      if (grouped) {
        own.seconds = seconds_left() * 0.3;
        const std::vector<double> start = start_of(problem, mip, answer);
        if (const auto some = promising(mip, start, own, solver_program, progressed)) {
          known = std::min(known, some->bound);
          own.seconds = seconds_left() * 0.4;
          found = solve(some->mip, start, own, solver_program, progressed);
          keep(mip);
          if (stopped || gap_of(answer) <= limits.gap) break;
        }
      }
      if (stopped) break;
      whole = true;
      own.seconds = seconds_left();
      found = solve(mip.mip, start_of(problem, mip, answer), own, solver_program, progressed);
      known = std::min(known, found.bound);
      keep(mip);
      if (stopped || gap_of(answer) <= limits.gap || found.state != MipAnswer::State::optimal)
        break;
    }
    answer.bound = std::max(known, answer.value);
    const std::lock_guard lock(mutex);
    if (found.state == MipAnswer::State::failed && out.said.id.empty()) out.said = found.said;
    value[i] = answer.value;
    bound[i] = answer.bound;
    ++done;
    if (gap_of(answer) <= limits.gap + 1e-9) ++proven;
    tell();
  });
  out.stopped = stopped;
  out.proven = proven == quick.size();
  return out;
}

}  // namespace data
