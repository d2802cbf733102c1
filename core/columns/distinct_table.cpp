#include "core/columns/distinct_table.h"

#include <span>

namespace callisto {

bool identical_lists(ValueView a, ValueView b) {
  const std::span<const ValueView> left = a.as_list();
  const std::span<const ValueView> right = b.as_list();
  if (left.size() != right.size()) return false;
  if (left.data() == right.data()) return true;
  for (std::size_t i = 0; i < left.size(); ++i) {
    if (!identical(left[i], right[i])) return false;
  }
  return true;
}

std::uint64_t identity_hash_of_list(ValueView list) {
  std::uint64_t hash = list.as_list().size();
  for (const ValueView& element : list.as_list()) {
    hash = hash_word(hash ^ identity_hash(element));
  }
  return hash;
}

}  // namespace callisto
