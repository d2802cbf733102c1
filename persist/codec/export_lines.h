// One line of an export at a time, as change sets: used by export_reader.cpp only.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/unordered/unordered_flat_map.hpp>
#include <boost/unordered/unordered_flat_set.hpp>
#include <simdjson.h>

#include "core/graph/change_set.h"
#include "persist/codec/export_ndjson.h"
#include "persist/store/graph_replacement.h"
#include <callisto/error.h>

namespace callisto::persist {

struct ExportHeader {
  std::string account;
  std::uint64_t graph_version = 0;
  bool has_digest = false;  // Exports of versions before did not have one.
  bool is_whole = true;     // The line matches its digest.
};

// Errors (all of this file): InvalidInput without the line's number, which the caller adds.
[[nodiscard]] Result<ExportHeader> read_export_header(std::string_view line);

class ExportLines {
 public:
  // `definitions` makes a record of the lines of definitions.
  ExportLines(GraphReplacement& graph, ExportHeader header, DefinitionsReader definitions);

  Status read(std::string_view line);

  [[nodiscard]] bool ended() const { return ended_; }

  // After the last line; `digest`: of those before it, but for the header. Errors: no end line was
  // read; the lines are not those that were written.
  Status finish(const std::string& digest);

 private:
  using Element = simdjson::dom::element;
  using Object = simdjson::dom::object;

  // The fields that entities and relationships share, as found in a line.
  struct Fields;

  Status read_partition(const Object& object);
  Status read_scope(const Object& object);
  Status read_entity(const Object& object);
  Status read_relationship(const Object& object);
  Status read_end(const Object& object);
  Status read_fields(const Object& object, Fields& fields);
  template <class Put>
  Status fill(const Fields& fields, bool relationship, Put& put);
  Result<Uuid> read_end_id(std::optional<Element> id, std::string_view name);
  Status check_identity(const Uuid& id, const Fields& fields, bool relationship);
  Result<std::span<const ClassId>> read_classes(Element element);
  Result<std::span<const NamedValue>> read_base(Element element);
  Result<LayersPtr> read_layers(Element element, std::int64_t base_set_at_ms);
  Status read_property_layers(const Object& object, PropertyLayers& layers);
  Result<LayerEntry> read_entry(Element element);
  Status read_overrides(Element element, PropertyLayers& layers);
  Result<ValueView> read_value(Element element);
  Result<Value> read_owned(Element element);
  Status flush_when_full();
  Status flush();

  GraphReplacement& graph_;
  ExportHeader header_;
  DefinitionsReader definitions_;
  Names& names_;
  simdjson::dom::parser parser_;
  ChangeSet batch_;
  std::vector<std::optional<PartitionNameSpaces>> spaces_;  // By partition id.
  boost::unordered_flat_map<std::string, ScopeId> scopes_;
  boost::unordered_flat_set<std::uint64_t> batch_ids_;  // First halves of the batch's ids.
  std::vector<NamedValue> found_;
  std::uint64_t entities_ = 0;
  std::uint64_t relationships_ = 0;
  std::uint64_t others_ = 0;  // Lines of raw data and definitions.
  std::string digest_;        // As the end line has it.
  bool ended_ = false;
};

}  // namespace callisto::persist
