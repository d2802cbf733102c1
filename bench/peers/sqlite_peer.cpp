#include "bench/peers/sqlite_peer.h"

#include <sqlite3.h>

#include <chrono>
#include <utility>

#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include "bench/peers/sqlite_loader.h"
#include "bench/peers/sqlite_values.h"

namespace callisto::bench {
namespace {

tl::unexpected<Error> sqlite_error(sqlite3* database) {
  return fail(ErrorCode::Internal, fmt::format("SQLite: {}", sqlite3_errmsg(database)));
}

void add_cell(RowHash& hash, sqlite3_stmt* statement, int column) {
  switch (sqlite3_column_type(statement, column)) {
    case SQLITE_NULL:
      return hash.add_null();
    case SQLITE_TEXT: {
      const auto* text = sqlite3_column_text(statement, column);
      const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement, column));
      return hash.add_text({static_cast<const char*>(static_cast<const void*>(text)), size});
    }
    default:
      return hash.add_number(sqlite3_column_double(statement, column));
  }
}

void fetch_cell(sqlite3_stmt* statement, int column) {
  if (sqlite3_column_type(statement, column) == SQLITE_TEXT) {
    benchmark::DoNotOptimize(sqlite3_column_text(statement, column));
    benchmark::DoNotOptimize(sqlite3_column_bytes(statement, column));
  } else {
    benchmark::DoNotOptimize(sqlite3_column_double(statement, column));
  }
}

}  // namespace

SqlStatement::~SqlStatement() {
  sqlite3_finalize(statement_);
}

Status SqlStatement::bind_text(std::string_view value) {
  sqlite3_reset(statement_);
  if (sqlite3_bind_parameter_count(statement_) == 0) return {};
  const int code =
      sqlite3_bind_text(statement_, 1, value.data(), static_cast<int>(value.size()), SQLITE_STATIC);
  if (code != SQLITE_OK) return sqlite_error(sqlite3_db_handle(statement_));
  return {};
}

Result<std::uint64_t> SqlStatement::consume(std::string_view value) {
  if (Status bound = bind_text(value); !bound) return tl::make_unexpected(bound.error());
  const int width = sqlite3_column_count(statement_);
  std::uint64_t rows = 0;
  int code = SQLITE_ROW;
  while ((code = sqlite3_step(statement_)) == SQLITE_ROW) {
    for (int column = 0; column < width; ++column)
      fetch_cell(statement_, column);
    ++rows;
  }
  if (code != SQLITE_DONE) return sqlite_error(sqlite3_db_handle(statement_));
  return rows;
}

Result<Answer> SqlStatement::read_answer(std::string_view value) {
  if (Status bound = bind_text(value); !bound) return tl::make_unexpected(bound.error());
  const int width = sqlite3_column_count(statement_);
  Answer answer;
  int code = SQLITE_ROW;
  while ((code = sqlite3_step(statement_)) == SQLITE_ROW) {
    RowHash hash;
    for (int column = 0; column < width; ++column)
      add_cell(hash, statement_, column);
    answer.checksum += hash.value();
    ++answer.rows;
  }
  if (code != SQLITE_DONE) return sqlite_error(sqlite3_db_handle(statement_));
  return answer;
}

Status SqlStatement::execute(const std::vector<PropertyValue>& values) {
  sqlite3_reset(statement_);
  int place = 1;
  for (const PropertyValue& value : values)
    std::visit(BindValue{statement_, place++}, value);
  const int code = sqlite3_step(statement_);
  if (code != SQLITE_DONE && code != SQLITE_ROW) return sqlite_error(sqlite3_db_handle(statement_));
  sqlite3_reset(statement_);
  return {};
}

Result<std::unique_ptr<SqlitePeer>> SqlitePeer::open() {
  sqlite3* database = nullptr;
  if (sqlite3_open(":memory:", &database) != SQLITE_OK) {
    const Error error = sqlite_error(database).value();
    sqlite3_close(database);
    return tl::make_unexpected(error);
  }
  std::unique_ptr<SqlitePeer> peer(new SqlitePeer(database));
  if (!peer->run("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF"))
    return sqlite_error(database);
  return peer;
}

SqlitePeer::~SqlitePeer() {
  sqlite3_close_v2(database_);
}

Result<SqlStatement> SqlitePeer::prepare(std::string_view sql) {
  sqlite3_stmt* statement = nullptr;
  const int code =
      sqlite3_prepare_v2(database_, sql.data(), static_cast<int>(sql.size()), &statement, nullptr);
  if (code != SQLITE_OK) return sqlite_error(database_);
  return SqlStatement(statement);
}

Status SqlitePeer::execute(std::string_view sql) {
  if (run(std::string(sql))) return {};
  return sqlite_error(database_);
}

bool SqlitePeer::run(const std::string& sql) {
  return sqlite3_exec(database_, sql.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK;
}

Result<double> SqlitePeer::load(const Workload& workload, const SqliteLoader::Ids& ids) {
  const auto start = std::chrono::steady_clock::now();
  SqliteLoader loader(*database_, workload);
  const bool loaded = run("BEGIN") && loader.load(ids) && run("COMMIT") &&
                      loader.create_indexes() && run("ANALYZE");
  if (!loaded) return sqlite_error(database_);
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

}  // namespace callisto::bench
