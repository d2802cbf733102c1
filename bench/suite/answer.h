// Consumes query results the way a program would, and sums them up for comparison.
#pragma once

#include <cstdint>
#include <string_view>

#include <callisto/error.h>
#include <callisto/query_result.h>

namespace callisto::bench {

// Two answers with equal rows in any order are equal. Numbers and booleans count as doubles, for
// SQL has no booleans, and by their first twelve digits, for sums of decimals depend on the order.
struct Answer {
  std::uint64_t rows = 0;
  std::uint64_t checksum = 0;
  friend bool operator==(const Answer&, const Answer&) = default;
};

// Folds the cells of one row, in column order, into a number.
class RowHash {
 public:
  void add_null() { add(1); }

  void add_number(double value);

  void add_text(std::string_view text);

  [[nodiscard]] std::uint64_t value() const { return hash_; }

 private:
  void add(std::uint64_t part);

  std::uint64_t hash_ = 0;
};

// Reads every cell and hashes it. List cells count by their number of elements.
[[nodiscard]] Result<Answer> read_answer(QueryResult& result);

// The timed way: fetches every batch and every cell's view, no more. Returns the rows.
[[nodiscard]] Result<std::uint64_t> consume(QueryResult& result);

}  // namespace callisto::bench
