// What stands in the data, against what a condition wants.
#include <algorithm>
#include <cmath>
#include <set>

#include "api/doctor/causes.h"
#include "query/ast/iso_date.h"
#include "query/ast/names.h"
#include "query/ast/printer.h"
#include "query/parser/spelling.h"
#include <callisto/number_text.h>

namespace callisto::doctor {
namespace {

constexpr std::uint64_t kValuesMax = 10'000;
constexpr std::size_t kExamplesMax = 3;
// Seconds of the years up to 5138 lie below, milliseconds since 1973 above.
constexpr double kSecondsMax = 1e11;
constexpr double kSecondsMin = 1e8;

// The distinct scalars that a property has, by kind.
struct Found {
  std::vector<std::string> texts{};
  std::vector<double> numbers{};
  std::set<bool> booleans{};

  [[nodiscard]] bool empty() const { return texts.empty() && numbers.empty() && booleans.empty(); }

  [[nodiscard]] bool only_booleans() const { return texts.empty() && numbers.empty() && !empty(); }

  [[nodiscard]] bool only_numbers() const { return texts.empty() && booleans.empty() && !empty(); }

  [[nodiscard]] bool only_texts() const { return numbers.empty() && booleans.empty() && !empty(); }
};

void note(const Value& value, Found& found) {
  if (const auto* text = std::get_if<std::string>(&value)) found.texts.push_back(*text);
  if (const auto* number = std::get_if<double>(&value)) found.numbers.push_back(*number);
  if (const auto* boolean = std::get_if<bool>(&value)) found.booleans.insert(*boolean);
  const auto* list = std::get_if<List>(&value);
  if (list == nullptr) return;
  for (const Scalar& element : *list) {
    std::visit([&](const auto& scalar) { note(Value(scalar), found); }, element);
  }
}

std::string examples(const Found& found) {
  std::string shown;
  std::size_t count = 0;
  const auto add = [&](const std::string& text) {
    if (count++ < kExamplesMax) shown += (shown.empty() ? "" : ", ") + text;
  };
  for (const std::string& text : found.texts)
    add(query::quoted(text.substr(0, 60)));
  for (const double number : found.numbers)
    add(to_json(Value(number)));
  for (const bool boolean : found.booleans)
    add(boolean ? "true" : "false");
  return count > kExamplesMax ? shown + ", …" : shown;
}

std::string trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return {};
  return std::string(text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1));
}

bool contains_ignoring_case(const std::string& text, const std::string& part) {
  return std::search(text.begin(), text.end(), part.begin(), part.end(), [](char a, char b) {
           return std::tolower(static_cast<unsigned char>(a)) ==
                  std::tolower(static_cast<unsigned char>(b));
         }) != text.end();
}

// As it was written, when line breaks and tabs are escapes.
std::string written_backslashes(std::string_view text) {
  std::string written;
  for (const char c : text) {
    if (c == '\n') {
      written += "\\n";
    } else if (c == '\t') {
      written += "\\t";
    } else {
      written += c;
    }
  }
  return written;
}

// As J1QL writes one: no "nan".
bool is_number(std::string_view text) {
  return text.find_first_not_of("0123456789.eE+-") == std::string_view::npos &&
         number_from<double>(text);
}

bool holds(ast::CompareOp op, std::string_view text, std::string_view wanted) {
  switch (op) {
    case ast::CompareOp::Equal:
      return text == wanted;
    case ast::CompareOp::StartsWith:
      return text.starts_with(wanted);
    case ast::CompareOp::EndsWith:
      return text.ends_with(wanted);
    case ast::CompareOp::Contains:
      return text.find(wanted) != std::string_view::npos;
    default:
      return false;
  }
}

class Examination {
 public:
  Examination(std::string name, Found found) : name_(std::move(name)), found_(std::move(found)) {}

  void compare(ast::CompareOp op, const ast::Operand& operand) {
    if (const auto* list = std::get_if<ast::OperandList>(&operand.node)) {
      for (const ast::Operand& item : list->items)
        compare(op, item);
    } else if (const auto* literal = std::get_if<ast::Literal>(&operand.node)) {
      compare(op, literal->value);
    } else if (const auto* date = std::get_if<ast::DateLiteral>(&operand.node)) {
      compare_time(static_cast<double>(date->epoch_ms));
    } else if (std::holds_alternative<ast::DateNow>(operand.node)) {
      compare_time(std::nullopt);
    } else if (std::holds_alternative<ast::Subquery>(operand.node)) {
      causes_.push_back("No " + name_ + " is among the values of the subquery; ask it alone.");
    }
  }

  [[nodiscard]] Causes take() {
    if (causes_.empty()) causes_.push_back(name_ + " is for example " + examples(found_) + ".");
    return std::move(causes_);
  }

 private:
  static bool orders(ast::CompareOp op) {
    return op == ast::CompareOp::Greater || op == ast::CompareOp::Less ||
           op == ast::CompareOp::GreaterEqual || op == ast::CompareOp::LessEqual;
  }

  void compare(ast::CompareOp op, const Value& wanted) {
    if (const auto* text = std::get_if<std::string>(&wanted)) return compare_text(op, *text);
    if (const auto* number = std::get_if<double>(&wanted)) return compare_number(op, *number);
    if (std::holds_alternative<bool>(wanted)) {
      const std::string word = std::get<bool>(wanted) ? "true" : "false";
      if (found_.only_texts()) {
        causes_.push_back(name_ + " is a text here, such as " + examples(found_) +
                          ": write it in quotes, '" + word + "'.");
      } else if (found_.only_numbers()) {
        causes_.push_back(name_ + " is a number here, such as " + examples(found_) + ".");
      }
      return;
    }
    if (is_null(wanted) && op == ast::CompareOp::Equal) {
      causes_.push_back(name_ + " is there on everything that is left.");
    }
  }

  // Whether a value passes when the backslashes of the text are not read as escapes.
  bool blame_backslash(ast::CompareOp op, const std::string& wanted) {
    const std::string written = written_backslashes(wanted);
    // Two backslashes at the beginning are read as one.
    for (const std::string& meant : {written, "\\" + written}) {
      if (meant == wanted || written.find('\\') == std::string::npos) continue;
      const bool found = std::any_of(found_.texts.begin(),
                                     found_.texts.end(),
                                     [&](const auto& text) { return holds(op, text, meant); });
      if (!found) continue;
      causes_.push_back("A backslash begins an escape, such as \\n and \\t: write " +
                        query::quoted(meant) + ".");
      return true;
    }
    return false;
  }

  void compare_text(ast::CompareOp op, const std::string& wanted) {
    if (blame_backslash(op, wanted)) return;
    if (found_.only_booleans()) {
      const bool word = wanted == "true" || wanted == "false";
      causes_.push_back(name_ + " is a boolean, and a boolean never equals a text: write " +
                        (word ? wanted + " without quotes." : "true or false."));
      return;
    }
    if (found_.only_numbers()) {
      causes_.push_back(name_ + " is a number, such as " + examples(found_) +
                        ", and a number never equals a text" +
                        (is_number(wanted) ? ": write " + wanted + " without quotes."
                         : query::epoch_ms_from_iso(wanted) ? ": write date(" + wanted + ")."
                                                            : "."));
      return;
    }
    for (const std::string& text : found_.texts) {
      if (op == ast::CompareOp::Equal && text != wanted && trimmed(text) == trimmed(wanted)) {
        causes_.push_back("The blanks around it count: there is " + query::quoted(text) + ".");
        return;
      }
      if (op == ast::CompareOp::Equal &&
          query::same_ignoring_case(trimmed(text), trimmed(wanted))) {
        causes_.push_back("Letters count: write " + query::quoted(text) + ", or /" + wanted +
                          "/i for either case.");
        return;
      }
      if (op != ast::CompareOp::Equal && !orders(op) && contains_ignoring_case(text, wanted)) {
        causes_.push_back("Letters count: there is " + query::quoted(text) +
                          "; a regular expression, ~= /" + wanted + "/i, takes either case.");
        return;
      }
    }
    std::vector<std::string_view> candidates(found_.texts.begin(), found_.texts.end());
    if (const auto near = query::nearest(wanted, candidates)) {
      causes_.push_back("The nearest value that is there is " + query::quoted(*near) + ".");
    }
  }

  void compare_number(ast::CompareOp op, double wanted) {
    if (found_.only_texts()) {
      causes_.push_back(name_ + " is a text here, such as " + examples(found_) +
                        ", and a text never equals a number" +
                        (orders(op) ? " nor is it less or greater." : ": write it in quotes."));
      return;
    }
    if (found_.only_booleans()) {
      causes_.push_back(name_ + " is a boolean: write true or false.");
      return;
    }
    if (orders(op)) compare_time(wanted);
  }

  // Of an order, against times in milliseconds; `wanted` empty: now or near.
  void compare_time(std::optional<double> wanted) {
    if (found_.numbers.empty()) {
      if (!found_.texts.empty() && query::epoch_ms_from_iso(found_.texts.front())) {
        causes_.push_back(name_ + " is a date as text, such as " + examples(found_) +
                          "; only times in epoch milliseconds compare with dates.");
      } else if (!found_.texts.empty()) {
        causes_.push_back(name_ + " is a text here, such as " + examples(found_) + ".");
      }
      return;
    }
    const auto [least, most] = std::minmax_element(found_.numbers.begin(), found_.numbers.end());
    const bool seconds = *most<kSecondsMax&& * least> kSecondsMin;
    const bool wants_seconds = wanted && *wanted<kSecondsMax&& * wanted> kSecondsMin;
    if (seconds && (!wanted || *wanted >= kSecondsMax)) {
      causes_.push_back(
          name_ + " seems to be in seconds, such as " + examples(found_) +
          ", while dates are milliseconds: the integration has to store milliseconds.");
    } else if (wants_seconds && *least >= kSecondsMax) {
      causes_.push_back(name_ + " is in milliseconds, such as " + examples(found_) +
                        ": multiply by 1000, or write a date(…).");
    } else {
      causes_.push_back(name_ + " lies between " + to_json(Value(*least)) + " and " +
                        to_json(Value(*most)) + " here.");
    }
  }

  std::string name_;
  Found found_;
  Causes causes_{};
};

// Nobody who is left has the property.
void add_absence(Probe& probe, const std::string& property, Causes& causes) {
  const std::string owners = probe.tally(
      "FIND * WITH " +
      query::print(ast::Filter{ast::Comparison{ast::PropertyRef{std::nullopt, ast::Name{property}},
                                               ast::CompareOp::NotEqual,
                                               {},
                                               ast::Operand{ast::Literal{Null{}}}}}) +
      " AS x RETURN x._type, COUNT(x)");
  const std::string nobody = "None of these has the property " + property;
  if (!owners.empty()) {
    causes.push_back(nobody + "; it is one of " + owners + ".");
    return;
  }
  std::vector<std::string> names;
  for (const PropertySummary& summary : probe.database().properties(""))
    names.push_back(summary.name);
  const std::vector<std::string_view> candidates(names.begin(), names.end());
  const auto near = query::nearest(property, candidates);
  const std::optional<std::string> meant = near ? query::property_text(*near) : std::nullopt;
  causes.push_back(meant ? nobody + ". Did you mean " + *meant + "?" : nobody + ".");
}

}  // namespace

Causes causes_of_condition(Probe& probe,
                           const ast::Query& before,
                           const std::string& subject,
                           const ast::Filter& condition) {
  Causes causes;
  if (const auto* junction = std::get_if<ast::Junction>(&condition.node)) {
    for (const ast::Filter& part : junction->parts) {
      const Causes more = causes_of_condition(probe, before, subject, part);
      causes.insert(causes.end(), more.begin(), more.end());
    }
    return causes;
  }
  const auto* comparison = std::get_if<ast::Comparison>(&condition.node);
  const ast::PropertyRef& property = comparison != nullptr
                                         ? std::get<ast::PropertyRef>(comparison->left)
                                         : std::get<ast::CidrTest>(condition.node).property;
  const std::string selector = property.selector ? property.selector->text : subject;
  Found found;
  for (const Value& value : probe.values(before, selector, property.property.text, kValuesMax)) {
    note(value, found);
  }
  const std::string& name = property.property.text;
  if (found.empty()) {
    add_absence(probe, name, causes);
    return causes;
  }
  if (comparison == nullptr) return {name + " is for example " + examples(found) + "."};
  Examination examination(name, std::move(found));
  examination.compare(comparison->op, comparison->right);
  return examination.take();
}

}  // namespace callisto::doctor
