// Tests on texts that look at the limits of the run by the bytes they work on: one value may have
// megabytes, one chunk gigabytes.
#pragma once

#include <string_view>

#include "core/columns/column.h"
#include "core/columns/predicate.h"
#include "query/executor/guard.h"

namespace callisto::query {

// A matcher that answers false once the run has to end.
class MeteredMatcher final : public StringMatcher {
 public:
  MeteredMatcher(const StringMatcher& matcher, Guard& guard) : matcher_(matcher), guard_(guard) {}

  [[nodiscard]] bool matches(std::string_view text) const override;

 private:
  const StringMatcher& matcher_;
  Guard& guard_;
};

[[nodiscard]] std::size_t bytes_of_list(ValueView list);

// What a test of a value has to look at, about.
[[nodiscard]] inline std::size_t bytes_to_compare(ValueView value) {
  if (value.kind() == ValueKind::String) return value.as_string().size();
  return value.kind() == ValueKind::List ? bytes_of_list(value) : 0;
}

// select() that looks at the limits within the column when its texts are long. Of a stopped run the
// answer means nothing.
[[nodiscard]] RowMask select_metered(const Column& column,
                                     const Predicate& predicate,
                                     Guard& guard);

}  // namespace callisto::query
