// Rows of an answer as CSV (RFC 4180).
#pragma once

#include <string>
#include <vector>

#include <callisto/error.h>

#include "server/service/allowance.h"

namespace callisto::server {

// `rows`: JSON arrays of one table row or entity each. An entity's columns are its metadata, then
// the properties of all, by name. A cell that a spreadsheet would take for a formula is quoted with
// `'`. Errors: those of the JSON reader; what `allowance` refuses.
[[nodiscard]] Result<std::string> csv_of(const std::vector<std::string>& rows,
                                         bool list,
                                         const std::vector<std::string>& columns,
                                         const Allowance& allowance);

}  // namespace callisto::server
