// What a reader is told about text that is not J1QL. Source: j1ql 9.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "query/parser/expectation.h"
#include "query/parser/token.h"
#include <callisto/error.h>

namespace callisto::query {

// `Error parsing query. Unexpected token "X" at line 1 column 7.`, then `why` as its own sentence.
[[nodiscard]] Error refusal(std::string_view text,
                            SourceSpan span,
                            std::string_view why,
                            std::vector<std::string> hints = {});

[[nodiscard]] Error limit_error(SourceSpan span, std::string message);

// The grammar stopped at token `index`, where it would have taken one of `expected`.
[[nodiscard]] Error syntax_error(std::string_view text,
                                 const TokenList& list,
                                 std::size_t index,
                                 const ExpectSet& expected);

}  // namespace callisto::query
