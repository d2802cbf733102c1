// Comparison by comparison. Every negated operator is the complement of its positive twin.
#include "tests/oracle/conditions.h"

#include <regex.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <stdexcept>

#include "tests/oracle/oracle.h"

namespace callisto::oracle {

namespace {

namespace ast = query::ast;
using ast::CompareOp;

// j1ql 4.3, 4.4: what `op` denies, or `op` itself.
CompareOp positive_of(CompareOp op) {
  switch (op) {
    case CompareOp::NotEqual:
      return CompareOp::Equal;
    case CompareOp::NotContains:
      return CompareOp::Contains;
    case CompareOp::NotStartsWith:
      return CompareOp::StartsWith;
    case CompareOp::NotEndsWith:
      return CompareOp::EndsWith;
    default:
      return op;
  }
}

// j1ql 4.4: a list stands for its elements, an absent value for none.
std::vector<Scalar> elements_of(const Value& value) {
  if (const auto* list = std::get_if<List>(&value)) return *list;
  if (const auto* boolean = std::get_if<bool>(&value)) return {*boolean};
  if (const auto* number = std::get_if<double>(&value)) return {*number};
  if (const auto* text = std::get_if<std::string>(&value)) return {*text};
  return {};
}

// Numbers with numbers, strings with strings byte by byte; nothing is converted (j1ql 4.1).
template <class T>
bool order_holds(CompareOp op, const T& left, const T& right) {
  if (op == CompareOp::Greater) return left > right;
  if (op == CompareOp::Less) return left < right;
  if (op == CompareOp::GreaterEqual) return left >= right;
  return op == CompareOp::LessEqual && left <= right;
}

bool scalar_holds(CompareOp op, const Scalar& left, const Scalar& right) {
  if (op == CompareOp::Equal) return left == right;
  const auto* a = std::get_if<double>(&left);
  const auto* b = std::get_if<double>(&right);
  if (a != nullptr && b != nullptr) return order_holds(op, *a, *b);
  const auto* text = std::get_if<std::string>(&left);
  const auto* part = std::get_if<std::string>(&right);
  if (text == nullptr || part == nullptr) return false;
  if (op == CompareOp::Contains) return text->find(*part) != std::string::npos;
  if (op == CompareOp::StartsWith) return text->starts_with(*part);
  if (op == CompareOp::EndsWith) return text->ends_with(*part);
  return order_holds(op, *text, *part);
}

// Any element of one against any element of the other.
bool any_holds(CompareOp op, const Value& left, const Value& right) {
  for (const Scalar& a : elements_of(left)) {
    for (const Scalar& b : elements_of(right)) {
      if (scalar_holds(op, a, b)) return true;
    }
  }
  return false;
}

// A value that the query itself names. `= undefined` asks for absence (j1ql 4.3).
bool literal_holds(CompareOp op, const Value& left, const Value& literal) {
  if (is_null(literal)) return op == CompareOp::Equal && is_null(left);
  return any_holds(op, left, literal);
}

// j1ql 4.6: a search, tied to an end by ^= and $=. POSIX expressions are enough here.
bool regex_holds(CompareOp op, const Value& left, const ast::Regex& regex) {
  std::string pattern = "(" + regex.pattern + ")";
  if (op == CompareOp::StartsWith) pattern = "^" + pattern;
  if (op == CompareOp::EndsWith) pattern += "$";
  const int flags = REG_EXTENDED | REG_NOSUB | (regex.flags == "i" ? REG_ICASE : 0);
  regex_t compiled{};
  if (regcomp(&compiled, pattern.c_str(), flags) != 0) throw std::runtime_error(pattern);
  const std::vector<Scalar> elements = elements_of(left);
  const bool found = std::any_of(elements.begin(), elements.end(), [&](const Scalar& element) {
    const auto* text = std::get_if<std::string>(&element);
    return text != nullptr && regexec(&compiled, text->c_str(), 0, nullptr, 0) == 0;
  });
  regfree(&compiled);
  return found;
}

// j1ql 4.7: months and years are steps of the calendar; a day that the month lacks is its last.
std::int64_t months_later(std::int64_t epoch_ms, std::int64_t months) {
  using namespace std::chrono;
  const sys_time<milliseconds> time{milliseconds(epoch_ms)};
  const auto day = floor<days>(time);
  const year_month_day date{day};
  const year_month month = date.year() / date.month() + std::chrono::months(months);
  year_month_day moved = month / date.day();
  if (!moved.ok()) moved = month / last;
  return (sys_days(moved) + (time - day)).time_since_epoch().count();
}

double date_of(const ast::DateNow& date, std::int64_t now_ms) {
  constexpr std::int64_t kMinute = 60'000;
  std::int64_t at = now_ms;
  for (const ast::DateStep& step : date.steps) {
    switch (step.unit) {
      case ast::DateUnit::Minute:
        at += step.count * kMinute;
        break;
      case ast::DateUnit::Hour:
        at += step.count * kMinute * 60;
        break;
      case ast::DateUnit::Day:
        at += step.count * kMinute * 60 * 24;
        break;
      case ast::DateUnit::Week:
        at += step.count * kMinute * 60 * 24 * 7;
        break;
      case ast::DateUnit::Month:
        at = months_later(at, step.count);
        break;
      case ast::DateUnit::Year:
        at = months_later(at, step.count * 12);
        break;
    }
  }
  return static_cast<double>(at);
}

// The right side of a comparison with a positive operator.
struct RightSide {
  CompareOp op{};
  const Value& left;
  const Lookup& lookup;
  const World& world;
  const Compute& compute;

  bool operator()(const ast::Literal& literal) const {
    return literal_holds(op, left, literal.value);
  }

  bool operator()(const ast::DateNow& date) const {
    return any_holds(op, left, date_of(date, *world.options.now_ms));
  }

  bool operator()(const ast::DateLiteral& date) const {
    return any_holds(op, left, static_cast<double>(date.epoch_ms));
  }

  bool operator()(const ast::Regex& regex) const { return regex_holds(op, left, regex); }

  // j1ql 4.12: a typed literal; a list is an OR list.
  bool operator()(const ast::Parameter& parameter) const {
    return literal_holds(op, left, world.options.variables.at(parameter.name));
  }

  // j1ql 6: two properties that are both absent are not equal.
  bool operator()(const ast::PropertyRef& property) const {
    return any_holds(op, left, lookup(property));
  }

  // j1ql 7.7: as between two properties.
  bool operator()(const ast::Computed& computed) const {
    return any_holds(op, left, compute(*computed.expression));
  }

  // j1ql 4.4, 4.5.
  bool operator()(const ast::OperandList& list) const {
    const auto holds_for = [this](const ast::Operand& item) {
      return std::visit(*this, item.node);
    };
    return list.connective == ast::Connective::And
               ? std::all_of(list.items.begin(), list.items.end(), holds_for)
               : std::any_of(list.items.begin(), list.items.end(), holds_for);
  }

  // j1ql 4.11: the values that come back are an OR list; a row without a value adds none.
  bool operator()(const ast::Subquery& subquery) const {
    const Answer answer = ask(*subquery.query, world);
    return std::any_of(answer.rows.begin(), answer.rows.end(), [this](const Row& row) {
      return any_holds(op, left, std::get<Value>(row.cells.at(0)));
    });
  }
};

// a.b.c.d as a number.
std::optional<std::uint32_t> ipv4(std::string_view text) {
  std::uint32_t address = 0;
  for (int part = 0; part < 4; ++part) {
    if (part > 0) {
      if (!text.starts_with('.')) return std::nullopt;
      text.remove_prefix(1);
    }
    std::uint32_t number = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
    if (read.ec != std::errc() || number > 255) return std::nullopt;
    text.remove_prefix(static_cast<std::size_t>(read.ptr - text.data()));
    address = address * 256 + number;
  }
  return text.empty() ? std::optional(address) : std::nullopt;
}

// j1ql 4.8.
bool in_block(const Value& value, const std::string& block) {
  const std::size_t slash = block.find('/');
  const std::uint32_t network = *ipv4(block.substr(0, slash));
  const int bits = std::stoi(block.substr(slash + 1));
  const std::uint32_t mask = bits == 0 ? 0 : ~std::uint32_t{0} << (32 - bits);
  const std::vector<Scalar> elements = elements_of(value);
  return std::any_of(elements.begin(), elements.end(), [&](const Scalar& element) {
    const auto* text = std::get_if<std::string>(&element);
    const std::optional<std::uint32_t> address = text == nullptr ? std::nullopt : ipv4(*text);
    return address && (*address & mask) == (network & mask);
  });
}

// j1ql 4.12: a list variable holds several.
std::vector<std::string> blocks_of(const ast::CidrTest& test, const World& world) {
  if (const auto* block = std::get_if<std::string>(&test.block)) return {*block};
  const std::string& name = std::get<ast::Parameter>(test.block).name;
  std::vector<std::string> blocks;
  for (const Scalar& element : elements_of(world.options.variables.at(name))) {
    blocks.push_back(std::get<std::string>(element));
  }
  return blocks;
}

}  // namespace

bool holds(const ast::Filter& filter,
           const Lookup& lookup,
           const World& world,
           const Compute& compute) {
  if (const auto* junction = std::get_if<ast::Junction>(&filter.node)) {
    const auto part_holds = [&](const ast::Filter& part) {
      return holds(part, lookup, world, compute);
    };
    return junction->connective == ast::Connective::And
               ? std::all_of(junction->parts.begin(), junction->parts.end(), part_holds)
               : std::any_of(junction->parts.begin(), junction->parts.end(), part_holds);
  }
  if (const auto* cidr = std::get_if<ast::CidrTest>(&filter.node)) {
    const Value address = lookup(cidr->property);
    const std::vector<std::string> blocks = blocks_of(*cidr, world);
    const bool inside =
        std::any_of(blocks.begin(), blocks.end(), [&address](const std::string& block) {
          return in_block(address, block);
        });
    return inside != cidr->negated;
  }
  const auto& comparison = std::get<ast::Comparison>(filter.node);
  const auto* named = std::get_if<ast::PropertyRef>(&comparison.left);
  const Value left = named != nullptr
                         ? lookup(*named)
                         : compute(*std::get<ast::Computed>(comparison.left).expression);
  const CompareOp positive = positive_of(comparison.op);
  const bool found =
      std::visit(RightSide{positive, left, lookup, world, compute}, comparison.right.node);
  return positive == comparison.op ? found : !found;
}

}  // namespace callisto::oracle
