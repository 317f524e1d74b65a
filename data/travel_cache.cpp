// Ways that were worked out once.
#include <array>
#include <optional>
#include <utility>

#include "data/travel.hpp"
#include "data/workspace.hpp"
#include "geo/image.hpp"
#include "geo/mapped_file.hpp"

namespace data {
namespace {

constexpr const char* file_name = "travel";
/// Counts up whenever the formulas change.
constexpr std::uint64_t formulas = 1;
constexpr std::size_t sections = 3;

/// A start as bytes without gaps.
using StoredStart = std::array<std::uint32_t, 2>;

std::vector<StoredStart> stored(std::span<const Start> starts) {
  std::vector<StoredStart> out;
  for (const Start& start : starts)
    out.push_back({start.home.value, static_cast<std::uint32_t>(start.vehicle)});
  return out;
}

void keep(const Travel& travel, const std::filesystem::path& cache, const std::string& key) {
  geo::Image image(geo::ImageKind::travel, key);
  image.add_own(std::vector<std::uint64_t>{travel.communes, static_cast<std::uint64_t>(travel.by),
                                           travel.slopes ? 1U : 0U});
  image.add_own(stored(travel.starts));
  image.add(std::span<const Leg>(travel.legs));
  const auto parts = image.parts(true);
  if (!geo::write_cache_file(cache, key, file_name, parts)) geo::trim_cache(cache, key);
}

/// Nothing when it is not there, damaged, or does not fit what was asked for.
std::optional<Travel> kept(const std::filesystem::path& cache, const std::string& key,
                           std::span<const Start> starts, std::size_t communes) {
  const auto image = geo::ImageSections::of(geo::map_file(cache / key / file_name),
                                            geo::ImageKind::travel, key, sections, true);
  std::span<const std::uint64_t> head;
  std::span<const StoredStart> from;
  std::span<const Leg> legs;
  if (!image || !image->get(0, head) || !image->get(1, from) || !image->get(2, legs)) return {};
  const auto expected = stored(starts);
  if (head.size() != 3 || head[0] != communes || head[1] > 1 ||
      !std::equal(from.begin(), from.end(), expected.begin(), expected.end()) ||
      legs.size() != starts.size() * communes)
    return {};
  Travel out;
  out.by = static_cast<Travel::By>(head[1]);
  out.slopes = head[2] != 0;
  out.starts.assign(starts.begin(), starts.end());
  out.communes = communes;
  out.legs.assign(legs.begin(), legs.end());
  geo::touch_cache(cache, key);
  return out;
}

}  // namespace

std::string travel_key(std::span<const Place> places, std::span<const Start> starts,
                       const TravelRule& rule, const Ways& ways) {
  geo::ContentHash hash;
  hash.add(formulas);
  std::vector<double> numbers;
  for (const Place& p : places)
    numbers.insert(numbers.end(), {p.at.lon, p.at.lat, p.spread_km, p.car, p.motorbike, p.foot});
  for (const TravelNumber& n : travel_numbers()) numbers.push_back(rule.*(n.value));
  hash.add(std::span<const double>(numbers));
  const auto from = stored(starts);
  hash.add(std::span<const StoredStart>(from));
  const std::string roads = geo::hash_of(ways.roads);
  hash.add(std::span<const char>(roads));
  if (ways.elevation) {
    const geo::ElevationGrid& grid = *ways.elevation;
    const std::array<double, 5> box{grid.min.lon, grid.min.lat, grid.max.lon, grid.max.lat,
                                    static_cast<double>(grid.columns)};
    hash.add(std::span<const double>(box));
    hash.add(std::span<const std::int16_t>(grid.cells));
  }
  return hash.text();
}

Travel travel_of(Workspace& workspace, const Dataset& dataset, const geo::Land& land,
                 std::span<const Start> starts, const geo::Progress& progress,
                 const std::filesystem::path& cache) {
  const TravelRule rule = travel_rule(workspace);
  const Ways ways = load_ways(workspace, progress.part(0, 0.2));
  const auto places = places_of(dataset, land);
  const std::string key = travel_key(places, starts, rule, ways);
  if (!cache.empty())
    if (auto found = kept(cache, key, starts, places.size())) return std::move(*found);

  std::optional<geo::Elevation> elevation;
  if (ways.elevation) elevation.emplace(*ways.elevation);
  const geo::Elevation* const heights = elevation ? &*elevation : nullptr;
  std::optional<geo::Roads> roads;
  if (!ways.roads.empty()) roads.emplace(ways.roads, heights, progress.part(0.2, 0.5));
  Travel out = travel_of(dataset, land, starts, rule, roads ? &*roads : nullptr, heights,
                         progress.part(0.5, 1));
  if (!cache.empty()) keep(out, cache, key);
  return out;
}

}  // namespace data
