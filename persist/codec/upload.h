// The body of an upload as compact rows: strings in one arena, names interned, `_id`s computed.
//
//   body ── UploadReader ──> UploadBatch { entities, relationships, delete lists, arena }
//
// A body in which nothing is recognised is refused (D38): it is an error answer, a misspelt key or
// a failed download, and in a DIFF or an OVERRIDE it would read as "all of it is gone".
//
// Accepted bodies: one object {"entities":[],"relationships":[],"deleteEntities":[],
// "deleteRelationships":[]}, or NDJSON with one object a line: a row, or such an object again.
// Source: wire-api 5.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "core/graph/change_set.h"
#include "core/graph/partition.h"
#include "core/names/names.h"
#include "core/values/arena.h"
#include "persist/codec/upload_names.h"
#include <callisto/error.h>
#include <callisto/input_limits.h>
#include <callisto/sync.h>

namespace callisto::persist {

// One uploaded entity. Views point into the batch's arena.
struct EntityRow {
  Uuid id{};              // Of `_key` in the job's partition, or the parsed `_id`.
  bool id_known = false;  // False: `_id` is text that no object can have.
  std::optional<TypeId> type{};
  std::string_view id_text{};  // `_id` as given where the mode reads it; else empty.
  std::string_view key{};
  std::span<const ClassId> classes{};
  // Sorted by property. A Null value stands where the upload says `null` and the mode reads it.
  std::span<const NamedValue> properties{};
  std::string_view raw_data{};  // As encode_raw_data() gives it; empty: none.
};

// An end that is named by its key in another partition.
struct ForeignOwner {
  std::string_view source;  // Empty: any source.
  std::string_view scope;   // Scope or integration instance.
  bool operator==(const ForeignOwner&) const = default;
};

// How a relationship names one of its ends.
struct EndName {
  std::string_view text{};  // `_id` or key; empty: missing.
  bool by_id = false;
  std::optional<Uuid> id{};             // Known for an `_id` and for a key of the own partition.
  const ForeignOwner* owner = nullptr;  // Set for a key in another partition.
};

// `_mapping`: the other end is found by its properties, or made (wire-api 5).
struct Mapping {
  bool reverse = false;  // target -> source.
  bool skip_target_creation = false;
  std::string_view source_key{};
  Uuid source{};
  // Alternatives; all properties of one must match.
  std::span<const std::span<const PropertyId>> filters{};
  EntityRow target{};  // `id` is not computed.
};

struct RelationshipRow {
  Uuid id{};
  std::string_view key{};
  std::uint32_t type = 0;  // Code in UploadNames::relationship_types.
  VerbId verb{};
  EndName from{};
  EndName to{};
  const Mapping* mapping = nullptr;  // Set: replaces from and to.
  std::span<const NamedValue> properties{};
  std::string_view raw_data{};
};

// One element of deleteEntities or deleteRelationships.
struct DeleteRow {
  Uuid id{};
  bool id_known = false;
  bool by_key = false;
};

inline constexpr std::string_view kUploadLists[] = {
    "entities", "relationships", "deleteEntities", "deleteRelationships"};

// The index in kUploadLists; its size when it is none.
[[nodiscard]] std::size_t upload_list_named(std::string_view name);

struct UploadBatch {
  std::vector<EntityRow> entities;
  std::vector<RelationshipRow> relationships;
  std::vector<DeleteRow> delete_entities;
  std::vector<DeleteRow> delete_relationships;
  // In a text of lines: where each row stands, from 1. Else empty.
  std::vector<std::uint32_t> entity_lines;
  std::vector<std::uint32_t> relationship_lines;
  // Raw documents of all rows.
  std::uint64_t entity_documents = 0;
  std::uint64_t relationship_documents = 0;
  UploadWarnings warnings{};
  Arena arena;
};

struct UploadContext {
  SyncMode mode = SyncMode::Diff;
  PartitionNameSpaces spaces{};
  std::shared_ptr<UploadNames> names{};
  UploadOptions options{};
  InputLimits limits{};
  // An upload that was acknowledged before: what is refused now brings nothing, and limits that
  // were lowered since do not hold.
  bool acknowledged = false;
  std::size_t entities_max = 0;  // 0: no cap of its own; else one row more ends the reading.
};

// Decodes and checks a whole body.
//
// Errors: InvalidInput naming row, key and rule; LimitExceeded for bodies above kUploadBytesMax.
// hints[0] is the wire code. Complexity: linear. Thread safety: any number at once.
[[nodiscard]] Result<UploadBatch> decode_upload(std::string_view body,
                                                const UploadContext& context);

// Whether two rows of the same id say the same: then the second is a repeat (D30).
[[nodiscard]] bool same_row(const EntityRow& a, const EntityRow& b);
[[nodiscard]] bool same_row(const RelationshipRow& a, const RelationshipRow& b);

}  // namespace callisto::persist
