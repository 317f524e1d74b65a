#include "app/pages/page_command.hpp"
#include "app/panels/draw.hpp"
#include "app/panels/panels.hpp"

namespace app {

void draw_history_page(const AppState& s, const Look& look, Commands&) {
  line(look.title_bold, ink(render::house::text), say(s.view.language, "history.title"));
}

void draw_history_side(const AppState&, const Look&, Commands&) {}

}  // namespace app
