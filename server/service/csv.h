// Rows of an answer as CSV (RFC 4180).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <callisto/error.h>

namespace callisto::server {

// `rows`: a JSON array of table rows or of entities. An entity's columns are its metadata, then the
// properties of all, by name. A cell that a spreadsheet would take for a formula is quoted with
// `'`. Errors: those of the JSON reader.
[[nodiscard]] Result<std::string> csv_of(std::string_view rows,
                                         bool list,
                                         const std::vector<std::string>& columns);

}  // namespace callisto::server
