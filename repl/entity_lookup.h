// From what a person calls an entity to its `_id`.
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "repl/console.h"

namespace callisto::repl {

// The `_id` of the only entity with that `_key`, else displayName, else name. What is written as an
// `_id` is taken as one.
//
// Errors: NotFound; InvalidInput when several have it, naming some of them; whatever a query can
// fail with. Complexity: three index lookups, at worst one scan.
[[nodiscard]] Result<std::string> find_entity(Console& console, const std::string& name);

// "web-1.criticality" as ("web-1", "criticality"); two words as they are. The entity is what an
// entity is called: with several dots the longest start that names one wins.
[[nodiscard]] Result<std::pair<std::string, std::string>> find_entity_and_property(
    Console& console, const std::vector<std::string>& words);

// The text as a J1QL string literal.
[[nodiscard]] std::string quoted(std::string_view text);

}  // namespace callisto::repl
