#include "data/moment.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace data {
namespace {

constexpr double unknown = std::numeric_limits<double>::quiet_NaN();

Count count_of(Indicator indicator) {
  switch (indicator) {
    case Indicator::installed:
      return Count::installed;
    case Indicator::activation_l1:
      return Count::activated_l1;
    default:
      return Count::activated_l2;
  }
}

std::int32_t day_of(geo::Date date) {
  return static_cast<std::int32_t>(date.day.time_since_epoch().count());
}
geo::Date date_of(std::int32_t day) {
  return geo::Date{std::chrono::sys_days(std::chrono::days(day))};
}

}  // namespace

Moment::Moment(const Dataset& dataset, Indicator indicator)
    : dataset_(dataset),
      indicator_(indicator),
      count_(count_of(indicator)),
      eligible_(dataset.reporters.size(), unknown),
      numbers_(dataset.reporters.size()),
      sums_(dataset) {
  for (const Target& target : dataset.targets)
    if (target.indicator == id(indicator)) dues_.push_back(target.due);
  std::sort(dues_.begin(), dues_.end());
  for (const Commune& commune : dataset.communes) {
    const std::size_t first = pieces_.size();
    first_piece_.push_back(first);
    for (const Part& part : commune.parts)
      pieces_.push_back({part.reporter, part.successor, part.share, unknown, part.estimated});
    for (const Part& part : commune.parts)
      if (part.successor >= 0)
        pieces_[first + static_cast<std::size_t>(part.successor)].has_predecessor = true;
  }
  first_piece_.push_back(pieces_.size());
  for (std::uint32_t r = 0; r < numbers_.size(); ++r)
    if (dataset.reporters[r].column != Reporter::never_reported) reporters_.push_back(r);
}

void Moment::only(std::span<const geo::UnitIndex> units) {
  const bool any_count =
      std::any_of(dataset_.targets.begin(), dataset_.targets.end(),
                  [&](const Target& t) { return t.indicator == id(indicator_) && !t.share; });
  if (any_count) return;
  reporters_.clear();
  for (const geo::UnitIndex unit : units)
    for (const Part& part : dataset_.communes[unit.value].parts)
      if (dataset_.reporters[part.reporter].column != Reporter::never_reported)
        reporters_.push_back(part.reporter);
  std::sort(reporters_.begin(), reporters_.end());
  reporters_.erase(std::unique(reporters_.begin(), reporters_.end()), reporters_.end());
}

/// The latest report at or before the date that has this number; the eligible people of that
/// report, else those last reported before it.
void Moment::look_up(std::uint32_t reporter, std::size_t end) {
  const Reports& reports = dataset_.reports;
  const std::uint32_t unit = dataset_.reporters[reporter].column;
  numbers_[reporter] = {};
  const auto at = reports.latest(count_, unit, end);
  if (!at) return;
  const auto people = reports.latest(Count::eligible, unit, *at + 1);
  if (!people) return;
  numbers_[reporter] = {day_of(reports.dates()[*at]),
                        static_cast<double>(*reports.number(*people, Count::eligible, unit)),
                        static_cast<double>(*reports.number(*at, count_, unit))};
}

void Moment::look_at(geo::Date at) {
  at_ = at;
  const Reports& reports = dataset_.reports;
  const std::size_t end = reports.until(at);
  if (end > 0) {
    // Most have just reported: one look into two columns. The others are looked for further back.
    const auto now = reports.cells(end - 1, count_);
    const auto people = reports.cells(end - 1, Count::eligible);
    const std::int32_t day = day_of(reports.dates()[end - 1]);
    for (const std::uint32_t r : reporters_) {
      const std::uint32_t unit = dataset_.reporters[r].column;
      if (unit < now.size() && now[unit] > Reports::large && people[unit] > Reports::large)
        numbers_[r] = {day, static_cast<double>(people[unit]), static_cast<double>(now[unit])};
      else
        look_up(r, end);
    }
  } else {
    for (const std::uint32_t r : reporters_) numbers_[r] = {};
  }
  choose_targets();
}

void Moment::move_to(geo::Date at) {
  at_ = at;
  const Reports& reports = dataset_.reports;
  for (const std::size_t end = reports.until(at); seen_ < end; ++seen_) {
    const auto now = reports.cells(seen_, count_);
    const auto people = reports.cells(seen_, Count::eligible);
    const std::int32_t day = day_of(reports.dates()[seen_]);
    for (const std::uint32_t r : reporters_) {
      const std::uint32_t unit = dataset_.reporters[r].column;
      if (unit >= now.size()) continue;
      const auto whole = [&](std::int32_t cell, Count count) {
        return cell > Reports::large ? static_cast<double>(cell)
                                     : static_cast<double>(*reports.number(seen_, count, unit));
      };
      if (people[unit] != Reports::missing) eligible_[r] = whole(people[unit], Count::eligible);
      if (now[unit] == Reports::missing || std::isnan(eligible_[r])) continue;
      numbers_[r] = {day, eligible_[r], whole(now[unit], count_)};
    }
  }
  choose_targets();
}

/// Of several targets of a unit the one due next counts: that only changes when one falls due.
void Moment::choose_targets() {
  const auto past =
      static_cast<std::size_t>(std::lower_bound(dues_.begin(), dues_.end(), at_) - dues_.begin());
  const bool stand = due_ == past;
  if (!stand) {
    targets_.emplace(dataset_, indicator_, at_);
    due_ = past;
  }
  if (targets_->any_count()) sum_scopes();
  if (stand && !targets_->any_count()) return;
  for (std::size_t c = 0; c + 1 < first_piece_.size(); ++c)
    for (std::size_t i = first_piece_[c]; i < first_piece_[c + 1]; ++i) {
      const Place place{
          dataset_.communes[c].province, dataset_.reporters[pieces_[i].reporter].district,
          static_cast<std::int32_t>(c), static_cast<std::int32_t>(pieces_[i].reporter)};
      pieces_[i].target = targets_->share(place, sums_).value_or(unknown);
    }
}

void Moment::sum_scopes() {
  sums_ = ScopeSums(dataset_);
  for (std::size_t r = 0; r < numbers_.size(); ++r)
    if (numbers_[r].day != never) sums_.reporters[r] = numbers_[r].p;
  for (std::size_t c = 0; c + 1 < first_piece_.size(); ++c) {
    const Commune& commune = dataset_.communes[c];
    for (std::size_t i = first_piece_[c]; i < first_piece_[c + 1]; ++i) {
      const Piece& piece = pieces_[i];
      const Number& number = numbers_[piece.reporter];
      if (number.day == never || !counts(first_piece_[c], piece)) continue;
      const double p = piece.share * number.p;
      const std::int32_t district = dataset_.reporters[piece.reporter].district;
      sums_.country += p;
      sums_.communes[c] += p;
      if (commune.province >= 0) sums_.provinces[static_cast<std::size_t>(commune.province)] += p;
      if (district >= 0) sums_.districts[static_cast<std::size_t>(district)] += p;
    }
  }
}

/// A part with a number speaks for all that came before it; one that came after others counts only
/// from its first number on.
bool Moment::counts(std::size_t first, const Piece& piece) const {
  for (std::int32_t s = piece.successor; s >= 0;) {
    const Piece& heir = pieces_[first + static_cast<std::size_t>(s)];
    if (numbers_[heir.reporter].day != never) return false;
    s = heir.successor;
  }
  return !piece.has_predecessor || numbers_[piece.reporter].day != never;
}

Gap Moment::gap(geo::UnitIndex unit) const {
  Gap gap;
  GapSum sum;
  bool estimated = false;
  const std::int32_t at = day_of(at_);
  std::int32_t oldest = INT32_MAX;
  const std::size_t first = first_piece_[unit.value];
  for (std::size_t i = first; i < first_piece_[unit.value + 1]; ++i) {
    const Piece& piece = pieces_[i];
    if (!counts(first, piece)) continue;
    ++gap.parts;
    const Number& number = numbers_[piece.reporter];
    if (number.day == never) continue;
    ++gap.parts_reported;
    if (at - number.day > silent_after_days) ++gap.parts_silent;
    oldest = std::min(oldest, number.day);
    estimated = estimated || piece.estimated;
    sum.add(piece.share * number.p, piece.share * number.o, piece.target);
  }
  if (gap.parts_reported > 0) gap.as_of = date_of(oldest);
  sum.finish(gap);
  gap.status = gap.parts_reported == 0                                  ? Status::not_reported
               : estimated                                              ? Status::estimated
               : gap.parts_silent > 0 || gap.parts_reported < gap.parts ? Status::silent
                                                                        : Status::reported;
  return gap;
}

}  // namespace data
