// Names, values, conditions and expressions as text.
#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <type_traits>

#include "query/ast/iso_date.h"
#include "query/ast/printer.h"
#include "query/ast/printer_parts.h"
#include <callisto/number_text.h>

namespace callisto::query {
namespace printing {
namespace {

bool is_plain_word(std::string_view text) {
  const auto letter = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
  };
  return !text.empty() && letter(text.front()) &&
         std::all_of(
             text.begin(), text.end(), [&](char c) { return letter(c) || (c >= '0' && c <= '9'); });
}

std::string upper(std::string_view text) {
  std::string result(text);
  for (char& c : result) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  return result;
}

bool is_reserved_word(std::string_view text) {
  constexpr std::array<std::string_view, 18> kReserved = {"FIND",
                                                          "UNIQUE",
                                                          "WITH",
                                                          "THAT",
                                                          "AS",
                                                          "WHERE",
                                                          "RETURN",
                                                          "HAVING",
                                                          "ORDER",
                                                          "BY",
                                                          "SKIP",
                                                          "LIMIT",
                                                          "AND",
                                                          "OR",
                                                          "TRUE",
                                                          "FALSE",
                                                          "UNDEFINED",
                                                          "NULL"};
  return std::find(kReserved.begin(), kReserved.end(), upper(text)) != kReserved.end();
}

bool is_dotted_words(std::string_view text) {
  for (;;) {
    const std::size_t dot = text.find('.');
    if (!is_plain_word(text.substr(0, dot))) return false;
    if (dot == std::string_view::npos) return true;
    text.remove_prefix(dot + 1);
  }
}

}  // namespace

bool is_free_word(std::string_view text) {
  return is_plain_word(text) && !is_reserved_word(text);
}

bool is_word(std::string_view text, std::string_view word) {
  return upper(text) == word;
}

void append_name(std::string& out, std::string_view name, NameStyle style) {
  const std::string_view first = name.substr(0, name.find('.'));
  const bool bare = style == NameStyle::Whole ? is_free_word(name)
                                              : is_dotted_words(name) && !is_reserved_word(first) &&
                                                    upper(name) != "DATE.NOW";
  if (bare) {
    out.append(name);
  } else {
    out.append("[").append(name).append("]");
  }
}

void append_property(std::string& out, const ast::PropertyRef& property, NameStyle style) {
  if (property.selector) {
    append_name(out, property.selector->text, NameStyle::Whole);
    out.append(".");
    const bool reads_as_date =
        upper(property.selector->text) == "DATE" && upper(property.property.text) == "NOW";
    if (reads_as_date) {
      out.append("[").append(property.property.text).append("]");
    } else {
      append_name(out, property.property.text, NameStyle::Dotted);
    }
  } else {
    append_name(out, property.property.text, style);
  }
}

}  // namespace printing

namespace {

using printing::append_property;
using printing::NameStyle;

constexpr std::string_view kMidnight = "T00:00:00.000Z";
constexpr std::size_t kPlainNumberBytesMax = 24;

// Digits alone, which every implementation reads, unless that is long.
std::string number_text(double number) {
  std::array<char, kPlainNumberBytesMax> plain{};
  const auto [end, failure] =
      std::to_chars(plain.data(), plain.data() + plain.size(), number, std::chars_format::fixed);
  if (failure == std::errc()) return std::string(plain.data(), end);
  std::string text;
  append_number(text, number);
  return text;
}

std::string print_literal(const ast::Literal& literal) {
  if (const auto* text = std::get_if<std::string>(&literal.value)) return quoted(*text);
  if (const auto* number = std::get_if<double>(&literal.value)) return number_text(*number);
  if (const auto* flag = std::get_if<bool>(&literal.value)) return *flag ? "true" : "false";
  return "undefined";
}

std::string_view unit_text(ast::DateUnit unit) {
  switch (unit) {
    case ast::DateUnit::Minute:
      return "minute";
    case ast::DateUnit::Hour:
      return "hour";
    case ast::DateUnit::Day:
      return "day";
    case ast::DateUnit::Week:
      return "week";
    case ast::DateUnit::Month:
      return "month";
    case ast::DateUnit::Year:
      return "year";
  }
  return "day";
}

struct OperandPrinter {
  std::string operator()(const ast::Literal& literal) const { return print_literal(literal); }

  std::string operator()(const ast::DateNow& date) const {
    std::string out = "date.now";
    for (const ast::DateStep& step : date.steps) {
      out.append(step.count < 0 ? " - " : " + ");
      const auto count = step.count < 0 ? -step.count : step.count;
      out.append(std::to_string(count)).append(" ").append(unit_text(step.unit));
      if (count != 1) out.append("s");
    }
    return out;
  }

  std::string operator()(const ast::DateLiteral& date) const {
    const std::string moment = iso_from_epoch_ms(date.epoch_ms);
    const std::size_t time = moment.find(kMidnight);
    return "date(" + moment.substr(0, time) + ")";
  }

  std::string operator()(const ast::Regex& regex) const {
    return "/" + regex.pattern + "/" + regex.flags;
  }

  std::string operator()(const ast::Parameter& parameter) const { return print(parameter); }

  std::string operator()(const ast::PropertyRef& property) const {
    std::string out;
    append_property(out, property, NameStyle::Dotted);
    return out;
  }

  std::string operator()(const ast::OperandList& list) const {
    std::string out;
    for (std::size_t i = 0; i < list.items.size(); ++i) {
      const bool both = list.connective == ast::Connective::And;
      out.append(i == 0 ? "(" : both ? " AND " : " OR ");
      out.append(print(list.items[i]));
    }
    return out + ")";
  }

  std::string operator()(const ast::Subquery& subquery) const {
    return "(" + print(*subquery.query) + ")";
  }

  std::string operator()(const ast::Computed& computed) const {
    return print(*computed.expression);
  }
};

struct FilterPrinter {
  std::string operator()(const ast::Comparison& comparison) const { return print(comparison); }

  std::string operator()(const ast::CidrTest& test) const {
    std::string out = test.negated ? "!cidr(" : "cidr(";
    append_property(out, test.property, NameStyle::Dotted);
    const auto* block = std::get_if<std::string>(&test.block);
    return out.append(", ")
        .append(block != nullptr ? quoted(*block) : print(std::get<ast::Parameter>(test.block)))
        .append(")");
  }

  // A group in a group keeps its parentheses, except AND in OR, which needs none.
  std::string operator()(const ast::Junction& junction) const {
    const bool both = junction.connective == ast::Connective::And;
    std::string out;
    for (std::size_t i = 0; i < junction.parts.size(); ++i) {
      if (i > 0) out.append(both ? " AND " : " OR ");
      const auto* inner = std::get_if<ast::Junction>(&junction.parts[i].node);
      const bool bare = inner == nullptr || (!both && inner->connective == ast::Connective::And);
      const std::string part = print(junction.parts[i]);
      out.append(bare ? part : "(" + part + ")");
    }
    return out;
  }
};

// Whether a backslash would mean something with what follows it (j1ql 1.7).
bool has_meaning_backslash(std::string_view text) {
  for (std::size_t at = text.find('\\'); at != std::string_view::npos;
       at = text.find('\\', at + 1)) {
    if (at + 1 == text.size()) return true;
    if (std::string_view("\\'\"nt\n\t").find(text[at + 1]) != std::string_view::npos) return true;
  }
  return false;
}

// How tightly an expression binds: what stands under something tighter needs parentheses.
enum class Binding : std::uint8_t { Sum, Product, Sign, Power, Operand };

Binding binding_of(const ast::Expression& expression) {
  if (std::holds_alternative<ast::Negation>(expression.node)) return Binding::Sign;
  if (const auto* literal = std::get_if<ast::Literal>(&expression.node)) {
    const auto* number = std::get_if<double>(&literal->value);
    return number != nullptr && std::signbit(*number) ? Binding::Sign : Binding::Operand;
  }
  const auto* arithmetic = std::get_if<ast::Arithmetic>(&expression.node);
  if (arithmetic == nullptr) return Binding::Operand;
  switch (arithmetic->op) {
    case ast::ArithmeticOp::Add:
    case ast::ArithmeticOp::Subtract:
      return Binding::Sum;
    case ast::ArithmeticOp::Multiply:
    case ast::ArithmeticOp::Divide:
      return Binding::Product;
    case ast::ArithmeticOp::Power:
      return Binding::Power;
  }
  return Binding::Operand;
}

std::string print_bound(const ast::Expression& expression, Binding at_least) {
  const std::string text = print(expression);
  return binding_of(expression) < at_least ? "(" + text + ")" : text;
}

std::string_view sign_of(ast::ArithmeticOp op) {
  switch (op) {
    case ast::ArithmeticOp::Add:
      return " + ";
    case ast::ArithmeticOp::Subtract:
      return " - ";
    case ast::ArithmeticOp::Multiply:
      return " * ";
    case ast::ArithmeticOp::Divide:
      return " / ";
    case ast::ArithmeticOp::Power:
      return " ^ ";
  }
  return " + ";
}

struct ExpressionPrinter {
  std::string operator()(const ast::Literal& literal) const { return print_literal(literal); }

  std::string operator()(const ast::Parameter& parameter) const { return print(parameter); }

  std::string operator()(const ast::SelectorRef& reference) const {
    return reference.selector.text;
  }

  // Without brackets a first word would be a selector.
  std::string operator()(const ast::PropertyRef& property) const {
    if (!property.selector) return "[" + property.property.text + "]";
    std::string out;
    append_property(out, property, NameStyle::Dotted);
    return out;
  }

  std::string operator()(const ast::AllProperties& all) const { return all.selector.text + ".*"; }

  std::string operator()(const ast::AllPaths& /*all*/) const { return "*"; }

  std::string operator()(const ast::Call& call) const {
    std::string out = call.function.text;
    for (std::size_t i = 0; i < call.arguments.size(); ++i) {
      out.append(i == 0 ? "(" : ", ").append(print(call.arguments[i]));
    }
    return out + ")";
  }

  std::string operator()(const ast::Negation& negation) const {
    return "-" + print_bound(*negation.operand, Binding::Sign);
  }

  // To the right of ^ a sign needs no parentheses; to its left it does. Equals group to the left,
  // those of ^ to the right.
  std::string operator()(const ast::Arithmetic& arithmetic) const {
    Binding left = Binding::Sum;
    Binding right = Binding::Product;
    if (arithmetic.op == ast::ArithmeticOp::Multiply ||
        arithmetic.op == ast::ArithmeticOp::Divide) {
      left = Binding::Product;
      right = Binding::Sign;
    } else if (arithmetic.op == ast::ArithmeticOp::Power) {
      left = Binding::Operand;
      right = Binding::Sign;
    }
    return print_bound(*arithmetic.left, left)
        .append(sign_of(arithmetic.op))
        .append(print_bound(*arithmetic.right, right));
  }
};

}  // namespace

std::string_view text_of(ast::CompareOp op) {
  constexpr std::array<std::string_view, 12> kTexts = {
      "=", "!=", ">", "<", ">=", "<=", "~=", "!~=", "^=", "!^=", "$=", "!$="};
  return kTexts[static_cast<std::size_t>(op)];
}

std::string print(const ast::Parameter& parameter) {
  return (parameter.source == ast::Parameter::Source::Stored ? "${param." : "${") + parameter.name +
         "}";
}

std::string quoted(std::string_view text) {
  // Others have no escapes (j1ql 1.7): the quotes are those that need none, and a backslash that
  // reads as itself stays alone.
  const bool single =
      text.find('\'') == std::string_view::npos || text.find('"') != std::string_view::npos;
  const char quote = single ? '\'' : '"';
  const bool doubled = has_meaning_backslash(text);
  std::string out(1, quote);
  for (const char c : text) {
    if (c == '\n' || c == '\t') {
      out.append(c == '\n' ? "\\n" : "\\t");
      continue;
    }
    if (c == quote || (c == '\\' && doubled)) out.push_back('\\');
    out.push_back(c);
  }
  return out + quote;
}

std::string default_column(const ast::Expression& expression) {
  if (const auto* property = std::get_if<ast::PropertyRef>(&expression.node)) {
    return (property->selector ? property->selector->text + "." : "") + property->property.text;
  }
  return print(expression);
}

ast::CompareOp mirrored(ast::CompareOp op) {
  using Op = ast::CompareOp;
  switch (op) {
    case Op::Greater:
      return Op::Less;
    case Op::Less:
      return Op::Greater;
    case Op::GreaterEqual:
      return Op::LessEqual;
    case Op::LessEqual:
      return Op::GreaterEqual;
    default:
      return op;
  }
}

std::string print(const ast::Comparison& comparison) {
  const auto* property = std::get_if<ast::PropertyRef>(&comparison.left);
  const ast::Operand left = property != nullptr
                                ? ast::Operand{*property}
                                : ast::Operand{std::get<ast::Computed>(comparison.left)};
  const std::string_view op =
      text_of(comparison.reversed ? mirrored(comparison.op) : comparison.op);
  const ast::Operand& first = comparison.reversed ? comparison.right : left;
  const ast::Operand& second = comparison.reversed ? left : comparison.right;
  return print(first).append(" ").append(op).append(" ").append(print(second));
}

std::string print(const ast::Operand& operand) {
  return std::visit(OperandPrinter{}, operand.node);
}

std::string print(const ast::Filter& filter) {
  return std::visit(FilterPrinter{}, filter.node);
}

std::string print(const ast::Expression& expression) {
  return std::visit(ExpressionPrinter{}, expression.node);
}

}  // namespace callisto::query
