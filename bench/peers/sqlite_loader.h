// Fills SQLite with the workload: a table a kind, a table of elements for each list property.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "bench/generator/workload.h"

struct sqlite3;

namespace callisto::bench {

// Thread safety: one thread. Every function returns false when SQLite refused; the database has the
// message.
class SqliteLoader {
 public:
  // `_id` of a row of a type.
  using Ids = std::function<std::string_view(std::string_view type, std::uint32_t row)>;

  SqliteLoader(sqlite3& database, const Workload& workload)
      : database_(database), workload_(workload) {}

  [[nodiscard]] bool load(const Ids& ids);
  // On `_id`, on the e-mail of users, on both ends of every relationship, on the lists' owners.
  [[nodiscard]] bool create_indexes();

 private:
  [[nodiscard]] bool run(const std::string& sql);
  [[nodiscard]] bool create_list_tables(std::string_view kind, const std::vector<Field>& fields);
  [[nodiscard]] bool load_entities(const EntityKind& kind, const Ids& ids);
  [[nodiscard]] bool load_relationships(const RelationshipKind& kind);

  sqlite3& database_;
  const Workload& workload_;
};

}  // namespace callisto::bench
