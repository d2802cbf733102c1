// Operators of other languages, names that need brackets.
#include <array>

#include "query/parser/hint_families.h"

namespace callisto::query {
namespace {

template <std::size_t N>
void add_foreign(const SyntaxContext& context,
                 const std::array<ForeignWord, N>& table,
                 Hints& hints) {
  for (const ForeignWord& entry : table) {
    if (context.word_is(entry.written)) hints.emplace_back(entry.hint);
  }
}

constexpr std::array kOperators = {
    ForeignWord{"==", "Write = for equal."},
    ForeignWord{"===", "Write = for equal."},
    ForeignWord{"=>", "Write >= for greater or equal."},
    ForeignWord{"=<", "Write <= for less or equal."},
    ForeignWord{"<>", "Write != for not equal."},
    ForeignWord{"=!", "Write != for not equal."},
    ForeignWord{"!==", "Write != for not equal."},
    ForeignWord{"=~", "Write ~= for contains, or = /pattern/ for a regular expression."},
    ForeignWord{"~", "Write ~= for contains."},
    ForeignWord{"!~", "Write !~= for does not contain."},
    ForeignWord{":=", "Write = for equal."},
    ForeignWord{"->", "Write the direction after the verb: THAT HAS >> Device."},
    ForeignWord{"&&", "Write AND."},
    ForeignWord{"||", "Write OR between conditions, | between classes or verbs."},
};

constexpr std::array kOperatorWords = {
    ForeignWord{"LIKE", "Write ~= for contains, ^= for starts with, $= for ends with."},
    ForeignWord{"ILIKE", "Write = /text/i for a search without regard to case."},
    ForeignWord{"IN", "Write = ('a' OR 'b')."},
    ForeignWord{"BETWEEN", "Write two comparisons: x >= 1 AND x <= 9."},
    ForeignWord{"CONTAINS", "Write ~= for contains."},
    ForeignWord{"INCLUDES", "Write = for one of several values, ~= for part of a text."},
    ForeignWord{"STARTS", "Write ^= for starts with."},
    ForeignWord{"STARTSWITH", "Write ^= for starts with."},
    ForeignWord{"ENDS", "Write $= for ends with."},
    ForeignWord{"ENDSWITH", "Write $= for ends with."},
    ForeignWord{"MATCHES", "Write = /pattern/."},
    ForeignWord{"REGEXP", "Write = /pattern/."},
    ForeignWord{"RLIKE", "Write = /pattern/."},
    ForeignWord{"EQUALS", "Write = for equal."},
    ForeignWord{"EQ", "Write = for equal."},
    ForeignWord{"NE", "Write != for not equal."},
    ForeignWord{"GT", "Write > for greater."},
    ForeignWord{"LT", "Write < for less."},
    ForeignWord{"EXISTS", "Write != undefined."},
};

constexpr std::string_view kNoNot = "There is no NOT: negate the operator, as in != !~= !^= !$=.";

// IS NULL, NOT active = true, WHERE NOT u.active = true.
void negation_hints(const SyntaxContext& c, Hints& hints) {
  if (c.word_is("IS")) {
    hints.emplace_back(c.word_is("NOT", 1) ? "Write != undefined." : "Write = undefined.");
  }
  if (!c.word_is("NOT") && !c.word_is("NOT", -1)) return;
  const bool cidr = c.kind() == Kind::Cidr && c.kind(1) == Kind::LeftParen;
  hints.emplace_back(cidr ? "Write ! before it: !cidr(…)." : kNoNot);
}

// tag.cost-center and tag.1.1: a name that needs brackets.
void bracket_hint(const SyntaxContext& c, Hints& hints) {
  const bool after_name = c.wants(Expect::CompareOperator) || c.wants(Expect::Property) ||
                          c.wants(Expect::SelectorProperty) || c.wants(Expect::SortKey) ||
                          c.wants(Expect::Dot);
  const bool number =
      c.kind() == Kind::Minus || c.kind() == Kind::Integer || c.kind() == Kind::Decimal;
  const bool character =
      c.kind() == Kind::Bad && c.list.tokens[c.index].flaw == Flaw::UnknownCharacter;
  const auto& tokens = c.list.tokens;
  std::size_t first = c.index;
  while (first > 0 && tokens[first - 1].end == tokens[first].begin &&
         (is_word(tokens[first - 1].kind) || tokens[first - 1].kind == Kind::Dot)) {
    --first;
  }
  // A number alone is a number.
  if (!after_name || !(character || (number && first < c.index))) return;
  const auto last = static_cast<std::size_t>(static_cast<std::ptrdiff_t>(c.index) + c.run_on());
  const bool with_selector = c.clause() != Kind::With && c.clause() != Kind::Having;
  std::string prefix;
  if (with_selector && tokens[first + 1].kind == Kind::Dot) {
    prefix = std::string(tokens[first].text(c.text)) + ".";
    first += 2;
  }
  if (first > last) return;
  const std::string_view name =
      c.text.substr(tokens[first].begin, tokens[last].end - tokens[first].begin);
  hints.push_back("A name with other characters than letters, digits and _ goes in brackets: " +
                  prefix + "[" + std::string(name) + "].");
}

}  // namespace

void operator_hints(const SyntaxContext& c, Hints& hints) {
  if (c.kind() == Kind::Bad) add_foreign(c, kOperators, hints);
  bracket_hint(c, hints);
  const bool after_not = c.wants(Expect::Dot) && c.clause() == Kind::Where && c.word_is("NOT", -1);
  if (!c.wants(Expect::CompareOperator) && !after_not) return;
  if (c.wants(Expect::CompareOperator)) add_foreign(c, kOperatorWords, hints);
  negation_hints(c, hints);
}

}  // namespace callisto::query
