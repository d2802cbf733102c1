// What the files of the tree builder share.
#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include <callisto/error.h>

namespace callisto::query {

// Where a condition stands decides what a name in it means (ast::PropertyRef).
enum class FilterPlace : std::uint8_t { With, Where, Having };

// Token indexes, half open.
struct TokenRange {
  std::size_t begin = 0;
  std::size_t end = 0;
};

// Thrown by the builder for text that fits the grammar and breaks a rule; parse() catches it.
struct Refusal {
  Error error;
};

template <class T>
T take_last(std::vector<T>& stack) {
  T taken = std::move(stack.back());
  stack.pop_back();
  return taken;
}

}  // namespace callisto::query
