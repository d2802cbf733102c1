// Vector compares of packed rows, 64 rows to a word of a RowMask. SSE2 where there is SSE2, plain
// loops elsewhere; both give the same bits.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

#include "core/columns/row_mask.h"

namespace callisto {

// Runs `kernel` (64 rows -> 64 bits) over all rows. A short last block is padded on the stack, so
// that no kernel reads past the data.
template <class Row, class Kernel>
void compare_rows(const Row* data, std::uint32_t rows, const Kernel& kernel, RowMask& out) {
  const std::uint32_t whole = rows / 64;
  for (std::uint32_t word = 0; word < whole; ++word) {
    out.word(word) = kernel(data + std::size_t{word} * 64);
  }
  const std::uint32_t rest = rows % 64;
  if (rest == 0) return;
  std::array<Row, 64> padded{};
  std::copy_n(data + std::size_t{whole} * 64, rest, padded.begin());
  out.word(whole) = kernel(padded.data()) & ((std::uint64_t{1} << rest) - 1);
}

// Plain form of a kernel: `test` of each row.
template <class Row, class TestRow>
std::uint64_t compare_block(const Row* rows, const TestRow& test) {
  std::uint64_t word = 0;
  for (std::uint32_t i = 0; i < 64; ++i) {
    word |= static_cast<std::uint64_t>(test(rows[i])) << i;
  }
  return word;
}

#if defined(__SSE2__)

namespace sse2 {

inline __m128i load(const void* from) {
  return _mm_loadu_si128(static_cast<const __m128i*>(from));
}

// The sign bits of 16 bytes.
inline std::uint64_t bits(__m128i bytes) {
  return static_cast<std::uint64_t>(static_cast<std::uint32_t>(_mm_movemask_epi8(bytes)));
}

}  // namespace sse2

#endif

// Kernel: rows equal to one code.
struct EqualsCode {
  std::uint16_t code = 0;

#if defined(__SSE2__)
  std::uint64_t operator()(const std::uint8_t* rows) const {
    const __m128i wanted = _mm_set1_epi8(static_cast<char>(code));
    std::uint64_t word = 0;
    for (std::uint32_t i = 0; i < 4; ++i) {
      word |= sse2::bits(_mm_cmpeq_epi8(sse2::load(rows + i * 16), wanted)) << (i * 16);
    }
    return word;
  }

  std::uint64_t operator()(const std::uint16_t* rows) const {
    const __m128i wanted = _mm_set1_epi16(static_cast<std::int16_t>(code));
    std::uint64_t word = 0;
    for (std::uint32_t i = 0; i < 4; ++i) {
      const __m128i low = _mm_cmpeq_epi16(sse2::load(rows + i * 16), wanted);
      const __m128i high = _mm_cmpeq_epi16(sse2::load(rows + i * 16 + 8), wanted);
      word |= sse2::bits(_mm_packs_epi16(low, high)) << (i * 16);
    }
    return word;
  }
#else
  template <class Row>
  std::uint64_t operator()(const Row* rows) const {
    return compare_block(rows, [this](Row row) { return row == code; });
  }
#endif
};

// Kernel: rows in [low, low + span]. Offsets of 8 bytes must stay below 2^63.
struct InRange {
  std::uint64_t low = 0;
  std::uint64_t span = 0;

#if defined(__SSE2__)
  std::uint64_t operator()(const std::uint8_t* rows) const {
    const __m128i first = _mm_set1_epi8(static_cast<char>(low));
    const __m128i width = _mm_set1_epi8(static_cast<char>(span));
    std::uint64_t word = 0;
    for (std::uint32_t i = 0; i < 4; ++i) {
      const __m128i offset = _mm_sub_epi8(sse2::load(rows + i * 16), first);
      word |= sse2::bits(_mm_cmpeq_epi8(_mm_min_epu8(offset, width), offset)) << (i * 16);
    }
    return word;
  }

  std::uint64_t operator()(const std::uint16_t* rows) const {
    const __m128i first = _mm_set1_epi16(static_cast<std::int16_t>(low));
    const __m128i width = _mm_set1_epi16(static_cast<std::int16_t>(span));
    const auto in_range = [&](const std::uint16_t* from) {  // Saturates to zero inside the range.
      return _mm_cmpeq_epi16(_mm_subs_epu16(_mm_sub_epi16(sse2::load(from), first), width),
                             _mm_setzero_si128());
    };
    std::uint64_t word = 0;
    for (std::uint32_t i = 0; i < 4; ++i) {
      word |= sse2::bits(_mm_packs_epi16(in_range(rows + i * 16), in_range(rows + i * 16 + 8)))
              << (i * 16);
    }
    return word;
  }

  std::uint64_t operator()(const std::uint32_t* rows) const {
    const __m128i first = _mm_set1_epi32(static_cast<std::int32_t>(low));
    const __m128i sign = _mm_set1_epi32(static_cast<std::int32_t>(0x80000000U));
    const __m128i width = _mm_xor_si128(_mm_set1_epi32(static_cast<std::int32_t>(span)), sign);
    const auto outside = [&](const std::uint32_t* from) {  // Unsigned compare by flipped signs.
      return _mm_cmpgt_epi32(_mm_xor_si128(_mm_sub_epi32(sse2::load(from), first), sign), width);
    };
    std::uint64_t word = 0;
    for (std::uint32_t i = 0; i < 4; ++i) {
      const std::uint32_t* from = rows + i * 16;
      const __m128i left = _mm_packs_epi32(outside(from), outside(from + 4));
      const __m128i right = _mm_packs_epi32(outside(from + 8), outside(from + 12));
      word |= sse2::bits(_mm_packs_epi16(left, right)) << (i * 16);
    }
    return ~word;
  }

  std::uint64_t operator()(const std::uint64_t* rows) const {
    const __m128i first = _mm_set1_epi64x(static_cast<std::int64_t>(low));
    const __m128i last = _mm_set1_epi64x(static_cast<std::int64_t>(low + span));
    std::uint64_t word = 0;
    for (std::uint32_t i = 0; i < 32; ++i) {  // Outside: one of the differences is negative.
      const __m128i value = sse2::load(rows + i * 2);
      const __m128i outside = _mm_or_si128(_mm_sub_epi64(value, first), _mm_sub_epi64(last, value));
      const int pair = _mm_movemask_pd(_mm_castsi128_pd(outside));
      word |= static_cast<std::uint64_t>(static_cast<std::uint32_t>(pair)) << (i * 2);
    }
    return ~word;
  }
#else
  template <class Row>
  std::uint64_t operator()(const Row* rows) const {
    return compare_block(rows,
                         [this](Row row) { return static_cast<std::uint64_t>(row) - low <= span; });
  }
#endif
};

// Kernel: doubles in [low, high]. No row is NaN.
struct InDoubleRange {
  double low = 0;
  double high = 0;

  std::uint64_t operator()(const double* rows) const {
#if defined(__SSE2__)
    const __m128d first = _mm_set1_pd(low);
    const __m128d last = _mm_set1_pd(high);
    std::uint64_t word = 0;
    for (std::uint32_t i = 0; i < 32; ++i) {
      const __m128d value = _mm_loadu_pd(rows + i * 2);
      const __m128d inside = _mm_and_pd(_mm_cmple_pd(first, value), _mm_cmple_pd(value, last));
      word |= static_cast<std::uint64_t>(static_cast<std::uint32_t>(_mm_movemask_pd(inside)))
              << (i * 2);
    }
    return word;
#else
    return compare_block(rows, [this](double row) { return low <= row && row <= high; });
#endif
  }
};

}  // namespace callisto
