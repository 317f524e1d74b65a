// Mixed-integer programmes as files of others: CPLEX LP and free MPS, in the parts of them that
// GLPK and CBC read alike.
#include <array>
#include <cerrno>
#include <charconv>
#include <cmath>
#include <fstream>
#include <set>
#include <string_view>

#include "data/mip.hpp"
#include "data/unfinished_file.hpp"

namespace data {
namespace {

/// As few digits as give the same double back.
std::string number(double value) {
  std::array<char, 32> buffer{};
  const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value).ptr;
  return {buffer.data(), end};
}

bool plain(char sign) {
  return (sign >= 'a' && sign <= 'z') || (sign >= 'A' && sign <= 'Z') ||
         (sign >= '0' && sign <= '9') || sign == '_';
}

/// Names that both formats hold: apart from each other, not like a number (e12), not a word of the
/// format (free, inf, st, end…: all of these lack an underscore), not too long.
std::vector<std::string> legal_names(std::size_t count, std::string_view kind,
                                     const std::function<const std::string&(std::size_t)>& name) {
  constexpr std::size_t longest = 100;
  std::set<std::string> taken;
  std::vector<std::string> names;
  for (std::size_t i = 0; i < count; ++i) {
    std::string legal;
    for (const char sign : name(i).substr(0, longest)) legal += plain(sign) ? sign : '_';
    const bool letter_first = !legal.empty() && (legal[0] < '0' || legal[0] > '9') &&
                              legal[0] != '_' && legal[0] != 'e' && legal[0] != 'E';
    if (!letter_first || legal.find('_') == std::string::npos)
      legal = std::string(kind) + "_" + legal;
    if (taken.contains(legal)) legal += "__" + std::to_string(i);
    while (!taken.insert(legal).second) legal += "_";
    names.push_back(std::move(legal));
  }
  return names;
}

std::vector<std::string> column_names(const Mip& mip) {
  return legal_names(mip.columns.size(), "x",
                     [&](std::size_t i) -> const std::string& { return mip.columns[i].name; });
}

std::vector<std::string> row_names(const Mip& mip) {
  return legal_names(mip.rows.size(), "r",
                     [&](std::size_t i) -> const std::string& { return mip.rows[i].name; });
}

/// The same programme, as readers want it: at least one column, and whole limits of whole columns.
Mip readable(Mip mip) {
  if (mip.columns.empty()) mip.columns.push_back({0, 0, 0, false, "x_none"});
  for (Mip::Column& column : mip.columns) {
    if (!column.whole) continue;
    column.lower = std::ceil(column.lower - 1e-9);
    column.upper = std::floor(column.upper + 1e-9);
  }
  return mip;
}

void write_file(const std::filesystem::path& file,
                const std::function<void(std::ofstream&)>& write) {
  UnfinishedFile unfinished(file);
  errno = 0;
  std::ofstream out(unfinished.path(), std::ios::binary | std::ios::trunc);
  write(out);
  out.close();
  if (!out) throw unfinished.failed(errno == 0 ? EIO : errno);
  unfinished.finish();
}

/// " + 2 x_a - 0.5 x_b", in lines that every reader holds. A sum of nothing is 0 times the first.
void write_sum(std::ofstream& out, const std::vector<std::string>& names,
               const std::vector<std::pair<std::uint32_t, double>>& terms) {
  std::size_t in_line = 0;
  for (const auto& [column, factor] : terms) {
    if (in_line++ == 8) {
      out << "\n   ";
      in_line = 1;
    }
    out << (std::signbit(factor) ? " - " : " + ") << number(std::abs(factor)) << ' '
        << names[column];
  }
  if (terms.empty()) out << " 0 " << names[0];
}

void write_lp_row(std::ofstream& out, const Mip::Row& row, const std::string& name,
                  const std::vector<std::string>& names) {
  const auto line = [&](const std::string& label, const char* sign, double limit) {
    out << ' ' << label << ':';
    write_sum(out, names, row.terms);
    out << ' ' << sign << ' ' << number(limit) << '\n';
  };
  const bool low = std::isfinite(row.lower), high = std::isfinite(row.upper);
  if (low && high && row.lower == row.upper) {
    line(name, "=", row.lower);
  } else {
    if (low) line(high ? name + "_low" : name, ">=", row.lower);
    if (high) line(low ? name + "_high" : name, "<=", row.upper);
  }
}

void write_lp_bounds(std::ofstream& out, const Mip::Column& column, const std::string& name) {
  if (column.lower == column.upper) {
    out << ' ' << name << " = " << number(column.lower) << '\n';
  } else if (!std::isfinite(column.lower) && !std::isfinite(column.upper)) {
    out << ' ' << name << " free\n";
  } else {
    out << ' ' << (std::isfinite(column.lower) ? number(column.lower) : "-inf") << " <= " << name;
    if (std::isfinite(column.upper)) out << " <= " << number(column.upper);
    out << '\n';
  }
}

void write_mps_bounds(std::ofstream& out, const Mip::Column& column, const std::string& name) {
  const auto line = [&](const char* kind, double value) {
    out << ' ' << kind << " limits " << name << ' ' << number(value) << '\n';
  };
  if (column.lower == column.upper) return line("FX", column.lower);
  if (!std::isfinite(column.lower) && !std::isfinite(column.upper)) {
    out << " FR limits " << name << '\n';
    return;
  }
  // Written even where it is 0: an upper limit below 0 alone would free the lower one.
  if (std::isfinite(column.lower)) {
    line("LO", column.lower);
  } else {
    out << " MI limits " << name << '\n';
  }
  if (std::isfinite(column.upper)) {
    line("UP", column.upper);
  } else {
    out << " PL limits " << name << '\n';  // else some readers hold whole columns to 1
  }
}

char mps_sense(const Mip::Row& row) {
  const bool low = std::isfinite(row.lower), high = std::isfinite(row.upper);
  if (low && high) return row.lower == row.upper ? 'E' : 'L';  // 'L' with a range
  return low ? 'G' : high ? 'L' : 'N';
}

}  // namespace

void write_lp(const Mip& given, const std::filesystem::path& file) {
  const Mip mip = readable(given);
  const auto columns = column_names(mip);
  const auto rows = row_names(mip);
  write_file(file, [&](std::ofstream& out) {
    // Readers refuse a column of which they first hear among the limits.
    std::vector<bool> used(mip.columns.size());
    for (const Mip::Row& row : mip.rows) {
      for (const auto& term : row.terms) used[term.first] = true;
    }
    std::vector<std::pair<std::uint32_t, double>> objective;
    for (std::uint32_t i = 0; i < mip.columns.size(); ++i) {
      const double factor = mip.columns[i].objective;
      if (factor != 0 || !used[i]) objective.emplace_back(i, factor);
    }
    out << "\\ The best answer has the largest objective.\nMaximize\n objective:";
    write_sum(out, columns, objective);
    out << "\nSubject To\n";
    bool none = true;
    for (std::size_t i = 0; i < mip.rows.size(); ++i) {
      none = none && !std::isfinite(mip.rows[i].lower) && !std::isfinite(mip.rows[i].upper);
      write_lp_row(out, mip.rows[i], rows[i], columns);
    }
    if (none) out << " r_none: 0 " << columns[0] << " <= 0\n";  // readers want a row, too
    out << "Bounds\n";
    for (std::size_t i = 0; i < mip.columns.size(); ++i)
      write_lp_bounds(out, mip.columns[i], columns[i]);
    out << "Generals\n";
    for (std::size_t i = 0; i < mip.columns.size(); ++i) {
      if (mip.columns[i].whole) out << ' ' << columns[i] << '\n';
    }
    out << "End\n";
  });
}

void write_mps(const Mip& given, const std::filesystem::path& file) {
  const Mip mip = readable(given);
  const auto columns = column_names(mip);
  const auto rows = row_names(mip);
  // MPS goes by columns.
  std::vector<std::vector<std::pair<std::size_t, double>>> of_column(mip.columns.size());
  for (std::size_t i = 0; i < mip.rows.size(); ++i) {
    for (const auto& [column, factor] : mip.rows[i].terms)
      of_column[column].emplace_back(i, factor);
  }
  write_file(file, [&](std::ofstream& out) {
    out << "* To be MINIMISED: the objective is negated, as MPS has no word for maximising.\n"
           "NAME phusong_minimise_minus_objective\nROWS\n N minus_objective\n";
    for (std::size_t i = 0; i < rows.size(); ++i)
      out << ' ' << mps_sense(mip.rows[i]) << ' ' << rows[i] << '\n';
    out << "COLUMNS\n";
    bool whole = false;
    const auto marker = [&](bool begins) {
      whole = begins;
      out << " marker_whole 'MARKER' " << (begins ? "'INTORG'" : "'INTEND'") << '\n';
    };
    for (std::size_t i = 0; i < columns.size(); ++i) {
      if (mip.columns[i].whole != whole) marker(mip.columns[i].whole);
      // Also where it is 0: a column that is in no row has to be somewhere.
      out << ' ' << columns[i] << " minus_objective " << number(0 - mip.columns[i].objective)
          << '\n';
      for (const auto& [row, factor] : of_column[i])
        out << ' ' << columns[i] << ' ' << rows[row] << ' ' << number(factor) << '\n';
    }
    if (whole) marker(false);
    out << "RHS\n";
    for (std::size_t i = 0; i < rows.size(); ++i) {
      const char sense = mps_sense(mip.rows[i]);
      const double limit = sense == 'G' ? mip.rows[i].lower : mip.rows[i].upper;
      if (sense != 'N' && limit != 0) out << " limit " << rows[i] << ' ' << number(limit) << '\n';
    }
    out << "RANGES\n";
    for (std::size_t i = 0; i < rows.size(); ++i) {
      const Mip::Row& row = mip.rows[i];
      if (mps_sense(row) == 'L' && std::isfinite(row.lower))
        out << " range " << rows[i] << ' ' << number(row.upper - row.lower) << '\n';
    }
    out << "BOUNDS\n";
    for (std::size_t i = 0; i < columns.size(); ++i)
      write_mps_bounds(out, mip.columns[i], columns[i]);
    out << "ENDATA\n";
  });
}

}  // namespace data
