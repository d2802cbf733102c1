// Cells on demand.
#include "query/executor/output.h"

#include <algorithm>

namespace callisto::query {

namespace {

// Properties that entities (or relationships) of a variable can have: metadata first, then by name.
std::vector<PropertyId> properties_of(const RunContext& run, VariableId variable) {
  const Snapshot& snapshot = *run.snapshot;
  std::vector<bool> present(snapshot.names().properties.size(), false);
  const auto note = [&](const PropertyTable& table) {
    for (const PropertyId property : table.properties()) {
      if (property != kNoProperty && property.value < present.size()) {
        present[property.value] = true;
      }
    }
  };
  const std::uint32_t ends = metadata::kFromEntityId.value;
  const bool relationship = run.is_relationship(variable);
  for (const PlanNode& node : run.plan->nodes) {
    if (node.variable != variable) continue;
    for (const NodeTable& table : node.tables) {
      note(*snapshot.entity_table(table.type));
    }
  }
  for (const PlanHop& hop : run.plan->hops) {
    if (hop.relationship != variable) continue;
    for (const HopTable& table : hop.tables) {
      note(*snapshot.relationship_tables()[table.table]);
    }
  }
  std::vector<PropertyId> properties;
  for (std::uint32_t id = 0; id < metadata::kCount; ++id) {
    if (id < ends || relationship) properties.push_back({id});
  }
  const auto first = static_cast<std::ptrdiff_t>(properties.size());
  for (std::uint32_t id = metadata::kCount; id < present.size(); ++id) {
    if (present[id]) properties.push_back({id});
  }
  std::sort(properties.begin() + first, properties.end(), [&](PropertyId a, PropertyId b) {
    return snapshot.names().text(a) < snapshot.names().text(b);
  });
  return properties;
}

}  // namespace

OutputColumns output_columns(const RunContext& run) {
  OutputColumns output;
  const BoundQuery& query = run.query();
  if (query.shape != ResultType::Table) {
    output.columns.push_back({});
    output.names.emplace_back(query.shape == ResultType::List ? "entity" : "vertex");
    return output;
  }
  for (std::uint32_t i = 0; i < query.items.size(); ++i) {
    const Item& item = query.items[i];
    if (!item.all_properties) {
      output.columns.push_back({.item = i});
      output.names.push_back(item.column);
      continue;
    }
    for (const PropertyId property : properties_of(run, item.expression.index)) {
      output.columns.push_back({.item = i, .property = property});
      output.names.push_back(item.selector + "." +
                             std::string(run.snapshot->names().text(property)));
    }
  }
  return output;
}

Batch::Batch(const RunContext& run, const OutputColumns& columns)
    : run_(run),
      columns_(columns),
      width_(run.query().variables.size()),
      evaluator_(run),
      writer_(run) {}

void Batch::clear() {
  rows_ = 0;
  paths_.clear();
  cells_.clear();
  objects_.clear();
  arena_.clear();
}

void Batch::add_path(std::span<const PackedRef> path) {
  paths_.insert(paths_.end(), path.begin(), path.end());
  ++rows_;
}

void Batch::add_cells(std::span<const Cell> cells) {
  cells_.push_back(cells);
  ++rows_;
}

void Batch::add_object(CellKind kind, PackedRef ref) {
  objects_.push_back({.ref = ref, .kind = kind});
  ++rows_;
}

Cell Batch::item_cell(std::size_t row, std::uint32_t item) const {
  if (!objects_.empty()) return objects_[row];
  if (!cells_.empty()) return cells_[row][item];
  const auto path = std::span<const PackedRef>(paths_).subspan(row * width_, width_);
  return evaluator_.cell(run_.query().items[item].expression, path, arena_);
}

Cell Batch::cell(std::size_t row, std::size_t column) const {
  const OutputColumn& wanted = columns_.columns[column];
  const Cell whole = item_cell(row, wanted.item);
  if (wanted.property == kNoProperty) return whole;
  if (whole.kind == CellKind::Value) return {};
  return {.value =
              run_.value(whole.kind == CellKind::Relationship, whole.ref, wanted.property, arena_)};
}

CellKind Batch::kind(std::size_t row, std::size_t column) const {
  return cell(row, column).kind;
}

ValueView Batch::value(std::size_t row, std::size_t column) const {
  const Cell shown = cell(row, column);
  if (shown.kind == CellKind::Value) return shown.value;
  return run_.value(shown.kind == CellKind::Relationship, shown.ref, metadata::kId, arena_);
}

void Batch::append_json(std::string& out, std::size_t row, std::size_t column) const {
  const Cell shown = cell(row, column);
  switch (shown.kind) {
    case CellKind::Value:
      callisto::append_json(out, shown.value);
      return;
    case CellKind::Entity:
      writer_.append_entity(out, shown.ref);
      return;
    case CellKind::Relationship:
      writer_.append_relationship(out, shown.ref);
      return;
  }
}

void Batch::append_edge(std::string& out, std::size_t row) const {
  writer_.append_relationship(out, objects_[row].ref, true);
}

}  // namespace callisto::query
