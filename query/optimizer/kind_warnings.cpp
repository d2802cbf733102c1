// Comparisons that can never hold, since the property has values of another kind (j1ql 4.3, 12.9).
#include <algorithm>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "query/ast/iso_date.h"
#include "query/optimizer/optimizer.h"
#include "query/optimizer/plan_lookup.h"
#include <callisto/number_text.h>

namespace callisto::query {

namespace {

// A property with more values than this is not looked through for a warning.
constexpr std::size_t kValuesMax = 1'000'000;
constexpr double kEarliestDateMs = 1e11;  // A number this large is rather a moment than a count.

enum class Family : std::uint8_t { Number, Text, Boolean };

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

// What to write for a text that meets numbers.
std::string number_advice(std::string_view text) {
  constexpr std::string_view kDate = "date.now";
  if (text.substr(0, kDate.size()) == kDate) {
    return ": write " + std::string(text) + " without quotes.";
  }
  if (number_from<double>(text)) {
    const bool year = text.size() == 4;
    return ": write " + std::string(text) + " without quotes" +
           (year ? ", or date(" + std::string(text) + ") for the year." : ".");
  }
  if (epoch_ms_from_iso(text)) return ": write date(" + std::string(text) + ").";
  return ".";
}

// `"cpu" is a number here, and a number never equals a text: write 4 without quotes.`
std::string sentence(const std::string& property, Family is, const Constant& constant) {
  const std::string begin = "\"" + property + "\" is ";
  const Value* value = std::get_if<Value>(&constant);
  const bool date = value == nullptr || (std::holds_alternative<double>(*value) &&
                                         std::get<double>(*value) >= kEarliestDateMs);
  if (is == Family::Boolean) {
    const bool text = value != nullptr && std::holds_alternative<std::string>(*value);
    return begin + "a boolean here, and a boolean never equals a " + (text ? "text" : "number") +
           ": write true or false without quotes.";
  }
  if (is == Family::Number) {
    if (value != nullptr && std::holds_alternative<bool>(*value)) {
      return begin + "a number here, and a number never equals a boolean.";
    }
    return begin + "a number here, and numbers are not compared with texts" +
           number_advice(std::get<std::string>(*value));
  }
  if (date) {
    return begin + "a text here, and dates are compared with numbers of milliseconds only.";
  }
  if (std::holds_alternative<bool>(*value)) {
    return begin + "a text here, and a text never equals a boolean: write '" +
           (std::get<bool>(*value) ? "true" : "false") + "'.";
  }
  return begin + "a text here, and texts are not compared with numbers: put the number in quotes.";
}

std::optional<Family> family_of(const Constant& constant) {
  if (std::holds_alternative<ast::DateNow>(constant)) return Family::Number;
  const auto* value = std::get_if<Value>(&constant);
  if (value == nullptr) return std::nullopt;
  if (std::holds_alternative<double>(*value)) return Family::Number;
  if (std::holds_alternative<std::string>(*value)) return Family::Text;
  if (std::holds_alternative<bool>(*value)) return Family::Boolean;
  return std::nullopt;
}

}  // namespace

void warn_of_kinds(PhysicalPlan& plan, const Snapshot& snapshot) {
  const BoundQuery& query = plan.query();
  std::vector<ReadId> warned;  // Once for all values of a list.
  for (const Condition* const condition : comparisons_of(plan)) {
    const ReadId left = condition->left;
    const Read& read = query.reads[left];
    const Constant& constant = query.constants[condition->constant];
    const auto wanted = family_of(constant);
    if (!wanted || read.implied || plan.reads[left] == kNoProperty) continue;
    if (std::find(warned.begin(), warned.end(), left) != warned.end()) continue;
    const auto tables = tables_of(plan, read.variable, snapshot);
    const auto instead = family_instead(tables, plan.reads[left], *wanted);
    if (!instead) continue;
    warned.push_back(left);
    plan.warnings.push_back({.message = sentence(read.property, *instead, constant),
                             .span = query.constant_spans[condition->constant]});
  }
}

}  // namespace callisto::query
