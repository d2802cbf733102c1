// Brings the workload into a database through sync jobs, one DIFF scope a kind, and keeps time.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "bench/generator/workload.h"
#include <callisto/database.h>

namespace callisto::bench {

struct SyncFigures {
  double seconds = 0;  // In the database's calls: making the bodies is not counted.
  std::uint64_t bytes = 0;
  std::uint64_t objects = 0;
  SyncReport report{};  // Of the last job.
};

// Every kind in turn, entities first. Errors: the database's own.
[[nodiscard]] Result<SyncFigures> load_graph(Database& database, const Workload& workload);

// One sync of one entity type or relationship kind as its owner finds it at `revision`.
[[nodiscard]] Result<SyncFigures> sync_entities(Database& database,
                                                const Workload& workload,
                                                const EntityKind& kind,
                                                std::uint32_t revision);
[[nodiscard]] Result<SyncFigures> sync_relationships(Database& database,
                                                     const Workload& workload,
                                                     const RelationshipKind& kind,
                                                     std::uint32_t revision);

// The `_id` of every entity of a type, by row. Asked from the database itself.
[[nodiscard]] Result<std::vector<std::string>> entity_ids(Database& database,
                                                          const Workload& workload,
                                                          const EntityKind& kind);

}  // namespace callisto::bench
