// Many values to look one up in: the operand of an equality with a long list.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include <callisto/value_view.h>

namespace callisto {

// Immutable. Holds the views: what they point to must outlive the set.
class ValueSet {
 public:
  // Equal values may come again. Complexity: linear.
  explicit ValueSet(std::span<const ValueView> values);

  // `value`, or an element of it when it is a list, is equal to one of the set (j1ql 4.4).
  [[nodiscard]] bool contains_any(ValueView value) const;
  [[nodiscard]] bool contains(ValueView scalar) const;

  [[nodiscard]] std::size_t bytes() const {
    return values_.capacity() * sizeof(ValueView) + slots_.capacity() * sizeof(std::uint64_t);
  }

 private:
  std::vector<ValueView> values_;     // Distinct.
  std::vector<std::uint64_t> slots_;  // Open addressing: high half of a hash, index + 1.
  std::size_t longest_text_ = 0;      // Longer ones need not be hashed.
};

}  // namespace callisto
