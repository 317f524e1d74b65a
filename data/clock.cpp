#include "data/clock.hpp"

#include <array>
#include <cstdio>
#include <ctime>

namespace data {
namespace {

using namespace std::chrono;

std::tm local(std::time_t at) {
  std::tm out{};
#ifdef _WIN32
  localtime_s(&out, &at);
#else
  localtime_r(&at, &out);
#endif
  return out;
}

}  // namespace

LocalMoment local_moment(system_clock::time_point at) {
  const std::tm here = local(system_clock::to_time_t(at));
  std::array<char, 8> time{};
  std::strftime(time.data(), time.size(), "%H:%M", &here);
  return {geo::Date{year_month_day(year(here.tm_year + 1900),
                                   month(static_cast<unsigned>(here.tm_mon) + 1),
                                   day(static_cast<unsigned>(here.tm_mday)))},
          time.data()};
}

std::optional<LocalMoment> local_moment(const std::string& utc) {
  constexpr std::size_t of_day = 10, to_the_second = 19;
  const auto date = geo::parse_date(std::string_view(utc).substr(0, of_day));
  int h = 0, m = 0, s = 0;
  if (!date || utc.size() < to_the_second ||
      std::sscanf(utc.c_str() + of_day, "T%2d:%2d:%2d", &h, &m, &s) != 3)
    return std::nullopt;
  return local_moment(sys_seconds(date->day) + hours(h) + minutes(m) + seconds(s));
}

geo::Date local_today() { return local_moment(system_clock::now()).day; }

std::string utc_of_local(geo::Date date, seconds since_midnight) {
  const year_month_day ymd(date.day);
  const hh_mm_ss clock(since_midnight);
  std::tm here{};
  here.tm_year = static_cast<int>(ymd.year()) - 1900;
  here.tm_mon = static_cast<int>(static_cast<unsigned>(ymd.month())) - 1;
  here.tm_mday = static_cast<int>(static_cast<unsigned>(ymd.day()));
  here.tm_hour = static_cast<int>(clock.hours().count());
  here.tm_min = static_cast<int>(clock.minutes().count());
  here.tm_sec = static_cast<int>(clock.seconds().count());
  here.tm_isdst = -1;
  return utc_text(floor<seconds>(system_clock::from_time_t(std::mktime(&here))));
}

std::string utc_text(sys_seconds at) {
  const auto day = floor<days>(at);
  const hh_mm_ss clock(at - day);
  std::array<char, 16> text{};
  std::snprintf(text.data(), text.size(), "T%02d:%02d:%02dZ",
                static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
                static_cast<int>(clock.seconds().count()));
  return geo::iso(geo::Date{day}) + text.data();
}

}  // namespace data
