// Group counts by the codes of the key columns: a histogram per chunk, then each combination of
// values once.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include <boost/unordered/unordered_flat_map.hpp>

#include "core/columns/distinct_table.h"
#include "query/executor/grouper.h"
#include "query/executor/path_source.h"

namespace callisto::query {

// Belongs to one run.
class CodeCounter {
 public:
  // `keys` must outlive the counter.
  CodeCounter(const RunContext& run, std::span<const ReadId> keys);

  // Counts the rows of a chunk into their groups. False, with nothing counted, when a key is not
  // coded there or the combinations are too many.
  [[nodiscard]] bool count(std::uint32_t type,
                           std::uint32_t chunk,
                           const RowMask& rows,
                           PathSource& source,
                           Grouper& grouper);

 private:
  static constexpr std::uint32_t kCellsMax = 4096;
  static constexpr std::size_t kHistograms = 4;  // Neighbouring rows of one group do not wait.
  static constexpr std::size_t kKeysMax = 4;

  struct IdentityHash {
    using is_avalanching = void;

    std::size_t operator()(ValueView value) const { return identity_hash(value); }
  };

  struct Identical {
    bool operator()(ValueView a, ValueView b) const { return identical(a, b); }
  };

  // The values of one key on the chunk, numbered across chunks.
  struct Key {
    const Column* column = nullptr;  // nullptr: absent everywhere.
    std::uint32_t codes = 1;         // Of the chunk.
    std::uint16_t absent_code = 0;   // Of the rows past the end of the column.
    boost::unordered_flat_map<ValueView, std::uint32_t, IdentityHash, Identical> numbers{};
    std::vector<std::uint32_t> number_of_code{};
  };

  // Numbers of the values of a group.
  struct Combination {
    std::array<std::uint32_t, kKeysMax> numbers{};
    bool operator==(const Combination&) const = default;
  };

  struct CombinationHash {
    std::size_t operator()(const Combination& combination) const;
  };

  [[nodiscard]] bool load(std::uint32_t type, std::uint32_t chunk);
  void number_values(Key& key);
  void combine_codes(std::uint32_t rows);
  void fill_histogram(const RowMask& rows, std::uint32_t row_count);
  // Requires that there is one.
  [[nodiscard]] std::uint32_t first_row_of(std::uint32_t cell, const RowMask& rows) const;

  const RunContext& run_;
  std::span<const ReadId> key_reads_;
  std::vector<Key> keys_;
  std::uint32_t cells_ = 0;  // Combinations of codes on the chunk.
  std::array<std::uint16_t, kChunkRows> cell_of_row_{};
  std::vector<std::uint32_t> histogram_;
  boost::unordered_flat_map<Combination, std::uint32_t, CombinationHash> groups_;
};

}  // namespace callisto::query
