// Comments, which no tree keeps: taken from a text and woven into another writing of the same
// query.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace callisto::query {

struct Comment {
  std::string_view text;   // With its /* and */.
  std::size_t next = 0;    // The token that follows, of tokenize().
  bool own_line = false;   // Nothing but blanks before it on its line.
  bool ends_line = false;  // Nothing but blanks after it on its line.
};

// All comments, in order. Complexity: linear.
[[nodiscard]] std::vector<Comment> comments_of(std::string_view text);

// `printed` with the comments of `text`, which says the same in other words: each stands before the
// token that followed it, on a line of its own or at the end of a line where it did so before and
// the new lines allow it. Empty when the two have too many tokens to be laid side by side.
// Complexity: the product of the numbers of their tokens.
[[nodiscard]] std::string weave_comments(std::string_view text,
                                         const std::vector<Comment>& comments,
                                         std::string_view printed);

}  // namespace callisto::query
