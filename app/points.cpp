#include "app/points.hpp"

#include <algorithm>
#include <cmath>

#include "app/file_names.hpp"

namespace app {
namespace {

using data::Electricity;
using data::Settlement;
using data::Signal;

/// Twice the width of a symbol, logical pixels.
constexpr double room_of_one = 30;

/// What people look for on this map comes first where there is no room for all.
double priority(const Settlement& s) {
  double lacks = 0;
  lacks += s.electricity == Electricity::none ? 2 : s.electricity == Electricity::offgrid ? 1 : 0;
  lacks += s.signal == Signal::none ? 2 : s.signal == Signal::weak ? 1 : 0;
  const auto residents = static_cast<double>(std::max<std::int64_t>(0, s.residents.value_or(0)));
  return lacks + residents / (residents + 1000);  // below 1: more of them first
}

double near_enough(const data::Dataset& dataset, std::size_t places) {
  double area = 0;
  for (const data::Commune& commune : dataset.communes) area += commune.area_m2;
  return std::sqrt(area / static_cast<double>(places)) / room_of_one;
}

std::string kind_name(std::string_view kind, Language language) {
  if (kind == "ban") return say(language, "view.kind_ban");
  if (kind == "thon") return say(language, "view.kind_thon");
  if (kind == "to_dan_pho") return say(language, "view.kind_to_dan_pho");
  if (kind == "nhom_dan_cu") return say(language, "view.kind_nhom_dan_cu");
  return std::string(kind);
}

/// Of the communes that are looked at.
struct Counted {
  std::array<std::size_t, 4> electricity{}, signal{};
  std::size_t placed = 0, unplaced = 0, beyond = 0;
};

std::vector<std::uint8_t> units_shown(const data::Dataset& dataset, const Figures& f) {
  if (f.within.empty() && !f.none) return {};
  std::vector<std::uint8_t> shown(dataset.communes.size());
  for (const geo::UnitIndex unit : f.within) {
    if (unit.value < shown.size()) shown[unit.value] = 1;
  }
  return shown;
}

Counted count(const Points* points, const data::Dataset& dataset, const Figures& f) {
  const auto shown = units_shown(dataset, f);
  Counted out;
  for (std::size_t i = 0; i < dataset.settlements.size(); ++i) {
    const Settlement& s = dataset.settlements[i];
    const bool known = s.commune.valid() && s.commune.value < shown.size();
    if (!shown.empty() && (!known || shown[s.commune.value] == 0)) continue;
    if (!s.at) {
      ++out.unplaced;
      continue;
    }
    if (points != nullptr && std::binary_search(points->beyond.begin(), points->beyond.end(), i)) {
      ++out.beyond;
      continue;
    }
    ++out.placed;
    ++out.electricity[static_cast<std::size_t>(s.electricity)];
    ++out.signal[static_cast<std::size_t>(s.signal)];
  }
  return out;
}

}  // namespace

std::uint32_t point_state(Electricity electricity, Signal signal) {
  return static_cast<std::uint32_t>(electricity) | static_cast<std::uint32_t>(signal) << 2U;
}

render::PointStyle point_style(Electricity electricity, Signal signal) {
  using Body = render::PointStyle::Body;
  using Around = render::PointStyle::Around;
  render::PointStyle style;
  style.body = electricity == Electricity::grid      ? Body::dot
               : electricity == Electricity::offgrid ? Body::open_square
               : electricity == Electricity::none    ? Body::square
                                                     : Body::open_dot;
  style.around = signal == Signal::good   ? Around::nothing
                 : signal == Signal::weak ? Around::arc
                 : signal == Signal::none ? Around::ring
                                          : Around::sides;
  // What lacks nothing stays quiet.
  style.small = electricity == Electricity::grid && signal == Signal::good;
  style.ink = style.small ? render::rgb(0x3d5a80) : render::rgb(0x101c33);
  return style;
}

std::string electricity_name(Electricity electricity, Language language) {
  switch (electricity) {
    case Electricity::grid:
      return say(language, "view.electricity_grid");
    case Electricity::offgrid:
      return say(language, "view.electricity_offgrid");
    case Electricity::none:
      return say(language, "view.electricity_none");
    case Electricity::unknown:
      break;
  }
  return say(language, "view.electricity_unknown");
}

std::string signal_name(Signal signal, Language language) {
  switch (signal) {
    case Signal::good:
      return say(language, "view.signal_is_good");
    case Signal::weak:
      return say(language, "view.signal_is_weak");
    case Signal::none:
      return say(language, "view.signal_is_none");
    case Signal::unknown:
      break;
  }
  return say(language, "view.signal_is_unknown");
}

std::optional<geo::MapPoint> place_on(const geo::Projection& projection, geo::LonLat at) {
  try {
    return projection.to_map(at);
  } catch (const geo::Error&) {
    return std::nullopt;
  }
}

std::shared_ptr<const Points> make_points(const data::Dataset& dataset, const geo::MapCrs& crs) {
  auto out = std::make_shared<Points>();
  std::vector<render::PointPlace> places;
  std::vector<std::uint32_t> settlements;
  const geo::Projection projection(crs);
  for (std::size_t i = 0; i < dataset.settlements.size(); ++i) {
    const Settlement& s = dataset.settlements[i];
    if (!s.at) continue;
    const auto place = place_on(projection, *s.at);
    if (!place) {  // one with a slip of the pen does not hide all others
      out->beyond.push_back(static_cast<std::uint32_t>(i));
      continue;
    }
    places.push_back({*place, s.commune.valid() ? s.commune.value : UINT32_MAX,
                      point_state(s.electricity, s.signal), priority(s)});
    settlements.push_back(static_cast<std::uint32_t>(i));
  }
  if (places.empty()) return out;
  render::PointCloud cloud = render::make_cloud(places);
  for (std::uint32_t& source : cloud.source) source = settlements[source];
  out->cloud = std::make_shared<const render::PointCloud>(std::move(cloud));
  out->near = near_enough(dataset, places.size());
  return out;
}

geo::Issues issues_of(const Points& points, const data::Dataset& dataset,
                      const std::vector<data::Source>& sources) {
  constexpr std::size_t most = 100;  // swapped columns put every one of them beyond
  geo::Issues out;
  for (const std::uint32_t i : points.beyond) {
    if (out.size() == most) {
      geo::Issue& more = out.emplace_back();
      more.message = geo::msg("view.more_beyond", points.beyond.size() - most);
      break;
    }
    const Settlement& s = dataset.settlements[i];
    geo::Issue& issue = out.emplace_back();
    issue.message = geo::msg("view.settlement_beyond", std::string(s.name), s.at->lon, s.at->lat);
    issue.at = s.at;
    if (s.trace.row > 0) issue.row = s.trace.row;
    if (s.commune.valid()) issue.unit = dataset.communes[s.commune.value].full_name;
    for (const data::Source& source : sources) {
      if (source.id == s.trace.source) issue.file = file_name(source.file);
    }
  }
  return out;
}

bool points_fit(const data::Dataset& dataset, const geo::Box& box, double width, double height) {
  const auto placed = std::count_if(dataset.settlements.begin(), dataset.settlements.end(),
                                    [](const Settlement& s) { return s.at.has_value(); });
  if (placed == 0 || !(width > 0) || !(height > 0)) return false;
  return std::max(box.width() / width, box.height() / height) <=
         near_enough(dataset, static_cast<std::size_t>(placed));
}

render::PointLayer point_layer(const Points* points, const data::Dataset& dataset, const Figures& f,
                               const View& view) {
  render::PointLayer layer;
  if (points == nullptr || !points->cloud || view.points == PointsShown::never) return layer;
  layer.cloud = points->cloud;
  if (view.points == PointsShown::near) layer.farthest = points->near;
  layer.units_shown = units_shown(dataset, f);
  layer.hovered = view.hovered_point.value_or(UINT32_MAX);
  for (std::uint32_t e = 0; e < 4; ++e) {
    for (std::uint32_t s = 0; s < 4; ++s) {
      const auto electricity = static_cast<Electricity>(e);
      const auto signal = static_cast<Signal>(s);
      render::PointStyle style = point_style(electricity, signal);
      style.ink = render::as_seen(style.ink, view.eye);
      layer.styles[point_state(electricity, signal)] = style;
    }
  }
  return layer;
}

std::vector<render::LegendEntry> points_legend(const Points* points, const data::Dataset& dataset,
                                               const Figures& f, Language language) {
  using Swatch = render::LegendEntry::Swatch;
  std::vector<render::LegendEntry> out;
  const Counted counted = count(points, dataset, f);
  if (counted.placed + counted.unplaced + counted.beyond == 0) return out;
  out.push_back({Swatch::heading, {}, say(language, "view.settlements"), {}});
  const auto row = [&](Electricity electricity, Signal signal, std::string words,
                       std::size_t places) {
    if (places == 0) return;
    out.push_back({Swatch::point,
                   {},
                   std::move(words),
                   number(language, static_cast<double>(places)),
                   {},
                   point_style(electricity, signal)});
  };
  for (const Electricity e :
       {Electricity::none, Electricity::offgrid, Electricity::grid, Electricity::unknown}) {
    row(e, Signal::good, electricity_name(e, language),
        counted.electricity[static_cast<std::size_t>(e)]);
  }
  // A ring around whatever the electricity is: shown around the commonest, a dot.
  for (const Signal s : {Signal::none, Signal::weak, Signal::unknown}) {
    row(Electricity::grid, s, signal_name(s, language),
        counted.signal[static_cast<std::size_t>(s)]);
  }
  if (counted.unplaced > 0) {
    const std::string unplaced = number(language, static_cast<double>(counted.unplaced));
    out.push_back({Swatch::bullet, {}, say(language, "view.settlements_unplaced", unplaced), {}});
  }
  if (counted.beyond > 0) {
    const std::string beyond = number(language, static_cast<double>(counted.beyond));
    out.push_back({Swatch::bullet, {}, say(language, "view.settlements_beyond", beyond), {}});
  }
  return out;
}

std::vector<render::LegendEntry> points_legend(const Points* points, const data::Dataset& dataset,
                                               const Figures& f,
                                               const render::PointsInView& in_view,
                                               Language language) {
  auto out = points_legend(points, dataset, f, language);
  if (in_view.drawn < in_view.all) {
    out.push_back({render::LegendEntry::Swatch::bullet, {}, thinned_text(in_view, language), {}});
  }
  return out;
}

std::string thinned_text(const render::PointsInView& points, Language language) {
  if (points.drawn == points.all) return {};
  return say(language, "view.settlements_thinned",
             number(language, static_cast<double>(points.drawn)),
             number(language, static_cast<double>(points.all)));
}

void bring_up_to_date(PointsNow& now, std::shared_ptr<const Points> points,
                      const data::Dataset& dataset, std::shared_ptr<const Figures> figures,
                      const View& view, const render::Camera& camera, double pixel_ratio) {
  const bool same_layer = now.of == points && now.figures == figures && now.shown == view.points;
  const bool same_view = same_layer && now.pixel_ratio == pixel_ratio && now.camera == camera;
  if (same_view) return;
  if (!same_layer) {
    now.of = std::move(points);
    now.figures = std::move(figures);
    now.shown = view.points;
    now.layer =
        now.figures ? point_layer(now.of.get(), dataset, *now.figures, view) : render::PointLayer{};
  }
  now.camera = camera;
  now.pixel_ratio = pixel_ratio;
  now.drawn = render::drawn_at(now.layer, camera.metres_per_pixel, pixel_ratio);
  now.in_view =
      now.drawn ? render::points_in_view(now.layer, camera, pixel_ratio) : render::PointsInView{};
}

PointWords point_words(const data::Dataset& dataset, const std::vector<data::Source>& sources,
                       std::uint32_t settlement, Language language) {
  PointWords out;
  if (settlement >= dataset.settlements.size()) return out;
  const Settlement& s = dataset.settlements[settlement];
  out.name = s.name;
  out.place = kind_name(s.kind, language);
  if (s.commune.valid()) {
    out.place += (out.place.empty() ? "" : " · ") + dataset.communes[s.commune.value].full_name;
  }
  if (s.residents) {
    const std::string people = number(language, static_cast<double>(*s.residents));
    out.lines.push_back(s.households ? say(language, "view.residents_households", people,
                                           number(language, static_cast<double>(*s.households)))
                                     : say(language, "view.residents", people));
  }
  out.lines.push_back(electricity_name(s.electricity, language));
  out.lines.push_back(signal_name(s.signal, language));
  const auto source = std::find_if(sources.begin(), sources.end(), [&](const data::Source& known) {
    return known.id == s.trace.source;
  });
  if (source != sources.end()) {
    out.source = say(language, "view.settlement_source", file_name(source->file), s.trace.row);
  }
  return out;
}

}  // namespace app
