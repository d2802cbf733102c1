#include "bench/peers/duckdb_statement.h"

#include <utility>

#include <benchmark/benchmark.h>
#include <fmt/format.h>

namespace callisto::bench {
namespace {

using duckdb::State;
using duckdb::Type;

tl::unexpected<Error> duckdb_error(const char* message) {
  return fail(ErrorCode::Internal,
              fmt::format("DuckDB: {}", message == nullptr ? "no message" : message));
}

// One column of a chunk.
struct ColumnView {
  Type type;
  const void* data;
  const std::uint64_t* validity;

  [[nodiscard]] bool is_null(std::uint64_t row) const {
    return validity != nullptr && ((validity[row / 64] >> (row % 64)) & 1U) == 0;
  }

  template <class Value>
  [[nodiscard]] const Value& at(std::uint64_t row) const {
    return static_cast<const Value*>(data)[row];
  }

  [[nodiscard]] std::string_view text(std::uint64_t row) const {
    constexpr std::uint32_t kInlineMax = 12;
    const auto& text = at<duckdb::Text>(row);
    return {text.size > kInlineMax ? text.pointer : text.prefix.data(), text.size};
  }

  [[nodiscard]] double number(std::uint64_t row) const {
    switch (type) {
      case Type::Boolean:
        return at<bool>(row) ? 1 : 0;
      case Type::Integer:
        return at<std::int32_t>(row);
      case Type::BigInt:
        return static_cast<double>(at<std::int64_t>(row));
      case Type::HugeInt: {
        constexpr double kTwoTo64 = 18'446'744'073'709'551'616.0;
        const auto& value = at<duckdb::HugeInt>(row);
        return static_cast<double>(value.upper) * kTwoTo64 + static_cast<double>(value.lower);
      }
      default:
        return at<double>(row);
    }
  }
};

bool is_known(Type type) {
  return type == Type::Boolean || type == Type::Integer || type == Type::BigInt ||
         type == Type::Double || type == Type::HugeInt || type == Type::Varchar;
}

struct ChunkView {
  std::vector<ColumnView> columns;
  std::uint64_t rows = 0;
};

}  // namespace

template <class Visit>
Status DuckdbStatement::each_chunk(std::string_view value, const Visit& visit) {
  if (parameters_ > 0 &&
      api_.bind_varchar_length(statement_, 1, value.data(), value.size()) != State::Success) {
    return duckdb_error(api_.prepare_error(statement_));
  }
  duckdb::ResultHandle result;
  if (api_.execute_prepared(statement_, &result) != State::Success) {
    Status failed = duckdb_error(api_.result_error(&result));
    api_.destroy_result(&result);
    return failed;
  }
  ChunkView view;
  Status status;
  for (std::uint64_t column = 0; column < api_.column_count(&result); ++column) {
    view.columns.push_back({api_.column_type(&result, column), nullptr, nullptr});
    if (!is_known(view.columns.back().type)) {
      status = duckdb_error(
          fmt::format("column {} has a type that this program does not read", column).c_str());
    }
  }
  while (status) {
    duckdb::ChunkHandle* chunk = api_.fetch_chunk(result);
    if (chunk == nullptr) break;
    view.rows = api_.data_chunk_get_size(chunk);
    for (std::uint64_t column = 0; column < view.columns.size(); ++column) {
      duckdb::VectorHandle* vector = api_.data_chunk_get_vector(chunk, column);
      view.columns[column].data = api_.vector_get_data(vector);
      view.columns[column].validity = api_.vector_get_validity(vector);
    }
    visit(view);
    api_.destroy_data_chunk(&chunk);
  }
  api_.destroy_result(&result);
  return status;
}

Result<std::uint64_t> DuckdbStatement::consume(std::string_view value) {
  std::uint64_t rows = 0;
  Status status = each_chunk(value, [&](const ChunkView& chunk) {
    for (const ColumnView& column : chunk.columns) {
      for (std::uint64_t row = 0; row < chunk.rows; ++row) {
        benchmark::DoNotOptimize(column.is_null(row));
        if (column.type == Type::Varchar) {
          benchmark::DoNotOptimize(column.text(row));
        } else {
          benchmark::DoNotOptimize(column.number(row));
        }
      }
    }
    rows += chunk.rows;
  });
  if (!status) return tl::make_unexpected(std::move(status).error());
  return rows;
}

Result<Answer> DuckdbStatement::read_answer(std::string_view value) {
  Answer answer;
  Status status = each_chunk(value, [&](const ChunkView& chunk) {
    for (std::uint64_t row = 0; row < chunk.rows; ++row) {
      RowHash hash;
      for (const ColumnView& column : chunk.columns) {
        if (column.is_null(row)) {
          hash.add_null();
        } else if (column.type == Type::Varchar) {
          hash.add_text(column.text(row));
        } else {
          hash.add_number(column.number(row));
        }
      }
      answer.checksum += hash.value();
    }
    answer.rows += chunk.rows;
  });
  if (!status) return tl::make_unexpected(std::move(status).error());
  return answer;
}

Status DuckdbStatement::bind_number(std::uint64_t place, double value) {
  if (api_.bind_double(statement_, place, value) == State::Success) return {};
  return duckdb_error(api_.prepare_error(statement_));
}

Result<std::unique_ptr<DuckdbStatement>> prepare_duckdb(const duckdb::Api& api,
                                                        duckdb::ConnectionHandle* connection,
                                                        const std::string& sql) {
  duckdb::StatementHandle* handle = nullptr;
  const State state = api.prepare(connection, sql.c_str(), &handle);
  auto statement = std::make_unique<DuckdbStatement>(api, handle);
  if (state == State::Success) return statement;
  return duckdb_error(api.prepare_error(handle));
}

}  // namespace callisto::bench
