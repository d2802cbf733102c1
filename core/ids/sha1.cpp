#include "core/ids/sha1.h"

#include <algorithm>
#include <bit>
#include <cstring>

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

void sha1_blocks(Sha1State& state, const std::uint8_t* data, std::size_t blocks) {
  sha1_blocks_portable(state, data, blocks);
}

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
