// Entities and relationships as J1QL results show them (j1ql 8.1).
#pragma once

#include <string>

#include "query/executor/run_context.h"

namespace callisto::query {

class ObjectWriter {
 public:
  // Lifetime: the snapshot's.
  explicit ObjectWriter(const Snapshot& snapshot, LayerView layer = LayerView::Effective)
      : snapshot_(snapshot), layer_(layer) {}

  explicit ObjectWriter(const RunContext& run) : ObjectWriter(*run.snapshot, run.plan->layer) {}

  // {"id":..,"entity":{core metadata},"properties":{..}}
  void append_entity(std::string& out, PackedRef entity);
  // {"id":..,"relationship":{..},"properties":{..}}; with the ids of the ends for a tree.
  void append_relationship(std::string& out, PackedRef relationship, bool in_tree = false);

 private:
  void append_core(std::string& out, bool relationship, PackedRef ref);
  void append_properties(std::string& out, bool relationship, PackedRef ref);
  void append_field(std::string& out, bool& first, std::string_view name, ValueView value);

  [[nodiscard]] ValueView read(bool relationship, PackedRef ref, PropertyId property) {
    return value_of(snapshot_, layer_, relationship, ref, property, scratch_);
  }

  const Snapshot& snapshot_;
  LayerView layer_;
  Arena scratch_;
};

}  // namespace callisto::query
