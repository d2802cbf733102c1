// Comparisons that can never hold, since the property has values of another kind (j1ql 4.3, 12.9).
#include <algorithm>
#include <cmath>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "query/ast/iso_date.h"
#include "query/ast/printer.h"
#include "query/optimizer/optimizer.h"
#include "query/optimizer/plan_lookup.h"
#include <callisto/number_text.h>

namespace callisto::query {

namespace {

// A property with more values than this is not looked through for a warning.
constexpr std::size_t kValuesMax = 1'000'000;
constexpr double kFirstYear = 1900;
constexpr double kLastYear = 2100;

enum class Family : std::uint8_t { Number, Text, Boolean };

std::string noun(Family family) {
  switch (family) {
    case Family::Number:
      return "a number";
    case Family::Boolean:
      return "a boolean";
    case Family::Text:
      break;
  }
  return "a text";
}

std::optional<Family> family_of(ValueView value) {
  switch (value.kind()) {
    case ValueKind::Number:
      return Family::Number;
    case ValueKind::String:
      return Family::Text;
    case ValueKind::Bool:
      return Family::Boolean;
    default:
      return std::nullopt;
  }
}

// Which kinds of values have been seen; lists count by their elements.
class Kinds {
 public:
  explicit Kinds(Family wanted) : wanted_(wanted) {}

  // Whether to go on: neither the wanted kind nor too many values seen.
  [[nodiscard]] bool undecided() const { return !found_ && seen_ < kValuesMax; }

  // What the property is instead; empty when it has the wanted kind, or nothing, or too much.
  [[nodiscard]] std::optional<Family> instead() const {
    return undecided() ? other_ : std::nullopt;
  }

  void add(Family family) {
    ++seen_;
    found_ = found_ || family == wanted_;
    if (family != wanted_ && !other_) other_ = family;
  }

  void add(ValueView value) {
    if (value.kind() == ValueKind::List) {
      for (const ValueView element : value.as_list()) {
        if (const auto family = family_of(element)) add(*family);
      }
    } else if (const auto family = family_of(value)) {
      add(*family);
    }
  }

  void add(const Column& column) {
    switch (column.kind()) {
      case Column::Kind::Integer:
      case Column::Kind::Double:
        return add(Family::Number);
      case Column::Kind::Text:
      case Column::Kind::Ids:
        return add(Family::Text);
      case Column::Kind::Coded:
        for (const ValueView value : column.coded_values()) {
          if (!undecided()) return;
          add(value);
        }
        return;
      case Column::Kind::Mixed:
        for (std::uint32_t row = 0; row < column.rows() && undecided(); ++row) {
          add(column.at(row));
        }
    }
  }

 private:
  Family wanted_;
  bool found_ = false;
  std::optional<Family> other_;
  std::size_t seen_ = 0;
};

std::optional<Family> family_instead(std::span<const PropertyTable* const> tables,
                                     PropertyId property,
                                     Family wanted) {
  Kinds kinds(wanted);
  for (const PropertyTable* const table : tables) {
    const auto slot = table->slot(property);
    if (!slot) continue;
    for (const ChunkPtr& chunk : table->chunks()) {
      if (!kinds.undecided()) return std::nullopt;
      if (const Column* column = chunk->column(*slot)) kinds.add(*column);
    }
  }
  return kinds.instead();
}

std::optional<double> number_in(std::string_view text) {
  const bool digits = text.find_first_not_of("0123456789.eE+-") == std::string_view::npos;
  return digits ? number_from<double>(text) : std::nullopt;
}

std::string number_text(double number) {
  std::string text;
  append_number(text, number);
  return text;
}

bool is_year(std::string_view text, double number) {
  return text.size() == 4 && number >= kFirstYear && number <= kLastYear &&
         std::trunc(number) == number;
}

// What to write for a text that meets numbers: ": write 4 without quotes."
std::string number_advice(const std::string& text) {
  if (text.starts_with("date.now")) return ": write " + text + " without quotes.";
  if (const std::optional<double> number = number_in(text)) {
    return ": write " + number_text(*number) + " without quotes" +
           (is_year(text, *number) ? ", or date(" + text + ") for the year." : ".");
  }
  return epoch_ms_from_iso(text) ? ": write date(" + text + ")." : ".";
}

struct Compared {
  Family family{};
  Value value{};      // Null: `date.now`.
  bool date = false;  // Written as one.
};

// `"cpu" is a number here, and a number never equals a text: write 4 without quotes.`
std::string sentence(const std::string& property, Family is, const Compared& with) {
  const std::string begin = "\"" + property + "\" is " + noun(is) + " here, and ";
  if (is == Family::Boolean) {
    return begin + "a boolean never equals " + noun(with.family) +
           ": write true or false without quotes.";
  }
  if (is == Family::Number) {
    if (with.family == Family::Boolean) return begin + "a number never equals a boolean.";
    return begin + "numbers are not compared with texts" +
           number_advice(std::get<std::string>(with.value));
  }
  if (with.date) return begin + "dates are compared with numbers of milliseconds only.";
  if (with.family == Family::Boolean) {
    return begin + "a text never equals a boolean: write '" +
           (std::get<bool>(with.value) ? "true" : "false") + "'.";
  }
  return begin + "texts are not compared with numbers: put the number in quotes.";
}

// What to give instead of a text that a variable has for a number.
std::string number_to_give(const Value& value) {
  const auto* const text = std::get_if<std::string>(&value);
  if (text == nullptr) return "a number.";
  if (const auto number = number_in(*text)) return number_text(*number) + " without quotes.";
  const auto date = epoch_ms_from_iso(*text);
  return date ? "the milliseconds, " + std::to_string(*date) + "." : "a number.";
}

// `"port" is a number here, and ${p} holds a text: nothing of another kind matches. Give it as 443
// without quotes.`
std::string variable_sentence(const std::string& property,
                              Family is,
                              const std::string& variable,
                              const Compared& with) {
  const std::string begin = "\"" + property + "\" is " + noun(is) + " here, and " + variable +
                            " holds " + noun(with.family) + ": nothing of another kind matches. ";
  switch (is) {
    case Family::Number:
      return begin + "Give it as " + number_to_give(with.value);
    case Family::Boolean:
      return begin + "Give it as true or false without quotes.";
    case Family::Text:
      break;
  }
  return begin + "Give it as a text, in quotes: \"" + to_json(with.value) + "\".";
}

std::optional<Family> family_of(const Value& value) {
  if (std::holds_alternative<double>(value)) return Family::Number;
  if (std::holds_alternative<std::string>(value)) return Family::Text;
  if (std::holds_alternative<bool>(value)) return Family::Boolean;
  return std::nullopt;
}

// Looks each comparison up once for each property.
class KindCheck {
 public:
  KindCheck(const PhysicalPlan& plan, const Snapshot& snapshot)
      : plan_(plan), snapshot_(snapshot) {}

  // What the property is instead of the kind that it is compared with.
  [[nodiscard]] std::optional<Family> instead(const Condition& condition, Family wanted) const {
    const Read& read = plan_.query().reads[condition.left];
    const PropertyId property = plan_.reads[condition.left];
    if (read.implied || property == kNoProperty || is_warned(condition.left)) return std::nullopt;
    return family_instead(tables_of(plan_, read.variable, snapshot_), property, wanted);
  }

  void warn(const Condition& condition, std::string message) {
    warned_.push_back(condition.left);
    warnings_.push_back(
        {.message = std::move(message), .span = plan_.query().constant_spans[condition.constant]});
  }

  std::vector<Warning> take() { return std::move(warnings_); }

 private:
  [[nodiscard]] bool is_warned(ReadId read) const {
    return std::find(warned_.begin(), warned_.end(), read) != warned_.end();
  }

  const PhysicalPlan& plan_;
  const Snapshot& snapshot_;
  std::vector<ReadId> warned_;  // Once for all values of a list.
  std::vector<Warning> warnings_;
};

// The value in the text of the query; nothing for what gets its value in a run.
std::optional<Compared> compared_literal(const BoundQuery& query, ConstantId id) {
  const Constant& constant = query.constants[id];
  if (std::holds_alternative<ast::DateNow>(constant)) {
    return Compared{.family = Family::Number, .date = true};
  }
  const auto* const value = std::get_if<Value>(&constant);
  const auto family = value == nullptr ? std::nullopt : family_of(*value);
  if (!family) return std::nullopt;
  const bool date = std::find(query.dates.begin(), query.dates.end(), id) != query.dates.end();
  return Compared{.family = *family, .value = *value, .date = date};
}

void check_variable(KindCheck& check,
                    const Condition& condition,
                    const BoundQuery& query,
                    const std::string& variable,
                    ValueView given) {
  const ValueView one[] = {given};
  const std::span<const ValueView> values =
      given.kind() == ValueKind::List ? given.as_list() : std::span<const ValueView>(one);
  for (const ValueView value : values) {
    const std::optional<Family> wanted = family_of(value);
    const auto instead = wanted ? check.instead(condition, *wanted) : std::nullopt;
    if (!instead) continue;
    const std::string& property = query.reads[condition.left].property;
    const Compared with{.family = *wanted, .value = to_value(value)};
    check.warn(condition, variable_sentence(property, *instead, variable, with));
    return;
  }
}

}  // namespace

void warn_of_kinds(PhysicalPlan& plan, const Snapshot& snapshot) {
  const BoundQuery& query = plan.query();
  KindCheck check(plan, snapshot);
  for (const Condition* const condition : comparisons_of(plan)) {
    const std::optional<Compared> with = compared_literal(query, condition->constant);
    const auto instead = with ? check.instead(*condition, with->family) : std::nullopt;
    if (!instead) continue;
    check.warn(*condition, sentence(query.reads[condition->left].property, *instead, *with));
  }
  for (Warning& warning : check.take()) {
    plan.warnings.push_back(std::move(warning));
  }
}

std::vector<Warning> variable_warnings(const PhysicalPlan& plan,
                                       const Snapshot& snapshot,
                                       const std::function<ValueView(ConstantId)>& value_of) {
  const BoundQuery& query = plan.query();
  KindCheck check(plan, snapshot);
  for (const Condition* const condition : comparisons_of(plan)) {
    const auto* const variable = std::get_if<ast::Parameter>(&query.constants[condition->constant]);
    if (variable == nullptr) continue;
    check_variable(check, *condition, query, print(*variable), value_of(condition->constant));
  }
  return check.take();
}

}  // namespace callisto::query
