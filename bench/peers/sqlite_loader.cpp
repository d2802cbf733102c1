#include "bench/peers/sqlite_loader.h"

#include <sqlite3.h>

#include <map>
#include <memory>
#include <vector>

#include <fmt/format.h>

#include "bench/peers/sqlite_values.h"

namespace callisto::bench {
namespace {

struct FinalizeStatement {
  void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};

using Statement = std::unique_ptr<sqlite3_stmt, FinalizeStatement>;

Statement prepare_insert(sqlite3& database, std::string_view table, std::size_t values) {
  std::string sql = fmt::format("INSERT INTO {} VALUES (?", table);
  for (std::size_t i = 1; i < values; ++i)
    sql += ",?";
  sql += ")";
  sqlite3_stmt* statement = nullptr;
  sqlite3_prepare_v2(&database, sql.c_str(), -1, &statement, nullptr);
  return Statement(statement);  // Null when refused: stepping it then fails.
}

std::string list_table(std::string_view kind, std::string_view property) {
  return fmt::format("{}__{}", kind, property);
}

std::string columns(const std::vector<Field>& fields, std::string_view first) {
  std::string out(first);
  for (const Field& field : fields)
    out += fmt::format(", \"{}\"", field.name);
  return out;
}

// Inserts rows into a kind's table and its lists' tables.
class RowInserter {
 public:
  // `fixed`: columns before those of the fields.
  RowInserter(sqlite3& database, std::string_view kind, const std::vector<Field>& fields, int fixed)
      : fields_(fields),
        fixed_(fixed),
        row_(prepare_insert(database, kind, static_cast<std::size_t>(fixed) + fields.size())) {
    for (const Field& field : fields) {
      if (field.kind != FieldKind::List) continue;
      lists_[field.name] = prepare_insert(database, list_table(kind, field.name), 2);
    }
  }

  void bind(int place, std::int64_t value) { sqlite3_bind_int64(row_.get(), place, value); }

  // The text must live until insert() is over.
  void bind(int place, std::string_view value) {
    sqlite3_bind_text(
        row_.get(), place, value.data(), static_cast<int>(value.size()), SQLITE_STATIC);
  }

  // Properties come in the order of the fields, with gaps: those are NULL.
  bool insert(std::int64_t row, const std::vector<Property>& properties) {
    int place = fixed_ + 1;
    auto property = properties.begin();
    for (const Field& field : fields_) {
      if (property != properties.end() && property->name == field.name) {
        std::visit(BindValue{row_.get(), place}, property->value);
        if (field.kind == FieldKind::List && !insert_elements(row, *property)) return false;
        ++property;
      } else {
        sqlite3_bind_null(row_.get(), place);
      }
      ++place;
    }
    return step(row_.get());
  }

 private:
  static bool step(sqlite3_stmt* statement) {
    const bool done = sqlite3_step(statement) == SQLITE_DONE;
    sqlite3_reset(statement);
    return done;
  }

  bool insert_elements(std::int64_t row, const Property& property) {
    sqlite3_stmt* statement = lists_.at(property.name).get();
    for (const std::string& element : std::get<std::vector<std::string>>(property.value)) {
      sqlite3_bind_int64(statement, 1, row);
      BindValue{statement, 2}(element);
      if (!step(statement)) return false;
    }
    return true;
  }

  const std::vector<Field>& fields_;
  int fixed_;
  Statement row_;
  std::map<std::string_view, Statement> lists_;
};

}  // namespace

bool SqliteLoader::run(const std::string& sql) {
  return sqlite3_exec(&database_, sql.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK;
}

bool SqliteLoader::create_list_tables(std::string_view kind, const std::vector<Field>& fields) {
  for (const Field& field : fields) {
    if (field.kind != FieldKind::List) continue;
    if (!run(fmt::format("CREATE TABLE {}(row INTEGER, value TEXT)",
                         list_table(kind, field.name)))) {
      return false;
    }
  }
  return true;
}

bool SqliteLoader::load_entities(const EntityKind& kind, const Ids& ids) {
  const std::string table_columns = columns(kind.fields, "row INTEGER PRIMARY KEY, _id, _key");
  if (!run(fmt::format("CREATE TABLE {}({})", kind.type, table_columns))) return false;
  if (!create_list_tables(kind.type, kind.fields)) return false;
  RowInserter inserter(database_, kind.type, kind.fields, 3);
  Entity entity;
  for (std::uint32_t row = 0; row < workload_.rows(kind); ++row) {
    workload_.entity(entity, kind, row);
    inserter.bind(1, std::int64_t{row});
    inserter.bind(2, ids(kind.type, row));
    inserter.bind(3, entity.key);
    if (!inserter.insert(row, entity.properties)) return false;
  }
  return true;
}

bool SqliteLoader::load_relationships(const RelationshipKind& kind) {
  const std::string table = relationship_type(kind);
  const std::string table_columns =
      columns(kind.fields, "row INTEGER PRIMARY KEY, from_row INTEGER, to_row INTEGER, _key");
  if (!run(fmt::format("CREATE TABLE {}({})", table, table_columns))) return false;
  if (!create_list_tables(table, kind.fields)) return false;
  RowInserter inserter(database_, table, kind.fields, 4);
  const std::vector<Edge> edges = workload_.edges(kind);
  std::vector<Property> properties;
  for (std::uint32_t i = 0; i < edges.size(); ++i) {
    workload_.edge_properties(properties, kind, i);
    const std::string key = edge_key(kind, edges[i]);
    inserter.bind(1, std::int64_t{i});
    inserter.bind(2, std::int64_t{edges[i].from});
    inserter.bind(3, std::int64_t{edges[i].to});
    inserter.bind(4, key);
    if (!inserter.insert(i, properties)) return false;
  }
  return true;
}

bool SqliteLoader::load(const Ids& ids) {
  for (const EntityKind& kind : entity_kinds()) {
    if (!load_entities(kind, ids)) return false;
  }
  for (const RelationshipKind& kind : relationship_kinds()) {
    if (!load_relationships(kind)) return false;
  }
  return true;
}

bool SqliteLoader::create_indexes() {
  for (const EntityKind& kind : entity_kinds()) {
    if (!run(fmt::format("CREATE UNIQUE INDEX {0}_id ON {0}(_id)", kind.type))) return false;
    for (const Field& field : kind.fields) {
      if (field.kind != FieldKind::List) continue;
      const std::string table = list_table(kind.type, field.name);
      if (!run(fmt::format("CREATE INDEX {0}_row ON {0}(row)", table))) return false;
    }
  }
  for (const RelationshipKind& kind : relationship_kinds()) {
    const std::string table = relationship_type(kind);
    if (!run(fmt::format("CREATE INDEX {0}_out ON {0}(from_row, to_row)", table))) return false;
    if (!run(fmt::format("CREATE INDEX {0}_in ON {0}(to_row, from_row)", table))) return false;
  }
  return run("CREATE INDEX okta_user_email ON okta_user(email)") &&
         run("CREATE INDEX github_user_email ON github_user(email)");
}

}  // namespace callisto::bench
