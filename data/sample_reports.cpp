#include "data/sample_reports.hpp"

#include <algorithm>
#include <cmath>

#include "geo/random.hpp"

namespace data {

std::vector<SampleReport> sample_reports(const SampleReporter& reporter, SampleFlaw flaw,
                                         std::uint32_t weeks, std::uint64_t seed) {
  geo::Random random(seed);
  // Shares of eligible people reached in the end; whoever is at level 2 is at level 1, and whoever
  // is at level 1 has the app.
  double level2 =
      std::clamp(0.74 - 0.75 * reporter.hardship + 0.12 * (random.share() - 0.5), 0.15, 0.7);
  double level1 = level2 * (1.06 + 0.12 * random.share());
  double installed = level1 * (1.05 + 0.1 * random.share());
  const double half_time = 0.3 + 0.15 * reporter.hardship + 0.1 * random.share();
  if (flaw == SampleFlaw::above_target) {
    level2 = 0.9;
    level1 = 0.94;
    installed = 0.97;
  }
  if (flaw == SampleFlaw::implausible_jump) {  // room for the jump
    level2 = 0.3;
    level1 = 0.36;
    installed = 0.42;
  }
  const auto risen = [&](double x) { return 1 / (1 + std::exp(-(x - half_time) / 0.12)); };
  const auto people = [&](double share) {
    return std::llround(static_cast<double>(reporter.eligible) * share);
  };
  std::vector<SampleReport> reports;
  if (flaw == SampleFlaw::never_reported) return reports;
  const std::uint32_t odd_week = weeks / 2;
  const std::uint32_t end = flaw == SampleFlaw::silent ? weeks - 4 : weeks;
  for (std::uint32_t w = 0; w < end; ++w) {
    const double so_far = risen((w + 1.0) / weeks) / risen(1);
    SampleReport r;
    r.week = w;
    r.eligible = reporter.eligible;
    std::int64_t extra = 0;
    if (flaw == SampleFlaw::implausible_jump && w >= odd_week) extra = people(0.25);
    r.installed = people(installed * so_far) + extra;
    r.activated_l1 = people(level1 * so_far) + extra;
    r.activated_l2 = people(level2 * so_far) + extra;
    r.sessions = random.between(0, 3);
    r.reached = r.sessions * random.between(15, 60);
    if (extra > 0 && w == odd_week) {  // the sessions of that week do not explain it
      r.sessions = std::min<std::int64_t>(r.sessions, 1);
      r.reached = std::min<std::int64_t>(r.reached, 20);
    }
    if (flaw == SampleFlaw::activated_above_installed) r.installed = *r.activated_l2 * 4 / 5;
    if (flaw == SampleFlaw::falling_cumulative && w == odd_week) {
      const SampleReport& before = reports.back();
      r.installed = *before.installed * 4 / 5;
      r.activated_l1 = *before.activated_l1 * 4 / 5;
      r.activated_l2 = *before.activated_l2 * 4 / 5;
    }
    if (flaw == SampleFlaw::missing_cells) {
      if (w % 4 == 1) r.activated_l1.reset();
      if (w % 7 == 2) r.activated_l2.reset();
      if (w % 4 == 1 || w + 1 == weeks) r.installed.reset();
    }
    // Offices forget a week now and then, but never the last two in a row: that would be silence.
    const bool forgotten = random.chance(0.04);
    if (forgotten && flaw == SampleFlaw::none && w + 2 != weeks && weeks > 1) continue;
    reports.push_back(std::move(r));
  }
  return reports;
}

geo::Date sample_week_end(std::uint32_t week, std::uint32_t weeks) {
  constexpr auto last = std::chrono::sys_days(std::chrono::year{2025} / 6 / 29);
  return geo::Date{last} + -7 * static_cast<int>(weeks - 1 - week);
}

}  // namespace data
