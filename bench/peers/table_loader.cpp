#include "bench/peers/table_loader.h"

#include <map>
#include <vector>

#include <fmt/format.h>

namespace callisto::bench {
namespace {

std::string list_table(std::string_view kind, std::string_view property) {
  return fmt::format("{}__{}", kind, property);
}

std::string_view type_of(FieldKind kind) {
  switch (kind) {
    case FieldKind::Text:
    case FieldKind::Choice:
    case FieldKind::Rules:
      return "VARCHAR";
    case FieldKind::Number:
    case FieldKind::Date:
      return "BIGINT";
    case FieldKind::Decimal:
      return "DOUBLE";
    case FieldKind::Flag:
      return "BOOLEAN";
    case FieldKind::List:
      return "INTEGER";  // The number of its elements, which stand in a table of their own.
  }
  return "VARCHAR";
}

// A kind's table and its lists' tables while they are filled.
class KindFiller {
 public:
  KindFiller(Tables& tables, std::string_view kind, const std::vector<Field>& fields)
      : tables_(tables), kind_(kind), fields_(fields) {}

  // `fixed`: declarations of the columns before those of the fields.
  bool create(std::string_view fixed, std::size_t fixed_columns) {
    std::string columns(fixed);
    for (const Field& field : fields_)
      columns += fmt::format(", \"{}\" {}", field.name, type_of(field.kind));
    if (!tables_.run(fmt::format("CREATE TABLE {}({})", kind_, columns))) return false;
    rows_ = tables_.fill(kind_, fixed_columns + fields_.size());
    for (const Field& field : fields_) {
      if (field.kind != FieldKind::List) continue;
      const std::string table = list_table(kind_, field.name);
      if (!tables_.run(fmt::format("CREATE TABLE {}(row INTEGER, value VARCHAR)", table))) {
        return false;
      }
      lists_[field.name] = tables_.fill(table, 2);
      if (lists_[field.name] == nullptr) return false;
    }
    return rows_ != nullptr;
  }

  // After its fixed columns. Properties come in the order of the fields, with gaps: those are NULL.
  bool end_row(std::int64_t row, const std::vector<Property>& properties) {
    auto property = properties.begin();
    for (const Field& field : fields_) {
      if (property == properties.end() || property->name != field.name) {
        rows_->add_null();
        continue;
      }
      add_value(*rows_, property->value);
      if (field.kind == FieldKind::List && !add_elements(row, *property)) return false;
      ++property;
    }
    return rows_->end_row();
  }

  bool finish() {
    for (const auto& [name, sink] : lists_) {
      if (!sink->finish()) return false;
    }
    return rows_->finish();
  }

  [[nodiscard]] TableSink& rows() { return *rows_; }

 private:
  bool add_elements(std::int64_t row, const Property& property) {
    TableSink& sink = *lists_.at(property.name);
    for (const std::string& element : std::get<std::vector<std::string>>(property.value)) {
      sink.add(row);
      sink.add(std::string_view(element));
      if (!sink.end_row()) return false;
    }
    return true;
  }

  Tables& tables_;
  std::string kind_;
  const std::vector<Field>& fields_;
  std::unique_ptr<TableSink> rows_;
  std::map<std::string_view, std::unique_ptr<TableSink>> lists_;
};

bool load_entities(Tables& tables,
                   const Workload& workload,
                   const EntityKind& kind,
                   const RowIds& ids) {
  KindFiller filler(tables, kind.type, kind.fields);
  if (!filler.create(fmt::format("{}, _id VARCHAR, _key VARCHAR", tables.row_column()), 3)) {
    return false;
  }
  Entity entity;
  for (std::uint32_t row = 0; row < workload.rows(kind); ++row) {
    workload.entity(entity, kind, row);
    filler.rows().add(std::int64_t{row});
    filler.rows().add(ids(kind.type, row));
    filler.rows().add(std::string_view(entity.key));
    if (!filler.end_row(row, entity.properties)) return false;
  }
  return filler.finish();
}

bool load_relationships(Tables& tables, const Workload& workload, const RelationshipKind& kind) {
  KindFiller filler(tables, relationship_type(kind), kind.fields);
  if (!filler.create(
          fmt::format("{}, from_row INTEGER, to_row INTEGER, _key VARCHAR", tables.row_column()),
          4)) {
    return false;
  }
  const std::vector<Edge> edges = workload.edges(kind);
  std::vector<Property> properties;
  for (std::uint32_t i = 0; i < edges.size(); ++i) {
    workload.edge_properties(properties, kind, i);
    const std::string key = edge_key(kind, edges[i]);
    filler.rows().add(std::int64_t{i});
    filler.rows().add(std::int64_t{edges[i].from});
    filler.rows().add(std::int64_t{edges[i].to});
    filler.rows().add(std::string_view(key));
    if (!filler.end_row(i, properties)) return false;
  }
  return filler.finish();
}

struct AddValue {
  TableSink& sink;

  void operator()(bool value) const { sink.add(value); }

  void operator()(std::int64_t value) const { sink.add(value); }

  void operator()(Tenths value) const { sink.add(static_cast<double>(value.tenths) / 10); }

  void operator()(const std::string& value) const { sink.add(std::string_view(value)); }

  void operator()(const std::vector<std::string>& value) const {
    sink.add(static_cast<std::int64_t>(value.size()));
  }
};

}  // namespace

void add_value(TableSink& sink, const PropertyValue& value) {
  std::visit(AddValue{sink}, value);
}

std::string_view column_type(const PropertyValue& value) {
  if (std::holds_alternative<bool>(value)) return type_of(FieldKind::Flag);
  if (std::holds_alternative<std::int64_t>(value)) return type_of(FieldKind::Number);
  if (std::holds_alternative<Tenths>(value)) return type_of(FieldKind::Decimal);
  if (std::holds_alternative<std::string>(value)) return type_of(FieldKind::Text);
  return type_of(FieldKind::List);
}

bool load_tables(Tables& tables, const Workload& workload, const RowIds& ids) {
  for (const EntityKind& kind : entity_kinds()) {
    if (!load_entities(tables, workload, kind, ids)) return false;
  }
  for (const RelationshipKind& kind : relationship_kinds()) {
    if (!load_relationships(tables, workload, kind)) return false;
  }
  return true;
}

bool create_indexes(Tables& tables) {
  for (const EntityKind& kind : entity_kinds()) {
    if (!tables.run(fmt::format("CREATE UNIQUE INDEX {0}_id ON {0}(_id)", kind.type)) ||
        !tables.run(fmt::format("CREATE UNIQUE INDEX {0}_key ON {0}(_key)", kind.type))) {
      return false;
    }
    for (const Field& field : kind.fields) {
      if (field.kind != FieldKind::List || !tables.joins_by_index()) continue;
      const std::string table = list_table(kind.type, field.name);
      if (!tables.run(fmt::format("CREATE INDEX {0}_row ON {0}(row)", table))) return false;
    }
  }
  for (const RelationshipKind& kind : relationship_kinds()) {
    if (!tables.joins_by_index()) break;
    const std::string table = relationship_type(kind);
    if (!tables.run(fmt::format("CREATE INDEX {0}_out ON {0}(from_row, to_row)", table)) ||
        !tables.run(fmt::format("CREATE INDEX {0}_in ON {0}(to_row, from_row)", table))) {
      return false;
    }
  }
  return tables.run("CREATE INDEX okta_user_email ON okta_user(email)") &&
         tables.run("CREATE INDEX github_user_email ON github_user(email)");
}

}  // namespace callisto::bench
