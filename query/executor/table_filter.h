// The filter of a node (or of a relationship) on one table, a row or a chunk at a time.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "core/columns/row_mask.h"
#include "query/executor/evaluator.h"
#include "query/executor/run_context.h"

namespace callisto::query {

// Not thread-safe; belongs to one run. Row tests of a chunk that is asked often are answered from a
// mask of the whole chunk.
class TableFilter {
 public:
  // `classes`: rows must have one of them; empty: no test. `filter` may be nullptr. `seek`: the
  // equality in it that goes through an index; nullptr: none.
  TableFilter(const RunContext& run,
              bool relationship,
              std::uint32_t table,
              const Condition* filter,
              const Condition* seek,
              std::span<const ClassId> classes);

  // Every live row passes.
  [[nodiscard]] bool trivial() const { return filter_ == nullptr && classes_.empty(); }

  // A live row passes the filter.
  [[nodiscard]] bool matches(std::uint32_t row);

  // The rows of a chunk that are in the graph and pass.
  [[nodiscard]] RowMask mask(std::uint32_t chunk);

  // The rows that the index gives for the plan's equality, ascending, whatever else the filter
  // asks; nullptr: no index (core/indexes/value_index.h).
  [[nodiscard]] const std::vector<std::uint32_t>* candidates();

  // The first chunk from `chunk` on that may hold rows that pass; the number of chunks at the end.
  [[nodiscard]] std::uint32_t next_chunk(std::uint32_t chunk);

  // In the graph, or soft-deleted and asked for.
  [[nodiscard]] RowMask universe(std::uint32_t chunk) const;
  [[nodiscard]] bool visible(std::uint32_t row) const;

  [[nodiscard]] const PropertyTable& table() const { return table_; }

 private:
  struct ChunkState {
    std::uint32_t tests = 0;
    std::unique_ptr<RowMask> mask{};
  };

  [[nodiscard]] bool test(std::uint32_t row);
  [[nodiscard]] RowMask select_rows(const Condition& condition,
                                    std::uint32_t chunk,
                                    const RowMask& among);
  [[nodiscard]] RowMask compare(const Condition& condition,
                                std::uint32_t chunk,
                                const RowMask& among);
  [[nodiscard]] RowMask row_by_row(const Condition& condition,
                                   std::uint32_t chunk,
                                   const RowMask& among);
  [[nodiscard]] RowMask any_text(const StringMatcher& matcher,
                                 std::uint32_t chunk,
                                 const RowMask& among) const;
  [[nodiscard]] RowMask of_classes(std::uint32_t chunk, const RowMask& among) const;
  // Keeps a column that is made for this read alive in `owner`.
  [[nodiscard]] const Column* column(PropertyId property,
                                     std::uint32_t chunk,
                                     ColumnPtr& owner) const;

  const RunContext& run_;
  bool relationship_;
  std::uint32_t table_index_;
  const PropertyTable& table_;
  const Condition* filter_;
  const Condition* seek_;
  std::span<const ClassId> classes_;
  std::vector<ChunkState> chunks_;
  bool sought_ = false;
  std::optional<std::vector<std::uint32_t>> candidates_;  // After sought_.
  Arena scratch_;
};

// The filters of a node on all its tables, made when first asked for.
class NodeFilter {
 public:
  NodeFilter(const RunContext& run, const PlanNode& node);

  [[nodiscard]] const PlanNode& node() const { return node_; }

  [[nodiscard]] TableFilter& at(std::uint32_t table_index);

  // The row of table `table_index`, which is live, fits.
  [[nodiscard]] bool matches(std::uint32_t table_index, std::uint32_t row) {
    return trivial_ || at(table_index).matches(row);
  }

 private:
  const RunContext& run_;
  const PlanNode& node_;
  bool trivial_;
  std::vector<std::unique_ptr<TableFilter>> tables_;
};

// The filter of a hop on its relationship tables: what the relationship has to be, and how its ends
// have to compare.
class HopFilter {
 public:
  HopFilter(const RunContext& run, const PlanHop& hop);

  [[nodiscard]] bool trivial() const { return hop_.filter == nullptr && hop_.between == nullptr; }

  // `at` is an index into PlanHop::tables.
  [[nodiscard]] bool matches(std::uint32_t at, std::uint32_t relationship_row);

 private:
  // What is known of the ends of a relationship.
  enum class Known : std::uint8_t { Nothing, Passes, Fails };

  [[nodiscard]] bool compare_ends(const HopTable& table, std::uint32_t relationship_row);

  const RunContext& run_;
  const PlanHop& hop_;
  std::vector<std::unique_ptr<TableFilter>> tables_;
  std::vector<std::vector<Known>> known_;  // Per table of the hop and row.
  std::vector<PackedRef> ends_;
  std::optional<Evaluator> evaluator_;
};

}  // namespace callisto::query
