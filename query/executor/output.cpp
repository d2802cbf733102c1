// Cells on demand.
#include "query/executor/output.h"

#include <algorithm>
#include <array>

namespace callisto::query {

namespace {

using Variables = std::vector<VariableId>;

// Where the paths end that began at `ends` and went through the steps. On the way finds what the
// alias of an optional stands for: where the optional began, or where it ended.
Variables ends_of(const std::vector<BoundStep>& steps,
                  Variables ends,
                  VariableId alias,
                  Variables& meant) {
  for (const BoundStep& step : steps) {
    if (const auto* hop = std::get_if<BoundHop>(&step.node)) {
      ends = {hop->node.variable};
    } else if (const auto* optional = std::get_if<BoundOptional>(&step.node)) {
      const Variables inside = ends_of(optional->steps, ends, alias, meant);
      ends.insert(ends.end(), inside.begin(), inside.end());
      if (optional->alias == alias) meant.insert(meant.end(), ends.begin(), ends.end());
    }
  }
  return ends;
}

// Properties that entities (or relationships) of a variable can have: metadata first, then by name.
std::vector<PropertyId> properties_of(const RunContext& run, VariableId variable) {
  Variables meant{variable};
  ends_of(run.plan->logical->steps, {run.plan->logical->start.variable}, variable, meant);
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
    if (std::find(meant.begin(), meant.end(), node.variable) == meant.end()) continue;
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
    if (item.hidden) continue;
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

Batch::Batch(const RunContext& run, const OutputColumns& columns, bool metadata)
    : run_(run),
      columns_(columns),
      metadata_(metadata),
      width_(run.query().shape == ResultType::Table ? run.query().variables.size() : 1),
      values_(columns.columns.size()),
      evaluator_(run),
      writer_(run) {
  loaded_.resize(columns.columns.size());
}

void Batch::clear() {
  rows_ = 0;
  refs_.clear();
  cells_.clear();
  arena_.clear();
  evaluator_.count(arena_);
  std::fill(loaded_.begin(), loaded_.end(), std::span<const ValueView>{});
}

void Batch::add_path(std::span<const PackedRef> path) {
  refs_.insert(refs_.end(), path.begin(), path.end());
  ++rows_;
}

void Batch::add_cells(std::span<const Cell> cells) {
  cells_.push_back(cells);
  ++rows_;
}

void Batch::add_object(CellKind kind, PackedRef ref) {
  object_kind_ = kind;
  refs_.push_back(ref);
  ++rows_;
}

std::span<PackedRef> Batch::add_entities(std::size_t rows) {
  if (run_.query().shape != ResultType::Table) object_kind_ = CellKind::Entity;
  refs_.resize(rows_ + rows);
  return std::span(refs_).subspan(rows_);
}

void Batch::keep(std::size_t rows) {
  rows_ += rows;
  refs_.resize(rows_);
}

Cell Batch::item_cell(std::size_t row, std::uint32_t item) const {
  if (object_kind_ != CellKind::Value) return {.ref = refs_[row], .kind = object_kind_};
  if (!cells_.empty()) return cells_[row][item];
  return evaluator_.cell(run_.query().items[item].expression, path(row), arena_);
}

Cell Batch::cell(std::size_t row, std::size_t column) const {
  const OutputColumn& wanted = columns_.columns[column];
  const Cell whole = item_cell(row, wanted.item);
  if (wanted.property == kNoProperty) return whole;
  if (whole.kind == CellKind::Value) return {};
  return {.value =
              run_.value(whole.kind == CellKind::Relationship, whole.ref, wanted.property, arena_)};
}

ValueView Batch::value_of(const Cell& cell) const {
  if (cell.kind == CellKind::Value) return cell.value;
  return run_.value(cell.kind == CellKind::Relationship, cell.ref, metadata::kId, arena_);
}

std::span<const ValueView> Batch::load(std::size_t column) const {
  std::vector<ValueView>& values = values_[column];
  values.resize(rows_);
  const OutputColumn& wanted = columns_.columns[column];
  const bool paths = object_kind_ == CellKind::Value && cells_.empty();
  const Expression* const item =
      paths && run_.plain_layer() ? &run_.query().items[wanted.item].expression : nullptr;
  if (item != nullptr && item->kind == Expression::Kind::Read) {
    gather(run_.query().reads[item->index].variable, run_.plan->reads[item->index], values);
  } else if (item != nullptr && item->kind == Expression::Kind::Object &&
             wanted.property != kNoProperty) {
    gather(item->index, wanted.property, values);
  } else {
    for (std::size_t row = 0; row < rows_; ++row) {
      if (run_.guard.step()) {
        std::fill(values.begin() + static_cast<std::ptrdiff_t>(row), values.end(), ValueView{});
        break;
      }
      values[row] = value_of(cell(row, column));
    }
  }
  return loaded_[column] = values;
}

void Batch::gather(VariableId variable, PropertyId property, std::span<ValueView> out) const {
  std::span<const PackedRef> refs(refs_);
  if (width_ > 1) {
    in_column_.resize(rows_);
    for (std::size_t row = 0; row < rows_; ++row) {
      in_column_[row] = refs_[row * width_ + variable];
    }
    refs = in_column_;
  }
  const bool relationship = run_.is_relationship(variable);
  const auto chunk_of = [&](std::size_t row) { return refs[row] / kChunkRows; };
  for (std::size_t row = 0; row < rows_;) {
    std::size_t end = row + 1;
    while (end < rows_ && chunk_of(end) == chunk_of(row)) {
      ++end;
    }
    const auto part = refs.subspan(row, end - row);
    const auto slot = part[0] == kUnbound || property == kNoProperty
                          ? std::nullopt
                          : run_.table(relationship, part[0]).slot(property);
    if (slot) {
      gather_chunk(run_.table(relationship, part[0]), *slot, part, out.subspan(row, part.size()));
    } else {
      for (std::size_t i = row; i < end; ++i) {
        out[i] = run_.value(relationship, refs[i], property, arena_);
      }
    }
    row = end;
  }
}

void Batch::gather_chunk(const PropertyTable& table,
                         Slot slot,
                         std::span<const PackedRef> rows,
                         std::span<ValueView> out) const {
  const Column* const column = table.chunk_of(row_of(rows[0])).column(slot);
  if (column == nullptr) {
    std::fill(out.begin(), out.end(), ValueView{});
    return;
  }
  // Filled below as far as it is read.
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-member-init)
  std::array<std::uint16_t, kChunkRows> local;
  for (std::size_t begin = 0; begin < rows.size(); begin += kChunkRows) {
    const auto part = rows.subspan(begin, std::min<std::size_t>(kChunkRows, rows.size() - begin));
    for (std::size_t i = 0; i < part.size(); ++i) {
      local[i] = static_cast<std::uint16_t>(part[i] % kChunkRows);
    }
    column->gather({local.data(), part.size()}, out.subspan(begin, part.size()), arena_);
  }
}

CellKind Batch::kind(std::size_t row, std::size_t column) const {
  if (!has(row, column)) return CellKind::Value;
  if (object_kind_ == CellKind::Value && cells_.empty()) {
    const OutputColumn& wanted = columns_.columns[column];
    const Expression& item = run_.query().items[wanted.item].expression;
    if (wanted.property != kNoProperty || item.kind != Expression::Kind::Object) {
      return CellKind::Value;
    }
  }
  return cell(row, column).kind;
}

void Batch::append_json(std::string& out, std::size_t row, std::size_t column) const {
  const Cell shown = has(row, column) ? cell(row, column) : Cell{};
  switch (shown.kind) {
    case CellKind::Value: {
      const std::size_t begin = out.size();
      callisto::append_json(out, shown.value);
      (void)run_.guard.work(out.size() - begin);
      return;
    }
    case CellKind::Entity:
      writer_.append_entity(out, shown.ref);
      return;
    case CellKind::Relationship:
      writer_.append_relationship(out, shown.ref);
      return;
  }
}

void Batch::append_metadata(std::string& out, std::size_t row) const {
  if (!metadata_ || row >= rows_ || run_.query().shape != ResultType::Table || !cells_.empty())
    return;
  const std::span<const PackedRef> bound = path(row);
  const char* before = "{\"byAlias\":{";
  for (std::size_t i = 0; i < bound.size(); ++i) {
    const Variable& variable = run_.query().variables[i];
    if (variable.relationship || variable.selector.empty() || bound[i] == kUnbound) continue;
    out += before;
    before = ",";
    append_json_string(out, variable.selector);
    std::string id;
    callisto::append_json(id, run_.value(false, bound[i], metadata::kId, arena_));
    out.append(":{\"id\":").append(id).append(",\"entity\":{\"_id\":").append(id).append("}}");
  }
  out += *before == ',' ? "}}" : "{\"byAlias\":{}}";
}

void Batch::append_edge(std::string& out, std::size_t row) const {
  writer_.append_relationship(out, refs_[row], true);
}

}  // namespace callisto::query
