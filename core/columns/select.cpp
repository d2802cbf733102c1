// select(): a predicate over a whole column, by kind of column.
#include <array>
#include <cmath>
#include <cstring>
#include <limits>
#include <optional>

#include "core/columns/distinct_table.h"
#include "core/columns/predicate.h"
#include "core/columns/row_compare.h"
#include "core/columns/text_search.h"
#include "core/values/same_text.h"

namespace callisto {

namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
// Up to this many codes are compared one after the other; more are looked up row by row.
constexpr std::uint32_t kComparedCodesMax = 8;

// The numbers a test lets pass, as a closed interval; none when low > high.
struct NumberRange {
  double low = 0;
  double high = -1;
};

// A closed interval also for < and >: the neighbour of the operand is its end. An operand that is
// no number, or NaN, lets none pass.
NumberRange number_range(const Predicate& predicate) {
  if (predicate.operand.kind() != ValueKind::Number) return {};
  const double operand = predicate.operand.as_number();
  if (std::isnan(operand)) return {};
  switch (predicate.test) {
    case Test::Equal:
      return {operand, operand};
    case Test::Less:
      if (operand == -kInfinity) return {};
      return {-kInfinity, std::nextafter(operand, -kInfinity)};
    case Test::LessEqual:
      return {-kInfinity, operand};
    case Test::Greater:
      if (operand == kInfinity) return {};
      return {std::nextafter(operand, kInfinity), kInfinity};
    case Test::GreaterEqual:
      return {operand, kInfinity};
    default:
      return {};
  }
}

// Rows whose value passes, one at a time: what has no better way.
RowMask select_each(const Column& column, const Predicate& predicate) {
  RowMask out;
  Arena scratch;
  for (std::uint32_t row = 0; row < column.rows(); ++row) {
    scratch.clear();
    if (passes(column.at(row, scratch), predicate)) out.set(row);
  }
  return out;
}

// Which entries of a coded column's table pass. Nothing past the table's end is ever set.
// NOLINTNEXTLINE(cppcoreguidelines-pro-type-member-init)
struct PassingCodes {
  std::uint32_t count = 0;
  std::uint32_t first = 0;
  std::uint32_t last = 0;
  std::array<std::uint8_t, DistinctTable::kEntriesMax> passes;  // 1 or 0; set for the table only.

  template <class TestValue>
  void test_all(std::span<const ValueView> table, const TestValue& test) {
    for (std::uint32_t code = 0; code < table.size(); ++code) {
      const bool hit = test(table[code]);
      passes[code] = static_cast<std::uint8_t>(hit);
      if (!hit) continue;
      if (count == 0) first = code;
      last = code;
      ++count;
    }
  }
};

// Tests the table of a coded column. The frequent tests have no calls for values of other kinds.
void test_table(std::span<const ValueView> table, const Predicate& predicate, PassingCodes& codes) {
  const auto test_texts = [&](const auto& test) {
    codes.test_all(table, [&](const ValueView& value) {
      if (value.kind() == ValueKind::String) return test(value.as_string());
      return value.kind() == ValueKind::List && passes(value, predicate);
    });
  };
  if (predicate.operand.kind() == ValueKind::String) {
    const std::string_view operand = predicate.operand.as_string();
    switch (predicate.test) {
      case Test::Equal:
        return test_texts([operand](std::string_view text) { return same_text(text, operand); });
      case Test::StartsWith:
        return test_texts(
            [operand](std::string_view text) { return starts_with_text(text, operand); });
      case Test::EndsWith:
        return test_texts(
            [operand](std::string_view text) { return ends_with_text(text, operand); });
      default:
        break;
    }
  }
  const NumberRange range = number_range(predicate);
  if (range.low <= range.high) {
    return codes.test_all(table, [&](const ValueView& value) {
      if (value.kind() == ValueKind::Number) {
        return range.low <= value.as_number() && value.as_number() <= range.high;
      }
      return value.kind() == ValueKind::List && passes(value, predicate);
    });
  }
  codes.test_all(table, [&](const ValueView& value) { return passes(value, predicate); });
}

template <class Code>
RowMask select_codes(const Code* rows,
                     std::uint32_t count,
                     std::uint32_t table_begin,
                     std::uint32_t table_size,
                     const PassingCodes& codes) {
  RowMask out;
  if (codes.count == 1) {
    compare_rows(rows, count, EqualsCode{static_cast<std::uint16_t>(codes.first)}, out);
    return out;
  }
  if (codes.last - codes.first + 1 == codes.count) {
    compare_rows(rows, count, InRange{codes.first, codes.last - codes.first}, out);
    return out;
  }
  const std::uint32_t failing = table_size - table_begin - codes.count;
  if (codes.count > kComparedCodesMax && failing > kComparedCodesMax) {
    const auto look_up = [&codes](const Code* block) {
      return compare_block(block, [&codes](Code code) { return codes.passes[code]; });
    };
    compare_rows(rows, count, look_up, out);
    return out;
  }
  // The smaller side is collected; absence is on the failing one.
  const bool complement = failing < codes.count;
  const auto collect = [&](const Code* block) {
    std::uint64_t word = 0;
    for (std::uint32_t code = complement ? 0 : codes.first; code < table_size; ++code) {
      if ((codes.passes[code] == 0) == complement) {
        word |= EqualsCode{static_cast<std::uint16_t>(code)}(block);
      }
    }
    return complement ? ~word : word;
  };
  compare_rows(rows, count, collect, out);
  return out;
}

RowMask select_coded(const Column& column, const Predicate& predicate) {
  const std::span<const ValueView> table = column.coded_values();
  PassingCodes codes;  // NOLINT(cppcoreguidelines-pro-type-member-init): filled by test_all().
  test_table(table, predicate, codes);
  const auto size = static_cast<std::uint32_t>(table.size());
  const std::uint32_t begin = column.has_absent() ? 1 : 0;
  if (codes.count == 0) return {};
  if (codes.count == size - begin) return column.presence();
  return column.code_width() == 1
             ? select_codes(column.codes8().data(), column.rows(), begin, size, codes)
             : select_codes(column.codes16().data(), column.rows(), begin, size, codes);
}

RowMask select_integer(const Column& column, const Predicate& predicate) {
  const NumberRange range = number_range(predicate);
  const double low = std::max(std::ceil(range.low), column.min());
  const double high = std::min(std::floor(range.high), column.max());
  if (low > high) return {};
  if (low == column.min() && high == column.max()) return column.presence();
  const auto first = static_cast<std::int64_t>(low);
  const InRange kernel{
      static_cast<std::uint64_t>(first) - static_cast<std::uint64_t>(column.base()),
      static_cast<std::uint64_t>(static_cast<std::int64_t>(high) - first)};
  RowMask out;
  column.visit_offsets([&](const auto* rows) { compare_rows(rows, column.rows(), kernel, out); });
  if (column.has_absent()) out &= column.presence();
  return out;
}

RowMask select_double(const Column& column, const Predicate& predicate) {
  const NumberRange range = number_range(predicate);
  if (range.low > range.high || range.low > column.max() || range.high < column.min()) return {};
  if (range.low <= column.min() && range.high >= column.max()) return column.presence();
  RowMask out;
  compare_rows(column.doubles().data(), column.rows(), InDoubleRange{range.low, range.high}, out);
  if (column.has_absent()) out &= column.presence();
  return out;
}

// Rows of a Text column for which test(text) holds; absent rows look like empty text here.
template <class TestText>
RowMask select_texts(const Column& column, const TestText& test) {
  RowMask out;
  const char* heap = column.text_heap().data();
  const std::span<const std::uint32_t> offsets = column.text_offsets();
  for (std::uint32_t row = 0; row < column.rows(); ++row) {
    const std::string_view text(heap + offsets[row], offsets[row + 1] - offsets[row]);
    out.word(row / 64) |= static_cast<std::uint64_t>(test(text)) << (row % 64);
  }
  if (column.has_absent()) out &= column.presence();
  return out;
}

// One search over the heap of all rows; a hit that crosses the end of its row is none.
RowMask select_containing(const Column& column, std::string_view needle) {
  if (needle.empty()) return column.presence();
  RowMask out;
  const std::string_view heap(column.text_heap().data(), column.text_heap().size());
  const std::span<const std::uint32_t> offsets = column.text_offsets();
  std::uint32_t row = 0;
  std::size_t from = 0;
  for (;;) {
    const std::size_t hit = find_text(heap, needle, from);
    if (hit == kNotFound) return out;
    while (offsets[row + 1] <= hit) {
      ++row;
    }
    if (hit + needle.size() <= offsets[row + 1]) {
      out.set(row);
      from = offsets[row + 1];
    } else {
      from = hit + 1;
    }
  }
}

RowMask select_matching(const Column& column, const StringMatcher& matcher) {
  RowMask candidates = column.presence();
  for (const std::string& text : matcher.required()) {
    candidates &= select_containing(column, text);
  }
  const char* const heap = column.text_heap().data();
  const std::span<const std::uint32_t> offsets = column.text_offsets();
  RowMask out;
  candidates.for_each([&](std::uint32_t row) {
    if (matcher.matches({heap + offsets[row], offsets[row + 1] - offsets[row]})) out.set(row);
  });
  return out;
}

RowMask select_text(const Column& column, const Predicate& predicate) {
  if (predicate.test == Test::AnyOf) {
    const ValueSet& set = *predicate.set;
    return select_texts(
        column, [&set](std::string_view text) { return set.contains(ValueView::string(text)); });
  }
  if (predicate.test == Test::Matches) {
    return predicate.matcher == nullptr ? RowMask{} : select_matching(column, *predicate.matcher);
  }
  if (predicate.operand.kind() != ValueKind::String) return {};
  const std::string_view operand = predicate.operand.as_string();
  switch (predicate.test) {
    case Test::Equal:
      return select_texts(column,
                          [operand](std::string_view text) { return same_text(text, operand); });
    case Test::Contains:
      return select_containing(column, operand);
    case Test::StartsWith:
      return select_texts(
          column, [operand](std::string_view text) { return starts_with_text(text, operand); });
    case Test::EndsWith:
      return select_texts(
          column, [operand](std::string_view text) { return ends_with_text(text, operand); });
    default:
      return select_texts(column, [&predicate](std::string_view text) {
        return passes(ValueView::string(text), predicate);
      });
  }
}

RowMask select_id(const Column& column, const Predicate& predicate) {
  if (predicate.test != Test::Equal) return select_each(column, predicate);
  if (predicate.operand.kind() != ValueKind::String) return {};
  const std::string_view operand = predicate.operand.as_string();
  const std::optional<Uuid> wanted = parse_uuid(operand);
  // Ids are shown in lower case, and equality of strings is exact.
  if (!wanted || to_string(*wanted) != operand) return {};
  RowMask out;
  const std::span<const Uuid> ids = column.ids();
  for (std::uint32_t row = 0; row < column.rows(); ++row) {
    if (ids[row].hash() == wanted->hash() && ids[row] == *wanted) out.set(row);
  }
  if (column.has_absent()) out &= column.presence();
  return out;
}

}  // namespace

RowMask select(const Column& column, const Predicate& predicate) {
  if (predicate.test == Test::Present) return column.presence();
  switch (column.kind()) {
    case Column::Kind::Coded:
      return select_coded(column, predicate);
    case Column::Kind::Integer:
      if (predicate.test == Test::AnyOf) break;
      return select_integer(column, predicate);
    case Column::Kind::Double:
      if (predicate.test == Test::AnyOf) break;
      return select_double(column, predicate);
    case Column::Kind::Text:
      return select_text(column, predicate);
    case Column::Kind::Ids:
      return select_id(column, predicate);
    case Column::Kind::Mixed:
      break;
  }
  return select_each(column, predicate);
}

}  // namespace callisto
