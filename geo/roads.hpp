#pragma once
#include <array>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "geo/elevation.hpp"
#include "geo/issue.hpp"
#include "geo/point.hpp"
#include "geo/progress.hpp"
#include "geo/segment_grid.hpp"

namespace geo {

/// The most that a road is good for.
enum class RoadClass : std::uint8_t { car, motorbike, foot };

struct RoadLine {
  std::int64_t row = 0;  ///< OGR feature id
  RoadClass way = RoadClass::car;
  float speed_kmh = 0;  ///< as the layer gives it; 0: not given
  std::vector<LonLat> points;
  bool operator==(const RoadLine&) const = default;
};

/// What a word of a class column stands for: OpenStreetMap's highway values, and Vietnamese ones.
/// `road` false: no road (yet, any more) that leads anywhere. Nothing: not known.
struct RoadWord {
  RoadClass way = RoadClass::car;
  bool road = true;
};
std::optional<RoadWord> road_word(std::string_view word);
/// "50", "50 km/h", "30 mph"; 0 where there is no such number.
float speed_of(std::string_view text);

struct RoadOptions {
  std::string layer;         ///< empty: the only one with lines
  std::string class_column;  ///< empty: guessed; "-": none
  std::string speed_column;
  std::string where;  ///< OGR SQL condition
};
struct RoadFile {
  std::string file, layer, crs;
  std::vector<std::string> columns;
  std::optional<std::size_t> class_column, speed_column;
  std::vector<RoadLine> lines;
  Issues issues;
};
/// Lines of any of the formats of vector_file.hpp, opened with the same care.
RoadFile read_roads(const std::filesystem::path& file, const RoadOptions& options,
                    const Progress& progress = {});

/// Ends that miss another line by at most so many metres get a vertex there; tells how many.
inline constexpr double default_road_join = 1;
void join_loose_ends(std::vector<RoadLine>& lines, double metres, Issues& issues);

/// A network: lines meet where they have a vertex in common, to a centimetre. Crossing without one
/// is a bridge.
class Roads {
 public:
  /// Between two junctions or ends.
  struct Edge {
    std::uint32_t from = 0, to = 0;             ///< junctions
    std::uint32_t first_point = 0, points = 0;  ///< its line, in `points()`
    Slopes slopes;
    float speed_kmh = 0;
    RoadClass way = RoadClass::car;
  };
  /// Where a place comes to a road: so far along an edge, after so long a walk.
  struct Access {
    std::uint32_t edge = 0;
    double along = 0;    ///< share of its length, 0…1
    double walk_km = 0;  ///< straight
    LonLat at;
  };

  explicit Roads(std::span<const RoadLine> lines, const Elevation* elevation = nullptr,
                 const Progress& progress = {});

  const std::vector<Edge>& edges() const { return edges_; }
  std::uint32_t junctions() const { return static_cast<std::uint32_t>(piece_of_.size()); }
  std::span<const LonLat> line(const Edge& edge) const {
    return std::span(points_).subspan(edge.first_point, edge.points);
  }
  std::uint32_t piece_of(std::uint32_t junction) const { return piece_of_[junction]; }

  struct Piece {
    double km = 0;
    LonLat at;  ///< somewhere on it
  };
  /// Parts that do not meet, the longest first.
  const std::vector<Piece>& pieces() const { return pieces_; }
  Issues told_pieces() const;

  /// The nearest point of a road within so many km, and of up to two other pieces that are longer
  /// than that one's: the nearest road may lead nowhere.
  std::vector<Access> near(LonLat place, double within_km) const;

 private:
  struct Segment {
    std::uint32_t edge, point;  ///< ends at that point of the edge's line
  };
  void find_pieces(std::uint32_t junctions);

  std::vector<Edge> edges_;
  std::vector<LonLat> points_;
  std::vector<std::uint32_t> piece_of_;  ///< by junction
  std::vector<Piece> pieces_;
  std::vector<Segment> segments_;
  SegmentGrid grid_;
};

/// 128 bits that name the lines.
std::string hash_of(std::span<const RoadLine> lines);

}  // namespace geo
