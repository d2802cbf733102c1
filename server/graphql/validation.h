// What is wrong with a document before any of it runs.
#pragma once

#include <cstddef>
#include <optional>

#include "server/graphql/document.h"
#include "server/graphql/schema.h"

namespace callisto::server::graphql {

struct Mistake {
  Error error;
  Place place;  // Line 0: none.
};

// Fields inside fields, fragments counted as such.
inline constexpr std::size_t kSelectionDepthMax = 64;

// The first mistake in a document, by the rules of GraphQL (section 5) that clients of JupiterOne
// keep: names of operations, fragments, variables, arguments and members are unique, fragments and
// variables are known, no fragment holds itself, selections are where they belong, fields of one
// name in the answer are the same.
//
// Left out on purpose are rules that a client of another version of the schema would break: fields
// that are not in this schema (the executor names them beside what it answers) and types, which fit
// everything, types of variables, directives, what a JSON scalar is asked for, and fragments and
// variables that nothing uses. Errors: InvalidInput; LimitExceeded past kSelectionDepthMax.
// Complexity: linear for documents without fragments; fragments are looked at once for each place
// they are merged at, at most 100,000 selections.
[[nodiscard]] std::optional<Mistake> first_mistake(const Document& document, const Schema& schema);

}  // namespace callisto::server::graphql
