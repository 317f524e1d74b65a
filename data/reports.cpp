#include "data/reports.hpp"

#include <algorithm>
#include <map>
#include <tuple>
#include <unordered_map>

namespace data {
namespace {

constexpr std::size_t source_column = 6, row_column = 7;
constexpr std::size_t cumulative = 4;  ///< counts with a span: the first ones

std::int32_t day_of(geo::Date date) {
  return static_cast<std::int32_t>(date.day.time_since_epoch().count());
}

}  // namespace

std::size_t Reports::until(geo::Date at) const {
  return static_cast<std::size_t>(std::upper_bound(dates_.begin(), dates_.end(), at) -
                                  dates_.begin());
}

std::optional<std::int64_t> Reports::large_number(std::size_t date, std::size_t column,
                                                  std::uint32_t unit) const {
  const auto key = std::tuple(day_of(dates_[date]), column, unit);
  const auto found =
      std::lower_bound(large_.begin(), large_.end(), key, [](const Large& a, const auto& b) {
        return std::tuple(a.day, std::size_t{a.column}, a.unit) < b;
      });
  const bool there = found != large_.end() &&
                     std::tuple(found->day, std::size_t{found->column}, found->unit) == key;
  return there ? std::optional(found->number) : std::nullopt;
}

std::optional<std::int64_t> Reports::number(std::size_t date, Count count,
                                            std::uint32_t unit) const {
  const auto cells = this->cells(date, count);
  if (unit >= cells.size() || cells[unit] == missing) return std::nullopt;
  if (cells[unit] == large) return large_number(date, static_cast<std::size_t>(count), unit);
  return cells[unit];
}

std::optional<std::size_t> Reports::latest(Count count, std::uint32_t unit, std::size_t end) const {
  if (unit >= units_.size() || end == 0) return std::nullopt;
  const auto c = static_cast<std::size_t>(count);
  if (c < cumulative) {
    const Span span = spans_[c][unit];
    if (span.first > span.last || day_of(dates_[end - 1]) < span.first) return std::nullopt;
    if (day_of(dates_[end - 1]) > span.last)
      end = until(geo::Date{std::chrono::sys_days(std::chrono::days(span.last))});
  }
  while (end-- > 0) {
    const auto cells = column(end, c);
    if (unit < cells.size() && cells[unit] != missing) return end;
  }
  return std::nullopt;
}

bool Reports::has(std::size_t date, std::uint32_t unit) const {
  const auto sources = column(date, source_column);
  return unit < sources.size() && sources[unit] != missing;
}

Report Reports::report(std::size_t date, std::uint32_t unit) const {
  Report out;
  out.date = dates_[date];
  out.eligible = number(date, Count::eligible, unit);
  out.installed = number(date, Count::installed, unit);
  out.activated_l1 = number(date, Count::activated_l1, unit);
  out.activated_l2 = number(date, Count::activated_l2, unit);
  out.sessions = number(date, Count::sessions, unit);
  out.reached = number(date, Count::reached, unit);
  if (!has(date, unit)) return out;
  const auto whole = [&](std::size_t column) {
    const std::int32_t cell = this->column(date, column)[unit];
    return cell == large ? large_number(date, column, unit).value_or(0) : std::int64_t{cell};
  };
  out.trace = {whole(source_column), whole(row_column)};
  return out;
}

std::vector<Report> Reports::of(std::uint32_t unit) const {
  std::vector<Report> out;
  for (std::size_t d = 0; d < dates_.size(); ++d)
    if (has(d, unit)) out.push_back(report(d, unit));
  return out;
}

std::size_t Reports::reported(std::uint32_t unit) const {
  std::size_t count = 0;
  for (std::size_t d = 0; d < dates_.size(); ++d)
    if (has(d, unit)) ++count;
  return count;
}

std::optional<Report> Reports::latest_report(std::uint32_t unit, geo::Date at) const {
  if (unit >= units_.size()) return std::nullopt;
  for (std::size_t d = until(at); d-- > 0;)
    if (has(d, unit)) return report(d, unit);
  return std::nullopt;
}

/// Days that are touched are copied into memory of their own; all others stay shared.
struct ReportsBuilder::Impl {
  struct Own {
    std::uint32_t units = 0;
    std::shared_ptr<std::int32_t[]> cells;
  };
  explicit Impl(Reports reports) : base(std::move(reports)) {
    for (std::size_t u = 0; u < base.units_.size(); ++u)
      places.emplace(base.units_[u], static_cast<std::uint32_t>(u));
    for (const Reports::Large& l : base.large_) large[{l.day, l.column, l.unit}] = l.number;
  }

  Own& own(geo::Date date, std::uint32_t unit) {
    const std::int32_t day = day_of(date);
    if (day != last_day || last == nullptr) {
      last = &days[day];
      last_day = day;
    }
    if (unit >= last->units) widen(*last, date, unit);
    return *last;
  }
  /// For a new day all units known by now; where more come later, by half as many again.
  void widen(Own& own, geo::Date date, std::uint32_t unit) {
    const std::int32_t* from = own.cells.get();
    std::size_t had = own.units;
    if (const auto at = std::lower_bound(base.dates_.begin(), base.dates_.end(), date);
        from == nullptr && at != base.dates_.end() && *at == date) {
      const Reports::Day& day = base.days_[static_cast<std::size_t>(at - base.dates_.begin())];
      had = day.units;
      from = day.cells.get();
    }
    std::size_t units = std::max<std::size_t>(unit + 1, base.units_.size());
    if (own.cells != nullptr) units = std::max(units, had + had / 2);
    resize(own, from, had, units);
  }
  void resize(Own& own, const std::int32_t* from, std::size_t had, std::size_t units) const {
    std::shared_ptr<std::int32_t[]> cells(new std::int32_t[units * Reports::columns]);
    for (std::size_t c = 0; c < Reports::columns; ++c) {
      std::int32_t* const to = cells.get() + c * units;
      const std::size_t kept = std::min(had, units);
      if (kept > 0) std::copy_n(from + c * had, kept, to);
      std::fill(to + kept, to + units, Reports::missing);
    }
    own = {static_cast<std::uint32_t>(units), std::move(cells)};
  }

  void put(Own& own, std::int32_t day, std::size_t column, std::uint32_t unit,
           std::int64_t number) {
    const bool fits = number > Reports::large && number <= INT32_MAX;
    own.cells.get()[column * own.units + unit] =
        fits ? static_cast<std::int32_t>(number) : Reports::large;
    if (!fits) large[{day, static_cast<std::uint32_t>(column), unit}] = number;
    if (column >= cumulative) return;
    Reports::Span& span = base.spans_[column][unit];
    span.first = std::min(span.first, day);
    span.last = std::max(span.last, day);
  }

  Reports base;
  std::unordered_map<std::int64_t, std::uint32_t> places;
  std::unordered_map<std::int32_t, Own> days;
  std::int32_t last_day = 0;
  Own* last = nullptr;
  std::map<std::tuple<std::int32_t, std::uint32_t, std::uint32_t>, std::int64_t> large;
};

ReportsBuilder::ReportsBuilder(Reports base) : impl_(std::make_unique<Impl>(std::move(base))) {}
ReportsBuilder::~ReportsBuilder() = default;

std::uint32_t ReportsBuilder::unit(std::int64_t id) {
  const auto [found, added] =
      impl_->places.emplace(id, static_cast<std::uint32_t>(impl_->base.units_.size()));
  if (added) {
    impl_->base.units_.push_back(id);
    for (auto& spans : impl_->base.spans_) spans.emplace_back();
  }
  return found->second;
}

void ReportsBuilder::add(std::uint32_t unit, const Report& r) {
  Impl::Own& own = impl_->own(r.date, unit);
  const std::int32_t day = day_of(r.date);
  const std::optional<std::int64_t> counts[] = {r.eligible,     r.installed, r.activated_l1,
                                                r.activated_l2, r.sessions,  r.reached};
  for (std::size_t c = 0; c < std::size(counts); ++c)
    if (counts[c]) impl_->put(own, day, c, unit, *counts[c]);
  impl_->put(own, day, source_column, unit, r.trace.source);
  impl_->put(own, day, row_column, unit, r.trace.row);
}

void ReportsBuilder::clear(std::uint32_t unit, geo::Date date, std::span<const Count> counts) {
  Impl::Own& own = impl_->own(date, unit);
  const auto cell = [&](std::size_t column) -> std::int32_t& {
    return own.cells.get()[column * own.units + unit];
  };
  for (const Count count : counts) {
    cell(static_cast<std::size_t>(count)) = Reports::missing;
    impl_->large.erase({day_of(date), static_cast<std::uint32_t>(count), unit});
  }
  for (std::size_t c = 0; c < source_column; ++c)
    if (cell(c) != Reports::missing) return;
  cell(source_column) = cell(row_column) = Reports::missing;
}

Reports ReportsBuilder::finish() {
  Reports& out = impl_->base;
  for (auto& [day, own] : impl_->days)
    if (own.units > out.units_.size())
      impl_->resize(own, own.cells.get(), own.units, out.units_.size());
  std::map<geo::Date, Reports::Day> days;
  for (std::size_t d = 0; d < out.dates_.size(); ++d) days.emplace(out.dates_[d], out.days_[d]);
  for (auto& [day, own] : impl_->days) {
    const geo::Date date{std::chrono::sys_days(std::chrono::days(day))};
    const std::int32_t* const sources = own.cells.get() + source_column * own.units;
    if (std::all_of(sources, sources + own.units, [](auto s) { return s == Reports::missing; }))
      days.erase(date);  // all of its reports were taken back
    else
      days.insert_or_assign(date, Reports::Day{own.units, std::move(own.cells)});
  }
  out.dates_.clear();
  out.days_.clear();
  for (auto& [date, day] : days) {
    out.dates_.push_back(date);
    out.days_.push_back(std::move(day));
  }
  out.large_.clear();
  for (const auto& [key, number] : impl_->large)
    out.large_.push_back({number, std::get<0>(key), std::get<1>(key), std::get<2>(key)});
  return std::move(out);
}

Reports reports_of(std::span<const std::vector<Report>> by_unit) {
  ReportsBuilder builder;
  for (std::size_t u = 0; u < by_unit.size(); ++u) {
    const std::uint32_t unit = builder.unit(static_cast<std::int64_t>(u));
    for (const Report& report : by_unit[u]) builder.add(unit, report);
  }
  return builder.finish();
}

}  // namespace data
