// Fixture graphs: J1 upload JSON files in tests/queries/graphs/.
#pragma once

#include <string>

#include "core/graph/snapshot.h"

namespace callisto::test {

// Loads graphs/<name>.json into a store of its own. Besides `entities` and `relationships`, a
// fixture may have `overrides`: [{"scope", "_key", "property", "value"}], oldest scope first.
// An object with `_deleted: true` is soft-deleted. Throws std::runtime_error on a bad fixture.
[[nodiscard]] SnapshotPtr load_graph(const std::string& name);

// The same from JSON text.
[[nodiscard]] SnapshotPtr load_graph_text(const std::string& json);

}  // namespace callisto::test
