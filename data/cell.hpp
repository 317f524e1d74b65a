#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace data {

/// What a number in a column measures decides what 1.073 means: a count is 1073, degrees are 1.073,
/// and anything else depends on how the rest of the column or file is written.
enum class Quantity : std::uint8_t { count, share, measure, degrees };

enum class NumberStyle : std::uint8_t { unknown, vietnamese, english };  ///< 1.234,5 · 1,234.5

struct CellNumber {
  /// ambiguous: two readings are possible and nothing says which one; not to be taken.
  enum class State : std::uint8_t {
    empty,
    not_reported,
    number,
    ambiguous,
    unreadable
  } state = State::empty;
  enum class Qualifier : std::uint8_t { exact, nearly, more_than } qualifier = Qualifier::exact;
  double value = 0;      ///< 22,08% is 0.2208
  bool percent = false;  ///< a % sign stood there
  bool taken() const { return state == State::number; }
};

/// "1.073", "22,08%", "-", "chưa báo cáo", "≈20", "hơn 10"… A count must be a whole number.
CellNumber read_number(std::string_view text, Quantity quantity, NumberStyle style);

/// From the cells that can be read in one way only (22,08 · 0.862 · 1.234.567); unknown when there
/// are none, or when they contradict each other. `counts`: a single group of three digits after a
/// point or comma is evidence too, because a count has no decimals.
NumberStyle number_style(std::span<const std::string> cells, bool counts = false);

/// 23.42 is 0.2342: the double nearest to the decimal, where dividing by 100 may miss by a bit. So
/// 60% and 0.6 are the same, in a comparison as in a preview.
double hundredths(double percent);

/// A number as the mapping writes it: C locale, shortest form that reads back the same.
std::string plain_number(double value);

/// A phone number (10 digits from 0, or +84…) or an ID number (12 digits) anywhere in the text.
bool looks_personal(std::string_view text);

}  // namespace data
