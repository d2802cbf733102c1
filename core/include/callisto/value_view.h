// A property value that owns nothing: 16 bytes, the currency of columns, uploads and query rows.
//
//   kind | size | payload            payload: bool, double, const char*, or const ValueView*
//
// Lifetime: a string or list view points into a Dictionary, a Column, an Arena or a Value and is
// valid as long as that is.
#pragma once

#include <compare>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string_view>

#include <callisto/value.h>

namespace callisto {

// g++ 12 takes a scoped enumerator for a shadow of the type of the same name.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wshadow"
enum class ValueKind : std::uint8_t { Null, Bool, Number, String, List };
#pragma GCC diagnostic pop

class ValueView {
 public:
  constexpr ValueView() = default;

  [[nodiscard]] static constexpr ValueView boolean(bool value) {
    ValueView view;
    view.kind_ = ValueKind::Bool;
    view.payload_.boolean = value;
    return view;
  }

  [[nodiscard]] static constexpr ValueView number(double value) {
    ValueView view;
    view.kind_ = ValueKind::Number;
    view.payload_.number = value;
    return view;
  }

  // Requires less than 4 GiB.
  [[nodiscard]] static constexpr ValueView string(std::string_view value) {
    ValueView view;
    view.kind_ = ValueKind::String;
    view.size_ = static_cast<std::uint32_t>(value.size());
    view.payload_.text = value.data();
    return view;
  }

  // Requires fewer than 2^32 elements, none of them a list.
  [[nodiscard]] static constexpr ValueView list(std::span<const ValueView> elements) {
    ValueView view;
    view.kind_ = ValueKind::List;
    view.size_ = static_cast<std::uint32_t>(elements.size());
    view.payload_.elements = elements.data();
    return view;
  }

  [[nodiscard]] constexpr ValueKind kind() const { return kind_; }

  [[nodiscard]] constexpr bool is_null() const { return kind_ == ValueKind::Null; }

  // Of a value of another kind these give false, NaN, the empty text and the empty list.
  [[nodiscard]] constexpr bool as_bool() const {
    return kind_ == ValueKind::Bool && payload_.boolean;
  }

  [[nodiscard]] constexpr double as_number() const {
    return kind_ == ValueKind::Number ? payload_.number : std::numeric_limits<double>::quiet_NaN();
  }

  [[nodiscard]] constexpr std::string_view as_string() const {
    if (kind_ != ValueKind::String) return {};
    return {payload_.text, size_};
  }

  [[nodiscard]] constexpr std::span<const ValueView> as_list() const {
    if (kind_ != ValueKind::List) return {};
    return {payload_.elements, size_};
  }

  // The same, and nothing when the value is of another kind.
  [[nodiscard]] constexpr std::optional<bool> if_bool() const {
    if (kind_ != ValueKind::Bool) return std::nullopt;
    return payload_.boolean;
  }

  [[nodiscard]] constexpr std::optional<double> if_number() const {
    if (kind_ != ValueKind::Number) return std::nullopt;
    return payload_.number;
  }

  [[nodiscard]] constexpr std::optional<std::string_view> if_string() const {
    if (kind_ != ValueKind::String) return std::nullopt;
    return std::string_view{payload_.text, size_};
  }

  [[nodiscard]] constexpr std::optional<std::span<const ValueView>> if_list() const {
    if (kind_ != ValueKind::List) return std::nullopt;
    return std::span<const ValueView>{payload_.elements, size_};
  }

  // Strict equality: no coercion between kinds; lists element by element, in order; NaN equals NaN.
  friend bool operator==(ValueView a, ValueView b) { return equal(a, b); }

 private:
  static bool equal(ValueView a, ValueView b);

  union Payload {
    const char* text = nullptr;
    bool boolean;
    double number;
    const ValueView* elements;
  };

  ValueKind kind_ = ValueKind::Null;
  std::uint32_t size_ = 0;
  Payload payload_{};
};

static_assert(sizeof(ValueView) == 16);

class Arena;

[[nodiscard]] std::uint64_t hash_value(ValueView value);

// Total order for ORDER BY: numbers < strings < booleans < lists (by first difference) < null.
// (j1ql 8.2)
[[nodiscard]] std::strong_ordering compare_total(ValueView a, ValueView b);

[[nodiscard]] Value to_value(ValueView view);

// A view of `value`; list elements are copied into `arena`, strings are not copied.
[[nodiscard]] ValueView view_of(const Value& value, Arena& arena);

[[nodiscard]] std::string to_json(ValueView value);
void append_json(std::string& out, ValueView value);
void append_json_string(std::string& out, std::string_view text);

}  // namespace callisto
