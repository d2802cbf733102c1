// Values get numbers, combinations of values get numbers, equal cells share one.
#include "query/operators/group_keys.h"

#include <algorithm>
#include <bit>
#include <utility>

#include "query/executor/metered.h"

namespace callisto::query {

namespace {

constexpr std::size_t kBytesPerNumber = 24;

}  // namespace

GroupKeys::GroupKeys(const RunContext& run,
                     VariableId variable,
                     std::vector<const Expression*> expressions,
                     Evaluator& evaluator,
                     Arena& arena)
    : run_(run),
      variable_(variable),
      expressions_(std::move(expressions)),
      evaluator_(evaluator),
      arena_(arena),
      path_(run.query().variables.size(), kUnbound) {
  for (const Expression* expression : expressions_) {
    note_reads(*expression);
    reads_only_ = reads_only_ && expression->kind == Expression::Kind::Read;
  }
}

void GroupKeys::note_reads(const Expression& expression) {
  if (expression.kind == Expression::Kind::Object) by_object_ = true;
  if (expression.kind == Expression::Kind::Read) {
    const bool known = std::any_of(inputs_.begin(), inputs_.end(), [&](const Input& input) {
      return input.read == expression.index;
    });
    if (!known) inputs_.push_back({.read = expression.index});
  }
  for (const Expression& argument : expression.arguments) {
    note_reads(argument);
  }
}

void GroupKeys::number(std::uint32_t table,
                       std::uint32_t chunk,
                       const RowMask& rows,
                       RowNumbers& out) {
  const PropertyTable& stored = run_.table(run_.is_relationship(variable_), pack(table, 0));
  if (run_.guard.step(kChunkRows / 8)) return;
  if (!by_object_ && load_cells(stored, chunk, rows)) {
    return number_cells(table, chunk, rows, out);
  }
  rows.for_each([&](std::uint32_t row) {
    if (run_.guard.step()) return;
    out[row] = number_row(pack(table, chunk * kChunkRows + row));
  });
}

std::uint32_t GroupKeys::number_row(PackedRef row) {
  return by_object_ ? number_of_object(row) : number_of_values(row);
}

bool GroupKeys::load_cells(const PropertyTable& table, std::uint32_t chunk, const RowMask& rows) {
  if (!run_.plain_layer()) return false;
  value_of_row_.resize(inputs_.size());
  const std::uint32_t row_count = table.chunks()[chunk]->rows();
  for (std::size_t input = 0; input < inputs_.size(); ++input) {
    const PropertyId property = run_.plan->reads[inputs_[input].read];
    const auto slot = property == kNoProperty ? std::nullopt : table.slot(property);
    // Metadata without a column of its own may be derived.
    if (!slot && property != kNoProperty && metadata::is_metadata(property)) return false;
    const Column* const column = slot ? table.chunks()[chunk]->column(*slot) : nullptr;
    if (!load_values(input, column, row_count, rows)) return false;
  }
  return fit_cells();
}

bool GroupKeys::load_values(std::size_t input,
                            const Column* column,
                            std::uint32_t row_count,
                            const RowMask& rows) {
  RowNumbers& values = value_of_row_[input];
  std::uint32_t stored = 0;
  if (column != nullptr && column->kind() == Column::Kind::Integer) {
    if (!widen_integers(inputs_[input], *column)) return false;
    load_integers(input, *column, rows);
    stored = column->rows();
  } else if (column != nullptr && column->kind() == Column::Kind::Coded) {
    load_codes(input, *column);
    stored = column->rows();
  } else if (column != nullptr) {
    return false;
  }
  if (stored < row_count) {
    std::fill(
        values.begin() + stored, values.begin() + row_count, value_number(inputs_[input], {}));
  }
  return true;
}

// Room for the whole numbers of a column. False when they are too far apart.
bool GroupKeys::widen_integers(Input& input, const Column& column) const {
  if (column.min() > column.max()) return true;  // None is present.
  auto least = static_cast<std::int64_t>(column.min());
  auto greatest = static_cast<std::int64_t>(column.max());
  const auto size_before = static_cast<std::int64_t>(input.of_integer.size());
  if (size_before > 0) {
    least = std::min(least, input.least);
    greatest = std::max(greatest, input.least + size_before - 1);
  }
  const std::int64_t size = greatest - least + 1;
  if (size > kIntegersMax) return false;
  if (size == size_before) return true;
  if (run_.guard.hold(static_cast<std::size_t>(size - size_before) * sizeof(kNone))) return false;
  std::vector<std::uint32_t> wider(static_cast<std::size_t>(size), kNone);
  std::copy(input.of_integer.begin(),
            input.of_integer.end(),
            wider.begin() + (size_before > 0 ? input.least - least : 0));
  input.of_integer = std::move(wider);
  input.least = least;
  return true;
}

void GroupKeys::load_integers(std::size_t index, const Column& column, const RowMask& rows) {
  Input& input = inputs_[index];
  RowNumbers& values = value_of_row_[index];
  const std::uint32_t absent = column.has_absent() ? value_number(input, {}) : kNone;
  const RowMask present = column.presence();
  rows.for_each([&](std::uint32_t row) {
    if (row >= column.rows()) return;
    if (!present.test(row)) {
      values[row] = absent;
      return;
    }
    const std::int64_t integer = column.integer(row);
    std::uint32_t& number = input.of_integer[static_cast<std::size_t>(integer - input.least)];
    if (number == kNone) {
      number = value_number(input, ValueView::number(static_cast<double>(integer)));
    }
    values[row] = number;
  });
}

void GroupKeys::load_codes(std::size_t index, const Column& column) {
  Input& input = inputs_[index];
  input.of_code.clear();
  for (const ValueView value : column.coded_values()) {
    input.of_code.push_back(value_number(input, value));
  }
  decode_codes<std::uint32_t>(column, input.of_code, value_of_row_[index]);
}

// Room in a cell for the numbers of all values met so far. False when that would be too much.
bool GroupKeys::fit_cells() {
  std::vector<std::uint32_t> before;
  bool fits = !number_of_cell_.empty();
  std::uint32_t bits = 0;
  for (Input& input : inputs_) {
    before.push_back(input.bits);
    const auto needed = static_cast<std::uint32_t>(std::bit_width(input.values.size()));
    if (needed > input.bits) {
      fits = false;
      input.bits = needed + 1;
    }
    bits += input.bits;
  }
  if (bits > kCellBitsMax) return false;
  if (fits) return true;
  const std::size_t cells = std::size_t{1} << bits;
  if (run_.guard.hold((cells - number_of_cell_.size()) * sizeof(kNone))) return false;
  std::vector<std::uint32_t> wider(cells, kNone);
  for (std::uint32_t cell = 0; cell < number_of_cell_.size(); ++cell) {
    if (number_of_cell_[cell] == kNone) continue;
    std::uint32_t rest = cell;
    std::uint32_t moved = 0;
    std::uint32_t shift = 0;
    for (std::size_t i = inputs_.size(); i-- > 0;) {
      moved |= (rest & ((1U << before[i]) - 1)) << shift;
      rest >>= before[i];
      shift += inputs_[i].bits;
    }
    wider[moved] = number_of_cell_[cell];
  }
  number_of_cell_ = std::move(wider);
  return true;
}

void GroupKeys::number_cells(std::uint32_t table,
                             std::uint32_t chunk,
                             const RowMask& rows,
                             RowNumbers& out) {
  const auto number_cell = [&](std::uint32_t row, std::uint32_t cell) {
    std::uint32_t& number = number_of_cell_[cell];
    if (number == kNone) number = number_of_values(pack(table, chunk * kChunkRows + row));
    out[row] = number;
  };
  const std::uint32_t row_count = rows.count();
  if (rows != RowMask::first(row_count)) {
    rows.for_each([&](std::uint32_t row) {
      std::uint32_t cell = 0;
      for (std::size_t i = 0; i < inputs_.size(); ++i) {
        cell = (cell << inputs_[i].bits) | value_of_row_[i][row];
      }
      number_cell(row, cell);
    });
    return;
  }
  std::fill_n(cell_of_row_.begin(), row_count, 0U);
  for (std::size_t i = 0; i < inputs_.size(); ++i) {
    const std::uint32_t bits = inputs_[i].bits;
    const RowNumbers& values = value_of_row_[i];
    for (std::uint32_t row = 0; row < row_count; ++row) {
      cell_of_row_[row] = (cell_of_row_[row] << bits) | values[row];
    }
  }
  for (std::uint32_t row = 0; row < row_count; ++row) {
    number_cell(row, cell_of_row_[row]);
  }
}

std::uint32_t GroupKeys::number_of_object(PackedRef row) {
  (void)run_.guard.hold(expressions_.size() * sizeof(Cell));
  path_[variable_] = row;
  for (const Expression* expression : expressions_) {
    cells_.push_back(evaluator_.cell(*expression, path_, arena_));
  }
  return size_++;
}

std::uint32_t GroupKeys::value_number(Input& input, ValueView value) {
  (void)run_.guard.work(bytes_to_compare(value));
  const auto found = input.values.find(value);
  if (found != input.values.end()) return found->second;
  (void)run_.guard.hold(kBytesPerNumber);
  const auto next = static_cast<std::uint32_t>(input.values.size());
  input.values.emplace(value, next);
  keeps_read_ = true;
  return next;
}

std::uint32_t GroupKeys::combine(Input& input, std::uint32_t before, std::uint32_t value) {
  if (&input == &inputs_.front()) return value;
  const auto next = static_cast<std::uint32_t>(input.combinations.size());
  const auto [at, is_new] =
      input.combinations.try_emplace(std::uint64_t{before} << 32U | value, next);
  if (is_new) (void)run_.guard.hold(kBytesPerNumber);
  return at->second;
}

std::uint32_t GroupKeys::number_of_values(PackedRef row) {
  path_[variable_] = row;
  const Arena::Mark before = arena_.mark();
  keeps_read_ = false;
  std::uint32_t combination = 0;
  for (Input& input : inputs_) {
    const std::uint32_t value = value_number(input, evaluator_.read(input.read, path_, arena_));
    combination = combine(input, combination, value);
  }
  if (!keeps_read_) arena_.roll_back(before);  // Values made for this read are known already.
  return number_of_combination(combination, row);
}

std::uint32_t GroupKeys::number_of_combination(std::uint32_t combination, PackedRef row) {
  if (combination >= number_of_combination_.size()) {
    number_of_combination_.resize(combination + 1, kNone);
  }
  std::uint32_t& number = number_of_combination_[combination];
  if (number == kNone) number = number_of_cells(row);
  return number;
}

std::uint32_t GroupKeys::number_of_cells(PackedRef row) {
  path_[variable_] = row;
  const std::size_t first = cells_.size();
  for (const Expression* expression : expressions_) {
    cells_.push_back(evaluator_.cell(*expression, path_, arena_));
  }
  const std::span<const Cell> own = std::span<const Cell>(cells_).subspan(first);
  const auto same = [&](std::uint32_t number) { return same_cells(cells(number), own); };
  if (const auto number = cell_numbers_.find_or_add(hash_cells(own), same)) {
    cells_.resize(first);
    return *number;
  }
  (void)run_.guard.hold(expressions_.size() * sizeof(Cell) + CellNumbers::kBytesEach);
  return size_++;
}

}  // namespace callisto::query
