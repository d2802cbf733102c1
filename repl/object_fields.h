// The JSON form of an entity or relationship, opened up for people. The only door to nlohmann/json
// in the command.
#pragma once

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

// Same, for the value of ${name}. Errors: InvalidInput for a JSON object, which no property equals.
[[nodiscard]] Result<Value> variable_from_text(std::string_view text);

// JSON over several lines, two blanks for each level; text that is not JSON comes back as it is.
[[nodiscard]] std::string pretty_json(std::string_view json);

}  // namespace callisto::repl
