#include "tests/app/six_communes.hpp"

#include <deque>

#include "tests/data/report_lists.hpp"

namespace six {

geo::Date week(int n) {
  using namespace std::chrono;
  return {sys_days{year{2023} / 6 / 4} + days(7 * n)};
}

data::Dataset communes() {
  data::Dataset d;
  d.title = "Tỉnh Thử";
  d.crs = {9205, "VN-2000 / TM-3 103°00′"};
  d.provinces.push_back({geo::UnitCode("11"), "Tỉnh Thử"});
  d.districts.push_back({geo::UnitCode("094"), "Huyện Một", 0});
  d.districts.push_back({geo::UnitCode("095"), "Huyện Hai", 0});
  d.dates = {week(0), week(1)};
  const std::int64_t eligible[] = {1000, 2000, 4000, 1000, 500, 800};
  const std::int64_t activated[] = {0, 400, 1200, 450, 350, 0};
  data::test::ReportLists lists(6);
  const auto texts = std::make_shared<std::deque<std::string>>();
  d.texts = texts;
  for (std::uint32_t i = 0; i < 6; ++i) {
    data::Commune c;
    c.code = geo::UnitCode("0310" + std::to_string(i));
    c.name = "Xã số " + std::to_string(i);
    c.full_name = c.name;
    c.province = 0;
    c.district = i < 4 ? 0 : 1;
    data::Part part;
    part.reporter = i;
    c.parts.push_back(part);
    d.communes.push_back(c);

    data::Reporter r;
    r.code = c.code;
    r.name = c.full_name;
    r.district = c.district;
    for (int w = 0; w < 2 && i < 5; ++w) {
      data::Report report;
      report.date = week(w);
      report.eligible = eligible[i];
      report.activated_l2 = activated[i] * (w + 1) / 2;
      lists[i].push_back(report);
    }
    d.reporters.push_back(r);

    // Commune i has i settlements off the grid and one on it.
    for (std::uint32_t n = 0; n <= i; ++n) {
      data::Settlement s;
      s.id = texts->emplace_back(std::to_string(i) + "-" + std::to_string(n));
      s.commune = geo::UnitIndex(i);
      s.residents = 100;
      s.electricity = n == 0 ? data::Electricity::grid : data::Electricity::none;
      s.signal = data::Signal::good;
      d.settlements.push_back(s);
    }
  }
  data::test::set_reports(d, lists);
  for (std::uint32_t district = 0; district < 2; ++district) {
    data::Target t;
    t.scope = data::Target::Scope::district;
    t.index = district;
    t.indicator = "activation_l2";
    t.due = week(30);
    t.share = district == 0 ? 0.4 : 0.85;
    d.targets.push_back(t);
  }
  return d;
}

std::shared_ptr<const geo::Land> squares(std::size_t count) {
  auto land = std::make_shared<geo::Land>();
  land->crs = {9205, "VN-2000 / TM-3 103°00′"};
  land->projection = std::make_shared<const geo::FastProjection>(land->crs);
  std::vector<geo::GeoShape> shapes;
  const auto place = [&](double x, double y) { return land->projection->to_lonlat({x, y}); };
  for (std::size_t i = 0; i < count; ++i) {
    const double x = static_cast<double>(i) * 1000;
    geo::Box box;
    box.add(geo::MapPoint{x, 0});
    box.add(geo::MapPoint{x + 1000, 1000});
    land->boxes.push_back(box);
    land->bounds.add(box);
    land->labels.push_back({{x + 500, 500}, 500});
    shapes.push_back(
        {{{place(x, 0), place(x + 1000, 0), place(x + 1000, 1000), place(x, 1000)}, {}}});
  }
  land->hits = std::make_shared<const geo::HitIndex>(
      std::make_shared<const geo::Borders>(geo::build_borders(shapes, {})));
  return land;
}

}  // namespace six
