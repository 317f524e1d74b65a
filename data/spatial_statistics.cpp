#include "data/spatial_statistics.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "geo/random.hpp"

namespace data {
namespace {

/// The communes that count, closed up: without those that have no value and without islands.
struct Sample {
  std::vector<std::uint32_t> units;  ///< which they are
  std::vector<double> z;             ///< deviations from the mean
  double squares = 0;                ///< Σz²; 0 when all values are equal
  std::vector<std::uint32_t> first;  ///< neighbours of i: neighbour[first[i]] … [first[i + 1]]
  std::vector<std::uint32_t> neighbour;

  std::size_t size() const { return units.size(); }
  std::uint32_t neighbours(std::size_t i) const { return first[i + 1] - first[i]; }
};

Sample sample_of(std::span<const std::optional<double>> values, const geo::Contiguity& neighbours,
                 Moran& moran) {
  const auto count = static_cast<std::uint32_t>(std::min(values.size(), neighbours.size()));
  const auto known = [&](std::uint32_t u) {
    return u < count && values[u] && std::isfinite(*values[u]);
  };
  Sample sample;
  std::vector<std::uint32_t> place(count, UINT32_MAX);
  for (std::uint32_t u = 0; u < count; ++u) {
    if (!known(u)) {
      moran.missing.push_back(u);
    } else if (std::none_of(neighbours[u].begin(), neighbours[u].end(), known)) {
      moran.islands.push_back(u);
    } else {
      place[u] = static_cast<std::uint32_t>(sample.units.size());
      sample.units.push_back(u);
    }
  }
  double mean = 0;
  for (const std::uint32_t u : sample.units) mean += *values[u];
  mean /= static_cast<double>(sample.size());
  // The mean of equal values may be off by a digit, which would pass for a difference.
  const auto same = [&](std::uint32_t u) { return *values[u] == *values[sample.units[0]]; };
  if (std::all_of(sample.units.begin(), sample.units.end(), same)) return sample;
  sample.first.push_back(0);
  for (const std::uint32_t u : sample.units) {
    sample.z.push_back(*values[u] - mean);
    sample.squares += sample.z.back() * sample.z.back();
    for (const std::uint32_t v : neighbours[u])
      if (known(v)) sample.neighbour.push_back(place[v]);
    sample.first.push_back(static_cast<std::uint32_t>(sample.neighbour.size()));
  }
  return sample;
}

/// Mean of the neighbours' deviations: Σⱼ wᵢⱼ zⱼ with rows that sum to 1.
std::vector<double> lags(const Sample& sample) {
  std::vector<double> out(sample.size());
  for (std::size_t i = 0; i < sample.size(); ++i) {
    double sum = 0;
    for (std::uint32_t k = sample.first[i]; k < sample.first[i + 1]; ++k)
      sum += sample.z[sample.neighbour[k]];
    out[i] = sum / sample.neighbours(i);
  }
  return out;
}

/// Sums that differ only by the order of their terms are equal.
double rounding(const Sample& sample) {
  double most = 0;
  for (const double z : sample.z) most = std::max(most, std::abs(z));
  return most * 1e-10;
}

/// How often values thrown anew over all places are as alike as they are: (R+1)/(M+1).
double global_p(const Sample& sample, double observed, const MoranOptions& options) {
  // Each pair once, with both its weights: half the work of Σᵢ zᵢ Σⱼ wᵢⱼ zⱼ.
  struct Pair {
    std::uint32_t a, b;
    double weight;
  };
  std::vector<Pair> pairs;
  for (std::uint32_t i = 0; i < sample.size(); ++i)
    for (std::uint32_t k = sample.first[i]; k < sample.first[i + 1]; ++k)
      if (const std::uint32_t j = sample.neighbour[k]; i < j)
        pairs.push_back({i, j, 1.0 / sample.neighbours(i) + 1.0 / sample.neighbours(j)});
  geo::Random random(options.seed);
  std::vector<double> z = sample.z;
  const double least = observed - 1e-10;
  std::uint32_t as_alike = 0;
  for (std::uint32_t m = 0; m < options.permutations; ++m) {
    for (auto n = static_cast<std::uint32_t>(z.size()); n > 1; --n)
      std::swap(z[n - 1], z[random.below(n)]);
    double sum = 0;
    for (const Pair& pair : pairs) sum += pair.weight * z[pair.a] * z[pair.b];
    as_alike += sum / sample.squares >= least;
  }
  return (as_alike + 1.0) / (options.permutations + 1.0);
}

/// Conditional permutation: commune i keeps its value, its k neighbours are drawn from the others
/// without replacement. All communes share the draws (as in esda and GeoDa), numbers 0 … n-2; for
/// commune i the number i stands for the last commune. So the sums of the first k draws are the
/// same for all communes but where i itself was drawn, and a sorted list of them gives each rank.
class Draws {
 public:
  Draws(const Sample& sample, const MoranOptions& options)
      : sample_(sample), permutations_(options.permutations), slack_(rounding(sample)) {
    for (std::size_t i = 0; i < sample.size(); ++i) most_ = std::max(most_, sample.neighbours(i));
    draw(options.seed);
    sum();
  }

  /// By the smaller tail, ties counted in both.
  double p(std::uint32_t i, double lag) const {
    const std::uint32_t k = sample_.neighbours(i);
    const double at = lag * k;
    const std::vector<double>& sorted = sorted_[k];
    std::int64_t above = sorted.end() - std::lower_bound(sorted.begin(), sorted.end(), at - slack_);
    std::int64_t below =
        std::upper_bound(sorted.begin(), sorted.end(), at + slack_) - sorted.begin();
    const double swap = sample_.z.back() - sample_.z[i];
    for (std::uint32_t d = drawn_first_[i]; d < drawn_first_[i + 1]; ++d) {
      if (drawn_[d].slot >= k) continue;
      const double wrong = sums_[k][drawn_[d].permutation], right = wrong + swap;
      above += (right >= at - slack_) - (wrong >= at - slack_);
      below += (right <= at + slack_) - (wrong <= at + slack_);
    }
    return (static_cast<double>(std::min(above, below)) + 1) / (permutations_ + 1.0);
  }

 private:
  struct Drawn {
    std::uint32_t permutation, slot;
  };

  void draw(std::uint64_t seed) {
    const auto others = static_cast<std::uint32_t>(sample_.size() - 1);
    geo::Random random(geo::spread_bits(seed + 1));
    std::vector<std::uint32_t> deck(others);
    std::iota(deck.begin(), deck.end(), 0U);
    table_.reserve(std::size_t{permutations_} * most_);
    for (std::uint32_t m = 0; m < permutations_; ++m)
      for (std::uint32_t slot = 0; slot < most_; ++slot) {
        std::swap(deck[slot], deck[slot + random.below(others - slot)]);
        table_.push_back(deck[slot]);
      }
    // Where each commune was drawn.
    drawn_first_.assign(sample_.size() + 1, 0);
    for (const std::uint32_t unit : table_) ++drawn_first_[unit + 1];
    std::partial_sum(drawn_first_.begin(), drawn_first_.end(), drawn_first_.begin());
    drawn_.resize(table_.size());
    std::vector<std::uint32_t> next(drawn_first_.begin(), drawn_first_.end() - 1);
    for (std::size_t t = 0; t < table_.size(); ++t)
      drawn_[next[table_[t]]++] = {static_cast<std::uint32_t>(t / most_),
                                   static_cast<std::uint32_t>(t % most_)};
  }

  /// Of the first k draws, for each number of neighbours k that there is.
  void sum() {
    sums_.resize(most_ + 1);
    sorted_.resize(most_ + 1);
    std::vector<bool> there(most_ + 1);
    for (std::size_t i = 0; i < sample_.size(); ++i) there[sample_.neighbours(i)] = true;
    std::vector<double> running(permutations_, 0.0);
    for (std::uint32_t k = 1; k <= most_; ++k) {
      for (std::uint32_t m = 0; m < permutations_; ++m)
        running[m] += sample_.z[table_[std::size_t{m} * most_ + k - 1]];
      if (!there[k]) continue;
      sums_[k] = sorted_[k] = running;
      std::sort(sorted_[k].begin(), sorted_[k].end());
    }
  }

  const Sample& sample_;
  std::uint32_t permutations_, most_ = 0;
  double slack_;
  std::vector<std::uint32_t> table_;  ///< permutation by permutation, `most_` draws each
  std::vector<std::uint32_t> drawn_first_;
  std::vector<Drawn> drawn_;  ///< of commune i: drawn_first_[i] … drawn_first_[i + 1]
  std::vector<std::vector<double>> sums_, sorted_;  ///< by k
};

/// The largest p that the false discovery rate lets pass (Benjamini, Hochberg 1995); -1: none.
double largest_passing(std::vector<double> p, double rate) {
  std::sort(p.begin(), p.end());
  const auto n = static_cast<double>(p.size());
  for (std::size_t r = p.size(); r > 0; --r)
    if (p[r - 1] <= rate * static_cast<double>(r) / n) return p[r - 1];
  return -1;
}

Cluster cluster(double z, double lag) {
  if (z > 0) return lag > 0 ? Cluster::high_high : Cluster::high_low;
  return lag > 0 ? Cluster::low_high : Cluster::low_low;
}

}  // namespace

std::string_view id(Cluster cluster) {
  switch (cluster) {
    case Cluster::none:
      return "none";
    case Cluster::high_high:
      return "high_high";
    case Cluster::low_low:
      return "low_low";
    case Cluster::high_low:
      return "high_low";
    case Cluster::low_high:
      return "low_high";
    case Cluster::left_out:
      return "left_out";
  }
  return {};
}

std::optional<Moran> moran(std::span<const std::optional<double>> values,
                           const geo::Contiguity& neighbours, const MoranOptions& options) {
  Moran out;
  const Sample sample = sample_of(values, neighbours, out);
  out.n = sample.size();
  if (out.n < 3 || !(sample.squares > 0)) return std::nullopt;

  const auto n = static_cast<double>(out.n);
  const std::vector<double> lag = lags(sample);
  const double m2 = sample.squares / n;
  out.expected = -1 / (n - 1);
  out.local.assign(values.size(), std::numeric_limits<double>::quiet_NaN());
  out.local_p = out.local;
  out.clusters.assign(values.size(), Cluster::left_out);

  const Draws draws(sample, options);
  double sum = 0;
  std::vector<double> all_p;
  for (std::uint32_t i = 0; i < sample.size(); ++i) {
    const std::uint32_t unit = sample.units[i];
    sum += sample.z[i] * lag[i];
    out.local[unit] = sample.z[i] / m2 * lag[i];
    out.local_p[unit] = draws.p(i, lag[i]);
    all_p.push_back(out.local_p[unit]);
  }
  // Rows sum to 1, so the sum of all weights is n.
  out.i = sum / sample.squares;
  out.p = global_p(sample, out.i, options);

  const double passing = largest_passing(std::move(all_p), options.significance);
  for (std::uint32_t i = 0; i < sample.size(); ++i) {
    const std::uint32_t unit = sample.units[i];
    out.clusters[unit] =
        out.local_p[unit] <= passing ? cluster(sample.z[i], lag[i]) : Cluster::none;
  }
  return out;
}

}  // namespace data
