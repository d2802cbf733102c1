// The grammar behind one function, so that PEGTL stays in one file.
#pragma once

#include <optional>
#include <string_view>

#include "query/parser/token.h"
#include "query/parser/tree_builder.h"
#include <callisto/error.h>

namespace callisto::query {

// Runs the grammar over the tokens of `text`. Empty when they are a query: take it from the
// builder. Otherwise the error, and the builder says how far the grammar came and what it would
// have taken.
[[nodiscard]] std::optional<Error> run_grammar(std::string_view text,
                                               const TokenList& list,
                                               TreeBuilder& builder);

}  // namespace callisto::query
