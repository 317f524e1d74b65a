#include "data/place_records.hpp"

#include <algorithm>
#include <cstring>
#include <limits>
#include <set>
#include <string>
#include <vector>

#include "data/snapshot.hpp"
#include "geo/cache_folder.hpp"
#include "geo/mapped_file.hpp"
#include "geo/unit.hpp"

namespace data {
namespace {

constexpr char magic[8] = {'p', 's', 'p', 'l', 'a', 'c', 'e', 's'};
constexpr std::uint32_t version = 2;
constexpr const char* name = "places";
constexpr double unknown = std::numeric_limits<double>::quiet_NaN();

struct Header {
  char mark[8] = {};
  std::uint32_t version = 0, byte_order = 0;
  std::uint64_t size = 0, sum = 0;  ///< of the file; over all of it, with this one 0
  std::int64_t stamp = 0, last_settlement = 0, last_team = 0;
  std::uint64_t sources = 0, settlements = 0, teams = 0, text = 0;
};

struct Own {
  std::vector<SettlementRecord> settlements;
  std::vector<TeamRecord> teams;
  std::string text;
  std::set<std::int64_t> sources;
};

std::int64_t id_or_zero(const Statement& row, int column) {
  return row.is_null(column) ? 0 : row.integer(column);
}

std::int32_t day_of(const Statement& row, int column, const Database& database) {
  if (row.is_null(column)) return no_day;
  return static_cast<std::int32_t>(
      stored_date(row, column, database).day.time_since_epoch().count());
}

/// Words that many rows share are kept once.
class Texts {
 public:
  explicit Texts(std::string& all) : all_(all) {}
  TextAt keep(const std::string& text) {
    const TextAt at{static_cast<std::uint32_t>(all_.size()),
                    static_cast<std::uint32_t>(text.size())};
    all_ += text;
    return at;
  }
  TextAt word(const std::string& text) {
    for (const TextAt& known : words_)
      if (std::string_view(all_).substr(known.first, known.size) == text) return known;
    const TextAt at = keep(text);
    if (words_.size() < 32) words_.push_back(at);
    return at;
  }

 private:
  std::string& all_;
  std::vector<TextAt> words_;
};

template <std::size_t N>
std::uint32_t by_word(const std::string& word, const std::string_view (&words)[N]) {
  for (std::uint32_t i = 0; i < N; ++i)
    if (word == words[i]) return i;
  return 0;
}

/// Of a code its latest row counts, so that all of its rows are looked at.
std::string of_some_units(const std::string& table) {
  return " WHERE code IN (SELECT code FROM " + table + " WHERE unit_id IN temp.some_unit UNION" +
         " SELECT code FROM " + table + " WHERE former_unit_id IN temp.some_unit)";
}

void read_settlements(Database& database, Own& own, const std::string& which = {}) {
  constexpr std::string_view electricity[] = {"", "grid", "offgrid", "none"};
  constexpr std::string_view signal[] = {"", "good", "weak", "none"};
  Texts texts(own.text);
  // Of a code the row of the latest source counts: the last one in this order.
  Statement row = database.prepare(
      "SELECT code, name, kind, unit_id, former_unit_id, X(geom), Y(geom), households, residents,"
      " eligible, electricity, signal, smartphone_share, own_sim_share, away_share, road,"
      " source_id, source_row, electricity_as_of, electricity_source, signal_as_of, signal_source"
      " FROM settlement" +
      which + " ORDER BY code, source_id");
  while (row.step()) {
    const std::string code = row.text(0);
    const auto last = [&] {
      const TextAt at = own.settlements.back().code;
      return std::string_view(own.text).substr(at.first, at.size);
    };
    const bool again = !own.settlements.empty() && last() == code;
    SettlementRecord s;
    s.code = again ? own.settlements.back().code : texts.keep(code);
    s.name = texts.keep(row.text(1));
    s.kind = texts.word(row.text(2));
    s.unit = id_or_zero(row, 3);
    s.former_unit = id_or_zero(row, 4);
    const auto share = [&](int column) { return row.maybe_real(column).value_or(unknown); };
    const auto count = [&](int column) {
      return row.maybe_integer(column).value_or(SettlementRecord::missing);
    };
    s.lon = share(5);
    s.lat = share(6);
    s.households = count(7);
    s.residents = count(8);
    s.eligible = count(9);
    s.electricity = by_word(row.text(10), electricity);
    s.signal = by_word(row.text(11), signal);
    s.smartphone = share(12);
    s.own_sim = share(13);
    s.away = share(14);
    s.road = texts.word(row.text(15));
    s.source = row.integer(16);
    s.row = row.integer(17);
    s.electricity_as_of = day_of(row, 18, database);
    s.electricity_source = texts.word(row.text(19));
    s.signal_as_of = day_of(row, 20, database);
    s.signal_source = texts.word(row.text(21));
    own.sources.insert(s.source);
    if (again)
      own.settlements.back() = s;
    else
      own.settlements.push_back(s);
  }
}

void read_teams(Database& database, Own& own, const std::string& which = {}) {
  Texts texts(own.text);
  Statement row = database.prepare(
      "SELECT code, name, kind, level, unit_id, former_unit_id, members, union_members, generator,"
      " mobile_router, vehicle, source_id, source_row, closed_on, lon, lat FROM current_team" +
      which + " ORDER BY code");
  while (row.step()) {
    TeamRecord t;
    t.code = texts.keep(row.text(0));
    t.name = texts.keep(row.text(1));
    t.kind = texts.word(row.text(2));
    const std::string level = row.text(3);
    t.level = static_cast<std::uint32_t>(level == "province"   ? geo::UnitLevel::province
                                         : level == "district" ? geo::UnitLevel::district
                                                               : geo::UnitLevel::commune);
    t.unit = id_or_zero(row, 4);
    t.former_unit = id_or_zero(row, 5);
    t.members = id_or_zero(row, 6);
    t.union_members = id_or_zero(row, 7);
    t.generator = id_or_zero(row, 8) > 0 ? 1 : 0;
    t.mobile_router = id_or_zero(row, 9) > 0 ? 1 : 0;
    t.vehicle = texts.word(row.text(10));
    t.source = row.integer(11);
    t.row = row.integer(12);
    t.closed_on = day_of(row, 13, database);
    t.lon = row.maybe_real(14).value_or(unknown);
    t.lat = row.maybe_real(15).value_or(unknown);
    own.sources.insert(t.source);
    own.teams.push_back(t);
  }
}

/// Takes `count` of them off the front; false: there are not so many.
template <class T>
bool take(std::span<const std::byte>& rest, std::span<const T>& values, std::uint64_t count) {
  if (count > rest.size() / sizeof(T)) return false;
  values = {reinterpret_cast<const T*>(rest.data()), count};
  rest = rest.subspan(count * sizeof(T));
  return true;
}

std::optional<PlaceRecords> from_file(const geo::SharedBytes& file, const Header& now,
                                      std::span<const SourceToken> tokens) {
  Header header;
  if (file.bytes.size() < sizeof header) return std::nullopt;
  std::memcpy(&header, file.bytes.data(), sizeof header);
  if (std::memcmp(header.mark, magic, sizeof magic) != 0 || header.version != version ||
      header.byte_order != snapshot_byte_order || header.size != file.bytes.size() ||
      header.stamp != now.stamp || header.last_settlement != now.last_settlement ||
      header.last_team != now.last_team)
    return std::nullopt;
  const std::uint64_t said = header.sum;
  header.sum = 0;
  auto rest = file.bytes.subspan(sizeof header);
  if (snapshot_sum(snapshot_sum(0, std::as_bytes(std::span(&header, 1))), rest) != said)
    return std::nullopt;
  PlaceRecords out;
  std::span<const SourceToken> sources;
  std::span<const char> text;
  if (!take(rest, sources, header.sources) || !take(rest, out.settlements, header.settlements) ||
      !take(rest, out.teams, header.teams) || !take(rest, text, header.text) || !rest.empty() ||
      !all_stand(sources, tokens))
    return std::nullopt;
  out.text = {text.data(), text.size()};
  out.memory = file.memory;
  return out;
}

bool write_file(const PlaceRecords& places, Header header, std::span<const SourceToken> sources,
                const std::filesystem::path& cache, const std::string& key) {
  std::memcpy(header.mark, magic, sizeof magic);
  header.version = version;
  header.byte_order = snapshot_byte_order;
  header.sources = sources.size();
  header.settlements = places.settlements.size();
  header.teams = places.teams.size();
  header.text = places.text.size();
  const std::span<const std::byte> parts[] = {
      std::as_bytes(std::span(&header, 1)), std::as_bytes(sources),
      std::as_bytes(places.settlements), std::as_bytes(places.teams),
      std::as_bytes(std::span(places.text))};
  for (const auto& part : parts) header.size += part.size();
  std::uint64_t sum = 0;
  for (const auto& part : parts) sum = snapshot_sum(sum, part);
  header.sum = sum;
  return !geo::write_cache_file(cache, key, name, parts);
}

}  // namespace

PlaceRecords read_places(Database& database, const SnapshotUse& use) {
  const std::filesystem::path& cache = use.cache;
  static_assert(sizeof(SettlementRecord) % 8 == 0 && sizeof(TeamRecord) % 8 == 0);
  Header now;
  now.stamp = snapshot_stamp(database, "places");
  now.last_settlement = one_number(database, "SELECT max(id) FROM settlement");
  now.last_team = one_number(database, "SELECT max(id) FROM team");
  const auto tokens = source_tokens(database);
  const std::string key = snapshot_key("places", now.stamp);
  if (!cache.empty())
    if (auto kept = from_file(geo::map_file(cache / key / name), now, tokens)) {
      geo::touch_cache(cache, key);
      return *kept;
    }

  const auto own = std::make_shared<Own>();
  read_settlements(database, *own);
  read_teams(database, *own);
  PlaceRecords out;
  out.settlements = own->settlements;
  out.teams = own->teams;
  out.text = own->text;
  out.memory = own;
  out.rows_read = own->settlements.size() + own->teams.size();
  if (use.may_keep && !cache.empty() && out.rows_read >= use.least_rows)
    if (const auto held = tokens_of(own->sources, tokens))
      if (write_file(out, now, *held, cache, key)) geo::trim_cache(cache, key);
  return out;
}

PlaceRecords read_some_places(Database& database) {
  const auto own = std::make_shared<Own>();
  read_settlements(database, *own, of_some_units("settlement"));
  read_teams(database, *own, of_some_units("team"));
  PlaceRecords out;
  out.settlements = own->settlements;
  out.teams = own->teams;
  out.text = own->text;
  out.memory = own;
  out.rows_read = own->settlements.size() + own->teams.size();
  return out;
}

}  // namespace data
