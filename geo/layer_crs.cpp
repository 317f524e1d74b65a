#include "geo/layer_crs.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

#include "geo/error.hpp"

namespace geo {
namespace {

/// Mainland, Hoàng Sa, Trường Sa and a margin.
constexpr double west = 101, east = 119, south = 5.5, north = 24.5;

bool in_vietnam(LonLat p) {
  return p.lon >= west && p.lon <= east && p.lat >= south && p.lat <= north;
}

bool like_degrees(const Box& raw) {
  return raw.min.x >= -180.5 && raw.max.x <= 360.5 && raw.min.y >= -90.5 && raw.max.y <= 90.5;
}

bool like_latitude_first(const Box& raw) {
  return raw.min.x >= south && raw.max.x <= north && raw.min.y >= west && raw.max.y <= east;
}

/// Eastings and northings of Việt Nam in TM-3 or UTM: false easting 500 km, no false northing.
bool like_vn2000(const Box& raw) {
  return raw.min.x > 100'000 && raw.max.x < 1'500'000 && raw.min.y > 600'000 &&
         raw.max.y < 2'700'000;
}

struct ZoneArea {
  int epsg;
  double south, north, west, east;
  const char* provinces;
};
/// Where each zone is used and by which provinces, from the EPSG registry.
constexpr std::array zone_areas{
    ZoneArea{9205, 20.89, 22.82, 102.14, 103.99, "dienbien laichau"},
    ZoneArea{9206, 20.57, 22.04, 103.21, 105.03, "sonla"},
    ZoneArea{9207, 8.33, 10.55, 103.40, 105.54, "camau kiengiang"},
    ZoneArea{9208, 10.18, 22.85, 103.53, 105.86, "angiang laocai nghean phutho yenbai"},
    ZoneArea{5897, 8.97, 21.58, 104.37, 106.19,
             "hanoi hanam hatay ninhbinh thanhhoa vinhphuc cantho baclieu dongthap haugiang"},
    ZoneArea{9209, 9.19, 23.40, 104.33, 106.69,
             "bacninh hagiang hatinh haiduong hungyen namdinh soctrang tayninh thaibinh travinh "
             "vinhlong"},
    ZoneArea{9210, 9.75, 23.12, 105.26, 107.80,
             "haiphong hochiminh bentre binhduong caobang longan tiengiang"},
    ZoneArea{9211, 16.92, 22.70, 104.83, 107.03, "hoabinh quangbinh tuyenquang"},
    ZoneArea{9212, 11.30, 17.22, 106.41, 107.43, "binhphuoc quangtri"},
    ZoneArea{9213, 21.32, 22.75, 105.43, 106.25, "backan thainguyen"},
    ZoneArea{9214, 15.99, 21.63, 105.88, 108.24, "bacgiang hue"},
    ZoneArea{9215, 21.32, 22.47, 106.09, 107.37, "langson"},
    ZoneArea{9216, 13.92, 15.42, 107.33, 108.55, "kontum"},
    ZoneArea{5899, 8.57, 21.67, 106.43, 108.76,
             "quangninh danang quangnam bariavungtau dongnai lamdong"},
    ZoneArea{5898, 14.53, 15.49, 108.23, 109.20, "quangngai"},
    ZoneArea{9217, 11.25, 14.71, 108.55, 109.53, "binhdinh khanhhoa ninhthuan"},
    ZoneArea{9218, 10.43, 14.61, 107.20, 109.52, "binhthuan daklak daknong gialai phuyen"}};

/// "tinhthanhhoa" or "thanhhoa" among the provinces of the zone.
bool belongs_to(const ZoneArea& area, const std::string& province) {
  for (std::string_view rest = area.provinces; !rest.empty();) {
    const std::string_view name = rest.substr(0, rest.find(' '));
    rest.remove_prefix(std::min(rest.size(), name.size() + 1));
    if (province.size() >= name.size() &&
        province.compare(province.size() - name.size(), name.size(), name) == 0) {
      return true;
    }
  }
  return false;
}

std::string epsg_text(int epsg) { return "EPSG:" + std::to_string(epsg); }

/// Eastings alone cannot tell one TM-3 zone from another. Of the zones whose area of use holds the
/// whole box, the one of the province, else the one in whose area it lies most centrally; `others`
/// names the rest.
int plausible_zone(const Box& raw, const std::string& province, std::string& others) {
  if (raw.width() > 400'000) return 3405;  // wider than a zone: the national UTM zone
  int best = 0;
  double best_off = 0;
  for (const ZoneArea& area : zone_areas) {
    const SourceCrs source(epsg_text(area.epsg));
    const LonLat a = source.to_lonlat(raw.min.x, raw.min.y);
    const LonLat b = source.to_lonlat(raw.max.x, raw.max.y);
    constexpr double margin = 0.1;  // the registry rounds, and boxes are wider than land
    if (!(a.lon > area.west - margin && b.lon < area.east + margin && a.lat > area.south - margin &&
          b.lat < area.north + margin)) {
      continue;
    }
    double off = std::abs((a.lon + b.lon) - (area.west + area.east)) +
                 std::abs((a.lat + b.lat) - (area.south + area.north));
    if (belongs_to(area, province)) off = -1;
    if (best != 0)
      others += (others.empty() ? "" : ", ") + epsg_text(off < best_off ? best : area.epsg);
    if (best == 0 || off < best_off) {
      best = area.epsg;
      best_off = off;
    }
  }
  return best != 0 ? best : 3405;
}

Issue issue(Severity severity, Message message) {
  Issue out;
  out.severity = severity;
  out.message = std::move(message);
  return out;
}

void warn_where_it_lies(LayerCrs& crs, const Box& raw) {
  const MapPoint c = raw.centre();
  const LonLat centre =
      crs.swapped ? crs.source.to_lonlat(c.y, c.x) : crs.source.to_lonlat(c.x, c.y);
  if (std::isfinite(centre.lon) && !in_vietnam(centre)) {
    Issue out = issue(Severity::warning,
                      msg("geo.outside_vietnam", crs.source.name(), centre.lon, centre.lat));
    out.at = centre;
    crs.issues.push_back(std::move(out));
  }
}

}  // namespace

LayerCrs decide_layer_crs(const CrsEvidence& evidence) {
  const auto& [declared, raw, province, given] = evidence;
  if (given) {
    LayerCrs out{SourceCrs(epsg_text(*given)), CrsOrigin::given, false, {}};
    out.swapped = out.source.degrees() && like_latitude_first(raw);
    if (!raw.empty()) warn_where_it_lies(out, raw);
    return out;
  }

  std::optional<LayerCrs> out;
  if (!declared.empty()) {
    try {
      out = LayerCrs{SourceCrs(declared), CrsOrigin::declared, false, {}};
    } catch (const Error& e) {
      const Issue unreadable = issue(Severity::warning, e.message);
      LayerCrs assumed = decide_layer_crs({"", raw, province, std::nullopt});
      assumed.issues.insert(assumed.issues.begin(), unreadable);
      return assumed;
    }
    if (raw.empty()) return std::move(*out);
    const bool contradicted = out->source.degrees() != like_degrees(raw);
    if (!contradicted) {
      if (out->source.rough()) {
        out->issues.push_back(issue(Severity::warning, msg("geo.crs_rough", out->source.name())));
      }
    } else if (!like_latitude_first(raw) || !out->source.degrees()) {
      const std::string name = out->source.name();
      LayerCrs assumed = decide_layer_crs({"", raw, province, std::nullopt});
      assumed.issues.insert(assumed.issues.begin(),
                            issue(Severity::warning, msg("geo.crs_contradicted", name)));
      return assumed;
    }
  } else {
    std::string others;
    int epsg = 4326;
    if (!raw.empty() && !like_degrees(raw) && !like_latitude_first(raw)) {
      if (!like_vn2000(raw)) {
        throw Error(ErrorKind::io,
                    msg("geo.crs_not_told", raw.min.x, raw.min.y, raw.max.x, raw.max.y), "",
                    msg("geo.crs_not_told_remedy"));
      }
      epsg = plausible_zone(raw, province, others);
    }
    out = LayerCrs{SourceCrs(epsg_text(epsg)), CrsOrigin::assumed, false, {}};
    out->issues.push_back(
        issue(Severity::warning, others.empty()
                                     ? msg("geo.crs_assumed", out->source.name())
                                     : msg("geo.crs_assumed_among", out->source.name(), others)));
    if (raw.empty()) return std::move(*out);
  }
  if (out->source.degrees() && like_latitude_first(raw)) {
    out->swapped = true;
    out->issues.push_back(issue(Severity::warning, msg("geo.latitude_first")));
  }
  warn_where_it_lies(*out, raw);
  return std::move(*out);
}

}  // namespace geo
