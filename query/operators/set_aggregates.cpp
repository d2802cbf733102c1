// Columns of numbers are decoded a chunk at a time; values are counted by their numbers.
#include "query/operators/set_aggregates.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace callisto::query {

namespace {

// Adds the numbers of many rows.
void take_all(AggregateState& state,
              AggregateFunction function,
              std::span<const double, kChunkRows> numbers,
              const RowMask& rows) {
  const std::uint32_t count = rows.count();
  if (count == 0) return;
  const double none = std::numeric_limits<double>::infinity();
  if (function == AggregateFunction::Min) {
    double least = none;
    for_each_row(rows, [&](std::uint32_t row) { least = std::min(least, numbers[row]); });
    state.best = state.count == 0 ? least : std::min(state.best, least);
  } else if (function == AggregateFunction::Max) {
    double greatest = -none;
    for_each_row(rows, [&](std::uint32_t row) { greatest = std::max(greatest, numbers[row]); });
    state.best = state.count == 0 ? greatest : std::max(state.best, greatest);
  } else {
    for_each_row(rows, [&](std::uint32_t row) { state.sum += numbers[row]; });
  }
  state.count += count;
}

}  // namespace

NumberColumn::NumberColumn(const RunContext& run, const PropertyTable& table, PropertyId property)
    : run_(run), table_(table), chunks_(table.chunks().size()) {
  if (property != kNoProperty) slot_ = table.slot(property);
}

const NumberColumn::Chunk& NumberColumn::chunk(std::uint32_t index) {
  std::unique_ptr<Chunk>& chunk = chunks_[index];
  if (chunk) return *chunk;
  chunk = std::make_unique<Chunk>();
  if (run_.guard.hold(sizeof(Chunk))) return *chunk;
  fill(*chunk, index);
  return *chunk;
}

const NumberColumn::Chunk& NumberColumn::once(std::uint32_t index) {
  if (chunks_[index]) return *chunks_[index];
  if (!scratch_) scratch_ = std::make_unique<Chunk>();
  if (in_scratch_ != index) fill(*scratch_, index);
  in_scratch_ = index;
  return *scratch_;
}

void NumberColumn::fill(Chunk& chunk, std::uint32_t index) const {
  chunk.present = chunk.others = {};
  const Column* const stored = slot_ ? table_.chunks()[index]->column(*slot_) : nullptr;
  if (stored == nullptr || run_.guard.step(kChunkRows / 8)) return;
  const Column& column = *stored;
  const std::uint32_t rows = column.rows();
  switch (column.kind()) {
    case Column::Kind::Integer: {
      chunk.present = column.presence();
      if (column.code_width() == 0) {
        std::fill_n(chunk.numbers.begin(), rows, static_cast<double>(column.base()));
      }
      column.visit_offsets([&](const auto* offsets) {
        for (std::uint32_t row = 0; row < rows; ++row) {
          chunk.numbers[row] =
              static_cast<double>(column.base() + static_cast<std::int64_t>(offsets[row]));
        }
      });
      return;
    }
    case Column::Kind::Double:
      chunk.present = column.presence();
      std::copy_n(column.doubles().begin(), rows, chunk.numbers.begin());
      return;
    case Column::Kind::Text:
    case Column::Kind::Ids:
      return;
    case Column::Kind::Coded:
      return fill_by_codes(chunk, column);
    case Column::Kind::Mixed:
      break;
  }
  for (std::uint32_t row = 0; row < rows; ++row) {
    const ValueView value = column.at(row);
    if (value.kind() == ValueKind::List) chunk.others.set(row);
    if (value.kind() != ValueKind::Number) continue;
    chunk.numbers[row] = value.as_number();
    chunk.present.set(row);
  }
}

void NumberColumn::fill_by_codes(Chunk& chunk, const Column& column) {
  const std::span<const ValueView> values = column.coded_values();
  std::vector<double> number_of_code(values.size(), 0);
  bool all_numbers = true;
  for (std::size_t code = 0; code < values.size(); ++code) {
    if (values[code].kind() == ValueKind::Number) number_of_code[code] = values[code].as_number();
    all_numbers =
        all_numbers && (values[code].kind() == ValueKind::Number || values[code].is_null());
  }
  decode_codes<double>(column, number_of_code, chunk.numbers);
  if (all_numbers) {
    chunk.present = column.presence();
    return;
  }
  for (std::uint32_t row = 0; row < column.rows(); ++row) {
    const ValueKind kind = values[column.code(row)].kind();
    if (kind == ValueKind::Number) chunk.present.set(row);
    if (kind == ValueKind::List) chunk.others.set(row);
  }
}

SetAggregates::SetAggregates(RunContext& run, Evaluator& evaluator, GroupTable& groups)
    : run_(run),
      evaluator_(evaluator),
      groups_(groups),
      values_(run.query().aggregates.size()),
      path_(run.query().variables.size(), kUnbound) {
  const BoundQuery& query = run.query();
  for (std::size_t i = 0; i < query.aggregates.size(); ++i) {
    const Aggregate& aggregate = query.aggregates[i];
    variables_.push_back(only_variable(aggregate.argument, query).value_or(kNoVariable));
    if (aggregate.counts_paths() || aggregate.counted() != kNoVariable) {
      kinds_.push_back(Kind::Rows);
    } else if (aggregate.function == AggregateFunction::Count) {
      kinds_.push_back(Kind::Values);
      values_[i].held = std::make_unique<HeldBytes>(run.guard);
      values_[i].keys = std::make_unique<GroupKeys>(
          run, variables_[i], std::vector{&aggregate.argument}, evaluator, groups.arena());
    } else {
      const Expression& argument = aggregate.argument;
      const bool stored = argument.kind == Expression::Kind::Read && run.plain_layer() &&
                          (run.plan->reads[argument.index] == kNoProperty ||
                           !metadata::is_metadata(run.plan->reads[argument.index]));
      kinds_.push_back(stored ? Kind::Numbers : Kind::Computed);
    }
  }
}

NumberColumn& SetAggregates::numbers(std::size_t aggregate, std::uint32_t table) {
  const PropertyId property = run_.plan->reads[run_.query().aggregates[aggregate].argument.index];
  const bool relationship = run_.is_relationship(variables_[aggregate]);
  auto& columns = columns_[pack(property.value, relationship ? 1 : 0)];
  const auto found = columns.find(table);
  if (found != columns.end()) return found->second;
  return columns.try_emplace(table, run_, run_.table(relationship, pack(table, 0)), property)
      .first->second;
}

void SetAggregates::take_row(std::size_t aggregate, std::uint32_t group, PackedRef row) {
  if (run_.guard.step()) return;
  const Aggregate& wanted = run_.query().aggregates[aggregate];
  path_[variables_[aggregate]] = row;
  scratch_.clear();
  take_numbers(groups_.state(group, aggregate),
               wanted.function,
               evaluator_.value(wanted.argument, path_, {}, scratch_));
  path_[variables_[aggregate]] = kUnbound;
}

void SetAggregates::add_rows(std::size_t aggregate,
                             std::uint32_t group,
                             std::uint32_t table,
                             std::span<const std::uint32_t> rows) {
  switch (kinds_[aggregate]) {
    case Kind::Rows:
      groups_.state(group, aggregate).count += rows.size();
      return;
    case Kind::Numbers:
      return add_number_rows(aggregate, group, table, rows);
    case Kind::Computed:
      for (const std::uint32_t row : rows) {
        take_row(aggregate, group, pack(table, row));
      }
      return;
    case Kind::Values:
      return count_values(aggregate, group, table, rows);
  }
}

void SetAggregates::add_number_rows(std::size_t aggregate,
                                    std::uint32_t group,
                                    std::uint32_t table,
                                    std::span<const std::uint32_t> rows) {
  NumberColumn& column = numbers(aggregate, table);
  const AggregateFunction function = run_.query().aggregates[aggregate].function;
  AggregateState state = groups_.state(group, aggregate);
  if (run_.guard.step(static_cast<std::uint32_t>(rows.size()))) return;
  for (const std::uint32_t row : rows) {
    const NumberColumn::Chunk& chunk = column.chunk(row / kChunkRows);
    const std::uint32_t at = row % kChunkRows;
    if (chunk.present.test(at)) {
      state.take(function, chunk.numbers[at]);
    } else if (chunk.others.test(at)) {
      groups_.state(group, aggregate) = state;
      take_row(aggregate, group, pack(table, row));
      state = groups_.state(group, aggregate);
    }
  }
  groups_.state(group, aggregate) = state;
}

// Counts in several histograms, so that neighbouring rows of one group do not wait.
void SetAggregates::count_rows(std::size_t aggregate,
                               const RowMask& rows,
                               const RowNumbers& groups) {
  constexpr std::size_t kHistograms = 4;
  constexpr std::size_t kGroupsMax = 1024;
  const std::size_t size = groups_.size();
  if (size > kGroupsMax) {
    rows.for_each([&](std::uint32_t row) { ++groups_.state(groups[row], aggregate).count; });
    return;
  }
  histogram_.assign(size * kHistograms, 0);
  std::array<std::uint32_t*, kHistograms> parts{};
  for (std::size_t i = 0; i < kHistograms; ++i) {
    parts[i] = histogram_.data() + i * size;
  }
  for_each_row(rows, [&](std::uint32_t row) { ++parts[row % kHistograms][groups[row]]; });
  for (std::uint32_t group = 0; group < size; ++group) {
    for (std::size_t i = 0; i < kHistograms; ++i) {
      groups_.state(group, aggregate).count += histogram_[i * size + group];
    }
  }
}

void SetAggregates::add_chunk(std::size_t aggregate,
                              std::uint32_t table,
                              std::uint32_t chunk,
                              const RowMask& rows,
                              const RowNumbers* groups) {
  switch (kinds_[aggregate]) {
    case Kind::Rows:
      if (groups == nullptr) {
        groups_.state(0, aggregate).count += rows.count();
      } else {
        count_rows(aggregate, rows, *groups);
      }
      return;
    case Kind::Numbers:
      return add_number_chunk(aggregate, table, chunk, rows, groups);
    case Kind::Computed:
      rows.for_each([&](std::uint32_t row) {
        take_row(aggregate,
                 groups == nullptr ? 0 : (*groups)[row],
                 pack(table, chunk * kChunkRows + row));
      });
      return;
    case Kind::Values:
      rows_.clear();
      rows.for_each([&](std::uint32_t row) { rows_.push_back(chunk * kChunkRows + row); });
      return count_values(aggregate, 0, table, rows_);
  }
}

void SetAggregates::add_number_chunk(std::size_t aggregate,
                                     std::uint32_t table,
                                     std::uint32_t chunk_index,
                                     const RowMask& rows,
                                     const RowNumbers* groups) {
  const NumberColumn::Chunk& chunk = numbers(aggregate, table).once(chunk_index);
  const AggregateFunction function = run_.query().aggregates[aggregate].function;
  RowMask present = rows;
  present &= chunk.present;
  if (groups == nullptr) {
    take_all(groups_.state(0, aggregate), function, chunk.numbers, present);
  } else {
    AggregateState* const states = &groups_.state(0, aggregate);
    const std::size_t stride = run_.query().aggregates.size();
    present.for_each([&](std::uint32_t row) {
      states[(*groups)[row] * stride].take(function, chunk.numbers[row]);
    });
  }
  RowMask others = rows;
  others &= chunk.others;
  others.for_each([&](std::uint32_t row) {
    take_row(aggregate,
             groups == nullptr ? 0 : (*groups)[row],
             pack(table, chunk_index * kChunkRows + row));
  });
}

std::uint32_t SetAggregates::value_of(std::size_t aggregate,
                                      std::uint32_t table,
                                      std::uint32_t row) {
  ValueNumbers& values = values_[aggregate];
  auto& chunks = values.chunks[table];
  const std::uint32_t chunk = row / kChunkRows;
  const PropertyTable& stored =
      run_.table(run_.is_relationship(variables_[aggregate]), pack(table, 0));
  if (chunks.empty()) chunks.resize(stored.chunks().size());
  std::unique_ptr<RowNumbers>& numbers = chunks[chunk];
  if (!numbers) {
    numbers = std::make_unique<RowNumbers>();
    numbers->fill(kNone);
    if (run_.guard.hold(sizeof(RowNumbers))) return kNone;
  }
  if ((*numbers)[row % kChunkRows] == kNone) {
    if (values.keys->reads_only()) {
      const RowMask all = RowMask::first(stored.chunks()[chunk]->rows());
      values.keys->number(table, chunk, all, *numbers);
    } else {
      (*numbers)[row % kChunkRows] = values.keys->number_row(pack(table, row));
    }
    if (run_.guard.stopped()) return kNone;
    values.counted_in.resize(values.keys->size(), 0);
    (void)values.held->set(values.counted_in.capacity() * sizeof(kNone));
  }
  return (*numbers)[row % kChunkRows];
}

void SetAggregates::count_values(std::size_t aggregate,
                                 std::uint32_t group,
                                 std::uint32_t table,
                                 std::span<const std::uint32_t> rows) {
  ValueNumbers& values = values_[aggregate];
  AggregateState& state = groups_.state(group, aggregate);
  for (const std::uint32_t row : rows) {
    if (run_.guard.step()) return;
    const std::uint32_t number = value_of(aggregate, table, row);
    if (number == kNone) return;
    std::uint32_t& counted_in = values.counted_in[number];
    if (counted_in == group + 1) continue;
    counted_in = group + 1;
    if (!values.keys->cells(number)[0].value.is_null()) ++state.count;
  }
}

}  // namespace callisto::query
