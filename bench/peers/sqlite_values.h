// Binds the workload's values to SQLite statements.
#pragma once

#include <sqlite3.h>

#include <cstdint>
#include <string>
#include <vector>

#include "bench/generator/field.h"

namespace callisto::bench {

// Bound text must outlive the step: callers keep it until execute() is over.
struct BindValue {
  sqlite3_stmt* statement;
  int place;

  int operator()(bool value) const { return sqlite3_bind_int(statement, place, value ? 1 : 0); }

  int operator()(std::int64_t value) const { return sqlite3_bind_int64(statement, place, value); }

  int operator()(Tenths value) const {
    return sqlite3_bind_double(statement, place, static_cast<double>(value.tenths) / 10);
  }

  int operator()(const std::string& value) const {
    return sqlite3_bind_text(
        statement, place, value.data(), static_cast<int>(value.size()), SQLITE_STATIC);
  }

  // Lists stand in tables of their own; here only their elements' number does.
  int operator()(const std::vector<std::string>& value) const {
    return sqlite3_bind_int64(statement, place, static_cast<std::int64_t>(value.size()));
  }
};

}  // namespace callisto::bench
