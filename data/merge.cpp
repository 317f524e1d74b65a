#include "data/merge.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "data/author.hpp"
#include "data/load.hpp"
#include "data/operation_text.hpp"

namespace data {
namespace {

using geo::msg;

/// Batches that one sender may have seen and another not.
constexpr std::int64_t most_ahead = 1'000'000;

RefusedPackage refused(const std::filesystem::path& file, geo::Message said, geo::Message remedy) {
  return {file, std::move(said), std::move(remedy)};
}

/// Savepoint of one file: taken back unless done() was called.
class Attempt {
 public:
  explicit Attempt(Database& database) : database_(database) {
    database_.execute("SAVEPOINT file");
  }
  ~Attempt() {
    try {
      if (!done_) database_.execute("ROLLBACK TO file");
      database_.execute("RELEASE file");
    } catch (const geo::Error&) {
      // SQLite has already rolled everything back.
    }
  }
  Attempt(const Attempt&) = delete;
  Attempt& operator=(const Attempt&) = delete;
  void done() { done_ = true; }

 private:
  Database& database_;
  bool done_ = false;
};

class Merge {
 public:
  explicit Merge(Workspace& workspace)
      : workspace_(workspace),
        database_(workspace.database()),
        authority_(database_),
        keys_(registered_keys(database_)),
        held_(database_) {}

  /// False: some bases are not at hand (yet); nothing was taken. Error: refused.
  bool take(MergedFile& file, const Package& package) {
    Operations fresh;
    for (const Operation& operation : package.operations) {
      const auto held = held_.operation(operation.uuid);
      if (!held)
        fresh.push_back(operation);
      else if (operation_bytes(*held) != operation_bytes(operation))
        throw altered(file.file);
    }
    std::map<Uuid, const Operation*> own;
    for (const Operation& operation : fresh) own.emplace(operation.uuid, &operation);
    std::set<Uuid> batches;
    for (const Operation& operation : fresh) {
      if (batches.insert(operation.batch->uuid).second)
        if (const auto batch = held_.batch(operation.batch->uuid);
            batch != nullptr && *batch != *operation.batch)
          throw altered(file.file);
      for (const Uuid& base : operation.bases) {
        const auto found = own.find(base);
        const auto at = found != own.end() ? std::optional(*found->second) : held_.operation(base);
        if (!at) return false;
        if (at->record != operation.record || at->field != operation.field ||
            at->batch->sequence >= operation.batch->sequence)
          throw refused(file.file, msg("data.package_wrong_value", "bases"),
                        msg("data.package_remedy"));
      }
      // The clock of a hostile sender could be set so far ahead that nobody has a number left.
      if (operation.batch->sequence > largest_ + most_ahead)
        throw refused(file.file, msg("data.package_wrong_value", "sequence"),
                      msg("data.package_remedy"));
      check_signature(file.file, operation, package);
    }
    Attempt attempt(database_);
    {
      OperationWriter writer(database_, received_at_);
      for (const Operation& operation : fresh) writer.add(operation);
    }
    attempt.done();
    for (const Operation& operation : fresh) {
      largest_ = std::max(largest_, operation.batch->sequence);
      added_.insert(operation.uuid);
      touched_.insert(operation.record);
    }
    file.added = fresh.size();
    return true;
  }

  void finish(Merged& out) {
    const std::vector<RecordKey> records(touched_.begin(), touched_.end());
    out.added = added_.size();
    write_entries(database_, records);
    if (!records.empty()) write_commune_numbers_of(database_, records);
    Unsettled open = unsettled_of(database_, records);
    out.conflicts = std::move(open.conflicts);
    for (HeldOperation& held : open.held)
      if (added_.contains(held.operation.uuid)) out.held.push_back(std::move(held));
  }

 private:
  static RefusedPackage altered(const std::filesystem::path& file) {
    return refused(file, msg("data.package_altered"), msg("data.package_altered_remedy"));
  }

  /// Where the author or a unit above it has a registered key, one of these keys must have signed.
  /// So it is for authors above one that has: else whoever lacks the key would sign as its
  /// superior. Of an author that is not known here nobody can tell whose key that would be.
  void check_signature(const std::filesystem::path& file, const Operation& operation,
                       const Package& package) {
    const UnitKey& author = operation.batch->author;
    const auto above = [&](const UnitKey& upper, const UnitKey& lower) {
      return upper == lower ||
             (authority_.knows(upper) && authority_.knows(lower) && authority_.above(upper, lower));
    };
    if (!keys_.empty() && !authority_.knows(author))
      throw refused(file, msg("data.package_unknown_author", unit_text(author)),
                    msg("data.package_unknown_author_remedy"));
    const UnitKey* needed = nullptr;
    for (const UnitPublicKey& key : keys_) {
      const bool covers = above(key.unit, author);
      if (covers && package.signed_by && package.signed_by->key == key.key) return;
      if (covers)
        needed = &key.unit;
      else if (needed == nullptr && above(author, key.unit))
        needed = &author;
    }
    if (needed == nullptr) return;
    const std::string name = unit_name(workspace_, *needed);
    throw refused(file,
                  package.signed_by ? msg("data.package_other_key", name)
                                    : msg("data.package_not_signed", name),
                  msg("data.package_key_remedy", name));
  }

  Workspace& workspace_;
  Database& database_;
  Authority authority_;
  std::vector<UnitPublicKey> keys_;
  std::string received_at_ = utc_now();
  std::int64_t largest_ = largest_sequence(database_);
  OperationFinder held_;
  std::set<Uuid> added_;
  std::set<RecordKey> touched_;
};

}  // namespace

bool Merged::refused() const {
  return std::any_of(files.begin(), files.end(), [](const auto& f) { return f.refused; });
}

Merged merge(Workspace& workspace, std::span<const std::filesystem::path> files,
             const MergeOptions& options, const geo::Progress& progress) {
  Merged out;
  out.files.resize(files.size());
  // Read before the workspace is locked: that may take a while.
  std::vector<std::size_t> open;
  std::vector<Package> packages(files.size());
  for (std::size_t i = 0; i < files.size(); ++i) {
    progress.at(0.5 * static_cast<double>(i) / static_cast<double>(files.size()),
                msg("data.doing_merge"));
    MergedFile& file = out.files[i];
    file.file = files[i];
    try {
      packages[i] = read_package(files[i]);
      file.operations = packages[i].operations.size();
      Operations operations = std::exchange(packages[i].operations, {});
      file.package = packages[i];
      packages[i].operations = std::move(operations);
      open.push_back(i);
    } catch (const geo::Error& error) {
      file.refused = error;
    }
  }
  Transaction transaction(workspace.database());
  Merge merge(workspace);
  // A file may stand on what another one brings: those that cannot be taken yet are tried again.
  for (bool again = true; again && !open.empty();) {
    again = false;
    std::vector<std::size_t> waiting;
    for (const std::size_t i : open) {
      progress.at(0.5, msg("data.doing_merge"));
      try {
        if (merge.take(out.files[i], packages[i]))
          again = true;
        else
          waiting.push_back(i);
      } catch (const RefusedPackage& error) {  // others are the workspace's trouble
        out.files[i].refused = error;
      }
    }
    open = std::move(waiting);
  }
  for (const std::size_t i : open)
    out.files[i].refused =
        refused(files[i], msg("data.package_incomplete"), msg("data.package_incomplete_remedy"));
  progress.at(0.8, msg("data.doing_merge"));
  merge.finish(out);
  if (!options.preview) transaction.commit();
  return out;
}

namespace {

/// The latest row of a unit counts; a key withdrawn is none.
void write_key(Workspace& workspace, const UnitKey& unit, const PublicKey& key, bool withdrawn) {
  Transaction transaction(workspace.database());
  workspace.database()
      .prepare(
          "INSERT INTO unit_key (unit_level, unit_code, unit_valid_from, public_key, withdrawn,"
          " decided_by, decided_at) VALUES (?, ?, ?, ?, ?, ?, ?)")
      .bind(1, level_word(unit.level))
      .bind(2, unit.code)
      .bind(3, unit.valid_from)
      .bind_blob(4, key)
      .bind(5, withdrawn ? 1 : 0)
      .bind(6, account_name())
      .bind(7, utc_now())
      .run();
  transaction.commit();
}

}  // namespace

void register_key(Workspace& workspace, const UnitKey& unit, const PublicKey& key) {
  write_key(workspace, unit, key, false);
}
void withdraw_key(Workspace& workspace, const UnitKey& unit) {
  write_key(workspace, unit, PublicKey{}, true);
}

std::vector<UnitPublicKey> registered_keys(Database& database) {
  std::vector<UnitPublicKey> out;
  Statement row = database.prepare(
      "SELECT unit_level, unit_code, unit_valid_from, public_key FROM unit_key AS k"
      " WHERE withdrawn = 0 AND NOT EXISTS (SELECT 1 FROM unit_key AS n"
      "  WHERE n.unit_level = k.unit_level AND n.unit_code = k.unit_code"
      "  AND n.unit_valid_from = k.unit_valid_from AND n.id > k.id) ORDER BY id");
  while (row.step()) {
    UnitPublicKey key;
    key.unit = {unit_level_by_word(row.text(0)).value_or(geo::UnitLevel::commune), row.text(1),
                row.text(2)};
    const auto bytes = row.blob(3);
    std::copy_n(bytes.begin(), std::min(bytes.size(), key.key.size()), key.key.begin());
    out.push_back(std::move(key));
  }
  return out;
}

}  // namespace data
