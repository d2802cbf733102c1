// Streams rows, or holds what has to be held: sorts, groups, trees.
#include "query/executor/query_run.h"

#include <algorithm>
#include <utility>

#include "core/errors/barrier.h"
#include "query/executor/member_sorting.h"
#include "query/operators/set_aggregation.h"
#include "query/optimizer/optimizer.h"

namespace callisto::query {

namespace {

// Rows of a batch, fewer when there are so many columns that the cells would fill the memory.
constexpr std::size_t kBatchRowsMax = kChunkRows;
constexpr std::size_t kBatchCellsMax = std::size_t{1} << 18;

constexpr std::size_t kBytesPerStarted = 40;  // Of a set of entities.

std::size_t batch_rows(std::size_t columns) {
  return std::clamp(
      kBatchCellsMax / std::max<std::size_t>(columns, 1), std::size_t{1}, kBatchRowsMax);
}

// Of an answer; then the limits are looked at even within a row.
constexpr std::size_t kBytesWrittenAtOnce = std::size_t{64} << 10;

std::optional<std::uint64_t> rows_wanted(const BoundQuery& query) {
  if (!query.limit) return std::nullopt;
  return query.skip + *query.limit;
}

}  // namespace

// An answer that is being written.
struct QueryRun::Written {
  Guard& guard;
  std::string& out;
  std::size_t begin = 0;    // What was there before.
  std::size_t counted = 0;  // The end of what is kept.

  // Keeps what was written since; true when the run has to end.
  bool count() {
    const std::size_t more = out.size() - counted;
    if (guard.keep(more)) return true;
    counted = out.size();
    return guard.work(more);
  }

  // Leaves nothing of a failed answer.
  [[nodiscard]] Status close() {
    if (!guard.stopped()) return {};
    guard.forget(counted - begin);
    out.resize(begin);
    return guard.status();
  }
};

Result<std::unique_ptr<QueryRun>> QueryRun::start(std::shared_ptr<const Executable> executable,
                                                  SnapshotPtr snapshot,
                                                  const QueryOptions& options,
                                                  std::int64_t now_ms,
                                                  std::shared_ptr<Guard> guard) {
  if (!guard) guard = std::make_shared<Guard>(options);
  std::optional<Constants> own;
  if (!executable->constants) {
    CALLISTO_TRY(own,
                 resolve_constants(executable->plan->query(), snapshot, options, now_ms, guard));
  }
  return std::make_unique<QueryRun>(
      std::move(executable), std::move(snapshot), options, std::move(own), std::move(guard));
}

QueryRun::QueryRun(std::shared_ptr<const Executable> executable,
                   SnapshotPtr snapshot,
                   const QueryOptions& options,
                   std::optional<Constants> own_constants,
                   std::shared_ptr<Guard> guard)
    : executable_(std::move(executable)),
      own_constants_(std::move(own_constants)),
      guard_(std::move(guard)),
      rows_max_(options.limits.rows_max),
      batch_rows_(batch_rows(executable_->columns.columns.size())),
      held_rows_(*guard_),
      run_{.snapshot = std::move(snapshot),
           .plan = executable_->plan,
           .constants = own_constants_ ? &*own_constants_ : &*executable_->constants,
           .guard = *guard_},
      source_(run_),
      batch_(run_, executable_->columns, options.row_metadata) {
  if (own_constants_) add_warnings();
}

void QueryRun::add_warnings() {
  std::vector<Warning> more = variable_warnings(
      *run_.plan, *run_.snapshot, [&](ConstantId id) { return run_.constants->value(id); });
  more.insert(more.end(), own_constants_->warnings().begin(), own_constants_->warnings().end());
  if (more.empty()) return;
  warnings_ = run_.plan->warnings;
  warnings_.insert(warnings_.end(), more.begin(), more.end());
}

void QueryRun::begin() {
  begun_ = true;
  run_.widen();
  const BoundQuery& query = run_.query();
  if (query.shape == ResultType::Table &&
      (query.has_aggregates() || query.unique || query.having || query.unwinds())) {
    form_ = Form::Held;
    hold_rows();
    return;
  }
  const bool starts_once =
      query.shape == ResultType::List && run_.plan->logical->need == Need::Paths;
  if (starts_once) started_.emplace();
  if (!query.order_by.empty()) {
    // A start that comes again would take a place among the first rows.
    sorter_.emplace(run_, starts_once ? std::nullopt : rows_wanted(query));
    sort_rows();
    form_ = Form::Sorted;
  }
  if (query.shape == ResultType::Tree) collect_tree();
  by_entities_ = form_ == Form::Stream && query.skip == 0 && !started_ && source_.by_entities();
}

void QueryRun::sort_rows() {
  if (!sort_members(run_, source_, *sorter_)) {
    while (source_.next()) {
      if (!sorter_->add(source_.values())) break;
    }
  }
  if (!run_.guard.stopped()) sorter_->finish();
}

void QueryRun::hold_rows() {
  const std::size_t held = run_.guard.held();
  group_rows();
  run_.guard.release(run_.guard.held() - held);  // What grouping needed besides the rows.
  if (held_rows_.set(table_.bytes() + table_.rows * sizeof order_[0])) return;
  order_ = arrange(run_, table_);
}

void QueryRun::group_rows() {
  if (run_.plan->grouping) {
    const std::span<const NodeSet> sets =
        run_.plan->reduces ? source_.reduced_sets() : std::span<const NodeSet>();
    table_ = SetAggregation(run_, source_.filters(), sets).run();
    return;
  }
  Grouper grouper(run_, source_.distinct());
  while (source_.next()) {
    if (!grouper.add(source_.values())) return;
  }
  if (!run_.guard.stopped()) table_ = grouper.finish();
}

void QueryRun::collect_tree() {
  TreeCollector collector(run_);
  if (run_.plan->by_sets && run_.plan->logical->need == Need::Members) {
    collector.add_sets(source_.reduced_sets(), source_.filters());
  } else {
    std::span<const PackedRef> row;
    while (next_row(row)) {
      if (!collector.add(row)) break;
    }
  }
  tree_ = collector.finish();
  held_rows_.set((tree_.vertices.capacity() + tree_.edges.capacity()) * sizeof(PackedRef));
  at_ = 0;
  form_ = Form::Tree;
}

// The next path in order; in a list also a row for each entity that its optionals reached.
bool QueryRun::next_path(std::span<const PackedRef>& row) {
  if (!reached_.empty()) {
    list_row_[run_.query().start.variable] = reached_.back();
    reached_.pop_back();
    row = list_row_;
    return true;
  }
  if (sorter_) {
    if (at_ == sorter_->size()) return false;
    row = sorter_->path(at_++);
  } else {
    if (!source_.next()) return false;
    row = source_.values();
  }
  if (!started_) return true;
  list_row_.resize(row.size(), kUnbound);
  for (const VariableId end : source_.list_ends()) {
    if (row[end] != kUnbound) reached_.push_back(row[end]);
  }
  return true;
}

bool QueryRun::next_row(std::span<const PackedRef>& row) {
  const BoundQuery& query = run_.query();
  for (;;) {
    if (query.limit && taken_ == *query.limit) return false;
    if (!next_path(row)) return false;
    if (started_ && !started_->insert(row[query.start.variable]).second) continue;
    if (started_ && run_.guard.hold(kBytesPerStarted)) return false;
    if (skipped_ < query.skip) {
      ++skipped_;
      continue;
    }
    ++taken_;
    return true;
  }
}

bool QueryRun::count_rows(std::size_t rows) {
  shown_ += rows;
  const std::size_t limit = rows_max_;
  if (limit == 0 || shown_ <= limit) return true;
  run_.guard.stop(
      Error{.code = ErrorCode::LimitExceeded,
            .message = "The query returns more than " + std::to_string(limit) + " rows.",
            .hints = {"Add LIMIT, or raise limits.rows_max (0 lifts it); query_rows in the "
                      "configuration of a server."}});
  return false;
}

void QueryRun::fill_rows() {
  if (form_ == Form::Held) {
    for (; at_ < order_.size() && batch_.rows() < batch_rows_; ++at_) {
      if (!count_rows(1)) return;
      batch_.add_cells(table_.row(order_[at_]));
    }
    return;
  }
  if (by_entities_) return fill_entities();
  const bool list = run_.query().shape == ResultType::List;
  std::span<const PackedRef> row;
  while (batch_.rows() < batch_rows_ && next_row(row)) {
    if (!count_rows(1)) return;
    if (list) {
      batch_.add_object(CellKind::Entity, row[run_.query().start.variable]);
    } else {
      batch_.add_path(row);
    }
  }
}

void QueryRun::fill_entities() {
  const std::optional<std::uint64_t> limit = run_.query().limit;
  while (batch_.rows() < batch_rows_) {
    std::size_t wanted = batch_rows_ - batch_.rows();
    if (limit) wanted = std::min<std::uint64_t>(wanted, *limit - taken_);
    const std::size_t found = source_.next_some(batch_.add_entities(wanted));
    batch_.keep(found);
    taken_ += found;
    if (found == 0 || !count_rows(found)) return;
  }
}

void QueryRun::fill_tree() {
  if (!edges_ && at_ == tree_.vertices.size()) {
    edges_ = true;
    at_ = 0;
  }
  const std::vector<PackedRef>& refs = edges_ ? tree_.edges : tree_.vertices;
  const CellKind kind = edges_ ? CellKind::Relationship : CellKind::Entity;
  for (; at_ < refs.size() && batch_.rows() < batch_rows_; ++at_) {
    if (!count_rows(1)) return;
    batch_.add_object(kind, refs[at_]);
  }
}

Result<const RowBatch*> QueryRun::next() {
  if (!advance()) return tl::make_unexpected(run_.guard.status().error());
  return batch_.rows() == 0 ? nullptr : &batch_;
}

// Fills the batch anew; without rows it is the end. False when the guard has stopped the run.
bool QueryRun::advance() {
  batch_.clear();
  if (run_.guard.interrupted()) return false;
  try {
    fill();
  } catch (...) {  // What is half done goes on no more.
    batch_.clear();
    run_.guard.stop(error_of_exception());
  }
  return !run_.guard.stopped();
}

Status QueryRun::work(std::size_t bytes) {
  (void)run_.guard.work(bytes);
  return run_.guard.status();
}

Status QueryRun::keep(std::size_t bytes) {
  if (!run_.guard.keep(bytes)) (void)run_.guard.work(bytes);
  return run_.guard.status();
}

void QueryRun::fill() {
  if (run_.guard.stopped()) return;
  if (!begun_) begin();
  if (run_.guard.stopped()) return;
  if (form_ == Form::Tree) {
    fill_tree();
  } else {
    fill_rows();
  }
}

Status QueryRun::write_json(std::string& out) {
  if (begun_) {
    return fail(ErrorCode::InvalidInput,
                "rows of this result were read before: write_json() gives all of them or none");
  }
  Written written{.guard = run_.guard, .out = out, .begin = out.size(), .counted = out.size()};
  try {
    write_answer(written);
  } catch (...) {
    run_.guard.stop(error_of_exception());
  }
  return written.close();
}

void QueryRun::write_answer(Written& written) {
  std::string& out = written.out;
  switch (run_.query().shape) {
    case ResultType::List:
      out += "{\"type\":\"list\",\"data\":[";
      write_rows(written);
      out += "]}";
      break;
    case ResultType::Table:
      out += "{\"type\":\"table\",\"data\":[";
      write_rows(written);
      out += "]}";
      break;
    case ResultType::Tree:
      out += "{\"type\":\"tree\",\"data\":{\"vertices\":[";
      write_tree(written);
      out += "]}}";
      break;
  }
  (void)written.count();
}

void QueryRun::write_rows(Written& written) {
  std::string& out = written.out;
  const bool list = run_.query().shape == ResultType::List;
  const std::vector<std::string> labels = json_labels(columns());
  bool first = true;
  while (advance() && batch_.rows() > 0) {
    for (std::size_t row = 0; row < batch_.rows(); ++row) {
      if (!first) out += ',';
      first = false;
      if (list) {
        batch_.append_json(out, row, 0);
      } else {
        write_row(written, row, labels);
      }
      if (written.count()) return;
    }
  }
}

void QueryRun::write_row(Written& written, std::size_t row, std::span<const std::string> labels) {
  std::string& out = written.out;
  for (std::size_t column = 0; column < labels.size(); ++column) {
    if (labels[column].empty()) continue;
    out += labels[column];
    batch_.append_json(out, row, column);
    if (out.size() - written.counted > kBytesWrittenAtOnce && written.count()) return;
  }
  std::string metadata;
  batch_.append_metadata(metadata, row);
  if (!metadata.empty()) out.append(",\"_meta\":").append(metadata);
  out += '}';
}

void QueryRun::write_tree(Written& written) {
  std::string& out = written.out;
  bool first = true;
  bool in_edges = false;
  while (advance() && batch_.rows() > 0) {
    if (edges_ && !in_edges) {
      in_edges = true;
      first = true;
      out += "],\"edges\":[";
    }
    for (std::size_t row = 0; row < batch_.rows(); ++row) {
      if (!first) out += ',';
      first = false;
      if (in_edges) {
        batch_.append_edge(out, row);
      } else {
        batch_.append_json(out, row, 0);
      }
      if (written.count()) return;
    }
  }
  if (!in_edges) out += "],\"edges\":[";
}

void QueryRun::measure(RunProfile& profile) {
  profile.nodes.resize(run_.plan->nodes.size());
  profile.hops.resize(run_.plan->hops.size());
  run_.profile = &profile;
}

}  // namespace callisto::query
