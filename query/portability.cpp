#include "query/portability.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include "query/ast/parts.h"

namespace callisto::query {
namespace {

constexpr std::uint64_t kPortableLimit = 250;

// What the first thing is that a pattern needs RE2 for; empty where plain characters, classes and
// quantifiers are enough.
std::string_view beyond_plain_patterns(std::string_view pattern) {
  bool in_class = false;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    const char c = pattern[i];
    if (c == '\\') {
      const char next = i + 1 < pattern.size() ? pattern[i + 1] : ' ';
      const bool letter = (next >= 'a' && next <= 'z') || (next >= 'A' && next <= 'Z');
      if (letter && std::string_view("dDwW").find(next) == std::string_view::npos) {
        return pattern.substr(i, 2);
      }
      ++i;
    } else if (in_class) {
      in_class = c != ']';
    } else if (c == '[') {
      in_class = true;
    } else if (std::string_view("^$|() ").find(c) != std::string_view::npos) {
      return pattern.substr(i, 1);
    }
  }
  return {};
}

class Portability {
 public:
  void query(const ast::Query& query) {
    node(query.start);
    steps(query.steps, false);
    if (query.where) filter(*query.where);
    if (query.returns) {
      for (const ast::ReturnItem& item : query.returns->items) {
        expression(item.expression);
      }
    }
    if (query.having) filter(*query.having);
    for (const ast::SortKey& key : query.order_by) {
      expression(key.expression);
    }
    if (query.skip) warn("SKIP is no longer taken by others: read page by page.", query.skip_span);
    if (query.limit && *query.limit > kPortableLimit) {
      warn("LIMIT goes to 250 elsewhere: read page by page.", query.limit_span);
    }
  }

  [[nodiscard]] std::vector<Warning> take() { return std::move(warnings_); }

 private:
  void warn(std::string message, ast::Span span) {
    warnings_.push_back({.message = std::move(message), .span = span});
  }

  void target(const ast::Target& target, bool in_list) {
    if (in_list && !target.smart_classes.empty()) {
      warn("A smart class stands before the targets elsewhere, not in a list of them.",
           target.smart_classes.front().span);
    }
    for (const ast::Target& alternative : target.alternatives) {
      this->target(alternative, true);
    }
  }

  void node(const ast::Node& node) {
    target(node.target, false);
    if (node.filter) filter(*node.filter);
  }

  void steps(const std::vector<ast::Step>& steps, bool in_group) {
    for (const ast::Step& step : steps) {
      if (const auto* hop = std::get_if<ast::Hop>(&step.node)) {
        node(hop->node);
        continue;
      }
      const auto& group = std::get<ast::OptionalGroup>(step.node);
      if (in_group) {
        warn("An optional traversal stands beside others elsewhere, not inside of one.",
             group.span);
      }
      this->steps(group.steps, true);
    }
  }

  void filter(const ast::Filter& filter) {
    if (const auto* junction = std::get_if<ast::Junction>(&filter.node)) {
      for (const ast::Filter& part : junction->parts) {
        this->filter(part);
      }
    }
    const auto* comparison = std::get_if<ast::Comparison>(&filter.node);
    if (comparison == nullptr) return;
    if (const auto* computed = std::get_if<ast::Computed>(&comparison->left)) {
      expression(*computed->expression);
    }
    operand(comparison->right);
  }

  void operand(const ast::Operand& operand) {
    if (const auto* date = std::get_if<ast::DateNow>(&operand.node)) {
      for (const ast::DateStep& step : date->steps) {
        if (step.unit != ast::DateUnit::Minute && step.unit != ast::DateUnit::Week) continue;
        warn("Minutes and weeks are no units elsewhere: write hours or days.", operand.span);
        break;
      }
    } else if (const auto* regex = std::get_if<ast::Regex>(&operand.node)) {
      const std::string_view beyond = beyond_plain_patterns(regex->pattern);
      if (beyond.empty()) return;
      warn(
          "A regular expression has plain characters, classes and quantifiers elsewhere, and no "
          "\"" +
              std::string(beyond) + "\"" + (beyond == " " ? ": write [ ]." : "."),
          operand.span);
    } else if (const auto* list = std::get_if<ast::OperandList>(&operand.node)) {
      for (const ast::Operand& item : list->items) {
        this->operand(item);
      }
    } else if (const auto* subquery = std::get_if<ast::Subquery>(&operand.node)) {
      query(*subquery->query);
    } else if (const auto* computed = std::get_if<ast::Computed>(&operand.node)) {
      expression(*computed->expression);
    }
  }

  void expression(const ast::Expression& expression) {
    (void)ast::any_part(expression, [this](const ast::Expression& part) {
      if (std::holds_alternative<ast::AllPaths>(part.node)) {
        warn("COUNT(*) is ours: count an alias elsewhere.", part.span);
      }
      return false;
    });
  }

  std::vector<Warning> warnings_;
};

}  // namespace

std::vector<Warning> portability_of(const ast::Query& query) {
  Portability portability;
  portability.query(query);
  std::vector<Warning> warnings = portability.take();
  std::stable_sort(warnings.begin(), warnings.end(), [](const Warning& a, const Warning& b) {
    return a.span->begin < b.span->begin;
  });
  return warnings;
}

}  // namespace callisto::query
