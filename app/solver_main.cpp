// phusong-solver: solves one mixed-integer programme that it is given as a MipRequest on its input
// and answers with MipReplies on its output. A program of its own, so that it can be killed at any
// moment and CBC's libraries are loaded by nobody else.
#include <unistd.h>

#include <CbcEventHandler.hpp>
#include <CbcModel.hpp>
#include <CbcSolver.hpp>
#include <OsiClpSolverInterface.hpp>
#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cmath>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <memory>
#include <string>
#include <thread>
#include <vector>
#ifdef __linux__
#include <sys/prctl.h>
#endif
// Shows what a Cbc_Model is made of: the C interface alone tells neither the answers found on the
// way nor the prices of rows.
#define CBC_EXTERN_C
#include <Cbc_C_Interface.h>

#include "data/mip_tidy.hpp"
#include "data/mip_wire.hpp"

namespace {

using data::Mip;
using data::MipReply;

constexpr int input = 3;
constexpr int output = 4;

/// CBC prints to 1; what we say goes elsewhere.
void set_pipes_aside() {
  ::dup2(STDIN_FILENO, input);
  ::dup2(STDOUT_FILENO, output);
  ::dup2(STDERR_FILENO, STDOUT_FILENO);
}

void say(const MipReply& reply) {
  const std::string message = packed(reply);
  for (std::string_view rest = message; !rest.empty();) {
    const ssize_t written = ::write(output, rest.data(), rest.size());
    if (written > 0) {
      rest.remove_prefix(static_cast<std::size_t>(written));
    } else if (written < 0 && errno != EINTR) {
      ::_exit(1);  // nobody listens
    }
  }
}

std::string hear() {
  std::string heard;
  std::vector<char> buffer(1U << 20);
  for (;;) {
    if (auto message = data::take_message(heard, std::uint64_t{1} << 34))
      return std::move(*message);
    const ssize_t got = ::read(input, buffer.data(), buffer.size());
    if (got > 0) heard.append(buffer.data(), static_cast<std::size_t>(got));
    if (got == 0) ::_exit(1);
    if (got < 0 && errno != EINTR) ::_exit(1);
  }
}

/// Nobody waits for an answer when the program that asked has ended, however it did.
void end_with_parent() {
#ifdef __linux__
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
#endif
  std::thread([] {
    char more = 0;
    while (::read(input, &more, 1) < 0 && errno == EINTR) {
    }
    ::_exit(1);
  }).detach();
}

/// CBC has tolerances that do not go by the size of the objective, so the middle one of its factors
/// becomes one of 1 to 2: with the largest, one penalty made all the rest too small to be seen. A
/// power of two: nothing is rounded.
double scale_of(const Mip& mip) {
  std::vector<double> factors;
  for (const Mip::Column& column : mip.columns)
    if (column.objective != 0) factors.push_back(std::abs(column.objective));
  if (factors.empty()) return 1;
  const auto middle = factors.begin() + static_cast<std::ptrdiff_t>(factors.size() / 2);
  std::nth_element(factors.begin(), middle, factors.end());
  return std::exp2(-std::clamp(std::ilogb(*middle), -900, 900));
}

/// CBC minimises here: maximising is the less travelled path, with signs that go wrong. What it
/// tells is turned back.
class Watcher : public CbcEventHandler {
 public:
  Watcher(CbcModel* model, const Mip& mip)
      : CbcEventHandler(model), mip_(&mip), scale_(scale_of(mip)) {}
  CbcEventHandler* clone() const override { return new Watcher(*this); }

  CbcAction event(CbcEvent what) override {
    // Heuristics solve smaller programmes on the way; what is proven there does not hold for ours.
    const CbcModel* model = getModel();
    if (model == nullptr || model->parentModel() != nullptr ||
        model->getNumCols() != static_cast<int>(mip_->columns.size()))
      return noAction;
    if (what == solution || what == heuristicSolution) tell_found(*model);
    if (what == node || what == treeStatus || what == generatedCuts) tell_bound(*model);
    return noAction;
  }

 private:
  void tell_found(const CbcModel& model) {
    const double* x = model.bestSolution();
    if (x == nullptr) return;
    MipReply reply;
    reply.kind = MipReply::Kind::found;
    reply.x.assign(x, x + mip_->columns.size());
    if (reply.x == last_) return;
    last_ = reply.x;
    say(reply);
  }
  void tell_bound(const CbcModel& model) {
    const double bound = -model.getBestPossibleObjValue() / scale_;
    const auto now = std::chrono::steady_clock::now();
    if (!std::isfinite(bound) || std::abs(bound) > 1e50 || bound >= bound_ ||
        now - told_ < std::chrono::milliseconds(200))
      return;
    bound_ = bound;
    told_ = now;
    MipReply reply;
    reply.kind = MipReply::Kind::progress;
    reply.bound = bound;
    say(reply);
  }

  const Mip* mip_;
  double scale_;
  std::vector<double> last_;
  double bound_ = Mip::infinite;
  std::chrono::steady_clock::time_point told_{};
};

double for_cbc(double limit) {
  return std::isinf(limit) ? std::copysign(COIN_DBL_MAX, limit) : limit;
}

struct Deleter {
  void operator()(Cbc_Model* model) const { Cbc_deleteModel(model); }
};
using Model = std::unique_ptr<Cbc_Model, Deleter>;

Model built(const Mip& mip) {
  const double scale = scale_of(mip);
  Model model(Cbc_newModel());
  const std::size_t columns = mip.columns.size();
  std::vector<CoinBigIndex> start(columns + 1);
  for (const Mip::Row& row : mip.rows) {
    for (const auto& term : row.terms) ++start[term.first + 1];
  }
  for (std::size_t i = 0; i < columns; ++i) start[i + 1] += start[i];
  std::vector<CoinBigIndex> next(start);
  std::vector<int> of_row(static_cast<std::size_t>(start[columns]) + 1);
  std::vector<double> factor(of_row.size());
  std::vector<double> objective, lower, upper, row_lower, row_upper;
  for (std::size_t i = 0; i < mip.rows.size(); ++i) {
    row_lower.push_back(for_cbc(mip.rows[i].lower));
    row_upper.push_back(for_cbc(mip.rows[i].upper));
    for (const auto& [column, value] : mip.rows[i].terms) {
      const auto at = static_cast<std::size_t>(next[column]++);
      of_row[at] = static_cast<int>(i);
      factor[at] = value;
    }
  }
  for (const Mip::Column& column : mip.columns) {
    objective.push_back(0 - scale * column.objective);
    lower.push_back(for_cbc(column.lower));
    upper.push_back(for_cbc(column.upper));
  }
  Cbc_loadProblem(model.get(), static_cast<int>(columns), static_cast<int>(mip.rows.size()),
                  start.data(), of_row.data(), factor.data(), lower.data(), upper.data(),
                  objective.data(), row_lower.data(), row_upper.data());
  for (std::size_t i = 0; i < columns; ++i) {
    if (mip.columns[i].whole) Cbc_setInteger(model.get(), static_cast<int>(i));
  }
  return model;
}

void set(const Model& model, const char* name, const std::string& value) {
  Cbc_setParameter(model.get(), name, value.c_str());
}

std::string exact(double value) {
  std::array<char, 32> buffer{};
  std::snprintf(buffer.data(), buffer.size(), "%.17g", value);
  return buffer.data();
}

MipReply solved_without_whole(const Model& model, const Mip& mip) {
  MipReply reply;
  reply.kind = MipReply::Kind::outcome;
  model->solver_->messageHandler()->setLogLevel(0);
  Cbc_solve(model.get());
  const OsiClpSolverInterface& solver = *model->solver_;
  const double scale = scale_of(mip);
  if (solver.isProvenOptimal()) {
    reply.outcome = MipReply::Outcome::finished;
    reply.objective = reply.bound = 0 - solver.getObjValue() / scale;
    reply.x.assign(solver.getColSolution(), solver.getColSolution() + mip.columns.size());
    for (std::size_t i = 0; i < mip.rows.size(); ++i)
      reply.row_price.push_back(0 - solver.getRowPrice()[i] / scale);
  } else if (solver.isProvenPrimalInfeasible()) {
    reply.outcome = MipReply::Outcome::infeasible;
  } else if (solver.isProvenDualInfeasible()) {
    reply.outcome = MipReply::Outcome::unbounded;
  } else {
    reply.said = "CLP: status " + std::to_string(solver.getModelPtr()->status());
  }
  return reply;
}

MipReply solved(data::MipRequest request) {
  Mip& mip = request.mip;
  const auto whole = [](const Mip::Column& column) { return column.whole; };
  if (std::ranges::none_of(mip.columns, whole)) return solved_without_whole(built(mip), mip);
  MipReply reply;
  reply.kind = MipReply::Kind::outcome;
  reply.outcome = MipReply::Outcome::infeasible;
  if (!tidy(mip)) return reply;
  const Model model = built(mip);

  // Where it goes: what is printed to 1 ends in 2, see set_pipes_aside().
  set(model, "log", std::getenv("PHUSONG_SOLVER_LOG") != nullptr ? "1" : "0");
  set(model, "timeMode", "elapsed");
  set(model, "seconds", exact(request.limits.seconds));
  set(model, "ratioGap", exact(request.limits.gap));
  set(model, "randomSeed", std::to_string(request.limits.seed));
  set(model, "randomCbcSeed", std::to_string(request.limits.seed));
  // The columns stay what they are, so that answers on the way can be told.
  set(model, "preprocess", "off");
  // Cut off the best answer of 1 in 20,000 random programmes, and found next to nothing in plans.
  set(model, "probing", "off");
  if (!request.start.empty()) {
    std::vector<int> all(request.start.size());
    for (std::size_t i = 0; i < all.size(); ++i) all[i] = static_cast<int>(i);
    Cbc_setMIPStartI(model.get(), static_cast<int>(all.size()), all.data(), request.start.data());
  }
  const Watcher watcher(model->model_, mip);
  model->model_->passInEventHandler(&watcher);
  Cbc_solve(model.get());

  const double* x = Cbc_bestSolution(model.get());
  if (x != nullptr) reply.x.assign(x, x + mip.columns.size());
  const int status = Cbc_status(model.get()), secondary = Cbc_secondaryStatus(model.get());
  reply.bound = 0 - Cbc_getBestPossibleObjValue(model.get()) / scale_of(mip);
  if (Cbc_isContinuousUnbounded(model.get()) != 0) {
    reply.outcome = MipReply::Outcome::unbounded;
  } else if (Cbc_isProvenInfeasible(model.get()) != 0) {
    reply.outcome = MipReply::Outcome::infeasible;
  } else if (status == 0 && x != nullptr) {
    reply.outcome = MipReply::Outcome::finished;
  } else if (status == 1) {
    reply.outcome = MipReply::Outcome::stopped;
  } else {
    reply.outcome = MipReply::Outcome::failed;
    reply.said = "CBC: status " + std::to_string(status) + ", " + std::to_string(secondary);
  }
  return reply;
}

}  // namespace

int main() {
  set_pipes_aside();
  MipReply reply;
  reply.kind = MipReply::Kind::outcome;
  try {
    data::MipRequest request = data::unpacked_request(hear());
    end_with_parent();
    reply = solved(std::move(request));
  } catch (const data::BadMessage&) {
    reply.said = "not a request";
  } catch (const std::exception& error) {
    reply.said = error.what();
  }
  say(reply);
  ::_exit(0);  // the memory goes with the process; tidying it up would only take time
}
