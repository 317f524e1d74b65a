#pragma once
#include <epoxy/gl.h>

#include <initializer_list>
#include <string_view>
#include <utility>
#include <vector>

namespace render::gl {

/// One OpenGL name; deleted with it. The context that made it must be current then.
template <auto generate, auto destroy>
class Handle {
 public:
  Handle() { generate(&name_); }
  Handle(Handle&& other) noexcept : name_(std::exchange(other.name_, 0)) {}
  Handle& operator=(Handle&& other) noexcept {
    std::swap(name_, other.name_);
    return *this;
  }
  ~Handle() {
    if (name_ != 0) destroy(name_);
  }
  operator GLuint() const { return name_; }

 private:
  GLuint name_ = 0;
};

// epoxy's functions are pointers behind macros, so they are wrapped to become template arguments.
inline void make_buffer(GLuint* n) { glGenBuffers(1, n); }
inline void drop_buffer(GLuint n) { glDeleteBuffers(1, &n); }
inline void make_texture(GLuint* n) { glGenTextures(1, n); }
inline void drop_texture(GLuint n) { glDeleteTextures(1, &n); }
inline void make_vertex_array(GLuint* n) { glGenVertexArrays(1, n); }
inline void drop_vertex_array(GLuint n) { glDeleteVertexArrays(1, &n); }
inline void make_framebuffer(GLuint* n) { glGenFramebuffers(1, n); }
inline void drop_framebuffer(GLuint n) { glDeleteFramebuffers(1, &n); }
using Buffer = Handle<make_buffer, drop_buffer>;
using Texture = Handle<make_texture, drop_texture>;
using VertexArray = Handle<make_vertex_array, drop_vertex_array>;
using Framebuffer = Handle<make_framebuffer, drop_framebuffer>;

/// Vertex and fragment shader from assets/shaders, linked. Several fragment files are joined in
/// order. Error (internal) with the driver's words when it does not compile.
class Program {
 public:
  Program(std::string_view vertex, std::initializer_list<std::string_view> fragment);
  Program(Program&& other) noexcept
      : name_(std::exchange(other.name_, 0)), uniforms_(std::move(other.uniforms_)) {}
  Program& operator=(Program&&) = delete;
  ~Program();
  void use() const { glUseProgram(name_); }
  /// `name` a literal: found once, then known by its address.
  GLint uniform(const char* name) const;

 private:
  GLuint name_ = 0;
  mutable std::vector<std::pair<const char*, GLint>> uniforms_;
};

/// Replaces the buffer's contents and leaves it bound to `target`. Answers the bytes uploaded.
template <class Items>
std::size_t fill(const Buffer& buffer, GLenum target, const Items& items, GLenum usage) {
  const std::size_t bytes = items.size() * sizeof(items[0]);
  glBindBuffer(target, buffer);
  glBufferData(target, static_cast<GLsizeiptr>(bytes), items.data(), usage);
  return bytes;
}

/// Where `offset` bytes into the bound buffer is.
inline const void* at(std::size_t offset) { return reinterpret_cast<const void*>(offset); }

}  // namespace render::gl
