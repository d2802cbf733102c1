// Text -> tokens. Source: j1ql 1.
#pragma once

#include <string_view>

#include "query/parser/token.h"

namespace callisto::query {

// Cuts a text into tokens; blanks and comments vanish. Never fails: what is no word of J1QL becomes
// a Bad token with its flaw, and the grammar refuses it where it stands. `text` is at most 4 GB.
//
// Complexity: linear. No recursion.
[[nodiscard]] TokenList tokenize(std::string_view text);

// The value of a String token's text, quotes included: escapes are \\ \" \' \n \t; any other
// backslash stays (j1ql 1.7).
[[nodiscard]] std::string unquote(std::string_view quoted);

}  // namespace callisto::query
