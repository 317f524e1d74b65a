#pragma once
#include <string>
#include <string_view>

namespace data {

/// Unicode NFC, with surrounding and repeated white space (also U+00A0, zero-width) taken out.
/// Bytes that are not UTF-8 become U+FFFD.
std::string tidy(std::string_view text);
bool is_utf8(std::string_view bytes);
/// For comparing names of units: case, tone placement (hoà = hòa), y/i, đ/Đ kept apart from d,
/// accents kept, punctuation and white space dropped. Kind word still there.
std::string fold_name(std::string_view text);
/// For searching: like fold_name but without any accent ("Điện Biên" → "dien bien").
std::string fold_search(std::string_view text);

struct KindAndName {
  std::string kind;  ///< "xã", "phường", "thị trấn", "đặc khu", "huyện", "thị xã", "thành phố",
                     ///< "quận", "tỉnh"; empty: no kind word
  std::string name;  ///< the rest, as typed
};
/// "X. Mường Nhé" → {"xã", "Mường Nhé"}, "TT Mường Chà" → {"thị trấn", …}, "P.Noong Bua", "Tp. Điện
/// Biên Phủ"…
KindAndName split_kind(std::string_view full_name);

}  // namespace data
