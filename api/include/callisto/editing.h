// What an editor of J1QL needs beside running it: is this text complete, what may come next, and
// what is wrong with it, drawn under the text.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include <callisto/error.h>
#include <callisto/query_result.h>

namespace callisto {

class Database;

// The error with the line of `text` it is about, carets under the span, and the hints; several
// lines without a newline at the end. `text` is what was passed to Session::run().
[[nodiscard]] std::string describe_error(std::string_view text, const Error& error);

// Whether a text typed so far ends a statement: with a `;` outside strings, brackets, regular
// expressions and comments, or it is empty.
[[nodiscard]] bool is_complete_query(std::string_view text);

// The query over several lines: keywords in upper case, a line for each hop and each clause,
// comments where they were. What it means stays the same. Errors: ParseError; InvalidInput when a
// comment cannot be kept.
[[nodiscard]] Result<std::string> format_query(std::string_view text);

// The same for every query of a text in which a `;` ends each. Errors: those, with spans into
// `text`; nothing is formatted then.
[[nodiscard]] Result<std::string> format_queries(std::string_view text);

// Whether a text is a query that could run, by its syntax, selectors and functions; classes, types
// and properties are not looked up in any graph. A placeholder that another program fills in,
// `{{x}}` or `${x}`, may stand for a value, a word, a condition or nothing.
// Errors: ParseError, BindError, LimitExceeded, with spans into `text`.
[[nodiscard]] Status validate_query(std::string_view text);

// What of a query that validate_query() accepts is an extension of ours, as docs/j1ql.md lists
// them, with spans into `text`.
[[nodiscard]] std::vector<Warning> portability_warnings(std::string_view text);

// Where the queries of a text stand that a `;` ends, without it and the blanks around. What holds
// nothing but blanks and comments is left out. Complexity: linear.
[[nodiscard]] std::vector<SourceSpan> split_queries(std::string_view text);

// Words that may stand at the cursor, whole; each replaces text[begin, offset).
struct QueryCompletions {
  std::size_t begin = 0;
  std::vector<std::string> words;
};

// Keywords, aliases and functions that the grammar allows after text[0, offset), and what the graph
// has where a name may stand: classes, types, verbs that leave the entity before, properties and
// values of the entities meant. Keywords come first, names by frequency.
// Complexity: linear in the text and in the names of the graph; properties cost a look at their
// statistics or one scan of the types meant.
[[nodiscard]] QueryCompletions complete_query(const Database& database,
                                              std::string_view text,
                                              std::size_t offset);

}  // namespace callisto
