#include "bench/peers/duckdb_peer.h"

#include <chrono>
#include <filesystem>
#include <map>
#include <system_error>
#include <utility>

#include <fmt/format.h>

#include "bench/peers/duckdb_statement.h"

namespace callisto::bench {
namespace {

using duckdb::Api;
using duckdb::State;

// One open database with one connection.
class Connection {
 public:
  explicit Connection(std::shared_ptr<const Api> api) : api_(std::move(api)) {}

  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  ~Connection() {
    if (connection_ != nullptr) api_->disconnect(&connection_);
    if (database_ != nullptr) api_->close(&database_);
  }

  // Null: in memory.
  Status open(const char* path) {
    char* message = nullptr;
    if (api_->open_ext(path, &database_, nullptr, &message) != State::Success) {
      error_ = message == nullptr ? "not opened" : message;
      api_->free(message);
      return error();
    }
    if (api_->connect(database_, &connection_) != State::Success) {
      error_ = "not connected";
      return error();
    }
    if (!run("SET threads = 1")) return error();
    return {};
  }

  bool run(const std::string& sql) {
    duckdb::ResultHandle result;
    const bool done = api_->query(connection_, sql.c_str(), &result) == State::Success;
    if (!done) {
      const char* message = api_->result_error(&result);
      error_ = message == nullptr ? sql : message;
    }
    api_->destroy_result(&result);
    return done;
  }

  void set_error(std::string message) { error_ = std::move(message); }

  [[nodiscard]] tl::unexpected<Error> error() const {
    return fail(ErrorCode::Internal, fmt::format("DuckDB: {}", error_));
  }

  [[nodiscard]] const Api& api() const { return *api_; }

  [[nodiscard]] const std::shared_ptr<const Api>& shared_api() const { return api_; }

  [[nodiscard]] duckdb::ConnectionHandle* handle() const { return connection_; }

 private:
  std::shared_ptr<const Api> api_;
  duckdb::DatabaseHandle* database_ = nullptr;
  duckdb::ConnectionHandle* connection_ = nullptr;
  std::string error_;
};

class Appender final : public TableSink {
 public:
  Appender(Connection& connection, duckdb::AppenderHandle* appender)
      : connection_(connection), api_(connection.api()), appender_(appender) {}

  ~Appender() override { api_.appender_destroy(&appender_); }

  void add_null() override { note(api_.append_null(appender_)); }

  void add(bool value) override { note(api_.append_bool(appender_, value)); }

  void add(std::int64_t value) override { note(api_.append_int64(appender_, value)); }

  void add(double value) override { note(api_.append_double(appender_, value)); }

  void add(std::string_view value) override {
    note(api_.append_varchar_length(appender_, value.data(), value.size()));
  }

  bool end_row() override { return note(api_.appender_end_row(appender_)); }

  bool finish() override { return note(api_.appender_flush(appender_)); }

 private:
  bool note(State state) {
    if (state == State::Success) return good_;
    const char* message = api_.appender_error(appender_);
    connection_.set_error(message == nullptr ? "the appender failed" : message);
    return good_ = false;
  }

  Connection& connection_;
  const Api& api_;
  duckdb::AppenderHandle* appender_;
  bool good_ = true;
};

class DuckdbPeer final : public Peer, private Tables {
 public:
  explicit DuckdbPeer(std::shared_ptr<const Api> api) : connection_(std::move(api)) {}

  Status open(const char* path) { return connection_.open(path); }

  [[nodiscard]] std::string_view name() const override { return "duckdb"; }

  [[nodiscard]] std::string version() const override { return connection_.api().version_text(); }

  Result<double> load(const Workload& workload, const RowIds& ids) override {
    const auto start = std::chrono::steady_clock::now();
    const bool loaded = run("BEGIN") && load_tables(*this, workload, ids) && run("COMMIT") &&
                        create_indexes(*this) && run("ANALYZE");
    if (!loaded) return connection_.error();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  }

  Result<std::unique_ptr<PeerStatement>> prepare(std::string_view sql) override {
    return prepare_duckdb(connection_.api(), connection_.handle(), std::string(sql));
  }

  // A table of values for each property and one joined update: row by row it pays its fixed cost
  // ten thousand times.
  Status update(const std::vector<Pin>& pins, const std::vector<std::string_view>& ids) override {
    std::map<std::pair<std::string_view, std::string_view>, std::vector<std::size_t>> groups;
    for (std::size_t i = 0; i < pins.size(); ++i)
      groups[{pins[i].type, pins[i].property}].push_back(i);
    if (!run("BEGIN")) return connection_.error();
    for (const auto& [column, rows] : groups) {
      if (!update_column(pins, ids, rows)) return connection_.error();
    }
    if (!run("COMMIT")) return connection_.error();
    return {};
  }

  Status update_user(std::string_view id, double criticality) override {
    if (update_user_ == nullptr) {
      CALLISTO_TRY(update_user_,
                   prepare_duckdb(connection_.api(),
                                  connection_.handle(),
                                  "UPDATE okta_user SET criticality = $2 WHERE _id = $1"));
    }
    if (Status bound = update_user_->bind_number(2, criticality); !bound) return bound;
    Result<std::uint64_t> rows = update_user_->consume(id);
    if (!rows) return tl::make_unexpected(std::move(rows).error());
    return {};
  }

  Status save(const std::string& path) override {
    if (run(fmt::format("ATTACH '{}' AS saved", path)) &&
        run("COPY FROM DATABASE memory TO saved") && run("DETACH saved")) {
      return {};
    }
    return connection_.error();
  }

  [[nodiscard]] Result<std::unique_ptr<Peer>> open_file(const std::string& path) const override {
    auto peer = std::make_unique<DuckdbPeer>(connection_.shared_api());
    if (Status opened = peer->open(path.c_str()); !opened) {
      return tl::make_unexpected(std::move(opened).error());
    }
    return std::unique_ptr<Peer>(std::move(peer));
  }

 private:
  bool run(const std::string& sql) override { return connection_.run(sql); }

  std::unique_ptr<TableSink> fill(const std::string& table, std::size_t /*columns*/) override {
    return appender(nullptr, table);
  }

  std::unique_ptr<TableSink> appender(const char* catalog, const std::string& table) {
    duckdb::AppenderHandle* appender = nullptr;
    const State state = connection_.api().appender_create_ext(
        connection_.handle(), catalog, nullptr, table.c_str(), &appender);
    auto sink = std::make_unique<Appender>(connection_, appender);
    if (state == State::Success) return sink;
    connection_.set_error(fmt::format("no appender for {}", table));
    return nullptr;
  }

  // Joins go by hash tables: an index on the number of a row would only cost.
  [[nodiscard]] std::string_view row_column() const override { return "row INTEGER"; }

  [[nodiscard]] bool joins_by_index() const override { return false; }

  bool update_column(const std::vector<Pin>& pins,
                     const std::vector<std::string_view>& ids,
                     const std::vector<std::size_t>& rows) {
    const Pin& first = pins[rows.front()];
    if (!run(
            fmt::format("CREATE TEMP TABLE pin(id VARCHAR, value {})", column_type(first.value)))) {
      return false;
    }
    {
      const std::unique_ptr<TableSink> sink = appender("temp", "pin");
      if (sink == nullptr) return false;
      for (const std::size_t row : rows) {
        sink->add(ids[row]);
        add_value(*sink, pins[row].value);
        if (!sink->end_row()) return false;
      }
      if (!sink->finish()) return false;
    }
    return run(fmt::format("UPDATE {0} SET \"{1}\" = pin.value FROM pin WHERE {0}._id = pin.id",
                           first.type,
                           first.property)) &&
           run("DROP TABLE pin");
  }

  Connection connection_;
  std::unique_ptr<DuckdbStatement> update_user_;  // Goes before its connection.
};

}  // namespace

std::string installed_duckdb() {
  std::error_code error;
  const std::filesystem::path program = std::filesystem::read_symlink("/proc/self/exe", error);
  const std::filesystem::path build = program.parent_path().parent_path().parent_path();
  return (build / "peers/node_modules/@duckdb/node-bindings-linux-x64/libduckdb.so").string();
}

Result<std::unique_ptr<Peer>> open_duckdb(const std::string& library) {
  CALLISTO_TRY(std::shared_ptr<const Api> api, duckdb::load_api(library));
  auto peer = std::make_unique<DuckdbPeer>(std::move(api));
  if (Status opened = peer->open(nullptr); !opened) {
    return tl::make_unexpected(std::move(opened).error());
  }
  return std::unique_ptr<Peer>(std::move(peer));
}

}  // namespace callisto::bench
