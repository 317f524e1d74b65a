#include "app/panels/how.hpp"

#include <imgui.h>

namespace app {

command::How how_pressed() {
  const ImGuiIO& io = ImGui::GetIO();
  if (io.KeyCtrl) return command::How::remove;
  return io.KeyShift ? command::How::add : command::How::replace;
}

}  // namespace app
