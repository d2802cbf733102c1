// The workload as sync uploads: JSON bodies in batches, and NDJSON files.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "bench/generator/workload.h"

namespace callisto::bench {

inline constexpr std::uint32_t kBatchRows = 5'000;

void append_entity_json(std::string& out, const EntityKind& kind, const Entity& entity);

// `,"name":value` for each.
void append_properties(std::string& out, const std::vector<Property>& properties);

// How the ends of a relationship are named: each kind may be a scope of its own, named by the type,
// or all are one.
enum class Ends { OtherScope, OwnScope };

void append_relationship_json(std::string& out,
                              const RelationshipKind& kind,
                              const Edge& edge,
                              const std::vector<Property>& properties,
                              Ends ends);

// Takes one upload body and the number of objects in it; false ends the enumeration.
using BodySink = std::function<bool(std::string_view body, std::uint32_t objects)>;

// `{"entities":[...]}` for all rows of a kind, kBatchRows at a time: a scope.
void write_entities(const Workload& workload,
                    const EntityKind& kind,
                    std::uint32_t revision,
                    const BodySink& sink);

// `{"relationships":[...]}`, the same, with ends in other scopes.
void write_relationships(const Workload& workload,
                         const RelationshipKind& kind,
                         std::uint32_t revision,
                         const BodySink& sink);

struct WrittenFiles {
  std::uint64_t entities = 0;
  std::uint64_t relationships = 0;
  std::uint64_t bytes = 0;
};

// DIR/entities/<type>.ndjson, DIR/relationships/<type>.ndjson and DIR/manifest.tsv (type, file,
// objects): one upload, for `callisto --load DIR` or a sync of one scope. Returns what went wrong,
// or an empty string.
[[nodiscard]] std::string write_files(const Workload& workload,
                                      const std::string& directory,
                                      WrittenFiles& written);

}  // namespace callisto::bench
