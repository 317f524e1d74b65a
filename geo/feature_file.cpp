// One OGR feature as our values.
#include "geo/feature_file.hpp"

#include <cpl_conv.h>
#include <ogrsf_frmts.h>
#include <utf8proc.h>

#include <cmath>
#include <cstdlib>
#include <memory>
#include <string_view>

namespace geo {
namespace {

std::string trimmed(std::string text) {
  constexpr std::string_view blank = " \t\r\n\v\f";
  const auto first = text.find_first_not_of(blank);
  if (first == std::string::npos) return {};
  return text.substr(first, text.find_last_not_of(blank) - first + 1);
}

std::string nfc(const std::string& text) {
  utf8proc_uint8_t* out = nullptr;
  const auto length =
      utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                   static_cast<utf8proc_ssize_t>(text.size()), &out,
                   static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE));
  std::string composed =
      length >= 0 ? std::string(reinterpret_cast<char*>(out), static_cast<std::size_t>(length))
                  : text;
  std::free(out);
  return composed;
}

Ring<MapPoint> ring_of(const OGRLinearRing& line, GeometryTrouble& trouble) {
  Ring<MapPoint> ring;
  const int n = line.getNumPoints();
  ring.reserve(static_cast<std::size_t>(n));
  for (int i = 0; i < n; ++i) {
    const MapPoint p{line.getX(i), line.getY(i)};
    if (std::isfinite(p.x) && std::isfinite(p.y)) {
      ring.push_back(p);
    } else {
      ++trouble.not_finite;
    }
  }
  if (ring.size() > 1) {
    if (ring.front() == ring.back()) {
      ring.pop_back();
    } else {
      ++trouble.open_rings;
    }
  }
  return ring;
}

void add_polygons(const OGRGeometry& geometry, RawShape& shape, GeometryTrouble& trouble) {
  if (geometry.hasCurveGeometry() != 0) {
    const std::unique_ptr<OGRGeometry> linear(geometry.getLinearGeometry());
    if (linear && linear->hasCurveGeometry() == 0) add_polygons(*linear, shape, trouble);
    return;
  }
  const OGRwkbGeometryType type = wkbFlatten(geometry.getGeometryType());
  if (type == wkbPolygon || type == wkbTriangle) {
    const OGRPolygon* from = geometry.toPolygon();
    if (from->getExteriorRing() == nullptr) return;
    auto& to = shape.emplace_back();
    to.outer = ring_of(*from->getExteriorRing(), trouble);
    for (int i = 0; i < from->getNumInteriorRings(); ++i) {
      to.holes.push_back(ring_of(*from->getInteriorRing(i), trouble));
    }
  } else if (type == wkbMultiPolygon || type == wkbGeometryCollection || type == wkbMultiSurface) {
    const OGRGeometryCollection* all = geometry.toGeometryCollection();
    for (int i = 0; i < all->getNumGeometries(); ++i) {
      add_polygons(*all->getGeometryRef(i), shape, trouble);
    }
  } else if (type == wkbPolyhedralSurface || type == wkbTIN) {
    const OGRPolyhedralSurface* all = geometry.toPolyhedralSurface();
    for (int i = 0; i < all->getNumGeometries(); ++i) {
      add_polygons(*all->getGeometryRef(i), shape, trouble);
    }
  } else {
    trouble.not_an_area = true;
  }
}

}  // namespace

std::string text_of(const char* bytes, bool& guessed) {
  std::string text = bytes != nullptr ? bytes : "";
  if (CPLIsUTF8(text.c_str(), -1) == 0) {
    guessed = true;
    // The space pushes out the last letter, which iconv holds back to wait for its tone mark.
    char* recoded = CPLRecode((text + " ").c_str(), "CP1258", CPL_ENC_UTF8);
    text = recoded != nullptr ? recoded : "";
    CPLFree(recoded);
  }
  return trimmed(nfc(text));
}

std::vector<std::string> column_names(OGRLayer& layer) {
  std::vector<std::string> names;
  const OGRFeatureDefn* definition = layer.GetLayerDefn();
  for (int i = 0; i < definition->GetFieldCount(); ++i) {
    bool guessed = false;
    names.push_back(text_of(definition->GetFieldDefn(i)->GetNameRef(), guessed));
  }
  return names;
}

std::string declared_crs(OGRLayer& layer) {
  const OGRSpatialReference* declared = layer.GetSpatialRef();
  if (declared == nullptr || declared->IsLocal() != 0) return {};
  const char* datum = declared->GetAttrValue("DATUM");
  if (declared->IsGeographic() != 0 && datum != nullptr && std::string_view(datum) == "WGS_1984") {
    return "EPSG:4326";  // MapInfo calls it "unnamed"
  }
  int count = 0;
  int* confidence = nullptr;
  OGRSpatialReferenceH* matches = declared->FindMatches(nullptr, &count, &confidence);
  std::string out;
  if (count > 0 && confidence[0] >= 90) {
    const auto* best = OGRSpatialReference::FromHandle(matches[0]);
    const char* authority = best->GetAuthorityName(nullptr);
    const char* code = best->GetAuthorityCode(nullptr);
    if (authority != nullptr && code != nullptr) out = std::string(authority) + ":" + code;
  }
  OSRFreeSRSArray(matches);
  CPLFree(confidence);
  if (!out.empty()) return out;
  char* wkt = nullptr;
  const char* const options[] = {"FORMAT=WKT2_2019", nullptr};
  if (declared->exportToWkt(&wkt, options) == OGRERR_NONE && wkt != nullptr) out = wkt;
  CPLFree(wkt);
  return out;
}

RawShape raw_shape_of(const OGRFeature& feature, GeometryTrouble& trouble) {
  RawShape shape;
  if (const OGRGeometry* geometry = feature.GetGeometryRef()) {
    add_polygons(*geometry, shape, trouble);
  }
  return shape;
}

}  // namespace geo
