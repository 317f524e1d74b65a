#include <gtest/gtest.h>

#include "data/dataset.hpp"
#include "data/import_undo.hpp"
#include "tests/data/small_workspace.hpp"

namespace data {
namespace {

using test::count;
using test::first;
using test::ids;
using test::imported;
using test::prepared;
using test::written;

const std::string head =
    "old_code,old_name,old_district_code,old_district,old_province_code,old_province,new_code,"
    "new_name,new_province_code,part,share,status\n";

std::string line(const std::string& code, const std::string& name, const std::string& heir,
                 const std::string& part, const std::string& share = "",
                 const std::string& status = "") {
  return code + "," + name + ",091,Huyện Đông,09,Tỉnh Thử," + heir + ",,09," + part + "," + share +
         "," + status + "\n";
}

/// Land only: the crosswalk of the small workspace is taken back.
Workspace land(const std::string& name) {
  auto w = test::small_workspace(name);
  data::take_back_last_import(w);
  return w;
}

std::string parts_of(Workspace& w, const std::string& commune) {
  const auto dataset = w.load();
  std::string out;
  for (const auto& c : dataset->communes) {
    if (c.code.text != commune) continue;
    for (const auto& p : c.parts) {
      const auto& r = dataset->reporters[p.reporter];
      if (r.former) out += r.code.text + (p.estimated ? "~" : "") + " ";
    }
  }
  return out;
}

TEST(DbCrosswalk, WholeAndSplitUnitsAreKept) {
  auto w = land("crosswalk_parts");
  const auto p =
      imported(w,
               written("c.csv", head + line("11", "Xã An Hòa", "00011", "whole") +
                                    line("00012", "Xã Bản Mới", "00011", "part", "0.25") +
                                    line("00012", "Xã Bản Mới", "00021", "part", "0.75") +
                                    line("00013", "Xã Xa", "77777", "whole")),
               ImportKind::crosswalk);
  EXPECT_EQ(p.added, 3) << ids(p.issues);
  EXPECT_EQ(count(p.issues, "data.crosswalk_elsewhere"), 1u);
  EXPECT_EQ(parts_of(w, "00011"), "00011 00012~ ");
  EXPECT_EQ(parts_of(w, "00021"), "00012~ ");
  EXPECT_FALSE(write_import(w, prepared(w, test::scratch_file("c.csv"), ImportKind::crosswalk)));
  // Correcting one share writes all rows of that unit again, and can be taken back.
  const auto q =
      imported(w,
               written("c2.csv", head + line("00011", "Xã An Hòa", "00011", "whole") +
                                     line("00012", "Xã Bản Mới", "00011", "part", "0.5") +
                                     line("00012", "Xã Bản Mới", "00021", "part", "0.5")),
               ImportKind::crosswalk);
  EXPECT_EQ(q.changed, 2);
  EXPECT_EQ(q.same, 1);
  auto row = w.database().prepare(
      "SELECT sum(share), count(*) FROM current_crosswalk WHERE share IS NOT NULL");
  ASSERT_TRUE(row.step());
  EXPECT_EQ(row.real(0), 1);
  EXPECT_EQ(row.integer(1), 2);
}

TEST(DbCrosswalk, TwiceWholeCannotBe) {
  auto w = land("crosswalk_twice");
  const auto p = imported(
      w,
      written("c.csv", head + line("00012", "Xã Bản Mới", "00011", "whole", "", "matched") +
                           line("00012", "Xã Bản Mới", "00021", "whole", "", "matched") +
                           line("00014", "Xã Đôi", "00011", "whole", "", "ambiguous") +
                           line("00014", "Xã Đôi", "00021", "whole", "", "matched")),
      ImportKind::crosswalk);
  EXPECT_EQ(first(p.issues, "data.crosswalk_whole_twice")->row, 2) << ids(p.issues);
  EXPECT_EQ(first(p.issues, "data.crosswalk_doubtful")->row, 4);
  EXPECT_EQ(p.refused, 1);
  EXPECT_EQ(parts_of(w, "00011"), "00012~ ");
  EXPECT_EQ(parts_of(w, "00021"), "00012~ 00014 ");
}

TEST(DbCrosswalk, ContradictionsAreRefused) {
  auto w = land("crosswalk_bad");
  const auto p =
      imported(w,
               written("c.csv", head + line("00012", "Xã Bản Mới", "00011", "part", "0.9") +
                                    line("00012", "Xã Bản Mới", "00021", "part", "0.9") +
                                    line("00014", "Xã Một", "00011", "whole") +
                                    line("00014", "Xã Hai", "00021", "whole") +
                                    line("00015", "Xã Ba", "00011", "whole") +
                                    line("00015", "Xã Ba", "00011", "whole") +
                                    line("", "Xã Không Mã", "00011", "whole", "", "unmatched")),
               ImportKind::crosswalk);
  EXPECT_EQ(p.refused, 7) << ids(p.issues);
  EXPECT_EQ(count(p.issues, "data.crosswalk_shares"), 2u);
  EXPECT_EQ(count(p.issues, "data.crosswalk_two_names"), 2u);
  EXPECT_EQ(count(p.issues, "data.crosswalk_row_twice"), 2u);
  EXPECT_EQ(first(p.issues, "data.crosswalk_without_code")->severity, geo::Severity::warning);
  EXPECT_EQ(parts_of(w, "00011"), "");
}

TEST(DbCrosswalk, TheDayOfTheChangeEndsTheFormerUnits) {
  auto w = land("crosswalk_day");
  ImportOptions options;
  options.valid_from = geo::parse_date("2024-12-01");
  imported(w, written("c.csv", head + line("00012", "Xã Bản Mới", "00011", "whole")),
           ImportKind::crosswalk, options);
  auto row = w.database().prepare("SELECT valid_to FROM unit_span WHERE code = '00012'");
  ASSERT_TRUE(row.step());
  EXPECT_EQ(row.text(0), "2024-11-30");
}

}  // namespace
}  // namespace data
