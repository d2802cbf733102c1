// Classes, types and verbs that are no words: `my-type`, `aws.ec2.vm`, `3par`, `order`.
#include <algorithm>

#include "query/ast/printer.h"
#include "query/parser/hint_families.h"

namespace callisto::query {
namespace {

constexpr std::size_t kNameBytesMax = 80;

bool ends_name(Kind kind) {
  switch (kind) {
    case Kind::End:
    case Kind::LeftParen:
    case Kind::RightParen:
    case Kind::Pipe:
    case Kind::Comma:
    case Kind::Semicolon:
    case Kind::Compare:
    case Kind::Forward:
    case Kind::Backward:
    case Kind::Question:
    case Kind::String:
    case Kind::Regex:
    case Kind::Parameter:
    case Kind::Bracket:
      return true;
    default:
      return false;
  }
}

// Tokens without blanks between them, around the one that did not fit.
struct Run {
  std::ptrdiff_t first = 0;
  std::ptrdiff_t last = 0;
};

Run run_around(const SyntaxContext& c) {
  Run run;
  while (c.touches_previous(run.first) && !ends_name(c.kind(run.first - 1)) &&
         c.kind(run.first - 1) != Kind::Bang) {
    --run.first;
  }
  while (c.touches_previous(run.last + 1) && !ends_name(c.kind(run.last + 1))) {
    ++run.last;
  }
  return run;
}

// Of words, numbers and characters that mean nothing else to the language.
bool is_name(const SyntaxContext& c, Run run) {
  bool says_something = false;
  for (std::ptrdiff_t at = run.first; at <= run.last; ++at) {
    const auto place = static_cast<std::size_t>(static_cast<std::ptrdiff_t>(c.index) + at);
    const Token& token = c.list.tokens[place];
    if (ends_name(token.kind) || token.kind == Kind::Bang) return false;
    if (token.kind == Kind::Bad && token.flaw != Flaw::UnknownCharacter) return false;
    says_something = says_something || is_word(token.kind) || token.kind == Kind::Integer ||
                     token.kind == Kind::Decimal || token.kind == Kind::SmartClass ||
                     token.kind == Kind::Bad;
  }
  return says_something;
}

// The "(" that a member of a list stands in; 0: in none.
std::ptrdiff_t list_start(const SyntaxContext& c, std::ptrdiff_t first) {
  std::ptrdiff_t at = first - 1;
  while (c.kind(at) == Kind::Pipe && is_word(c.kind(at - 1)))
    at -= 2;
  return c.kind(at) == Kind::LeftParen ? at : 0;
}

bool follows_that(const SyntaxContext& c, std::ptrdiff_t at) {
  const Kind before = c.kind(at - 1);
  return before == Kind::That || before == Kind::Somehow ||
         (before == Kind::Bang && c.kind(at - 2) == Kind::That) ||
         (before == Kind::Integer && c.kind(at - 2) == Kind::Somehow);
}

std::string capital_kind(std::string_view name) {
  return !name.empty() && name.front() >= 'A' && name.front() <= 'Z' ? "_class" : "_type";
}

// `aws_*`: the beginning of a name.
bool is_wildcard(const SyntaxContext& c, Run run) {
  return c.kind(run.last) == Kind::Star && run.last == 0 && run.first == -1 && is_word(c.kind(-1));
}

void verb_hint(const SyntaxContext& c, Run run, const std::string& name, Hints& hints) {
  const std::ptrdiff_t next = run.last + 1;
  const bool target = is_word(c.kind(next)) && !is_reserved(c.kind(next));
  hints.push_back("A verb that is no plain word is asked for as a value: THAT RELATES TO AS r " +
                  (target ? std::string(c.word(next)) : "*") + " WHERE r._class = " + quoted(name) +
                  ".");
}

void target_hint(const SyntaxContext& c, Run run, const std::string& name, Hints& hints) {
  const std::ptrdiff_t list = list_start(c, run.first);
  if (is_wildcard(c, run)) {
    const std::string begin = name.substr(0, name.size() - 1);
    hints.push_back("There are no wildcards in names: write * WITH " + capital_kind(begin) +
                    " ^= " + quoted(begin) + ".");
    return;
  }
  if (name.front() == '#') {
    hints.push_back("A tag that is no plain word is asked for as a value: * WITH tags = " +
                    quoted(name.substr(1)) + ".");
    return;
  }
  const std::string value = list < 0 ? "(" + quoted(name) + " OR …)" : quoted(name);
  const bool more = c.kind(run.last + 1) == Kind::With;
  hints.push_back("A class or type that is no plain word is asked for as a value: " +
                  std::string(c.clause() == Kind::Find ? "FIND " : "") + "* WITH " +
                  capital_kind(name) + " = " + value + (more ? " AND …." : "."));
}

// A word of the language that was meant as a name, by what follows it.
bool is_meant_as_name(const SyntaxContext& c) {
  const Kind next = c.kind(1);
  return next == Kind::End || next == Kind::That || next == Kind::As || next == Kind::With ||
         next == Kind::Where || next == Kind::Return || next == Kind::Order ||
         next == Kind::Limit || next == Kind::Skip || next == Kind::Semicolon;
}

}  // namespace

void odd_name_hints(const SyntaxContext& c, Hints& hints) {
  if (c.clause() != Kind::Find && c.clause() != Kind::That) return;
  const Run run = run_around(c);
  const auto at = static_cast<std::ptrdiff_t>(c.index);
  const std::size_t begin = c.list.tokens[static_cast<std::size_t>(at + run.first)].begin;
  const std::size_t end = c.list.tokens[static_cast<std::size_t>(at + run.last)].end;
  if (end - begin > kNameBytesMax) return;
  const std::string name(c.text.substr(begin, end - begin));
  const bool one_word = run.first == run.last && is_word(c.kind());
  const bool verb_place = follows_that(c, run.first) || (list_start(c, run.first) < 0 &&
                                                         follows_that(c, list_start(c, run.first)));
  if (one_word) {
    const bool wanted = c.wants(Expect::ClassOrType) || (verb_place && c.wants(Expect::Verb));
    if (!is_reserved(c.kind()) || !wanted || !hints.empty()) return;
    if (!verb_place && !is_meant_as_name(c)) return;
    if (verb_place && !is_word(c.kind(1)) && c.kind(1) != Kind::Star) return;
  } else if (!is_name(c, run)) {
    return;
  }
  if (c.kind(run.first - 1) == Kind::As) {
    hints.emplace_back("An alias is a plain word: letters, digits and _, as in AS my_host.");
  } else if (verb_place) {
    verb_hint(c, run, name, hints);
  } else if (c.wants(Expect::ClassOrType) || c.wants(Expect::With) || c.wants(Expect::Pipe)) {
    target_hint(c, run, name, hints);
  }
}

}  // namespace callisto::query
