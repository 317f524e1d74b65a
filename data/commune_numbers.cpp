#include "data/workspace.hpp"

namespace data {

// Follows with the dataset and its gaps: until then nothing out of date is left behind.
void write_commune_numbers(Workspace& workspace) {
  workspace.database().execute("DELETE FROM commune_number");
}

}  // namespace data
