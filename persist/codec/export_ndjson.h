// A whole graph as lines of JSON, for people and for import.
//
//   {"kind":"header","format":"callisto-graph","formatVersion":1,"account":"local",
//    "graphVersion":42,"digest":"..."}
//   {"kind":"partition","id":0,"source":"integration-managed","scope":"","instance":"...",...}
//   {"kind":"scope","name":"tiers","age":17}
//   {"kind":"entity","_id":"...","_key":"...","_type":"...","_class":["..."],"_version":1,
//    "_createdOn":0,"_beginOn":0,"partition":0,"base":{...},"layers":{"criticality":{...}}}
//   {"kind":"relationship","_id":"...",...,"_fromEntityId":"...","_toEntityId":"..."}
//   {"kind":"rawData",...}          raw_data_lines.h
//   {"kind":"definitions",...}      smart classes and parameters, from the layer above
//   {"kind":"end","entities":1,"relationships":1,"others":2,"digest":"..."}   export_digest.h
//
// Soft-deleted objects have "_deleted":true and "_endOn". `base` is what the owner said; `layers`
// what PATCH, mutations and override scopes say over it. Sync jobs are not part of the graph.
// Properties stand in the order of their names and objects in the order of their rows, so that
// exporting, importing and exporting again gives the same bytes.
#pragma once

#include <functional>
#include <string_view>

#include "core/graph/snapshot.h"
#include "persist/store/committer.h"
#include <callisto/error.h>

namespace callisto::persist {

inline constexpr std::uint64_t kExportFormatVersion = 1;
inline constexpr std::string_view kExportFormat = "callisto-graph";

// Lines of this kind belong to the layer above.
inline constexpr std::string_view kDefinitionsKind = "definitions";

using LineSink = std::function<Status(std::string_view line)>;

// The record that keeps what a line of definitions says. Errors: InvalidInput.
using DefinitionsReader = std::function<Result<SidePut>(std::string_view line)>;

// The lines of the raw documents that are stored. Errors: what `sink` returns; Corruption.
[[nodiscard]] Status export_raw_data(const Committer& store, const LineSink& sink);

// Gives `sink` each line, without its end; those of `others` stand before the last.
//
// Errors: what `sink` returns. Complexity: linear in the graph.
[[nodiscard]] Status export_ndjson(const Snapshot& snapshot,
                                   const LineSink& sink,
                                   const std::function<Status(const LineSink&)>& others = {});

}  // namespace callisto::persist
