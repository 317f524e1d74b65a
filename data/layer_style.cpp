#include "data/layer_style.hpp"

#include <algorithm>
#include <charconv>
#include <cstdio>

namespace data {
namespace {

std::string escaped(const std::string& text) {
  std::string out;
  for (const char c : writable(text)) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

/// "#e6550d" as "230,85,13,255"; grey where it is no colour.
std::string rgba(const std::string& hex) {
  unsigned value = 0x808080;
  if (hex.size() == 7 && hex[0] == '#')
    std::from_chars(hex.data() + 1, hex.data() + hex.size(), value, 16);
  char out[32];
  std::snprintf(out, sizeof out, "%u,%u,%u,255", value >> 16 & 255U, value >> 8 & 255U,
                value & 255U);
  return out;
}

struct Outline {
  const char* colour;
  const char* style;
  const char* width;  ///< millimetres
};
constexpr Outline thin_white{"255,255,255,255", "solid", "0.2"};
constexpr Outline dashed{"107,111,118,255", "dash", "0.26"};

std::string symbol(std::size_t name, const std::string& fill, const Outline& outline) {
  const auto option = [](const char* key, const std::string& value) {
    return "       <Option type=\"QString\" name=\"" + std::string(key) + "\" value=\"" + value +
           "\"/>\n";
  };
  return "   <symbol type=\"fill\" name=\"" + std::to_string(name) +
         "\" alpha=\"1\" clip_to_extent=\"1\" force_rhr=\"0\">\n"
         "    <layer class=\"SimpleFill\" enabled=\"1\" locked=\"0\" pass=\"0\">\n"
         "     <Option type=\"Map\">\n" +
         option("color", fill) + option("style", "solid") +
         option("outline_color", outline.colour) + option("outline_style", outline.style) +
         option("outline_width", outline.width) + option("outline_width_unit", "MM") +
         option("joinstyle", "bevel") +
         "     </Option>\n"
         "    </layer>\n"
         "   </symbol>\n";
}

std::string category(std::size_t value, std::size_t symbol, const std::string& label) {
  return "   <category value=\"" + std::to_string(value) + "\" symbol=\"" + std::to_string(symbol) +
         "\" label=\"" + escaped(label) + "\" type=\"long\" render=\"true\"/>\n";
}

std::string labels(const std::string& field) {
  return " <labeling type=\"simple\">\n"
         "  <settings calloutType=\"simple\">\n"
         "   <text-style fieldName=\"" +
         escaped(field) +
         "\" isExpression=\"0\" fontFamily=\"Noto Sans\" fontSize=\"8\" fontSizeUnit=\"Point\""
         " namedStyle=\"Regular\" fontWeight=\"50\" textColor=\"26,26,26,255\" textOpacity=\"1\""
         " multilineHeight=\"1\" blendMode=\"0\">\n"
         "    <text-buffer bufferDraw=\"1\" bufferSize=\"0.8\" bufferSizeUnits=\"MM\""
         " bufferColor=\"255,255,255,255\" bufferOpacity=\"0.85\" bufferNoFill=\"1\""
         " bufferJoinStyle=\"128\" bufferBlendMode=\"0\"/>\n"
         "   </text-style>\n"
         "   <text-format autoWrapLength=\"0\" multilineAlign=\"1\"/>\n"
         "   <placement placement=\"1\" polygonPlacementFlags=\"2\" centroidWhole=\"1\""
         " centroidInside=\"1\" priority=\"5\"/>\n"
         "   <rendering displayAll=\"0\" obstacle=\"1\" scaleVisibility=\"0\" drawLabels=\"1\"/>\n"
         "  </settings>\n"
         " </labeling>\n";
}

}  // namespace

std::string layer_style(const TableOut& table, const MapOut& map, const std::string& class_field) {
  std::string categories, symbols, aliases;
  for (std::size_t i = 0; i < map.classes.size(); ++i) {
    categories += category(i + 1, i, map.classes[i].label);
    symbols += symbol(i, rgba(map.classes[i].colour), thin_white);
  }
  const bool any_without =
      map.of_row.size() < table.rows.size() ||
      std::any_of(map.of_row.begin(), map.of_row.end(), [](const auto& of) { return !of; });
  if (any_without) {
    categories += category(0, map.classes.size(), map.no_class_label);
    symbols += symbol(map.classes.size(), "244,244,244,255", dashed);
  }
  for (std::size_t i = 0; i < table.columns.size(); ++i)
    aliases += "  <alias index=\"" + std::to_string(i + 1) + "\" field=\"" +
               escaped(table.columns[i].id) + "\" name=\"" + escaped(table.columns[i].title) +
               "\"/>\n";
  const bool labelled = std::any_of(table.columns.begin(), table.columns.end(),
                                    [&](const auto& c) { return c.id == map.label_column; });
  return "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n"
         "<qgis version=\"3.22.0\" styleCategories=\"Symbology|Labeling|Fields\" labelsEnabled=\"" +
         std::string(labelled ? "1" : "0") +
         "\">\n"
         " <renderer-v2 type=\"categorizedSymbol\" attr=\"" +
         escaped(class_field) +
         "\" symbollevels=\"0\" forceraster=\"0\" enableorderby=\"0\">\n"
         "  <categories>\n" +
         categories +
         "  </categories>\n"
         "  <symbols>\n" +
         symbols +
         "  </symbols>\n"
         " </renderer-v2>\n" +
         (labelled ? labels(map.label_column) : "") + " <aliases>\n" + aliases +
         " </aliases>\n"
         "</qgis>\n";
}

}  // namespace data
