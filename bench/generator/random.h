// Random numbers that are the same on every platform: PCG32 and our own distributions, integers
// only.
#pragma once

#include <cstdint>
#include <string_view>

namespace callisto::bench {

// Mixes the parts of a seed (SplitMix64's finalizer): nearby inputs give unrelated outputs.
[[nodiscard]] constexpr std::uint64_t mix(std::uint64_t x) {
  x += 0x9E3779B97F4A7C15ULL;
  x = (x ^ (x >> 30U)) * 0xBF58476D1CE4E5B9ULL;
  x = (x ^ (x >> 27U)) * 0x94D049BB133111EBULL;
  return x ^ (x >> 31U);
}

[[nodiscard]] constexpr std::uint64_t mix(std::uint64_t a, std::uint64_t b) {
  return mix(mix(a) ^ b);
}

// FNV-1a, to turn names into seeds.
[[nodiscard]] constexpr std::uint64_t hash_text(std::string_view text) {
  std::uint64_t hash = 0xCBF29CE484222325ULL;
  for (const char c : text) {
    hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3ULL;
  }
  return hash;
}

// PCG-XSH-RR 64/32 (O'Neill 2014). A fresh one per object makes every object a function of its
// number alone.
class Random {
 public:
  explicit constexpr Random(std::uint64_t seed) : state_(mix(seed)) { next(); }

  constexpr std::uint32_t next() {
    const std::uint64_t old = state_;
    state_ = old * 6364136223846793005ULL + 1442695040888963407ULL;
    const auto folded = static_cast<std::uint32_t>(((old >> 18U) ^ old) >> 27U);
    const auto turn = static_cast<std::uint32_t>(old >> 59U);
    return (folded >> turn) | (folded << ((32U - turn) & 31U));
  }

  // Uniform in [0, bound); bound > 0.
  constexpr std::uint32_t below(std::uint32_t bound) { return scale(next(), bound); }

  // Uniform in [low, high].
  constexpr std::int64_t between(std::int64_t low, std::int64_t high) {
    return low + below(static_cast<std::uint32_t>(high - low + 1));
  }

  constexpr bool percent(std::uint32_t chance) { return below(100) < chance; }

  // In [0, bound), small numbers far more often: u^power scaled. Power 1 is uniform; the number of
  // times that a value is drawn falls off as a power law: exponent 3 for power 2, 2.5 for power 3.
  constexpr std::uint32_t skewed(std::uint32_t bound, std::uint32_t power) {
    const std::uint64_t u = next();
    std::uint64_t product = u;
    for (std::uint32_t i = 1; i < power; ++i)
      product = (product * u) >> 32U;
    return scale(static_cast<std::uint32_t>(product), bound);
  }

 private:
  static constexpr std::uint32_t scale(std::uint32_t x, std::uint32_t bound) {
    return static_cast<std::uint32_t>((std::uint64_t{x} * bound) >> 32U);
  }

  std::uint64_t state_;
};

// A permutation of [0, count): scatters the popular ranks over all rows.
[[nodiscard]] constexpr std::uint32_t scatter(std::uint32_t rank,
                                              std::uint32_t count,
                                              std::uint64_t salt) {
  constexpr std::uint64_t kPrime = 2'654'435'761ULL;  // Above any count, so coprime to it.
  return static_cast<std::uint32_t>((rank * kPrime + salt % count) % count);
}

}  // namespace callisto::bench
