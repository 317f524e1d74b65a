#include "app/plan_calendar.hpp"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <map>
#include <set>
#include <string_view>
#include <vector>

#include "app/plan_book.hpp"
#include "app/plan_words.hpp"
#include "data/table_out.hpp"

namespace app {
namespace {

/// Backslash, comma, semicolon and line ends of a text value (3.3.11).
std::string escaped(const std::string& text) {
  std::string out;
  for (const char c : data::writable(text)) {
    if (c == '\r') continue;
    if (c == '\n') {
      out += "\\n";
      continue;
    }
    if (c == '\\' || c == ',' || c == ';') out += '\\';
    out += c;
  }
  return out;
}

/// Lines of at most 75 octets (3.1), none of them cut within a character.
void add_line(std::string& out, std::string_view line) {
  std::size_t room = 75;
  while (line.size() > room) {
    std::size_t end = room;
    while (end > 0 && (static_cast<unsigned char>(line[end]) & 0xc0) == 0x80) --end;
    out += line.substr(0, end);
    out += "\r\n ";
    line.remove_prefix(end);
    room = 74;  // the space counts
  }
  out += line;
  out += "\r\n";
}

std::string day_text(geo::Date day) {
  std::string iso = geo::iso(day);
  std::erase(iso, '-');
  return iso;
}

std::string stamp_text(std::chrono::sys_seconds when) {
  const auto day = std::chrono::floor<std::chrono::days>(when);
  const std::chrono::hh_mm_ss time(when - day);
  char clock[12];
  std::snprintf(clock, sizeof clock, "T%02d%02d%02dZ", static_cast<int>(time.hours().count() % 24),
                static_cast<int>(time.minutes().count() % 60),
                static_cast<int>(time.seconds().count() % 60));
  return day_text({day}) + clock;
}

/// FNV-1a over the parts, each with its length before it.
std::string fingerprint(std::initializer_list<std::string_view> parts) {
  std::uint64_t hash = 0xcbf29ce484222325U;
  const auto take = [&hash](std::string_view bytes) {
    for (const char c : bytes) {
      hash ^= static_cast<unsigned char>(c);
      hash *= 0x100000001b3U;
    }
  };
  for (const std::string_view part : parts) {
    take(std::to_string(part.size()) + ':');
    take(part);
  }
  char out[17];
  std::snprintf(out, sizeof out, "%016llx", static_cast<unsigned long long>(hash));
  return out;
}

using Trips = std::vector<const data::Trip*>;

class Calendar {
 public:
  Calendar(const data::PlanBasis& basis, const data::Plan& plan, Language language,
           std::chrono::sys_seconds stamp)
      : basis_(basis),
        dataset_(*basis.dataset),
        plan_(plan),
        language_(language),
        stamp_(stamp_text(stamp)),
        days_(first_days(plan)),
        kit_(kit_by_goer(kit_held(dataset_, plan))) {}

  std::string text() {
    property("BEGIN", "VCALENDAR");
    property("VERSION", "2.0");
    property("PRODID", std::string("-//Phu Song//") + PHUSONG_VERSION + "//" +
                           (language_ == Language::vietnamese ? "VI" : "EN"));
    property("CALSCALE", "GREGORIAN");
    property("X-WR-CALNAME", escaped(dataset_.title));
    std::string notes;
    for (const std::string& note : plan_notes(basis_, plan_, language_))
      notes += (notes.empty() ? "" : "\n") + note;
    property("X-WR-CALDESC", escaped(notes));
    std::map<std::pair<std::uint32_t, Goer>, Trips> stays;  // by weekend
    for (const data::Trip& trip : plan_.trips)
      stays[{trip.weekend, goer_of(trip)}].push_back(&trip);
    for (const auto& [when_and_who, trips] : stays) event(trips);
    property("END", "VCALENDAR");
    return std::move(out_);
  }

 private:
  void property(std::string_view name, const std::string& value) {
    add_line(out_, std::string(name) + ':' + value);
  }

  std::string description(const data::Team& team, const Trips& trips) const {
    std::string out;
    const auto add = [&out](const std::string& line) { out += (out.empty() ? "" : "\n") + line; };
    if (dataset_.made_up) add(say(language_, "view.watermark"));
    for (const data::Trip* trip : trips) {
      const std::string& commune = dataset_.communes[trip->commune.value].full_name;
      const std::string people = number(language_, trip->people);
      const geo::Date first = days_[static_cast<std::size_t>(trip - plan_.trips.data())];
      const std::string when = days_text(first, trip->days, language_);
      if (trip->phone)
        add(say(language_, "app.handover_event_phone", commune, when, people));
      else
        add(say(language_, "app.handover_event_visit", commune, when,
                number(language_, static_cast<double>(trip->leg.km), 1),
                number(language_, static_cast<double>(trip->leg.hours), 1), people));
    }
    if (trips.front()->pack != data::Pack::nothing)
      add(say(language_, "app.handover_event_pack", pack_name(trips.front()->pack, language_)));
    const data::Trip& first = *trips.front();
    const auto held = kit_.find(goer_of(first));
    for (const KitHeld& kit : held == kit_.end() ? std::vector<KitHeld>() : held->second) {
      if (kit.weekend != first.weekend || kit.own()) continue;
      add(say(language_, "app.handover_event_lender",
              pack_name(kit.router ? data::Pack::router : data::Pack::generator, language_),
              lender_text(basis_, kit, language_)));
    }
    if (team.home.valid())
      add(say(language_, "app.handover_event_home", dataset_.communes[team.home.value].full_name,
              team.members));
    return out;
  }

  void event(const Trips& trips) {
    const data::Trip& first = *trips.front();
    const data::Team& team = dataset_.teams[first.team];
    const data::PlanWeekend& weekend = plan_.weekends[first.weekend];
    std::uint32_t days = 0;
    std::string communes, places;
    for (const data::Trip* trip : trips) {
      days += trip->days;
      const std::string& name = dataset_.communes[trip->commune.value].full_name;
      communes += (communes.empty() ? "" : ", ") + name;
      if (trip->phone) continue;  // its team stays at home
      places += (places.empty() ? "" : "; ") + name;
      if (const auto district = district_name(dataset_, trip->commune); district != "–")
        places += ", " + district;
    }
    if (places.empty() && team.home.valid()) places = dataset_.communes[team.home.value].full_name;
    const std::string home =
        team.home.valid() ? dataset_.communes[team.home.value].code.text : std::string();
    property("BEGIN", "VEVENT");
    const std::string added = first.copy == 0 ? "" : '+' + std::to_string(first.copy);
    std::string uid =
        fingerprint({dataset_.title, (team.id.empty() ? home : std::string(team.id)) + added,
                     team.id.empty() ? team.name : "", geo::iso(weekend.first)});
    // Teams that nothing tells apart still get an entry each.
    const std::string alike = uid;
    for (std::size_t n = 2; !uids_.insert(uid).second; ++n) uid = alike + '-' + std::to_string(n);
    property("UID", uid + "@phusong");
    property("DTSTAMP", stamp_);
    property("DTSTART;VALUE=DATE", day_text(weekend.first));
    property("DTEND;VALUE=DATE", day_text(weekend.first + static_cast<int>(std::max(1U, days))));
    property("SUMMARY", escaped(say(language_, "app.handover_event",
                                    goer_name(dataset_, goer_of(first), language_), communes)));
    if (!places.empty()) property("LOCATION", escaped(places));
    property("DESCRIPTION", escaped(description(team, trips)));
    property("TRANSP", "OPAQUE");
    property("END", "VEVENT");
  }

  const data::PlanBasis& basis_;
  const data::Dataset& dataset_;
  const data::Plan& plan_;
  Language language_;
  std::string stamp_, out_;
  std::vector<geo::Date> days_;  ///< by trip
  std::map<Goer, std::vector<KitHeld>> kit_;
  std::set<std::string> uids_;
};

}  // namespace

std::string calendar_of(const data::PlanBasis& basis, const data::Plan& plan, Language language,
                        std::chrono::sys_seconds stamp) {
  return Calendar(basis, plan, language, stamp).text();
}

}  // namespace app
