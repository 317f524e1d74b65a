// The crosswalk of the whole country, from the communes of 2023 to those of 2025.
#include <gtest/gtest.h>

#include <map>
#include <set>

#include "data/boundary_change.hpp"
#include "data/dataset.hpp"
#include "geo/random.hpp"
#include "tests/data/real_province.hpp"
#include "tests/data/small_workspace.hpp"

namespace {

using namespace data;
namespace fs = std::filesystem;

DecreeFiles files() {
  return {real::folder() / "boundaries/vietnam_30m.gpkg",
          real::folder() / "units/crosswalk_2023_2025.csv", *geo::parse_date("2025-07-01")};
}

/// What a person decides who has nobody to ask: doubted rows as the file has them, all else stays.
DecreeFixes as_the_file_says(const Decree& decree) {
  DecreeFixes fixes;
  for (const DecreeItem& item : decree.items)
    if (undecided(item.verdict)) fixes[item.key].leave = item.verdict != Verdict::ambiguous;
  return fixes;
}

TEST(DbNation, EveryFormerCommuneIsSeenInTodaysToTheLastPerson) {
  if (!real::is_there()) GTEST_SKIP() << real::missing;
  auto w = Workspace::create(tiny::fresh("nation_decree.sqlite"));
  const auto draft = read_decree(w, files());
  auto decree = judge(*draft, {});
  EXPECT_EQ(decree.items.size() - decree.count(Verdict::no_predecessor), 10'557u);
  EXPECT_EQ(decree.count(Verdict::unknown_former), 31u);
  EXPECT_EQ(decree.count(Verdict::ambiguous), 102u);
  EXPECT_EQ(decree.count(Verdict::unknown_unit), 0u);
  EXPECT_EQ(decree.count(Verdict::shares), 0u);
  std::set<std::string> listed;
  for (const DecreeItem& item : decree.items)
    if (item.verdict == Verdict::unknown_former) listed.insert(item.old_name);
  for (const char* name :
       {"Xã Xá Nhè", "Huyện Hoàng Sa", "Huyện Côn Đảo", "Khu vực bãi bồi ven biển"})
    EXPECT_TRUE(listed.contains(name)) << name;
  for (const DecreeLink& link : decree.links)
    EXPECT_NE(decree.items[link.item].verdict, Verdict::ambiguous) << "guessed";

  decree = judge(*draft, as_the_file_says(decree));
  EXPECT_EQ(decree.open(), 0u);
  ASSERT_TRUE(commit_decree(w, *draft, decree).source);

  // Reports of every former commune, made up, on three Sundays.
  std::map<std::string, std::array<std::int64_t, 3>> sums;
  {
    tiny::Import import(w);
    geo::Random random(2023);
    std::vector<std::int64_t> formers;
    auto row = w.database().prepare("SELECT DISTINCT former_id FROM crosswalk ORDER BY former_id");
    while (row.step()) formers.push_back(row.integer(0));
    EXPECT_EQ(formers.size(), 9'910u);
    for (const auto former : formers)
      for (const char* date : {"2023-06-18", "2023-06-25", "2023-07-02"}) {
        if (random.below(20) == 0) continue;  // a week missed
        const auto eligible = static_cast<std::int64_t>(500 + random.below(20'000));
        const auto l2 = static_cast<std::int64_t>(random.below(500)), l1 = l2 / 3;
        import.report(former, date, eligible, l2, l1);
        auto& sum = sums[date];
        sum[0] += eligible;
        sum[1] += l1;
        sum[2] += l2;
      }
    import.done();
  }
  const auto again = read_decree(w, files());
  auto same = judge(*again, {});
  same = judge(*again, as_the_file_says(same));
  const auto totals = try_decree(w, *again, same);
  EXPECT_TRUE(totals.equal());
  EXPECT_TRUE(totals.losses.empty());
  EXPECT_EQ(totals.unshown, 0u);
  ASSERT_EQ(totals.days.size(), 3u);
  for (const auto& day : totals.days) {
    const auto& sum = sums.at(geo::iso(day.date));
    EXPECT_EQ(day.after[static_cast<std::size_t>(Count::eligible)], sum[0]);
    EXPECT_EQ(day.after[static_cast<std::size_t>(Count::activated_l1)], sum[1]);
    EXPECT_EQ(day.after[static_cast<std::size_t>(Count::activated_l2)], sum[2]);
    EXPECT_EQ(day.after, day.before);
  }
  // And as doubles, in the communes themselves.
  const auto dataset = w.load();
  for (std::size_t d = 0; d < dataset->dates.size(); ++d) {
    double seen = 0;
    for (const Commune& commune : dataset->communes)
      for (const Part& part : commune.parts) {
        const auto column = dataset->reporters[part.reporter].column;
        if (column == Reporter::never_reported) continue;
        seen += part.share * static_cast<double>(
                                 dataset->reports.number(d, Count::eligible, column).value_or(0));
      }
    const auto sum = static_cast<double>(sums.at(geo::iso(dataset->dates[d]))[0]);
    EXPECT_NEAR(seen / sum, 1, 1e-9);
  }
}

}  // namespace
