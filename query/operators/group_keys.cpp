// Values get numbers, combinations of values get numbers, equal cells share one.
#include "query/operators/group_keys.h"

#include <algorithm>

#include "query/executor/metered.h"

namespace callisto::query {

namespace {

constexpr std::size_t kSlotsAtFirst = 64;
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
      path_(run.query().variables.size(), kUnbound),
      slots_(kSlotsAtFirst, 0) {
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
  const std::uint32_t row_count = stored.chunks()[chunk]->rows();
  if (run_.guard.step(kChunkRows / 8)) return;
  if (!by_object_ && load_codes(table, chunk, row_count)) {
    combine_codes(row_count);
    return number_by_codes(table, chunk, rows, out);
  }
  rows.for_each([&](std::uint32_t row) {
    if (run_.guard.step()) return;
    out[row] = number_row(pack(table, chunk * kChunkRows + row));
  });
}

std::uint32_t GroupKeys::number_row(PackedRef row) {
  return by_object_ ? number_of_object(row) : number_of_values(row);
}

bool GroupKeys::load_codes(std::uint32_t table, std::uint32_t chunk, std::uint32_t rows) {
  if (!run_.plain_layer()) return false;
  const PropertyTable& stored = run_.table(run_.is_relationship(variable_), pack(table, 0));
  std::uint32_t cells = 1;
  for (Input& input : inputs_) {
    const PropertyId property = run_.plan->reads[input.read];
    const auto slot = property == kNoProperty ? std::nullopt : stored.slot(property);
    // Metadata without a column of its own may be derived.
    if (!slot && property != kNoProperty && metadata::is_metadata(property)) return false;
    const Column* column = slot ? stored.chunks()[chunk]->column(*slot) : nullptr;
    if (column != nullptr && column->kind() != Column::Kind::Coded) return false;
    input.column = column;
    input.codes = column == nullptr ? 1 : static_cast<std::uint32_t>(column->coded_values().size());
    input.absent_code = 0;
    if (column != nullptr && column->rows() < rows && !column->has_absent()) {
      input.absent_code = input.codes++;
    }
    cells *= input.codes;
    if (cells > kCellsMax) return false;
    input.value_of_code.assign(input.codes, kNone);
  }
  number_of_code_.assign(cells, kNone);
  return true;
}

void GroupKeys::combine_codes(std::uint32_t rows) {
  std::fill_n(code_of_row_.begin(), rows, std::uint16_t{0});
  for (const Input& input : inputs_) {
    if (input.column == nullptr) continue;
    const std::uint32_t stored = std::min(rows, input.column->rows());
    const auto add_all = [&](auto&& code) {
      for (std::uint32_t row = 0; row < stored; ++row) {
        code_of_row_[row] = static_cast<std::uint16_t>(code_of_row_[row] * input.codes + code(row));
      }
    };
    const std::uint8_t width = input.column->code_width();
    if (width == 1) {
      const std::uint8_t* const codes = input.column->codes8().data();
      add_all([codes](std::uint32_t row) { return codes[row]; });
    } else if (width == 2) {
      const std::uint16_t* const codes = input.column->codes16().data();
      add_all([codes](std::uint32_t row) { return codes[row]; });
    } else {
      add_all([](std::uint32_t) { return 0U; });
    }
    for (std::uint32_t row = stored; row < rows; ++row) {
      code_of_row_[row] =
          static_cast<std::uint16_t>(code_of_row_[row] * input.codes + input.absent_code);
    }
  }
}

void GroupKeys::number_by_codes(std::uint32_t table,
                                std::uint32_t chunk,
                                const RowMask& rows,
                                RowNumbers& out) {
  const auto number_row = [&](std::uint32_t row) {
    std::uint32_t& number = number_of_code_[code_of_row_[row]];
    if (number == kNone) {
      number = number_of_codes(code_of_row_[row], pack(table, chunk * kChunkRows + row));
    }
    out[row] = number;
  };
  const std::uint32_t row_count = rows.count();
  if (rows != RowMask::first(row_count)) return rows.for_each(number_row);
  for (std::uint32_t row = 0; row < row_count; ++row) {
    number_row(row);
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

std::uint32_t GroupKeys::number_of_codes(std::uint32_t codes, PackedRef row) {
  auto below = static_cast<std::uint32_t>(number_of_code_.size());
  std::uint32_t combination = 0;
  for (Input& input : inputs_) {
    below /= input.codes;
    const std::uint32_t code = codes / below;
    codes %= below;
    std::uint32_t& value = input.value_of_code[code];
    if (value == kNone) {
      const bool stored = input.column != nullptr && code < input.column->coded_values().size();
      value = value_number(input, stored ? input.column->coded_values()[code] : ValueView());
    }
    combination = combine(input, combination, value);
  }
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
  const std::uint64_t hash = hash_cells(own);
  const std::size_t mask = slots_.size() - 1;
  std::size_t slot = hash & mask;
  for (; slots_[slot] != 0; slot = (slot + 1) & mask) {
    const std::uint32_t number = slots_[slot] - 1;
    if (hashes_[number] != hash || !same_cells(cells(number), own)) continue;
    cells_.resize(first);
    return number;
  }
  (void)run_.guard.hold(expressions_.size() * sizeof(Cell) + kBytesPerNumber);
  hashes_.push_back(hash);
  slots_[slot] = size_ + 1;
  const std::uint32_t number = size_++;
  if (std::size_t{size_} * 2 > slots_.size()) grow();
  return number;
}

void GroupKeys::grow() {
  slots_.assign(slots_.size() * 2, 0);
  const std::size_t mask = slots_.size() - 1;
  for (std::uint32_t number = 0; number < size_; ++number) {
    std::size_t slot = hashes_[number] & mask;
    while (slots_[slot] != 0) {
      slot = (slot + 1) & mask;
    }
    slots_[slot] = number + 1;
  }
}

}  // namespace callisto::query
