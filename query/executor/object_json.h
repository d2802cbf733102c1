// Entities and relationships as J1QL results show them (j1ql 8.1).
#pragma once

#include <string>

#include "query/executor/run_context.h"

namespace callisto::query {

class ObjectWriter {
 public:
  explicit ObjectWriter(const RunContext& run) : run_(run) {}

  // {"id":..,"entity":{core metadata},"properties":{..}}
  void append_entity(std::string& out, PackedRef entity);
  // {"id":..,"relationship":{..},"properties":{..}}; with the ids of the ends for a tree.
  void append_relationship(std::string& out, PackedRef relationship, bool in_tree = false);

 private:
  void append_core(std::string& out, bool relationship, PackedRef ref);
  void append_properties(std::string& out, bool relationship, PackedRef ref);
  void append_field(std::string& out, bool& first, std::string_view name, ValueView value);

  const RunContext& run_;
  Arena scratch_;
};

}  // namespace callisto::query
