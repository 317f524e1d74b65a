// What the weekly reports say of themselves.
#include <algorithm>
#include <array>
#include <cmath>

#include "data/gaps.hpp"
#include "data/quality_checks.hpp"
#include "data/report_rules.hpp"

namespace data {
namespace {

using geo::msg;
using geo::Severity;
using Field = std::optional<std::int64_t> Report::*;

/// What counts most first: of several wrong numbers in one report that one is named.
constexpr std::array<Field, 3> counts{&Report::activated_l2, &Report::activated_l1,
                                      &Report::installed};

std::string key_of(Check check, const Reporter& reporter, const std::string& rest) {
  // A code may be given again after a merger: the former unit's is another.
  return std::string(id(check)) + ':' + reporter.code.text + (reporter.former ? "f" : "") + ':' +
         rest;
}

Finding finding(Check check, Severity severity, geo::Message message, std::string key,
                geo::UnitIndex unit, std::optional<Trace> trace) {
  Finding out;
  out.check = check;
  out.severity = severity;
  out.message = std::move(message);
  out.key = std::move(key);
  out.unit = unit;
  out.trace = trace;
  return out;
}

class ReporterChecks {
 public:
  ReporterChecks(const Reporter& reporter, std::vector<Report> reports, geo::UnitIndex home,
                 double members, Findings& findings)
      : reporter_(reporter),
        reports_(std::move(reports)),
        home_(home),
        members_(members),
        findings_(findings) {}

  /// Activated at level 2 ≤ at level 1 ≤ installed ≤ eligible. One finding for all its weeks.
  void order() {
    std::optional<std::int64_t> eligible, eligible_then;
    const Report* latest = nullptr;
    std::size_t weeks = 0;
    for (const Report& r : reports_) {
      if (r.eligible) eligible = r.eligible;
      if (!order_of(r, eligible, 0)) continue;
      latest = &r;
      eligible_then = eligible;
      ++weeks;
    }
    if (latest == nullptr) return;
    add(Check::counts_order, Severity::error, *order_of(*latest, eligible_then, weeks), *latest);
  }

  /// A cumulative count fell from one report to the next.
  void falling() {
    std::array<const Report*, counts.size()> before{};
    for (const Report& r : reports_) {
      bool told = false;
      for (std::size_t f = 0; f < counts.size(); ++f) {
        const auto now = r.*counts[f];
        if (!now) continue;
        const Report* const last = before[f];
        before[f] = &r;
        if (last == nullptr || *now >= *(last->*counts[f]) || told) continue;
        told = true;
        add(Check::falling, Severity::error, fell(f, *last, r), r);
      }
    }
  }

  /// More in a week than the teams could do, and out of line with the other weeks.
  void jump() {
    std::vector<bool> told(reports_.size());
    for (std::size_t f = 0; f < counts.size(); ++f) {
      const std::vector<Step> all = steps(counts[f]);
      if (all.size() < limits::fewest_steps) continue;
      std::vector<double> weekly;
      for (const Step& step : all) weekly.push_back(step.people / step.weeks);
      const Robust usual = robust(weekly);
      for (const Step& step : all) {
        const double week = step.people / step.weeks;
        if (week <= usual.median + limits::step_deviations * usual.deviation) continue;
        const double could = could_do(step);
        if (step.people <= could || told[step.report]) continue;
        told[step.report] = true;
        const Report& r = reports_[step.report];
        add(Check::jump, Severity::warning, jumped(f, step, usual.median, could, r), r);
      }
    }
  }

 private:
  struct Step {
    std::size_t report = 0;        ///< at which it ends
    double people = 0, weeks = 1;  ///< since the highest count before
  };

  /// From one highest count to the next: what is made up after a fall is no step.
  std::vector<Step> steps(Field field) const {
    std::vector<Step> out;
    std::optional<std::int64_t> highest;
    geo::Date since;
    for (std::size_t i = 0; i < reports_.size(); ++i) {
      const Report& r = reports_[i];
      if (!(r.*field)) continue;
      const std::int64_t now = *(r.*field);
      if (highest) {
        const double weeks = std::max(1.0, (r.date - since) / 7.0);
        out.push_back({i, static_cast<double>(std::max<std::int64_t>(0, now - *highest)), weeks});
      }
      if (!highest || now >= *highest) {
        highest = now;
        since = r.date;
      }
    }
    return out;
  }

  /// People the sessions reported since then reached, or that so many members can help; a single
  /// session that nobody wrote down is possible anywhere.
  double could_do(const Step& step) const {
    const Report& end = reports_[step.report];
    double reached = 0;
    for (std::size_t i = step.report + 1; i-- > 0;) {
      const Report& r = reports_[i];
      if ((end.date - r.date) / 7.0 >= step.weeks) break;
      if (r.reached)
        reached += static_cast<double>(*r.reached);
      else if (r.sessions)
        reached += limits::people_per_session * static_cast<double>(*r.sessions);
    }
    return std::max({reached, limits::activations_per_member * members_ * step.weeks,
                     limits::people_per_session});
  }

  /// What is out of order in a report, as it was in so many of them.
  std::optional<geo::Message> order_of(const Report& r, const std::optional<std::int64_t>& eligible,
                                       std::size_t weeks) const {
    const auto broken = order_breaks(r, eligible);
    if (broken.empty()) return std::nullopt;
    const auto& [rule, count, limit_count, number, limit] = broken.front();
    const std::string day = geo::iso(r.date);
    const std::string& name = reporter_.name;
    switch (rule) {
      case OrderRule::l2_above_installed:
        return msg("data.check_l2_above_installed", name, number, limit, day, weeks);
      case OrderRule::l1_above_installed:
        return msg("data.check_l1_above_installed", name, number, limit, day, weeks);
      case OrderRule::l2_above_l1:
        return msg("data.check_l2_above_l1", name, number, limit, day, weeks);
      case OrderRule::installed_above_eligible:
        return msg("data.check_installed_above_eligible", name, number, limit, day, weeks);
      case OrderRule::l1_above_eligible:
        return msg("data.check_l1_above_eligible", name, number, limit, day, weeks);
      case OrderRule::l2_above_eligible:
        break;
    }
    return msg("data.check_l2_above_eligible", name, number, limit, day, weeks);
  }

  geo::Message fell(std::size_t field, const Report& from, const Report& to) const {
    const auto a = *(from.*counts[field]), b = *(to.*counts[field]);
    const std::string x = geo::iso(from.date), y = geo::iso(to.date);
    if (field == 0) return msg("data.check_fell_l2", reporter_.name, a, x, b, y);
    if (field == 1) return msg("data.check_fell_l1", reporter_.name, a, x, b, y);
    return msg("data.check_fell_installed", reporter_.name, a, x, b, y);
  }

  geo::Message jumped(std::size_t field, const Step& step, double usual, double could,
                      const Report& r) const {
    const auto people = std::llround(step.people), can = std::llround(could),
               week = std::llround(usual);
    const std::string day = geo::iso(r.date);
    if (field == 0) return msg("data.check_jump_l2", reporter_.name, people, day, week, can);
    if (field == 1) return msg("data.check_jump_l1", reporter_.name, people, day, week, can);
    return msg("data.check_jump_installed", reporter_.name, people, day, week, can);
  }

  void add(Check check, Severity severity, geo::Message message, const Report& at) {
    findings_.push_back(finding(check, severity, std::move(message),
                                key_of(check, reporter_, geo::iso(at.date)), home_, at.trace));
  }

  const Reporter& reporter_;
  std::vector<Report> reports_;
  geo::UnitIndex home_;
  double members_;  ///< of the teams, as far as they are for this unit
  Findings& findings_;
};

double latest_eligible(const Dataset& dataset, const Part& part) {
  const Reports& reports = dataset.reports;
  const std::uint32_t unit = dataset.reporters[part.reporter].column;
  const auto at = reports.latest(Count::eligible, unit, reports.dates().size());
  return at ? static_cast<double>(*reports.number(*at, Count::eligible, unit)) : 0;
}

/// Members of a commune's teams, shared among those who report for it by their eligible people.
std::vector<double> members_of(const Dataset& dataset) {
  std::vector<double> at_home(dataset.communes.size()), out(dataset.reporters.size());
  for (const Team& team : dataset.teams)
    if (team.home.valid()) at_home[team.home.value] += static_cast<double>(team.members);
  for (std::size_t c = 0; c < dataset.communes.size(); ++c) {
    double people = 0;
    const auto of_part = [&](const Part& part) {
      return part.share * latest_eligible(dataset, part);
    };
    for (const Part& part : dataset.communes[c].parts) people += of_part(part);
    for (const Part& part : dataset.communes[c].parts)
      if (people > 0) out[part.reporter] += at_home[c] * of_part(part) / people;
  }
  return out;
}

/// The latest report that tells of people; empty where there is none.
std::optional<Report> latest_telling(const Reports& reports, std::uint32_t unit) {
  std::optional<std::size_t> latest;
  for (const Count count :
       {Count::eligible, Count::installed, Count::activated_l1, Count::activated_l2})
    latest = std::max(latest, reports.latest(count, unit, reports.dates().size()));
  if (!latest) return std::nullopt;
  return reports.report(*latest, unit);
}

/// Silence and absence, one finding per commune: it is one call to make, or a few at one place.
class SilenceCheck {
 public:
  SilenceCheck(const Dataset& dataset, Findings& findings)
      : dataset_(dataset), findings_(findings), at_(dataset.dates.back()) {
    latest_.reserve(dataset.reporters.size());
    for (const Reporter& reporter : dataset.reporters)
      latest_.push_back(latest_telling(dataset.reports, reporter.column));
  }

  void commune(std::size_t c) {
    const Commune& commune = dataset_.communes[c];
    std::string silent, never;
    std::optional<Report> oldest;
    std::size_t silent_count = 0, never_count = 0, count = 0;
    for (std::size_t i = 0; i < commune.parts.size(); ++i) {
      if (superseded(commune, i)) continue;
      const std::uint32_t r = commune.parts[i].reporter;
      const std::string& name = dataset_.reporters[r].name;
      ++count;
      if (!latest_[r]) {
        ++never_count;
        never += (never.empty() ? "" : ", ") + name;
      } else if (at_ - latest_[r]->date > silent_after_days) {
        ++silent_count;
        silent += (silent.empty() ? "" : ", ") + name;
        if (!oldest || latest_[r]->date < oldest->date) oldest = latest_[r];
      }
    }
    const geo::UnitIndex unit(c);
    const auto key = [&](Check check) {
      return std::string(id(check)) + ':' + commune.code.text + ':';
    };
    if (count == never_count) {
      findings_.push_back(finding(Check::never_reported, Severity::warning,
                                  msg("data.check_never", commune.full_name, geo::iso(at_)),
                                  key(Check::never_reported), unit, {}));
    } else if (never_count > 0) {
      findings_.push_back(finding(Check::never_reported, Severity::warning,
                                  msg("data.check_never_parts", commune.full_name, never_count,
                                      count, never, geo::iso(at_)),
                                  key(Check::never_reported) + std::to_string(never_count), unit,
                                  {}));
    }
    if (!oldest) return;
    findings_.push_back(
        finding(Check::silent, Severity::warning,
                msg("data.check_silent", commune.full_name, silent_count, count, silent,
                    geo::iso(oldest->date), at_ - oldest->date, geo::iso(at_)),
                key(Check::silent) + geo::iso(oldest->date) + ':' + std::to_string(silent_count),
                unit, oldest->trace));
  }

 private:
  /// Somebody who came after it reports in its place, or it is itself too new to have reported.
  bool superseded(const Commune& commune, std::size_t i) const {
    for (std::int32_t s = commune.parts[i].successor; s >= 0;
         s = commune.parts[static_cast<std::size_t>(s)].successor)
      if (latest_[commune.parts[static_cast<std::size_t>(s)].reporter]) return true;
    if (latest_[commune.parts[i].reporter]) return false;
    return std::any_of(commune.parts.begin(), commune.parts.end(), [&](const Part& other) {
      return other.successor == static_cast<std::int32_t>(i);
    });
  }

  const Dataset& dataset_;
  Findings& findings_;
  geo::Date at_;
  std::vector<std::optional<Report>> latest_;
};

}  // namespace

void check_reports(const Dataset& dataset, Findings& findings, const geo::Progress& progress) {
  const auto homes = home_of_reporters(dataset);
  const auto members = members_of(dataset);
  for (std::size_t r = 0; r < dataset.reporters.size(); ++r) {
    if (r % 256 == 0)
      progress.at(static_cast<double>(r) / static_cast<double>(dataset.reporters.size()),
                  msg("data.checking"));
    const Reporter& reporter = dataset.reporters[r];
    ReporterChecks checks(reporter, dataset.reports.of(reporter.column), homes[r], members[r],
                          findings);
    checks.order();
    checks.falling();
    checks.jump();
  }
  if (dataset.dates.empty()) return;  // no reports at all yet: nobody is late
  SilenceCheck silence(dataset, findings);
  for (std::size_t c = 0; c < dataset.communes.size(); ++c) silence.commune(c);
}

}  // namespace data
