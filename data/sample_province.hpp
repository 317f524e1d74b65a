#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "data/sample.hpp"
#include "geo/sample_land.hpp"

namespace data {

/// What goes wrong in a commune of the sample; one thing at most, so that each can be counted.
enum class SampleFlaw : std::uint8_t {
  none,
  missing_cells,
  settlement_outside,
  activated_above_installed,
  falling_cumulative,
  implausible_jump,
  residents_unlike,
  population_off_by_ten,
  above_target,
  silent,
  duplicate_name,
  never_reported
};

struct SampleSettlement {
  std::string name, kind;
  std::uint32_t commune = 0, reporter = 0;
  geo::LonLat at;
  std::int64_t households = 0, residents = 0, eligible = 0;
  std::string electricity, signal;                     ///< empty: not known
  std::int32_t smartphone = 0, own_sim = 0, away = 0;  ///< thousandths
  std::string road;
  double hardship = 0;  ///< 0 in town … 1 remote
};

/// Who sends weekly reports: a former commune, or a commune of today that was never merged.
struct SampleReporter {
  std::string code, name, kind;
  std::uint32_t commune = 0;              ///< of today: it, or the one that got most of it
  std::optional<std::uint32_t> split_to;  ///< the commune that got the rest
  bool former = true;
  std::int64_t eligible = 0;
  double hardship = 0;  ///< mean over its people
};

struct SampleCommune {
  std::string code, name, kind;
  std::uint32_t district = 0;
  double area_m2 = 0;
  std::int64_t published_population = 0;
  std::uint32_t first_reporter = 0, reporters = 0;
  SampleFlaw flaw = SampleFlaw::none;
};

struct SampleProvince {
  geo::SampleLand land;
  std::vector<std::string> district_names;  ///< without the kind word
  std::vector<SampleCommune> communes;
  std::vector<SampleReporter> reporters;      ///< by commune
  std::vector<SampleSettlement> settlements;  ///< by commune
  SampleDefects defects;                      ///< all but teams and figures
};

/// Land, units and people; the same for the same options. Flaws are dealt out here, also those that
/// sample_reports will show; teams and figures follow.
SampleProvince make_sample_province(const SampleOptions& options, const geo::Progress& progress);

/// "Xã" + "Khe Sương", with the kind's first letter in upper case.
std::string sample_full_name(const std::string& kind, const std::string& name);
std::string sample_district_kind(std::uint32_t district);  ///< thành phố, thị xã, huyện

}  // namespace data
