// No telephone number and no address is shown to a room; numbers of people are.
#include <gtest/gtest.h>

#include <string>

#include "app/statement_words.hpp"

TEST(WithoutContacts, LeavesOutTelephonesAndAddresses) {
  for (const char* contact : {"0912345678",
                              "0912 345 678",
                              "0912.345.678",
                              "0912-345-678",
                              "09 12 34 56 78",
                              "(0215) 3825 103",
                              "0215.3825103",
                              "02153 825 103",
                              "024 3825 1031",
                              "+84912345678",
                              "+84 912 345 678",
                              "(+84) 912.345.678",
                              "+84 (0)912 345 678",
                              "84912345678",
                              "0084 912 345 678",
                              "0912/345.678",
                              "0912\u00A0345\u00A0678",
                              "0912–345–678",
                              "0912 - 345 - 678",
                              "0912 – 345 678",
                              "0912—345678",
                              "0912\u2212345\u2212678",
                              "0912,345,678",
                              "0912_345_678",
                              "0912\t345678",
                              "0912\u200B345678",
                              "84 215 3825 123",
                              "+856 20 5512 3456",
                              "lan@dienbien.gov.vn",
                              "tran.van-a_1@mail.example.com"}) {
    EXPECT_EQ(app::without_contacts(contact), "[…]") << contact;
    const std::string said = std::string("Gọi anh Lò: ") + contact + ", trước 8 giờ";
    EXPECT_EQ(app::without_contacts(said), "Gọi anh Lò: […], trước 8 giờ") << contact;
  }
  EXPECT_EQ(app::without_contacts("0912345678 0987654321"), "[…] […]");
  EXPECT_EQ(app::without_contacts("0912345678 8 xã"), "[…] 8 xã");
  EXPECT_EQ(app::without_contacts("1. 0912345678; 2. a@b.vn."), "1. […]; 2. […].");
}

TEST(WithoutContacts, LeavesNumbersAndDatesAlone) {
  for (const char* text :
       {"", "8 xã giữ 29% số người còn thiếu", "161.954 người", "1.234.567 người", "1.012.345.678",
        "12,345,678 people", "84.912.345.678 đồng", "27/8/2023", "05.06.2023 10:30",
        "từ 01/07/2023 đến 27/08/2023", "02-09-2023 03-09-2023", "26,4%", "+12,4 điểm %", "+23.456",
        "mã xã 03127, 03160, 03334", "8 xã @ 60%", "2023-08-27T00:00:00Z",
        "Nậm Pồ – 0 người, 120 hộ"})
    EXPECT_EQ(app::without_contacts(text), text);
}
