// Every sentence that the sources ask for exists in both languages, says the same things, and none
// is left over. The languages are assets/lang/<language>/<room>.json; the ids are written literally
// in the code.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <regex>
#include <set>
#include <string>
#include <string_view>

#include "tests/house/sources.hpp"

namespace {

struct Sentence {
  std::string file;
  std::string text;
};
using Sentences = std::map<std::string, Sentence>;

std::set<std::string> language_files() {
  std::set<std::string> names;
  for (const auto& entry :
       std::filesystem::directory_iterator(PHUSONG_SOURCE_DIR "/assets/lang/vi")) {
    names.insert(entry.path().stem().string());
  }
  return names;
}

/// All sentences of a language; an id written twice in one file is a failure (the later would win
/// silently).
Sentences read_language(const std::string& language) {
  namespace fs = std::filesystem;
  Sentences all;
  for (const auto& entry :
       fs::directory_iterator(fs::path(PHUSONG_SOURCE_DIR) / "assets/lang" / language)) {
    const std::string room = entry.path().stem().string();
    std::set<std::string> seen;
    const auto no_twins = [&](int, nlohmann::json::parse_event_t event, nlohmann::json& value) {
      if (event == nlohmann::json::parse_event_t::key) {
        EXPECT_TRUE(seen.insert(value.get<std::string>()).second)
            << entry.path() << ": twice: " << value;
      }
      return true;
    };
    std::ifstream file(entry.path());
    const auto texts = nlohmann::json::parse(file, no_twins);
    for (const auto& [id, text] : texts.items()) {
      EXPECT_TRUE(id.starts_with(room + ".")) << entry.path() << ": " << id;
      all[id] = {entry.path().filename().string(), text.get<std::string>()};
    }
  }
  return all;
}

std::set<std::string> placeholders(const std::string& text) {
  static const std::regex pattern("\\{(\\d+)\\}");
  std::set<std::string> found;
  for (auto it = std::sregex_iterator(text.begin(), text.end(), pattern);
       it != std::sregex_iterator(); ++it) {
    found.insert((*it)[1]);
  }
  return found;
}

/// How many arguments follow this literal up to the bracket that closes the call around it.
std::size_t arguments_after(std::string_view bare, std::size_t literal) {
  std::size_t count = 0;
  int depth = 0;
  std::size_t i = bare.find('"', literal + 1);  // the closing quote
  for (++i; i < bare.size() && depth >= 0; ++i) {
    if (bare[i] == '(' || bare[i] == '{' || bare[i] == '[') ++depth;
    if (bare[i] == ')' || bare[i] == '}' || bare[i] == ']') --depth;
    if (bare[i] == ',' && depth == 0) ++count;
  }
  return count;
}

/// Whether the literal stands as the id in msg("…" or say(…, "…".
bool is_id_of_a_call(const std::string& bare, std::size_t literal) {
  static const std::regex call("(\\bmsg\\(\\s*|\\bsay\\(\\s*[\\w.>()-]+,\\s*)$");
  const std::size_t from = literal < 80 ? 0 : literal - 80;
  return std::regex_search(bare.substr(from, literal - from), call);
}

struct Use {
  std::string place;
  std::optional<std::size_t> arguments;  ///< where the call is plain to read
};

/// Every literal that is the id of a call, or that looks like one of ours wherever it stands
/// (msg(open ? "app.close" : "app.open")).
std::multimap<std::string, Use> uses() {
  static const std::regex id("([a-z]+)\\.[a-z][a-z0-9_]*");
  const std::set<std::string> rooms = language_files();
  std::multimap<std::string, Use> found;
  for (const house::Source& file : house::sources({"geo", "data", "render", "app"})) {
    const house::Code code = house::read_code(file.text);
    for (const house::Literal& literal : code.literals) {
      std::smatch match;
      if (!std::regex_match(literal.text, match, id)) continue;
      const bool called = is_id_of_a_call(code.bare, literal.offset);
      if (!called && !rooms.contains(match[1])) continue;
      Use use{file.path + ":" + std::to_string(house::line_of(file.text, literal.offset)), {}};
      if (called) use.arguments = arguments_after(code.bare, literal.offset);
      found.emplace(literal.text, use);
    }
  }
  return found;
}

TEST(HouseMessages, EverySentenceAskedForIsThereInBothLanguages) {
  const Sentences vi = read_language("vi");
  const Sentences en = read_language("en");
  for (const auto& [id, use] : uses()) {
    EXPECT_TRUE(vi.contains(id)) << use.place << ": no Vietnamese for " << id;
    EXPECT_TRUE(en.contains(id)) << use.place << ": no English for " << id;
  }
}

TEST(HouseMessages, BothLanguagesSayTheSameThings) {
  const Sentences vi = read_language("vi");
  const Sentences en = read_language("en");
  for (const auto& [id, sentence] : vi) {
    EXPECT_FALSE(sentence.text.empty()) << id;
    const auto other = en.find(id);
    if (other == en.end()) {
      ADD_FAILURE() << id << " is not in en/" << sentence.file;
      continue;
    }
    EXPECT_EQ(placeholders(sentence.text), placeholders(other->second.text)) << id;
  }
  for (const auto& [id, sentence] : en) {
    EXPECT_TRUE(vi.contains(id)) << id << " is not in vi/" << sentence.file;
  }
}

TEST(HouseMessages, EveryPlaceInASentenceIsFilled) {
  const Sentences vi = read_language("vi");
  for (const auto& [id, use] : uses()) {
    const auto sentence = vi.find(id);
    if (sentence == vi.end() || !use.arguments) continue;
    for (const std::string& place : placeholders(sentence->second.text)) {
      EXPECT_LT(std::stoul(place), *use.arguments)
          << use.place << ": " << id << " has {" << place << "}";
    }
  }
}

TEST(HouseMessages, NoSentenceIsLeftOver) {
  const auto used = uses();
  for (const auto& [id, sentence] : read_language("vi")) {
    EXPECT_TRUE(used.contains(id)) << id << " of " << sentence.file << " is used nowhere";
  }
}

TEST(HouseMessages, TheReaderOfCodeTellsCallsFromComments) {
  const std::string text =
      "// msg(\"geo.comment\", 1)\n"
      "throw Error(msg(\"geo.ring\", f(a, b), \"x, y\"), {});\n"
      "say(state.language,\n    \"app.title\");\n"
      "auto n = 1'000; auto q = '\"'; auto raw = R\"(msg(\"geo.raw\"))\";\n";
  const house::Code code = house::read_code(text);
  ASSERT_EQ(code.literals.size(), 4U);
  EXPECT_EQ(code.literals[0].text, "geo.ring");
  EXPECT_EQ(house::line_of(text, code.literals[0].offset), 2U);
  EXPECT_TRUE(is_id_of_a_call(code.bare, code.literals[0].offset));
  EXPECT_EQ(arguments_after(code.bare, code.literals[0].offset), 2U);
  EXPECT_FALSE(is_id_of_a_call(code.bare, code.literals[1].offset));
  EXPECT_TRUE(is_id_of_a_call(code.bare, code.literals[2].offset));
  EXPECT_EQ(arguments_after(code.bare, code.literals[2].offset), 0U);
  EXPECT_EQ(code.literals[3].text, "msg(\"geo.raw\")");
}

}  // namespace
