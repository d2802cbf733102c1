#include "bench/peers/sqlite_peer.h"

#include <sqlite3.h>

#include <chrono>
#include <map>
#include <utility>

#include <benchmark/benchmark.h>
#include <fmt/format.h>

namespace callisto::bench {
namespace {

tl::unexpected<Error> sqlite_error(sqlite3* database) {
  return fail(ErrorCode::Internal, fmt::format("SQLite: {}", sqlite3_errmsg(database)));
}

struct Finalize {
  void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};

using Prepared = std::unique_ptr<sqlite3_stmt, Finalize>;

struct Close {
  void operator()(sqlite3* database) const { sqlite3_close_v2(database); }
};

// Null when refused.
Prepared prepare_statement(sqlite3* database, std::string_view sql) {
  sqlite3_stmt* statement = nullptr;
  sqlite3_prepare_v2(database, sql.data(), static_cast<int>(sql.size()), &statement, nullptr);
  return Prepared(statement);
}

// Binds by position and steps: rows of a table, and updates.
class Binder final : public TableSink {
 public:
  explicit Binder(Prepared statement) : statement_(std::move(statement)) {}

  void add_null() override { sqlite3_bind_null(statement_.get(), ++place_); }

  void add(bool value) override { sqlite3_bind_int(statement_.get(), ++place_, value ? 1 : 0); }

  void add(std::int64_t value) override { sqlite3_bind_int64(statement_.get(), ++place_, value); }

  void add(double value) override { sqlite3_bind_double(statement_.get(), ++place_, value); }

  void add(std::string_view value) override {
    sqlite3_bind_text(
        statement_.get(), ++place_, value.data(), static_cast<int>(value.size()), SQLITE_STATIC);
  }

  bool end_row() override {
    place_ = 0;
    const bool done = sqlite3_step(statement_.get()) == SQLITE_DONE;
    sqlite3_reset(statement_.get());
    return done;
  }

  bool finish() override { return true; }

 private:
  Prepared statement_;
  int place_ = 0;
};

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

class SqliteStatement final : public PeerStatement {
 public:
  explicit SqliteStatement(Prepared statement) : statement_(std::move(statement)) {}

  Result<std::uint64_t> consume(std::string_view value) override {
    std::uint64_t rows = 0;
    Status status = each_row(value, [&](int width) {
      for (int column = 0; column < width; ++column)
        fetch_cell(statement_.get(), column);
      ++rows;
    });
    if (!status) return tl::make_unexpected(std::move(status).error());
    return rows;
  }

  Result<Answer> read_answer(std::string_view value) override {
    Answer answer;
    Status status = each_row(value, [&](int width) {
      RowHash hash;
      for (int column = 0; column < width; ++column)
        add_cell(hash, statement_.get(), column);
      answer.checksum += hash.value();
      ++answer.rows;
    });
    if (!status) return tl::make_unexpected(std::move(status).error());
    return answer;
  }

 private:
  template <class Visit>
  Status each_row(std::string_view value, const Visit& visit) {
    sqlite3_stmt* const statement = statement_.get();
    sqlite3* const database = sqlite3_db_handle(statement);
    sqlite3_reset(statement);
    if (sqlite3_bind_parameter_count(statement) > 0 &&
        sqlite3_bind_text(
            statement, 1, value.data(), static_cast<int>(value.size()), SQLITE_STATIC) !=
            SQLITE_OK) {
      return sqlite_error(database);
    }
    const int width = sqlite3_column_count(statement);
    int code = SQLITE_ROW;
    while ((code = sqlite3_step(statement)) == SQLITE_ROW)
      visit(width);
    if (code != SQLITE_DONE) return sqlite_error(database);
    sqlite3_reset(statement);  // An unfinished reader would hold up a commit.
    return {};
  }

  Prepared statement_;
};

class SqlitePeer final : public Peer, private Tables {
 public:
  explicit SqlitePeer(sqlite3* database) : database_(database) {}

  [[nodiscard]] std::string_view name() const override { return "sqlite"; }

  [[nodiscard]] std::string version() const override { return sqlite3_libversion(); }

  Result<double> load(const Workload& workload, const RowIds& ids) override {
    const auto start = std::chrono::steady_clock::now();
    const bool loaded = run("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; BEGIN") &&
                        load_tables(*this, workload, ids) && run("COMMIT") &&
                        create_indexes(*this) && run("ANALYZE");
    if (!loaded) return error();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  }

  Result<std::unique_ptr<PeerStatement>> prepare(std::string_view sql) override {
    Prepared statement = prepare_statement(database_.get(), sql);
    if (statement == nullptr) return error();
    return std::make_unique<SqliteStatement>(std::move(statement));
  }

  // By `_id`, one after the other: the index makes that quicker than a join with a table of values.
  Status update(const std::vector<Pin>& pins, const std::vector<std::string_view>& ids) override {
    std::map<std::string, std::unique_ptr<Binder>> updates;
    bool updated = run("BEGIN");
    for (std::size_t i = 0; updated && i < pins.size(); ++i) {
      std::unique_ptr<Binder>& binder =
          updates[fmt::format("{}.{}", pins[i].type, pins[i].property)];
      if (binder == nullptr) {
        binder = updater(pins[i].type, pins[i].property);
        if (binder == nullptr) return error();
      }
      add_value(*binder, pins[i].value);
      binder->add(ids[i]);
      updated = binder->end_row();
    }
    if (!updated || !run("COMMIT")) return error();
    return {};
  }

  Status update_user(std::string_view id, double criticality) override {
    if (update_user_ == nullptr) update_user_ = updater("okta_user", "criticality");
    if (update_user_ == nullptr) return error();
    update_user_->add(criticality);
    update_user_->add(id);
    if (!update_user_->end_row()) return error();
    return {};
  }

  Status save(const std::string& path) override {
    Prepared statement = prepare_statement(database_.get(), "VACUUM INTO ?1");
    if (statement == nullptr) return error();
    Binder binder(std::move(statement));
    binder.add(std::string_view(path));
    if (!binder.end_row()) return error();
    return {};
  }

  [[nodiscard]] Result<std::unique_ptr<Peer>> open_file(const std::string& path) const override;

 private:
  [[nodiscard]] tl::unexpected<Error> error() const { return sqlite_error(database_.get()); }

  bool run(const std::string& sql) override {
    return sqlite3_exec(database_.get(), sql.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK;
  }

  std::unique_ptr<TableSink> fill(const std::string& table, std::size_t columns) override {
    std::string sql = fmt::format("INSERT INTO {} VALUES (?", table);
    for (std::size_t i = 1; i < columns; ++i)
      sql += ",?";
    Prepared statement = prepare_statement(database_.get(), sql + ")");
    if (statement == nullptr) return nullptr;
    return std::make_unique<Binder>(std::move(statement));
  }

  // Its own name for the number of a row, so that joins need no second look-up.
  [[nodiscard]] std::string_view row_column() const override { return "row INTEGER PRIMARY KEY"; }

  [[nodiscard]] bool joins_by_index() const override { return true; }

  std::unique_ptr<Binder> updater(std::string_view type, std::string_view property) {
    Prepared statement = prepare_statement(
        database_.get(), fmt::format("UPDATE {} SET \"{}\" = ?1 WHERE _id = ?2", type, property));
    if (statement == nullptr) return nullptr;
    return std::make_unique<Binder>(std::move(statement));
  }

  std::unique_ptr<sqlite3, Close> database_;
  std::unique_ptr<Binder> update_user_;
};

Result<std::unique_ptr<Peer>> open_database(const std::string& path) {
  sqlite3* database = nullptr;
  const int code = sqlite3_open(path.c_str(), &database);
  std::unique_ptr<Peer> peer = std::make_unique<SqlitePeer>(database);
  if (code != SQLITE_OK) return sqlite_error(database);
  return peer;
}

Result<std::unique_ptr<Peer>> SqlitePeer::open_file(const std::string& path) const {
  return open_database(path);
}

}  // namespace

Result<std::unique_ptr<Peer>> open_sqlite() {
  return open_database(":memory:");
}

}  // namespace callisto::bench
