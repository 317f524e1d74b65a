#pragma once
#include <chrono>
#include <compare>
#include <optional>
#include <string>
#include <string_view>

namespace geo {

/// A civil day. Stored and exchanged as ISO text (2023-08-27).
struct Date {
  std::chrono::sys_days day{};
  auto operator<=>(const Date&) const = default;
};

inline Date operator+(Date d, int days) { return {d.day + std::chrono::days(days)}; }
inline int operator-(Date a, Date b) { return static_cast<int>((a.day - b.day).count()); }

/// 2023-08-27, and what people type: 27/8/2023, 27-08-2023, 27.8.2023, 2023/08/27. Day before
/// month, always. Empty when it is not an existing day.
std::optional<Date> parse_date(std::string_view text);
/// The first day named anywhere in a sentence ("tính đến ngày 25/6/2023", "ngày 26 tháng 6 năm
/// 2023").
std::optional<Date> find_date(std::string_view sentence);
std::string iso(Date d);

}  // namespace geo
