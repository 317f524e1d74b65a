#include "tests/app/desk_screen.hpp"

#include <epoxy/gl.h>
// after epoxy
#include <imgui.h>

#include <cstring>

#include "app/actions.hpp"
#include "app/panels/imgui_versions.hpp"

namespace desk_test {

DeskScreen::DeskScreen(int width, int height, double scale) : width_(width), height_(height) {
  desk_ = std::make_unique<app::Desk>(scale);
  app::name_keys();
  ImGuiIO& io = ImGui::GetIO();
  io.DisplaySize = {static_cast<float>(width), static_cast<float>(height)};
  io.DeltaTime = 1.0F / 60;
  io.ConfigInputTextCursorBlink = false;
  app::feed_mouse({-1000, -1000});
  glGenTextures(1, &colour_);
  glBindTexture(GL_TEXTURE_2D, colour_);
  glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA8, width, height, 0, GL_RGBA, GL_UNSIGNED_BYTE, nullptr);
  glGenFramebuffers(1, &framebuffer_);
  glBindFramebuffer(GL_FRAMEBUFFER, framebuffer_);
  glFramebufferTexture2D(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_TEXTURE_2D, colour_, 0);
}

DeskScreen::~DeskScreen() {
  glDeleteFramebuffers(1, &framebuffer_);
  glDeleteTextures(1, &colour_);
}

void DeskScreen::frame() {
  app::Commands commands;
  glBindFramebuffer(GL_FRAMEBUFFER, framebuffer_);
  desk_->draw(state, width_, height_, commands);
  for (const app::Command& command : commands) app::apply(state, command);
}

void DeskScreen::settle(int frames) {
  for (int i = 0; i < frames; ++i) frame();
}

void DeskScreen::move(double x, double y) {
  app::feed_mouse({static_cast<float>(x), static_cast<float>(y)});
  settle(2);
}
void DeskScreen::press(int button) {
  app::feed_button(button, true);
  settle(2);
}
void DeskScreen::release(int button) {
  app::feed_button(button, false);
  settle(2);
}
void DeskScreen::click(double x, double y) {
  move(x, y);
  press();
  release();
  // Two clicks of a test are not a double click of a person.
  ImGui::GetIO().DeltaTime = 1;
  settle(2);
  ImGui::GetIO().DeltaTime = 1.0F / 60;
}
void DeskScreen::wheel(double turns) {
  app::feed_wheel(static_cast<float>(turns));
  settle(3);
}
void DeskScreen::modifiers(bool ctrl, bool shift) { app::feed_modifiers(ctrl, shift); }
void DeskScreen::type(const std::string& text) {
  ImGui::GetIO().AddInputCharactersUTF8(text.c_str());
  settle(4);
}
void DeskScreen::key(app::Shortcut shortcut) {
  const auto command = app::command_for_key(state, shortcut, desk_->typing());
  if (command) app::apply(state, *command);
  settle(4);
}
void DeskScreen::enter() {
  app::feed_key(ImGuiKey_Enter, true);
  settle(2);
  app::feed_key(ImGuiKey_Enter, false);
  settle(2);
}

render::Image DeskScreen::picture() {
  render::Image image;
  image.width = width_;
  image.height = height_;
  const auto row = static_cast<std::size_t>(width_) * 4;
  std::vector<std::uint8_t> upside_down(row * static_cast<std::size_t>(height_));
  glBindFramebuffer(GL_FRAMEBUFFER, framebuffer_);
  glPixelStorei(GL_PACK_ALIGNMENT, 1);
  glReadPixels(0, 0, width_, height_, GL_RGBA, GL_UNSIGNED_BYTE, upside_down.data());
  image.rgba.resize(upside_down.size());
  for (std::size_t y = 0; y < static_cast<std::size_t>(height_); ++y) {
    std::memcpy(&image.rgba[y * row],
                &upside_down[(static_cast<std::size_t>(height_) - 1 - y) * row], row);
  }
  for (std::size_t i = 3; i < image.rgba.size(); i += 4) image.rgba[i] = 255;
  return image;
}

}  // namespace desk_test
