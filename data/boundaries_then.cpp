#include "data/boundaries_then.hpp"

#include "data/load.hpp"
#include "data/prepared_land.hpp"
#include "geo/cache_folder.hpp"

namespace data {
namespace {

/// The views of the schema as they were on a day. What is temporary is found before what is in the
/// file, so everything that reads units reads those of that day; taken away again whatever happens.
class ViewsOfDay {
 public:
  ViewsOfDay(Database& database, const std::string& day) : database_(database) {
    {
      Statement row = database_.prepare("PRAGMA query_only");
      read_only_ = row.step() && row.integer(0) != 0;
    }
    drop();
    // For looking only; but views of one's own are no change to the file.
    database_.execute("PRAGMA query_only = OFF");
    database_.execute(
        "CREATE TEMP VIEW current_crosswalk AS SELECT c.* FROM main.crosswalk AS c"
        " WHERE c.changed_on <= '" +
        day +
        "' AND NOT EXISTS (SELECT 1 FROM main.crosswalk AS n"
        " WHERE n.former_id = c.former_id AND n.source_id > c.source_id);"
        "CREATE TEMP VIEW unit_span AS SELECT u.id, u.code, u.level, u.valid_from,"
        " (SELECT date(min(c.changed_on), '-1 day') FROM temp.current_crosswalk AS c"
        " WHERE c.former_id = u.id AND c.unit_id <> u.id) AS valid_to"
        " FROM main.unit AS u WHERE u.valid_from <= '" +
        day +
        "';"
        // What a later decree says of a unit that goes on, a new name first of all.
        "CREATE TEMP VIEW unit_state AS SELECT s.* FROM main.unit_state AS s WHERE NOT EXISTS"
        " (SELECT 1 FROM main.crosswalk AS c WHERE c.former_id = s.unit_id"
        " AND c.unit_id = s.unit_id AND c.source_id = s.source_id AND c.changed_on > '" +
        day +
        "');"
        // Former communes seldom come with a boundary: here they count without one.
        "CREATE TEMP VIEW commune_today AS SELECT u.id, u.code, u.valid_from,"
        " (SELECT s.id FROM temp.unit_state AS s WHERE s.unit_id = u.id"
        " ORDER BY s.geom IS NULL, s.source_id DESC LIMIT 1) AS state_id"
        " FROM temp.unit_span AS u WHERE u.level = 'commune' AND u.valid_to IS NULL"
        " AND EXISTS (SELECT 1 FROM main.unit_state AS s WHERE s.unit_id = u.id)"
        " AND NOT EXISTS (SELECT 1 FROM temp.unit_span AS n WHERE n.code = u.code"
        " AND n.level = u.level AND n.valid_from > u.valid_from AND n.valid_to IS NULL"
        " AND EXISTS (SELECT 1 FROM main.unit_state AS s WHERE s.unit_id = n.id));");
    if (read_only_) database_.execute("PRAGMA query_only = ON");
  }
  ~ViewsOfDay() {
    try {
      drop();
    } catch (...) {  // the connection is of no use any more, which its next user is told
    }
  }
  ViewsOfDay(const ViewsOfDay&) = delete;
  ViewsOfDay& operator=(const ViewsOfDay&) = delete;

 private:
  void drop() {
    database_.execute("PRAGMA query_only = OFF");
    for (const char* view : {"commune_today", "unit_state", "unit_span", "current_crosswalk"})
      database_.execute("DROP VIEW IF EXISTS temp." + std::string(view));
    if (read_only_) database_.execute("PRAGMA query_only = ON");
  }
  Database& database_;
  bool read_only_ = false;
};

}  // namespace

DatasetThen load_then(Workspace& workspace, geo::Date day, const geo::Progress& progress) {
  Database& database = workspace.database();
  DatasetThen out;
  const ViewsOfDay views(database, geo::iso(day));
  const OneMoment moment(database);
  Dataset dataset = load_dataset(database, {}, progress);
  if (day != forever) dataset.boundaries_of = day;
  out.dataset = std::make_shared<const Dataset>(std::move(dataset));
  // The last day is that of today's knowledge, not of that day's.
  Statement row = database.prepare(
      "SELECT t.code, t.valid_from, s.valid_to FROM temp.commune_today AS t"
      " JOIN main.unit_span AS s ON s.id = t.id ORDER BY t.code");
  while (row.step()) {
    UnitDays unit{row.text(0), geo::parse_date(row.text(1)), {}};
    if (!row.is_null(2)) unit.to = geo::parse_date(row.text(2));
    out.days.push_back(std::move(unit));
  }
  return out;
}

std::shared_ptr<const geo::Land> land_then(Workspace& workspace, geo::Date day,
                                           const geo::Progress& progress) {
  Database& database = workspace.database();
  const ViewsOfDay views(database, geo::iso(day));
  const OneMoment moment(database);
  return whole_land(database, progress);
}

std::vector<geo::Date> decree_days(Workspace& workspace) {
  std::vector<geo::Date> out;
  Statement row = workspace.database().prepare(
      "SELECT DISTINCT changed_on FROM current_crosswalk ORDER BY changed_on");
  while (row.step())
    if (const auto day = geo::parse_date(row.text(0))) out.push_back(*day);
  return out;
}

}  // namespace data
