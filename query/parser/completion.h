// What may stand at the cursor: the source of a shell's or an editor's completion.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <callisto/error.h>

namespace callisto::query {

enum class CompletionWant : std::uint8_t {
  Class,
  Type,
  SmartClass,  // With its #.
  Verb,
  Property,  // Of the entities that `targets` names.
  Selector,  // One of `selectors`.
  Column,    // One of `columns`.
  Function,  // One of kFunctionNames.
  Value,     // A value of `property` of the entities that `targets` names.
};

inline constexpr std::array<std::string_view, 14> kFunctionNames = {"abs",
                                                                    "avg",
                                                                    "ceil",
                                                                    "coalesce",
                                                                    "concat",
                                                                    "count",
                                                                    "floor",
                                                                    "max",
                                                                    "merge",
                                                                    "min",
                                                                    "round",
                                                                    "sqrt",
                                                                    "sum",
                                                                    "unwind"};

struct Completion {
  SourceSpan prefix{};                   // The typed part of the word: what a choice replaces.
  std::vector<std::string> keywords{};   // Legal here and starting with the prefix: `WITH`.
  std::set<CompletionWant> wants{};      // Names that the caller knows.
  std::vector<std::string> targets{};    // Classes and types; empty when any entity may be meant.
  std::string selector{};                // Before a property: `u` of `u.na`.
  std::string property{};                // Before a value: the property compared.
  std::vector<std::string> selectors{};  // Aliases and default aliases named so far.
  std::vector<std::string> columns{};    // Columns of RETURN.
  bool in_string = false;                // The cursor is inside a string: offer bare text.
  bool in_list = false;                  // A target is a member of a list: WITH cannot follow.
};

// What may follow text[0, offset); what stands after the cursor is not looked at. Of a script, the
// statement at the cursor counts. Empty where the text before the cursor is wrong already, and
// inside a comment.
// Complexity: linear in offset. Thread safety: no shared state.
[[nodiscard]] Completion complete(std::string_view text, std::size_t offset);

}  // namespace callisto::query
