#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/command.hpp"
#include "app/panels/draw.hpp"
#include "app/panels/look.hpp"
#include "app/state.hpp"

namespace app {

// What the panels of briefing mode are built of.

/// One of a list: its name at the left, what is chosen beside it with a ▾ that opens the list.
/// Answers what was chosen anew. `shown`: where none of them is chosen.
std::optional<std::size_t> choice(const Look& look, const char* id, std::string_view name,
                                  const std::vector<std::string>& values, std::size_t chosen,
                                  bool enabled, const std::string& shown = {});
/// At most two lines, broken at words, the second cut with … where there is more.
std::vector<std::string> two_lines(const ImFont* font, const std::string& text, float width);
/// A text of several lines; what is being typed is broken only where it is said to.
bool input_lines(const Look& look, const char* id, const std::string& hint, std::string& text,
                 ImVec2 size);
/// "12 giây", "1 phút 24 giây"
std::string seconds_text(double seconds, Language language);

}  // namespace app
