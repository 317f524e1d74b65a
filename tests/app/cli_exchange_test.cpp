// unit, import, pack, merge, history: a district's week from the laptop to the province.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <nlohmann/json.hpp>

#include "tests/app/program.hpp"

using nlohmann::json;
using program::Folder;
using program::Ran;
using program::run;
using testing::HasSubstr;

namespace {

namespace fs = std::filesystem;

/// The province's workspace, and a copy of it for each of two communes and their former district.
struct Copies {
  Folder folder;
  std::string province = folder / "province.sqlite";
  std::vector<json> communes;

  Copies() {
    EXPECT_EQ(run({"sample", province, "--communes", "12", "--weeks", "6", "--clean"}).status, 0);
    communes = json::parse(run({"rank", "-w", province, "--json"}).out);
  }
  std::string copy(const std::string& name, const std::string& unit) const {
    const std::string file = folder / (name + ".sqlite");
    fs::copy_file(province, file);
    const Ran ran = run({"unit", "-w", file, unit});
    EXPECT_EQ(ran.status, 0) << ran.err;
    return file;
  }
  std::string code(std::size_t i) const { return communes.at(i)["code"].get<std::string>(); }
  /// A week of a commune as its table says it.
  void enter(const std::string& workspace, std::size_t i, int activated) const {
    const std::string file = folder / "week.csv";
    program::spit(file, "code,date,eligible,activated_l2\n" + code(i) + ",2025-07-06,5000," +
                            std::to_string(activated) + "\n");
    const Ran ran = run({"import", "table", file, "-w", workspace, "--as", "reports"});
    EXPECT_EQ(ran.status, 0) << ran.err << ran.out;
  }
  std::string pack(const std::string& workspace, const std::string& name,
                   std::vector<std::string> more = {}) const {
    const std::string file = folder / (name + ".phusong");
    std::vector<std::string> words{"pack", file, "-w", workspace};
    words.insert(words.end(), more.begin(), more.end());
    const Ran ran = run(words);
    EXPECT_EQ(ran.status, 0) << ran.err;
    return file;
  }
};

json history(const std::string& workspace, std::vector<std::string> more = {}) {
  std::vector<std::string> words{"history", "-w", workspace, "--json"};
  words.insert(words.end(), more.begin(), more.end());
  const Ran ran = run(words);
  EXPECT_EQ(ran.status, 0) << ran.err;
  return json::parse(ran.out);
}

}  // namespace

TEST(E2eExchange, ACommunesWeekComesToTheProvince) {
  const Copies copies;
  const std::string commune = copies.copy("commune", copies.code(0));
  copies.enter(commune, 0, 4321);
  const std::string file = copies.pack(commune, "week");
  EXPECT_LT(fs::file_size(file), 20'000U);
  const Ran look = run({"merge", file, "-w", copies.province, "--preview", "--json"});
  ASSERT_EQ(look.status, 0) << look.err;
  EXPECT_EQ(json::parse(look.out)["added"], 2);
  EXPECT_TRUE(history(copies.province).empty());
  const Ran merged = run({"merge", file, file, "-w", copies.province});
  ASSERT_EQ(merged.status, 0) << merged.err;
  EXPECT_THAT(merged.out, HasSubstr("week.phusong"));
  const json batches = history(copies.province);
  ASSERT_EQ(batches.size(), 1U);
  EXPECT_EQ(batches[0]["file"], "week.csv");
  EXPECT_EQ(batches[0]["operations"][0]["row"], 2);
  EXPECT_THAT(run({"history", "-w", copies.province}).out, HasSubstr("4321"));
  const auto rows = json::parse(run({"rank", "-w", copies.province, "--json"}).out);
  for (const json& row : rows)
    if (row["code"] == copies.code(0)) {
      EXPECT_EQ(row["activated"], 4321);
    }
  EXPECT_EQ(run({"history", "-w", copies.province, "--dump"}).out,
            run({"history", "-w", commune, "--dump"}).out);
  // Undo by its id, as printed.
  EXPECT_EQ(run({"history", "-w", copies.province, "--undo", batches[0]["batch"]}).status, 0);
  EXPECT_EQ(history(copies.province).size(), 2U);
}

TEST(E2eExchange, WhatContradictsIsListedAndDecided) {
  const Copies copies;
  const std::string one = copies.copy("one", copies.code(0)),
                    two = copies.copy("two", copies.code(0));
  copies.enter(one, 0, 4001);
  copies.enter(two, 0, 4002);
  const Ran merged = run(
      {"merge", copies.pack(one, "one"), copies.pack(two, "two"), "-w", copies.province, "--json"});
  ASSERT_EQ(merged.status, 0) << merged.err;
  const json result = json::parse(merged.out);
  ASSERT_EQ(result["conflicts"].size(), 1U);
  const json conflict = result["conflicts"][0];
  EXPECT_EQ(conflict["values"].size(), 2U);
  EXPECT_EQ(history(copies.province, {"--conflicts"}), result["conflicts"]);
  EXPECT_EQ(run({"history", "-w", copies.province, "--conflicts", "--strict"}).status, 1);
  const std::string field = conflict["kind"].get<std::string>() + ":" +
                            conflict["record"].get<std::string>() + ":" +
                            conflict["field"].get<std::string>();
  EXPECT_EQ(run({"history", "-w", copies.province, "--decide", field}).status, 2);
  const Ran decided = run({"history", "-w", copies.province, "--decide", field, "--value", "4002",
                           "--reason", "đã gọi điện"});
  EXPECT_EQ(decided.status, 0) << decided.err;
  EXPECT_TRUE(history(copies.province, {"--conflicts"}).empty());
}

TEST(E2eExchange, RefusedFilesKeepNoOtherFromBeingMerged) {
  const Copies copies;
  const std::string commune = copies.copy("commune", copies.code(1));
  copies.enter(commune, 1, 1234);
  const std::string good = copies.pack(commune, "good"), bad = copies.folder / "bad.phusong";
  program::spit(bad, program::slurp(good).substr(0, 3000));
  const Ran merged = run({"merge", bad, good, "-w", copies.province, "--json"});
  EXPECT_EQ(merged.status, 3);
  EXPECT_THAT(merged.err, HasSubstr("bad.phusong"));
  const json result = json::parse(merged.out);
  EXPECT_EQ(result["added"], 2);
  EXPECT_EQ(result["files"][0]["refused"], "data.package_cut_short");
  EXPECT_EQ(run({"merge", copies.province, "-w", copies.province}).status, 3);
  EXPECT_EQ(run({"merge", "-w", copies.province}).status, 2);
  // Somebody else's commune: nothing to import, said for each row.
  program::spit(copies.folder / "other.csv",
                "code,date,activated_l2\n" + copies.code(0) + ",2025-07-06,5\n");
  const Ran other =
      run({"import", "table", copies.folder / "other.csv", "-w", commune, "--as", "reports"});
  EXPECT_EQ(other.status, 1);
  EXPECT_THAT(other.err + other.out, HasSubstr("không thuộc"));
}

TEST(E2eExchange, TwoMomentsAreCompared) {
  const Copies copies;
  const std::string commune = copies.copy("commune", copies.code(0));
  copies.enter(commune, 0, 4321);
  const auto compare = [&](const std::string& then, const std::string& later) {
    return json::parse(
        run({"history", "-w", commune, "--at", then, "--compare", later, "--json"}).out);
  };
  const json all = compare("2000-01-01", "2100-01-01");
  EXPECT_EQ(all["then"]["reports"], 0);
  EXPECT_EQ(all["later"]["operations"], 2);
  EXPECT_EQ(all["later"]["communes"], 12);
  bool seen = false;
  for (const json& d : all["differences"]) {
    EXPECT_TRUE(d["then"].is_null());
    seen = seen || (d["field"] == "activated_l2" && d["later"] == "4321");
  }
  EXPECT_TRUE(seen);
  double districts = 0;
  for (const json& place : all["later"]["districts"])
    if (!place["activated"].is_null()) districts += place["activated"].get<double>();
  EXPECT_NEAR(districts, all["later"]["total"]["activated"].get<double>(), 1e-6);
  EXPECT_TRUE(compare("2100-01-01", "2100-01-01")["differences"].empty());
  // An import that is taken back is told of, not forgotten.
  EXPECT_EQ(run({"undo", "-w", commune}).status, 0);
  EXPECT_EQ(run({"undo", "-w", commune}).status, 0);
  EXPECT_EQ(compare("2000-01-01", "2100-01-01")["later"]["missing"].size(), 0)
      << "it was taken back before then";
}

TEST(E2eExchange, AKeyedUnitSigns) {
  const Copies copies;
  const std::string key = copies.folder / "key.pem";
  const std::string make = "openssl genpkey -algorithm ed25519 -out '" + key + "' 2>/dev/null";
  if (std::system(make.c_str()) != 0) GTEST_SKIP() << "the openssl program is not installed";
  const std::string commune = copies.copy("commune", copies.code(0));
  copies.enter(commune, 0, 99);
  EXPECT_EQ(run({"merge", "-w", copies.province, "--register", copies.code(0) + "=" + key}).status,
            0);
  const Ran refused = run({"merge", copies.pack(commune, "plain"), "-w", copies.province});
  EXPECT_EQ(refused.status, 3);
  const Ran taken =
      run({"merge", copies.pack(commune, "signed", {"--key", key}), "-w", copies.province});
  EXPECT_EQ(taken.status, 0) << taken.err;
}

TEST(E2eExchange, APackageDoesNotReplaceTheWorkspaceAndALookRegistersNoKey) {
  const Copies copies;
  copies.enter(copies.province, 0, 99);
  const Ran over = run({"pack", copies.province, "-w", copies.province});
  EXPECT_EQ(over.status, 2) << over.err;
  EXPECT_EQ(run({"info", "-w", copies.province}).status, 0) << "it is still there";
  const Ran look = run({"merge", "-w", copies.province, "--preview", "--register", "x=y.pem"});
  EXPECT_EQ(look.status, 2) << look.err;
}

TEST(E2eExchange, WordsThatAreWrongAreSaid) {
  const Copies copies;
  const auto status = [&](std::vector<std::string> words) {
    words.insert(words.end(), {"-w", copies.province});
    const Ran ran = run(words);
    EXPECT_FALSE(ran.err.empty());
    return ran.status;
  };
  EXPECT_EQ(status({"unit", "nirgends"}), 2);
  EXPECT_EQ(status({"pack", copies.folder / "x.phusong"}), 2);  // nothing was entered
  EXPECT_EQ(status({"pack", copies.folder / "x.phusong", "--since", "gestern"}), 2);
  EXPECT_EQ(status({"history", "--at", "2025-07-01T99:00"}), 2);
  EXPECT_EQ(status({"history", "--record", "report:7"}), 2);
  EXPECT_EQ(status({"history", "--undo", "7"}), 2);
  EXPECT_EQ(status({"history", "--dump", "--conflicts"}), 2);
  EXPECT_EQ(status({"history", "--compare", "2025-07-01"}), 2);  // with what?
  EXPECT_EQ(status({"history", "--at", "2025-07-01", "--compare", "sau"}), 2);
  EXPECT_FALSE(fs::exists(copies.folder / "x.phusong"));
  const Ran unit = run({"unit", "-w", copies.province, "--json"});
  EXPECT_EQ(json::parse(unit.out)["set"], false);
}
