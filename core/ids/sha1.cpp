#include "core/ids/sha1.h"

#include <algorithm>
#include <bit>
#include <cstring>

#if defined(__x86_64__) && defined(__GNUC__)
#include <cpuid.h>
#include <immintrin.h>
#endif

namespace callisto {

namespace {

constexpr std::size_t kBlock = 64;

std::uint32_t load_big_endian(const std::uint8_t* from) {
  return std::uint32_t{from[0]} << 24U | std::uint32_t{from[1]} << 16U |
         std::uint32_t{from[2]} << 8U | std::uint32_t{from[3]};
}

// One block under way: the five words, and the last 16 words of the schedule as a ring.
struct Rounds {
  std::uint32_t a, b, c, d, e;
  std::array<std::uint32_t, 16> w;

  void step(std::uint32_t f, std::uint32_t k, std::uint32_t word) {
    const std::uint32_t next = std::rotl(a, 5) + f + e + k + word;
    e = d;
    d = c;
    c = std::rotl(b, 30);
    b = a;
    a = next;
  }

  std::uint32_t schedule(std::uint32_t t) {
    std::uint32_t& word = w[t & 15U];
    if (t >= 16) {
      word = std::rotl(w[(t + 13) & 15U] ^ w[(t + 8) & 15U] ^ w[(t + 2) & 15U] ^ word, 1);
    }
    return word;
  }
};

}  // namespace

void sha1_blocks_portable(Sha1State& state, const std::uint8_t* data, std::size_t blocks) {
  for (; blocks != 0; --blocks, data += kBlock) {
    Rounds r{state[0], state[1], state[2], state[3], state[4], {}};
    for (std::uint32_t t = 0; t < 16; ++t) {
      r.w[t] = load_big_endian(data + std::size_t{t} * 4);
    }
    for (std::uint32_t t = 0; t < 20; ++t) {
      r.step(r.d ^ (r.b & (r.c ^ r.d)), 0x5A827999U, r.schedule(t));
    }
    for (std::uint32_t t = 20; t < 40; ++t) {
      r.step(r.b ^ r.c ^ r.d, 0x6ED9EBA1U, r.schedule(t));
    }
    for (std::uint32_t t = 40; t < 60; ++t) {
      r.step((r.b & r.c) | (r.d & (r.b | r.c)), 0x8F1BBCDCU, r.schedule(t));
    }
    for (std::uint32_t t = 60; t < 80; ++t) {
      r.step(r.b ^ r.c ^ r.d, 0xCA62C1D6U, r.schedule(t));
    }
    state[0] += r.a;
    state[1] += r.b;
    state[2] += r.c;
    state[3] += r.d;
    state[4] += r.e;
  }
}

#if defined(__x86_64__) && defined(__GNUC__)

namespace {

#define CALLISTO_SHA_TARGET __attribute__((target("sha,sse4.1")))

// The state of the SHA instructions: four words, the fifth (in the form the next group takes it
// in), and the last 16 words of the schedule.
struct VectorRounds {
  __m128i abcd;
  __m128i e;
  __m128i w[4];

  // Words 4g .. 4g + 3 of the schedule; the first 16 are the block itself.
  CALLISTO_SHA_TARGET __m128i schedule(std::size_t g) {
    if (g >= 4) {
      const __m128i mixed =
          _mm_xor_si128(_mm_sha1msg1_epu32(w[g % 4], w[(g + 1) % 4]), w[(g + 2) % 4]);
      w[g % 4] = _mm_sha1msg2_epu32(mixed, w[(g + 3) % 4]);
    }
    return w[g % 4];
  }

  // Twenty rounds with the same function, four at a time.
  template <int kFunction>
  CALLISTO_SHA_TARGET void twenty_rounds() {
#pragma GCC unroll 5
    for (std::size_t i = 0; i < 5; ++i) {
      const std::size_t g = kFunction * std::size_t{5} + i;
      const __m128i words = schedule(g);
      const __m128i fifth = g == 0 ? _mm_add_epi32(e, words) : _mm_sha1nexte_epu32(e, words);
      e = abcd;
      abcd = _mm_sha1rnds4_epu32(abcd, fifth, kFunction);
    }
  }
};

CALLISTO_SHA_TARGET void sha1_blocks_vector(Sha1State& state,
                                            const std::uint8_t* data,
                                            std::size_t blocks) {
  const __m128i swap = _mm_set_epi64x(0x0001020304050607LL, 0x08090A0B0C0D0E0FLL);
  const auto load = [](const void* from) {
    return _mm_loadu_si128(static_cast<const __m128i*>(from));
  };
  VectorRounds rounds{};
  rounds.abcd = _mm_shuffle_epi32(load(state.data()), 0x1B);
  rounds.e = _mm_set_epi32(static_cast<std::int32_t>(state[4]), 0, 0, 0);
  for (; blocks != 0; --blocks, data += kBlock) {
    const __m128i abcd = rounds.abcd;
    const __m128i e = rounds.e;
    for (std::size_t i = 0; i < 4; ++i) {
      rounds.w[i] = _mm_shuffle_epi8(load(data + i * 16), swap);
    }
    rounds.twenty_rounds<0>();
    rounds.twenty_rounds<1>();
    rounds.twenty_rounds<2>();
    rounds.twenty_rounds<3>();
    rounds.e = _mm_sha1nexte_epu32(rounds.e, e);
    rounds.abcd = _mm_add_epi32(rounds.abcd, abcd);
  }
  _mm_storeu_si128(reinterpret_cast<__m128i*>(state.data()), _mm_shuffle_epi32(rounds.abcd, 0x1B));
  state[4] = static_cast<std::uint32_t>(_mm_extract_epi32(rounds.e, 3));
}

#undef CALLISTO_SHA_TARGET

bool has_sha_instructions() {
  unsigned a = 0;
  unsigned b = 0;
  unsigned c = 0;
  unsigned d = 0;
  constexpr unsigned kSsse3AndSse41 = 1U << 9U | 1U << 19U;
  if (__get_cpuid(1, &a, &b, &c, &d) == 0 || (c & kSsse3AndSse41) != kSsse3AndSse41) return false;
  return __get_cpuid_count(7, 0, &a, &b, &c, &d) != 0 && (b & (1U << 29U)) != 0;
}

}  // namespace

void sha1_blocks(Sha1State& state, const std::uint8_t* data, std::size_t blocks) {
  static const bool vector = has_sha_instructions();
  if (vector) {
    sha1_blocks_vector(state, data, blocks);
  } else {
    sha1_blocks_portable(state, data, blocks);
  }
}

#else

void sha1_blocks(Sha1State& state, const std::uint8_t* data, std::size_t blocks) {
  sha1_blocks_portable(state, data, blocks);
}

#endif

Sha1State sha1(std::span<const std::uint8_t, 16> head, std::span<const std::uint8_t> tail) {
  Sha1State state = kSha1Start;
  const std::uint64_t bits = (std::uint64_t{head.size()} + tail.size()) * 8;

  // The first block always starts with the head; the last one or two blocks hold the padding.
  std::array<std::uint8_t, 2 * kBlock> buffer{};
  std::memcpy(buffer.data(), head.data(), head.size());
  std::size_t filled = head.size();
  if (tail.size() >= kBlock - filled) {
    const std::size_t first = kBlock - filled;
    std::memcpy(buffer.data() + filled, tail.data(), first);
    sha1_blocks(state, buffer.data(), 1);
    tail = tail.subspan(first);
    const std::size_t whole = tail.size() / kBlock;
    sha1_blocks(state, tail.data(), whole);
    tail = tail.subspan(whole * kBlock);
    buffer.fill(0);
    filled = 0;
  }
  if (!tail.empty()) std::memcpy(buffer.data() + filled, tail.data(), tail.size());
  filled += tail.size();
  buffer[filled] = 0x80;
  const std::size_t blocks = filled + 9 <= kBlock ? 1 : 2;
  for (std::size_t i = 0; i < 8; ++i) {
    buffer[blocks * kBlock - 1 - i] = static_cast<std::uint8_t>(bits >> (8 * i));
  }
  sha1_blocks(state, buffer.data(), blocks);
  return state;
}

}  // namespace callisto
