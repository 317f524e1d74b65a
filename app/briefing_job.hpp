#pragma once
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <variant>

#include "app/briefing_command.hpp"
#include "app/loaded.hpp"
#include "geo/error.hpp"

namespace app {

struct ReadBriefings {
  std::filesystem::path workspace;
};
/// Written whole: `after` in the place of `before`. Not where another program made something else
/// of `before` meanwhile.
struct ChangeBriefing {
  std::filesystem::path workspace;
  std::optional<data::Briefing> before, after;
  bool step = false;   ///< of a new one, that the desk has no id of yet
  bool shows = false;  ///< the desk is to show where it changed
};
/// Behind a scene of a briefing; of 0 into the one changed last, or a new one of that name.
/// Written whatever another program made of it meanwhile.
struct AddScene {
  std::filesystem::path workspace;
  std::int64_t briefing = 0;
  std::optional<std::size_t> behind;  ///< empty: at the end
  data::Scene scene;
  std::string name;
  std::optional<data::Briefing> expected = {};  ///< where the desk shows the scene in it already
};
struct DraftBriefing {
  std::shared_ptr<const Loaded> loaded;
  DraftWish wish;
  std::string name;
};
/// A page or a picture for each scene, or the tables behind them; can be stopped, as all exports.
struct ExportBriefing {
  std::shared_ptr<const Loaded> loaded;
  data::Briefing briefing;
  Language language = Language::vietnamese;
  std::filesystem::path to;
};
using BriefingJob = std::variant<ReadBriefings, ChangeBriefing, AddScene, DraftBriefing>;

/// On a job's thread. None can be stopped: the desk counts what it has asked to be written.
BriefingCommand work_on(const BriefingJob& job);
/// What is told where it could not be done.
BriefingCommand failure(const BriefingJob& job, const geo::Error& error);

/// Looked at by opening it. Other errors than that are thrown.
bool is_read_only(const std::filesystem::path& workspace);

/// The same to a person: whenever they were written.
bool same_content(const data::Briefing& a, const data::Briefing& b);
/// Which scene of `after` is not as before; their number where all are.
std::size_t first_difference(const std::optional<data::Briefing>& before,
                             const data::Briefing& after);
/// "Cuộc họp 27/8/2023", else "Cuộc họp 27/8/2023 (2)" …: no other briefing's.
std::string free_name(const std::vector<data::Briefing>& briefings, const std::string& wanted);

}  // namespace app
