// Raw documents as lines of an export. Private to the codec: shows simdjson.
//
//   {"kind":"rawData","object":"entity","_id":"...","source":"api",
//    "documents":[{"name":"default","contentType":"application/json","data":"{...}",
//                  "createdOn":1700000000000,"beginOn":1700000000000}]}
//
// Times that are not known are left out.
#pragma once

#include <string>
#include <string_view>

#include <simdjson.h>

#include "core/graph/change_set.h"
#include <callisto/error.h>

namespace callisto::persist {

// The line of a record, by its key. Errors: Corruption.
[[nodiscard]] Result<std::string> raw_data_line(std::string_view key, std::string_view record);

// The record of a line. Errors: InvalidInput.
[[nodiscard]] Result<SidePut> read_raw_data_line(const simdjson::dom::object& line);

}  // namespace callisto::persist
