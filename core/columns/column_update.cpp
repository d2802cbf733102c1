#include "core/columns/column_update.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <utility>

#include "core/columns/column_builder.h"
#include "core/columns/distinct_table.h"

namespace callisto {

namespace {

// A chain of updates that add lists holds at most this many arenas before it is rebuilt into one.
constexpr std::size_t kArenasMax = 8;
// Entries that a table of 2-byte codes may hold beside those in use.
constexpr std::size_t kWideEntriesMax = DistinctTable::kEntriesMax;
// A string longer than this may not belong into the dictionary: the builder decides.
constexpr std::size_t kInternedBytesMax = 1024;
// Up to this many changes a look through the table beats hashing all of it.
constexpr std::size_t kLinearLookupsMax = 4;

bool is_encodable_double(ValueView value) {
  return value.kind() == ValueKind::Number && !std::isnan(value.as_number());
}

bool is_encodable_integer(ValueView value) {
  return value.kind() == ValueKind::Number && is_exact_integer(value.as_number());
}

template <class Offset>
void write_offset(std::uint8_t* packed, std::uint32_t row, std::uint64_t offset) {
  reinterpret_cast<Offset*>(packed)[row] = static_cast<Offset>(offset);
}

void write_offset(std::uint8_t* packed,
                  std::uint8_t width,
                  std::uint32_t row,
                  std::uint64_t offset) {
  switch (width) {
    case 0:
      break;
    case 1:
      packed[row] = static_cast<std::uint8_t>(offset);
      break;
    case 2:
      write_offset<std::uint16_t>(packed, row, offset);
      break;
    case 4:
      write_offset<std::uint32_t>(packed, row, offset);
      break;
    default:
      write_offset<std::uint64_t>(packed, row, offset);
      break;
  }
}

template <class Code>
void replace_zeros(Code* codes, std::uint32_t rows, Code with) {
  for (std::uint32_t row = 0; row < rows; ++row) {
    codes[row] = codes[row] == 0 ? with : codes[row];
  }
}

// Finds the code of a value in the table that an update starts with, or the table's size.
struct LinearLookup {
  const std::vector<ValueView>& table;

  [[nodiscard]] std::size_t find(ValueView value) const {
    const auto found =
        std::ranges::find_if(table, [value](ValueView entry) { return identical(entry, value); });
    return static_cast<std::size_t>(found - table.begin());
  }

  void added(const ValueView& /*value*/) const {}
};

// The same for many values: hashes the table first.
class HashedLookup {
 public:
  HashedLookup(const std::vector<ValueView>& table, std::uint32_t entries_max)
      : index_(entries_max) {
    for (const ValueView& value : table) {
      added(value);
    }
  }

  [[nodiscard]] std::size_t find(ValueView value) const {
    return index_.find(value).value_or(index_.size());
  }

  void added(const ValueView& value) { (void)index_.code_of(value); }

 private:
  DistinctTable index_;
};

}  // namespace

ColumnUpdate::ColumnUpdate(const Column& from,
                           std::span<const RowValue> changes,
                           std::uint32_t rows,
                           Dictionary& strings)
    : from_(from), changes_(changes), rows_(rows), strings_(strings) {
  while (!changes_.empty() && changes_.back().row >= rows_) {
    changes_ = changes_.first(changes_.size() - 1);
  }
  adds_absent_ = leaves_gap() || std::ranges::any_of(changes_, [](const RowValue& change) {
                   return change.value.is_null();
                 });
}

bool ColumnUpdate::leaves_gap() const {
  std::uint32_t next = from_.rows_;  // First appended row not yet named.
  for (const RowValue& change : changes_) {
    if (change.row > next) return true;
    if (change.row == next) ++next;
  }
  return next < rows_;
}

bool ColumnUpdate::keeps_encoding() const {
  if (from_.rows_ == 0 || rows_ < from_.rows_) return false;
  if (from_.kind_ == Column::Kind::Integer || from_.kind_ == Column::Kind::Ids) return true;
  return changes_.size() * 2 <= rows_;  // Mostly new: another encoding may be narrower.
}

ColumnPtr ColumnUpdate::apply() {
  if (!keeps_encoding()) return rebuild();
  to_ = std::make_shared<Column>();
  to_->kind_ = from_.kind_;
  to_->rows_ = rows_;
  bool fits = true;
  switch (from_.kind_) {
    case Column::Kind::Coded:
      fits = apply_coded();
      break;
    case Column::Kind::Integer:
      fits = apply_integer();
      break;
    case Column::Kind::Double:
      fits = apply_double();
      break;
    case Column::Kind::Text:
      fits = apply_text();
      break;
    case Column::Kind::Ids:
      fits = apply_ids();
      break;
    case Column::Kind::Mixed:
      fits = from_.arenas_.size() < kArenasMax;
      if (fits) apply_mixed();
      break;
  }
  return fits ? ColumnPtr(std::move(to_)) : rebuild();
}

std::size_t ColumnUpdate::entries_max() const {
  return from_.width_ == 2 ? std::min(kWideEntriesMax, std::size_t{rows_} * 2) : 256;
}

template <class Lookup>
bool ColumnUpdate::choose_codes(Lookup& lookup, std::vector<std::uint16_t>& codes) {
  std::vector<ValueView>& table = to_->values_;
  std::shared_ptr<Arena> arena;
  codes.reserve(changes_.size());
  for (const RowValue& change : changes_) {
    const ValueView value = change.value;
    const std::size_t code = lookup.find(value);
    if (code == table.size()) {
      if (table.size() == entries_max()) return false;
      if (value.kind() == ValueKind::String && value.as_string().size() > kInternedBytesMax) {
        return false;
      }
      if (value.kind() == ValueKind::List && from_.arenas_.size() >= kArenasMax) return false;
      table.push_back(ColumnBuilder::intern(value, strings_, arena));  // Reserved: does not move.
      lookup.added(table.back());
    }
    codes.push_back(static_cast<std::uint16_t>(code));
  }
  to_->arenas_ = from_.arenas_;
  if (arena) to_->arenas_.push_back(std::move(arena));
  return true;
}

bool ColumnUpdate::choose_codes(std::vector<std::uint16_t>& codes) {
  if (to_->values_.size() > entries_max()) return false;
  if (changes_.size() <= kLinearLookupsMax) {
    LinearLookup lookup{to_->values_};
    return choose_codes(lookup, codes);
  }
  return choose_many_codes(codes);
}

bool ColumnUpdate::choose_many_codes(std::vector<std::uint16_t>& codes) {
  HashedLookup lookup(to_->values_, static_cast<std::uint32_t>(entries_max()));
  return choose_codes(lookup, codes);
}

bool ColumnUpdate::apply_coded() {
  std::vector<ValueView>& table = to_->values_;
  table.reserve(from_.values_.size() + changes_.size() + 1);
  table.assign(from_.values_.begin(), from_.values_.end());
  to_->has_absent_ = from_.has_absent_ || adds_absent_;
  // Absence needs code 0: the value that has it moves to the end of the table.
  std::uint16_t zero_becomes = 0;
  if (adds_absent_ && !from_.has_absent_) {
    zero_becomes = static_cast<std::uint16_t>(table.size());
    table.push_back(table.front());
    table.front() = ValueView{};
  }
  std::vector<std::uint16_t> codes;
  if (!choose_codes(codes)) return false;
  const std::uint8_t width = std::max(from_.width_, ColumnBuilder::code_width_for(table.size()));
  to_->width_ = width;
  if (width == 0) return true;
  std::vector<std::uint8_t>& packed = to_->packed_;
  packed.reserve(std::size_t{rows_} * width);
  packed.assign(from_.packed_.begin(), from_.packed_.end());
  packed.resize(std::size_t{rows_} * width);  // A column of one value has code 0 on every row.
  if (zero_becomes != 0) {
    if (width == 1) {
      replace_zeros(packed.data(), from_.rows_, static_cast<std::uint8_t>(zero_becomes));
    } else {
      replace_zeros(reinterpret_cast<std::uint16_t*>(packed.data()), from_.rows_, zero_becomes);
    }
  }
  for (std::size_t i = 0; i < changes_.size(); ++i) {
    write_offset(packed.data(), width, changes_[i].row, codes[i]);
  }
  return true;
}

void ColumnUpdate::update_presence() {
  if (!from_.has_absent_ && !adds_absent_) return;
  RowMask mask = from_.presence();
  for (const RowValue& change : changes_) {
    if (change.value.is_null()) {
      mask.reset(change.row);
    } else {
      mask.set(change.row);
    }
  }
  to_->has_absent_ = mask.count() != rows_;
  if (to_->has_absent_) to_->presence_ = std::make_unique<RowMask>(mask);
}

bool ColumnUpdate::apply_integer() {
  for (const RowValue& change : changes_) {
    if (!change.value.is_null() && !is_encodable_integer(change.value)) return false;
  }
  update_presence();
  if (patch_offsets()) return true;
  std::array<std::int64_t, kChunkRows> integers{};
  for (std::uint32_t row = 0; row < from_.rows_; ++row) {
    integers[row] = from_.integer(row);
  }
  std::fill(integers.begin() + from_.rows_, integers.begin() + rows_, 0);
  for (const RowValue& change : changes_) {
    if (change.value.is_null()) continue;
    integers[change.row] = static_cast<std::int64_t>(change.value.as_number());
  }
  ColumnBuilder::encode_integers(*to_, std::span(integers).first(rows_), std::move(to_->presence_));
  return true;
}

// Keeps base and width when every new value fits and neither end of the zone goes away.
bool ColumnUpdate::patch_offsets() {
  if (from_.width_ == 0 || from_.min_ > from_.max_) return false;
  const double room = from_.width_ == 8 ? 0x1p63 : std::ldexp(1.0, 8 * from_.width_) - 1;
  const auto base = static_cast<double>(from_.base_);
  double min = from_.min_;
  double max = from_.max_;
  for (const RowValue& change : changes_) {
    if (from_.present(change.row)) {
      const auto old = static_cast<double>(from_.integer(change.row));
      if (old == from_.min_ || old == from_.max_) return false;
    }
    if (change.value.is_null()) continue;
    const double number = change.value.as_number();
    if (number < base || number - base > room) return false;
    min = std::min(min, number);
    max = std::max(max, number);
  }
  to_->width_ = from_.width_;
  to_->base_ = from_.base_;
  to_->min_ = min;
  to_->max_ = max;
  to_->packed_.reserve(std::size_t{rows_} * from_.width_);
  to_->packed_.assign(from_.packed_.begin(), from_.packed_.end());
  to_->packed_.resize(std::size_t{rows_} * from_.width_);
  for (const RowValue& change : changes_) {
    if (change.value.is_null()) continue;
    const auto whole = static_cast<std::int64_t>(change.value.as_number());
    write_offset(to_->packed_.data(),
                 from_.width_,
                 change.row,
                 static_cast<std::uint64_t>(whole) - static_cast<std::uint64_t>(from_.base_));
  }
  return true;
}

bool ColumnUpdate::apply_double() {
  for (const RowValue& change : changes_) {
    if (!change.value.is_null() && !is_encodable_double(change.value)) return false;
  }
  update_presence();
  to_->doubles_.reserve(rows_);
  to_->doubles_.assign(from_.doubles_.begin(), from_.doubles_.end());
  to_->doubles_.resize(rows_);
  to_->min_ = from_.min_;
  to_->max_ = from_.max_;
  bool end_goes = from_.min_ > from_.max_;  // An end of the zone is replaced: look for the new one.
  for (const RowValue& change : changes_) {
    if (from_.present(change.row)) {
      const double old = from_.doubles_[change.row];
      end_goes = end_goes || old == from_.min_ || old == from_.max_;
    }
    if (change.value.is_null()) continue;
    const double number = change.value.as_number();
    to_->doubles_[change.row] = number;
    to_->min_ = std::min(to_->min_, number);
    to_->max_ = std::max(to_->max_, number);
  }
  if (end_goes) ColumnBuilder::measure_doubles(*to_);
  return true;
}

bool ColumnUpdate::apply_text() {
  std::size_t added = 0;
  for (const RowValue& change : changes_) {
    if (change.value.is_null()) continue;
    if (change.value.kind() != ValueKind::String) return false;
    added += change.value.as_string().size();
  }
  if (from_.heap_.size() + added > kTextHeapBytesMax) return false;
  update_presence();
  std::vector<char>& heap = to_->heap_;
  std::vector<std::uint32_t>& offsets = to_->offsets_;
  heap.reserve(from_.heap_.size() + added);
  offsets.reserve(std::size_t{rows_} + 1);
  offsets.push_back(0);
  // Copies what stands before `end` and is not copied yet; rows that are new are empty.
  const auto copy_until = [&](std::uint32_t end) {
    const auto begin = static_cast<std::uint32_t>(offsets.size()) - 1;
    const std::uint32_t old_end = std::min(end, from_.rows_);
    if (begin < old_end) {
      const std::uint32_t first = from_.offsets_[begin];
      const auto at = static_cast<std::uint32_t>(heap.size());
      heap.insert(
          heap.end(), from_.heap_.begin() + first, from_.heap_.begin() + from_.offsets_[old_end]);
      for (std::uint32_t row = begin; row < old_end; ++row) {
        offsets.push_back(from_.offsets_[row + 1] - first + at);
      }
    }
    offsets.resize(std::max(offsets.size(), std::size_t{end} + 1),
                   static_cast<std::uint32_t>(heap.size()));
  };
  for (std::size_t i = 0; i < changes_.size(); ++i) {
    if (i + 1 < changes_.size() && changes_[i + 1].row == changes_[i].row) continue;
    copy_until(changes_[i].row);
    if (!changes_[i].value.is_null()) {
      const std::string_view text = changes_[i].value.as_string();
      heap.insert(heap.end(), text.begin(), text.end());
    }
    offsets.push_back(static_cast<std::uint32_t>(heap.size()));
  }
  copy_until(rows_);
  return true;
}

bool ColumnUpdate::apply_ids() {
  std::vector<std::optional<Uuid>> ids;
  for (const RowValue& change : changes_) {
    ids.emplace_back(change.value.kind() == ValueKind::String ? parse_uuid(change.value.as_string())
                                                              : std::nullopt);
    if (change.value.is_null()) continue;
    // Text that would not read back as it is, upper case for example, cannot be an id.
    if (!ids.back() || to_string(*ids.back()) != change.value.as_string()) return false;
  }
  update_presence();
  to_->ids_.reserve(rows_);
  to_->ids_.assign(from_.ids_.begin(), from_.ids_.end());
  to_->ids_.resize(rows_);
  for (std::size_t i = 0; i < changes_.size(); ++i) {
    if (ids[i]) to_->ids_[changes_[i].row] = *ids[i];
  }
  return true;
}

void ColumnUpdate::apply_mixed() {
  to_->has_absent_ = from_.has_absent_ || adds_absent_;
  to_->values_.reserve(rows_);
  to_->values_.assign(from_.values_.begin(), from_.values_.end());
  to_->values_.resize(rows_);
  to_->arenas_ = from_.arenas_;
  auto arena = std::make_shared<Arena>();
  for (const RowValue& change : changes_) {
    to_->values_[change.row] = arena->copy(change.value);
  }
  if (arena->bytes() != 0) to_->arenas_.push_back(std::move(arena));
}

ColumnPtr ColumnUpdate::rebuild() const {
  Arena scratch;
  std::vector<ValueView> values(rows_);
  for (std::uint32_t row = 0; row < std::min(rows_, from_.rows_); ++row) {
    values[row] = from_.at(row, scratch);
  }
  for (const RowValue& change : changes_) {
    values[change.row] = change.value;
  }
  return Column::build(values, strings_);
}

}  // namespace callisto
