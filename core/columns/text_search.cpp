#include "core/columns/text_search.h"

#include <bit>
#include <cstdint>
#include <cstring>

#include "core/columns/row_compare.h"

namespace callisto {

std::size_t find_text(std::string_view heap, std::string_view needle, std::size_t from) {
#if defined(__SSE2__)
  const std::size_t last = needle.size() - 1;
  const __m128i first_byte = _mm_set1_epi8(needle.front());
  const __m128i last_byte = _mm_set1_epi8(needle.back());
  for (; from + last + 16 <= heap.size(); from += 16) {
    const char* at = heap.data() + from;
    std::uint64_t hits =
        sse2::bits(_mm_and_si128(_mm_cmpeq_epi8(sse2::load(at), first_byte),
                                 _mm_cmpeq_epi8(sse2::load(at + last), last_byte)));
    for (; hits != 0; hits &= hits - 1) {
      const auto place = static_cast<std::size_t>(std::countr_zero(hits));
      if (needle.size() <= 2 || std::memcmp(at + place + 1, needle.data() + 1, last - 1) == 0) {
        return from + place;
      }
    }
  }
#endif
  return heap.find(needle, from);
}

}  // namespace callisto
