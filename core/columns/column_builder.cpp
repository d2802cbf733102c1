#include "core/columns/column_builder.h"

#include <cmath>
#include <cstring>
#include <limits>
#include <utility>

namespace callisto {

namespace {

// Up to this many distinct numbers are coded even when offsets would take fewer bytes: tests then
// look at the table only, and groups are the codes.
constexpr std::size_t kAlwaysCodedMax = 16;
constexpr std::uint32_t kShortCodesMax = 256;
// Mostly distinct strings of more bytes than this stay out of the dictionary, which forgets
// nothing.
constexpr std::size_t kInternedBytesMax = 4096;

constexpr std::uint32_t bit(ValueKind kind) {
  return 1U << static_cast<std::uint32_t>(kind);
}

std::uint8_t offset_width_for(std::uint64_t range) {
  if (range == 0) return 0;
  if (range <= 0xFFU) return 1;
  if (range <= 0xFFFFU) return 2;
  return range <= 0xFFFF'FFFFU ? 4 : 8;
}

// Runs of one value are frequent. Lists count as a run only when they are the same elements in the
// same place.
bool same_as_before(const ValueView& value, const ValueView& before) {
  if (value.kind() != before.kind()) return false;
  if (value.kind() == ValueKind::List) {
    return value.as_list().data() == before.as_list().data() &&
           value.as_list().size() == before.as_list().size();
  }
  return identical(value, before);
}

template <class Offset>
void write_offsets(std::vector<std::uint8_t>& packed,
                   std::span<const std::int64_t> rows,
                   std::int64_t base) {
  packed.resize(rows.size() * sizeof(Offset));
  auto* out = reinterpret_cast<Offset*>(packed.data());
  for (std::size_t row = 0; row < rows.size(); ++row) {
    out[row] = static_cast<Offset>(static_cast<std::uint64_t>(rows[row]) -
                                   static_cast<std::uint64_t>(base));
  }
}

}  // namespace

// NOLINTNEXTLINE(cppcoreguidelines-pro-type-member-init): codes_ is written before it is read.
ColumnBuilder::ColumnBuilder(std::span<const ValueView> rows, Dictionary& strings)
    : rows_(rows),
      strings_(strings),
      column_(std::make_shared<Column>()),
      distinct_(static_cast<std::uint32_t>(rows.size())) {
  column_->rows_ = static_cast<std::uint32_t>(rows.size());
}

ColumnPtr ColumnBuilder::build() {
  count();
  column_->has_absent_ = present_ != rows_.size();
  const std::uint32_t kinds = kinds_ & ~bit(ValueKind::Null);
  if (kinds == bit(ValueKind::Number)) {
    const Numbers numbers = measure();
    if (!numbers.any_nan) {
      if (coded_is_smaller(numbers)) {
        fill_coded();
      } else {
        fill_numbers(numbers);
      }
      return std::move(column_);
    }
  }
  if (!mostly_distinct()) {
    fill_coded();
  } else if (kinds == bit(ValueKind::String) && text_bytes() <= kTextHeapBytesMax) {
    fill_text();
  } else {
    fill_mixed();
  }
  return std::move(column_);
}

void ColumnBuilder::count() {
  const ValueView* before = nullptr;
  for (std::size_t row = 0; row < rows_.size(); ++row) {
    const ValueView& value = rows_[row];
    kinds_ |= bit(value.kind());
    if (value.is_null()) {
      codes_[row] = 0;
      continue;
    }
    ++present_;
    if (gave_up_) continue;
    if (before != nullptr && same_as_before(value, *before)) {
      codes_[row] = codes_[static_cast<std::size_t>(before - rows_.data())];
      continue;
    }
    codes_[row] = static_cast<std::uint16_t>(distinct_.code_of(value) + 1);
    before = &value;
    // More than half of all rows is more than half of the present ones, whatever comes.
    gave_up_ = distinct_.size() > kShortCodesMax && distinct_.size() * 2 > rows_.size();
  }
}

bool ColumnBuilder::mostly_distinct() const {
  if (gave_up_) return true;
  if (distinct_.size() * 2 <= present_) return false;
  if (distinct_.size() > kShortCodesMax) return true;
  if ((kinds_ & ~bit(ValueKind::Null)) != bit(ValueKind::String)) return false;
  std::size_t bytes = 0;
  for (std::uint32_t code = 0; code < distinct_.size(); ++code) {
    bytes += distinct_.at(code).as_string().size();
  }
  return bytes > kInternedBytesMax;
}

ColumnBuilder::Numbers ColumnBuilder::measure() const {
  Numbers numbers;
  numbers.min = std::numeric_limits<double>::infinity();
  numbers.max = -std::numeric_limits<double>::infinity();
  const auto add = [&numbers](double number) {
    numbers.any_nan |= std::isnan(number);
    numbers.whole = numbers.whole && is_exact_integer(number);
    numbers.min = std::min(numbers.min, number);
    numbers.max = std::max(numbers.max, number);
  };
  if (gave_up_) {
    for (const ValueView& value : rows_) {
      if (!value.is_null()) add(value.as_number());
    }
  } else {  // Every value is in the table, and there are fewer of them.
    for (std::uint32_t code = 0; code < distinct_.size(); ++code) {
      add(distinct_.at(code).as_number());
    }
  }
  return numbers;
}

bool ColumnBuilder::coded_is_smaller(const Numbers& numbers) const {
  if (gave_up_) return false;
  const std::size_t entries = distinct_.size() + (column_->has_absent_ ? 1 : 0);
  if (entries <= kAlwaysCodedMax) return true;
  const std::size_t width =
      numbers.whole ? offset_width_for(static_cast<std::uint64_t>(numbers.max - numbers.min))
                    : sizeof(double);
  return code_width_for(entries) * rows_.size() + entries * sizeof(ValueView) <=
         width * rows_.size();
}

std::unique_ptr<RowMask> ColumnBuilder::presence() const {
  if (!column_->has_absent_) return nullptr;
  auto mask = std::make_unique<RowMask>();
  for (std::uint32_t row = 0; row < column_->rows_; ++row) {
    mask->word(row / 64) |= static_cast<std::uint64_t>(!rows_[row].is_null()) << (row % 64);
  }
  return mask;
}

ValueView ColumnBuilder::intern(ValueView value,
                                Dictionary& strings,
                                std::shared_ptr<Arena>& arena) {
  if (value.kind() == ValueKind::String) {
    return ValueView::string(strings.at(strings.intern(value.as_string())));
  }
  if (value.kind() != ValueKind::List) return value;
  if (!arena) arena = std::make_shared<Arena>();
  const std::span<const ValueView> from = value.as_list();
  const std::span<ValueView> to = arena->allocate_array<ValueView>(from.size());
  for (std::size_t i = 0; i < from.size(); ++i) {
    to[i] = intern(from[i], strings, arena);
  }
  return ValueView::list(to);
}

void ColumnBuilder::pack(Column& to, std::span<const std::uint16_t> codes, std::uint8_t width) {
  to.width_ = width;
  to.packed_.resize(codes.size() * width);
  if (width == 1) {
    for (std::size_t row = 0; row < codes.size(); ++row) {
      to.packed_[row] = static_cast<std::uint8_t>(codes[row]);
    }
  } else if (width == 2 && !codes.empty()) {
    std::memcpy(to.packed_.data(), codes.data(), codes.size() * width);
  }
}

void ColumnBuilder::fill_coded() {
  Column& to = *column_;
  to.kind_ = Column::Kind::Coded;
  const bool absent = to.has_absent_;
  to.values_.reserve(distinct_.size() + (absent ? 1 : 0));
  if (absent) to.values_.emplace_back();
  std::shared_ptr<Arena> arena;
  for (std::uint32_t code = 0; code < distinct_.size(); ++code) {
    to.values_.push_back(intern(distinct_.at(code), strings_, arena));
  }
  if (arena) to.arenas_.push_back(std::move(arena));
  if (!absent) {  // Code 0 is free then.
    for (std::size_t row = 0; row < rows_.size(); ++row) {
      codes_[row] = static_cast<std::uint16_t>(codes_[row] - 1);
    }
  }
  pack(to, std::span(codes_).first(rows_.size()), code_width_for(to.values_.size()));
}

void ColumnBuilder::fill_numbers(const Numbers& numbers) {
  Column& to = *column_;
  if (numbers.whole) {
    std::array<std::int64_t, kChunkRows> integers{};
    for (std::size_t row = 0; row < rows_.size(); ++row) {
      integers[row] = rows_[row].is_null() ? 0 : static_cast<std::int64_t>(rows_[row].as_number());
    }
    encode_integers(to, std::span(integers).first(rows_.size()), presence());
    return;
  }
  to.kind_ = Column::Kind::Double;
  to.min_ = numbers.min;
  to.max_ = numbers.max;
  to.presence_ = presence();
  to.doubles_.reserve(rows_.size());
  for (const ValueView& value : rows_) {
    to.doubles_.push_back(value.is_null() ? 0 : value.as_number());
  }
}

void ColumnBuilder::encode_integers(Column& to,
                                    std::span<const std::int64_t> rows,
                                    std::unique_ptr<RowMask> presence) {
  std::int64_t min = std::numeric_limits<std::int64_t>::max();
  std::int64_t max = std::numeric_limits<std::int64_t>::min();
  for (std::uint32_t row = 0; row < rows.size(); ++row) {
    if (presence && !presence->test(row)) continue;
    min = std::min(min, rows[row]);
    max = std::max(max, rows[row]);
  }
  to.kind_ = Column::Kind::Integer;
  to.rows_ = static_cast<std::uint32_t>(rows.size());
  to.has_absent_ = presence != nullptr;
  to.presence_ = std::move(presence);
  if (min > max) {  // No row has a value: an empty zone.
    min = max = 0;
    to.min_ = 1;
    to.max_ = 0;
  } else {
    to.min_ = static_cast<double>(min);
    to.max_ = static_cast<double>(max);
  }
  to.base_ = min;
  to.width_ = offset_width_for(static_cast<std::uint64_t>(max) - static_cast<std::uint64_t>(min));
  switch (to.width_) {
    case 0:
      to.packed_.clear();
      break;
    case 1:
      write_offsets<std::uint8_t>(to.packed_, rows, min);
      break;
    case 2:
      write_offsets<std::uint16_t>(to.packed_, rows, min);
      break;
    case 4:
      write_offsets<std::uint32_t>(to.packed_, rows, min);
      break;
    default:
      write_offsets<std::uint64_t>(to.packed_, rows, min);
      break;
  }
}

void ColumnBuilder::measure_doubles(Column& to) {
  double min = std::numeric_limits<double>::infinity();
  double max = -std::numeric_limits<double>::infinity();
  for (std::uint32_t row = 0; row < to.rows_; ++row) {
    if (to.presence_ && !to.presence_->test(row)) continue;
    min = std::min(min, to.doubles_[row]);
    max = std::max(max, to.doubles_[row]);
  }
  to.min_ = min;
  to.max_ = max;
}

std::size_t ColumnBuilder::text_bytes() const {
  std::size_t bytes = 0;
  for (const ValueView& value : rows_) {
    if (!value.is_null()) bytes += value.as_string().size();
  }
  return bytes;
}

void ColumnBuilder::fill_text() {
  Column& to = *column_;
  to.kind_ = Column::Kind::Text;
  to.presence_ = presence();
  to.heap_.reserve(text_bytes());
  to.offsets_.reserve(rows_.size() + 1);
  to.offsets_.push_back(0);
  for (const ValueView& value : rows_) {
    if (!value.is_null()) {
      const std::string_view text = value.as_string();
      to.heap_.insert(to.heap_.end(), text.begin(), text.end());
    }
    to.offsets_.push_back(static_cast<std::uint32_t>(to.heap_.size()));
  }
}

void ColumnBuilder::fill_mixed() {
  Column& to = *column_;
  to.kind_ = Column::Kind::Mixed;
  auto arena = std::make_shared<Arena>();
  to.values_.reserve(rows_.size());
  for (const ValueView& value : rows_) {
    to.values_.push_back(arena->copy(value));
  }
  to.arenas_.push_back(std::move(arena));
}

}  // namespace callisto
