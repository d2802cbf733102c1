#include "bench/suite/answer.h"

#include <benchmark/benchmark.h>

namespace callisto::bench {
namespace {

void add_cell(RowHash& hash, ValueView value) {
  switch (value.kind()) {
    case ValueKind::Null:
      return hash.add_null();
    case ValueKind::Bool:
      return hash.add_number(value.as_bool() ? 1 : 0);
    case ValueKind::Number:
      return hash.add_number(value.as_number());
    case ValueKind::String:
      return hash.add_text(value.as_string());
    case ValueKind::List:
      return hash.add_number(static_cast<double>(value.as_list().size()));
  }
}

}  // namespace

Result<Answer> read_answer(QueryResult& result) {
  Answer answer;
  while (true) {
    CALLISTO_TRY(const RowBatch* batch, result.next());
    if (batch == nullptr) return answer;
    for (std::size_t row = 0; row < batch->rows(); ++row) {
      RowHash hash;
      for (std::size_t column = 0; column < batch->columns(); ++column) {
        add_cell(hash, batch->value(row, column));
      }
      answer.checksum += hash.value();
      ++answer.rows;
    }
  }
}

Result<std::uint64_t> consume(QueryResult& result) {
  std::uint64_t rows = 0;
  while (true) {
    CALLISTO_TRY(const RowBatch* batch, result.next());
    if (batch == nullptr) return rows;
    const std::size_t columns = batch->columns();
    for (std::size_t row = 0; row < batch->rows(); ++row) {
      for (std::size_t column = 0; column < columns; ++column) {
        benchmark::DoNotOptimize(batch->value(row, column));
      }
    }
    rows += batch->rows();
  }
}

}  // namespace callisto::bench
