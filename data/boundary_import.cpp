#include <cmath>
#include <map>
#include <set>

#include "data/cell.hpp"
#include "data/import_records.hpp"
#include "data/matching.hpp"
#include "data/names.hpp"
#include "geo/boundary_columns.hpp"
#include "geo/clean.hpp"
#include "geo/crs.hpp"
#include "geo/parallel.hpp"
#include "geo/snap.hpp"
#include "geo/vector_file.hpp"

namespace data {
namespace {

using geo::msg;
using geo::Severity;
using geo::UnitLevel;

// Communes of today came into being with the law that ended the district tier.
constexpr std::string_view first_day_of_today = "2025-07-01";
// Published areas are rounded and measured otherwise; more than this is another shape.
constexpr double area_tolerance = 0.01;

struct NamedColumn {
  std::string_view field;
  std::optional<std::size_t> column;
};

std::vector<NamedColumn> named(const geo::BoundaryColumns& c) {
  return {{"code", c.code},
          {"name", c.name},
          {"full_name", c.full_name},
          {"kind", c.kind},
          {"province_code", c.province_code},
          {"province", c.province},
          {"former_district_code", c.former_district_code},
          {"former_district", c.former_district},
          {"area_km2", c.area_km2},
          {"population", c.population}};
}

/// Columns as text are written by many programs: 226.37, 226,37, 10467.0.
std::optional<double> positive(const std::string& text, Quantity quantity) {
  const auto n = read_number(text, quantity, NumberStyle::english);
  if (!n.taken() || n.value <= 0) return {};
  return n.value;
}

class BoundaryRows {
 public:
  BoundaryRows(const geo::Layer& layer, const geo::BoundaryColumns& columns, std::string valid_from,
               bool given, Workspace& workspace, Preparation& out)
      : layer_(layer),
        columns_(columns),
        valid_from_(std::move(valid_from)),
        out_(out),
        difference_(workspace) {
    // The same land under another first day would be another unit: unless told so, a code that is
    // a unit of today already stays that unit.
    if (given) return;
    for (const auto& u : known_units(workspace.database())) {
      if (u.today() && u.level != UnitLevel::district && !u.valid_from.empty())
        first_days_[{u.level, u.code.text}] = u.valid_from;
    }
  }

  void read(const geo::Feature& feature, bool had_shape, geo::GeoShape shape, double area_m2) {
    RowReading r;
    r.row = feature.id;
    for (const auto& c : named(columns_)) r.values.push_back(value(feature, c.column));
    const auto restored = with_zeros(value(feature, columns_.code), UnitLevel::commune);
    zeros_restored_ += restored != value(feature, columns_.code);
    UnitRecord unit;
    unit.key = key(UnitLevel::commune, restored);
    name(unit, feature);
    r.label = unit.full_name;
    r.unit_code = restored;
    r.unit_name = unit.full_name;
    r.change = check(unit, feature, had_shape, shape);
    out_.records.border_units.push_back(r.change == Change::none ? unit.key : UnitKey{});
    if (r.change == Change::none) {
      unit.province = province(feature);
      unit.district = district(feature, unit.province);
      unit.area_km2 = positive(value(feature, columns_.area_km2), Quantity::measure);
      if (const auto p = positive(value(feature, columns_.population), Quantity::count))
        unit.population = static_cast<std::int64_t>(*p);
      check_area(unit, feature, area_m2);
      unit.shape = std::move(shape);
      unit.area_m2 = area_m2;
      r.match = Match::code;
      r.change = difference_.add(out_.records.units, std::move(unit), feature.id);
    }
    out_.preview.rows.push_back(std::move(r));
  }

  void finish() {
    if (zeros_restored_ == 0) return;
    geo::Issue issue{Severity::info,
                     msg("data.zeros_restored", zeros_restored_),
                     layer_.file,
                     layer_.name,
                     {},
                     {},
                     {},
                     {}};
    out_.preview.issues.push_back(std::move(issue));
  }

 private:
  static const std::string& value(const geo::Feature& feature, std::optional<std::size_t> column) {
    static const std::string none;
    return column ? feature.values[*column] : none;
  }

  void tell(Severity severity, geo::Message message, const geo::Feature& feature,
            const std::string& unit) {
    out_.preview.issues.push_back(
        {severity, std::move(message), layer_.file, layer_.name, feature.id, {}, unit, {}});
  }

  /// As geo and KnownUnit name it: code, then name.
  static std::string label_of(const UnitRecord& unit) {
    const auto& code = unit.key.code;
    if (code.empty() || unit.full_name == code) return unit.full_name;
    return code + ' ' + unit.full_name;
  }

  UnitKey key(UnitLevel level, const std::string& code) const {
    if (level == UnitLevel::district) return {level, code, ""};
    const auto known = first_days_.find({level, code});
    return {level, code, known == first_days_.end() ? valid_from_ : known->second};
  }

  void name(UnitRecord& unit, const geo::Feature& feature) {
    const auto& full = value(feature, columns_.full_name);
    const auto& plain = value(feature, columns_.name);
    const auto parts = split_kind(full.empty() ? plain : full);
    unit.kind = parts.kind.empty() ? value(feature, columns_.kind) : parts.kind;
    for (auto& c : unit.kind) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    if (split_kind(unit.kind + " x").kind.empty()) unit.kind = parts.kind;
    unit.name = full.empty() || plain.empty() ? parts.name : split_kind(plain).name;
    if (unit.name.empty()) {
      unit.name = unit.full_name = unit.key.code;
      return;
    }
    unit.full_name = full;
    if (full.empty()) {
      unit.full_name = unit.name;
      if (!unit.kind.empty()) {
        unit.full_name = unit.kind + " " + unit.name;
        static const std::map<std::string, std::string> capital{
            {"xã", "Xã"}, {"phường", "Phường"}, {"đặc khu", "Đặc khu"}, {"thị trấn", "Thị trấn"}};
        if (const auto c = capital.find(unit.kind); c != capital.end())
          unit.full_name = c->second + " " + unit.name;
      }
    }
  }

  /// refused, or none when it may be taken.
  Change check(const UnitRecord& unit, const geo::Feature& feature, bool had_shape,
               const geo::GeoShape& shape) {
    const auto& code = unit.key.code;
    const auto label = label_of(unit);
    if (code.empty()) {
      tell(Severity::error, msg("data.boundary_without_code"), feature, label);
      return Change::refused;
    }
    const auto [first, is_new] = codes_.emplace(code, feature.id);
    if (!is_new) {
      tell(Severity::error, msg("data.boundary_code_twice", code, first->second), feature, label);
      return Change::refused;
    }
    if (shape.empty()) {  // geo has told why
      if (had_shape) return Change::refused;
      tell(Severity::error, msg("data.boundary_without_area"), feature, label);
      return Change::refused;
    }
    if (unit.name == code)
      tell(Severity::warning, msg("data.boundary_without_name", code), feature, label);
    return Change::none;
  }

  void check_area(const UnitRecord& unit, const geo::Feature& feature, double area_m2) {
    if (!unit.area_km2) return;
    const double measured = area_m2 / 1e6;
    if (std::abs(measured - *unit.area_km2) <= area_tolerance * *unit.area_km2) return;
    tell(Severity::warning,
         msg("data.area_differs", std::round(measured * 100) / 100, *unit.area_km2), feature,
         label_of(unit));
  }

  std::optional<UnitKey> province(const geo::Feature& feature) {
    const auto& name = value(feature, columns_.province);
    auto code = with_zeros(value(feature, columns_.province_code), UnitLevel::province);
    if (code.empty()) code = name;  // a file without codes: the name is what identifies it
    if (code.empty()) return {};
    UnitRecord p;
    p.key = key(UnitLevel::province, code);
    p.full_name = name.empty() ? code : name;
    const auto parts = split_kind(p.full_name);
    p.name = parts.name;
    p.kind = parts.kind;
    auto k = p.key;
    difference_.add(out_.records.units, std::move(p), feature.id);
    return k;
  }

  std::optional<UnitKey> district(const geo::Feature& feature, std::optional<UnitKey> province) {
    const auto code =
        with_zeros(value(feature, columns_.former_district_code), UnitLevel::district);
    const auto& name = value(feature, columns_.former_district);
    if (code.empty() || name.empty()) return {};  // a code alone is no place that people know
    UnitRecord d;
    d.key = {UnitLevel::district, code, ""};
    d.full_name = name;
    const auto parts = split_kind(name);
    d.name = parts.name;
    d.kind = parts.kind;
    d.province = std::move(province);
    auto k = d.key;
    difference_.add(out_.records.units, std::move(d), feature.id);
    return k;
  }

  const geo::Layer& layer_;
  const geo::BoundaryColumns& columns_;
  std::string valid_from_;
  Preparation& out_;
  UnitDifference difference_;
  std::map<std::pair<UnitLevel, std::string>, std::string> first_days_;
  std::map<std::string, std::int64_t> codes_;
  std::int64_t zeros_restored_ = 0;
};

void append(geo::Issues& to, geo::Issues from, const std::string& sheet) {
  for (auto& issue : from) {
    if (issue.sheet.empty()) issue.sheet = sheet;
    to.push_back(std::move(issue));
  }
}

}  // namespace

namespace {

/// Less than that of the inner borders almost meets: mistakes here and there, which are told as
/// overlaps and gaps, in data that fit.
constexpr double worth_snapping = 0.01;

void snap_borders(std::vector<geo::NamedShape>& shapes, geo::CleanLand& land,
                  const ImportOptions& options, ImportPreview& preview,
                  const geo::Progress& progress) {
  const double metres = options.snap.value_or(geo::default_snap);
  if (metres <= 0) return;
  if (!options.snap && geo::almost_meeting(land.borders, metres) < worth_snapping) return;
  geo::Issues told = geo::snap(shapes, land.borders, preview.file, metres);
  if (told.empty()) return;
  append(preview.issues, std::move(told), preview.sheet);
  land = geo::clean_and_cut(shapes, preview.file, progress);
  append(preview.issues, std::move(land.issues), preview.sheet);
}

}  // namespace

Preparation prepare_boundaries(Workspace& workspace, const std::filesystem::path& file,
                               const ImportOptions& options, const geo::Progress& progress) {
  geo::ReadOptions read;
  read.layer = options.sheet;
  read.where = options.where;
  geo::Layer layer = geo::read_layer(file, read, progress.part(0, 0.2));
  // The folders of someone's computer are nobody's business in a workspace that is passed on.
  layer.file = file.filename().string();
  for (auto& issue : layer.issues) issue.file = layer.file;
  auto columns = geo::guess_boundary_columns(layer);
  geo::override_columns(columns, layer, options.columns);

  Preparation out;
  auto& preview = out.preview;
  preview.kind = ImportKind::boundaries;
  preview.file = layer.file;
  preview.sheet = layer.name;
  preview.columns = layer.columns;
  preview.crs = layer.crs;
  preview.issues = std::move(layer.issues);
  for (const auto& c : named(columns)) {
    FieldReading field;
    field.field = std::string(c.field);
    field.column = c.column;
    if (c.column) field.heading = layer.columns[*c.column];
    field.required = c.field == "code";
    field.given = (c.field == "code" && !options.columns.code.empty()) ||
                  (c.field == "name" && !options.columns.name.empty()) ||
                  (c.field == "province" && !options.columns.parent.empty());
    preview.fields.push_back(std::move(field));
  }

  std::vector<geo::NamedShape> shapes;
  std::vector<bool> had_shape;
  for (auto& feature : layer.features) {
    geo::NamedShape shape;
    if (columns.code) shape.label = feature.values[*columns.code];
    const auto name = columns.full_name ? columns.full_name : columns.name;
    if (name) shape.label += (shape.label.empty() ? "" : " ") + feature.values[*name];
    shape.row = feature.id;
    had_shape.push_back(!feature.shape.empty());
    shape.shape = std::move(feature.shape);
    shapes.push_back(std::move(shape));
  }
  geo::CleanLand land = geo::clean_and_cut(shapes, layer.file, progress.part(0.2, 0.6));
  append(preview.issues, std::move(land.issues), layer.name);
  snap_borders(shapes, land, options, preview, progress.part(0.55, 0.6));
  append(preview.issues,
         geo::find_overlaps_and_slivers(shapes, land.borders, land.misfits, layer.file, 100,
                                        progress.part(0.6, 0.85)),
         layer.name);
  out.records.borders = std::make_shared<const geo::Borders>(std::move(land.borders));
  std::vector<double> areas(shapes.size());
  geo::in_parallel(
      shapes.size(), progress.part(0.85, 0.9), msg("data.doing_areas"),
      [&](std::size_t, std::size_t i) { areas[i] = geo::geodesic_area(shapes[i].shape); });

  const auto day =
      options.valid_from ? geo::iso(*options.valid_from) : std::string(first_day_of_today);
  BoundaryRows rows(layer, columns, day, options.valid_from.has_value(), workspace, out);
  for (std::size_t i = 0; i < layer.features.size(); ++i) {
    if (i % 64 == 0)
      progress.at(0.9 + 0.1 * static_cast<double>(i) / static_cast<double>(layer.features.size()),
                  msg("data.doing_compare"));
    rows.read(layer.features[i], had_shape[i], std::move(shapes[i].shape), areas[i]);
  }
  rows.finish();
  return out;
}

}  // namespace data
