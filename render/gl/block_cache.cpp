#include "render/gl/block_cache.hpp"

#include <algorithm>

#include "geo/error.hpp"

namespace render::gl {
namespace {

constexpr std::size_t chunk_lines = 512;

void view_as(const Texture& texture, GLenum format, const Buffer& buffer, std::size_t texels) {
  GLint most = 0;
  glGetIntegerv(GL_MAX_TEXTURE_BUFFER_SIZE, &most);
  if (texels > static_cast<std::size_t>(most)) {
    throw geo::Error(geo::ErrorKind::io, geo::msg("render.too_many_lines", texels, most), "OpenGL",
                     geo::msg("render.update_driver"));
  }
  glActiveTexture(GL_TEXTURE0);
  glBindTexture(GL_TEXTURE_BUFFER, texture);
  glTexBuffer(GL_TEXTURE_BUFFER, format, buffer);
}

void add_chunks(BlockCache::Block& to, const geo::LevelMesh& mesh,
                const geo::LevelMesh::Block& from) {
  for (std::size_t rank = 0; rank < geo::border_ranks; ++rank) {
    const geo::LevelMesh::Range range = from.lines[rank];
    for (std::size_t done = 0; done < range.count; done += chunk_lines) {
      const std::size_t first = range.first + done,
                        count = std::min(chunk_lines, range.count - done);
      BlockCache::Chunk chunk{rank, first - from.lines[0].first, count, {}};
      // A chunk's last line ends at the first vertex of the next.
      const std::size_t last = std::min(first + count + 1, mesh.lines.size());
      for (std::size_t i = first; i < last; ++i) {
        if (i > first && i == first + count && !(mesh.lines[i].along > 0)) break;
        chunk.box.add(geo::MapPoint{static_cast<double>(mesh.lines[i].x),
                                    static_cast<double>(mesh.lines[i].y)});
      }
      to.chunks.push_back(chunk);
    }
  }
}

}  // namespace

void Batch::clear() {
  lengths_.clear();
  starts_.clear();
  end_ = 0;
}

void Batch::add(std::size_t first, std::size_t count) {
  if (count == 0) return;
  if (!lengths_.empty() && end_ == first) {
    lengths_.back() += static_cast<GLsizei>(count);
  } else {
    lengths_.push_back(static_cast<GLsizei>(count));
    starts_.push_back(at(first * sizeof(std::uint32_t)));
  }
  end_ = first + count;
}

void Batch::draw(MapPainter::Counts& counts) const {
  if (lengths_.empty()) return;
  glMultiDrawElements(GL_TRIANGLES, lengths_.data(), GL_UNSIGNED_INT, starts_.data(),
                      static_cast<GLsizei>(lengths_.size()));
  counts.draws += 1;
}

const BlockCache::Block& BlockCache::block(const geo::LevelMesh& mesh, std::size_t number,
                                           MapPainter::Counts& counts) {
  for (const auto& known : blocks_) {
    if (known->mesh == mesh.id && known->number == number) {
      known->used = clock_;
      return *known;
    }
  }
  auto made = std::make_unique<Block>();
  Block& b = *made;
  b.mesh = mesh.id;
  b.number = number;
  b.used = clock_;
  const geo::LevelMesh::Block& from = mesh.blocks[number];
  glBindVertexArray(b.array);
  using Vertex = geo::LevelMesh::Vertex;
  b.bytes += fill(b.vertices, GL_ARRAY_BUFFER,
                  mesh.vertices.subspan(from.vertices.first, from.vertices.count), GL_STATIC_DRAW);
  b.bytes += fill(b.indices, GL_ELEMENT_ARRAY_BUFFER,
                  mesh.indices.subspan(from.indices.first, from.indices.count), GL_STATIC_DRAW);
  glEnableVertexAttribArray(0);
  glVertexAttribPointer(0, 2, GL_FLOAT, GL_FALSE, sizeof(Vertex), at(offsetof(Vertex, x)));
  glEnableVertexAttribArray(1);
  glVertexAttribIPointer(1, 1, GL_UNSIGNED_INT, sizeof(Vertex), at(offsetof(Vertex, unit)));

  std::size_t lines = 0;
  for (const geo::LevelMesh::Range& range : from.lines) lines += range.count;
  if (lines > 0) {
    b.bytes += fill(b.lines, GL_TEXTURE_BUFFER, mesh.lines.subspan(from.lines[0].first, lines),
                    GL_STATIC_DRAW);
    view_as(b.line_texture, GL_RGBA32UI, b.lines, lines);
    add_chunks(b, mesh, from);
  }
  counts.geometry_bytes += b.bytes;
  counts.uploads += 1;
  bytes_ += b.bytes;
  blocks_.push_back(std::move(made));
  return b;
}

GLuint BlockCache::sides(const geo::LevelMesh& mesh, MapPainter::Counts& counts) {
  for (const auto& known : sides_) {
    if (known->mesh == mesh.id) {
      known->used = clock_;
      return known->texture;
    }
  }
  auto made = std::make_unique<SideTable>();
  made->mesh = mesh.id;
  made->used = clock_;
  made->bytes = fill(made->buffer, GL_TEXTURE_BUFFER, mesh.sides, GL_STATIC_DRAW);
  view_as(made->texture, GL_RG32UI, made->buffer, mesh.sides.size());
  counts.geometry_bytes += made->bytes;
  counts.uploads += 1;
  bytes_ += made->bytes;
  return sides_.emplace_back(std::move(made))->texture;
}

void BlockCache::trim() {
  const auto older = [](const auto& a, const auto& b) { return a->used < b->used; };
  const auto drop_from = [&](auto& kept) {
    while (bytes_ > budget_ && !kept.empty()) {
      const auto oldest = std::min_element(kept.begin(), kept.end(), older);
      if ((*oldest)->used == clock_) break;
      bytes_ -= (*oldest)->bytes;
      kept.erase(oldest);
    }
  };
  drop_from(blocks_);
  drop_from(sides_);
  ++clock_;
}

}  // namespace render::gl
