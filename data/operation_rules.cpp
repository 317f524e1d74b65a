// What numbers must not say, looked at while they are typed. The rules and words of weekly counts
// are those of the quality checks.
#include "data/operation_rules.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>

#include "data/clock.hpp"
#include "data/operation_fields.hpp"
#include "data/operations.hpp"
#include "data/quality.hpp"
#include "data/quality_checks.hpp"
#include "data/report_counts.hpp"
#include "data/report_rules.hpp"
#include "data/snapshot.hpp"
#include "data/unit_shape.hpp"
#include "geo/error.hpp"

namespace data {
namespace {

using geo::msg;
using Changed = std::map<std::string, std::optional<std::string>, std::less<>>;

constexpr std::array<Count, 3> cumulative{Count::activated_l2, Count::activated_l1,
                                          Count::installed};
constexpr std::size_t enough_weeks = 3;
constexpr double eligible_leap = 2;  ///< times as many, or as few: a digit too many or too few
// Where Việt Nam lies, its islands included.
constexpr double west = 102, east = 118, south = 6, north = 24;

std::optional<std::int64_t>& number_in(Report& report, Count count) {
  const std::array<std::optional<std::int64_t>*, report_counts> all{
      &report.eligible,     &report.installed, &report.activated_l1,
      &report.activated_l2, &report.sessions,  &report.reached};
  return *all.at(static_cast<std::size_t>(count));
}

unsigned weekday_of(geo::Date date) { return std::chrono::weekday(date.day).c_encoding(); }

/// The unit's part of a report's key: the same for all of its weeks.
std::string unit_of(const RecordKey& record) { return record.key.substr(0, record.key.rfind('/')); }

class Rules {
 public:
  Rules(Workspace& workspace, Authority& authority, RuleReader& reader, const RecordNow& now,
        const Changed& changed)
      : workspace_(workspace),
        authority_(authority),
        reader_(reader),
        now_(now),
        changed_(changed) {}

  std::vector<RuleBreak> all() {
    switch (now_.record.kind) {
      case RecordKind::report:
        report();
        break;
      case RecordKind::team:
        team();
        break;
      case RecordKind::settlement:
        days_to_come({"electricity_as_of", "signal_as_of"});
        place();
        break;
      case RecordKind::activity:
        days_to_come({"date"});
        at_most("activations", "reached");
        break;
    }
    return std::move(out_);
  }

 private:
  bool is_changed(std::string_view field) const { return changed_.find(field) != changed_.end(); }
  std::optional<std::string> value(std::string_view field) const {
    const auto found = changed_.find(field);
    return found != changed_.end() ? found->second : now_.value(field);
  }
  void add(std::string_view rule, std::string_view field, geo::Message said, geo::Message way_out) {
    out_.push_back(
        {std::string(rule), now_.record, std::string(field), std::move(said), std::move(way_out)});
  }

  void report() {
    const auto key = report_key(now_.record);
    if (!key) return;
    auto& reports = reader_.reports_of(now_.record);
    name_ = reports.name;
    Report& report = reports.all.at(key->date);
    for (const Count count : all_counts)
      number_in(report, count) = count_value(value(field_of(count)));
    // Those of the last report that told them.
    if (report.eligible)
      reports.eligible[key->date] = *report.eligible;
    else
      reports.eligible.erase(key->date);
    const auto later = reports.eligible.upper_bound(key->date);
    order(report, later == reports.eligible.begin() ? std::nullopt
                                                    : std::optional(std::prev(later)->second));
    eligible(report, reports.eligible);
    falling(reports.all, reports.all.find(key->date));
    day(reports, key->date);
  }

  using ByDate = std::map<geo::Date, Report>;
  void order(const Report& report, const std::optional<std::int64_t>& eligible) {
    const auto rule = id(Check::counts_order);
    const std::string day = geo::iso(report.date);
    for (const OrderBreak& b : order_breaks(report, eligible)) {
      const bool own = is_changed(field_of(b.count));
      if (!own && !is_changed(field_of(b.limit_count))) continue;
      const auto field = field_of(own ? b.count : b.limit_count);
      const auto tell = [&](geo::Message said) {
        add(rule, field, std::move(said), msg("data.entry_order_remedy"));
      };
      switch (b.rule) {
        case OrderRule::l2_above_installed:
          tell(msg("data.rule_l2_above_installed", name_, b.number, b.limit, day));
          break;
        case OrderRule::l1_above_installed:
          tell(msg("data.rule_l1_above_installed", name_, b.number, b.limit, day));
          break;
        case OrderRule::l2_above_l1:
          tell(msg("data.rule_l2_above_l1", name_, b.number, b.limit, day));
          break;
        case OrderRule::installed_above_eligible:
          tell(msg("data.rule_installed_above_eligible", name_, b.number, b.limit, day));
          break;
        case OrderRule::l1_above_eligible:
          tell(msg("data.rule_l1_above_eligible", name_, b.number, b.limit, day));
          break;
        case OrderRule::l2_above_eligible:
          tell(msg("data.rule_l2_above_eligible", name_, b.number, b.limit, day));
          break;
      }
    }
  }

  /// Those who may activate are nearly the same people as in the report before.
  void eligible(const Report& report, const std::map<geo::Date, std::int64_t>& told) {
    const auto at = told.lower_bound(report.date);
    if (!report.eligible || !is_changed("eligible") || at == told.begin()) return;
    const auto& [day, before] = *std::prev(at);
    if (before == 0) return;
    const double times = static_cast<double>(*report.eligible) / static_cast<double>(before);
    if (times <= eligible_leap && times * eligible_leap >= 1) return;
    add("eligible_leap", "eligible",
        msg(times > 1 ? "data.rule_eligible_rose" : "data.rule_eligible_fell", name_,
            *report.eligible, geo::iso(report.date), before, geo::iso(day)),
        msg("data.rule_eligible_remedy"));
  }

  /// The nearest report before or after that tells the number; null: none does.
  template <class At>
  const Report* nearest(At at, At end, Count count) const {
    for (; at != end; ++at) {
      reader_.look();
      if (number_of(at->second, count)) return &at->second;
    }
    return nullptr;
  }

  void falling(const ByDate& all, ByDate::const_iterator at) {
    const Report& report = at->second;
    for (const Count count : cumulative) {
      const auto now = number_of(report, count);
      if (!now || !is_changed(field_of(count))) continue;
      const Report* const before = nearest(std::make_reverse_iterator(at), all.rend(), count);
      const Report* const after = nearest(std::next(at), all.end(), count);
      if (before != nullptr && *now < *number_of(*before, count))
        fell(count, *before, report, msg("data.rule_fell_remedy"));
      if (after != nullptr && *number_of(*after, count) < *now)
        fell(count, report, *after, msg("data.rule_fell_after_remedy"));
    }
  }

  void fell(Count count, const Report& from, const Report& to, geo::Message way_out) {
    const auto a = *number_of(from, count), b = *number_of(to, count);
    const std::string x = geo::iso(from.date), y = geo::iso(to.date);
    add(id(Check::falling), field_of(count),
        count == Count::activated_l2   ? msg("data.check_fell_l2", name_, a, x, b, y)
        : count == Count::activated_l1 ? msg("data.check_fell_l1", name_, a, x, b, y)
                                       : msg("data.check_fell_installed", name_, a, x, b, y),
        std::move(way_out));
  }

  /// The day on which the unit's weeks end, where all of them so far end on one.
  void day(const RuleReader::UnitReports& reports, geo::Date date) {
    const auto& field = changed_.begin()->first;
    if (date > local_today() + 1)  // a clock may stand in another zone
      add("to_come", field, msg("data.rule_to_come", name_, geo::iso(date)),
          msg("data.rule_to_come_remedy"));
    auto days = reports.on_weekday;
    --days.at(weekday_of(date));  // the others
    if (std::count(days.begin(), days.end(), 0U) + 1 != static_cast<std::ptrdiff_t>(days.size()))
      return;
    const auto most = std::max_element(days.begin(), days.end());
    if (*most < enough_weeks || days.at(weekday_of(date)) > 0) return;
    const auto wanted = std::chrono::weekday(static_cast<unsigned>(most - days.begin()));
    const auto off = std::chrono::weekday(date.day) - wanted;
    add("weekday", field,
        msg("data.rule_weekday", name_, geo::iso(date),
            geo::iso(date + -static_cast<int>(off.count()))),
        msg("data.rule_weekday_remedy"));
  }

  void team() {
    at_most("union_members", "members");
    days_to_come({"established_on"});
    const auto from = value("established_on"), to = value("closed_on");
    if (from && to && *to < *from && (is_changed("established_on") || is_changed("closed_on")))
      add("closed_before", "closed_on", msg("data.rule_closed_before", name(), *to, *from),
          msg("data.rule_number_remedy"));
    place();
  }

  void at_most(const char* part, const char* all) {
    const auto a = count_value(value(part)), b = count_value(value(all));
    if (!a || !b || *a <= *b || !(is_changed(part) || is_changed(all))) return;
    const bool members = std::string_view(part) == "union_members";
    add(members ? "members" : "activations", is_changed(part) ? part : all,
        members ? msg("data.rule_union_members", name(), *a, *b)
                : msg("data.rule_activations", name(), *a, *b),
        msg("data.rule_number_remedy"));
  }

  void days_to_come(std::initializer_list<const char*> fields) {
    for (const char* field : fields) {
      if (!is_changed(field)) continue;
      const auto day = value(field) ? geo::parse_date(*value(field)) : std::nullopt;
      if (day && *day > local_today() + 1)
        add("to_come", field, msg("data.rule_to_come", name(), geo::iso(*day)),
            msg("data.rule_to_come_remedy"));
    }
  }

  void place() {
    if (!(is_changed("place") || is_changed("unit")) || !value("place")) return;
    const auto at = place_value(*value("place"));
    if (!at) return;
    const bool home = at->lon >= west && at->lon <= east && at->lat >= south && at->lat <= north;
    if (home) return inside_unit({at->lon, at->lat});
    add("outside_country", "place", msg("data.rule_outside_country", name(), at->lon, at->lat),
        msg("data.rule_outside_country_remedy"));
  }

  void inside_unit(geo::LonLat at) {
    const auto unit = value("unit") ? unit_key(*value("unit")) : std::nullopt;
    const auto id = unit ? authority_.id_of(*unit) : std::nullopt;
    if (!id) return;
    const double away = metres_outside(unit_shape(workspace_.database(), *id), at);
    if (away <= limits::outside_metres) return;
    add(data::id(Check::settlement_outside), is_changed("place") ? "place" : "unit",
        msg("data.rule_outside_unit", name(), unit_name(workspace_, *unit),
            std::max(0.1, std::round(away / 100) / 10)),
        msg("data.rule_outside_unit_remedy"));
  }

  /// An activity has no name; its day says more to people than its key.
  std::string name() const {
    return value(now_.record.kind == RecordKind::activity ? "date" : "name")
        .value_or(now_.record.key);
  }

  Workspace& workspace_;
  Authority& authority_;
  RuleReader& reader_;
  const RecordNow& now_;
  const Changed& changed_;
  std::string name_;  ///< of the unit that reports
  std::vector<RuleBreak> out_;
};

}  // namespace

RuleReader::RuleReader(Workspace& workspace, std::span<const FieldChange> changes)
    : workspace_(workspace), authority_(workspace.database()) {
  for (const FieldChange& change : changes) {
    ++looked_;
    by_record_[change.record].push_back(&change);
    if (change.record.kind == RecordKind::report)
      by_unit_[unit_of(change.record)].push_back(&change);
  }
}

RuleReader::UnitReports& RuleReader::reports_of(const RecordKey& record) {
  auto unit = unit_of(record);
  if (reports_.of == unit) return reports_;
  reports_ = {};
  const UnitKey key = report_key(record)->unit;
  reports_.name = unit_name(workspace_, key);
  read(key);
  for (const FieldChange* const change : by_unit_[unit]) {
    ++looked_;
    const auto other = report_key(change->record);
    const auto count = count_of(change->field);
    if (!other || !count) continue;
    Report& r = reports_.all[other->date];
    r.date = other->date;
    number_in(r, *count) = count_value(change->value);
  }
  for (const auto& [date, report] : reports_.all) {
    ++reports_.on_weekday.at(weekday_of(date));
    if (report.eligible) reports_.eligible.emplace(date, *report.eligible);
  }
  reports_.of = std::move(unit);
  return reports_;
}

/// All its reports, by date, as they are now.
void RuleReader::read(const UnitKey& unit) {
  Database& database = workspace_.database();
  Statement row = database.prepare(
      "SELECT date, eligible, installed, activated_l1, activated_l2, sessions, reached, cleared"
      " FROM report WHERE unit_id = ? ORDER BY source_id");
  row.bind(1, authority_.id_of(unit));
  while (row.step()) {
    ++looked_;
    const geo::Date date = stored_date(row, 0, database);
    Report& report = reports_.all[date];
    report.date = date;
    for (const Count count : all_counts) {
      const int i = static_cast<int>(count);
      auto& number = number_in(report, count);
      if (const auto n = row.maybe_integer(i + 1)) number = n;
      if ((row.integer(7) >> i & 1) != 0) number.reset();
    }
  }
}

std::vector<RuleBreak> RuleReader::broken(const RecordKey& record) {
  const auto own = by_record_.find(record);
  if (own == by_record_.end()) return {};
  Changed changed;
  for (const FieldChange* const change : own->second) {
    ++looked_;
    const RecordField* const field = find_field(record.kind, change->field);
    if (field == nullptr)
      throw geo::Error(geo::ErrorKind::usage, msg("data.entry_no_such_field", change->field),
                       record.key, msg("data.entry_no_such_field_remedy"));
    auto value = change->value ? canonical(*field, *change->value) : std::nullopt;
    if (change->value && !value)
      throw geo::Error(geo::ErrorKind::usage, not_a_value(*field, *change->value),
                       record.key + ' ' + change->field, value_wanted(*field));
    changed[change->field] = std::move(value);
  }
  const RecordNow now = record_now(workspace_.database(), record, authority_);
  return Rules(workspace_, authority_, *this, now, changed).all();
}

std::vector<RuleBreak> broken_rules(Workspace& workspace, const RecordKey& record,
                                    std::span<const FieldChange> changes) {
  return RuleReader(workspace, changes).broken(record);
}

}  // namespace data
