#include "tests/app/small_desk.hpp"

#include "tests/data/report_lists.hpp"

namespace desk_test {
namespace {
geo::GeoShape square(double lon, double lat) {
  constexpr double side = 0.1;
  geo::Polygon<geo::LonLat> polygon;
  polygon.outer = {{lon, lat}, {lon + side, lat}, {lon + side, lat + side}, {lon, lat + side}};
  return {polygon};
}

data::Report report(const char* date, std::int64_t eligible, std::int64_t activated) {
  data::Report r;
  r.date = *geo::parse_date(date);
  r.eligible = eligible;
  r.activated_l2 = activated;
  r.trace = {7, 3};
  return r;
}
}  // namespace

std::vector<geo::GeoShape> small_shapes() {
  return {square(103.0, 21.0), square(103.1, 21.0), square(103.0, 21.1), square(103.1, 21.1)};
}

std::shared_ptr<const app::Loaded> small_loaded(std::uint64_t version) {
  auto dataset = std::make_shared<data::Dataset>();
  dataset->version = version;
  dataset->title = "Tỉnh Thử";
  dataset->made_up = true;
  dataset->crs = geo::map_crs(9205);
  dataset->provinces = {{geo::UnitCode("99"), "Tỉnh Thử"}};
  dataset->districts = {{geo::UnitCode("991"), "Huyện Bắc", 0},
                        {geo::UnitCode("992"), "Huyện Nam", 0}};
  const struct {
    const char* name;
    std::int32_t district;
  } communes[] = {{"Mường Na", 1}, {"Núa Lang", 1}, {"Bản Đông", 0}, {"Điện Xa", 0}};
  const char* first = "2023-06-04";
  const char* second = "2023-06-18";
  const char* third = "2023-07-02";
  const std::vector<std::vector<data::Report>> reports = {
      {report(first, 1000, 100), report(second, 1000, 200), report(third, 1000, 300)},
      {report(third, 500, 400)},
      {report(first, 800, 80)},
      {}};
  for (std::uint32_t i = 0; i < 4; ++i) {
    data::Commune c;
    c.code = geo::UnitCode("9900" + std::to_string(i));
    c.name = communes[i].name;
    c.full_name = std::string("Xã ") + communes[i].name;
    c.kind = "xã";
    c.province = 0;
    c.district = communes[i].district;
    c.area_m2 = 1e8;
    data::Reporter reporter;
    reporter.code = c.code;
    reporter.name = c.full_name;
    reporter.district = c.district;
    dataset->reporters.push_back(reporter);
    c.parts = {{i, 1, false}};
    dataset->communes.push_back(c);
  }
  data::test::set_reports(*dataset, reports);
  data::Settlement s;
  s.id = "S1";
  s.name = "Bản Huổi Púng";
  s.commune = geo::UnitIndex(std::uint32_t{3});
  s.at = geo::LonLat{103.15, 21.15};
  s.residents = 200;
  s.eligible = 120;
  s.electricity = data::Electricity::none;
  s.signal = data::Signal::weak;
  dataset->settlements = {s};
  data::Target target;
  target.scope = data::Target::Scope::province;
  target.indicator = "activation_l2";
  target.due = *geo::parse_date("2023-12-31");
  target.share = 0.6;
  dataset->targets = {target};
  dataset->dates = {*geo::parse_date(first), *geo::parse_date(second), *geo::parse_date(third)};

  auto loaded = std::make_shared<app::Loaded>();
  loaded->file = "/nowhere/small.sqlite";
  loaded->land = geo::build_land(small_shapes(), dataset->crs, app::border_parents(*dataset));
  loaded->search = std::make_shared<const app::SearchIndex>(app::build_search(*dataset));
  loaded->points = app::make_points(*dataset, dataset->crs);
  loaded->findings = std::make_shared<const std::vector<data::Finding>>();
  data::Source source;
  source.id = 7;
  source.file = "reports.csv";
  loaded->sources = {source};
  loaded->dataset = dataset;
  return loaded;
}

app::AppState small_desk() {
  app::AppState state;
  app::apply(state, app::command::ResizeMap{800, 600, 1});
  app::apply(state, app::command::WorkspaceLoaded{small_loaded()});
  return state;
}

render::PixelPoint middle_of(const app::AppState& state, std::uint32_t unit) {
  return state.camera.to_pixel(state.loaded->land->boxes[unit].centre());
}

}  // namespace desk_test
