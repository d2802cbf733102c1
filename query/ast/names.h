// How names that the graph has are written in a query (j1ql 1.13, 1.14, 3.1). Not every name is a
// word: types may hold dashes, dots, blanks, or be words of the language.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace callisto::query {

// Whether the bare word, as a target, means the class or type of that name.
[[nodiscard]] bool is_target_word(std::string_view name, bool is_class);

// Whether the bare word after THAT means the verb of that name.
[[nodiscard]] bool is_verb_word(std::string_view name);

// What FIND takes: `Host`, or `* WITH _type = 'my-type'`.
[[nodiscard]] std::string target_text(std::string_view name, bool is_class);

// `name`, `tag.Env` or `[odd name]`; nothing for a name that cannot be written.
[[nodiscard]] std::optional<std::string> property_text(std::string_view name);

}  // namespace callisto::query
