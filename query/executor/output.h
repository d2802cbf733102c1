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

// A batch over paths, held cells or objects. Belongs to one run; refilled batch by batch.
class Batch final : public RowBatch {
 public:
  // `columns` must outlive the batch. For lists and trees there is one column, the object.
  // `metadata`: append_metadata() has something to say.
  Batch(const RunContext& run, const OutputColumns& columns, bool metadata);

  void clear();
  // Paths are copied; cells are not and must live as long as the rows.
  void add_path(std::span<const PackedRef> path);
  void add_cells(std::span<const Cell> cells);
  void add_object(CellKind kind, PackedRef ref);
  // Room for `rows` more objects, or more paths of a query with one variable, to be filled in;
  // keep() then says how many there are.
  [[nodiscard]] std::span<PackedRef> add_entities(std::size_t rows);
  void keep(std::size_t rows);

  [[nodiscard]] std::size_t rows() const override { return rows_; }

  [[nodiscard]] std::size_t columns() const override { return columns_.names.size(); }

  [[nodiscard]] CellKind kind(std::size_t row, std::size_t column) const override;
  void append_json(std::string& out, std::size_t row, std::size_t column) const override;
  void append_metadata(std::string& out, std::size_t row) const override;
  // A relationship of a tree, with its ends.
  void append_edge(std::string& out, std::size_t row) const;

 private:
  std::span<const ValueView> load(std::size_t column) const override;
  // One property of what a variable holds, on all rows.
  void gather(VariableId variable, PropertyId property, std::span<ValueView> out) const;
  void gather_chunk(const PropertyTable& table,
                    Slot slot,
                    std::span<const PackedRef> rows,
                    std::span<ValueView> out) const;

  [[nodiscard]] bool has(std::size_t row, std::size_t column) const {
    return row < rows_ && column < columns_.columns.size();
  }

  [[nodiscard]] Cell item_cell(std::size_t row, std::uint32_t item) const;
  [[nodiscard]] Cell cell(std::size_t row, std::size_t column) const;
  [[nodiscard]] ValueView value_of(const Cell& cell) const;

  [[nodiscard]] std::span<const PackedRef> path(std::size_t row) const {
    return std::span<const PackedRef>(refs_).subspan(row * width_, width_);
  }

  const RunContext& run_;
  const OutputColumns& columns_;
  bool metadata_;
  std::size_t width_;  // References of a row: the variables of a path, or one object.
  std::size_t rows_ = 0;
  CellKind object_kind_ = CellKind::Value;  // Value: rows are paths or held cells.
  std::vector<PackedRef> refs_;
  std::vector<std::span<const Cell>> cells_;
  mutable std::vector<std::vector<ValueView>> values_;  // What loaded_ points to.
  mutable std::vector<PackedRef> in_column_;            // Of gather().
  mutable Evaluator evaluator_;
  mutable ObjectWriter writer_;
  mutable Arena arena_;
};

}  // namespace callisto::query
