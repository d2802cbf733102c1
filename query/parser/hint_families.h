// The families of slips that hints_for() looks for. Each function adds what to write instead.
#pragma once

#include <string>
#include <vector>

#include "query/parser/syntax_hints.h"

namespace callisto::query {

using Hints = std::vector<std::string>;

struct ForeignWord {
  std::string_view written;
  std::string_view hint;
};

// condition_hints.cpp: == => LIKE IS NOT; tag.cost-center.
void operator_hints(const SyntaxContext& context, Hints& hints);

// value_hints.cpp: text without quotes, dates, lists, functions and subqueries as values.
void value_hints(const SyntaxContext& context, Hints& hints);

// pattern_hints.cpp: targets, verbs, arrows, optional traversals, WITH at the wrong place.
void pattern_hints(const SyntaxContext& context, Hints& hints);

// odd_name_hints.cpp: my-type, aws.ec2.vm, THAT IS-A: names that are no words.
void odd_name_hints(const SyntaxContext& context, Hints& hints);

// backslashes.cpp: 'C:\\'.
void backslash_hints(const SyntaxContext& context, Hints& hints);

// typographic_hints.cpp: – ≥ → and the like. Whether nothing else needs to be said.
bool typographic_hints(const SyntaxContext& context, Hints& hints);

// clause_hints.cpp: WHERE, RETURN, ORDER BY, LIMIT and their order.
void clause_hints(const SyntaxContext& context, Hints& hints);

// word_hints.cpp: the nearest word of the language, and what a plain word may have been meant for.
void word_hints(const SyntaxContext& context, Hints& hints);

// syntax_context.cpp: the "(" that nothing closes, the ")" that closes nothing.
void parenthesis_hints(const SyntaxContext& context, Hints& hints);

}  // namespace callisto::query
