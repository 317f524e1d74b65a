#include "data/sample_province.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "data/sample_names.hpp"
#include "geo/crs.hpp"
#include "geo/random.hpp"

namespace data {
namespace {

using geo::LonLat;
using geo::msg;
using geo::Random;

/// Squared, in degrees of latitude; near enough over a province.
double squared_distance(LonLat a, LonLat b) {
  const double dx = (a.lon - b.lon) * 0.934;
  const double dy = a.lat - b.lat;
  return dx * dx + dy * dy;
}

/// Smooth noise 0…1 over the land, with bumps about 20 km wide: hard places lie together.
double patches(LonLat p, std::uint64_t layer) {
  const double x = p.lon / 0.2;
  const double y = p.lat / 0.2;
  const double i = std::floor(x);
  const double j = std::floor(y);
  const auto knot = [&](double column, double row) {
    const auto name = (static_cast<std::uint64_t>(column) << 32) | static_cast<std::uint64_t>(row);
    return Random(layer ^ geo::spread_bits(name)).share();
  };
  const auto ease = [](double t) { return t * t * (3 - 2 * t); };
  const double s = ease(x - i);
  const double t = ease(y - j);
  const double low = knot(i, j) * (1 - s) + knot(i + 1, j) * s;
  const double high = knot(i, j + 1) * (1 - s) + knot(i + 1, j + 1) * s;
  return low * (1 - t) + high * t;
}

/// Roughly normal with mean 0 and deviation 1 (Irwin–Hall): the same everywhere, unlike
/// std::normal_distribution.
double normal(Random& random) {
  double sum = 0;
  for (int i = 0; i < 12; ++i) sum += random.share();
  return sum - 6;
}

std::int32_t thousandths(double share) {
  return static_cast<std::int32_t>(std::clamp(share, 0.0, 1.0) * 1000);
}

/// Which commune gets which flaw: each flaw once while there is room, then at its rate.
std::vector<SampleFlaw> deal_flaws(const SampleOptions& options, Random& random) {
  const std::uint32_t communes = options.communes;
  struct Rate {
    SampleFlaw flaw;
    std::uint32_t one_in, weeks_needed;
  };
  constexpr std::array<Rate, 11> rates{{{SampleFlaw::missing_cells, 15, 1},
                                        {SampleFlaw::settlement_outside, 60, 1},
                                        {SampleFlaw::activated_above_installed, 60, 1},
                                        {SampleFlaw::falling_cumulative, 60, 3},
                                        {SampleFlaw::implausible_jump, 60, 10},
                                        {SampleFlaw::residents_unlike, 60, 1},
                                        {SampleFlaw::population_off_by_ten, 60, 1},
                                        {SampleFlaw::above_target, 60, 1},
                                        {SampleFlaw::silent, 20, 6},
                                        {SampleFlaw::duplicate_name, 60, 1},
                                        {SampleFlaw::never_reported, 60, 1}}};
  std::vector<SampleFlaw> dealt;
  const std::size_t room = std::max<std::size_t>(1, communes * std::size_t{2} / 3);
  const auto deal = [&](const Rate& r, std::uint32_t times) {
    for (std::uint32_t k = 0; k < times && options.weeks >= r.weeks_needed && dealt.size() < room;
         ++k) {
      dealt.push_back(r.flaw);
    }
  };
  for (const Rate& r : rates) deal(r, 1);
  for (const Rate& r : rates) deal(r, std::max(1U, (communes + r.one_in / 2) / r.one_in) - 1);
  if (options.clean) dealt.clear();
  dealt.resize(communes, SampleFlaw::none);
  for (std::size_t i = communes; i > 1; --i) {
    std::swap(dealt[i - 1], dealt[random.below(static_cast<std::uint32_t>(i))]);
  }
  return dealt;
}

class Founder {
 public:
  Founder(SampleProvince& province, const SampleOptions& options)
      : p_(province),
        options_(options),
        names_(options.seed),
        seed_(options.seed),
        random_(options.seed ^ 0xd47aU) {
    const LonLat town = p_.land.sites[p_.land.capital].front();
    for (const auto& sites : p_.land.sites) {
      far_ = std::max(far_, squared_distance(sites.front(), town));
    }
    far_ = std::max(far_, 0.04);  // a lone commune is not remote
    const auto flaws = deal_flaws(options, random_);
    for (std::uint32_t i = 0; i < options.communes; ++i) {
      SampleCommune commune;
      commune.district = p_.land.districts[i];
      commune.flaw = flaws[i];
      count(commune.flaw);
      p_.communes.push_back(std::move(commune));
    }
    for (std::uint32_t d = 0; d < p_.land.district_count; ++d) {
      p_.district_names.push_back(d == 0 ? "Suối Mây" : names_.district(d));
    }
  }

  void found(std::uint32_t i) {
    SampleCommune& commune = p_.communes[i];
    const bool town = commune.district == 0;
    const std::uint32_t dice = random_.below(100);
    commune.first_reporter = static_cast<std::uint32_t>(p_.reporters.size());
    commune.reporters = dice < 6 ? 1 : dice < 51 ? 2 : dice < 86 ? 3 : 4;
    for (std::uint32_t k = 0; k < commune.reporters; ++k) {
      SampleReporter r;
      const auto number = static_cast<std::uint32_t>(p_.reporters.size());
      r.code = std::to_string(40'001 + number);
      r.name = names_.commune(number);
      r.kind = town ? "phường" : k == 0 && random_.below(6) == 0 ? "thị trấn" : "xã";
      r.commune = i;
      r.former = commune.reporters > 1;
      if (!r.former) r.kind = town ? "phường" : "xã";
      p_.reporters.push_back(std::move(r));
    }
    // As in the real reform, a new commune bears name and code of one it was made from.
    const SampleReporter& first = p_.reporters[commune.first_reporter];
    commune.code = first.code;
    commune.name = first.name;
    commune.kind = town ? "phường" : "xã";
    commune.area_m2 = geo::geodesic_area(p_.land.communes[i]);
    settle(i);
  }

  void finish() {
    split_formers();
    for (SampleSettlement& s : p_.settlements) {
      SampleReporter& r = p_.reporters[s.reporter];
      r.eligible += s.eligible;
      r.hardship += s.hardship * static_cast<double>(s.eligible);
    }
    for (SampleReporter& r : p_.reporters) r.hardship /= static_cast<double>(r.eligible);
    if (p_.communes.size() >= 45) {  // one special zone, at the far end
      for (std::size_t i = p_.communes.size(); i-- > 0;) {
        if (p_.communes[i].reporters == 1 || p_.communes[i].district == 0) continue;
        p_.communes[i].kind = "đặc khu";
        break;
      }
    }
    name_alike();
  }

 private:
  /// Flaws that show in reports alone; the others are counted where they are planted.
  void count(SampleFlaw flaw) {
    SampleDefects& d = p_.defects;
    switch (flaw) {
      case SampleFlaw::missing_cells:
        ++d.missing_cells;
        break;
      case SampleFlaw::activated_above_installed:
        ++d.activated_above_installed;
        break;
      case SampleFlaw::falling_cumulative:
        ++d.falling_cumulative;
        break;
      case SampleFlaw::implausible_jump:
        ++d.implausible_jump;
        break;
      case SampleFlaw::above_target:
        ++d.above_target;
        break;
      case SampleFlaw::silent:
        ++d.silent;
        break;
      case SampleFlaw::never_reported:
        ++d.never_reported;
        break;
      default:
        break;
    }
  }

  void settle(std::uint32_t i) {
    SampleCommune& commune = p_.communes[i];
    const std::vector<LonLat>& sites = p_.land.sites[i];
    std::uint32_t count = 10 + std::min(random_.below(31), random_.below(31));
    if (options_.settlements > 0) {
      const auto share = [&](std::uint64_t communes) {
        return static_cast<std::uint32_t>(communes * options_.settlements / p_.communes.size());
      };
      count = share(i + std::uint64_t{1}) - share(i);
    }
    std::int64_t residents = 0;
    const std::size_t start = p_.settlements.size();
    for (std::uint32_t k = 0; k < count; ++k) {
      SampleSettlement s = settlement(i, k, sites[k]);
      // Around the first site of each: every former commune has people.
      std::uint32_t nearest = 0;
      for (std::uint32_t f = 1; f < commune.reporters; ++f) {
        if (squared_distance(s.at, sites[f]) < squared_distance(s.at, sites[nearest])) nearest = f;
      }
      s.reporter = commune.first_reporter + nearest;
      residents += s.residents;
      p_.settlements.push_back(std::move(s));
    }
    commune.published_population = residents * (970 + random_.between(0, 60)) / 1000;
    if (commune.flaw == SampleFlaw::population_off_by_ten) {
      commune.published_population /= 10;
      ++p_.defects.population_off_by_ten;
    }
    if (commune.flaw == SampleFlaw::residents_unlike) {
      for (std::size_t k = start; k < p_.settlements.size(); ++k) {
        p_.settlements[k].residents = p_.settlements[k].residents * 8 / 5;
      }
      ++p_.defects.residents_unlike;
    }
    if (commune.flaw == SampleFlaw::settlement_outside) {
      // Next door; a commune without neighbours: beyond the border.
      LonLat& at = p_.settlements.back().at;
      const auto& around = p_.land.neighbours[i];
      if (!around.empty()) {
        at = p_.land.sites[around.front()].back();
      } else {
        for (const LonLat q : p_.land.communes[i].front().outer) at.lon = std::max(at.lon, q.lon);
        at.lon += 0.05;
      }
      ++p_.defects.settlement_outside;
    }
  }

  SampleSettlement settlement(std::uint32_t i, std::uint32_t k, LonLat at) {
    const bool town = p_.communes[i].district == 0;
    SampleSettlement s;
    s.commune = i;
    s.at = at;
    const double away =
        std::sqrt(squared_distance(at, p_.land.sites[p_.land.capital].front()) / far_);
    s.hardship = std::clamp(0.5 * away + 0.55 * patches(at, seed_ ^ 0x11U) - 0.1, 0.0, 1.0);
    const double luck = random_.share();
    const double no_light = s.hardship + 0.25 * luck;
    const double no_signal =
        0.6 * s.hardship + 0.4 * patches(at, seed_ ^ 0x22U) + 0.2 * random_.share();
    s.electricity = no_light > 0.82 ? "none" : no_light > 0.74 ? "offgrid" : "grid";
    s.signal = no_signal > 0.74 ? "none" : no_signal > 0.62 ? "weak" : "good";
    if (random_.chance(0.01)) s.electricity.clear();
    if (random_.chance(0.01)) s.signal.clear();
    s.smartphone = thousandths(0.92 - 0.4 * s.hardship + 0.06 * normal(random_));
    s.own_sim = thousandths(0.88 - 0.25 * s.hardship + 0.05 * normal(random_));
    s.away = thousandths(0.06 + 0.22 * random_.share());
    s.road = s.hardship + 0.2 * luck < 0.55  ? "car"
             : s.hardship + 0.2 * luck < 0.8 ? "motorbike"
                                             : "foot";

    const bool group = !town && random_.chance(0.03);  // a few houses apart from everything
    double people = std::exp(6.15 + 0.5 * normal(random_)) * (1.25 - 0.6 * s.hardship);
    if (town) people *= 1.8;
    if (group) people = 25 + 50 * luck;
    s.residents = std::clamp<std::int64_t>(std::llround(people), 12, 6000);
    s.households = std::max<std::int64_t>(1, s.residents * 10 / (42 + random_.between(0, 6)));
    s.eligible = s.residents * (700 + random_.between(0, 60)) / 1000;
    s.kind = town ? "to_dan_pho" : group ? "nhom_dan_cu" : "ban";
    s.name = town    ? "Tổ dân phố " + std::to_string(k + 1)
             : group ? "Nhóm dân cư " + std::to_string(k + 1)
                     : "Bản " + names_.hamlet(seed_ ^ (std::uint64_t{i} << 8) ^ (k / 2)) + ' ' +
                           std::to_string(k % 2 + 1);
    return s;
  }

  bool plain(std::uint32_t commune) const {
    const SampleCommune& c = p_.communes[commune];
    return c.flaw == SampleFlaw::none && c.reporters > 1;
  }

  /// A former commune of which a neighbour got some settlements.
  void split_formers() {
    const auto n = static_cast<std::uint32_t>(p_.communes.size());
    const std::uint32_t wanted = std::max(1U, (n + 10) / 20);
    std::vector<std::vector<std::size_t>> settlements(n);
    for (std::size_t k = 0; k < p_.settlements.size(); ++k) {
      settlements[p_.settlements[k].commune].push_back(k);
    }
    std::vector<char> taken(n, 0);
    for (std::uint32_t k = 0; k < n && p_.defects.split_former < wanted; ++k) {
      const auto a = static_cast<std::uint32_t>((std::uint64_t{k} * 7 + 3) % n);
      if (taken[a] != 0 || !plain(a)) continue;
      for (const std::uint32_t b : p_.land.neighbours[a]) {
        if (taken[b] != 0 || !plain(b) || p_.communes[a].district != p_.communes[b].district)
          continue;
        const std::uint32_t former = p_.communes[a].first_reporter + 1;
        if (hand_over(settlements[b], former)) {
          p_.reporters[former].split_to = b;
          taken[a] = taken[b] = 1;
          ++p_.defects.split_former;
          break;
        }
      }
    }
  }

  /// Up to 3 settlements become part of `former`, none of whose present ones loses more than half.
  bool hand_over(const std::vector<std::size_t>& settlements, std::uint32_t former) {
    const SampleCommune& home = p_.communes[p_.reporters[former].commune];
    const LonLat hub = p_.land.sites[p_.reporters[former].commune][former - home.first_reporter];
    std::vector<std::size_t> near = settlements;
    std::sort(near.begin(), near.end(), [&](std::size_t x, std::size_t y) {
      return std::pair(squared_distance(p_.settlements[x].at, hub), x) <
             std::pair(squared_distance(p_.settlements[y].at, hub), y);
    });
    const std::uint32_t from = p_.settlements[near.front()].reporter;
    const auto theirs = std::count_if(near.begin(), near.end(), [&](std::size_t x) {
      return p_.settlements[x].reporter == from;
    });
    std::ptrdiff_t moved = 0;
    for (const std::size_t x : near) {
      if (p_.settlements[x].reporter != from || moved == 3 || 2 * (moved + 1) > theirs) continue;
      p_.settlements[x].reporter = former;
      ++moved;
    }
    return moved > 0;
  }

  void name_alike() {
    for (std::uint32_t i = 0; i < p_.communes.size(); ++i) {
      SampleCommune& c = p_.communes[i];
      if (c.flaw != SampleFlaw::duplicate_name) continue;
      for (const std::uint32_t other : p_.land.neighbours[i]) {
        const SampleCommune& o = p_.communes[other];
        if (o.district != c.district || o.kind != c.kind) continue;
        if (o.flaw == SampleFlaw::duplicate_name) continue;
        c.name = o.name;
        ++p_.defects.duplicate_name;
        break;
      }
    }
  }

  SampleProvince& p_;
  const SampleOptions& options_;
  SampleNames names_;
  std::uint64_t seed_;
  Random random_;
  double far_ = 0;  ///< squared distance of the farthest commune from the town
};

}  // namespace

SampleProvince make_sample_province(const SampleOptions& options, const geo::Progress& progress) {
  SampleProvince province;
  progress.at(0, msg("data.sample_land", options.communes));
  const std::uint32_t flawed =
      options.clean || options.communes < 2 ? 0 : std::max(1U, (options.communes + 30) / 60);
  province.land = geo::make_sample_land(options.communes, options.seed, flawed);
  province.defects.flawed_border = static_cast<std::int64_t>(province.land.flawed.size());
  Founder founder(province, options);
  for (std::uint32_t i = 0; i < options.communes; ++i) {
    if (i % 256 == 0) {
      progress.at(0.4 + 0.6 * i / options.communes, msg("data.sample_people", options.communes));
    }
    founder.found(i);
  }
  founder.finish();
  return province;
}

std::string sample_full_name(const std::string& kind, const std::string& name) {
  constexpr std::array<std::pair<const char*, const char*>, 8> upper{{{"xã", "Xã"},
                                                                      {"phường", "Phường"},
                                                                      {"thị trấn", "Thị trấn"},
                                                                      {"đặc khu", "Đặc khu"},
                                                                      {"huyện", "Huyện"},
                                                                      {"thị xã", "Thị xã"},
                                                                      {"thành phố", "Thành phố"},
                                                                      {"tỉnh", "Tỉnh"}}};
  for (const auto& [low, high] : upper) {
    if (kind == low) return std::string(high) + ' ' + name;
  }
  return name;
}

std::string sample_district_kind(std::uint32_t district) {
  return district == 0 ? "thành phố" : district == 1 ? "thị xã" : "huyện";
}

}  // namespace data
