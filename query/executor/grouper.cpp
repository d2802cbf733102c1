// Hash grouping; counts are of distinct entities or values, sums take each tuple of entities once.
#include "query/executor/grouper.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "query/executor/guarded_sort.h"

namespace callisto::query {

namespace {

constexpr std::size_t kSlotsAtFirst = 64;
constexpr std::size_t kBytesPerSeen = 32;

}  // namespace

Grouper::Grouper(RunContext& run, bool distinct)
    : run_(run),
      query_(run.query()),
      evaluator_(run),
      distinct_(distinct && !query_.unwinds()),
      groups_(query_.unique || query_.has_aggregates()),
      slots_(kSlotsAtFirst, 0),
      seen_(query_.aggregates.size()),
      seen_values_(query_.aggregates.size()) {
  for (std::uint32_t item = 0; item < query_.items.size(); ++item) {
    if (query_.items[item].is_key()) key_items_.push_back(item);
    if (query_.items[item].stage == Item::Stage::Row) row_keys_.push_back(item);
  }
  keys_.resize(key_items_.size());
  table_.columns = key_items_.size();
}

bool Grouper::add(std::span<const PackedRef> path) {
  unwound_.clear();
  for (std::size_t key = 0; key < keys_.size(); ++key) {
    const Item& item = query_.items[key_items_[key]];
    if (item.stage == Item::Stage::Row) continue;
    keys_[key] = evaluator_.cell(item.expression, path, table_.arena);
    if (!item.unwinds || keys_[key].value.kind() != ValueKind::List) continue;
    const std::span<const ValueView> elements = keys_[key].value.as_list();
    if (elements.empty()) {
      keys_[key] = {};  // One row with undefined (j1ql 7.6).
    } else {
      unwound_.push_back({key, elements});
    }
  }
  return add_rows(path, 0);
}

std::uint32_t Grouper::group_of(std::span<const PackedRef> path) {
  for (std::size_t key = 0; key < keys_.size(); ++key) {
    keys_[key] = evaluator_.cell(query_.items[key_items_[key]].expression, path, table_.arena);
  }
  return group_of_keys();
}

void Grouper::add_count(std::uint32_t group, std::uint64_t entities) {
  for (std::size_t i = 0; i < query_.aggregates.size(); ++i) {
    states_[group * query_.aggregates.size() + i].count += entities;
  }
}

bool Grouper::add_rows(std::span<const PackedRef> path, std::size_t list) {
  if (list < unwound_.size()) {
    const auto& [key, elements] = unwound_[list];
    for (const ValueView element : elements) {
      keys_[key] = {.value = element};
      if (!add_rows(path, list + 1)) return false;
    }
    return true;
  }
  // Only rows that are paths have such keys, and then every item is a key.
  for (const std::uint32_t item : row_keys_) {
    keys_[item] = {.value = evaluator_.value(
                       query_.items[item].expression, path, {.cells = keys_}, table_.arena)};
  }
  const std::uint32_t group = group_of_keys();
  for (std::size_t i = 0; i < query_.aggregates.size(); ++i) {
    aggregate(i, group, path);
  }
  return !run_.guard.step();  // A few lists of one path can make more rows than there is time for.
}

std::uint32_t Grouper::group_of_keys() {
  std::uint64_t hash = 0;
  std::size_t slot = 0;
  if (groups_) {
    hash = hash_cells(keys_);
    const std::size_t mask = slots_.size() - 1;
    for (slot = hash & mask; slots_[slot] != 0; slot = (slot + 1) & mask) {
      const std::uint32_t group = slots_[slot] - 1;
      if (hashes_[group] == hash && same_cells(table_.row(group), keys_)) return group;
    }
  }
  const auto group = static_cast<std::uint32_t>(table_.rows++);
  table_.cells.insert(table_.cells.end(), keys_.begin(), keys_.end());
  states_.resize(states_.size() + query_.aggregates.size());
  (void)run_.guard.hold(keys_.size() * sizeof(Cell) + sizeof hash + sizeof(State));
  if (!groups_) return group;
  hashes_.push_back(hash);
  slots_[slot] = group + 1;
  if (table_.rows * 2 > slots_.size()) grow();
  return group;
}

void Grouper::grow() {
  slots_.assign(slots_.size() * 2, 0);
  const std::size_t mask = slots_.size() - 1;
  for (std::uint32_t group = 0; group < table_.rows; ++group) {
    std::size_t slot = hashes_[group] & mask;
    while (slots_[slot] != 0) {
      slot = (slot + 1) & mask;
    }
    slots_[slot] = group + 1;
  }
}

bool Grouper::is_new(std::size_t index, std::uint32_t group, std::span<const PackedRef> path) {
  const std::vector<VariableId>& variables = query_.aggregates[index].variables;
  if (distinct_ && !variables.empty()) return true;
  const std::size_t tuples = tuples_.size();
  const PackedRef tuple = tuples_.of(path, variables);
  if (run_.guard.hold((tuples_.size() - tuples) * TupleIds::kBytesEach)) return false;
  if (!seen_[index].insert({group, tuple}).second) return false;
  return !run_.guard.hold(kBytesPerSeen);
}

void Grouper::aggregate(std::size_t index, std::uint32_t group, std::span<const PackedRef> path) {
  const Aggregate& aggregate = query_.aggregates[index];
  State& state = states_[group * query_.aggregates.size() + index];
  if (aggregate.counts_paths()) {
    ++state.count;
    return;
  }
  if (const VariableId counted = aggregate.counted(); counted != kNoVariable) {
    if (path[counted] != kUnbound && is_new(index, group, path)) ++state.count;
    return;
  }
  const bool by_value = aggregate.function == AggregateFunction::Count;
  if (!by_value && !is_new(index, group, path)) return;
  scratch_.clear();
  const ValueView value = evaluator_.value(aggregate.argument, path, {}, scratch_);
  if (value.is_null()) return;
  if (by_value) return count_value(index, group, value);
  if (value.kind() != ValueKind::List) return take(state, aggregate.function, value);
  for (const ValueView element : value.as_list()) {
    take(state, aggregate.function, element);
  }
}

// Distinct values (j1ql 7.4).
void Grouper::count_value(std::size_t index, std::uint32_t group, ValueView value) {
  auto& seen = seen_values_[index];
  if (seen.contains({group, value})) return;
  seen.insert({group, table_.arena.copy(value)});
  if (run_.guard.hold(kBytesPerSeen)) return;
  ++states_[group * query_.aggregates.size() + index].count;
}

// Numbers (and dates, which are numbers) only (j1ql 7.4).
void Grouper::take(State& state, AggregateFunction function, ValueView value) {
  if (value.kind() != ValueKind::Number) return;
  ++state.count;
  state.sum += value.as_number();
  if (state.best.is_null()) state.best = value;
  const bool better = function == AggregateFunction::Min
                          ? value.as_number() < state.best.as_number()
                          : value.as_number() > state.best.as_number();
  if (better) state.best = value;
}

ValueView Grouper::result(std::size_t aggregate, std::uint32_t group) const {
  const State state =
      group < table_.rows ? states_[group * query_.aggregates.size() + aggregate] : State{};
  switch (query_.aggregates[aggregate].function) {
    case AggregateFunction::Count:
      return ValueView::number(static_cast<double>(state.count));
    case AggregateFunction::Sum:
      return ValueView::number(state.sum);
    case AggregateFunction::Avg:
      if (state.count == 0) return {};
      return ValueView::number(state.sum / static_cast<double>(state.count));
    case AggregateFunction::Min:
    case AggregateFunction::Max:
      return state.best;
  }
  return {};
}

std::vector<std::uint32_t> Grouper::ordered_groups() const {
  // Only aggregates: one row over everything, even over nothing.
  const bool global = query_.has_aggregates() && key_items_.empty();
  std::vector<std::uint32_t> order(global ? 1 : table_.rows);
  std::iota(order.begin(), order.end(), 0U);
  if (!groups_ || global) return order;
  if (leaves_out_uncounted_) {
    const auto uncounted = [&](std::uint32_t group) {
      return states_[group * query_.aggregates.size()].count == 0;
    };
    order.erase(std::remove_if(order.begin(), order.end(), uncounted), order.end());
  }
  if (!query_.order_by.empty()) return order;  // arrange() sorts.
  guarded_sort(order, order.size(), run_.guard, [&](std::uint32_t a, std::uint32_t b) {
    const std::span<const Cell> left = table_.row(a);
    const std::span<const Cell> right = table_.row(b);
    for (std::size_t i = 0; i < left.size(); ++i) {
      const auto compared = compare_cells(left[i], right[i]);
      if (compared != 0) return compared < 0;
    }
    return false;
  });
  return order;
}

CellTable Grouper::finish() {
  CellTable result_table{.columns = query_.items.size(), .by_cells = groups_};
  std::vector<ValueView> aggregates(query_.aggregates.size());
  const std::vector<PackedRef> no_path(query_.variables.size(), kUnbound);
  for (const std::uint32_t group : ordered_groups()) {
    if (run_.guard.step()) break;
    for (std::size_t i = 0; i < aggregates.size(); ++i) {
      aggregates[i] = result(i, group);
    }
    std::size_t key = 0;
    for (const Item& item : query_.items) {
      if (item.is_key()) {
        result_table.cells.push_back(table_.row(group)[key++]);
        continue;
      }
      const auto before = std::span<const Cell>(result_table.cells)
                              .subspan(result_table.rows * result_table.columns);
      const RowValues row{.aggregates = aggregates, .cells = before};
      result_table.cells.push_back(
          {.value = evaluator_.value(item.expression, no_path, row, table_.arena)});
    }
    ++result_table.rows;
  }
  result_table.arena = std::move(table_.arena);
  return result_table;
}

}  // namespace callisto::query
