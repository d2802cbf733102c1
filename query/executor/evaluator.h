// Values of expressions and conditions on one path.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "query/executor/run_context.h"
#include <callisto/query_result.h>

namespace callisto::query {

// One cell of a row: a value, or a whole entity or relationship.
struct Cell {
  ValueView value{};         // Null for objects.
  PackedRef ref = kUnbound;  // Objects.
  CellKind kind = CellKind::Value;
};

// What an expression reads besides the path: results of aggregates, and the cells of its row, as
// far as they are there.
struct RowValues {
  std::span<const ValueView> aggregates{};
  std::span<const Cell> cells{};
};

class Evaluator {
 public:
  explicit Evaluator(const RunContext& run);

  // Text lives in the snapshot, in the constants or in `arena`.
  [[nodiscard]] ValueView read(ReadId read, std::span<const PackedRef> path, Arena& arena);
  [[nodiscard]] ValueView value(const Expression& expression,
                                std::span<const PackedRef> path,
                                const RowValues& row,
                                Arena& arena);
  [[nodiscard]] Cell cell(const Expression& expression,
                          std::span<const PackedRef> path,
                          Arena& arena);
  // The rest of WHERE holds on the path.
  [[nodiscard]] bool where(const Condition& condition, std::span<const PackedRef> path);

  // Charges the arena to the run, as large as it is now. An evaluator makes values in one arena
  // only; those that it makes itself are charged as they come.
  void count(const Arena& arena) { made_.set(arena.bytes()); }

 private:
  [[nodiscard]] ValueView call(ScalarFunction function,
                               std::span<const ValueView> arguments,
                               Arena& arena);

  // The column that a read last came from: paths of a batch mostly stay in one chunk.
  struct LastColumn {
    std::uint64_t chunk = kUnbound;  // Table in the high half, chunk in the low one.
    const Column* column = nullptr;
  };

  const RunContext& run_;
  std::vector<LastColumn> last_;
  HeldBytes made_;
  Arena scratch_;
};

}  // namespace callisto::query
