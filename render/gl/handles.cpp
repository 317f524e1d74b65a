#include "render/gl/handles.hpp"

#include <string>
#include <vector>

#include "assets/assets.hpp"
#include "geo/error.hpp"

namespace render::gl {
namespace {

geo::Error shader_error(std::string_view name, const std::string& log) {
  return {geo::ErrorKind::internal, geo::msg("render.shader", log), std::string(name),
          geo::msg("render.update_driver")};
}

class Shader {
 public:
  Shader(GLenum kind, std::initializer_list<std::string_view> names) : name_(glCreateShader(kind)) {
    std::string source = "#version 330 core\n";
    for (const std::string_view n : names) source += assets::text("shaders/" + std::string(n));
    const char* text = source.c_str();
    glShaderSource(name_, 1, &text, nullptr);
    glCompileShader(name_);
    GLint done = GL_FALSE;
    glGetShaderiv(name_, GL_COMPILE_STATUS, &done);
    if (done == GL_FALSE) {
      std::vector<char> log(4096, '\0');
      glGetShaderInfoLog(name_, static_cast<GLsizei>(log.size()) - 1, nullptr, log.data());
      glDeleteShader(name_);
      throw shader_error(*names.begin(), log.data());
    }
  }
  Shader(const Shader&) = delete;
  Shader& operator=(const Shader&) = delete;
  ~Shader() { glDeleteShader(name_); }
  operator GLuint() const { return name_; }

 private:
  GLuint name_;
};

}  // namespace

Program::Program(std::string_view vertex, std::initializer_list<std::string_view> fragment) {
  const Shader v(GL_VERTEX_SHADER, {"colour.glsl", vertex});
  const Shader f(GL_FRAGMENT_SHADER, fragment);
  name_ = glCreateProgram();
  glAttachShader(name_, v);
  glAttachShader(name_, f);
  glLinkProgram(name_);
  GLint done = GL_FALSE;
  glGetProgramiv(name_, GL_LINK_STATUS, &done);
  if (done == GL_FALSE) {
    std::vector<char> log(4096, '\0');
    glGetProgramInfoLog(name_, static_cast<GLsizei>(log.size()) - 1, nullptr, log.data());
    glDeleteProgram(std::exchange(name_, 0));
    throw shader_error(vertex, log.data());
  }
}

Program::~Program() {
  if (name_ != 0) glDeleteProgram(name_);
}

GLint Program::uniform(const char* name) const {
  for (const auto& [known, location] : uniforms_) {
    if (known == name) return location;
  }
  return uniforms_.emplace_back(name, glGetUniformLocation(name_, name)).second;
}

}  // namespace render::gl
