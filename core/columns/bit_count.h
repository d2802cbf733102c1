// Counts set bits without the POPCNT instruction, which not every 64-bit machine has and which is a
// library call without it.
#pragma once

#include <cstddef>
#include <cstdint>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace callisto {

[[nodiscard]] inline std::uint32_t count_bits(std::uint64_t word) {
#if defined(__POPCNT__) || !defined(__x86_64__)
  return static_cast<std::uint32_t>(__builtin_popcountll(word));
#else
  word -= (word >> 1U) & 0x5555'5555'5555'5555U;
  word = (word & 0x3333'3333'3333'3333U) + ((word >> 2U) & 0x3333'3333'3333'3333U);
  word = (word + (word >> 4U)) & 0x0F0F'0F0F'0F0F'0F0FU;
  return static_cast<std::uint32_t>((word * 0x0101'0101'0101'0101U) >> 56U);
#endif
}

[[nodiscard]] inline std::uint64_t count_bits(const std::uint64_t* words, std::size_t count) {
  std::uint64_t total = 0;
  std::size_t i = 0;
#if defined(__SSE2__) && !defined(__POPCNT__)
  const __m128i pairs = _mm_set1_epi8(0x55);
  const __m128i fours = _mm_set1_epi8(0x33);
  const __m128i bytes = _mm_set1_epi8(0x0F);
  __m128i sums = _mm_setzero_si128();
  for (; i + 2 <= count; i += 2) {
    __m128i bits = _mm_loadu_si128(reinterpret_cast<const __m128i*>(words + i));
    bits = _mm_sub_epi8(bits, _mm_and_si128(_mm_srli_epi64(bits, 1), pairs));
    bits = _mm_add_epi8(_mm_and_si128(bits, fours), _mm_and_si128(_mm_srli_epi64(bits, 2), fours));
    bits = _mm_and_si128(_mm_add_epi8(bits, _mm_srli_epi64(bits, 4)), bytes);
    sums = _mm_add_epi64(sums, _mm_sad_epu8(bits, _mm_setzero_si128()));
  }
  total = static_cast<std::uint64_t>(_mm_cvtsi128_si64(sums)) +
          static_cast<std::uint64_t>(_mm_cvtsi128_si64(_mm_unpackhi_epi64(sums, sums)));
#endif
  for (; i < count; ++i) {
    total += count_bits(words[i]);
  }
  return total;
}

}  // namespace callisto
