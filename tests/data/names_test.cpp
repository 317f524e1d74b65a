#include "data/names.hpp"

#include <gtest/gtest.h>

namespace data {
namespace {

TEST(Names, TidyComposesAndDropsInvisibleSpace) {
  EXPECT_EQ(tidy("  Xa\u0303  Mu\u031bo\u031b\u0300ng\u00a0Nhe\u0301\u200b "), "Xã Mường Nhé");
  EXPECT_EQ(tidy("\xef\xbb\xbfmã"), "mã");
  EXPECT_EQ(tidy("a\nb\tc"), "a b c");
  EXPECT_EQ(tidy("   "), "");
  EXPECT_EQ(tidy("Xa\xe3"), "Xa\xef\xbf\xbd");
}

TEST(Names, KnowsUtf8) {
  EXPECT_TRUE(is_utf8("Điện Biên"));
  EXPECT_FALSE(is_utf8("\xd0i\xean"));    // windows-1258
  EXPECT_FALSE(is_utf8("\xed\xa0\x80"));  // a lone surrogate
}

TEST(Names, FoldsWhatPeopleWriteInSeveralWays) {
  EXPECT_EQ(fold_name("Hoà Bình"), fold_name("HÒA BÌNH"));
  EXPECT_EQ(fold_name("Thuỷ"), fold_name("Thủy"));
  EXPECT_EQ(fold_name("Mỹ Lý"), fold_name("Mĩ Lí"));
  EXPECT_EQ(fold_name("Quý"), fold_name("Quí"));
  EXPECT_EQ(fold_name("Ea H'leo"), fold_name("Ea H’Leo"));
  EXPECT_EQ(fold_name("Phường 01"), fold_name("Phường 1"));
  EXPECT_EQ(fold_name("Pa-Thơm"), fold_name("pa thơm"));
}

TEST(Names, KeepsApartWhatIsDifferent) {
  EXPECT_NE(fold_name("Nà Tấu"), fold_name("Na Tấu"));
  EXPECT_NE(fold_name("Thúy"), fold_name("Thúi"));
  EXPECT_NE(fold_name("Mai"), fold_name("May"));
  EXPECT_NE(fold_name("Đa"), fold_name("Da"));
  EXPECT_NE(fold_name("Pu Nhi"), fold_name("Pú Nhi"));
  EXPECT_NE(fold_name("Tân"), fold_name("Tan"));
}

TEST(Names, SearchNeedsNoAccents) {
  EXPECT_EQ(fold_search("Điện Biên"), "dien bien");
  EXPECT_EQ(fold_search("ĐIỆN  BIÊN (tỉnh)"), "dien bien tinh");
  EXPECT_EQ(fold_search("Tỷ lệ"), fold_search("Tỉ lệ"));
  EXPECT_EQ(fold_search("commune_code_2023"), "commune code 2023");
}

TEST(Names, SplitsTheKindWord) {
  const auto is = [](std::string_view text, std::string_view kind, std::string_view name) {
    const auto r = split_kind(text);
    EXPECT_EQ(r.kind, kind) << text;
    EXPECT_EQ(r.name, name) << text;
  };
  is("Xã Mường Nhé", "xã", "Mường Nhé");
  is("X. Mường Nhé", "xã", "Mường Nhé");
  is("X Mường Nhé", "xã", "Mường Nhé");
  is("P.Noong Bua", "phường", "Noong Bua");
  is("TT Mường Chà", "thị trấn", "Mường Chà");
  is("TT. Mường Chà", "thị trấn", "Mường Chà");
  is("Thị Trấn Mường Chà", "thị trấn", "Mường Chà");
  is("Tp. Điện Biên Phủ", "thành phố", "Điện Biên Phủ");
  is("TP Điện Biên Phủ", "thành phố", "Điện Biên Phủ");
  is("THỊ XÃ MƯỜNG LAY", "thị xã", "MƯỜNG LAY");
  is("TX. Mường Lay", "thị xã", "Mường Lay");
  is("H. Nậm Pồ", "huyện", "Nậm Pồ");
  is("HUYỆN ĐIỆN BIÊN", "huyện", "ĐIỆN BIÊN");
  is("Đặc khu Hoàng Sa", "đặc khu", "Hoàng Sa");
  is("Xa\u0303 Xa Dung", "xã", "Xa Dung");
  is("Xa Dung", "", "Xa Dung");  // a name, not the kind word without its accent
  is("Phường", "", "Phường");
  is("Na Sang", "", "Na Sang");
  is("Xã", "", "Xã");
  is("", "", "");
}

}  // namespace
}  // namespace data
