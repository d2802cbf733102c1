// Hash grouping; counts are of distinct entities or values, sums take each tuple of entities once.
#include "query/executor/grouper.h"

#include <utility>

namespace callisto::query {

namespace {

constexpr std::size_t kBytesPerSeen = 32;

}  // namespace

Grouper::Grouper(RunContext& run, bool distinct)
    : run_(run),
      query_(run.query()),
      evaluator_(run),
      distinct_(distinct && !query_.unwinds()),
      groups_(query_.unique || query_.has_aggregates()),
      table_(run),
      seen_(query_.aggregates.size()),
      seen_values_(query_.aggregates.size()) {
  for (std::uint32_t item = 0; item < query_.items.size(); ++item) {
    if (query_.items[item].is_key()) key_items_.push_back(item);
    if (query_.items[item].stage == Item::Stage::Row) row_keys_.push_back(item);
  }
  keys_.resize(key_items_.size());
}

bool Grouper::add(std::span<const PackedRef> path) {
  unwound_.clear();
  for (std::size_t key = 0; key < keys_.size(); ++key) {
    const Item& item = query_.items[key_items_[key]];
    if (item.stage == Item::Stage::Row) continue;
    keys_[key] = evaluator_.cell(item.expression, path, table_.arena());
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
                       query_.items[item].expression, path, {.cells = keys_}, table_.arena())};
  }
  const std::uint32_t group = group_of_keys();
  for (std::size_t i = 0; i < query_.aggregates.size(); ++i) {
    aggregate(i, group, path);
  }
  return !run_.guard.step();  // A few lists of one path can make more rows than there is time for.
}

std::uint32_t Grouper::group_of_keys() {
  if (groups_) {
    const auto same = [&](std::uint32_t group) { return same_cells(table_.keys(group), keys_); };
    if (const auto group = numbers_.find_or_add(hash_cells(keys_), same)) return *group;
    (void)run_.guard.hold(CellNumbers::kBytesEach);
  }
  return table_.add(keys_);
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
  AggregateState& state = table_.state(group, index);
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
  take_numbers(state, aggregate.function, value);
}

// Distinct values (j1ql 7.4).
void Grouper::count_value(std::size_t index, std::uint32_t group, ValueView value) {
  auto& seen = seen_values_[index];
  if (seen.contains({group, value})) return;
  seen.insert({group, table_.arena().copy(value)});
  if (run_.guard.hold(kBytesPerSeen)) return;
  ++table_.state(group, index).count;
}

CellTable Grouper::finish() {
  return table_.finish(groups_, evaluator_);
}

}  // namespace callisto::query
