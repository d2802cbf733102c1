// Which way a condition goes on, where one token does not tell: values and properties may stand on
// either side of an operator (j1ql 4.14), and a parenthesis may open a group of conditions, a list
// of values, a subquery or, in HAVING, an expression.
//
// Each answer looks at most as far as the parenthesis goes, and those nest kNestingDepthMax deep.
#pragma once

#include <cstddef>

#include "query/parser/token.h"

namespace callisto::query {

// A value begins here.
[[nodiscard]] bool value_ahead(const TokenList& list, std::size_t index);

// A value and a comparison operator after it.
[[nodiscard]] bool left_value_ahead(const TokenList& list, std::size_t index);

// In HAVING: a parenthesis that no operator follows.
[[nodiscard]] bool group_ahead(const TokenList& list, std::size_t index);

// In HAVING: a parenthesis around values, so no part of an expression.
[[nodiscard]] bool list_ahead(const TokenList& list, std::size_t index);

// A parenthesis around one name, which left of an operator is an expression.
[[nodiscard]] bool name_in_parens_ahead(const TokenList& list, std::size_t index);

}  // namespace callisto::query
