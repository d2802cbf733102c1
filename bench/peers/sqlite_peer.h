// SQLite on the same data: a typed table a kind, indexes on the keys and on both ends of every
// relationship. What a careful person would build by hand.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "bench/generator/workload.h"
#include "bench/peers/sqlite_loader.h"
#include "bench/suite/answer.h"
#include <callisto/error.h>

struct sqlite3;
struct sqlite3_stmt;

namespace callisto::bench {

// One prepared statement. Lifetime: within its peer's.
class SqlStatement {
 public:
  explicit SqlStatement(sqlite3_stmt* statement) : statement_(statement) {}

  SqlStatement(SqlStatement&& other) noexcept : statement_(other.statement_) {
    other.statement_ = nullptr;
  }

  SqlStatement& operator=(SqlStatement&&) = delete;
  ~SqlStatement();

  // Binds ?1, runs to the end and fetches every cell. Returns the rows.
  Result<std::uint64_t> consume(std::string_view value);
  Result<Answer> read_answer(std::string_view value);

  // Binds by position, runs to the end.
  Status execute(const std::vector<PropertyValue>& values);

 private:
  Status bind_text(std::string_view value);

  sqlite3_stmt* statement_;
};

// Thread safety: one thread.
class SqlitePeer {
 public:
  // In memory, empty. Errors: Internal with SQLite's message; so for all functions below.
  static Result<std::unique_ptr<SqlitePeer>> open();
  ~SqlitePeer();
  SqlitePeer(const SqlitePeer&) = delete;
  SqlitePeer& operator=(const SqlitePeer&) = delete;

  // Fills all tables, then makes the indexes and statistics. Returns the seconds in SQLite and in
  // making the values.
  Result<double> load(const Workload& workload, const SqliteLoader::Ids& ids);

  Result<SqlStatement> prepare(std::string_view sql);
  Status execute(std::string_view sql);

 private:
  explicit SqlitePeer(sqlite3* database) : database_(database) {}

  bool run(const std::string& sql);

  sqlite3* database_;
};

}  // namespace callisto::bench
