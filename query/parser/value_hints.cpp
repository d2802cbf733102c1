// What stands where a value should: text without quotes, dates, lists, functions, subqueries.
#include <algorithm>
#include <array>
#include <initializer_list>

#include "query/parser/hint_families.h"
#include "query/parser/spelling.h"

namespace callisto::query {
namespace {

bool is_one_of(const SyntaxContext& c, std::initializer_list<std::string_view> words) {
  return std::any_of(
      words.begin(), words.end(), [&c](std::string_view word) { return c.word_is(word); });
}

bool is_time_unit(std::string_view word) {
  constexpr std::array<std::string_view, 8> kUnits = {
      "minutes", "hours", "hrs", "days", "weeks", "months", "years", "yrs"};
  return std::any_of(kUnits.begin(), kUnits.end(), [word](std::string_view unit) {
    return same_ignoring_case(word, unit) ||
           same_ignoring_case(word, unit.substr(0, unit.size() - 1));
  });
}

// 2023-11-01 and 10.0.0.1: the number before this token was only the beginning.
bool number_hint(const SyntaxContext& c, Hints& hints) {
  const bool number = c.kind(-1) == Kind::Integer || c.kind(-1) == Kind::Decimal;
  const bool goes_on = c.kind() == Kind::Minus || c.kind() == Kind::Dot || is_word(c.kind());
  if (!number || !goes_on || !c.touches_previous() || is_time_unit(c.word())) return false;
  if (c.clause() != Kind::With && c.clause() != Kind::Where) return false;
  const std::string whole = c.written(-1, c.run_on());
  const bool date = c.kind() == Kind::Minus && c.word(-1).size() == 4 && c.word(1).size() == 2;
  hints.push_back(date ? "A date is written date(" + whole + ")."
                       : "Put text in quotes: '" + whole + "'.");
  return true;
}

// Lists with commas, mixed lists, name = 'a' OR 'b'.
void list_hints(const SyntaxContext& c, Hints& hints) {
  const bool joined = c.kind(-1) == Kind::Or || c.kind(-1) == Kind::And;
  const bool value = c.kind() == Kind::String || c.kind() == Kind::Integer;
  if (joined && value && c.kind(-3) == Kind::Compare && c.kind(1) != Kind::Compare &&
      (c.wants(Expect::Property) || c.wants(Expect::Selector))) {
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
  if (c.wants(Expect::Value) && (c.kind() == Kind::Bracket || c.word() == "[")) {
    hints.emplace_back("A list of values is written ('a' OR 'b').");
  }
}

void arithmetic_hint(const SyntaxContext& c, Hints& hints) {
  const bool in_condition = c.clause() == Kind::With || c.clause() == Kind::Where;
  const bool arithmetic = c.kind() == Kind::Plus || c.kind() == Kind::Minus ||
                          c.kind() == Kind::Star || c.kind() == Kind::Slash;
  const bool comment = c.word() == "-" && c.word(1) == "-" && c.touches_previous(1);
  const bool beside_operand =
      c.wants(Expect::And) || (c.wants(Expect::CompareOperator) && !c.touches_previous());
  if (comment) {
    hints.emplace_back("A comment is written /* … */.");
  } else if (in_condition && arithmetic && beside_operand) {
    hints.emplace_back("Arithmetic works in RETURN only.");
  }
}

// cidr(…), max(…) and date.today: called like a function where a value should stand.
bool call_hint(const SyntaxContext& c, Hints& hints) {
  if (c.word_is("date") && c.kind(1) == Kind::Dot) {
    hints.emplace_back("A date is date.now, date.now - 1 day or date(2024-01-31).");
    return true;
  }
  if (c.kind(1) != Kind::LeftParen) return false;
  if (c.kind() == Kind::Cidr) {
    const std::string block = c.kind(2) == Kind::String ? std::string(c.word(2)) : "'10.0.0.0/8'";
    const std::string property = c.left_property();
    hints.push_back(
        "cidr is a condition of its own: " + std::string(c.word(-1) == "!=" ? "!" : "") + "cidr(" +
        (property.empty() ? "ipAddress" : property) + ", " + block + ").");
  } else if (is_one_of(c, {"NOW", "TODAY", "CURRENT_DATE"})) {
    hints.emplace_back("Did you mean \"date.now\"?");
  } else if (is_one_of(c, {"COUNT", "SUM", "AVG", "MIN", "MAX"})) {
    hints.push_back("Aggregates are tested in HAVING: RETURN " + std::string(c.word()) +
                    "(…) AS n HAVING n > 1.");
  } else {
    hints.emplace_back("Functions work in RETURN only.");
  }
  return true;
}

// displayName, created_on: rather a property than a text.
bool looks_like_property(std::string_view word) {
  for (std::size_t i = 1; i < word.size(); ++i) {
    const bool lower_before = word[i - 1] >= 'a' && word[i - 1] <= 'z';
    if (lower_before && word[i] >= 'A' && word[i] <= 'Z') return true;
  }
  return word.find('_') != std::string_view::npos;
}

// name = web-1, name = displayName
void plain_word_hints(const SyntaxContext& c, Hints& hints) {
  if (is_reserved(c.kind())) return;
  const std::string whole = c.written(0, c.run_on());
  const std::string quoted = "Put text in quotes: '" + whole + "'.";
  const bool name =
      whole.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.") ==
      std::string::npos;
  const std::string left = c.left_property();
  if (!name || left.empty() || c.clause() == Kind::Having) {
    hints.push_back(quoted);
    return;
  }
  const bool with = c.clause() == Kind::With;
  const std::string selector = c.first_selector();
  const bool has_selector = c.kind(1) == Kind::Dot && c.is_selector(c.word());
  const std::string right = has_selector ? whole : selector + "." + whole;
  const std::string compared =
      with ? "Properties are compared with each other in WHERE: " + selector + "." + left + " " +
                 std::string(c.word(-1)) + " " + right + "."
           : "A property follows an alias, class or type: " + right + ".";
  hints.push_back(quoted);
  hints.insert(has_selector || looks_like_property(whole) ? hints.end() - 1 : hints.end(),
               compared);
}

void word_as_value_hints(const SyntaxContext& c, Hints& hints) {
  if (call_hint(c, hints)) return;
  const auto near = nearest(c.word(), {"true", "false", "undefined"});
  if (near) hints.push_back("Did you mean \"" + std::string(*near) + "\"?");
  if (is_one_of(c, {"NOW", "TODAY"})) {
    hints.emplace_back("Did you mean \"date.now\"?");
    hints.push_back("Put text in quotes: '" + std::string(c.word()) + "'.");
    return;
  }
  if (c.word_is("NOT")) {
    hints.emplace_back("There is no NOT: negate the operator, as in !=.");
    return;
  }
  if (c.kind() == Kind::Find) {
    const std::string property = c.left_property();
    hints.push_back(property.empty()
                        ? "A subquery stands alone, not in a list of values."
                        : "A subquery stands in parentheses: " + property + " " +
                              std::string(c.word(-1)) + " (FIND Person AS p RETURN p.email).");
    return;
  }
  plain_word_hints(c, hints);
}

}  // namespace

void value_hints(const SyntaxContext& c, Hints& hints) {
  if (c.kind(-1) == Kind::Integer && is_time_unit(c.word())) {
    hints.push_back("A time is counted from now: date.now - " + std::string(c.word(-1)) + " " +
                    std::string(c.word()) + ".");
  }
  if (c.kind(-1) == Kind::String && is_word(c.kind()) && c.touches_previous()) {
    hints.emplace_back("A quote inside a string is written \\', or use the other kind of quotes.");
  }
  if (c.wants(Expect::DateUnit)) {
    hints.push_back("Write the unit: " + std::string(c.word(-1)) + " days.");
  }
  const bool number = c.wants(Expect::Value) || c.wants(Expect::Expression);
  if (number && c.kind() == Kind::Dot && c.kind(1) == Kind::Integer && c.touches_previous(1)) {
    hints.push_back("A digit stands before the point: 0." + std::string(c.word(1)) + ".");
  }
  if (c.kind() == Kind::RightParen && c.kind(-2) == Kind::DateNow) {
    hints.emplace_back("date.now takes no parentheses.");
  }
  list_hints(c, hints);
  if (!number_hint(c, hints)) arithmetic_hint(c, hints);
  if (c.wants(Expect::Value) && is_word(c.kind())) word_as_value_hints(c, hints);
}

}  // namespace callisto::query
