// Chooses the encoding of a column and fills it. Used by Column::build and its kin only.
#pragma once

#include <bit>
#include <cstdint>
#include <memory>
#include <span>

#include "core/columns/column.h"
#include "core/columns/distinct_table.h"

namespace callisto {

// Whole numbers that a double holds exactly; -0 is not among them, because an integer cannot say
// it.
[[nodiscard]] inline bool is_exact_integer(double number) {
  constexpr double kEnd = 9007199254740992.0;            // 2^53.
  if (!(number > -kEnd && number < kEnd)) return false;  // NaN too.
  const auto whole = static_cast<std::int64_t>(number);
  return std::bit_cast<std::uint64_t>(static_cast<double>(whole)) ==
         std::bit_cast<std::uint64_t>(number);
}

// What the offsets of a text heap reach; a chunk with more text keeps its values one by one.
inline constexpr std::size_t kTextHeapBytesMax = 0xFFFF'FFFFU;

class ColumnBuilder {
 public:
  // At most kChunkRows rows. Both must outlive the builder.
  ColumnBuilder(std::span<const ValueView> rows, Dictionary& strings);

  [[nodiscard]] ColumnPtr build();

  // A string or list as a coded column keeps it: text in the dictionary, elements in `arena`, which
  // is made when it is needed.
  [[nodiscard]] static ValueView intern(ValueView value,
                                        Dictionary& strings,
                                        std::shared_ptr<Arena>& arena);

  // Fills `to` as Integer. Rows outside `presence` (nullptr: none) have no say.
  static void encode_integers(Column& to,
                              std::span<const std::int64_t> rows,
                              std::unique_ptr<RowMask> presence);
  // Fills `to` as Double from its doubles_ and presence_: least and greatest.
  static void measure_doubles(Column& to);
  // Writes codes of `width` bytes.
  static void pack(Column& to, std::span<const std::uint16_t> codes, std::uint8_t width);

  // What code width `entries` table entries need.
  [[nodiscard]] static std::uint8_t code_width_for(std::size_t entries) {
    if (entries <= 1) return 0;
    return entries <= 256 ? 1 : 2;
  }

 private:
  // What the numbers of an all-number column allow.
  struct Numbers {
    bool whole = true;
    bool any_nan = false;
    double min = 0;
    double max = 0;
  };

  void count();
  [[nodiscard]] bool mostly_distinct() const;
  [[nodiscard]] Numbers measure() const;
  [[nodiscard]] bool coded_is_smaller(const Numbers& numbers) const;
  [[nodiscard]] std::unique_ptr<RowMask> presence() const;
  void fill_coded();
  void fill_numbers(const Numbers& numbers);
  [[nodiscard]] std::size_t text_bytes() const;
  void fill_text();
  void fill_mixed();

  std::span<const ValueView> rows_;
  Dictionary& strings_;
  std::shared_ptr<Column> column_;
  std::uint32_t kinds_ = 0;    // A bit per ValueKind seen.
  std::uint32_t present_ = 0;  // Rows with a value.
  bool gave_up_ = false;       // Too many distinct values for codes: counting stopped.
  DistinctTable distinct_;
  std::array<std::uint16_t, kChunkRows> codes_;  // 0 = absent, else distinct code + 1.
};

}  // namespace callisto
