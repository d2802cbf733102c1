// Columns of the answer, and rows that read their cells only when asked.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "query/executor/cell_table.h"
#include "query/executor/evaluator.h"
#include "query/executor/object_json.h"
#include <callisto/query_result.h>

namespace callisto::query {

// A column shows an item of RETURN, or one property of the object that the item is (`a.*`).
struct OutputColumn {
  std::uint32_t item = 0;
  PropertyId property = kNoProperty;
};

struct OutputColumns {
  std::vector<OutputColumn> columns{};
  std::vector<std::string> names{};
};

// The columns of a table; `a.*` unfolds to all properties that entities of its types have.
[[nodiscard]] OutputColumns output_columns(const RunContext& run);

// A batch over paths or held cells. Belongs to one run; refilled batch by batch.
class Batch final : public RowBatch {
 public:
  // `columns` must outlive the batch. For lists and trees there is one column, the object.
  Batch(const RunContext& run, const OutputColumns& columns);

  void clear();
  // Paths are copied; cells are not and must live as long as the rows.
  void add_path(std::span<const PackedRef> path);
  void add_cells(std::span<const Cell> cells);
  void add_object(CellKind kind, PackedRef ref);

  [[nodiscard]] std::size_t rows() const override { return rows_; }

  [[nodiscard]] std::size_t columns() const override { return columns_.names.size(); }

  [[nodiscard]] CellKind kind(std::size_t row, std::size_t column) const override;
  [[nodiscard]] ValueView value(std::size_t row, std::size_t column) const override;
  void append_json(std::string& out, std::size_t row, std::size_t column) const override;
  // A relationship of a tree, with its ends.
  void append_edge(std::string& out, std::size_t row) const;

 private:
  [[nodiscard]] Cell item_cell(std::size_t row, std::uint32_t item) const;
  [[nodiscard]] Cell cell(std::size_t row, std::size_t column) const;

  const RunContext& run_;
  const OutputColumns& columns_;
  std::size_t width_;
  std::size_t rows_ = 0;
  std::vector<PackedRef> paths_;
  std::vector<std::span<const Cell>> cells_;
  std::vector<Cell> objects_;
  mutable Evaluator evaluator_;
  mutable ObjectWriter writer_;
  mutable Arena arena_;
};

}  // namespace callisto::query
