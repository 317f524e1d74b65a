#pragma once
#include "data/mip.hpp"

namespace data {

/// Takes out the rows that hold whatever x is, and makes limits of columns of those that leave one
/// column open. The columns stay, with limits that no x of the programme is outside of, whole ones
/// for whole columns. False: no x keeps to the rows.
/// CBC stumbles over such rows (an assertion in the first branching) when it does not preprocess.
bool tidy(Mip& mip);

}  // namespace data
