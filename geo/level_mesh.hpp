#pragma once
#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "geo/borders.hpp"
#include "geo/fast_projection.hpp"

namespace geo {

/// One level of detail as the graphics card takes it, in blocks of units that lie together. Plain
/// arrays without pointers: the bytes on disk are the bytes in memory, and the spans look into
/// memory (built, or a file mapped) that `memory` keeps alive.
struct LevelMesh {
  std::uint64_t id =
      0;  ///< unique in this process; what the painter keeps on the card is keyed by it
  double tolerance = 0;  ///< metres on the ground that a border may be off by

  struct Vertex {
    float x, y;  ///< metres from the block's origin
    std::uint32_t unit;
  };
  /// Of borders, arc after arc. A line runs from vertex i to i + 1 where along of i + 1 is > 0.
  struct LineVertex {
    float x, y;         ///< metres from the block's origin
    float along;        ///< metres since the arc's first vertex, which has 0
    std::uint32_t arc;  ///< into `sides`
  };
  struct Range {
    std::uint32_t first = 0, count = 0;
  };
  struct Block {
    MapPoint origin;
    Box box;  ///< of its triangles and lines, map metres
    Range vertices, indices, units, runs;
    std::array<Range, border_ranks> lines;  ///< line vertices by rank
  };
  struct UnitPart {  ///< a unit's triangles, all in one block
    std::uint32_t unit = 0;
    Range indices;
  };
  struct ArcRun {  ///< an arc's line vertices, all in one block
    std::uint32_t arc = 0;
    Range lines;
  };

  std::span<const Block> blocks;
  std::span<const Vertex> vertices;
  std::span<const std::uint32_t> indices;  ///< triangles; count from the block's first vertex
  std::span<const LineVertex> lines;
  std::span<const UnitPart> units;
  std::span<const ArcRun> runs;
  /// By arc of this level: narrow pockets close up, so it may differ from the full one's.
  std::span<const Sides> sides;
  std::shared_ptr<const void> memory;
};

std::uint64_t next_mesh_id();

/// A mesh that is made rather than mapped, and the mesh that looks into it.
struct LevelArrays {
  std::vector<LevelMesh::Block> blocks;
  std::vector<LevelMesh::Vertex> vertices;
  std::vector<std::uint32_t> indices;
  std::vector<LevelMesh::LineVertex> lines;
  std::vector<LevelMesh::UnitPart> units;
  std::vector<LevelMesh::ArcRun> runs;
  std::vector<Sides> sides;
};
LevelMesh mesh_of(LevelArrays arrays, double tolerance);

/// The borders at a least weight of side² (m²; 0: full detail), projected, cut into blocks and
/// triangulated, on all cores.
LevelMesh build_level(const Borders& borders, const FastProjection& projection, double side,
                      const Progress& progress = {});
LevelMesh build_level(const Borders& borders, const MapCrs& crs, double side,
                      const Progress& progress = {});

}  // namespace geo
