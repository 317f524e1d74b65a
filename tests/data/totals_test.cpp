#include <gtest/gtest.h>

#include <map>
#include <random>

#include "data/gaps.hpp"
#include "tests/data/tiny_workspace.hpp"

namespace {

/// Whatever became of the former communes, nobody is lost and nobody is made up; and where none was
/// split, SQL written another way gets the same numbers.
TEST(DbTotals, AreTheSameBeforeAndAfterAnyMerger) {
  for (unsigned seed = 1; seed <= 6; ++seed) {
    const bool splits = seed % 2 == 0;
    std::mt19937 random(seed);
    const auto upto = [&](int n) { return static_cast<int>(random() % static_cast<unsigned>(n)); };
    data::Workspace workspace =
        data::Workspace::create(tiny::fresh("totals" + std::to_string(seed) + ".sqlite"));
    std::map<std::string, std::pair<std::int64_t, std::int64_t>> last;  // by former code: P, O
    {
      tiny::Import import(workspace);
      const auto province = import.unit("11", "province");
      import.target(province, 0.6);
      std::vector<std::int64_t> today;
      for (int c = 0; c < 12; ++c)
        today.push_back(import.today("03" + std::to_string(100 + c), "C" + std::to_string(c),
                                     102 + 0.1 * c, province));
      for (int f = 0; f < 40; ++f) {
        const std::string code = "02" + std::to_string(100 + f);
        const auto former = import.former(code, "F" + std::to_string(f));
        const int heirs = splits ? 1 + upto(4) : 1, first = upto(12);
        for (int h = 0; h < heirs; ++h) {
          const auto heir = today[static_cast<std::size_t>((first + h) % 12)];
          std::optional<double> share;
          if (heirs > 1 && upto(3) == 0) share = 0.05 + 0.3 * upto(3);
          import.became(former, heir, heirs == 1 ? "whole" : "part", share);
          if (upto(2) == 0)
            import.settlement(code + "-" + std::to_string(h), heir, former, upto(500));
        }
        for (int week = 0; week < 5; ++week) {
          if (upto(3) == 0) continue;  // a week missed
          const std::int64_t p = 500 + upto(9000), o = upto(500);
          import.report(former, "2023-08-0" + std::to_string(1 + week), p, o);
          last[code] = {p, o};
        }
      }
      import.done();
    }
    const auto dataset = workspace.load();
    const geo::Date at = geo::parse_date("2023-08-06").value();
    const auto gaps = data::gaps(*dataset, data::Indicator::activation_l2, at);

    double p = 0, o = 0;
    for (const auto& [code, number] : last) {
      p += static_cast<double>(number.first);
      o += static_cast<double>(number.second);
    }
    EXPECT_NEAR(data::total(gaps).eligible->value, p, 1e-6);
    EXPECT_NEAR(data::total(gaps).reached->value, o, 1e-6);
    std::map<std::uint32_t, double> shares;
    for (const auto& commune : dataset->communes)
      for (const auto& part : commune.parts) shares[part.reporter] += part.share;
    EXPECT_EQ(shares.size(), 40U);
    for (const auto& [reporter, sum] : shares) EXPECT_NEAR(sum, 1, 1e-15);

    if (splits) continue;
    data::Statement row = workspace.database().prepare(
        "WITH latest AS (SELECT unit_id, max(date) AS date FROM report GROUP BY unit_id)"
        " SELECT u.code, sum(r.eligible), sum(r.activated_l2),"
        "   max(0, 0.6 * sum(r.eligible) - sum(r.activated_l2)) FROM report AS r"
        " JOIN latest USING (unit_id, date) JOIN crosswalk AS c ON c.former_id = r.unit_id"
        " JOIN unit AS u ON u.id = c.unit_id GROUP BY u.code ORDER BY u.code");
    std::size_t i = 0;
    while (row.step()) {
      while (dataset->communes[i].code.text != row.text(0)) {
        EXPECT_EQ(gaps[i].status, data::Status::not_reported);
        ++i;
      }
      EXPECT_EQ(gaps[i].eligible->value, row.real(1));
      EXPECT_EQ(gaps[i].reached->value, row.real(2));
      EXPECT_NEAR(gaps[i].shortfall->value, row.real(3), 1e-9);
      ++i;
    }
    EXPECT_GT(i, 6U);
  }
}

}  // namespace
