// Reading values: kinds, comparison and conversion without owning.
#include <algorithm>
#include <bit>
#include <cmath>
#include <utility>

#include "core/values/arena.h"
#include "core/values/text_hash.h"
#include <callisto/value_view.h>

namespace callisto {

namespace {

// Stand-ins for all zeros and all NaNs: bits of no number that is stored.
constexpr std::uint64_t kZeroHash = 0xFFF8'0000'0000'0001ULL;
constexpr std::uint64_t kNanHash = 0xFFF8'0000'0000'0002ULL;

// ORDER BY ranks (j1ql 8.2).
int rank(ValueKind kind) {
  switch (kind) {
    case ValueKind::Number:
      return 0;
    case ValueKind::String:
      return 1;
    case ValueKind::Bool:
      return 2;
    case ValueKind::List:
      return 3;
    case ValueKind::Null:
      break;
  }
  return 4;
}

std::strong_ordering compare_numbers(double a, double b) {
  if (a < b) return std::strong_ordering::less;
  if (a > b) return std::strong_ordering::greater;
  // Equal, or at least one NaN: NaN comes after every number.
  return static_cast<int>(std::isnan(a)) <=> static_cast<int>(std::isnan(b));
}

Scalar to_scalar(ValueView view) {
  switch (view.kind()) {
    case ValueKind::Bool:
      return view.as_bool();
    case ValueKind::Number:
      return view.as_number();
    case ValueKind::String:
      return std::string(view.as_string());
    case ValueKind::Null:
    case ValueKind::List:  // Lists do not nest in the data model.
      break;
  }
  return Null{};
}

struct ViewMaker {
  Arena& arena;

  ValueView operator()(const Null& /*absent*/) const { return {}; }

  ValueView operator()(bool value) const { return ValueView::boolean(value); }

  ValueView operator()(double value) const { return ValueView::number(value); }

  ValueView operator()(const std::string& value) const { return ValueView::string(value); }

  ValueView operator()(const List& list) const {
    const std::span<ValueView> elements = arena.allocate_array<ValueView>(list.size());
    for (std::size_t i = 0; i < list.size(); ++i) {
      elements[i] = std::visit(*this, list[i]);
    }
    return ValueView::list(elements);
  }
};

}  // namespace

bool ValueView::equal(ValueView a, ValueView b) {
  if (a.kind_ != b.kind_) return false;
  switch (a.kind_) {
    case ValueKind::Null:
      return true;
    case ValueKind::Bool:
      return a.as_bool() == b.as_bool();
    case ValueKind::Number:
      return a.as_number() == b.as_number() ||
             (std::isnan(a.as_number()) && std::isnan(b.as_number()));
    case ValueKind::String:
      return a.as_string() == b.as_string();
    case ValueKind::List:
      break;
  }
  return std::ranges::equal(a.as_list(), b.as_list());
}

std::uint64_t hash_value(ValueView value) {
  // Equal values must have equal hashes: both zeros, and all NaNs, are one value.
  const auto seed = static_cast<std::uint64_t>(value.kind());
  switch (value.kind()) {
    case ValueKind::Null:
      break;
    case ValueKind::Bool:
      return hash_word(seed << 8U | static_cast<std::uint64_t>(value.as_bool()));
    case ValueKind::Number: {
      const double number = value.as_number();
      if (number == 0) return hash_word(kZeroHash);
      if (std::isnan(number)) return hash_word(kNanHash);
      return hash_word(std::bit_cast<std::uint64_t>(number));
    }
    case ValueKind::String:
      return hash_text(value.as_string());
    case ValueKind::List: {
      std::uint64_t hash = seed + value.as_list().size();
      for (const ValueView element : value.as_list()) {
        hash = hash_word(hash * 31 + hash_value(element));
      }
      return hash;
    }
  }
  return hash_word(seed << 8U);
}

std::strong_ordering compare_total(ValueView a, ValueView b) {
  if (a.kind() != b.kind()) return rank(a.kind()) <=> rank(b.kind());
  switch (a.kind()) {
    case ValueKind::Null:
      break;
    case ValueKind::Bool:
      return static_cast<int>(a.as_bool()) <=> static_cast<int>(b.as_bool());
    case ValueKind::Number:
      return compare_numbers(a.as_number(), b.as_number());
    case ValueKind::String:
      return a.as_string() <=> b.as_string();
    case ValueKind::List:
      return std::lexicographical_compare_three_way(a.as_list().begin(),
                                                    a.as_list().end(),
                                                    b.as_list().begin(),
                                                    b.as_list().end(),
                                                    compare_total);
  }
  return std::strong_ordering::equal;
}

Value to_value(ValueView view) {
  if (view.kind() == ValueKind::List) {
    List list;
    list.reserve(view.as_list().size());
    for (const ValueView element : view.as_list()) {
      list.push_back(to_scalar(element));
    }
    return list;
  }
  return std::visit([](auto&& scalar) -> Value { return std::forward<decltype(scalar)>(scalar); },
                    to_scalar(view));
}

ValueView view_of(const Value& value, Arena& arena) {
  return std::visit(ViewMaker{arena}, value);
}

}  // namespace callisto
