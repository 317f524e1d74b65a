// Clusters on the command line, on the sample.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "tests/app/program.hpp"

namespace {

using nlohmann::json;
using program::Folder;
using program::Ran;
using program::run;
using testing::HasSubstr;
using testing::Not;

std::string sample_in(const Folder& folder, const char* communes) {
  const std::string w = folder / "sample.sqlite";
  const Ran sample = run({"sample", w, "--communes", communes, "--weeks", "6", "--seed", "3"});
  EXPECT_EQ(sample.status, 0) << sample.err;
  return w;
}

json clusters(const std::string& w, const std::vector<std::string>& more = {}) {
  std::vector<std::string> arguments{"clusters", "-w", w, "--json"};
  arguments.insert(arguments.end(), more.begin(), more.end());
  const Ran ran = run(arguments);
  EXPECT_EQ(ran.status, 0) << ran.err;
  return json::parse(ran.out);
}

TEST(E2eClusters, EveryCommuneOfTheSampleHasItsPlace) {
  const Folder folder;
  const std::string w = sample_in(folder, "80");
  EXPECT_EQ(clusters(w)["value"], "smoothed") << "as on the map";
  const json found = clusters(w, {"--value", "rate"});
  EXPECT_EQ(found["indicator"], "activation_l2");
  EXPECT_EQ(found["value"], "rate");
  EXPECT_EQ(found["permutations"], 999);
  ASSERT_EQ(found["communes"].size(), 80U);
  EXPECT_EQ(found["n"].get<std::size_t>() + found["islands"].size() + found["missing"].size(), 80U);

  // The same rates, and no value where there is none, as in the ranking.
  std::map<std::string, json> rates;
  for (const json& row : json::parse(run({"rank", "-w", w, "--json"}).out))
    rates[row["code"]] = row["rate"];
  std::set<std::string> out;
  for (const char* which : {"islands", "missing"})
    for (const json& row : found[which]) out.insert(row["code"]);
  double sum = 0;
  for (const json& row : found["communes"]) {
    EXPECT_EQ(row["value"], rates.at(row["code"])) << row["name"];
    EXPECT_EQ(row["cluster"] == "left_out", out.contains(row["code"]));
    EXPECT_EQ(row["local_i"].is_null(), out.contains(row["code"]));
    EXPECT_EQ(row["p"].is_null(), out.contains(row["code"]));
    if (row["local_i"].is_null()) continue;
    sum += row["local_i"].get<double>();
    EXPECT_GE(row["p"].get<double>(), 0.001);
    if (row["cluster"] != "none") {
      EXPECT_LE(row["p"].get<double>(), 0.05);
    }
  }
  EXPECT_NEAR(found["i"].get<double>(), sum / found["n"].get<double>(), 1e-9);
  EXPECT_NEAR(found["expected"].get<double>(), -1 / (found["n"].get<double>() - 1), 1e-9);

  EXPECT_EQ(clusters(w, {"--value", "rate", "--seed", "1"}), found);
  EXPECT_NE(clusters(w, {"--value", "rate", "--seed", "2"})["communes"], found["communes"]);
}

TEST(E2eClusters, ComparesWhatItIsAskedTo) {
  const Folder folder;
  const std::string w = sample_in(folder, "60");
  const json rate = clusters(w, {"--value", "rate"}), smoothed = clusters(w),
             shortfall = clusters(w, {"--value", "shortfall"}),
             electricity = clusters(w, {"--indicator", "electricity"});
  EXPECT_NE(rate["i"], shortfall["i"]);
  EXPECT_NE(rate["i"], smoothed["i"]);
  EXPECT_NE(rate["i"], electricity["i"]);
  // Smoothing pulls together.
  const auto spread = [](const json& found) {
    double low = 1, high = 0;
    for (const json& row : found["communes"]) {
      if (row["value"].is_null()) continue;
      low = std::min(low, row["value"].get<double>());
      high = std::max(high, row["value"].get<double>());
    }
    return high - low;
  };
  EXPECT_LT(spread(smoothed), spread(rate));
  for (const json& row : shortfall["communes"]) {
    if (row["value"].is_null()) continue;
    EXPECT_GE(row["value"].get<double>(), 0);
  }
  // Within one former district its communes alone are compared.
  const std::string district = rate["communes"][0]["former_district"];
  const json within = clusters(w, {"--within", district});
  EXPECT_LT(within["communes"].size(), 60U);
  for (const json& row : within["communes"]) EXPECT_EQ(row["former_district"], district);
  EXPECT_EQ(within["n"].get<std::size_t>() + within["islands"].size() + within["missing"].size(),
            within["communes"].size());
  // A day before every report: nobody has a number.
  const json before = clusters(w, {"--at", "1999-01-01"});
  EXPECT_TRUE(before["i"].is_null());
  EXPECT_EQ(before["missing"].size(), 60U);
  for (const json& row : before["communes"]) EXPECT_EQ(row["cluster"], "left_out");
}

TEST(E2eClusters, SaysItInPlainWords) {
  const Folder folder;
  const std::string w = sample_in(folder, "80");
  const json found = clusters(w, {"--significance", "0.4"});
  std::size_t in_cluster = 0;
  for (const json& row : found["communes"])
    in_cluster += row["cluster"] != "none" && row["cluster"] != "left_out";
  ASSERT_GT(in_cluster, 0U);
  const Ran people = run({"clusters", "-w", w, "--significance", "0.4"});
  EXPECT_EQ(people.status, 0);
  EXPECT_THAT(people.out, HasSubstr("Moran I"));
  EXPECT_THAT(people.out, HasSubstr(std::to_string(in_cluster) + " trên "));
  EXPECT_THAT(people.out, HasSubstr("Đây là cụm, không phải nguyên nhân."));
  EXPECT_THAT(people.out, Not(HasSubstr("cli.")));
  EXPECT_THAT(people.err, HasSubstr("DỮ LIỆU MẪU"));
  for (const json& row : found["communes"]) {
    const bool listed = people.out.find(row["code"].get<std::string>() + " ") != std::string::npos;
    EXPECT_EQ(listed, row["cluster"] != "none" && row["cluster"] != "left_out") << row["code"];
  }
  const Ran english = run({"clusters", "-w", w}, {"", "", "en"});
  EXPECT_THAT(english.out, HasSubstr("These are clusters, not causes."));
  const Ran nobody = run({"clusters", "-w", w, "--at", "1999-01-01"});
  EXPECT_EQ(nobody.status, 0);
  EXPECT_THAT(nobody.out, HasSubstr("Không tính được"));
}

TEST(E2eClusters, RefusesWhatMakesNoSense) {
  const Folder folder;
  const std::string w = sample_in(folder, "5");
  const std::vector<std::vector<std::string>> wrong{
      {"--value", "height"},   {"--significance", "0"}, {"--significance", "1"},
      {"--significance", "x"}, {"--significance", ""},  {"--permutations", "10"},
      {"--permutations", "x"}, {"--seed", "-1"},        {"--indicator", "happiness"},
      {"--within", "Nowhere"}};
  for (const auto& options : wrong) {
    std::vector<std::string> arguments{"clusters", "-w", w};
    arguments.insert(arguments.end(), options.begin(), options.end());
    const Ran ran = run(arguments);
    EXPECT_EQ(ran.status, 2) << options[0] << ' ' << options[1] << ran.err;
    EXPECT_EQ(ran.out, "");
    EXPECT_THAT(ran.err, HasSubstr("Cách xử lý"));
  }
  EXPECT_EQ(run({"clusters"}).status, 2);
  EXPECT_EQ(run({"clusters", "-w", folder / "none.sqlite"}).status, 3);
  const Ran help = run({"clusters", "--help"});
  EXPECT_EQ(help.status, 0);
  for (const char* option : {"--indicator", "--at", "--within", "--value", "--permutations",
                             "--seed", "--significance", "--json"})
    EXPECT_THAT(help.out, HasSubstr(option));
}

}  // namespace
