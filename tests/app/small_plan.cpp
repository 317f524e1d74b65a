#include "tests/app/small_plan.hpp"

#include <deque>
#include <string>

#include "tests/app/six_communes.hpp"

namespace small_plan {
namespace {

struct Texts {
  std::shared_ptr<const void> before;
  std::deque<std::string> own;
};

void add_team(data::Dataset& dataset, Texts& texts, const std::string& id, const std::string& name,
              std::uint32_t home, std::int64_t members, bool generator, bool router) {
  data::Team team;
  team.id = texts.own.emplace_back(id);
  team.name = texts.own.emplace_back(name);
  team.level = geo::UnitLevel::district;
  team.home = geo::UnitIndex(home);
  team.members = members;
  team.generator = generator;
  team.mobile_router = router;
  dataset.teams.push_back(team);
}

data::PlanBasis basis_of(std::shared_ptr<data::Dataset> dataset) {
  data::PlanBasis out;
  out.at = six::week(1);
  out.gaps = data::gaps(*dataset, data::Indicator::activation_l2, out.at);
  out.splits = data::split_shortfall(*dataset, out.gaps);
  dataset->source_files = {{"nguon/báo cáo tuần.csv", "reports"}};
  out.dataset = std::move(dataset);
  return out;
}

data::Trip trip(std::uint32_t team, std::uint32_t commune, std::uint32_t weekend,
                std::uint32_t days, data::Pack pack, double people, float km) {
  data::Trip out;
  out.team = team;
  out.commune = geo::UnitIndex(commune);
  out.weekend = weekend;
  out.days = days;
  out.pack = pack;
  out.people = people;
  out.leg = {km, km / 20};
  return out;
}

void add_up(data::Plan& plan, std::size_t communes) {
  plan.people.assign(communes, 0);
  for (const data::Trip& t : plan.trips) {
    plan.people[t.commune.value] += t.people;
    plan.total += t.people;
  }
  plan.low = plan.total / 2;
  plan.high = plan.total * 1.5;
  plan.value = plan.total;
  plan.bound = plan.total * 1.01;
}

}  // namespace

data::PlanBasis basis() {
  auto dataset = std::make_shared<data::Dataset>(six::communes());
  const auto texts = std::make_shared<Texts>();
  texts->before = dataset->texts;
  dataset->texts = texts;
  add_team(*dataset, *texts, "D1", "Đội Một", 0, 7, false, true);
  add_team(*dataset, *texts, "D2", "Đội Hai", 2, 5, true, false);
  add_team(*dataset, *texts, "D3", "", 4, 4, false, false);
  return basis_of(std::move(dataset));
}

data::Plan plan() {
  data::Plan out;
  out.wishes.from = *geo::parse_date("2023-12-30");
  out.wishes.weekends = 3;
  out.weekends = data::weekends_of(out.wishes);
  out.trips = {trip(0, 1, 0, 1, data::Pack::both, 61.4, 12.34F),
               trip(1, 2, 0, 2, data::Pack::nothing, 55.25, 8),
               trip(0, 4, 0, 1, data::Pack::both, 30, 41),
               trip(2, 1, 1, 2, data::Pack::nothing, 12.6, 0)};
  out.trips.back().phone = true;
  add_up(out, 6);
  return out;
}

data::PlanBasis many(std::size_t teams) {
  auto dataset = std::make_shared<data::Dataset>(six::communes());
  const auto texts = std::make_shared<Texts>();
  texts->before = dataset->texts;
  dataset->texts = texts;
  for (std::size_t t = 0; t < teams; ++t)
    add_team(*dataset, *texts, "T" + std::to_string(t), "Đội số " + std::to_string(t), 0, 5, false,
             false);
  return basis_of(std::move(dataset));
}

data::Plan plan_of_many(const data::PlanBasis& basis) {
  data::Plan out;
  out.wishes.from = *geo::parse_date("2023-09-02");
  out.wishes.weekends = 2;
  out.weekends = data::weekends_of(out.wishes);
  for (std::uint32_t t = 0; t < basis.dataset->teams.size(); ++t)
    out.trips.push_back(trip(t, t % 5, 0, 1, data::Pack::nothing, 1 + t % 7, 3));
  add_up(out, 6);
  return out;
}

void rename(data::PlanBasis& basis, std::size_t team, const std::string& name) {
  auto dataset = std::make_shared<data::Dataset>(*basis.dataset);
  const auto texts = std::make_shared<Texts>();
  texts->before = dataset->texts;
  dataset->teams.at(team).name = texts->own.emplace_back(name);
  dataset->texts = texts;
  basis.dataset = std::move(dataset);
}

}  // namespace small_plan
