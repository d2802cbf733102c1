// A plain word that does not fit: the nearest word of the language, or what it was meant for.
#include <algorithm>
#include <array>
#include <cctype>

#include "query/parser/hint_families.h"
#include "query/parser/spelling.h"

namespace callisto::query {
namespace {

template <std::size_t N>
bool is_one_of(std::string_view word, const std::array<std::string_view, N>& words) {
  return std::any_of(words.begin(), words.end(), [word](std::string_view known) {
    return same_ignoring_case(known, word);
  });
}

bool is_common_verb(std::string_view word) {
  constexpr std::array<std::string_view, 14> kVerbs = {"HAS",
                                                       "IS",
                                                       "OWNS",
                                                       "USES",
                                                       "RUNS",
                                                       "ALLOWS",
                                                       "ASSIGNED",
                                                       "CONTAINS",
                                                       "PROTECTS",
                                                       "MANAGES",
                                                       "MONITORS",
                                                       "TRUSTS",
                                                       "CONNECTS",
                                                       "HOSTS"};
  return is_one_of(word, kVerbs);
}

// Something a hop goes to, or the arrow before it.
bool leads_on(const SyntaxContext& c) {
  const Kind next = c.kind(1);
  const bool word = next == Kind::Word && c.kind(2) != Kind::Compare && c.kind(2) != Kind::Dot;
  return word || next == Kind::LeftParen || next == Kind::Star || next == Kind::Forward ||
         next == Kind::Backward || next == Kind::To || next == Kind::SmartClass;
}

std::string that(std::string_view verb) {
  return "A relationship starts with THAT: THAT " + std::string(verb) + " ….";
}

// WHICH IS, HAS, name = 'x': a part that lacks its first word. Whether one was named.
bool missing_word_hint(const SyntaxContext& c, Hints& hints) {
  constexpr std::array<std::string_view, 5> kRelative = {"WHICH", "WHO", "WHOSE", "WHOM", "THOSE"};
  if (c.wants(Expect::That) && is_one_of(c.word(), kRelative)) {
    hints.push_back(c.kind(1) == Kind::Word ? that(c.word(1)) : that("HAS"));
    return true;
  }
  if (c.wants(Expect::That) && is_common_verb(c.word()) && leads_on(c)) {
    hints.push_back(that(c.word()));
    return true;
  }
  const bool condition = c.kind(1) == Kind::Compare;
  if (condition && c.wants(Expect::With)) {
    hints.push_back("Conditions begin with WITH: WITH " + c.written(0, c.run_on()) + " " +
                    std::string(c.word(1)) + " ….");
    return true;
  }
  if (condition && c.wants(Expect::And)) {
    hints.push_back("Join conditions with AND or OR: AND " + c.written(0, c.run_on()) + " " +
                    std::string(c.word(1)) + " ….");
    return true;
  }
  return false;
}

}  // namespace

void word_hints(const SyntaxContext& c, Hints& hints) {
  if (c.kind() != Kind::Word) return;
  if (hints.empty() && missing_word_hint(c, hints)) return;
  std::vector<std::string_view> candidates;
  for (std::size_t i = 0; i < c.expected.size(); ++i) {
    if (!c.expected[i]) continue;
    std::string_view keyword = keyword_of(static_cast<Expect>(i));
    keyword = keyword.substr(0, keyword.find(' '));
    if (!keyword.empty() && static_cast<Expect>(i) != Expect::DateNow)
      candidates.push_back(keyword);
  }
  if (const auto near = nearest(c.word(), candidates)) {
    const std::string hint = "Did you mean \"" + std::string(*near) + "\"?";
    if (std::find(hints.begin(), hints.end(), hint) == hints.end())
      hints.insert(hints.begin(), hint);
    return;
  }
  if (!hints.empty()) return;
  const std::string_view word = c.word();
  const bool all_caps =
      std::all_of(word.begin(), word.end(), [](char x) { return x < 'a' || x > 'z'; });
  const bool condition = c.kind(1) == Kind::Word && c.kind(2) == Kind::Compare;
  if (c.wants(Expect::With) && condition) {
    hints.push_back("Conditions begin with WITH: WITH " + c.written(1, 2) + " ….");
  } else if (c.wants(Expect::That) && all_caps && word.size() > 1 && leads_on(c)) {
    hints.push_back(that(word));
  } else if (c.wants(Expect::As)) {
    hints.push_back("An alias needs AS: AS " + std::string(word) + ".");
    const bool type = word.size() > 2 && c.kind(-1) == Kind::Word && c.kind(-2) == Kind::Find &&
                      c.kind(1) == Kind::End && std::islower(static_cast<unsigned char>(word[0])) &&
                      std::islower(static_cast<unsigned char>(c.word(-1)[0]));
    if (type) {
      hints.push_back("A type with a blank is asked for as a value: FIND * WITH _type = '" +
                      c.written(-1, 0) + "'.");
    }
  }
  if (c.index == 0) hints.emplace_back("A query starts with FIND.");
}

}  // namespace callisto::query
