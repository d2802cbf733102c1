// The part of DuckDB's C API that the benchmarks use, found in its shared library at run time: the
// build needs neither its header nor its library.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>

#include <callisto/error.h>

namespace callisto::bench::duckdb {

// Handles. Names, layouts and numbers are those of duckdb.h, version 1.
struct DatabaseHandle;
struct ConnectionHandle;
struct StatementHandle;
struct AppenderHandle;
struct ChunkHandle;
struct VectorHandle;

enum class State : int { Success = 0, Error = 1 };

enum class Type : int {
  Boolean = 1,
  Integer = 4,
  BigInt = 5,
  Double = 11,
  HugeInt = 16,
  Varchar = 17,
};

// duckdb_result: passed by value, so its size counts.
struct ResultHandle {
  std::array<std::uint64_t, 3> counts{};
  void* columns = nullptr;
  char* error = nullptr;
  void* internal = nullptr;
};

static_assert(sizeof(ResultHandle) == 48);

// duckdb_string_t: up to 12 bytes stand in it, longer text behind a pointer.
struct Text {
  std::uint32_t size;
  std::array<char, 4> prefix;
  const char* pointer;
};

static_assert(sizeof(Text) == 16);

struct HugeInt {
  std::uint64_t lower;
  std::int64_t upper;
};

// Functions by their names without "duckdb_".
struct Api {
  const char* (*version_text)();
  State (*open_ext)(const char* path, DatabaseHandle**, void* config, char** error);
  void (*close)(DatabaseHandle**);
  State (*connect)(DatabaseHandle*, ConnectionHandle**);
  void (*disconnect)(ConnectionHandle**);
  void (*free)(void*);

  State (*query)(ConnectionHandle*, const char* sql, ResultHandle*);
  void (*destroy_result)(ResultHandle*);
  const char* (*result_error)(ResultHandle*);
  std::uint64_t (*column_count)(ResultHandle*);
  Type (*column_type)(ResultHandle*, std::uint64_t column);

  State (*prepare)(ConnectionHandle*, const char* sql, StatementHandle**);
  const char* (*prepare_error)(StatementHandle*);
  void (*destroy_prepare)(StatementHandle**);
  std::uint64_t (*nparams)(StatementHandle*);
  State (*bind_varchar_length)(StatementHandle*, std::uint64_t place, const char*, std::uint64_t);
  State (*bind_double)(StatementHandle*, std::uint64_t place, double);
  State (*execute_prepared)(StatementHandle*, ResultHandle*);

  ChunkHandle* (*fetch_chunk)(ResultHandle);
  void (*destroy_data_chunk)(ChunkHandle**);
  std::uint64_t (*data_chunk_get_size)(ChunkHandle*);
  VectorHandle* (*data_chunk_get_vector)(ChunkHandle*, std::uint64_t column);
  void* (*vector_get_data)(VectorHandle*);
  std::uint64_t* (*vector_get_validity)(VectorHandle*);  // Null: all are valid.

  State (*appender_create_ext)(ConnectionHandle*,
                               const char* catalog,
                               const char* schema,
                               const char* table,
                               AppenderHandle**);
  const char* (*appender_error)(AppenderHandle*);
  State (*appender_end_row)(AppenderHandle*);
  State (*appender_flush)(AppenderHandle*);
  State (*appender_destroy)(AppenderHandle**);
  State (*append_null)(AppenderHandle*);
  State (*append_bool)(AppenderHandle*, bool);
  State (*append_int64)(AppenderHandle*, std::int64_t);
  State (*append_double)(AppenderHandle*, double);
  State (*append_varchar_length)(AppenderHandle*, const char*, std::uint64_t);
};

// Loads the library, which stays loaded as long as the process. Errors: NotFound when there is none
// at `path` or it lacks a function.
[[nodiscard]] Result<std::shared_ptr<const Api>> load_api(const std::string& path);

}  // namespace callisto::bench::duckdb
