// The answer of a query: rows in batches, with the shape that J1QL gives it (j1ql 8.1).
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <callisto/error.h>
#include <callisto/value.h>
#include <callisto/value_view.h>

namespace callisto {

// g++ 12 takes a scoped enumerator for a shadow of the type of the same name.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wshadow"
enum class ResultType : std::uint8_t { List, Table, Tree };
enum class CellKind : std::uint8_t { Value, Entity, Relationship };
#pragma GCC diagnostic pop

struct Warning {
  std::string message;
  std::optional<SourceSpan> span{};
  std::vector<std::string> hints{};
};

// Some rows of a result. Values live until the next call of next(); a column is read as a whole
// when a cell of it is first asked for, so columns that nobody looks at cost nothing.
class RowBatch {
 public:
  virtual ~RowBatch() = default;
  [[nodiscard]] virtual std::size_t rows() const = 0;
  [[nodiscard]] virtual std::size_t columns() const = 0;
  [[nodiscard]] virtual CellKind kind(std::size_t row, std::size_t column) const = 0;

  // The value of a Value cell; the `_id` of an Entity or Relationship cell.
  [[nodiscard]] ValueView value(std::size_t row, std::size_t column) const {
    return (loaded_[column] != nullptr ? loaded_[column] : load(column))[row];
  }

  // The values of a column, one for each row.
  [[nodiscard]] std::span<const ValueView> column(std::size_t column) const {
    return {loaded_[column] != nullptr ? loaded_[column] : load(column), rows()};
  }

  // Any cell as JSON; objects as {"id", "entity" or "relationship", "properties"} (j1ql 8.1).
  virtual void append_json(std::string& out, std::size_t row, std::size_t column) const = 0;
  // {"byAlias":{"u":{"id":...,"entity":{"_id":...}}}}: the entities of the path by their aliases
  // (j1ql 8.1). Nothing for rows that are no paths: lists, trees, UNIQUE, aggregates, HAVING and
  // UNWIND; nothing unless QueryOptions::row_metadata.
  virtual void append_metadata(std::string& out, std::size_t row) const = 0;

 protected:
  // Makes the values of a column and enters them in `loaded_`. Requires rows() > 0.
  virtual const ValueView* load(std::size_t column) const = 0;

  mutable std::vector<const ValueView*> loaded_{};  // One for each column; nullptr: not yet.
};

// One plan operator, for EXPLAIN and PROFILE.
struct PlanLine {
  int depth = 0;
  std::string text;  // "TypeScan deb_package", "Expand HAS >> Finding", ...
  std::optional<double> estimated_rows{};
  std::optional<std::uint64_t> actual_rows{};  // Profile only.
  std::optional<double> time_us{};             // Profile only.
};

// Thread safety: one thread at a time. Lifetime: holds its graph version; independent of the
// Session that made it.
class QueryResult {
 public:
  class Impl {  // Implemented by query/executor.
   public:
    virtual ~Impl() = default;
    [[nodiscard]] virtual ResultType type() const = 0;
    [[nodiscard]] virtual const std::vector<std::string>& columns() const = 0;
    [[nodiscard]] virtual const std::vector<Warning>& warnings() const = 0;
    // The next batch, or nullptr after the last.
    virtual Result<const RowBatch*> next() = 0;
    // The whole answer as a J1QL result document; consumes the rows.
    virtual Status write_json(std::string& out) = 0;
    virtual Status work(std::size_t bytes) = 0;
    virtual Status keep(std::size_t bytes) = 0;
  };

  explicit QueryResult(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

  [[nodiscard]] ResultType type() const { return impl_->type(); }

  // Table: the column names. List: one column, "entity". Tree: one column "vertex" (Entity cells),
  // then one "edge" batch after all vertices: Relationship cells.
  [[nodiscard]] const std::vector<std::string>& columns() const { return impl_->columns(); }

  [[nodiscard]] const std::vector<Warning>& warnings() const { return impl_->warnings(); }

  // Errors: LimitExceeded (rows, memory, time; the message says how to lift it), Cancelled.
  Result<const RowBatch*> next() { return impl_->next(); }

  // {"type":"list"|"table"|"tree","data":...} with absent cells as null (j1ql 8.1). What is written
  // is kept (see there); nothing is when it fails. Errors: as next().
  Status write_json(std::string& out) { return impl_->write_json(out); }

  // For callers that write rows themselves: so many bytes were written or otherwise worked on.
  // Looks at time and cancellation now and then. Errors: as next().
  Status work(std::size_t bytes) { return impl_->work(bytes); }

  // As work(), and the bytes stay in memory: they count to the memory limit of the run, and to the
  // shared budget even after the result is destroyed, until QueryBudget::release().
  Status keep(std::size_t bytes) { return impl_->keep(bytes); }

 private:
  std::unique_ptr<Impl> impl_;
};

// What stands before each cell of a table's row as a JSON object: `{"a":`, `,"b":`. Empty where a
// column before has the same name, since an object has each name once: such a cell is left out.
[[nodiscard]] std::vector<std::string> json_labels(const std::vector<std::string>& columns);

}  // namespace callisto
