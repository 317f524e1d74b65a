// What road layers write about a road.
#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <cmath>

#include "geo/boundary_columns.hpp"
#include "geo/roads.hpp"

namespace geo {
namespace {

struct Known {
  std::string_view word;  ///< folded_heading
  RoadWord is;
};

constexpr RoadWord car{RoadClass::car, true}, motorbike{RoadClass::motorbike, true},
    foot{RoadClass::foot, true}, none{RoadClass::car, false};

/// OpenStreetMap's values of highway, also as Geofabrik's fclass has them; then words of our own.
constexpr std::array known{Known{"motorway", car},
                           Known{"motorwaylink", car},
                           Known{"trunk", car},
                           Known{"trunklink", car},
                           Known{"primary", car},
                           Known{"primarylink", car},
                           Known{"secondary", car},
                           Known{"secondarylink", car},
                           Known{"tertiary", car},
                           Known{"tertiarylink", car},
                           Known{"unclassified", car},
                           Known{"residential", car},
                           Known{"livingstreet", car},
                           Known{"service", car},
                           Known{"road", car},
                           Known{"trackgrade1", car},
                           Known{"track", motorbike},
                           Known{"trackgrade2", motorbike},
                           Known{"trackgrade3", motorbike},
                           Known{"trackgrade4", motorbike},
                           Known{"trackgrade5", motorbike},
                           Known{"cycleway", motorbike},
                           Known{"path", foot},
                           Known{"footway", foot},
                           Known{"pedestrian", foot},
                           Known{"steps", foot},
                           Known{"bridleway", foot},
                           Known{"proposed", none},
                           Known{"construction", none},
                           Known{"abandoned", none},
                           Known{"disused", none},
                           Known{"razed", none},
                           Known{"raceway", none},
                           Known{"platform", none},
                           Known{"corridor", none},
                           Known{"elevator", none},
                           Known{"no", none},
                           Known{"car", car},
                           Known{"oto", car},
                           Known{"duongoto", car},
                           Known{"caotoc", car},
                           Known{"duongcaotoc", car},
                           Known{"quoclo", car},
                           Known{"duongquoclo", car},
                           Known{"tinhlo", car},
                           Known{"duongtinh", car},
                           Known{"huyenlo", car},
                           Known{"duonghuyen", car},
                           Known{"duongxa", car},
                           Known{"lienxa", car},
                           Known{"duonglienxa", car},
                           Known{"duongdothi", car},
                           Known{"motorbike", motorbike},
                           Known{"xemay", motorbike},
                           Known{"duongxemay", motorbike},
                           Known{"duongthon", motorbike},
                           Known{"duongban", motorbike},
                           Known{"lienthon", motorbike},
                           Known{"duonglienthon", motorbike},
                           Known{"duonglienban", motorbike},
                           Known{"dansinh", motorbike},
                           Known{"duongdansinh", motorbike},
                           Known{"ngo", motorbike},
                           Known{"hem", motorbike},
                           Known{"duongdat", motorbike},
                           Known{"foot", foot},
                           Known{"dibo", foot},
                           Known{"duongdibo", foot},
                           Known{"duongmon", foot}};

}  // namespace

std::optional<RoadWord> road_word(std::string_view word) {
  const std::string folded = folded_heading(std::string(word));
  const auto found =
      std::find_if(known.begin(), known.end(), [&](const Known& k) { return k.word == folded; });
  if (found == known.end()) return std::nullopt;
  return found->is;
}

float speed_of(std::string_view text) {
  const auto digit = [](char c) { return c >= '0' && c <= '9'; };
  const auto first = std::find_if(text.begin(), text.end(), digit);
  if (first != text.begin() && *(first - 1) == '-') return 0;
  float number = 0;
  const char* const from = text.data() + (first - text.begin());
  const auto [rest, error] = std::from_chars(from, text.data() + text.size(), number);
  if (error != std::errc{} || !std::isfinite(number)) return 0;
  const std::string_view unit(rest, static_cast<std::size_t>(text.data() + text.size() - rest));
  if (unit.find("mph") != std::string_view::npos) number *= 1.609344F;
  return number >= 1 && number <= 200 ? number : 0;
}

}  // namespace geo
