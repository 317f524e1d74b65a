#include "data/barrier_split.hpp"
#include "data/gaps.hpp"
#include "data/load.hpp"
#include "data/workspace.hpp"

namespace data {
namespace {

template <class Quantity>
std::optional<double> number(const std::optional<Quantity>& quantity) {
  if (!quantity) return std::nullopt;
  return quantity->value;
}
std::optional<std::string> day(const std::optional<geo::Date>& date) {
  if (!date) return std::nullopt;
  return geo::iso(*date);
}

}  // namespace

void write_commune_numbers(Workspace& workspace) { write_commune_numbers(workspace.database()); }

void write_commune_numbers(Database& database) {
  database.execute("DELETE FROM commune_number");
  const Dataset dataset = load_dataset(database, {.committed = false});
  std::optional<geo::Date> latest;
  if (!dataset.dates.empty()) latest = dataset.dates.back();
  // With no report at all the date only chooses among targets, and then none has a use.
  const geo::Date at = latest.value_or(geo::Date{});

  const auto l2 = gaps(dataset, Indicator::activation_l2, at);
  const auto l1 = gaps(dataset, Indicator::activation_l1, at);
  const auto installed = gaps(dataset, Indicator::installed, at);
  const auto electricity = gaps(dataset, Indicator::electricity, at);
  const auto signal_any = gaps(dataset, Indicator::signal_any, at);
  const auto signal_good = gaps(dataset, Indicator::signal_good, at);
  const auto teams = gaps(dataset, Indicator::teams_per_1000, at);
  const auto barrier = barriers(dataset);
  const auto split = split_shortfall(dataset, l2);

  // Same order as Dataset::communes.
  Statement id = database.prepare("SELECT id, state_id FROM commune_today ORDER BY code");
  Statement insert = database.prepare(
      "INSERT INTO commune_number (unit_id, state_id, code, name, full_name, kind, province,"
      " former_district, area_km2, at, as_of, status, eligible, installed, activated_l1,"
      " activated_l2, rate, target, achievement, shortfall, unreached, rate_installed, rate_l1,"
      " electricity, signal_any, signal_good, teams_per_1000, settlements, no_grid, weak_signal,"
      " no_signal, teams, main_barrier, short_no_grid, short_signal, short_away,"
      " short_no_smartphone, short_own_sim, short_visit, short_unknown) VALUES (?, ?, ?, ?, ?, ?, "
      "?,"
      " ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, "
      "?,"
      " ?, ?)");
  for (std::size_t c = 0; c < dataset.communes.size() && id.step(); ++c) {
    const Commune& commune = dataset.communes[c];
    const auto name_of = [](const auto& list, std::int32_t i) {
      return i < 0 ? std::string() : list[static_cast<std::size_t>(i)].name;
    };
    int n = 0;
    const auto put = [&](const auto& value) { insert.bind(++n, value); };
    put(id.integer(0));
    put(id.integer(1));
    put(commune.code.text);
    put(commune.name);
    put(commune.full_name);
    put(commune.kind);
    put(name_of(dataset.provinces, commune.province));
    put(name_of(dataset.districts, commune.district));
    put(commune.area_m2 / 1e6);
    put(day(latest));
    put(day(l2[c].as_of));
    put(data::id(l2[c].status));
    put(number(l2[c].eligible));
    put(number(installed[c].reached));
    put(number(l1[c].reached));
    put(number(l2[c].reached));
    put(number(l2[c].rate));
    put(l2[c].target);
    put(number(l2[c].achievement));
    put(number(l2[c].shortfall));
    put(number(l2[c].unreached));
    put(number(installed[c].rate));
    put(number(l1[c].rate));
    put(number(electricity[c].rate));
    put(number(signal_any[c].rate));
    put(number(signal_good[c].rate));
    put(number(teams[c].rate));
    put(barrier[c].settlements);
    put(barrier[c].no_grid);
    put(barrier[c].weak_signal);
    put(barrier[c].no_signal);
    put(barrier[c].teams);
    const auto worst = main_barrier(split[c]);
    put(worst ? std::optional(data::id(*worst)) : std::nullopt);
    for (const Barrier b : all_barriers)  // in the order of the columns
      put(l2[c].shortfall ? std::optional(split[c].of(b)) : std::nullopt);
    insert.run();
  }
}

}  // namespace data
