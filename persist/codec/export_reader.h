// Reads what export_ndjson() wrote into an empty store.
#pragma once

#include <istream>
#include <string>

#include "persist/codec/export_ndjson.h"
#include "persist/store/store.h"
#include <callisto/error.h>

namespace callisto::persist {

// Reads line by line and commits in batches that nobody sees until the last line: the graph is then
// there at once, or not at all. `name` stands in error messages.
//
// Errors: Conflict when the store holds a graph; InvalidInput naming the line and what is wrong
// with it (another format, account or id, a missing end, a name that nothing has); Io. Complexity:
// linear; memory: the new graph and one batch.
[[nodiscard]] Status import_ndjson(std::istream& in,
                                   const std::string& name,
                                   Store& store,
                                   const std::string& account,
                                   const LineSink& definitions = {});

}  // namespace callisto::persist
