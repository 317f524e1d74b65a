#include <algorithm>
#include <array>

#include "data/plan.hpp"

namespace data {
namespace {

using std::chrono::day;
using std::chrono::month;
using std::chrono::sys_days;
using std::chrono::year;
using std::chrono::year_month_day;

/// First day of the lunar year, and the tenth of its third month (the Hùng kings' day), by the
/// Vietnamese calendar.
struct LunarDays {
  int year;
  unsigned new_year_month, new_year_day, kings_month, kings_day;
};
constexpr std::array<LunarDays, 18> lunar_days{{
    {2020, 1, 25, 4, 2},
    {2021, 2, 12, 4, 21},
    {2022, 2, 1, 4, 10},
    {2023, 1, 22, 4, 29},
    {2024, 2, 10, 4, 18},
    {2025, 1, 29, 4, 7},
    {2026, 2, 17, 4, 26},
    {2027, 2, 6, 4, 16},
    {2028, 1, 26, 4, 4},
    {2029, 2, 13, 4, 23},
    {2030, 2, 2, 4, 12},
    {2031, 1, 23, 4, 1},
    {2032, 2, 11, 4, 19},
    {2033, 1, 31, 4, 9},
    {2034, 2, 19, 4, 28},
    {2035, 2, 8, 4, 17},
    {2036, 1, 28, 4, 6},
    {2037, 2, 15, 4, 24},
}};

struct Holiday {
  sys_days day;
  std::string_view id;
};

std::vector<Holiday> holidays_of(int y) {
  const auto on = [&](unsigned m, unsigned d) {
    return sys_days(year_month_day(year(y), month(m), day(d)));
  };
  std::vector<Holiday> out{{on(1, 1), "new_year"},
                           {on(4, 30), "reunification"},
                           {on(5, 1), "labour_day"},
                           {on(9, 2), "national_day"}};
  for (const LunarDays& lunar : lunar_days) {
    if (lunar.year != y) continue;
    out.push_back({on(lunar.kings_month, lunar.kings_day), "hung_kings"});
    // From the eve to the third day.
    for (int d = -1; d <= 2; ++d)
      out.push_back({on(lunar.new_year_month, lunar.new_year_day) + std::chrono::days(d), "tet"});
  }
  return out;
}

}  // namespace

std::vector<PlanWeekend> weekends_of(const PlanWishes& wishes) {
  std::vector<PlanWeekend> out;
  const std::chrono::weekday today(wishes.from.day);
  // A Sunday still belongs to the weekend that began the day before.
  const int to_saturday =
      today == std::chrono::Sunday ? -1 : static_cast<int>((std::chrono::Saturday - today).count());
  geo::Date saturday = wishes.from + to_saturday;
  for (std::uint32_t w = 0; w < wishes.weekends; ++w, saturday = saturday + 7) {
    PlanWeekend weekend{saturday, 2, {}};
    if (saturday < wishes.from) {
      weekend.first = saturday + 1;
      weekend.days = 1;
    }
    // A holiday from Friday to Monday brings people home.
    const int y = static_cast<int>(year_month_day(saturday.day).year());
    sys_days first = sys_days::max();
    for (const int in : {y, y + 1})
      for (const Holiday& holiday : holidays_of(in))
        if (holiday.day >= saturday.day - std::chrono::days(1) &&
            holiday.day <= saturday.day + std::chrono::days(2) && holiday.day < first) {
          first = holiday.day;
          weekend.holiday = holiday.id;
        }
    out.push_back(weekend);
  }
  return out;
}

}  // namespace data
