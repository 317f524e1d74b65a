#pragma once
#include <initializer_list>
#include <string>
#include <vector>

#include "app/panels/draw.hpp"

namespace app {

// Lists with headings, as the pages of entry mode have them.

struct ListColumn {
  std::string title;
  double width = 0;  ///< logical pixels; 0: shares what is left with others of that kind
  bool right = false;
};
/// Columns over the width that is there, less the scroll bar's.
struct ListShape {
  std::vector<ListColumn> columns;
  std::vector<float> left, right;  ///< of the text, from the list's edge
  float width = 0;
};
ListShape list_shape(const Look& look, std::vector<ListColumn> columns);
void list_heads(const Look& look, const ListShape& shape);

struct ListCell {
  std::string text;
  render::Colour colour = render::house::text;
  bool bold = false;
};
/// A row to be chosen; with the mouse over a cell that is cut its whole text is shown.
Hit list_row(const Look& look, int id, bool chosen, const ListShape& shape,
             const std::vector<ListCell>& cells);
/// The height of a row.
float list_height(const Look& look);

/// One of several choices, with a circle.
bool radio(const Look& look, const char* id, std::string_view text, bool on, bool enabled = true);
/// Tabs beside each other; answers the one pressed.
int tabs(const Look& look, const char* id, std::initializer_list<std::string> names, int chosen);

}  // namespace app
