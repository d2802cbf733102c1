// WHERE, RETURN, HAVING, ORDER BY, SKIP, LIMIT: their contents and their order.
#include <array>

#include "query/parser/hint_families.h"

namespace callisto::query {
namespace {

constexpr std::array kClauseWords = {
    ForeignWord{"GROUP", "There is no GROUP BY: RETURN groups by all items that do not aggregate."},
    ForeignWord{"DISTINCT", "Write FIND UNIQUE; count is distinct by itself."},
    ForeignWord{"SELECT",
                "A query starts with FIND: FIND User WITH active = true RETURN User.name."},
    ForeignWord{"MATCH", "A query starts with FIND: FIND User THAT HAS Device."},
    ForeignWord{"FROM", "There is no FROM: the class or type follows FIND, as in FIND Host."},
    ForeignWord{"OFFSET", "Write SKIP."},
    ForeignWord{"TOP", "Write LIMIT at the end."},
};

bool is_clause_word(Kind kind) {
  return kind == Kind::With || kind == Kind::That || kind == Kind::Where || kind == Kind::Return ||
         kind == Kind::Having || kind == Kind::Order;
}

// WHERE names what a property is of.
void where_hints(const SyntaxContext& c, Hints& hints) {
  if (c.clause() != Kind::Where) return;
  constexpr std::string_view kRule = "In WHERE a property follows an alias, class or type: ";
  if (c.kind() == Kind::Bracket && c.wants(Expect::Selector)) {
    const std::string_view inside = c.word().substr(1, c.word().size() - 2);
    const std::size_t dot = inside.find('.');
    const bool named = dot != std::string_view::npos && c.is_selector(inside.substr(0, dot));
    hints.push_back(std::string(kRule) +
                    (named ? std::string(inside.substr(0, dot + 1)) + "[" +
                                 std::string(inside.substr(dot + 1)) + "]."
                           : c.first_selector() + "." + std::string(c.word()) + "."));
    return;
  }
  const bool bare = c.wants(Expect::Dot) && is_word(c.kind(-1)) && c.kind(-2) != Kind::Dot &&
                    c.kind() != Kind::Minus && !c.word_is("NOT", -1);
  if (!bare) return;
  const std::string word(c.word(-1));
  hints.push_back(std::string(kRule) +
                  (c.is_selector(word) ? word + ".name." : c.first_selector() + "." + word + "."));
}

void return_hints(const SyntaxContext& c, Hints& hints) {
  if (c.kind() == Kind::Star && c.wants(Expect::Expression)) {
    hints.emplace_back("Name what to return: u.name, or u.* for all properties of u.");
  }
  if (c.clause() != Kind::Return) return;
  if (c.word_is("DISTINCT", -1)) {
    hints.emplace_back("There is no DISTINCT: count is distinct by itself, FIND UNIQUE for rows.");
  }
  const bool next_item = c.kind(1) == Kind::Dot;
  if (c.kind() == Kind::Word && c.kind(-2) == Kind::As && !next_item && c.wants(Expect::Comma)) {
    hints.push_back("A column name of several words goes in quotes: AS '" +
                    std::string(c.word(-1)) + " " + std::string(c.word()) + "'.");
  } else if (c.kind() == Kind::Word && next_item && c.wants(Expect::Comma)) {
    hints.push_back(
        "Separate the items with a comma: " + c.written(c.kind(-2) == Kind::Dot ? -3 : -1, -1) +
        ", " + c.written(0, c.run_on()) + ".");
  }
  if (c.kind(-1) == Kind::Comma && (c.kind() == Kind::End || is_reserved(c.kind()))) {
    hints.emplace_back("After the last item stands no comma.");
  }
}

void order_hints(const SyntaxContext& c, Hints& hints) {
  if (c.wants(Expect::By)) hints.emplace_back("Write ORDER BY.");
  if (c.clause() != Kind::Order) return;
  if (!c.wants(Expect::SortKey)) return;
  if (c.kind() == Kind::Integer) {
    hints.push_back("Columns have no numbers here: ORDER BY " + c.first_selector() +
                    ".name, or the name of a column of RETURN.");
  }
  if (c.kind() == Kind::String) {
    const std::string_view inside = c.word().substr(1, c.word().size() - 2);
    hints.push_back(
        "A column name stands here without quotes, in brackets when it is no plain "
        "word: [" +
        std::string(inside) + "].");
  }
}

void page_hints(const SyntaxContext& c, Hints& hints) {
  const Kind clause = c.clause();
  if (c.kind() != Kind::Comma || (clause != Kind::Limit && clause != Kind::Skip)) return;
  const bool two = c.kind(-1) == Kind::Integer && c.kind(1) == Kind::Integer;
  hints.push_back(two ? "Write SKIP " + std::string(c.word(-1)) + " LIMIT " +
                            std::string(c.word(1)) + "."
                      : "Write SKIP and LIMIT, each with its number.");
}

}  // namespace

void clause_hints(const SyntaxContext& c, Hints& hints) {
  where_hints(c, hints);
  return_hints(c, hints);
  order_hints(c, hints);
  page_hints(c, hints);
  const bool sql = c.kind() == Kind::Word || c.kind() == Kind::End;
  for (const ForeignWord& entry : kClauseWords) {
    if (sql && c.word_is(entry.written)) hints.emplace_back(entry.hint);
  }
  if (c.kind() == Kind::Find && c.wants(Expect::End)) {
    hints.emplace_back("One query at a time: a ; ends each.");
  }
  const bool out_of_order = is_clause_word(c.kind()) && c.wants(Expect::End) && hints.empty();
  if (!out_of_order ||
      (c.kind() == Kind::With &&
       (c.kind(-2) == Kind::As || c.clause() == Kind::Where || c.wants(Expect::And)))) {
    return;
  }
  hints.emplace_back(c.kind() == Kind::Having && c.clause() != Kind::Order
                         ? "HAVING follows the items of RETURN."
                         : "The order is FIND, WITH, THAT, WHERE, RETURN, HAVING, ORDER BY, SKIP, "
                           "LIMIT.");
}

}  // namespace callisto::query
