// The workload as tables: one for each kind, one for the elements of each list property. What a
// careful person would build by hand for SQL.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "bench/generator/workload.h"

namespace callisto::bench {

// `_id` of a row of a type.
using RowIds = std::function<std::string_view(std::string_view type, std::uint32_t row)>;

// Fills one table, cell by cell. Text must live until end_row() is over.
class TableSink {
 public:
  TableSink() = default;
  TableSink(const TableSink&) = delete;
  TableSink& operator=(const TableSink&) = delete;
  virtual ~TableSink() = default;

  virtual void add_null() = 0;
  virtual void add(bool value) = 0;
  virtual void add(std::int64_t value) = 0;
  virtual void add(double value) = 0;
  virtual void add(std::string_view value) = 0;
  // False when the peer refused the row; so for finish(), after which the sink is done.
  [[nodiscard]] virtual bool end_row() = 0;
  [[nodiscard]] virtual bool finish() = 0;
};

// What a peer brings. Functions return false or null when it refused; it has the message.
class Tables {
 public:
  Tables() = default;
  Tables(const Tables&) = delete;
  Tables& operator=(const Tables&) = delete;
  virtual ~Tables() = default;

  [[nodiscard]] virtual bool run(const std::string& sql) = 0;
  [[nodiscard]] virtual std::unique_ptr<TableSink> fill(const std::string& table,
                                                        std::size_t columns) = 0;
  // The declaration of the number of a row: where a primary key pays it is one.
  [[nodiscard]] virtual std::string_view row_column() const = 0;
  // Whether joins over relationships use an index on their ends.
  [[nodiscard]] virtual bool joins_by_index() const = 0;
};

[[nodiscard]] bool load_tables(Tables& tables, const Workload& workload, const RowIds& ids);

// On `_id` and `_key` of entities and on the e-mail of users; with joins_by_index() also on both
// ends of every relationship and on the lists' owners.
[[nodiscard]] bool create_indexes(Tables& tables);

void add_value(TableSink& sink, const PropertyValue& value);

// The SQL type of a column that holds such values.
[[nodiscard]] std::string_view column_type(const PropertyValue& value);

}  // namespace callisto::bench
