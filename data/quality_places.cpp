// What communes, settlements and teams say of themselves.
#include <algorithm>
#include <cmath>
#include <map>
#include <numbers>

#include "data/quality_checks.hpp"

namespace data {
namespace {

using geo::LonLat;
using geo::msg;
using geo::Severity;

constexpr double metres_per_degree = 111'320;

/// Residents of a commune's settlements, and whether all of them tell theirs.
struct Residents {
  std::int64_t people = 0;
  std::size_t settlements = 0, without = 0;
};

std::vector<Residents> residents_of(const Dataset& dataset) {
  std::vector<Residents> out(dataset.communes.size());
  for (const Settlement& s : dataset.settlements) {
    if (!s.commune.valid()) continue;
    Residents& r = out[s.commune.value];
    ++r.settlements;
    if (s.residents)
      r.people += *s.residents;
    else
      ++r.without;
  }
  return out;
}

Finding commune_finding(Check check, geo::Message message, const Commune& commune,
                        geo::UnitIndex unit, std::int64_t number) {
  Finding out;
  out.check = check;
  out.message = std::move(message);
  // With the number: another one is another matter.
  out.key = std::string(id(check)) + ':' + commune.code.text + ':' + std::to_string(number);
  out.unit = unit;
  out.trace = commune.trace;
  return out;
}

/// Published population against people per km² of its like, and against its settlements.
class PopulationChecks {
 public:
  PopulationChecks(const Dataset& dataset, Findings& findings)
      : dataset_(dataset), findings_(findings), residents_(residents_of(dataset)) {
    std::map<std::pair<std::int32_t, bool>, std::vector<double>> densities;
    for (const Commune& commune : dataset.communes)
      if (const double density = density_of(commune); density > 0)
        densities[peers_of(commune)].push_back(std::log(density));
    for (auto& [peers, values] : densities)
      if (values.size() >= limits::fewest_peers) usual_[peers] = robust(std::move(values));
  }

  void commune(std::size_t c) {
    const Commune& commune = dataset_.communes[c];
    if (!commune.published_population) return;
    const geo::UnitIndex unit(c);
    const std::int64_t published = *commune.published_population;
    const Residents& r = residents_[c];
    const double times = published > 0 && r.people > 0
                             ? static_cast<double>(r.people) / static_cast<double>(published)
                             : 1;
    // With some settlements left out, fewer residents than published say nothing.
    const bool all_told = r.settlements > 0 && r.without == 0;
    const bool more = times > 1;
    const double apart = more ? times : 1 / times;
    const bool comparable = r.people > 0 && (more || all_told);
    if (comparable && apart >= limits::digit_times) {
      const auto message =
          more ? msg("data.check_population_digit_low", commune.full_name, published, r.people,
                     std::round(apart), std::round(density_of(commune) * 10) / 10)
               : msg("data.check_population_digit_high", commune.full_name, published, r.people,
                     std::round(apart), std::round(density_of(commune) * 10) / 10);
      findings_.push_back(commune_finding(Check::density, message, commune, unit, published));
      return;
    }
    if (comparable && apart > limits::residents_apart) {
      findings_.push_back(commune_finding(Check::residents,
                                          msg("data.check_residents", commune.full_name, r.people,
                                              r.settlements, published, std::round(times * 100)),
                                          commune, unit, published));
      return;
    }
    // Two counts that agree: it is as dense as they say.
    if (!(r.people > 0 && all_told)) density(commune, unit, published);
  }

 private:
  /// Wards live closer together than other communes everywhere.
  static std::pair<std::int32_t, bool> peers_of(const Commune& commune) {
    return {commune.province, commune.kind == "phường"};
  }
  static double density_of(const Commune& commune) {
    const double km2 = commune.area_m2 / 1e6;
    if (!commune.published_population || *commune.published_population <= 0 || km2 <= 0) return 0;
    return static_cast<double>(*commune.published_population) / km2;
  }

  void density(const Commune& commune, geo::UnitIndex unit, std::int64_t published) {
    const double density = density_of(commune);
    const auto usual = usual_.find(peers_of(commune));
    if (density <= 0 || usual == usual_.end()) return;
    const double off = std::log(density) - usual->second.median;
    if (std::abs(off) <= limits::density_deviations * usual->second.deviation ||
        std::abs(off) < std::log(limits::density_times))
      return;
    const double median = std::exp(usual->second.median);
    const auto tenths = [](double value) { return std::round(value * 10) / 10; };
    const auto message = off < 0 ? msg("data.check_density_low", commune.full_name, published,
                                       tenths(density), tenths(median))
                                 : msg("data.check_density_high", commune.full_name, published,
                                       tenths(density), tenths(median));
    findings_.push_back(commune_finding(Check::density, message, commune, unit, published));
  }

  const Dataset& dataset_;
  Findings& findings_;
  std::vector<Residents> residents_;
  std::map<std::pair<std::int32_t, bool>, Robust> usual_;
};

double metres_to(LonLat p, LonLat a, LonLat b) {
  const double east = metres_per_degree * std::cos(p.lat * std::numbers::pi / 180);
  const double ax = (a.lon - p.lon) * east, ay = (a.lat - p.lat) * metres_per_degree;
  const double dx = (b.lon - a.lon) * east, dy = (b.lat - a.lat) * metres_per_degree;
  const double length = dx * dx + dy * dy;
  const double t = length > 0 ? std::clamp(-(ax * dx + ay * dy) / length, 0.0, 1.0) : 0;
  return std::hypot(ax + t * dx, ay + t * dy);
}

template <class Visit>
void each_edge(const geo::GeoShape& shape, const Visit& visit) {
  const auto ring = [&](const geo::Ring<LonLat>& points) {
    for (std::size_t i = 0, j = points.size() - 1; i < points.size(); j = i++)
      visit(points[j], points[i]);
  };
  for (const auto& polygon : shape) {
    ring(polygon.outer);
    for (const auto& hole : polygon.holes) ring(hole);
  }
}

double border_metres(const geo::GeoShape& shape, LonLat p) {
  double nearest = INFINITY;
  each_edge(shape, [&](LonLat a, LonLat b) { nearest = std::min(nearest, metres_to(p, a, b)); });
  return nearest;
}

class SettlementCheck {
 public:
  SettlementCheck(const Dataset& dataset, const geo::HitIndex& hits, Findings& findings)
      : dataset_(dataset), hits_(hits), findings_(findings) {}

  void settlement(const Settlement& s) {
    if (!s.at || !s.commune.valid() || s.commune.value >= hits_.borders().units()) return;
    const geo::UnitIndex other(hits_.unit_at(*s.at));
    if (other == s.commune) return;
    // Rare from here on. Where communes overlap, another one may have been found first.
    if (other.valid() && geo::contains(hits_.borders(), s.commune.value, *s.at)) return;
    const double away = border_metres(shape_of(s.commune), *s.at);
    if (away <= limits::outside_metres) return;
    const Commune& commune = dataset_.communes[s.commune.value];
    const double km = std::round(away / 100) / 10;
    Finding out;
    out.check = Check::settlement_outside;
    out.message = other.valid()
                      ? msg("data.check_outside_in", std::string(s.name), std::string(s.id),
                            commune.full_name, km, dataset_.communes[other.value].full_name)
                      : msg("data.check_outside", std::string(s.name), std::string(s.id),
                            commune.full_name, km);
    out.key = std::string(id(out.check)) + ':' + std::string(s.id) + ':' + place_of(*s.at);
    out.unit = s.commune;
    out.at = s.at;
    out.trace = s.trace;
    findings_.push_back(std::move(out));
  }

 private:
  /// Settlements of one commune follow one another.
  const geo::GeoShape& shape_of(geo::UnitIndex unit) {
    if (unit != shape_of_) shape_ = geo::shape_of(hits_.borders(), unit.value);
    shape_of_ = unit;
    return shape_;
  }
  /// To about a metre: moved elsewhere, it is another matter.
  static std::string place_of(LonLat p) {
    return std::to_string(std::llround(p.lon * 1e5)) + ',' +
           std::to_string(std::llround(p.lat * 1e5));
  }

  const Dataset& dataset_;
  const geo::HitIndex& hits_;
  Findings& findings_;
  geo::UnitIndex shape_of_;
  geo::GeoShape shape_;
};

/// Of a commune that was split, without a place that tells which part it lies in, for one.
void check_homes(const Dataset& dataset, Findings& findings) {
  for (const Settlement& s : dataset.settlements) {
    if (s.commune.valid()) continue;
    Finding out;
    out.check = Check::settlement_without_commune;
    out.message = msg(s.at ? "data.check_settlement_nowhere" : "data.check_settlement_no_place",
                      std::string(s.name), std::string(s.id));
    out.key = std::string(id(out.check)) + ':' + std::string(s.id);
    out.at = s.at;
    out.trace = s.trace;
    findings.push_back(std::move(out));
  }
}

void check_teams(const Dataset& dataset, Findings& findings) {
  for (const Team& team : dataset.teams) {
    if (team.home.valid()) continue;
    Finding out;
    out.check = Check::team_without_commune;
    // Squads of a province or district may have no commune of their own.
    if (team.level != geo::UnitLevel::commune) out.severity = Severity::info;
    out.message = msg("data.check_team", std::string(team.name), std::string(team.id));
    out.key = std::string(id(out.check)) + ':' + std::string(team.id);
    out.trace = team.trace;
    findings.push_back(std::move(out));
  }
}

}  // namespace

void check_places(const Dataset& dataset, const geo::HitIndex* hits, Findings& findings,
                  const geo::Progress& progress) {
  PopulationChecks population(dataset, findings);
  for (std::size_t c = 0; c < dataset.communes.size(); ++c) population.commune(c);
  if (hits != nullptr) {
    SettlementCheck settlements(dataset, *hits, findings);
    for (std::size_t k = 0; k < dataset.settlements.size(); ++k) {
      if (k % 1024 == 0)
        progress.at(static_cast<double>(k) / static_cast<double>(dataset.settlements.size()),
                    msg("data.checking"));
      settlements.settlement(dataset.settlements[k]);
    }
  }
  check_homes(dataset, findings);
  check_teams(dataset, findings);
}

}  // namespace data
