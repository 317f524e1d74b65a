#pragma once
#include <algorithm>
#include <cmath>
#include <optional>
#include <random>

#include "data/mip.hpp"

/// Programmes so small that every x can be tried.
namespace small_mips {

inline int number(std::mt19937& random, int from, int to) {
  return from + static_cast<int>(random() % static_cast<unsigned>(to - from + 1));
}

/// 1 to 5 whole columns of few values, 0 to 4 rows of every kind, factors with fractions.
inline data::Mip any(std::mt19937& random) {
  data::Mip mip;
  const int columns = number(random, 1, 5), rows = number(random, 0, 4);
  for (int i = 0; i < columns; ++i) {
    const int lower = number(random, -3, 2);
    mip.columns.push_back({number(random, -20, 40) / 8.0, static_cast<double>(lower),
                           static_cast<double>(lower + number(random, 0, 5)), true, ""});
  }
  for (int i = 0; i < rows; ++i) {
    data::Mip::Row row;
    for (std::uint32_t j = 0; j < mip.columns.size(); ++j) {
      const int factor = number(random, -6, 9);
      if (factor != 0 && number(random, 0, 3) != 0) row.terms.emplace_back(j, factor / 4.0);
    }
    const double limit = number(random, -8, 24) / 2.0;
    switch (number(random, 0, 7)) {
      case 0:
        row.lower = limit - 6;
        break;
      case 1:
        row.lower = row.upper = limit;
        break;
      case 2:
        row.lower = limit - 4;
        row.upper = limit;
        break;
      default:
        row.upper = limit;
    }
    mip.rows.push_back(std::move(row));
  }
  return mip;
}

inline double objective(const data::Mip& mip, const std::vector<double>& x) {
  double sum = 0;
  for (std::size_t i = 0; i < x.size(); ++i) sum += mip.columns[i].objective * x[i];
  return sum;
}

inline bool keeps(const data::Mip& mip, const std::vector<double>& x) {
  const bool columns = std::ranges::equal(mip.columns, x, [](const auto& column, double value) {
    return value >= column.lower - 1e-6 && value <= column.upper + 1e-6 &&
           (!column.whole || value == std::round(value));
  });
  return columns && std::ranges::all_of(mip.rows, [&](const data::Mip::Row& row) {
           double sum = 0;
           for (const auto& [column, factor] : row.terms) sum += factor * x[column];
           return sum >= row.lower - 1e-6 && sum <= row.upper + 1e-6;
         });
}

/// The best objective, by trying every x of whole columns; none when nothing keeps to the rows.
inline std::optional<double> best(const data::Mip& mip) {
  std::vector<double> x;
  for (const auto& column : mip.columns) x.push_back(column.lower);
  std::optional<double> top;
  for (;;) {
    if (keeps(mip, x)) top = std::max(top.value_or(-1e300), objective(mip, x));
    std::size_t i = 0;
    while (i < x.size() && ++x[i] > mip.columns[i].upper) {
      x[i] = mip.columns[i].lower;
      ++i;
    }
    if (i == x.size()) return top;
  }
}

}  // namespace small_mips
