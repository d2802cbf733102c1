// Each function looks for one family of slips and adds what to write instead.
#include "query/parser/syntax_hints.h"

#include <algorithm>
#include <array>

#include "query/parser/error_excerpt.h"
#include "query/parser/spelling.h"

namespace callisto::query {

Kind SyntaxContext::kind(std::ptrdiff_t offset) const {
  const std::ptrdiff_t at = static_cast<std::ptrdiff_t>(index) + offset;
  if (at < 0 || at >= static_cast<std::ptrdiff_t>(list.tokens.size())) return Kind::End;
  return list.tokens[static_cast<std::size_t>(at)].kind;
}

std::string_view SyntaxContext::word(std::ptrdiff_t offset) const {
  const std::ptrdiff_t at = static_cast<std::ptrdiff_t>(index) + offset;
  if (at < 0 || at >= static_cast<std::ptrdiff_t>(list.tokens.size())) return {};
  return list.tokens[static_cast<std::size_t>(at)].text(text);
}

bool SyntaxContext::word_is(std::string_view wanted, std::ptrdiff_t offset) const {
  return same_ignoring_case(word(offset), wanted);
}

bool SyntaxContext::touches_previous(std::ptrdiff_t offset) const {
  const std::ptrdiff_t at = static_cast<std::ptrdiff_t>(index) + offset;
  if (at < 1 || at >= static_cast<std::ptrdiff_t>(list.tokens.size())) return false;
  const auto place = static_cast<std::size_t>(at);
  return list.tokens[place - 1].end == list.tokens[place].begin;
}

Kind SyntaxContext::clause() const {
  for (std::size_t i = index; i-- > 0;) {
    const Kind found = list.tokens[i].kind;
    switch (found) {
      case Kind::Find:
      case Kind::With:
      case Kind::That:
      case Kind::Where:
      case Kind::Return:
      case Kind::Having:
      case Kind::Order:
      case Kind::Skip:
      case Kind::Limit:
        return found;
      default:
        break;
    }
  }
  return Kind::End;
}

namespace {

using Hints = std::vector<std::string>;

struct Foreign {
  std::string_view written;
  std::string_view hint;
};

template <std::size_t N>
void add_foreign(const SyntaxContext& context, const std::array<Foreign, N>& table, Hints& hints) {
  for (const Foreign& entry : table) {
    if (context.word_is(entry.written)) hints.emplace_back(entry.hint);
  }
}

constexpr std::array kOperators = {
    Foreign{"==", "Write = for equal."},
    Foreign{"===", "Write = for equal."},
    Foreign{"=>", "Write >= for greater or equal."},
    Foreign{"=<", "Write <= for less or equal."},
    Foreign{"<>", "Write != for not equal."},
    Foreign{"=!", "Write != for not equal."},
    Foreign{"!==", "Write != for not equal."},
    Foreign{"=~", "Write ~= for contains, or = /pattern/ for a regular expression."},
    Foreign{"~", "Write ~= for contains."},
    Foreign{"!~", "Write !~= for does not contain."},
    Foreign{":=", "Write = for equal."},
    Foreign{"->", "Write the direction after the verb: THAT HAS >> Device."},
    Foreign{"&&", "Write AND."},
    Foreign{"||", "Write OR between conditions, | between classes or verbs."},
};

constexpr std::array kOperatorWords = {
    Foreign{"LIKE", "Write ~= for contains, ^= for starts with, $= for ends with."},
    Foreign{"ILIKE", "Write = /text/i for a search without regard to case."},
    Foreign{"IN", "Write = ('a' OR 'b')."},
    Foreign{"BETWEEN", "Write two comparisons: x >= 1 AND x <= 9."},
    Foreign{"CONTAINS", "Write ~= for contains."},
    Foreign{"INCLUDES", "Write = for one of several values, ~= for part of a text."},
    Foreign{"STARTS", "Write ^= for starts with."},
    Foreign{"STARTSWITH", "Write ^= for starts with."},
    Foreign{"ENDS", "Write $= for ends with."},
    Foreign{"ENDSWITH", "Write $= for ends with."},
    Foreign{"MATCHES", "Write = /pattern/."},
    Foreign{"REGEXP", "Write = /pattern/."},
    Foreign{"RLIKE", "Write = /pattern/."},
    Foreign{"EQUALS", "Write = for equal."},
    Foreign{"EQ", "Write = for equal."},
    Foreign{"NE", "Write != for not equal."},
    Foreign{"GT", "Write > for greater."},
    Foreign{"LT", "Write < for less."},
    Foreign{"EXISTS", "Write != undefined."},
};

constexpr std::array kClauseWords = {
    Foreign{"GROUP", "There is no GROUP BY: RETURN groups by all items that do not aggregate."},
    Foreign{"DISTINCT", "Write FIND UNIQUE; count is distinct by itself."},
    Foreign{"SELECT", "A query starts with FIND: FIND User WITH active = true RETURN User.name."},
    Foreign{"MATCH", "A query starts with FIND: FIND User THAT HAS Device."},
    Foreign{"OFFSET", "Write SKIP."},
    Foreign{"TOP", "Write LIMIT at the end."},
};

// == => <> LIKE IN IS NOT …
void operator_hints(const SyntaxContext& c, Hints& hints) {
  if (c.kind() == Kind::Bad) add_foreign(c, kOperators, hints);
  if (!c.wants(Expect::CompareOperator)) return;
  add_foreign(c, kOperatorWords, hints);
  if (c.word_is("IS")) {
    hints.emplace_back(c.word_is("NOT", 1) ? "Write != undefined." : "Write = undefined.");
  }
  if (c.word_is("NOT") || c.word_is("NOT", -1)) {
    hints.emplace_back("There is no NOT: negate the operator, as in != !~= !^= !$=.");
  }
  if (c.kind() == Kind::LeftParen && c.clause() == Kind::Having) {
    hints.emplace_back("Name the column and test the name: RETURN count(x) AS n HAVING n > 1.");
  }
}

// tag.cost-center and tag.1.1: a name that needs brackets.
void bracket_hint(const SyntaxContext& c, Hints& hints) {
  const bool after_name = c.wants(Expect::CompareOperator) || c.wants(Expect::Property) ||
                          c.wants(Expect::SelectorProperty) || c.wants(Expect::SortKey) ||
                          c.wants(Expect::Dot);
  const bool name_like = c.kind() == Kind::Minus || c.kind() == Kind::Integer ||
                         c.kind() == Kind::Decimal || c.kind() == Kind::Bad;
  if (!after_name || !name_like) return;
  if (c.kind() == Kind::Bad && c.list.tokens[c.index].flaw != Flaw::UnknownCharacter) return;
  const auto& tokens = c.list.tokens;
  std::size_t first = c.index;
  while (first > 0 && tokens[first - 1].end == tokens[first].begin &&
         (is_word(tokens[first - 1].kind) || tokens[first - 1].kind == Kind::Dot)) {
    --first;
  }
  std::size_t last = c.index;
  while (tokens[last + 1].begin == tokens[last].end && tokens[last + 1].kind != Kind::Compare &&
         tokens[last + 1].kind != Kind::RightParen && tokens[last + 1].kind != Kind::Comma &&
         tokens[last + 1].kind != Kind::End) {
    ++last;
  }
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

bool is_time_unit(std::string_view word) {
  constexpr std::array<std::string_view, 8> kUnits = {
      "minutes", "hours", "hrs", "days", "weeks", "months", "years", "yrs"};
  return std::any_of(kUnits.begin(), kUnits.end(), [word](std::string_view unit) {
    return same_ignoring_case(word, unit) ||
           same_ignoring_case(word, unit.substr(0, unit.size() - 1));
  });
}

// Unquoted text, bare durations, lists with commas.
void value_hints(const SyntaxContext& c, Hints& hints) {
  if (c.kind(-1) == Kind::Integer && is_time_unit(c.word())) {
    hints.push_back("A time is counted from now: date.now - " + std::string(c.word(-1)) + " " +
                    std::string(c.word()) + ".");
  }
  if (c.kind(-1) == Kind::String && is_word(c.kind()) && c.touches_previous()) {
    hints.emplace_back("A quote inside a string is written \\', or use the other kind of quotes.");
  }
  // name = 'a' OR 'b'
  const bool joined = c.kind(-1) == Kind::Or || c.kind(-1) == Kind::And;
  const bool value = c.kind() == Kind::String || c.kind() == Kind::Integer;
  if (joined && value && c.kind(-3) == Kind::Compare && c.wants(Expect::Property)) {
    hints.push_back("Put the values in a list: " + std::string(c.word(-3)) + " (" +
                    std::string(c.word(-2)) + " " + std::string(c.word(-1)) + " " +
                    std::string(c.word()) + ").");
  }
  const bool in_list = c.wants(Expect::Close) && (c.wants(Expect::Or) || c.wants(Expect::And));
  if (in_list && c.kind() == Kind::Comma) {
    hints.emplace_back("Separate the values of a list with OR or AND: ('a' OR 'b').");
  }
  if (in_list && (c.kind() == Kind::And || c.kind() == Kind::Or)) {
    hints.emplace_back("Do not mix AND and OR in one list: put parentheses around a part.");
  }
  const bool in_condition = c.clause() == Kind::With || c.clause() == Kind::Where;
  const bool arithmetic = c.kind() == Kind::Plus || c.kind() == Kind::Minus ||
                          c.kind() == Kind::Star || c.kind() == Kind::Slash;
  const bool beside_operand =
      c.wants(Expect::And) || (c.wants(Expect::CompareOperator) && !c.touches_previous());
  if (in_condition && arithmetic && beside_operand) {
    hints.emplace_back("Arithmetic works in RETURN only.");
  }
  if (!c.wants(Expect::Value)) return;
  if (c.kind() == Kind::Bracket || c.word() == "[") {
    hints.emplace_back("A list of values is written ('a' OR 'b').");
  }
  if (!is_word(c.kind())) return;
  const auto near = nearest(c.word(), {"true", "false", "undefined"});
  if (near) hints.push_back("Did you mean \"" + std::string(*near) + "\"?");
  if (c.word_is("NOW") || c.word_is("TODAY")) hints.emplace_back("Did you mean \"date.now\"?");
  if (c.word_is("NOT")) hints.emplace_back("There is no NOT: negate the operator, as in !=.");
  if (!is_reserved(c.kind())) {
    hints.push_back("Put text in quotes: '" + std::string(c.word()) + "'.");
  }
}

// WITH at the wrong place, bare properties in WHERE, clauses out of order.
void clause_hints(const SyntaxContext& c, Hints& hints) {
  if (c.kind() == Kind::With) {
    if (c.wants(Expect::ClassOrType) || c.wants(Expect::HopAlias)) {
      hints.emplace_back(
          "A relationship takes no WITH: name it and filter it in WHERE, as in THAT HAS AS r "
          "Device "
          "WHERE r.since > 1.");
    } else if (c.kind(-2) == Kind::As) {
      hints.emplace_back("Write WITH before AS: FIND Host WITH active = true AS h.");
    } else if (c.clause() == Kind::Where) {
      hints.emplace_back("WITH stands after the target it is about, before WHERE.");
    } else if (c.wants(Expect::And)) {
      hints.emplace_back("A target has one WITH: join its conditions with AND or OR.");
    }
  }
  if (c.wants(Expect::Dot) && c.clause() == Kind::Where && is_word(c.kind(-1)) &&
      c.kind() != Kind::Minus) {
    hints.push_back("In WHERE a property follows an alias, class or type: User." +
                    std::string(c.word(-1)) + ".");
  }
  const bool clause_word = c.kind() == Kind::With || c.kind() == Kind::That ||
                           c.kind() == Kind::Where || c.kind() == Kind::Return ||
                           c.kind() == Kind::Having || c.kind() == Kind::Order;
  if (clause_word && c.wants(Expect::End) && hints.empty()) {
    hints.emplace_back(
        c.kind() == Kind::Having && c.clause() != Kind::Order
            ? "HAVING follows the items of RETURN."
            : "The order is FIND, WITH, THAT, WHERE, RETURN, HAVING, ORDER BY, SKIP, "
              "LIMIT.");
  }
  if (c.kind() == Kind::Find && c.wants(Expect::End)) {
    hints.emplace_back("One query at a time: a ; ends each.");
  }
  add_foreign(c, kClauseWords, hints);
}

bool is_title_case(std::string_view word) {
  return word.size() > 1 && word[0] >= 'A' && word[0] <= 'Z' && word[1] >= 'a' && word[1] <= 'z';
}

// Lists of targets, negated targets, arrows before the verb, words that are reserved.
void traversal_hints(const SyntaxContext& c, Hints& hints) {
  const bool separator = c.kind() == Kind::Comma || c.kind() == Kind::Or || c.kind() == Kind::And;
  if (separator && c.wants(Expect::Pipe)) {
    hints.emplace_back("Separate the members of this list with |.");
  } else if ((c.kind() == Kind::Comma || c.kind() == Kind::Or) && c.wants(Expect::With)) {
    hints.emplace_back("Several classes or types stand in parentheses: (User|Person).");
  } else if (c.kind() == Kind::Comma && c.wants(Expect::And) && !c.wants(Expect::Close)) {
    hints.emplace_back("Join conditions with AND or OR.");
  }
  if (c.kind() == Kind::And && c.wants(Expect::With)) {
    hints.emplace_back("Conditions begin with WITH: FIND User WITH active = true AND ….");
  }
  if (c.kind() == Kind::Bang && c.wants(Expect::ClassOrType)) {
    hints.emplace_back("A target cannot be negated: write * WITH _class != 'User', or THAT !HAS.");
  }
  if (c.kind() == Kind::Bang && c.wants(Expect::Property)) {
    hints.emplace_back("Only cidr() takes a !; elsewhere negate the operator, as in !=.");
  }
  if ((c.kind() == Kind::Forward || c.kind() == Kind::Backward) && c.wants(Expect::Verb)) {
    hints.push_back("Write the direction after the verb: THAT HAS " + std::string(c.word()) +
                    " Device.");
  }
  if (c.word_is("NOT", -2) && c.kind(-3) == Kind::That) {
    hints.push_back("Write THAT !" + std::string(c.word(-1)) + ".");
  }
  if (c.wants(Expect::QuestionMark)) hints.emplace_back("An optional traversal ends with )?.");
  if (c.kind() == Kind::String && c.wants(Expect::ClassOrType) && !c.wants(Expect::FullText)) {
    hints.emplace_back("A quoted search stands alone, not in a list or after #.");
  }
  if (c.kind() == Kind::As && c.wants(Expect::Pipe)) {
    hints.emplace_back("An alias stands after the whole list: (User|Person) AS u.");
  }
  if (c.wants(Expect::RelatesToTo)) hints.emplace_back("Write RELATES TO.");
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

void return_hints(const SyntaxContext& c, Hints& hints) {
  if (c.kind() == Kind::Star && c.wants(Expect::Expression)) {
    const bool in_call = c.kind(-1) == Kind::LeftParen && is_word(c.kind(-2));
    hints.emplace_back(in_call ? "Count an alias: count(u)."
                               : "Name what to return: u.name, or u.* for all properties of u.");
  }
  if (c.word_is("DISTINCT", -1) && c.clause() == Kind::Return) {
    hints.emplace_back("There is no DISTINCT: count is distinct by itself, FIND UNIQUE for rows.");
  }
  if (c.kind() == Kind::LeftParen && c.clause() == Kind::Order) {
    hints.emplace_back("Name the column and sort by the name: RETURN count(u) AS n ORDER BY n.");
  }
  if (c.kind() == Kind::RightParen && c.kind(-2) == Kind::DateNow) {
    hints.emplace_back("date.now takes no parentheses.");
  }
}

// The "(" that nothing closes, or the ")" that closes nothing.
void parenthesis_hints(const SyntaxContext& c, Hints& hints) {
  std::vector<std::size_t> open;
  for (std::size_t i = 0; i < c.index; ++i) {
    if (c.list.tokens[i].kind == Kind::LeftParen) open.push_back(i);
    if (c.list.tokens[i].kind == Kind::RightParen && !open.empty()) open.pop_back();
  }
  if (c.kind() == Kind::RightParen && open.empty()) {
    hints.emplace_back("There is no \"(\" for this \")\".");
  }
  if (open.empty() || c.kind() != Kind::End) return;
  const TextPlace place = place_of(c.text, c.list.tokens[open.back()].begin);
  hints.push_back("The \"(\" at line " + std::to_string(place.line) + " column " +
                  std::to_string(place.column) + " is not closed.");
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
  return std::any_of(kVerbs.begin(), kVerbs.end(), [word](std::string_view verb) {
    return same_ignoring_case(verb, word);
  });
}

// The nearest word of the language that fits here; else what a plain word may have been meant for.
void word_hints(const SyntaxContext& c, Hints& hints) {
  if (c.kind() != Kind::Word) return;
  if (c.wants(Expect::That) && is_common_verb(c.word())) {
    hints.push_back("A relationship starts with THAT: THAT " + std::string(c.word()) + " ….");
    return;
  }
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
  const Kind next = c.kind(1);
  const bool starts_hop = next == Kind::Word || next == Kind::LeftParen || next == Kind::Star ||
                          next == Kind::Forward || next == Kind::Backward || next == Kind::To;
  if (c.wants(Expect::That) && all_caps && word.size() > 1 && starts_hop) {
    hints.push_back("A relationship starts with THAT: THAT " + std::string(word) + " ….");
  } else if (c.wants(Expect::As)) {
    hints.push_back("An alias needs AS: AS " + std::string(word) + ".");
  }
  if (c.index == 0) hints.emplace_back("A query starts with FIND.");
}

void flaw_hints(const SyntaxContext& c, Hints& hints) {
  switch (c.list.tokens[c.index].flaw) {
    case Flaw::LineComment:
    case Flaw::UnterminatedComment:
      hints.emplace_back("A comment is written /* … */.");
      break;
    case Flaw::TypographicQuote:
      hints.emplace_back("Use ' or \" around text.");
      break;
    case Flaw::TemplateBraces:
      hints.emplace_back("Put it in quotes, or use a parameter: ${name}.");
      break;
    case Flaw::DollarName:
      hints.push_back("Write ${" + std::string(c.word().substr(1)) + "}.");
      break;
    case Flaw::UnknownCharacter:
      if (c.word() == ":" && c.kind(1) == Kind::Word && c.wants(Expect::Value)) {
        hints.push_back("Write ${" + std::string(c.word(1)) + "}.");
      }
      break;
    case Flaw::LoneHash:
      hints.emplace_back("A comment is written /* … */, not #.");
      break;
    default:
      break;
  }
}

}  // namespace

std::vector<std::string> hints_for(const SyntaxContext& context) {
  Hints hints;
  flaw_hints(context, hints);
  operator_hints(context, hints);
  bracket_hint(context, hints);
  value_hints(context, hints);
  clause_hints(context, hints);
  traversal_hints(context, hints);
  return_hints(context, hints);
  word_hints(context, hints);
  parenthesis_hints(context, hints);
  return hints;
}

}  // namespace callisto::query
