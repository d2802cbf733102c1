#include "query/executor/code_counter.h"

#include <algorithm>

#include "core/values/text_hash.h"
#include "query/executor/counting.h"
#include "query/executor/metered.h"

namespace callisto::query {

std::size_t CodeCounter::CombinationHash::operator()(const Combination& combination) const {
  std::uint64_t hash = 0;
  for (const std::uint32_t number : combination.numbers) {
    hash = hash_word(hash ^ number);
  }
  return hash;
}

CodeCounter::CodeCounter(const RunContext& run, std::span<const ReadId> keys)
    : run_(run), key_reads_(keys), keys_(keys.size()) {}

bool CodeCounter::count(std::uint32_t type,
                        std::uint32_t chunk,
                        const RowMask& rows,
                        PathSource& source,
                        Grouper& grouper) {
  if (!load(type, chunk)) return false;
  const std::uint32_t row_count = run_.snapshot->entity_table({type})->chunks()[chunk]->rows();
  combine_codes(row_count);
  fill_histogram(rows, row_count);
  for (Key& key : keys_) {
    if (run_.guard.stopped()) return true;
    number_values(key);
  }
  for (std::uint32_t cell = 0; cell < cells_; ++cell) {
    const std::uint32_t count = histogram_[cell];
    if (count == 0) continue;
    Combination combination;
    std::uint32_t rest = cell;
    for (std::size_t i = keys_.size(); i-- > 0;) {
      combination.numbers[i] = keys_[i].number_of_code[rest % keys_[i].codes];
      rest /= keys_[i].codes;
    }
    const auto [at, is_new] = groups_.try_emplace(combination, 0);
    if (is_new) {
      if (run_.guard.hold(2 * sizeof(Combination))) return true;
      const std::uint32_t row = chunk * kChunkRows + first_row_of(cell, rows);
      at->second = grouper.group_of(source.row_of_entity(pack(type, row)));
    }
    grouper.add_count(at->second, count);
  }
  return true;
}

bool CodeCounter::load(std::uint32_t type, std::uint32_t chunk) {
  if (keys_.size() > kKeysMax) return false;
  const std::uint32_t rows = run_.snapshot->entity_table({type})->chunks()[chunk]->rows();
  cells_ = 1;
  for (std::size_t i = 0; i < keys_.size(); ++i) {
    const PropertyId property = run_.plan->reads[key_reads_[i]];
    const Column* column = stored_column(run_, type, chunk, property);
    if (column == nullptr && metadata::is_metadata(property)) return false;  // It may be derived.
    if (column != nullptr && column->kind() != Column::Kind::Coded) return false;
    Key& key = keys_[i];
    key.column = column;
    key.codes = column == nullptr ? 1 : static_cast<std::uint32_t>(column->coded_values().size());
    key.absent_code = 0;
    if (column != nullptr && column->rows() < rows && !column->has_absent()) {
      key.absent_code = static_cast<std::uint16_t>(key.codes++);
    }
    cells_ *= key.codes;
    if (cells_ > kCellsMax) return false;
  }
  return true;
}

void CodeCounter::number_values(Key& key) {
  key.number_of_code.clear();
  const auto number = [&](ValueView value) {
    const auto next = static_cast<std::uint32_t>(key.numbers.size());
    (void)run_.guard.work(bytes_to_compare(value));
    key.number_of_code.push_back(key.numbers.try_emplace(value, next).first->second);
  };
  if (key.column != nullptr) {
    for (const ValueView value : key.column->coded_values()) {
      number(value);
    }
  }
  if (key.number_of_code.size() < key.codes) number({});
}

void CodeCounter::combine_codes(std::uint32_t rows) {
  std::fill_n(cell_of_row_.begin(), rows, std::uint16_t{0});
  for (const Key& key : keys_) {
    if (key.column == nullptr) continue;
    const std::uint32_t stored = std::min(rows, key.column->rows());
    const auto add = [&](std::uint32_t row, std::uint32_t code) {
      cell_of_row_[row] = static_cast<std::uint16_t>(cell_of_row_[row] * key.codes + code);
    };
    const auto add_all = [&](const auto* packed) {
      for (std::uint32_t row = 0; row < stored; ++row) {
        add(row, packed[row]);
      }
    };
    if (key.column->code_width() == 1) add_all(key.column->codes8().data());
    if (key.column->code_width() == 2) add_all(key.column->codes16().data());
    if (key.column->code_width() == 0) {
      for (std::uint32_t row = 0; row < stored; ++row) {
        add(row, 0);
      }
    }
    for (std::uint32_t row = stored; row < rows; ++row) {
      add(row, key.absent_code);
    }
  }
}

void CodeCounter::fill_histogram(const RowMask& rows, std::uint32_t row_count) {
  histogram_.assign(cells_ * kHistograms, 0);
  if (rows == RowMask::first(row_count)) {
    std::array<std::uint32_t*, kHistograms> parts{};
    for (std::size_t i = 0; i < kHistograms; ++i) {
      parts[i] = histogram_.data() + i * cells_;
    }
    std::uint32_t row = 0;
    for (; row + kHistograms <= row_count; row += kHistograms) {
      for (std::size_t i = 0; i < kHistograms; ++i) {
        ++parts[i][cell_of_row_[row + i]];
      }
    }
    for (; row < row_count; ++row) {
      ++parts[0][cell_of_row_[row]];
    }
  } else {
    std::size_t turn = 0;
    rows.for_each([&](std::uint32_t row) {
      ++histogram_[turn * cells_ + cell_of_row_[row]];
      turn = (turn + 1) % kHistograms;
    });
  }
  for (std::uint32_t cell = 0; cell < cells_; ++cell) {
    for (std::size_t i = 1; i < kHistograms; ++i) {
      histogram_[cell] += histogram_[i * cells_ + cell];
    }
  }
}

std::uint32_t CodeCounter::first_row_of(std::uint32_t cell, const RowMask& rows) const {
  std::uint32_t row = 0;
  while (cell_of_row_[row] != cell || !rows.test(row)) {
    ++row;
  }
  return row;
}

}  // namespace callisto::query
