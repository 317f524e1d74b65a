#pragma once
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "data/database.hpp"
#include "data/dataset.hpp"
#include "geo/issue.hpp"
#include "geo/progress.hpp"

namespace data {

/// One import, as `history` shows it.
struct Source {
  std::int64_t id = 0;
  std::string kind;  ///< boundaries, crosswalk, settlements, teams, reports, targets, figures,
                     ///< roads, elevation
  std::string file, sheet;  ///< as given by the person
  std::string imported_at;  ///< UTC, ISO 8601
  std::string imported_by;  ///< account name on the computer
  std::int64_t rows = 0;    ///< rows it added or changed
};

class Workspace;

/// What every import does inside its one Transaction: begin_source, its rows, end_source. Answers
/// the new Source's id; who and when are taken from the computer.
std::int64_t begin_source(Workspace& workspace, const std::string& kind, const std::string& file,
                          const std::string& sheet = {});
/// Keeps the issues with the source, writes its number of rows, measures the areas of boundaries
/// that have none yet, and brings commune_number up to date (write_commune_numbers).
void end_source(Workspace& workspace, std::int64_t source, std::int64_t rows,
                const geo::Issues& issues);
/// The numbers of every commune of today at the latest report date, written for other programs to
/// read (the map_commune view). Call inside the Transaction that changed something.
void write_commune_numbers(Workspace& workspace);

/// The SpatiaLite file. Opening checks application_id and migrates older schema versions (in one
/// transaction); a newer one, or a file that is not ours, is an Error and is not touched.
class Workspace {
 public:
  static Workspace create(const std::filesystem::path& file);  ///< Error when the file exists
  static Workspace open(const std::filesystem::path& file, OpenMode mode = OpenMode::read_write);
  /// For looking only, also on a disk that cannot be written. One with an older schema is brought
  /// up to date first where it can be, else an Error says so.
  static Workspace open_for_reading(const std::filesystem::path& file);
  /// What every import command does: open it, or create it when there is none.
  static Workspace open_or_create(const std::filesystem::path& file);

  Database& database() { return database_; }
  const std::filesystem::path& file() const { return database_.file(); }

  std::optional<std::string> setting(const std::string& key);
  void set_setting(const std::string& key,
                   const std::string& value);  ///< "map_crs", "made_up", "title"

  std::vector<Source> sources();  ///< the imports, in order
  geo::Issues issues();           ///< those kept with the imports, newest import first

  /// A snapshot of everything shown. Linear in rows. May run on another thread with its own
  /// Workspace.
  std::shared_ptr<const Dataset> load(const geo::Progress& progress = {});

 private:
  explicit Workspace(Database database);
  Database database_;
};

}  // namespace data
