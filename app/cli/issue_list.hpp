#pragma once
#include <optional>
#include <string>
#include <vector>

#include "app/language.hpp"
#include "data/judgement.hpp"
#include "data/quality.hpp"
#include "geo/issue.hpp"

namespace app {

/// The worst first, alike ones together; of each kind as many as fit in about `most_lines`, then
/// how many more there are. 0: all of them. Ends with how many of each level there are.
std::string issues_text(const geo::Issues& issues, Language language, std::size_t most_lines);
/// A JSON array.
std::string issues_json(const geo::Issues& issues, Language language);

/// What `check` lists: a finding of the checks, or what an import had to say.
struct Noted {
  geo::Issue issue;
  std::string check;  ///< id of the check, or "import"
  std::string key;    ///< to accept it by
  std::optional<data::Acceptance> accepted;
  std::optional<data::KeptReason> kept;  ///< given when it was entered
};
/// Like issues_text, each line with its key; then those accepted, with why, by whom and when. The
/// count at the end is of all that are open, and of those accepted.
std::string noted_text(const std::vector<Noted>& all, Language language, std::size_t most_lines);
/// Like issues_json, with check, key and accepted.
std::string noted_json(const std::vector<Noted>& all, Language language);

}  // namespace app
