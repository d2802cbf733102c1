#include "core/columns/column.h"

#include <array>
#include <utility>

#include "core/columns/column_builder.h"
#include "core/columns/column_update.h"
#include "core/columns/row_compare.h"

namespace callisto {

namespace {

template <class Code>
std::uint64_t read_packed(const std::vector<std::uint8_t>& packed, std::uint32_t row) {
  return reinterpret_cast<const Code*>(packed.data())[row];
}

std::uint64_t read_packed(const std::vector<std::uint8_t>& packed,
                          std::uint8_t width,
                          std::uint32_t row) {
  switch (width) {
    case 0:
      return 0;
    case 1:
      return packed[row];
    case 2:
      return read_packed<std::uint16_t>(packed, row);
    case 4:
      return read_packed<std::uint32_t>(packed, row);
    default:
      return read_packed<std::uint64_t>(packed, row);
  }
}

}  // namespace

ColumnPtr Column::build(std::span<const ValueView> rows, Dictionary& strings) {
  return ColumnBuilder(rows, strings).build();
}

ColumnPtr Column::build_ids(std::span<const Uuid> rows) {
  auto column = std::make_shared<Column>();
  column->kind_ = Kind::Ids;
  column->rows_ = static_cast<std::uint32_t>(rows.size());
  column->ids_.assign(rows.begin(), rows.end());
  return column;
}

ColumnPtr Column::build_integers(std::span<const std::int64_t> rows) {
  auto column = std::make_shared<Column>();
  ColumnBuilder::encode_integers(*column, rows, nullptr);
  return column;
}

ColumnPtr Column::constant(ValueView value, std::uint32_t rows, Dictionary& strings) {
  auto column = std::make_shared<Column>();
  std::shared_ptr<Arena> arena;
  column->rows_ = rows;
  column->has_absent_ = value.is_null() && rows != 0;
  column->values_.push_back(ColumnBuilder::intern(value, strings, arena));
  if (arena) column->arenas_.push_back(std::move(arena));
  return column;
}

ColumnPtr Column::with(std::span<const RowValue> changes,
                       std::uint32_t rows,
                       Dictionary& strings) const {
  return ColumnUpdate(*this, changes, rows, strings).apply();
}

ColumnPtr Column::with_ids(std::span<const Uuid> appended) const {
  auto column = std::make_shared<Column>();
  column->kind_ = Kind::Ids;
  column->rows_ = rows_ + static_cast<std::uint32_t>(appended.size());
  column->ids_.reserve(column->rows_);
  column->ids_.assign(ids_.begin(), ids_.end());
  column->ids_.insert(column->ids_.end(), appended.begin(), appended.end());
  if (presence_) {
    column->has_absent_ = true;
    column->presence_ = std::make_unique<RowMask>(*presence_);
    for (std::uint32_t row = rows_; row < column->rows_; ++row) {
      column->presence_->set(row);
    }
  }
  return column;
}

bool Column::present(std::uint32_t row) const {
  if (row >= rows_) return false;
  if (!has_absent_) return true;
  if (kind_ == Kind::Coded) return code(row) != 0;
  if (kind_ == Kind::Mixed) return !values_[row].is_null();
  return presence_->test(row);
}

RowMask Column::presence() const {
  if (!has_absent_) return RowMask::first(rows_);
  if (presence_) return *presence_;
  RowMask mask;
  if (kind_ == Kind::Mixed) {
    for (std::uint32_t row = 0; row < rows_; ++row) {
      mask.word(row / 64) |= static_cast<std::uint64_t>(!values_[row].is_null()) << (row % 64);
    }
  } else if (width_ == 1) {
    compare_rows(packed_.data(), rows_, InRange{1, 0xFE}, mask);
  } else if (width_ == 2) {
    compare_rows(codes16().data(), rows_, InRange{1, 0xFFFE}, mask);
  }
  return mask;  // Width 0: the one value of the table is absence.
}

ValueView Column::id_text(std::uint32_t row, Arena& scratch) const {
  if (!present(row)) return {};
  const std::span<char> text = scratch.allocate_array<char>(kUuidTextSize);
  format_uuid(ids_[row], text.data());
  return ValueView::string({text.data(), text.size()});
}

ValueView Column::at(std::uint32_t row) const {
  if (row >= rows_) return {};
  switch (kind_) {
    case Kind::Coded:
      return values_[width_ == 1 ? packed_[row] : code(row)];
    case Kind::Mixed:
      return values_[row];
    case Kind::Integer:
      if (has_absent_ && !presence_->test(row)) return {};
      return ValueView::number(static_cast<double>(integer(row)));
    case Kind::Double:
      if (has_absent_ && !presence_->test(row)) return {};
      return ValueView::number(doubles_[row]);
    case Kind::Text:
      if (has_absent_ && !presence_->test(row)) return {};
      return ValueView::string({heap_.data() + offsets_[row], offsets_[row + 1] - offsets_[row]});
    case Kind::Ids:
      break;  // Has no text to point at.
  }
  return {};
}

std::uint32_t Column::code(std::uint32_t row) const {
  return static_cast<std::uint32_t>(read_packed(packed_, width_, row));
}

std::span<const std::uint8_t> Column::codes8() const {
  return {packed_.data(), rows_};
}

std::span<const std::uint16_t> Column::codes16() const {
  return {reinterpret_cast<const std::uint16_t*>(packed_.data()), rows_};
}

std::int64_t Column::integer(std::uint32_t row) const {
  if (kind_ != Kind::Integer) {
    return static_cast<std::int64_t>(at(row).if_number().value_or(0));
  }
  return static_cast<std::int64_t>(static_cast<std::uint64_t>(base_) +
                                   read_packed(packed_, width_, row));
}

std::size_t Column::bytes() const {
  std::size_t total = sizeof(Column) + values_.capacity() * sizeof(ValueView) + packed_.capacity() +
                      doubles_.capacity() * sizeof(double) + ids_.capacity() * sizeof(Uuid) +
                      heap_.capacity() + offsets_.capacity() * sizeof(std::uint32_t) +
                      (presence_ ? sizeof(RowMask) : 0);
  for (const std::shared_ptr<const Arena>& arena : arenas_) {
    total += arena->bytes();
  }
  return total;
}

}  // namespace callisto
