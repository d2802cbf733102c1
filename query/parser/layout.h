// What people wrote and the tree does not keep, and lines that are not too long.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace callisto::query {

// The printed query with the parentheses that the text has and the printer left out. Whether it
// still means the same is for the caller to see. The printed query itself when the text is too long
// to compare.
// Complexity: the product of the numbers of tokens, where there is something to put back.
[[nodiscard]] std::string weave_parentheses(std::string_view text, std::string_view printed);

// Breaks lines of more than `width` characters between tokens: at AND, OR, commas and | of the
// outermost parentheses first, else at any blank. A longer token stays whole.
[[nodiscard]] std::string break_lines(std::string_view printed, std::size_t width);

}  // namespace callisto::query
