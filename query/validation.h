// Is a text a query that could run? Without a graph.
#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include <callisto/definitions.h>
#include <callisto/error.h>
#include <callisto/query_result.h>

namespace callisto::query {

// Parses and binds a query as Session::prepare() does. A placeholder outside of quotes that another
// program fills in, `{{x}}` or `${x}` where J1QL takes no parameter, may stand for a value, a word,
// a condition or nothing: a query is refused only if none of these makes it one. Selectors that
// come out of a placeholder are not checked.
//
// Errors: ParseError, BindError, LimitExceeded, with spans into `text`.
// Complexity: as parse(); with placeholders, as parse() times eight for each of them.
[[nodiscard]] Status validate(std::string_view text,
                              const std::shared_ptr<const Definitions>& definitions);

// What portability_of() says of the query in a text that validate() accepts, spans into `text`.
// Complexity: as validate().
[[nodiscard]] std::vector<Warning> portability_warnings(std::string_view text);

}  // namespace callisto::query
