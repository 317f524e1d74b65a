#include "geo/vector_file.hpp"

#include <cpl_conv.h>
#include <gdal_priv.h>
#include <ogrsf_frmts.h>

#include <algorithm>
#include <cmath>
#include <string_view>

#include "geo/boundary_columns.hpp"
#include "geo/feature_file.hpp"
#include "geo/gdal_handle.hpp"
#include "geo/layer_crs.hpp"
#include "geo/path_text.hpp"

namespace geo {
namespace {

bool may_hold_areas(OGRLayer& layer) {
  switch (wkbFlatten(layer.GetGeomType())) {
    case wkbPoint:
    case wkbMultiPoint:
    case wkbLineString:
    case wkbMultiLineString:
    case wkbCircularString:
    case wkbCompoundCurve:
    case wkbMultiCurve:
    case wkbNone:
      return false;
    default:
      return true;
  }
}

bool holds_lines(OGRLayer& layer) {
  const auto type = wkbFlatten(layer.GetGeomType());
  return type == wkbLineString || type == wkbMultiLineString;
}

/// A layer of one of the sources, with the name a person chooses it by.
struct Candidate {
  std::size_t source;
  int index;
  LayerInfo info;
};

struct OpenedFile {
  std::string shown_name;
  VectorSources sources;
  std::vector<DatasetHandle> datasets;  ///< closed before their sources go
  std::vector<Candidate> layers;
};

OpenedFile open_file(const std::filesystem::path& file) {
  OpenedFile out;
  out.shown_name = utf8(file);
  const GdalMessages messages;
  out.sources = vector_sources(file);
  for (const VectorSource& source : out.sources.list) {
    out.datasets.push_back(open_source(source, out.shown_name));
    GDALDataset& dataset = *out.datasets.back();
    for (int i = 0; i < dataset.GetLayerCount(); ++i) {
      OGRLayer* layer = dataset.GetLayer(i);
      if (layer == nullptr) continue;
      LayerInfo info;
      bool guessed = false;
      info.name = text_of(layer->GetName(), guessed);
      info.features = layer->GetFeatureCount();
      info.areas = may_hold_areas(*layer);
      info.lines = holds_lines(*layer);
      info.columns = column_names(*layer);
      out.layers.push_back({out.datasets.size() - 1, i, std::move(info)});
    }
  }
  return out;
}

std::string names_of(const std::vector<Candidate>& layers) {
  std::string names;
  for (const Candidate& c : layers) names += (names.empty() ? "" : ", ") + c.info.name;
  return names;
}

const Candidate& choose(const OpenedFile& file, const std::string& wanted) {
  const Candidate* found = nullptr;
  int matching = 0;
  for (const Candidate& c : file.layers) {
    if (wanted.empty() ? c.info.areas : c.info.name == wanted) {
      ++matching;
      if (found == nullptr) found = &c;
    }
  }
  if (matching == 1) return *found;
  const std::string names = names_of(file.layers);
  if (!wanted.empty() && matching == 0) {
    throw Error(ErrorKind::usage, msg("geo.no_such_layer", wanted), file.shown_name,
                msg("geo.choose_layer", names));
  }
  if (matching == 0) {
    throw Error(ErrorKind::io, msg("geo.no_areas"), file.shown_name, msg("geo.no_areas_remedy"));
  }
  throw Error(ErrorKind::usage, msg("geo.several_layers", matching), file.shown_name,
              msg("geo.choose_layer", names));
}

void add_issue(Layer& layer, Severity severity, Message message,
               std::optional<std::int64_t> row = std::nullopt, std::string column = {}) {
  Issue issue;
  issue.severity = severity;
  issue.message = std::move(message);
  issue.file = layer.file;
  issue.sheet = layer.name;
  issue.row = row;
  issue.column = std::move(column);
  layer.issues.push_back(std::move(issue));
}

/// Feature by feature; shapes stay raw. Box: all finite coordinates.
Box read_features(OGRLayer& from, Layer& layer, std::vector<RawShape>& raw, std::int64_t expected,
                  const Progress& progress) {
  Box box;
  std::vector<bool> guessed(layer.columns.size());
  from.ResetReading();
  while (const OGRFeatureUniquePtr feature{from.GetNextFeature()}) {
    const auto done = static_cast<double>(layer.features.size());
    if (layer.features.size() % 64 == 0) {
      progress.at(std::min(1.0, done / static_cast<double>(std::max<std::int64_t>(1, expected))),
                  msg("geo.reading", layer.name));
    }
    Feature& to = layer.features.emplace_back();
    to.id = feature->GetFID();
    for (std::size_t i = 0; i < layer.columns.size(); ++i) {
      bool recoded = false;
      const int column = static_cast<int>(i);
      to.values.push_back(feature->IsFieldSetAndNotNull(column) != 0
                              ? text_of(feature->GetFieldAsString(column), recoded)
                              : std::string());
      if (recoded) guessed[i] = true;
    }
    GeometryTrouble trouble;
    const RawShape& shape = raw.emplace_back(raw_shape_of(*feature, trouble));
    if (trouble.not_finite > 0) {
      add_issue(layer, Severity::warning, msg("geo.points_not_finite", trouble.not_finite), to.id);
    }
    if (trouble.open_rings > 0) {
      add_issue(layer, Severity::info, msg("geo.rings_closed", trouble.open_rings), to.id);
    }
    if (trouble.not_an_area) {
      add_issue(layer, Severity::warning, msg("geo.not_an_area"), to.id);
    }
    for (const auto& polygon : shape) {
      for (MapPoint p : polygon.outer) box.add(p);
    }
  }
  for (std::size_t i = 0; i < guessed.size(); ++i) {
    if (guessed[i]) {
      add_issue(layer, Severity::warning, msg("geo.encoding_assumed", "windows-1258"), std::nullopt,
                layer.columns[i]);
    }
  }
  return box;
}

void to_lonlat(const LayerCrs& crs, const Ring<MapPoint>& from, Ring<LonLat>& to,
               std::int64_t& outside) {
  to.reserve(from.size());
  for (MapPoint p : from) {
    const LonLat q = crs.swapped ? crs.source.to_lonlat(p.y, p.x) : crs.source.to_lonlat(p.x, p.y);
    if (std::isfinite(q.lon) && std::isfinite(q.lat) && std::abs(q.lon) <= 360 &&
        std::abs(q.lat) <= 90) {
      to.push_back(q);
    } else {
      ++outside;
    }
  }
}

void project(Layer& layer, std::vector<RawShape>& raw, const LayerCrs& crs,
             const Progress& progress) {
  for (std::size_t i = 0; i < raw.size(); ++i) {
    if (i % 64 == 0) {
      progress.at(static_cast<double>(i) / static_cast<double>(raw.size()),
                  msg("geo.projecting", layer.name));
    }
    Feature& feature = layer.features[i];
    std::int64_t outside = 0;
    for (const auto& polygon : raw[i]) {
      auto& to = feature.shape.emplace_back();
      to_lonlat(crs, polygon.outer, to.outer, outside);
      for (const auto& hole : polygon.holes) {
        to_lonlat(crs, hole, to.holes.emplace_back(), outside);
      }
      std::erase_if(to.holes, [](const auto& hole) { return hole.empty(); });
      if (to.outer.empty()) feature.shape.pop_back();
    }
    if (outside > 0) {
      add_issue(layer, Severity::warning, msg("geo.points_outside_crs", outside, crs.source.name()),
                feature.id);
    }
    if (feature.shape.empty()) {
      add_issue(layer, Severity::error, msg("geo.geometry_empty"), feature.id);
    }
    raw[i] = {};
  }
}

/// The one province that all features name, folded; empty when there is none or are several.
std::string province_of(const Layer& layer) {
  const auto column = guess_boundary_columns(layer).province;
  if (!column) return {};
  const std::string& name = layer.features.front().values[*column];
  const bool same = std::all_of(layer.features.begin(), layer.features.end(),
                                [&](const Feature& f) { return f.values[*column] == name; });
  return same ? folded_heading(name) : std::string();
}

Layer read_chosen(const OpenedFile& file, const ReadOptions& options, const Progress& progress) {
  const Candidate& chosen = choose(file, options.layer);
  OGRLayer& from = *file.datasets[chosen.source]->GetLayer(chosen.index);
  const GdalMessages messages;
  Layer layer;
  layer.file = file.shown_name;
  layer.name = chosen.info.name;
  layer.columns = chosen.info.columns;
  if (!options.where.empty() && from.SetAttributeFilter(options.where.c_str()) != OGRERR_NONE) {
    throw Error(ErrorKind::usage, msg("geo.where_wrong", options.where, messages.first_failure()),
                file.shown_name, msg("geo.where_wrong_remedy"));
  }
  std::vector<RawShape> raw;
  const Box box = read_features(from, layer, raw, chosen.info.features, progress.part(0, 0.7));
  if (!messages.first_failure().empty()) {
    throw Error(ErrorKind::io,
                msg("geo.read_stopped", layer.features.size(), messages.first_failure()),
                file.shown_name, msg("geo.cannot_open_remedy"));
  }
  if (layer.features.empty()) {
    throw Error(ErrorKind::io, msg("geo.no_features"), file.shown_name,
                msg("geo.no_features_remedy"));
  }
  const bool any_area =
      std::any_of(raw.begin(), raw.end(), [](const RawShape& s) { return !s.empty(); });
  if (!any_area) {
    throw Error(ErrorKind::io, msg("geo.no_areas"), file.shown_name, msg("geo.no_areas_remedy"));
  }
  LayerCrs crs = [&] {
    try {
      return decide_layer_crs({declared_crs(from), box, province_of(layer), options.epsg});
    } catch (Error& e) {
      e.where = file.shown_name;
      throw;
    }
  }();
  layer.crs = crs.source.name();
  layer.crs_origin = crs.origin;
  for (Issue& issue : crs.issues) {
    issue.file = layer.file;
    issue.sheet = layer.name;
    layer.issues.push_back(std::move(issue));
  }
  project(layer, raw, crs, progress.part(0.7, 1));
  return layer;
}

/// Libraries answer a hostile file with whatever they have; a person gets one kind of error.
template <class Work>
auto guarded(const std::filesystem::path& file, Work&& work) {
  try {
    return work();
  } catch (const Error&) {
    throw;
  } catch (const Cancelled&) {
    throw;
  } catch (const std::exception& e) {
    throw Error(ErrorKind::io, msg("geo.cannot_read", std::string(e.what())), utf8(file),
                msg("geo.cannot_open_remedy"));
  }
}

}  // namespace

std::vector<LayerInfo> list_layers(const std::filesystem::path& file) {
  return guarded(file, [&] {
    std::vector<LayerInfo> out;
    for (Candidate& c : open_file(file).layers) out.push_back(std::move(c.info));
    return out;
  });
}

Layer read_layer(const std::filesystem::path& file, const ReadOptions& options,
                 const Progress& progress) {
  return guarded(file, [&] { return read_chosen(open_file(file), options, progress); });
}

}  // namespace geo
