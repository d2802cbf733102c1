// One bit per row of a chunk.
#pragma once

#include <array>
#include <bit>
#include <cstdint>

#include "core/columns/bit_count.h"

namespace callisto {

inline constexpr std::uint32_t kChunkRows = 2048;

class RowMask {
 public:
  static constexpr std::uint32_t kWords = kChunkRows / 64;

  [[nodiscard]] static RowMask first(std::uint32_t rows) {
    RowMask mask;
    for (std::uint32_t word = 0; word < rows / 64; ++word) {
      mask.words_[word] = ~std::uint64_t{0};
    }
    if (rows % 64 != 0) mask.words_[rows / 64] = (std::uint64_t{1} << (rows % 64)) - 1;
    return mask;
  }

  [[nodiscard]] bool test(std::uint32_t row) const {
    return ((words_[row / 64] >> (row % 64)) & 1U) != 0;
  }

  void set(std::uint32_t row) { words_[row / 64] |= std::uint64_t{1} << (row % 64); }

  void reset(std::uint32_t row) { words_[row / 64] &= ~(std::uint64_t{1} << (row % 64)); }

  [[nodiscard]] std::uint32_t count() const {
    return static_cast<std::uint32_t>(count_bits(words_.data(), kWords));
  }

  [[nodiscard]] bool any() const {
    std::uint64_t all = 0;
    for (const std::uint64_t word : words_) {
      all |= word;
    }
    return all != 0;
  }

  RowMask& operator&=(const RowMask& other) {
    for (std::uint32_t i = 0; i < kWords; ++i) {
      words_[i] &= other.words_[i];
    }
    return *this;
  }

  RowMask& operator|=(const RowMask& other) {
    for (std::uint32_t i = 0; i < kWords; ++i) {
      words_[i] |= other.words_[i];
    }
    return *this;
  }

  RowMask& and_not(const RowMask& other) {
    for (std::uint32_t i = 0; i < kWords; ++i) {
      words_[i] &= ~other.words_[i];
    }
    return *this;
  }

  [[nodiscard]] std::uint64_t word(std::uint32_t index) const { return words_[index]; }

  [[nodiscard]] std::uint64_t& word(std::uint32_t index) { return words_[index]; }

  // Calls visit(row) for each set bit in order.
  template <class Visit>
  void for_each(Visit&& visit) const {
    for (std::uint32_t i = 0; i < kWords; ++i) {
      for (std::uint64_t word = words_[i]; word != 0; word &= word - 1) {
        visit(i * 64 + static_cast<std::uint32_t>(std::countr_zero(word)));
      }
    }
  }

  bool operator==(const RowMask&) const = default;

 private:
  std::array<std::uint64_t, kWords> words_{};
};

}  // namespace callisto
