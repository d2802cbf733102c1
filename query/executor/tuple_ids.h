// Numbers for tuples of entities, to be remembered like one.
#pragma once

#include <cstdint>
#include <span>
#include <unordered_map>
#include <utility>

#include "query/executor/run_context.h"

namespace callisto::query {

class TupleIds {
 public:
  // The same number for what a path has at the same variables, and no other for them. One variable
  // is its own number; of several, two at a time get one.
  [[nodiscard]] PackedRef of(std::span<const PackedRef> path,
                             std::span<const VariableId> variables) {
    if (variables.empty()) return 0;
    PackedRef id = path[variables[0]];
    for (std::size_t i = 1; i < variables.size(); ++i) {
      id = ids_.try_emplace({id, path[variables[i]], i}, ids_.size()).first->second;
    }
    return id;
  }

  [[nodiscard]] std::size_t size() const { return ids_.size(); }

  static constexpr std::size_t kBytesEach = 56;

 private:
  struct Pair {
    PackedRef first = 0;  // An entity, or the number of a shorter tuple.
    PackedRef second = 0;
    std::size_t length = 0;
    bool operator==(const Pair&) const = default;
  };

  struct PairHash {
    std::size_t operator()(const Pair& pair) const noexcept {
      const std::uint64_t first = pair.first * 0x9E3779B97F4A7C15ULL;
      return (first ^ (first >> 29U) ^ pair.second) * 0xD6E8FEB86659FD93ULL + pair.length;
    }
  };

  std::unordered_map<Pair, PackedRef, PairHash> ids_;
};

}  // namespace callisto::query
