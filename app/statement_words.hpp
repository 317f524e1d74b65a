#pragma once
#include <string>
#include <vector>

#include "app/language.hpp"
#include "data/statements.hpp"

namespace app {

/// A statement as a meeting reads it.
struct StatementWords {
  std::string headline;  ///< "8 xã giữ 28% số người còn thiếu của toàn tỉnh"
  std::string subtitle;  ///< "Kích hoạt mức 2 so với chỉ tiêu 60% · tính đến 27/8/2023"
  std::string number;  ///< the huge one: "161.954"
  std::string words;   ///< what it counts: "người còn thiếu so với chỉ tiêu"
  struct Bar {
    geo::UnitIndex commune;
    std::string value;  ///< "7.223", "+12,4 điểm %"
    double share = 0;   ///< of the longest, 0…1
  };
  std::vector<Bar> bars;
  bool good = false;  ///< about what went well: not in the colour of a gap
};
StatementWords words_of(const data::StatementNumbers& statement, const data::StatementAsk& ask,
                        const data::Dataset& dataset, Language language);

/// "Nơi còn thiếu nhiều nhất": what kind of statement it is, for a list.
std::string statement_name(data::StatementKind kind, Language language);

/// The text as it may be shown to a room: what looks like a telephone number or an e-mail address
/// is left out ("[…]").
std::string without_contacts(const std::string& text);

}  // namespace app
