// Entities and relationships as J1QL results show them (j1ql 8.1).
#pragma once

#include <cstdint>
#include <string>

#include "query/executor/row_slots.h"
#include "query/executor/run_context.h"

namespace callisto::query {

// How `_createdOn`, `_beginOn` and `_endOn` are written; properties hold numbers either way.
enum class TimeForm : std::uint8_t {
  Iso,           // "2024-02-29T12:00:00.000Z"
  Milliseconds,  // Since 1970.
};

class ObjectWriter {
 public:
  explicit ObjectWriter(const RunContext& run, TimeForm times = TimeForm::Iso)
      : run_(run), times_(times), slots_(run.guard) {}

  // {"id":..,"entity":{core metadata},"properties":{..}}
  void append_entity(std::string& out, PackedRef entity);
  // {"id":..,"relationship":{..},"properties":{..}}; with the ids of the ends for a tree.
  void append_relationship(std::string& out, PackedRef relationship, bool in_tree = false);

 private:
  void append_core(std::string& out, bool relationship, PackedRef ref);
  // The value of a core field as `entity` and `relationship` show it. The text of a time lives in
  // `time`.
  [[nodiscard]] ValueView core_value(PropertyId property, ValueView value, std::string& time) const;
  void append_properties(std::string& out, bool relationship, PackedRef ref);
  void append_field(std::string& out, bool& first, std::string_view name, ValueView value);

  const RunContext& run_;
  TimeForm times_;
  RowSlots slots_;
  Arena scratch_;
};

}  // namespace callisto::query
