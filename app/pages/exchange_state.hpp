#pragma once
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/entry_words.hpp"
#include "data/decisions.hpp"
#include "data/merge.hpp"

/// Packages: what is sent, what came, and what they disagree about.
namespace app::exchange_page {

enum class Part : std::uint8_t { send, receive, inbox };
enum class SendFrom : std::uint8_t { everything, last_time, day };

struct Unit {
  data::UnitKey key;
  std::string name;    ///< "Xã Mường Tùng"
  std::string within;  ///< the district or province it lies in
  std::string search;  ///< both, folded
};
struct ConflictShown {
  data::Conflict conflict;
  std::string record_name;
  std::vector<std::string> authors;        ///< by head
  std::optional<geo::Message> not_ours;    ///< why it is not the author's to decide
  std::optional<geo::Message> value_wish;  ///< what the field may hold
};
struct HeldShown {
  data::Operation operation;
  std::string record_name, author_name;
  geo::Message why;
};
/// What nobody has decided yet.
struct Open {
  std::vector<ConflictShown> conflicts;
  std::vector<HeldShown> held;
  UnitNames names;
};
/// What the workspace holds to be sent and decided.
struct Overview {
  data::UnitKey author;
  std::string author_name;
  bool author_set = false, read_only = false;
  std::size_t operations = 0, since_last = 0;
  std::optional<std::string> last_sent;  ///< UTC
  std::int64_t sent = 0;    ///< the last operation that was sent then, see data::SentSoFar
  std::vector<Unit> units;  ///< those that may be the author
  std::vector<ConflictShown> conflicts;
  std::vector<HeldShown> held;
  UnitNames names;
};
/// What became, or would become, of packages.
struct Received {
  bool preview = true;
  data::Merged merged;
  std::vector<std::string> units;  ///< by file: whose
  std::vector<ConflictShown> conflicts;
  std::vector<HeldShown> held;
  UnitNames names;
};
struct Sent {
  std::filesystem::path file;
  std::size_t operations = 0;
  std::uintmax_t bytes = 0;
  bool is_signed = false;
};

struct State {
  bool asked = false;  ///< a job of the writing lane is on its way
  std::shared_ptr<const Overview> now;
  Part part = Part::send;
  // Sending.
  SendFrom from = SendFrom::everything;
  std::string day;                   ///< as typed
  std::optional<std::string> since;  ///< of that day, UTC
  std::optional<std::size_t> since_count;
  std::filesystem::path key;
  std::optional<Sent> sent;
  bool unit_wanted = false;  ///< another author is being chosen
  std::string unit_words;
  std::vector<std::size_t> units_found;  ///< into Overview::units
  // Receiving.
  std::vector<std::filesystem::path> files;
  std::uint64_t looked = 0;  ///< times; an answer to an older question is void
  std::shared_ptr<const Received> received;
  // Deciding.
  std::size_t conflict = 0;  ///< the one shown
  std::string value, reason;
  bool sure_later = false;  ///< "the later for all" was asked for once
  std::vector<geo::Message> told;

  std::size_t open_conflicts() const { return now ? now->conflicts.size() : 0; }
};

}  // namespace app::exchange_page
