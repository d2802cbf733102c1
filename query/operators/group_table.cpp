#include "query/operators/group_table.h"

#include <bit>
#include <numeric>
#include <string_view>
#include <utility>

#include "query/executor/guarded_sort.h"

namespace callisto::query {

namespace {

// A word that is less wherever compare_total() finds the value less, or the same.
std::uint64_t prefix_of(ValueView value, ValueKind kind) {
  if (value.is_null()) {
    const ValueView other =
        kind == ValueKind::Number ? ValueView::number(0) : ValueView::string("");
    return compare_total(value, other) < 0 ? 0 : ~std::uint64_t{0};
  }
  if (kind == ValueKind::Number) {
    const double number = value.as_number() == 0 ? 0.0 : value.as_number();  // -0 is 0.
    const auto bits = std::bit_cast<std::uint64_t>(number);
    constexpr std::uint64_t kSign = std::uint64_t{1} << 63U;
    return (bits & kSign) != 0 ? ~bits : bits | kSign;
  }
  std::uint64_t prefix = 0;
  const std::string_view text = value.as_string();
  for (std::size_t i = 0; i < sizeof prefix; ++i) {
    prefix = prefix << 8U | (i < text.size() ? static_cast<unsigned char>(text[i]) : 0U);
  }
  return prefix;
}

}  // namespace

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
  const auto before = [&](std::uint32_t a, std::uint32_t b) {
    const std::span<const Cell> left = keys(a);
    const std::span<const Cell> right = keys(b);
    for (std::size_t i = 0; i < left.size(); ++i) {
      const auto compared = compare_cells(left[i], right[i]);
      if (compared != 0) return compared < 0;
    }
    return false;
  };

  struct Entry {
    std::uint64_t prefix = 0;
    std::uint32_t group = 0;
  };

  std::vector<Entry> entries;
  entries.reserve(order.size());
  const std::optional<ValueKind> kind = kind_of_first_key();
  if (run_.guard.hold(order.size() * sizeof(Entry))) return order;
  for (const std::uint32_t group : order) {
    entries.push_back({kind ? prefix_of(keys(group)[0].value, *kind) : 0, group});
  }
  guarded_sort(entries, entries.size(), run_.guard, [&](const Entry& a, const Entry& b) {
    return a.prefix != b.prefix ? a.prefix < b.prefix : before(a.group, b.group);
  });
  for (std::size_t i = 0; i < order.size(); ++i) {
    order[i] = entries[i].group;
  }
  run_.guard.release(order.size() * sizeof(Entry));
  return order;
}

// The kind of value that the first key has in every group, or lacks; nullopt: there are several, or
// it is an object.
std::optional<ValueKind> GroupTable::kind_of_first_key() const {
  ValueKind kind = ValueKind::Null;
  for (std::uint32_t group = 0; group < size_; ++group) {
    const Cell& cell = keys(group)[0];
    if (cell.kind != CellKind::Value) return std::nullopt;
    if (cell.value.is_null() || cell.value.kind() == kind) continue;
    if (kind != ValueKind::Null) return std::nullopt;
    kind = cell.value.kind();
  }
  if (kind == ValueKind::Number || kind == ValueKind::String) return kind;
  return std::nullopt;
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
