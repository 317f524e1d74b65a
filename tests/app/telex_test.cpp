#include "app/telex.hpp"

#include <gtest/gtest.h>

#include <random>
#include <string>

namespace {

std::string typed(const std::string& keys) {
  std::string out;
  for (const char key : keys) out = app::telex_typed(out, key);
  return out;
}

}  // namespace

TEST(Telex, TypesTheNamesOfTheProvince) {
  EXPECT_EQ(typed("DDieenj Bieen"), "Điện Biên");
  EXPECT_EQ(typed("Dieenj Bieend"), "Diện Biênd") << "a later d belongs to its own word";
  EXPECT_EQ(typed("Dienedj Bieen"), "Điện Biên") << "signs may follow the letters";
  EXPECT_EQ(typed("Muwowngf Nhes"), "Mường Nhé");
  EXPECT_EQ(typed("Muongwf Nhes"), "Mường Nhé");
  EXPECT_EQ(typed("Si Pa Phinf"), "Si Pa Phìn");
  EXPECT_EQ(typed("Tuwa Chuaf"), "Tưa Chùa");
  EXPECT_EQ(typed("Tuar Chuaf"), "Tủa Chùa");
  EXPECT_EQ(typed("Naf Bungr"), "Nà Bủng");
  EXPECT_EQ(typed("Quangr Laam"), "Quảng Lâm");
  EXPECT_EQ(typed("Thanh Yeen"), "Thanh Yên");
  EXPECT_EQ(typed("Toor coong ngheej soos"), "Tổ công nghệ số");
  EXPECT_EQ(typed("giowf giaf gif quyeetj khuyur ngoaif xoays"),
            "giờ già gì quyệt khuỷu ngoài xoáy");
  EXPECT_EQ(typed("hoaf hoafn thuyr"), "hòa hoàn thủy");
  EXPECT_EQ(typed("TOOR DDOOIJ"), "TỔ ĐỘI");
  EXPECT_EQ(typed("dduwowcj nguwowif lwowngj"), "được người lượng");
}

TEST(Telex, AKeyOnceMoreTakesItsSignBack) {
  EXPECT_EQ(typed("aaa"), "aa");
  EXPECT_EQ(typed("ddd"), "dd");
  EXPECT_EQ(typed("ass"), "as");
  EXPECT_EQ(typed("asz"), "a");
  EXPECT_EQ(typed("asf"), "à") << "another tone replaces it";
  EXPECT_EQ(typed("oww"), "ow");
  EXPECT_EQ(typed("VNeIDD"), "VNeIĐ") << "as every Telex does";
}

TEST(Telex, LeavesWhatIsNoVietnameseWordReadable) {
  EXPECT_EQ(typed("3G 4G"), "3G 4G");
  EXPECT_EQ(typed("tr"), "tr");
  EXPECT_EQ(typed("x"), "x");
  EXPECT_EQ(typed("s1s"), "s1s");
}

TEST(Telex, AnyKeysGiveWholeLetters) {
  std::mt19937 random(4);
  const std::string keys = "aeiouywdsfrxjzbcnghmtAEOUWDS 1-";
  for (int i = 0; i < 4000; ++i) {
    std::string out;
    for (int k = 0; k < 14; ++k) {
      out = app::telex_typed(out, keys[random() % keys.size()]);
      std::size_t follow = 0;
      for (const char c : out) {
        const auto byte = static_cast<unsigned char>(c);
        if ((byte & 0xc0U) == 0x80U) {
          ASSERT_GT(follow, 0U) << out;
          --follow;
        } else {
          ASSERT_EQ(follow, 0U) << out;
          follow = byte < 0x80 ? 0 : byte < 0xe0 ? 1 : byte < 0xf0 ? 2 : 3;
        }
      }
      ASSERT_EQ(follow, 0U) << out;
    }
  }
  EXPECT_EQ(app::telex("\xff\xe1", 's'), "\xff\xe1s") << "what is broken already stays as it is";
}
