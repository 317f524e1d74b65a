#pragma once
// What a statement should say, from the tables alone: rows by SQL, then the formulas on paper, one
// commune after another. Nothing of gaps(), total() or split_shortfall().
#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "data/statements.hpp"
#include "data/workspace.hpp"

namespace oracle {

using data::Dataset;
using data::StatementKind;

/// A commune at a date.
struct State {
  double p = 0, o = 0, wanted = 0;
  bool known = false, has_target = true, estimated = false;
  int parts = 0, reported = 0, silent = 0;
  std::string oldest;

  bool target() const { return known && has_target; }
  double missing() const { return target() ? std::max(0.0, wanted - o) : 0; }
  double rate() const { return o / p; }
};

class Tables {
 public:
  Tables(data::Workspace& workspace, const Dataset& dataset) : dataset_(dataset) {
    auto& db = workspace.database();
    auto row = db.prepare(
        "SELECT unit_id, date, eligible, installed, activated_l1, activated_l2 FROM report"
        " ORDER BY source_id");
    while (row.step()) {
      auto& cells = reports_[row.integer(0)][row.text(1)];
      for (int field = 0; field < 4; ++field)
        if (const auto number = row.maybe_integer(2 + field))
          cells[static_cast<std::size_t>(field)] = number;
    }
    auto target =
        db.prepare("SELECT unit_id, indicator, due, share FROM target ORDER BY source_id");
    while (target.step())
      targets_[{target.integer(0), target.text(1)}][target.text(2)] = target.real(3);
    auto commune = db.prepare("SELECT id FROM commune_today ORDER BY code");
    while (commune.step()) communes_.push_back(commune.integer(0));
    auto unit = db.prepare("SELECT id, level, code FROM unit WHERE level <> 'commune'");
    while (unit.step()) units_[unit.text(1) + unit.text(2)] = unit.integer(0);
  }

  State at(std::size_t c, data::Indicator indicator, geo::Date date) const {
    const data::Commune& commune = dataset_.communes[c];
    std::vector<std::optional<Number>> numbers;
    for (const data::Part& part : commune.parts) {
      const std::uint32_t column = dataset_.reporters[part.reporter].column;
      numbers.push_back(column == data::Reporter::never_reported
                            ? std::nullopt
                            : number(dataset_.reports.units()[column], indicator, date));
    }
    State out;
    for (std::size_t i = 0; i < commune.parts.size(); ++i) {
      const data::Part& part = commune.parts[i];
      bool spoken_for = false, follows = false;
      for (std::int32_t s = part.successor; s >= 0;
           s = commune.parts[static_cast<std::size_t>(s)].successor)
        spoken_for = spoken_for || numbers[static_cast<std::size_t>(s)];
      for (const data::Part& other : commune.parts)
        follows = follows || other.successor == static_cast<std::int32_t>(i);
      if (spoken_for || (follows && !numbers[i])) continue;
      ++out.parts;
      if (!numbers[i]) continue;
      ++out.reported;
      out.known = true;
      out.estimated = out.estimated || part.estimated;
      if (date - *geo::parse_date(numbers[i]->date) > 14) ++out.silent;
      if (out.oldest.empty() || numbers[i]->date < out.oldest) out.oldest = numbers[i]->date;
      out.p += part.share * numbers[i]->p;
      out.o += part.share * numbers[i]->o;
      const auto share = target(c, part.reporter, indicator, geo::iso(date));
      out.has_target = out.has_target && share;
      out.wanted += share.value_or(0) * part.share * numbers[i]->p;
    }
    return out;
  }

 private:
  struct Number {
    std::string date;
    double p = 0, o = 0;
  };

  std::optional<Number> number(std::int64_t unit, data::Indicator indicator, geo::Date at) const {
    const std::size_t field = indicator == data::Indicator::installed       ? 1
                              : indicator == data::Indicator::activation_l1 ? 2
                                                                            : 3;
    std::optional<Number> out;
    std::optional<std::int64_t> p;
    const auto found = reports_.find(unit);
    if (found == reports_.end()) return out;
    for (const auto& [date, cells] : found->second) {
      if (date > geo::iso(at)) break;
      if (cells[0]) p = cells[0];
      if (cells[field] && p) out = Number{date, double(*p), double(*cells[field])};
    }
    return out;
  }

  std::optional<double> held_by(std::int64_t unit, data::Indicator indicator,
                                const std::string& at) const {
    const auto found = targets_.find({unit, std::string(data::id(indicator))});
    if (found == targets_.end()) return std::nullopt;
    const auto next = found->second.lower_bound(at);
    return next == found->second.end() ? found->second.rbegin()->second : next->second;
  }

  std::optional<double> target(std::size_t c, std::uint32_t reporter, data::Indicator indicator,
                               const std::string& at) const {
    const data::Reporter& r = dataset_.reporters[reporter];
    std::vector<std::int64_t> nearest;
    if (r.column != data::Reporter::never_reported)
      nearest.push_back(dataset_.reports.units()[r.column]);
    nearest.push_back(communes_[c]);
    const auto unit = [&](const std::string& level, const auto& list, std::int32_t index) {
      if (index < 0) return;
      const auto found = units_.find(level + list[static_cast<std::size_t>(index)].code.text);
      if (found != units_.end()) nearest.push_back(found->second);
    };
    unit("district", dataset_.districts, r.district);
    unit("province", dataset_.provinces, dataset_.communes[c].province);
    for (const std::int64_t id : nearest)
      if (const auto share = held_by(id, indicator, at)) return share;
    return std::nullopt;
  }

  const Dataset& dataset_;
  std::map<std::int64_t, std::map<std::string, std::array<std::optional<std::int64_t>, 4>>>
      reports_;
  std::map<std::pair<std::int64_t, std::string>, std::map<std::string, double>> targets_;
  std::vector<std::int64_t> communes_;
  std::map<std::string, std::int64_t> units_;
};

/// Of a commune's people short, how many each barrier holds back, counted in the order as
/// delivered.
inline std::map<data::Barrier, double> barriers(const Dataset& dataset, std::size_t c,
                                                const State& state) {
  double eligible_known = 0, residents_known = 0;
  for (const data::Settlement& s : dataset.settlements)
    if (s.commune.value == c && s.eligible && s.residents) {
      eligible_known += double(*s.eligible);
      residents_known += double(*s.residents);
    }
  double people = 0, untold = 0;
  std::map<data::Barrier, double> blocked;
  for (const data::Settlement& s : dataset.settlements) {
    if (s.commune.value != c) continue;
    const double e =
        s.eligible ? double(*s.eligible)
        : s.residents
            ? double(*s.residents) * (residents_known > 0 ? eligible_known / residents_known : 1)
            : 0;
    if (e <= 0) continue;
    people += e;
    if (s.electricity == data::Electricity::unknown && s.signal == data::Signal::unknown &&
        !s.away_share && !s.smartphone_share && !s.own_sim_share) {
      untold += e;
      continue;
    }
    double left = 1;
    const auto hold = [&](data::Barrier barrier, double q) {
      blocked[barrier] += e * left * q;
      left *= 1 - q;
    };
    const bool grid =
        s.electricity == data::Electricity::grid || s.electricity == data::Electricity::unknown;
    hold(data::Barrier::no_grid, grid ? 0 : 1);
    hold(data::Barrier::signal, s.signal == data::Signal::none   ? 1
                                : s.signal == data::Signal::weak ? 0.5
                                                                 : 0);
    hold(data::Barrier::away, s.away_share.value_or(0));
    hold(data::Barrier::no_smartphone, 1 - s.smartphone_share.value_or(1));
    hold(data::Barrier::own_sim, 1 - s.own_sim_share.value_or(1));
  }
  std::map<data::Barrier, double> out;
  const double unreached = std::max(0.0, state.p - state.o);
  if (state.missing() <= 0 || people <= 0 || untold >= people || unreached <= 0) return out;
  double all = 0;
  for (auto& [barrier, b] : blocked) all += b = b / people * state.p;
  const double told = unreached * (1 - untold / people);
  for (const auto& [barrier, b] : blocked)
    out[barrier] = b * (all > told ? told / all : 1) * state.missing() / unreached;
  return out;
}

}  // namespace oracle
