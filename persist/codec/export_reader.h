// Reads what export_ndjson() wrote into an empty store.
#pragma once

#include <istream>
#include <string>

#include "persist/codec/export_ndjson.h"
#include "persist/store/store.h"
#include <callisto/error.h>

namespace callisto::persist {

struct ImportResult {
  bool has_digest = false;            // Else nothing says whether the file is whole and unchanged.
  std::uint64_t lone_surrogates = 0;  // Escapes of half a character: U+FFFD stands there now (D43).
  std::uint64_t first_lone_surrogate_line = 0;
};

// Reads line by line and commits in batches that nobody sees until the last line: the graph is then
// there at once with all that goes with it, or not at all. `name` stands in error messages.
//
// Errors: Conflict when the store holds a graph; InvalidInput naming the line and what is wrong
// with it (another format, account or id, a missing end, a name that nothing has, another digest);
// Io. Complexity: linear; memory: the new graph and one batch.
[[nodiscard]] Result<ImportResult> import_ndjson(std::istream& in,
                                                 const std::string& name,
                                                 Store& store,
                                                 const std::string& account,
                                                 const DefinitionsReader& definitions = {});

}  // namespace callisto::persist
