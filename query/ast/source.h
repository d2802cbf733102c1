// What every node of the syntax tree is made of: a place in the text, a name, an owned child.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <utility>

#include <callisto/error.h>

namespace callisto::query::ast {

// Where a node stands in the text: byte offsets, half open. Two spans always compare equal, so that
// the defaulted == of every node compares what the query says and not where it says it.
struct Span : SourceSpan {
  constexpr Span() = default;

  constexpr Span(std::uint32_t first, std::uint32_t last) : SourceSpan{first, last} {}

  friend constexpr bool operator==(const Span& /*a*/, const Span& /*b*/) { return true; }
};

// A word of the query, brackets and quotes removed.
struct Name {
  std::string text;
  Span span{};

  bool operator==(const Name&) const = default;
};

// An owned child that copies deeply: unique_ptr with the semantics of a value. Never null, except
// after it was moved from.
template <class T>
class Box {
 public:
  explicit Box(T value) : value_(std::make_unique<T>(std::move(value))) {}

  Box(const Box& other) : value_(std::make_unique<T>(*other.value_)) {}

  Box(Box&&) noexcept = default;
  Box& operator=(Box&&) noexcept = default;
  ~Box() = default;

  Box& operator=(const Box& other) {
    if (this != &other) value_ = std::make_unique<T>(*other.value_);
    return *this;
  }

  [[nodiscard]] T& operator*() { return *value_; }

  [[nodiscard]] const T& operator*() const { return *value_; }

  [[nodiscard]] T* operator->() { return value_.get(); }

  [[nodiscard]] const T* operator->() const { return value_.get(); }

  friend bool operator==(const Box& a, const Box& b) { return *a == *b; }

 private:
  std::unique_ptr<T> value_;
};

}  // namespace callisto::query::ast
