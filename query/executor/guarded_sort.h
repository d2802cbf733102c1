// Sorting that ends when the run has to.
#pragma once

#include <algorithm>
#include <vector>

#include "query/executor/guard.h"

namespace callisto::query {

// Brings the first `wanted` in order. Of a stopped run the order means nothing. An order that
// suddenly stops being one would break std::sort, so the way out of it is an exception, which does
// not leave this function.
template <class T, class Before>
void guarded_sort(std::vector<T>& values, std::size_t wanted, Guard& guard, const Before& before) {
  struct Stopped {};

  const auto guarded = [&](const T& a, const T& b) {
    if (guard.step()) throw Stopped{};
    return before(a, b);
  };
  if (guard.stopped()) return;
  try {
    if (wanted >= values.size()) {
      std::sort(values.begin(), values.end(), guarded);
    } else {
      const auto end = values.begin() + static_cast<std::ptrdiff_t>(wanted);
      std::partial_sort(values.begin(), end, values.end(), guarded);
    }
  } catch (const Stopped&) {
    return;
  }
}

template <class T>
void guarded_sort(std::vector<T>& values, Guard& guard) {
  guarded_sort(values, values.size(), guard, std::less<>());
}

}  // namespace callisto::query
