// Numbers for rows of cells, from 0 on: equal ones share a number. The cells stand elsewhere.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

namespace callisto::query {

class CellNumbers {
 public:
  // The number of cells with that hash for which `same(number)` holds; nullopt: there are none, and
  // those asked for have the next number from now on. Complexity: O(1) in the mean.
  template <class Same>
  [[nodiscard]] std::optional<std::uint32_t> find_or_add(std::uint64_t hash, Same&& same) {
    std::size_t slot = hash & mask();
    for (; slots_[slot] != 0; slot = (slot + 1) & mask()) {
      const std::uint32_t number = slots_[slot] - 1;
      if (hashes_[number] == hash && same(number)) return number;
    }
    hashes_.push_back(hash);
    slots_[slot] = static_cast<std::uint32_t>(hashes_.size());
    if (hashes_.size() * 2 > slots_.size()) grow();
    return std::nullopt;
  }

  static constexpr std::size_t kBytesEach = sizeof(std::uint64_t) + 4 * sizeof(std::uint32_t);

 private:
  static constexpr std::size_t kSlotsAtFirst = 64;

  [[nodiscard]] std::size_t mask() const { return slots_.size() - 1; }

  void grow() {
    slots_.assign(slots_.size() * 2, 0);
    for (std::uint32_t number = 0; number < hashes_.size(); ++number) {
      std::size_t slot = hashes_[number] & mask();
      while (slots_[slot] != 0) {
        slot = (slot + 1) & mask();
      }
      slots_[slot] = number + 1;
    }
  }

  std::vector<std::uint64_t> hashes_;                                                // Per number.
  std::vector<std::uint32_t> slots_ = std::vector<std::uint32_t>(kSlotsAtFirst, 0);  // Number + 1.
};

}  // namespace callisto::query
