// What numbers must not say, looked at while they are typed. The rules and words of weekly counts
// are those of the quality checks.
#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cmath>
#include <map>

#include "data/operation_fields.hpp"
#include "data/operations.hpp"
#include "data/quality.hpp"
#include "data/quality_checks.hpp"
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
constexpr std::array<const char*, 6> count_names{"eligible",     "installed", "activated_l1",
                                                 "activated_l2", "sessions",  "reached"};
constexpr std::size_t enough_weeks = 3;
// Where Việt Nam lies, its islands included.
constexpr double west = 102, east = 118, south = 6, north = 24;

const char* name_of(Count count) { return count_names.at(static_cast<std::size_t>(count)); }

std::optional<std::int64_t>& number_in(Report& report, std::size_t count) {
  const std::array<std::optional<std::int64_t>*, 6> all{&report.eligible,     &report.installed,
                                                        &report.activated_l1, &report.activated_l2,
                                                        &report.sessions,     &report.reached};
  return *all.at(count);
}

std::optional<std::int64_t> whole(const std::optional<std::string>& text) {
  std::int64_t n = 0;
  if (!text) return std::nullopt;
  const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), n);
  if (error != std::errc()) return std::nullopt;
  return n;
}

geo::Date today() {
  return {std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now())};
}

class Rules {
 public:
  Rules(Workspace& workspace, const RecordNow& now, const Changed& changed,
        std::span<const FieldChange> beside)
      : workspace_(workspace), now_(now), changed_(changed), beside_(beside) {}

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

  /// All reports of the unit, by date, as they are now.
  std::map<geo::Date, Report> reports(const UnitKey& unit) {
    std::map<geo::Date, Report> out;
    Database& database = workspace_.database();
    const auto id = Authority(database).id_of(unit);
    Statement row = database.prepare(
        "SELECT date, eligible, installed, activated_l1, activated_l2, sessions, reached, cleared"
        " FROM report WHERE unit_id = ? ORDER BY source_id");
    row.bind(1, id);
    while (row.step()) {
      const geo::Date date = stored_date(row, 0, database);
      Report& report = out[date];
      report.date = date;
      for (std::size_t i = 0; i < count_names.size(); ++i) {
        auto& number = number_in(report, i);
        if (const auto n = row.maybe_integer(static_cast<int>(i) + 1)) number = n;
        if ((row.integer(7) >> i & 1) != 0) number.reset();
      }
    }
    return out;
  }

  void report() {
    const auto key = report_key(now_.record);
    if (!key) return;
    name_ = unit_name(workspace_, key->unit);
    auto all = reports(key->unit);
    for (const FieldChange& change : beside_) {
      const auto other = report_key(change.record);
      const auto* const found = std::find(count_names.begin(), count_names.end(), change.field);
      if (!other || other->unit != key->unit || found == count_names.end()) continue;
      Report& r = all[other->date];
      r.date = other->date;
      number_in(r, static_cast<std::size_t>(found - count_names.begin())) = whole(change.value);
    }
    Report& report = all[key->date];
    report.date = key->date;
    for (std::size_t i = 0; i < count_names.size(); ++i)
      number_in(report, i) = whole(value(count_names.at(i)));
    std::optional<std::int64_t> eligible;
    for (const auto& [date, r] : all)
      if (date <= key->date && r.eligible) eligible = r.eligible;
    order(report, eligible);
    falling(all, report);
    day(all, key->date);
  }

  void order(const Report& report, const std::optional<std::int64_t>& eligible) {
    const auto rule = id(Check::counts_order);
    const std::string day = geo::iso(report.date);
    for (const OrderBreak& b : order_breaks(report, eligible)) {
      const bool own = is_changed(name_of(b.count));
      if (!own && !is_changed(name_of(b.limit_count))) continue;
      const auto field = name_of(own ? b.count : b.limit_count);
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

  void falling(const std::map<geo::Date, Report>& all, const Report& report) {
    for (const Count count : cumulative) {
      const auto now = number_of(report, count);
      if (!now || !is_changed(name_of(count))) continue;
      const Report *before = nullptr, *after = nullptr;
      for (const auto& [date, r] : all) {
        if (!number_of(r, count)) continue;
        if (date < report.date) before = &r;
        if (date > report.date && after == nullptr) after = &r;
      }
      if (before != nullptr && *now < *number_of(*before, count))
        fell(count, *before, report, msg("data.rule_fell_remedy"));
      if (after != nullptr && *number_of(*after, count) < *now)
        fell(count, report, *after, msg("data.rule_fell_after_remedy"));
    }
  }

  void fell(Count count, const Report& from, const Report& to, geo::Message way_out) {
    const auto a = *number_of(from, count), b = *number_of(to, count);
    const std::string x = geo::iso(from.date), y = geo::iso(to.date);
    add(id(Check::falling), name_of(count),
        count == Count::activated_l2   ? msg("data.check_fell_l2", name_, a, x, b, y)
        : count == Count::activated_l1 ? msg("data.check_fell_l1", name_, a, x, b, y)
                                       : msg("data.check_fell_installed", name_, a, x, b, y),
        std::move(way_out));
  }

  /// The day on which the unit's weeks end, where all of them so far end on one.
  void day(const std::map<geo::Date, Report>& all, geo::Date date) {
    const auto& field = changed_.begin()->first;
    if (date > today() + 1)  // it may be tomorrow there already
      add("to_come", field, msg("data.rule_to_come", name_, geo::iso(date)),
          msg("data.rule_to_come_remedy"));
    std::map<unsigned, std::size_t> days;
    for (const auto& [other, r] : all)
      if (other != date) ++days[std::chrono::weekday(other.day).c_encoding()];
    if (days.size() != 1 || days.begin()->second < enough_weeks) return;
    if (days.contains(std::chrono::weekday(date.day).c_encoding())) return;
    const auto wanted = std::chrono::weekday(days.begin()->first);
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
    const auto a = whole(value(part)), b = whole(value(all));
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
      if (day && *day > today() + 1)
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
    const auto id = unit ? Authority(workspace_.database()).id_of(*unit) : std::nullopt;
    if (!id) return;
    const double away = metres_outside(unit_shape(workspace_.database(), *id), at);
    if (away <= limits::outside_metres) return;
    add(data::id(Check::settlement_outside), is_changed("place") ? "place" : "unit",
        msg("data.rule_outside_unit", name(), unit_name(workspace_, *unit),
            std::max(0.1, std::round(away / 100) / 10)),
        msg("data.rule_outside_unit_remedy"));
  }

  std::string name() const { return value("name").value_or(now_.record.key); }

  Workspace& workspace_;
  const RecordNow& now_;
  const Changed& changed_;
  std::span<const FieldChange> beside_;  ///< what is entered at once with it
  std::string name_;                     ///< of the unit that reports
  std::vector<RuleBreak> out_;
};

}  // namespace

std::vector<RuleBreak> broken_rules(Workspace& workspace, const RecordKey& record,
                                    std::span<const FieldChange> changes) {
  Changed changed;
  for (const FieldChange& change : changes) {
    if (change.record != record) continue;
    const RecordField* const field = find_field(record.kind, change.field);
    if (field == nullptr)
      throw geo::Error(geo::ErrorKind::usage, msg("data.entry_no_such_field", change.field),
                       record.key, msg("data.entry_no_such_field_remedy"));
    if (!change.value) {
      changed[change.field] = std::nullopt;
      continue;
    }
    auto value = canonical(*field, *change.value);
    if (!value)
      throw geo::Error(geo::ErrorKind::usage, not_a_value(*field, *change.value),
                       record.key + ' ' + change.field, value_wanted(*field));
    changed[change.field] = std::move(value);
  }
  if (changed.empty()) return {};
  Authority authority(workspace.database());
  const RecordNow now = record_now(workspace.database(), record, authority);
  return Rules(workspace, now, changed, changes).all();
}

}  // namespace data
