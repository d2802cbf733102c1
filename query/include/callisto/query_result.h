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

// Some rows of a result; a column is read as a whole when a cell of it is first asked for, so
// columns that nobody looks at cost nothing.
//
// Every function takes any number: what lies beyond rows() or columns() is absent, that is the null
// value, CellKind::Value, JSON null and an empty column.
// Lifetime: until the next call of next() or the end of the QueryResult, whichever comes first. So
// do the texts and lists of its values: copy what is to stay, to_value() copies all of a value. The
// batch is the same object from next() to next(); after the last it has no rows.
class RowBatch {
 public:
  virtual ~RowBatch() = default;
  [[nodiscard]] virtual std::size_t rows() const = 0;
  [[nodiscard]] virtual std::size_t columns() const = 0;
  [[nodiscard]] virtual CellKind kind(std::size_t row, std::size_t column) const = 0;

  // The value of a Value cell; the `_id` of an Entity or Relationship cell.
  [[nodiscard]] ValueView value(std::size_t row, std::size_t column) const {
    const std::span<const ValueView> values = this->column(column);
    return row < values.size() ? values[row] : ValueView{};
  }

  // The values of a column, one for each row.
  [[nodiscard]] std::span<const ValueView> column(std::size_t column) const {
    if (column >= loaded_.size()) return {};
    return loaded_[column].data() != nullptr ? loaded_[column] : load(column);
  }

  // Any cell as JSON; objects as {"id", "entity" or "relationship", "properties"} (j1ql 8.1).
  virtual void append_json(std::string& out, std::size_t row, std::size_t column) const = 0;
  // {"byAlias":{"u":{"id":...,"entity":{"_id":...}}}}: the entities of the path by their aliases
  // (j1ql 8.1). Nothing for rows that are no paths: lists, trees, UNIQUE, aggregates, HAVING and
  // UNWIND; nothing unless QueryOptions::row_metadata.
  virtual void append_metadata(std::string& out, std::size_t row) const = 0;

 protected:
  // Makes the values of a column that there is, and enters them in `loaded_`.
  virtual std::span<const ValueView> load(std::size_t column) const = 0;

  // One for each column; without data: not yet.
  mutable std::vector<std::span<const ValueView>> loaded_{};
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
// Database and the Session that made it. One that was moved from has no columns, and each call is
// InvalidInput.
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

  [[nodiscard]] ResultType type() const { return impl_ ? impl_->type() : ResultType::List; }

  // Table: the column names. List: one column, "entity". Tree: one column "vertex" (Entity cells),
  // then one "edge" batch after all vertices: Relationship cells.
  [[nodiscard]] const std::vector<std::string>& columns() const;

  [[nodiscard]] const std::vector<Warning>& warnings() const;

  // The next rows; nullptr after the last, as often as it is called.
  // Errors: LimitExceeded (rows, memory, time; the message says how to lift it), Cancelled. An
  // error ends the result: each later call gives it again.
  Result<const RowBatch*> next();

  // Appends {"type":"list"|"table"|"tree","data":...} with absent cells as null (j1ql 8.1), all
  // rows of it; no row is left for next() then. What is written is kept (see there). On error `out`
  // is as it was. Errors: as next(); InvalidInput when next() or write_json() was called before.
  Status write_json(std::string& out);

  // For callers that write rows themselves: so many bytes were written or otherwise worked on.
  // Looks at time and cancellation now and then. Errors: as next().
  Status work(std::size_t bytes);

  // As work(), and the bytes stay in memory: they count to the memory limit of the run, and to the
  // shared budget even after the result is destroyed, until QueryBudget::release().
  Status keep(std::size_t bytes);

 private:
  std::unique_ptr<Impl> impl_;
};

// What stands before each cell of a table's row as a JSON object: `{"a":`, `,"b":`. Empty where a
// column before has the same name, since an object has each name once: such a cell is left out.
[[nodiscard]] std::vector<std::string> json_labels(const std::vector<std::string>& columns);

}  // namespace callisto
