// Targets, verbs, arrows, optional traversals and WITH at the wrong place.
#include <algorithm>

#include "query/parser/hint_families.h"

namespace callisto::query {
namespace {

bool is_title_case(std::string_view word) {
  return word.size() > 1 && word[0] >= 'A' && word[0] <= 'Z' && word[1] >= 'a' && word[1] <= 'z';
}

// Nothing that a hop's target could begin with.
bool ends_hop(Kind kind) {
  return kind == Kind::End || kind == Kind::RightParen || kind == Kind::With ||
         kind == Kind::That || kind == Kind::Where || kind == Kind::Return || kind == Kind::Order ||
         kind == Kind::Limit || kind == Kind::Skip || kind == Kind::Semicolon;
}

// A|B without parentheses, from the token `first` away to the end of the list.
std::string in_parentheses(const SyntaxContext& c, std::ptrdiff_t first) {
  std::ptrdiff_t last = 0;
  while (c.kind(last) == Kind::Pipe &&
         (is_word(c.kind(last + 1)) || c.kind(last + 1) == Kind::SmartClass)) {
    last += 2;
  }
  return "(" + c.written(first, std::max<std::ptrdiff_t>(last - 1, 0)) + ")";
}

// The offset of the first token after the THAT of the hop being written; 0 outside of one.
std::ptrdiff_t hop_start(const SyntaxContext& c) {
  for (std::ptrdiff_t offset = -1; c.kind(offset) != Kind::End; --offset) {
    if (c.kind(offset) == Kind::That)
      return c.kind(offset + 1) == Kind::Bang ? offset + 2 : offset + 1;
  }
  return 0;
}

void list_hints(const SyntaxContext& c, Hints& hints) {
  const bool separator = c.kind() == Kind::Comma || c.kind() == Kind::Or || c.kind() == Kind::And;
  const bool next_hop = c.kind(1) == Kind::That;
  if (separator && c.wants(Expect::Pipe)) {
    hints.emplace_back("Separate the members of this list with |.");
  } else if ((c.kind() == Kind::Comma || c.kind() == Kind::Or) && c.wants(Expect::With) &&
             !next_hop) {
    hints.emplace_back("Several classes or types stand in parentheses: (User|Person).");
  } else if (c.kind() == Kind::Comma && c.wants(Expect::And) && !c.wants(Expect::Close)) {
    hints.emplace_back("Join conditions with AND or OR.");
  }
  if (c.kind() == Kind::Pipe && c.wants(Expect::With)) {
    hints.push_back("Several classes or types stand in parentheses: " + in_parentheses(c, -1) +
                    ".");
  } else if (c.kind() == Kind::Pipe && c.wants(Expect::AnyTarget) && hop_start(c) < 0) {
    hints.push_back("Several verbs stand in parentheses: THAT " + in_parentheses(c, hop_start(c)) +
                    ".");
  }
  const bool after_and = c.kind(-1) == Kind::And && c.kind() == Kind::That;
  const bool before_that = c.kind() == Kind::And && next_hop && c.wants(Expect::That);
  if (after_and || before_that) {
    hints.emplace_back("Relationships follow each other without AND: THAT … THAT ….");
  } else if (c.kind() == Kind::Or && next_hop && c.wants(Expect::That)) {
    hints.emplace_back(
        "Relationships are not joined with OR: list the verbs, THAT (HAS|USES) …, or make each "
        "optional, (THAT …)? (THAT …)?.");
  } else if (c.kind() == Kind::And && c.wants(Expect::With)) {
    hints.emplace_back("Conditions begin with WITH: FIND User WITH active = true AND ….");
  }
  if (c.kind() == Kind::As && c.wants(Expect::Pipe)) {
    const auto open = c.open_parenthesis();
    if (open && c.is_closed(*open)) {
      hints.emplace_back("An alias stands after the whole list: (User|Person) AS u.");
    }
  }
}

// ! and quoted searches where they do not stand.
void target_hints(const SyntaxContext& c, Hints& hints) {
  if (c.kind() == Kind::Bang && c.wants(Expect::ClassOrType)) {
    hints.emplace_back("A target cannot be negated: write * WITH _class != 'User', or THAT !HAS.");
  }
  if (c.kind() == Kind::Bang && c.wants(Expect::Property)) {
    hints.emplace_back("Only cidr() takes a !; elsewhere negate the operator, as in !=.");
  }
  if (c.kind() == Kind::String && c.wants(Expect::ClassOrType) && !c.wants(Expect::FullText)) {
    hints.emplace_back("A quoted search stands alone, not in a list or after #.");
  }
  if (c.kind() == Kind::Unique) {
    hints.emplace_back("UNIQUE stands right after FIND: FIND UNIQUE " +
                       (c.clause() == Kind::End ? "User" : c.first_selector()) + ".");
  }
  const bool article = c.word_is("ALL", -1) || c.word_is("THE", -1) || c.word_is("ANY", -1) ||
                       c.word_is("EVERY", -1);
  if (c.kind(-2) == Kind::Find && article && is_word(c.kind()) && !is_reserved(c.kind())) {
    hints.push_back("The class or type follows FIND: FIND " + std::string(c.word()) + ".");
  }
}

// Arrows stand between the verb and what follows it.
void arrow_hints(const SyntaxContext& c, Hints& hints) {
  if (c.kind() != Kind::Forward && c.kind() != Kind::Backward) return;
  std::string verb = "HAS";
  std::string target = " Device";
  if (is_word(c.kind(1)) && c.kind(1) != Kind::That && c.wants(Expect::That) &&
      is_word(c.kind(2))) {
    verb = c.word(1);  // User >> IS Person
    target = " " + std::string(c.word(2));
  } else if (const std::ptrdiff_t start = hop_start(c); start < -1 && is_word(c.kind(start))) {
    verb = c.word(start);  // THAT IS Person >>
    target = c.kind(start + 1) == Kind::As ? " " + c.written(start + 1, -1)
                                           : " " + std::string(c.word(start + 1));
  }
  if (c.wants(Expect::Verb) || c.wants(Expect::That) || c.kind(-2) == Kind::As) {
    hints.push_back("The direction stands right after the verb: THAT " + verb + " " +
                    std::string(c.word()) + target + ".");
  }
}

// A verb or a target is missing; NOT before a verb.
void verb_hints(const SyntaxContext& c, Hints& hints) {
  if (c.kind(-3) == Kind::That && c.word_is("NOT", -2)) {
    hints.push_back("Write THAT !" + std::string(c.word(-1)) + ".");
  } else if (c.kind(-3) == Kind::That && c.word_is("NOT", -1)) {
    const bool have = c.word_is("HAVE");
    hints.push_back(std::string("Write THAT !").append(have ? "HAS" : c.word()) + ".");
  }
  if (c.wants(Expect::RelatesToTo)) hints.emplace_back("Write RELATES TO.");
  const bool target_missing = c.wants(Expect::AnyTarget) && ends_hop(c.kind());
  if (!target_missing || c.kind(-2) != Kind::That || !is_word(c.kind(-1))) return;
  const std::string word(c.word(-1));
  hints.push_back(is_title_case(word)
                      ? "A verb stands between THAT and the target: THAT RELATES TO " + word + "."
                      : "What the verb leads to is missing: THAT " + word + " *.");
}

void optional_hints(const SyntaxContext& c, Hints& hints) {
  if (c.wants(Expect::QuestionMark)) {
    hints.emplace_back("An optional traversal ends with )?.");
    return;
  }
  const auto open = c.open_parenthesis();
  if (c.kind() == Kind::Question && hop_start(c) < 0 && !(open && !c.is_closed(*open))) {
    hints.emplace_back("An optional traversal stands in parentheses: (THAT …)?.");
  }
  // THAT (IS Person)?
  if (open && *open > 0 && c.list.tokens[*open - 1].kind == Kind::That && c.is_closed(*open) &&
      is_word(c.kind()) && c.kind(1) == Kind::RightParen && c.kind(2) == Kind::Question) {
    hints.push_back("In an optional traversal THAT stands inside: (THAT " +
                    c.written(hop_start(c) + 1, 0) + ")?.");
  }
}

// WITH stands after the target and before its alias.
void with_hints(const SyntaxContext& c, Hints& hints) {
  if (c.kind() == Kind::As && c.kind(-2) == Kind::As) {
    hints.emplace_back("A part of the query has one alias.");
  }
  if (c.kind() != Kind::With) return;
  if (c.wants(Expect::ClassOrType) && c.kind(-1) == Kind::Find) return;
  if (c.wants(Expect::ClassOrType) || c.wants(Expect::HopAlias)) {
    hints.emplace_back(
        "A relationship takes no WITH: name it and filter it in WHERE, as in THAT HAS AS r Device "
        "WHERE r.since > 1.");
  } else if (c.kind(-2) == Kind::As) {
    hints.emplace_back("Write WITH before AS: FIND Host WITH active = true AS h.");
  } else if (c.clause() == Kind::Where) {
    hints.emplace_back("WITH stands after the target it is about, before WHERE.");
  } else if (c.wants(Expect::And)) {
    hints.emplace_back("A target has one WITH: join its conditions with AND or OR.");
  }
}

// Words that cannot be what they stand for.
void name_hints(const SyntaxContext& c, Hints& hints) {
  const bool alias =
      c.wants(Expect::NodeAlias) || c.wants(Expect::HopAlias) || c.wants(Expect::GroupAlias);
  if (alias && c.kind() == Kind::String) {
    hints.emplace_back("This alias is a plain word, without quotes.");
  }
  if (!is_reserved(c.kind())) return;
  const std::string reserved = "\"" + std::string(c.word()) + "\" is a word of the language: ";
  if (alias) hints.push_back(reserved + "choose another alias.");
  if (c.wants(Expect::ClassOrType) && is_title_case(c.word())) {
    hints.push_back(reserved + "write * WITH _class = '" + std::string(c.word()) + "'.");
  }
  if (c.wants(Expect::ColumnName)) {
    hints.push_back(reserved + "put it in quotes, as in AS '" + std::string(c.word()) + "'.");
  }
}

}  // namespace

void pattern_hints(const SyntaxContext& c, Hints& hints) {
  with_hints(c, hints);
  list_hints(c, hints);
  target_hints(c, hints);
  arrow_hints(c, hints);
  verb_hints(c, hints);
  optional_hints(c, hints);
  name_hints(c, hints);
}

}  // namespace callisto::query
