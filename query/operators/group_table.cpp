#include "query/operators/group_table.h"

#include <numeric>
#include <utility>

#include "query/executor/guarded_sort.h"

namespace callisto::query {

GroupTable::GroupTable(RunContext& run) : run_(run) {
  for (const Item& item : run_.query().items) {
    if (item.is_key()) ++key_count_;
  }
}

std::uint32_t GroupTable::add(std::span<const Cell> keys) {
  keys_.insert(keys_.end(), keys.begin(), keys.end());
  states_.resize(states_.size() + run_.query().aggregates.size());
  (void)run_.guard.hold(keys.size() * sizeof(Cell) +
                        run_.query().aggregates.size() * sizeof(AggregateState));
  return static_cast<std::uint32_t>(size_++);
}

ValueView GroupTable::result(std::size_t aggregate, std::uint32_t group) const {
  const std::vector<Aggregate>& aggregates = run_.query().aggregates;
  const AggregateState state =
      group < size_ ? states_[group * aggregates.size() + aggregate] : AggregateState{};
  switch (aggregates[aggregate].function) {
    case AggregateFunction::Count:
      return ValueView::number(static_cast<double>(state.count));
    case AggregateFunction::Sum:
      return ValueView::number(state.sum);
    case AggregateFunction::Avg:
      if (state.count == 0) return {};
      return ValueView::number(state.sum / static_cast<double>(state.count));
    case AggregateFunction::Min:
    case AggregateFunction::Max:
      return state.count == 0 ? ValueView() : ValueView::number(state.best);
  }
  return {};
}

std::vector<std::uint32_t> GroupTable::ordered(bool by_cells) const {
  const BoundQuery& query = run_.query();
  // Only aggregates: one row over everything, even over nothing.
  const bool global = query.has_aggregates() && key_count_ == 0;
  std::vector<std::uint32_t> order(global ? 1 : size_);
  std::iota(order.begin(), order.end(), 0U);
  // Where the query orders the rows itself, arrange() sorts.
  if (!by_cells || global || !query.order_by.empty()) return order;
  guarded_sort(order, order.size(), run_.guard, [&](std::uint32_t a, std::uint32_t b) {
    const std::span<const Cell> left = keys(a);
    const std::span<const Cell> right = keys(b);
    for (std::size_t i = 0; i < left.size(); ++i) {
      const auto compared = compare_cells(left[i], right[i]);
      if (compared != 0) return compared < 0;
    }
    return false;
  });
  return order;
}

CellTable GroupTable::finish(bool by_cells, Evaluator& evaluator) {
  const BoundQuery& query = run_.query();
  CellTable table{.columns = query.items.size(), .by_cells = by_cells};
  std::vector<ValueView> aggregates(query.aggregates.size());
  const std::vector<PackedRef> no_path(query.variables.size(), kUnbound);
  for (const std::uint32_t group : ordered(by_cells)) {
    if (run_.guard.step()) break;
    for (std::size_t i = 0; i < aggregates.size(); ++i) {
      aggregates[i] = result(i, group);
    }
    std::size_t key = 0;
    for (const Item& item : query.items) {
      if (item.is_key()) {
        table.cells.push_back(keys(group)[key++]);
        continue;
      }
      const auto before = std::span<const Cell>(table.cells).subspan(table.rows * table.columns);
      const RowValues row{.aggregates = aggregates, .cells = before};
      table.cells.push_back({.value = evaluator.value(item.expression, no_path, row, arena_)});
    }
    ++table.rows;
  }
  table.arena = std::move(arena_);
  return table;
}

}  // namespace callisto::query
