// The prepared queries of one session by their text; the least recently used goes first.
#pragma once

#include <cstddef>
#include <list>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "query/engine.h"

namespace callisto {

// Not thread-safe.
class PlanCache {
 public:
  explicit PlanCache(std::size_t entries_max) : entries_max_(entries_max) {}

  // nullptr: not there.
  [[nodiscard]] query::PreparedPtr find(std::string_view text) {
    const auto found = by_text_.find(text);
    if (found == by_text_.end()) return nullptr;
    entries_.splice(entries_.begin(), entries_, found->second);
    return found->second->prepared;
  }

  // Requires that find(text) gave nothing.
  void insert(std::string_view text, query::PreparedPtr prepared) {
    std::list<Entry> fresh;
    fresh.push_front({std::string(text), std::move(prepared)});
    by_text_.emplace(fresh.front().text, fresh.begin());
    entries_.splice(entries_.begin(), fresh);
    if (entries_.size() <= entries_max_) return;
    by_text_.erase(entries_.back().text);
    entries_.pop_back();
  }

  void clear() {
    by_text_.clear();
    entries_.clear();
  }

  [[nodiscard]] std::size_t size() const { return entries_.size(); }

 private:
  struct Entry {
    std::string text;
    query::PreparedPtr prepared;
  };

  std::size_t entries_max_;
  std::list<Entry> entries_;  // Most recently used first.
  std::unordered_map<std::string_view, std::list<Entry>::iterator> by_text_;
};

}  // namespace callisto
