// Change sets for tests of the store: small graphs with every kind of value and layer.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "core/graph/change_set.h"
#include "core/graph/snapshot.h"
#include "tests/support/scratch.h"

namespace callisto::tests {

inline constexpr const char* kAccount = "local";

// Writes change sets against one graph's names.
class ChangeWriter {
 public:
  explicit ChangeWriter(Names& names) : names_(names) {}

  // A partition `api`/`scope` with the given id.
  void partition(std::uint32_t id, std::string scope);
  void scope(std::uint32_t id, std::string name, std::uint64_t age);
  EntityPut& entity(std::uint32_t partition, std::string_view type, std::string_view key);
  RelationshipPut& relationship(std::string_view verb,
                                std::string_view from_key,
                                std::string_view to_key);
  // Properties of the object put last; `value` is copied.
  void property(std::string_view name, const Value& value);
  // A layer of the entity put last.
  PropertyLayers& layers(std::string_view property);
  void side(std::string key, std::optional<std::string> value);

  [[nodiscard]] ChangeSet take();

 private:
  void finish_object();

  Names& names_;
  ChangeSet change_;
  std::vector<NamedValue> base_;
  ObjectLayers layers_;
  bool entity_open_ = false;
  bool relationship_open_ = false;
};

// Every kind of value, layer and record in one change set: an empty graph can take it.
[[nodiscard]] ChangeSet rich_change(Names& names);
// `count` hosts with keys host-FIRST, ... and a side record.
[[nodiscard]] ChangeSet hosts_change(Names& names, int first, int count);

// The whole graph, layers and all, as text: equal text, equal graph. Independent of row addresses.
[[nodiscard]] std::string describe(const Snapshot& snapshot);
[[nodiscard]] std::string describe(const ChangeSet& change, const Names& names);

}  // namespace callisto::tests
