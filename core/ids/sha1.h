// SHA-1 of two short pieces, for version-5 UUIDs. An id, not a seal: nothing here is secret.
#pragma once

#include <array>
#include <cstdint>
#include <span>

namespace callisto {

using Sha1State = std::array<std::uint32_t, 5>;

inline constexpr Sha1State kSha1Start = {
    0x67452301U, 0xEFCDAB89U, 0x98BADCFEU, 0x10325476U, 0xC3D2E1F0U};

// Mixes `blocks` blocks of 64 bytes into `state`. Uses the SHA instructions of the processor when
// it has them. Thread-safe.
void sha1_blocks(Sha1State& state, const std::uint8_t* data, std::size_t blocks);

// The same without special instructions.
void sha1_blocks_portable(Sha1State& state, const std::uint8_t* data, std::size_t blocks);

// The digest of `head` followed by `tail`, as five big-endian words.
[[nodiscard]] Sha1State sha1(std::span<const std::uint8_t, 16> head,
                             std::span<const std::uint8_t> tail);

}  // namespace callisto
