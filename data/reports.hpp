#pragma once
#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "geo/date.hpp"

namespace data {

/// Where a value came from: a Source id and the row in that file (as a spreadsheet counts).
struct Trace {
  std::int64_t source = 0;
  std::int64_t row = 0;
};

/// Cumulative counts of a unit at a date. Empty means not reported, which is not zero.
struct Report {
  geo::Date date;
  std::optional<std::int64_t> eligible, installed, activated_l1, activated_l2;
  std::optional<std::int64_t> sessions, reached;  ///< in the period, not cumulative
  Trace trace;
};

/// What a report counts, in the order of Report's fields.
enum class Count : std::uint8_t {
  eligible,
  installed,
  activated_l1,
  activated_l2,
  sessions,
  reached
};

/// All reports as columns: for every date and count one 32-bit number per unit. What one date needs
/// lies together, so that of a file that is mapped only what is shown is read. 32 bytes per date
/// and unit. A value: copies share the cells, which never change.
class Reports {
 public:
  static constexpr std::int32_t missing = INT32_MIN;    ///< of a cell: not reported
  static constexpr std::int32_t large = INT32_MIN + 1;  ///< does not fit: see number()

  std::span<const geo::Date> dates() const { return dates_; }  ///< with any report, in order
  /// Places are counted in the order in which units first reported; the workspace's id of each.
  std::span<const std::int64_t> units() const { return units_; }
  /// How many dates are at or before the one given.
  std::size_t until(geo::Date at) const;
  /// The cells of a count at a date, by unit; may end before the last units: they are missing.
  std::span<const std::int32_t> cells(std::size_t date, Count count) const {
    return column(date, static_cast<std::size_t>(count));
  }
  std::optional<std::int64_t> number(std::size_t date, Count count, std::uint32_t unit) const;
  /// The latest date before date `end` (an index) at which the unit reported the count.
  std::optional<std::size_t> latest(Count count, std::uint32_t unit, std::size_t end) const;
  bool has(std::size_t date, std::uint32_t unit) const;
  Report report(std::size_t date, std::uint32_t unit) const;
  std::optional<Report> latest_report(std::uint32_t unit, geo::Date at) const;  ///< or before
  std::vector<Report> of(std::uint32_t unit) const;  ///< all of a unit, by date
  std::size_t reported(std::uint32_t unit) const;    ///< how many those are

 private:
  friend class ReportsBuilder;
  friend class ReportsFile;
  static constexpr std::size_t columns = 8;  ///< the counts, then source and row

  struct Day {
    std::uint32_t units = 0;                      ///< in its columns
    std::shared_ptr<const std::int32_t[]> cells;  ///< column after column
  };
  /// First and last date (days since 1970) with a number: nothing is looked for outside.
  struct Span {
    std::int32_t first = INT32_MAX, last = INT32_MIN;
  };
  struct Large {
    std::int64_t number = 0;
    std::int32_t day = 0;
    std::uint32_t column = 0, unit = 0, unused = 0;
  };
  std::span<const std::int32_t> column(std::size_t date, std::size_t column) const {
    const Day& day = days_[date];
    return {day.cells.get() + column * day.units, day.units};
  }
  /// Nothing where a cell says there is one and there is not: the file was damaged.
  std::optional<std::int64_t> large_number(std::size_t date, std::size_t column,
                                           std::uint32_t unit) const;

  std::vector<geo::Date> dates_;
  std::vector<Day> days_;  ///< by date
  std::vector<std::int64_t> units_;
  std::array<std::vector<Span>, 4> spans_;  ///< by unit, of the cumulative counts
  std::vector<Large> large_;                ///< sorted; there should be none
};

/// Adds reports to those there are: of a unit and date, per count the one added last that has a
/// number counts, and the trace is that of the one added last.
class ReportsBuilder {
 public:
  explicit ReportsBuilder(Reports base = {});
  ~ReportsBuilder();
  ReportsBuilder(const ReportsBuilder&) = delete;
  ReportsBuilder& operator=(const ReportsBuilder&) = delete;

  std::uint32_t unit(std::int64_t id);  ///< its place, a new one where it has none yet
  void add(std::uint32_t unit, const Report& report);
  /// Takes counts back: not reported. One without any count left is no report.
  void clear(std::uint32_t unit, geo::Date date, std::span<const Count> counts);
  Reports finish();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// Reports by unit, as lists; the units' ids are their places.
Reports reports_of(std::span<const std::vector<Report>> by_unit);

}  // namespace data
