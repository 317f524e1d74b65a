#pragma once
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "data/boundary_change.hpp"

namespace data {

class Database;

/// What is shown of all reports, by the program's own reading; opaque.
struct Totalled;
std::shared_ptr<const Totalled> totals_before(Database& database,
                                              const geo::Progress& progress = {});
/// Held against what is shown now, which may be within a transaction.
DecreeTotals totals_after(Database& database, const Totalled& before, const std::string& day,
                          const Decree& decree);

/// People of one report shared out in whole numbers that make the number together, the largest
/// remainders first; shares of 1 together.
std::vector<std::int64_t> whole_people(std::int64_t number, std::span<const double> shares);

}  // namespace data
