#pragma once
// Dear ImGui 1.86 (Debian 12) and 1.90 or later (Debian 13) differ in these few things only.
#include <imgui.h>

#include <cstdint>

namespace app {

#if IMGUI_VERSION_NUM < 18700
inline bool key_pressed(ImGuiKey key) { return ImGui::IsKeyPressed(ImGui::GetKeyIndex(key)); }
inline void feed_mouse(ImVec2 at) { ImGui::GetIO().MousePos = at; }
inline void feed_button(int button, bool down) { ImGui::GetIO().MouseDown[button] = down; }
inline void feed_wheel(float turns) { ImGui::GetIO().MouseWheel += turns; }
inline void feed_modifiers(bool ctrl, bool shift) {
  ImGui::GetIO().KeyCtrl = ctrl;
  ImGui::GetIO().KeyShift = shift;
}
/// Without a window there is nobody to say which key is which; each is itself.
inline void name_keys() {
  for (int key = 0; key < ImGuiKey_COUNT; ++key) ImGui::GetIO().KeyMap[key] = key;
}
inline void feed_key(ImGuiKey key, bool down) { ImGui::GetIO().KeysDown[key] = down; }
/// In a frame in which Ctrl is down a field drops what was typed, also before. Call before the
/// last frame.
inline void take_all_typed() { ImGui::GetIO().KeyCtrl = false; }
#else
inline bool key_pressed(ImGuiKey key) { return ImGui::IsKeyPressed(key); }
inline void feed_mouse(ImVec2 at) { ImGui::GetIO().AddMousePosEvent(at.x, at.y); }
inline void feed_button(int button, bool down) { ImGui::GetIO().AddMouseButtonEvent(button, down); }
inline void feed_wheel(float turns) { ImGui::GetIO().AddMouseWheelEvent(0, turns); }
inline void feed_modifiers(bool ctrl, bool shift) {
  ImGui::GetIO().AddKeyEvent(ImGuiMod_Ctrl, ctrl);
  ImGui::GetIO().AddKeyEvent(ImGuiMod_Shift, shift);
}
inline void name_keys() {}
inline void feed_key(ImGuiKey key, bool down) { ImGui::GetIO().AddKeyEvent(key, down); }
/// Keys come to a field one a frame, and none while Ctrl is down.
inline void take_all_typed() {
  ImGui::GetIO().ConfigInputTrickleEventQueue = false;
  ImGui::GetIO().AddKeyEvent(ImGuiMod_Ctrl, false);
}
#endif

#if IMGUI_VERSION_NUM < 19000
inline bool begin_padded_child(const char* id, float height = 0, float width = 0,
                               ImGuiWindowFlags flags = 0) {
  return ImGui::BeginChild(id, {width, height}, false,
                           ImGuiWindowFlags_AlwaysUseWindowPadding | flags);
}
#else
inline bool begin_padded_child(const char* id, float height = 0, float width = 0,
                               ImGuiWindowFlags flags = 0) {
  return ImGui::BeginChild(id, {width, height}, ImGuiChildFlags_AlwaysUseWindowPadding, flags);
}
#endif

/// Before 1.89 the Tab key visits text fields only.
inline constexpr bool tab_visits_everything = IMGUI_VERSION_NUM >= 18900;

/// Before 1.87 only the space bar presses what the keyboard has chosen.
inline constexpr bool enter_presses_focused = IMGUI_VERSION_NUM >= 18700;

inline ImTextureID texture_id(unsigned texture) {
  return (
      ImTextureID)(std::intptr_t)texture;  // NOLINT: a pointer in one version, a number in another
}

}  // namespace app
