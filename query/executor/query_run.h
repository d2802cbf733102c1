// One run of a query: QueryResult over a plan and a pinned graph version.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <unordered_set>
#include <vector>

#include "query/executor/executable.h"
#include "query/executor/grouper.h"
#include "query/executor/output.h"
#include "query/executor/path_sorter.h"
#include "query/executor/path_source.h"
#include "query/executor/tree_collector.h"
#include <callisto/query_result.h>

namespace callisto::query {

class QueryRun final : public QueryResult::Impl {
 public:
  // `guard`: of the run that this one is a part of; nullptr: it has its own limits.
  // Errors: as resolve_constants.
  [[nodiscard]] static Result<std::unique_ptr<QueryRun>> start(
      std::shared_ptr<const Executable> executable,
      SnapshotPtr snapshot,
      const QueryOptions& options,
      std::int64_t now_ms,
      std::shared_ptr<Guard> guard = nullptr);

  QueryRun(std::shared_ptr<const Executable> executable,
           SnapshotPtr snapshot,
           const QueryOptions& options,
           std::optional<Constants> own_constants,
           std::shared_ptr<Guard> guard);

  [[nodiscard]] ResultType type() const override { return run_.query().shape; }

  [[nodiscard]] const std::vector<std::string>& columns() const override {
    return executable_->columns.names;
  }

  [[nodiscard]] const std::vector<Warning>& warnings() const override {
    return warnings_.empty() ? run_.plan->warnings : warnings_;
  }

  Result<const RowBatch*> next() override;
  Status write_json(std::string& out) override;
  Status work(std::size_t bytes) override;
  Status keep(std::size_t bytes) override;

  // Before the first row: from now on the run writes its figures to `profile`, which must outlive
  // it.
  void measure(RunProfile& profile);

 private:
  // How rows come to the batches.
  enum class Form : std::uint8_t { Stream, Sorted, Held, Tree };

  struct Written;

  void add_warnings();
  // The next rows into the batch; the guard knows why there are none.
  void fill();
  void begin();
  [[nodiscard]] bool advance();
  void hold_rows();
  void group_rows();
  void sort_rows();
  void collect_tree();
  [[nodiscard]] bool next_row(std::span<const PackedRef>& row);
  [[nodiscard]] bool next_path(std::span<const PackedRef>& row);
  void fill_rows();
  void fill_tree();
  void fill_entities();
  [[nodiscard]] bool count_rows(std::size_t rows);
  void write_answer(Written& written);
  void write_rows(Written& written);
  void write_row(Written& written, std::size_t row, std::span<const std::string> labels);
  void write_tree(Written& written);

  std::shared_ptr<const Executable> executable_;
  std::optional<Constants> own_constants_;
  std::shared_ptr<Guard> guard_;
  std::size_t rows_max_;
  std::size_t batch_rows_;
  HeldBytes held_rows_;  // Of table_ or tree_.
  RunContext run_;
  std::vector<Warning> warnings_;  // Of the plan and of this run's constants, if those have any.
  PathSource source_;
  Batch batch_;
  Form form_ = Form::Stream;
  bool begun_ = false;
  bool by_entities_ = false;
  bool edges_ = false;  // The tree's edges are being shown.
  std::optional<PathSorter> sorter_;
  std::size_t at_ = 0;  // Next row of the sorter, the held rows or the tree.
  CellTable table_;
  std::vector<std::uint32_t> order_;
  Tree tree_;
  std::optional<std::unordered_set<PackedRef>> started_;  // Lists ordered by other parts of paths.
  std::vector<PackedRef> reached_;   // List entities at the ends of the last path, last first.
  std::vector<PackedRef> list_row_;  // A row that stands for one of them.
  std::uint64_t skipped_ = 0;
  std::uint64_t taken_ = 0;
  std::uint64_t shown_ = 0;
};

}  // namespace callisto::query
