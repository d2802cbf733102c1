// The JSON form of an entity or relationship, opened up for people. The only door to nlohmann/json
// in the command.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <callisto/error.h>
#include <callisto/value.h>

namespace callisto::repl {

struct ObjectFields {
  std::string id;
  std::string label;  // displayName, else name, else _key, else the id.
  bool relationship = false;
  std::string from_id;  // Relationships only.
  std::string to_id;
  // Core fields that are there, then the properties, each by name; absent ones are left out.
  std::vector<std::pair<std::string, Value>> fields;
};

// Opens {"id", "entity" or "relationship", "properties"}. Text of another shape gives no fields.
[[nodiscard]] ObjectFields open_object(std::string_view json);

// A value from the command line: JSON when the whole text is a JSON scalar or a list of scalars of
// one kind (5, true, null, "a b", ["x","y"]), else the text itself as a string.
[[nodiscard]] Value value_from_text(std::string_view text);

// Same. Errors: InvalidInput for NaN, Infinity and numbers beyond the range of a double, alone or
// in a list, which would else be taken for a text without a word.
[[nodiscard]] Result<Value> typed_value(std::string_view text);

// A text as typed, but what is JSON in double quotes is its content; null and lists are JSON, too.
[[nodiscard]] Result<Value> text_from_text(std::string_view text);

// The value that `text` is as JSON; nothing when it is none. Errors: as typed_value().
[[nodiscard]] Result<std::optional<Value>> json_value(std::string_view text);

// Same as typed_value(), for the value of ${name}. Errors: also for a JSON object, which no
// property equals.
[[nodiscard]] Result<Value> variable_from_text(std::string_view text);

// JSON over several lines, two blanks for each level; text that is not JSON comes back as it is.
[[nodiscard]] std::string pretty_json(std::string_view json);

}  // namespace callisto::repl
