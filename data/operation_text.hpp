#pragma once
#include <string>

#include "data/operation.hpp"

namespace data {

class Workspace;

/// All that an operation says, as bytes that only the same operation has: for sums and for telling
/// whether two that bear one uuid are one.
std::string operation_bytes(const Operation& operation);
void append_operation(std::string& out, const Operation& operation);  ///< the same bytes
/// Appends a text with its length before it, so that two texts never run into each other.
void append_text(std::string& out, std::string_view text);

/// All operations and what they come to, as text that is the same in every copy that holds the
/// same: one line an operation, in the order of their uuids, then the fields with their heads and
/// value, then what is held and not applied.
std::string dump_operations(Workspace& workspace);

}  // namespace data
