#pragma once
#include <chrono>
#include <optional>
#include <string>

#include "geo/date.hpp"

namespace data {

// The one clock. Moments are kept in UTC ("2026-11-22T07:05:11Z", see utc_now()); the days and
// hours that people read and type are those of the place this computer is set to.

struct LocalMoment {
  geo::Date day;
  std::string time;  ///< "14:05"
};
LocalMoment local_moment(std::chrono::system_clock::time_point at);
std::optional<LocalMoment> local_moment(const std::string& utc);  ///< empty: it is no moment

geo::Date local_today();

/// The moment in UTC of an hour that a person typed.
std::string utc_of_local(geo::Date day, std::chrono::seconds since_midnight);
std::string utc_text(std::chrono::sys_seconds at);

}  // namespace data
