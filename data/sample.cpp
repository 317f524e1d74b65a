#include "data/sample.hpp"

#include <algorithm>
#include <optional>
#include <string_view>
#include <system_error>
#include <utility>

#include "data/sample_province.hpp"
#include "data/sample_reports.hpp"
#include "data/wkb.hpp"
#include "data/workspace.hpp"
#include "geo/crs.hpp"
#include "geo/random.hpp"

namespace data {
namespace {

using geo::msg;
using geo::Progress;
using geo::Random;

constexpr const char* file_name = "dữ liệu mẫu (bịa)";
constexpr const char* province_name = "Suối Mây";
constexpr const char* former_end = "2025-07-01";  // first day of the communes of today

/// Writes a province row by row; ids of units are counted here, so that they are known before.
class Writer {
 public:
  Writer(Workspace& workspace, const SampleOptions& options, SampleProvince& province)
      : w_(workspace), db_(workspace.database()), o_(options), p_(province) {}

  void write(const Progress& progress) {
    Transaction transaction(db_);
    settings();
    units(progress.part(0, 0.3));
    crosswalk();
    settlements(progress.part(0.3, 0.5));
    teams();
    reports(progress.part(0.5, 0.9));
    targets();
    progress.at(0.9, msg("data.sample_numbers"));
    figures();
    const auto made_up = o_.clean ? msg("data.sample_made_up_clean") : msg("data.sample_made_up");
    end_source(w_, source_, row_ - 1,
               {{geo::Severity::info, made_up, file_name, {}, {}, {}, {}, {}}});
    transaction.commit();
  }

 private:
  /// The rows that follow come from a sheet of this name; row 1 is its heading.
  void begin(const char* kind, const char* sheet) {
    finish();
    source_ = begin_source(w_, kind, file_name, sheet);
    row_ = 1;
  }
  void finish() {
    // Like end_source, but without working out the numbers of all communes once more each time.
    if (source_ == 0) return;
    db_.prepare("UPDATE source SET rows = ? WHERE id = ?").bind(1, row_ - 1).bind(2, source_).run();
  }

  static std::int64_t province_id() { return 1; }
  static std::int64_t district_id(std::uint32_t d) { return 2 + std::int64_t{d}; }
  std::int64_t reporter_id(std::uint32_t r) const {
    return district_id(p_.land.district_count) + std::int64_t{r};
  }
  /// A commune that was never merged is the same unit as before, and reports itself.
  std::int64_t commune_id(std::uint32_t c) const {
    if (p_.communes[c].reporters == 1) return reporter_id(p_.communes[c].first_reporter);
    return reporter_id(static_cast<std::uint32_t>(p_.reporters.size())) + std::int64_t{c};
  }

  void settings() {
    w_.set_setting("made_up", "1");
    w_.set_setting("title", "Tỉnh Suối Mây (dữ liệu mẫu, không có thật)");
    geo::LonLat low = p_.land.sites.front().front();
    geo::LonLat high = low;
    for (const auto& shape : p_.land.communes) {
      for (const geo::LonLat p : shape.front().outer) {
        low = {std::min(low.lon, p.lon), std::min(low.lat, p.lat)};
        high = {std::max(high.lon, p.lon), std::max(high.lat, p.lat)};
      }
    }
    w_.set_setting("map_crs", std::to_string(geo::suggest_map_crs(low, high).epsg));
  }

  void units(const Progress& progress) {
    begin("boundaries", "đơn vị hành chính");
    Statement unit =
        db_.prepare("INSERT INTO unit (id, code, level, valid_from) VALUES (?, ?, ?, ?)");
    Statement state = db_.prepare(
        "INSERT INTO unit_state (unit_id, source_id, source_row, name, full_name, kind, parent_id,"
        " former_district_id, published_area_km2, published_population, area_m2, geom)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, GeomFromWKB(?, 4326))");
    const auto name = [&](std::int64_t id, const std::string& kind, const std::string& plain) {
      state.bind(1, id).bind(2, source_).bind(3, ++row_).bind(4, plain);
      state.bind(5, sample_full_name(kind, plain)).bind(6, kind);
      for (int i = 7; i <= 12; ++i) state.bind_null(i);
    };
    const auto add = [&](std::int64_t id, const std::string& code, const char* level,
                         const char* from) {
      unit.bind(1, id).bind(2, code).bind(3, level).bind(4, from).run();
    };

    add(province_id(), "99", "province", "");
    name(province_id(), "tỉnh", province_name);
    state.run();
    for (std::uint32_t d = 0; d < p_.land.district_count; ++d) {
      add(district_id(d), std::to_string(9001 + d), "district", "");
      name(district_id(d), sample_district_kind(d), p_.district_names[d]);
      state.bind(7, province_id()).run();
    }
    for (std::uint32_t r = 0; r < p_.reporters.size(); ++r) {
      const SampleReporter& reporter = p_.reporters[r];
      add(reporter_id(r), reporter.code, "commune", "");
      if (!reporter.former) continue;  // the commune of today follows, with its boundary
      name(reporter_id(r), reporter.kind, reporter.name);
      state.bind(7, province_id())
          .bind(8, district_id(p_.communes[reporter.commune].district))
          .run();
    }
    for (std::uint32_t c = 0; c < p_.communes.size(); ++c) {
      const SampleCommune& commune = p_.communes[c];
      if (c % 64 == 0)
        progress.at(1.0 * c / static_cast<double>(p_.communes.size()), msg("data.sample_writing"));
      if (commune.reporters > 1) add(commune_id(c), commune.code, "commune", former_end);
      name(commune_id(c), commune.kind, commune.name);
      state.bind(7, province_id()).bind(8, district_id(commune.district));
      state.bind(9, static_cast<double>(static_cast<std::int64_t>(commune.area_m2 / 1e4)) / 100);
      state.bind(10, commune.published_population).bind(11, commune.area_m2);
      state.bind_blob(12, to_wkb(p_.land.communes[c])).run();
    }
  }

  void crosswalk() {
    begin("crosswalk", "xã cũ và xã nay");
    Statement row = db_.prepare(
        "INSERT INTO crosswalk (former_id, unit_id, part, changed_on, source_id, source_row)"
        " VALUES (?, ?, ?, ?, ?, ?)");
    for (std::uint32_t r = 0; r < p_.reporters.size(); ++r) {
      const SampleReporter& reporter = p_.reporters[r];
      if (!reporter.former) continue;
      const auto add = [&](std::uint32_t commune) {
        row.bind(1, reporter_id(r)).bind(2, commune_id(commune));
        row.bind(3, reporter.split_to ? "part" : "whole").bind(4, former_end);
        row.bind(5, source_).bind(6, ++row_).run();
      };
      add(reporter.commune);
      if (reporter.split_to) add(*reporter.split_to);
    }
  }

  void settlements(const Progress& progress) {
    begin("settlements", "thôn, bản");
    Statement row = db_.prepare(
        "INSERT INTO settlement (code, name, kind, unit_id, former_unit_id, households, residents,"
        " eligible, electricity, signal, smartphone_share, own_sim_share, away_share, road,"
        " source_id, source_row, geom)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, MakePoint(?, ?, 4326))");
    std::uint32_t commune = UINT32_MAX;
    std::uint32_t number = 0;
    for (std::size_t k = 0; k < p_.settlements.size(); ++k) {
      if (k % 4096 == 0) {
        progress.at(static_cast<double>(k) / static_cast<double>(p_.settlements.size()),
                    msg("data.sample_writing"));
      }
      const SampleSettlement& s = p_.settlements[k];
      if (s.commune != std::exchange(commune, s.commune)) number = 0;
      ++number;
      const std::string digits = std::to_string(number);
      row.bind(1, p_.communes[s.commune].code + (number < 10 ? "-0" : "-") + digits);
      row.bind(2, s.name).bind(3, s.kind).bind(4, commune_id(s.commune));
      if (p_.reporters[s.reporter].former) {
        row.bind(5, reporter_id(s.reporter));
      } else {
        row.bind_null(5);
      }
      row.bind(6, s.households).bind(7, s.residents).bind(8, s.eligible);
      const auto known = [&](int i, const std::string& text) {
        if (text.empty()) {
          row.bind_null(i);
        } else {
          row.bind(i, text);
        }
      };
      known(9, s.electricity);
      known(10, s.signal);
      row.bind(11, s.smartphone / 1000.0).bind(12, s.own_sim / 1000.0).bind(13, s.away / 1000.0);
      row.bind(14, s.road).bind(15, source_).bind(16, ++row_).bind(17, s.at.lon).bind(18, s.at.lat);
      row.run();
    }
  }

  void teams() {
    begin("teams", "tổ, đội");
    Statement row = db_.prepare(
        "INSERT INTO team (code, name, level, kind, unit_id, former_unit_id, members,"
        " union_members, established_on, generator, mobile_router, vehicle, source_id, source_row)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    Random random(o_.seed ^ 0x7ea35U);
    using Id = std::optional<std::int64_t>;
    const auto add = [&](const std::string& code, const std::string& name, const char* level,
                         Id unit, Id former, double kit) {
      const bool squad = std::string_view(level) != "commune";
      const std::int64_t members = random.between(5, 9);
      const geo::Date since = sample_week_end(0, 1) + -static_cast<int>(random.between(200, 900));
      row.bind(1, code).bind(2, name).bind(3, level);
      row.bind(4, squad ? "volunteer_squad" : "community_digital_team");
      row.bind(5, unit).bind(6, former);
      row.bind(7, members).bind(8, squad ? members : random.between(1, 2)).bind(9, geo::iso(since));
      row.bind(10, random.chance(kit) ? 1 : 0).bind(11, random.chance(kit) ? 1 : 0);
      row.bind(12, random.chance(0.2) ? "car" : "motorbike").bind(13, source_).bind(14, ++row_);
      row.run();
      members_ += members;
      ++teams_;
    };
    const auto count = static_cast<std::uint32_t>(p_.communes.size());
    for (std::uint32_t k = 0; k < (count < 10 ? 1U : 6U); ++k) {
      add("P" + std::to_string(k + 1),
          "Đội tình nguyện chuyển đổi số cấp tỉnh " + std::to_string(k + 1), "province",
          commune_id(p_.land.capital), {}, 1);
    }
    std::uint32_t squads = 0;
    std::uint32_t squads_of_district = 0;
    for (std::uint32_t c = 0; c < count; ++c) {
      const std::uint32_t d = p_.communes[c].district;
      if (c > 0 && p_.communes[c - 1].district != d) squads_of_district = 0;
      if (squads_of_district > 0 && !random.chance(0.35)) continue;
      ++squads_of_district;
      add("D" + std::to_string(++squads),
          "Đội hình thanh niên tình nguyện " +
              sample_full_name(sample_district_kind(d), p_.district_names[d]) + ' ' +
              std::to_string(squads_of_district),
          "district", commune_id(c), {}, 0.15);
    }
    std::uint32_t lost = o_.clean ? 0 : std::max(1U, (count + 30) / 60);
    for (std::uint32_t r = 0; r < p_.reporters.size(); ++r) {
      const SampleReporter& reporter = p_.reporters[r];
      const std::string name =
          "Tổ công nghệ số cộng đồng " + sample_full_name(reporter.kind, reporter.name);
      const Id former = reporter.former ? Id(reporter_id(r)) : Id();
      add("C" + std::to_string(r + 1), name, "commune", commune_id(reporter.commune), former, 0.08);
      if (lost == 0 || r % 12 != 7 % p_.reporters.size()) continue;
      --lost;
      add("X" + std::to_string(r + 1), "Tổ công nghệ số cộng đồng chưa rõ xã", "commune", {}, {},
          0);
      ++p_.defects.team_without_commune;
    }
    const auto more = static_cast<std::size_t>(std::max<std::int64_t>(0, o_.teams - teams_));
    for (std::size_t k = 0; k < more; ++k) {
      const SampleSettlement& s = p_.settlements[k * p_.settlements.size() / more];
      const SampleReporter& reporter = p_.reporters[s.reporter];
      const Id former = reporter.former ? Id(reporter_id(s.reporter)) : Id();
      add("S" + std::to_string(k + 1), "Tổ công nghệ số cộng đồng " + s.name, "commune",
          commune_id(s.commune), former, 0.02);
    }
  }

  void reports(const Progress& progress) {
    begin("reports", "báo cáo tuần");
    Statement row = db_.prepare(
        "INSERT INTO report (unit_id, date, eligible, installed, activated_l1, activated_l2,"
        " sessions, reached, source_id, source_row) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    std::vector<std::string> dates;
    for (std::uint32_t w = 0; w < o_.weeks; ++w) {
      dates.push_back(geo::iso(sample_week_end(w, o_.weeks)));
    }
    for (std::uint32_t c = 0; c < p_.communes.size(); ++c) {
      if (c % 64 == 0)
        progress.at(1.0 * c / static_cast<double>(p_.communes.size()), msg("data.sample_writing"));
      const SampleCommune& commune = p_.communes[c];
      const std::uint32_t last = commune.first_reporter + commune.reporters;
      // A mistake is made by one office, the largest; silence and eagerness go for the commune.
      std::uint32_t largest = commune.first_reporter;
      for (std::uint32_t r = largest; r < last; ++r) {
        if (p_.reporters[r].eligible > p_.reporters[largest].eligible) largest = r;
      }
      const bool whole = commune.flaw == SampleFlaw::silent ||
                         commune.flaw == SampleFlaw::above_target ||
                         commune.flaw == SampleFlaw::never_reported;
      for (std::uint32_t r = commune.first_reporter; r < last; ++r) {
        const SampleFlaw flaw = whole || r == largest ? commune.flaw : SampleFlaw::none;
        const std::uint64_t seed = o_.seed ^ geo::spread_bits(r + 1);
        for (const SampleReport& report : sample_reports(p_.reporters[r], flaw, o_.weeks, seed)) {
          row.bind(1, reporter_id(r)).bind(2, dates[report.week]).bind(3, report.eligible);
          row.bind(4, report.installed).bind(5, report.activated_l1).bind(6, report.activated_l2);
          row.bind(7, report.sessions).bind(8, report.reached);
          row.bind(9, source_).bind(10, ++row_).run();
        }
      }
    }
  }

  void targets() {
    begin("targets", "chỉ tiêu");
    Statement row = db_.prepare(
        "INSERT INTO target (unit_id, indicator, due, share, source_id, source_row)"
        " VALUES (?, ?, '2025-12-31', ?, ?, ?)");
    const auto add = [&](std::int64_t unit, const char* indicator, double share) {
      row.bind(1, unit).bind(2, indicator).bind(3, share).bind(4, source_).bind(5, ++row_).run();
    };
    for (std::uint32_t d = 0; d < p_.land.district_count; ++d) {
      add(district_id(d), "activation_l2", d == 0 && p_.land.district_count > 1 ? 0.85 : 0.6);
    }
    add(province_id(), "activation_l1", 0.7);
    add(province_id(), "installed", 0.8);
  }

  /// What newspapers would have printed: rounded, late, and not always agreeing.
  void figures() {
    begin("figures", "số liệu công bố");
    Statement row = db_.prepare(
        "INSERT INTO figure (scope_level, scope, indicator, value, qualifier, measure, as_of, kind,"
        " document, note, unit_id, source_id, source_row)"
        " VALUES ('province', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    struct Line {
      const char *indicator, *qualifier, *measure, *as_of, *kind, *document, *note;
      std::int64_t value;
    };
    const auto up = [](std::int64_t n) { return (n / 10 + 1) * 10; };  // "gần 20" for 12 … 19
    const auto dark = std::count_if(p_.settlements.begin(), p_.settlements.end(),
                                    [](const auto& s) { return s.electricity == "none"; });
    constexpr const char* paper1 = "Báo mẫu số 1 (bịa)";
    constexpr const char* paper2 = "Báo mẫu số 2 (bịa)";
    const Line lines[] = {
        {"community_digital_teams", "nearly", "team", "2025-06-29", "cumulative", paper1, "",
         up(teams_)},
        {"community_digital_teams", "exact", "team", "2025-06-29", "cumulative", paper2,
         "khác báo mẫu số 1", teams_ - teams_ / 8 - 1},
        {"team_members", "more_than", "person", "2025-06-29", "cumulative", paper1, "",
         members_ / 10 * 10},
        {"settlements_without_grid_electricity", "nearly", "settlement", "2025-06-29", "state",
         paper1, "", up(dark)},
        {"settlements_without_grid_electricity", "exact", "settlement", "2025-06-29", "state",
         paper2, "khác báo mẫu số 1", dark / 2},
        {"communes_with_teams", "exact", "commune", "2025-06-29", "cumulative", paper2, "",
         static_cast<std::int64_t>(p_.communes.size())},
    };
    for (const Line& l : lines) {
      const bool contradicts = *l.note != 0;
      if (o_.clean && contradicts) continue;
      row.bind(1, std::string("Tỉnh ") + province_name).bind(2, l.indicator);
      row.bind(3, static_cast<double>(l.value)).bind(4, l.qualifier).bind(5, l.measure);
      row.bind(6, l.as_of).bind(7, l.kind).bind(8, l.document).bind(9, l.note);
      row.bind(10, province_id()).bind(11, source_).bind(12, ++row_).run();
    }
    p_.defects.rival_figures = o_.clean ? 0 : 2;
  }

  Workspace& w_;
  Database& db_;
  const SampleOptions& o_;
  SampleProvince& p_;
  std::int64_t source_ = 0, row_ = 1;
  std::int64_t teams_ = 0, members_ = 0;
};

}  // namespace

SampleDefects write_sample(const std::filesystem::path& file, const SampleOptions& options,
                           const Progress& progress) {
  if (options.weeks < 1 || options.weeks > 520) {
    throw geo::Error(geo::ErrorKind::usage, msg("data.sample_weeks", options.weeks), "--weeks",
                     msg("data.sample_weeks_remedy"));
  }
  const std::uint64_t communes = options.communes, settlements = options.settlements;
  if (settlements != 0 && (settlements < 4 * communes || settlements > 40 * communes)) {
    throw geo::Error(geo::ErrorKind::usage, msg("data.sample_settlements", settlements, communes),
                     "--settlements",
                     msg("data.sample_settlements_remedy", 4 * communes, 40 * communes));
  }
  std::optional<Workspace> workspace = Workspace::create(file);
  try {
    SampleProvince province = make_sample_province(options, progress.part(0, 0.3));
    Writer(*workspace, options, province).write(progress.part(0.3, 1));
    progress.at(1, msg("data.sample_numbers"));
    return province.defects;
  } catch (...) {
    workspace.reset();
    std::error_code ignored;
    for (const char* tail : {"", "-wal", "-shm", "-journal"}) {
      std::filesystem::path part = file;
      std::filesystem::remove(part += tail, ignored);
    }
    throw;
  }
}

}  // namespace data
