#include "data/mip_tidy.hpp"

#include <algorithm>
#include <cmath>

namespace data {
namespace {

enum class Row { needed, holds, never };

double slack(double value) { return 1e-9 * std::max(1.0, std::abs(value)); }

/// Draws the limits of a column together. False: none are left.
bool narrow(Mip::Column& column, double lower, double upper) {
  if (column.whole) {
    lower = std::isfinite(lower) ? std::ceil(lower - slack(lower)) : lower;
    upper = std::isfinite(upper) ? std::floor(upper + slack(upper)) : upper;
  }
  column.lower = std::max(column.lower, lower);
  column.upper = std::min(column.upper, upper);
  if (column.lower <= column.upper) return true;
  if (column.lower - column.upper > slack(column.lower)) return false;
  column.lower = column.upper;
  return true;
}

Row judge(Mip& mip, const Mip::Row& row) {
  double fixed = 0, least = 0, most = 0, size = 1, open_factor = 0;
  std::uint32_t open_column = 0;
  std::size_t open = 0;
  for (const auto& [index, factor] : row.terms) {
    const Mip::Column& column = mip.columns[index];
    if (factor == 0) continue;
    if (column.lower == column.upper) {
      fixed += factor * column.lower;
      size = std::max(size, std::abs(factor * column.lower));
      continue;
    }
    ++open;
    open_column = index;
    open_factor = factor;
    least += factor * (factor > 0 ? column.lower : column.upper);
    most += factor * (factor > 0 ? column.upper : column.lower);
  }
  const double tolerance = 1e-9 * size;
  if (fixed + least > row.upper + tolerance || fixed + most < row.lower - tolerance)
    return Row::never;
  if (fixed + least >= row.lower && fixed + most <= row.upper) return Row::holds;
  if (open == 0) return Row::holds;  // but for what rounding makes of it
  if (open > 1) return Row::needed;
  const double low = (row.lower - fixed) / open_factor, high = (row.upper - fixed) / open_factor;
  return narrow(mip.columns[open_column], std::min(low, high), std::max(low, high)) ? Row::holds
                                                                                    : Row::never;
}

}  // namespace

bool tidy(Mip& mip) {
  for (Mip::Column& column : mip.columns) {
    if (!narrow(column, column.lower, column.upper)) return false;
    if (!column.whole) continue;
    column.lower = std::ceil(column.lower - slack(column.lower));
    column.upper = std::floor(column.upper + slack(column.upper));
    if (column.lower > column.upper) return false;
  }
  // A limit found in one row may settle another; each pass takes a row out or is the last.
  for (bool changed = true; changed;) {
    bool never = false;
    const auto gone = std::remove_if(mip.rows.begin(), mip.rows.end(), [&](const Mip::Row& row) {
      const Row verdict = never ? Row::needed : judge(mip, row);
      never = never || verdict == Row::never;
      return verdict == Row::holds;
    });
    changed = gone != mip.rows.end();
    mip.rows.erase(gone, mip.rows.end());
    if (never) return false;
  }
  return true;
}

}  // namespace data
