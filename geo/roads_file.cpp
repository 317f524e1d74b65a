// Lines of a road layer, opened as carefully as boundaries are.
#include <ogrsf_frmts.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "geo/boundary_columns.hpp"
#include "geo/crs.hpp"
#include "geo/error.hpp"
#include "geo/feature_file.hpp"
#include "geo/gdal_handle.hpp"
#include "geo/layer_crs.hpp"
#include "geo/path_text.hpp"
#include "geo/roads.hpp"

namespace geo {
namespace {

/// All roads of Việt Nam in OpenStreetMap have a tenth of these.
constexpr std::size_t most_lines = 10'000'000, most_points = 100'000'000;
/// Between two points of a road, in degrees; farther apart, one of them is wrong.
constexpr double longest_jump = 1;

struct Candidate {
  OGRLayer* layer;
  std::string name;
};

struct Opened {
  std::string shown_name;
  VectorSources sources;
  std::vector<DatasetHandle> datasets;  ///< closed before their sources go
  std::vector<Candidate> layers;
};

bool may_hold_lines(OGRLayer& layer) {
  switch (wkbFlatten(layer.GetGeomType())) {
    case wkbLineString:
    case wkbMultiLineString:
    case wkbCircularString:
    case wkbCompoundCurve:
    case wkbMultiCurve:
    case wkbGeometryCollection:
    case wkbUnknown:
      return true;
    default:
      return false;
  }
}

Opened open_roads(const std::filesystem::path& file) {
  Opened out;
  out.shown_name = utf8(file);
  out.sources = vector_sources(file);
  for (const VectorSource& source : out.sources.list) {
    out.datasets.push_back(open_source(source, out.shown_name));
    for (OGRLayer* layer : out.datasets.back()->GetLayers()) {
      bool guessed = false;
      if (may_hold_lines(*layer)) out.layers.push_back({layer, text_of(layer->GetName(), guessed)});
    }
  }
  return out;
}

const Candidate& choose(const Opened& file, const std::string& wanted) {
  std::string names;
  const Candidate* found = nullptr;
  int matching = 0;
  for (const Candidate& c : file.layers) {
    names += (names.empty() ? "" : ", ") + c.name;
    if (!wanted.empty() && c.name != wanted) continue;
    ++matching;
    found = &c;
  }
  if (matching == 1) return *found;
  if (file.layers.empty())
    throw Error(ErrorKind::io, msg("geo.no_lines"), file.shown_name, msg("geo.no_lines_remedy"));
  if (matching == 0)
    throw Error(ErrorKind::usage, msg("geo.no_such_layer", wanted), file.shown_name,
                msg("geo.choose_layer", names));
  throw Error(ErrorKind::usage, msg("geo.several_line_layers", matching), file.shown_name,
              msg("geo.choose_layer", names));
}

/// The column named, else the first known by its heading.
std::optional<std::size_t> column_of(const std::vector<std::string>& columns,
                                     const std::string& wanted,
                                     std::initializer_list<std::string_view> guesses,
                                     const std::string& file) {
  const auto place = [&](const auto& is) -> std::optional<std::size_t> {
    const auto found = std::find_if(columns.begin(), columns.end(), is);
    if (found == columns.end()) return std::nullopt;
    return static_cast<std::size_t>(found - columns.begin());
  };
  if (wanted == "-") return std::nullopt;
  if (!wanted.empty()) {
    const auto found = place([&](const std::string& c) { return c == wanted; });
    if (found) return found;
    std::string all;
    for (const std::string& c : columns) all += (all.empty() ? "" : ", ") + c;
    throw Error(ErrorKind::usage, msg("geo.no_such_column", wanted), file,
                msg("geo.choose_column", all));
  }
  for (const std::string_view guess : guesses) {
    const auto found = place([&](const std::string& c) { return folded_heading(c) == guess; });
    if (found) return found;
  }
  return std::nullopt;
}

/// What was met on the way and is told once.
struct Met {
  std::int64_t not_lines = 0, no_roads = 0, not_finite = 0, jumps = 0, outside = 0;
  std::map<std::string, std::int64_t> unknown_words;
};

using RawLine = std::vector<MapPoint>;

void add_lines(const OGRGeometry& geometry, std::vector<RawLine>& out, Met& met) {
  if (geometry.hasCurveGeometry() != 0) {
    const std::unique_ptr<OGRGeometry> linear(geometry.getLinearGeometry());
    if (linear && linear->hasCurveGeometry() == 0) add_lines(*linear, out, met);
    return;
  }
  const OGRwkbGeometryType type = wkbFlatten(geometry.getGeometryType());
  if (type == wkbLineString) {
    const OGRLineString* from = geometry.toLineString();
    RawLine& line = out.emplace_back();
    for (int i = 0; i < from->getNumPoints(); ++i) {
      const MapPoint p{from->getX(i), from->getY(i)};
      if (std::isfinite(p.x) && std::isfinite(p.y)) {
        line.push_back(p);
      } else {
        ++met.not_finite;
      }
    }
    if (line.size() < 2) out.pop_back();
  } else if (type == wkbMultiLineString || type == wkbGeometryCollection) {
    const OGRGeometryCollection* all = geometry.toGeometryCollection();
    for (int i = 0; i < all->getNumGeometries(); ++i) add_lines(*all->getGeometryRef(i), out, met);
  } else {
    ++met.not_lines;
  }
}

/// Before they are placed.
struct RawRoads {
  std::vector<RoadLine> lines;  ///< without points
  std::vector<RawLine> points;
  Box box;
};

RawRoads read_features(OGRLayer& layer, const RoadFile& out, Met& met, const Progress& progress) {
  RawRoads raw;
  std::size_t points = 0, features = 0;
  const auto expected = static_cast<double>(std::max<GIntBig>(1, layer.GetFeatureCount()));
  std::vector<RawLine> of_feature;
  layer.ResetReading();
  while (const OGRFeatureUniquePtr feature{layer.GetNextFeature()}) {
    if (features++ % 1024 == 0)
      progress.at(std::min(1.0, static_cast<double>(features) / expected),
                  msg("geo.reading", out.layer));
    const auto value = [&](std::optional<std::size_t> column) {
      bool guessed = false;
      const int i = column ? static_cast<int>(*column) : -1;
      return i >= 0 && feature->IsFieldSetAndNotNull(i) != 0
                 ? text_of(feature->GetFieldAsString(i), guessed)
                 : std::string();
    };
    RoadLine line;
    line.row = feature->GetFID();
    if (const std::string word = value(out.class_column); !word.empty()) {
      const auto known = road_word(word);
      if (known && !known->road) {
        ++met.no_roads;
        continue;
      }
      if (known) line.way = known->way;
      if (!known && met.unknown_words.size() < 1000) ++met.unknown_words[word];
    }
    line.speed_kmh = speed_of(value(out.speed_column));
    const OGRGeometry* geometry = feature->GetGeometryRef();
    of_feature.clear();
    if (geometry != nullptr) {
      add_lines(*geometry, of_feature, met);
    } else {
      ++met.not_lines;
    }
    for (RawLine& one : of_feature) {
      points += one.size();
      for (const MapPoint p : one) raw.box.add(p);
      raw.lines.push_back(line);
      raw.points.push_back(std::move(one));
    }
    if (raw.lines.size() > most_lines || points > most_points)
      throw Error(ErrorKind::io, msg("geo.roads_too_many", most_lines, most_points), out.file,
                  msg("geo.roads_too_many_remedy"));
  }
  return raw;
}

void place(RoadFile& out, RawRoads raw, const LayerCrs& crs, Met& met, const Progress& progress) {
  for (std::size_t i = 0; i < raw.lines.size(); ++i) {
    if (i % 1024 == 0)
      progress.at(static_cast<double>(i) / static_cast<double>(raw.lines.size()),
                  msg("geo.projecting", out.layer));
    RoadLine line = std::move(raw.lines[i]);
    const auto end = [&] {
      if (line.points.size() > 1) out.lines.push_back(line);
      line.points.clear();
    };
    for (const MapPoint p : raw.points[i]) {
      const LonLat at =
          crs.swapped ? crs.source.to_lonlat(p.y, p.x) : crs.source.to_lonlat(p.x, p.y);
      if (!(std::abs(at.lon) <= 180 && std::abs(at.lat) <= 89)) {
        ++met.outside;
        end();
        continue;
      }
      if (!line.points.empty()) {
        const LonLat before = line.points.back();
        if (at == before) continue;
        if (std::abs(at.lon - before.lon) > longest_jump ||
            std::abs(at.lat - before.lat) > longest_jump) {
          ++met.jumps;
          end();
        }
      }
      line.points.push_back(at);
    }
    end();
    raw.points[i] = {};
  }
}

void tell(RoadFile& out, const Met& met) {
  const auto note = [&out](Severity severity, Message message, std::string column = {}) {
    out.issues.push_back(
        {severity, std::move(message), out.file, out.layer, {}, std::move(column), {}, {}});
  };
  if (!out.class_column) note(Severity::warning, msg("geo.road_class_missing"));
  if (met.not_lines > 0) note(Severity::warning, msg("geo.not_lines", met.not_lines));
  if (met.no_roads > 0) note(Severity::info, msg("geo.road_not_open", met.no_roads));
  if (met.not_finite > 0) note(Severity::warning, msg("geo.points_not_finite", met.not_finite));
  if (met.jumps > 0) note(Severity::warning, msg("geo.road_jumps", met.jumps));
  if (met.outside > 0) note(Severity::warning, msg("geo.points_outside_crs", met.outside, out.crs));
  if (met.unknown_words.empty()) return;
  std::int64_t lines = 0;
  std::string words;
  std::size_t shown = 0;
  for (const auto& [word, n] : met.unknown_words) {
    lines += n;
    if (shown++ < 8) words += (words.empty() ? "" : ", ") + word.substr(0, 40);
  }
  if (shown > 8) words += "…";
  note(Severity::warning, msg("geo.road_class_unknown", lines, words),
       out.columns[*out.class_column]);
}

RoadFile read_chosen(const std::filesystem::path& file, const RoadOptions& options,
                     const Progress& progress) {
  const GdalMessages messages;
  const Opened opened = open_roads(file);
  const Candidate& chosen = choose(opened, options.layer);
  RoadFile out;
  out.file = opened.shown_name;
  out.layer = chosen.name;
  out.columns = column_names(*chosen.layer);
  out.class_column = column_of(
      out.columns, options.class_column,
      {"highway", "fclass", "class", "roadclass", "loaiduong", "loai", "capduong", "cap", "type"},
      out.file);
  out.speed_column = column_of(out.columns, options.speed_column,
                               {"maxspeed", "speed", "speedkmh", "tocdo", "vantoc"}, out.file);
  if (!options.where.empty() &&
      chosen.layer->SetAttributeFilter(options.where.c_str()) != OGRERR_NONE)
    throw Error(ErrorKind::usage, msg("geo.where_wrong", options.where, messages.first_failure()),
                out.file, msg("geo.where_wrong_remedy"));
  Met met;
  RawRoads raw = read_features(*chosen.layer, out, met, progress.part(0, 0.7));
  if (!messages.first_failure().empty())
    throw Error(ErrorKind::io, msg("geo.read_stopped", raw.lines.size(), messages.first_failure()),
                out.file, msg("geo.cannot_open_remedy"));
  if (raw.lines.empty())
    throw Error(ErrorKind::io, msg("geo.no_lines"), out.file, msg("geo.no_lines_remedy"));
  LayerCrs crs = [&] {
    try {
      return decide_layer_crs({declared_crs(*chosen.layer), raw.box, "", std::nullopt});
    } catch (Error& e) {
      e.where = out.file;
      throw;
    }
  }();
  out.crs = crs.source.name();
  for (Issue& issue : crs.issues) {
    issue.file = out.file;
    issue.sheet = out.layer;
    out.issues.push_back(std::move(issue));
  }
  place(out, std::move(raw), crs, met, progress.part(0.7, 1));
  if (out.lines.empty())
    throw Error(ErrorKind::io, msg("geo.no_lines"), out.file, msg("geo.no_lines_remedy"));
  tell(out, met);
  return out;
}

}  // namespace

RoadFile read_roads(const std::filesystem::path& file, const RoadOptions& options,
                    const Progress& progress) {
  try {
    return read_chosen(file, options, progress);
  } catch (const Error&) {
    throw;
  } catch (const Cancelled&) {
    throw;
  } catch (const std::exception& e) {
    throw Error(ErrorKind::io, msg("geo.cannot_read", std::string(e.what())), utf8(file),
                msg("geo.cannot_open_remedy"));
  }
}

}  // namespace geo
