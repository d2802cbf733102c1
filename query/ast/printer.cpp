// Targets, steps, clauses. Conditions and expressions are in printer_conditions.cpp.
#include "query/ast/printer.h"

#include "query/ast/printer_parts.h"

namespace callisto::query {
namespace {

void append_target(std::string& out, const ast::Target& target) {
  for (const ast::Name& smart : target.smart_classes)
    out.append("#").append(smart.text).append(" ");
  switch (target.kind) {
    case ast::Target::Kind::Any:
      if (target.smart_classes.empty()) {
        out.append("*");
      } else {
        out.pop_back();
      }
      return;
    case ast::Target::Kind::Class:
    case ast::Target::Kind::Type:
      out.append(target.text);
      return;
    case ast::Target::Kind::FullText:
      out.append(quoted(target.text));
      return;
    case ast::Target::Kind::Union:
      break;
  }
  for (std::size_t i = 0; i < target.alternatives.size(); ++i) {
    out.append(i == 0 ? "(" : "|");
    append_target(out, target.alternatives[i]);
  }
  out.append(")");
}

void append_alias(std::string& out, const std::optional<ast::Name>& alias) {
  if (alias) out.append(" AS ").append(alias->text);
}

void append_node(std::string& out, const ast::Node& node) {
  append_target(out, node.target);
  if (node.filter) out.append(" WITH ").append(print(*node.filter));
  append_alias(out, node.alias);
}

void append_verbs(std::string& out, const ast::Hop& hop) {
  if (hop.relates_to) {
    out.append("RELATES TO");
    return;
  }
  const bool several = hop.verbs.size() > 1;
  for (std::size_t i = 0; i < hop.verbs.size(); ++i) {
    if (several) out.append(i == 0 ? "(" : "|");
    out.append(hop.verbs[i].written.text);
  }
  if (several) out.append(")");
}

void append_hop(std::string& out, const ast::Hop& hop) {
  out.append("THAT ");
  if (hop.somehow_depth) {
    out.append("SOMEHOW ").append(std::to_string(*hop.somehow_depth)).append(" ");
  }
  if (hop.negated) out.append("!");
  append_verbs(out, hop);
  if (hop.direction == ast::Direction::Forward) out.append(" >>");
  if (hop.direction == ast::Direction::Backward) out.append(" <<");
  append_alias(out, hop.alias);
  out.append(" ");
  // After a single verb a first `to` is the filler, so a type of that name needs one before it.
  const bool verb_last =
      hop.verbs.size() == 1 && !hop.alias && hop.direction == ast::Direction::Either;
  if (verb_last && printing::is_word(hop.node.target.text, "TO")) out.append("TO ");
  append_node(out, hop.node);
}

void append_step(std::string& out, const ast::Step& step) {
  if (const auto* hop = std::get_if<ast::Hop>(&step.node)) {
    append_hop(out, *hop);
    return;
  }
  const auto& group = std::get<ast::OptionalGroup>(step.node);
  for (std::size_t i = 0; i < group.steps.size(); ++i) {
    out.append(i == 0 ? "(" : " ");
    append_step(out, group.steps[i]);
  }
  out.append(")?");
  append_alias(out, group.alias);
}

// What stands before a hop or an optional, and before a clause.
struct Breaks {
  std::string_view step;
  std::string_view clause;
};

void append_return(std::string& out, const ast::Return& returns) {
  out.append("RETURN ");
  if (returns.tree) {
    out.append("TREE");
    return;
  }
  for (std::size_t i = 0; i < returns.items.size(); ++i) {
    const ast::ReturnItem& item = returns.items[i];
    if (i > 0) out.append(", ");
    out.append(print(item.expression));
    // An alias, or a column that was written with other blanks than ours.
    if (item.alias || item.column != default_column(item.expression)) {
      out.append(" AS ").append(printing::is_free_word(item.column) ? item.column
                                                                    : quoted(item.column));
    }
  }
}

void append_order(std::string& out, const std::vector<ast::SortKey>& keys) {
  for (std::size_t i = 0; i < keys.size(); ++i) {
    out.append(i == 0 ? "ORDER BY " : ", ");
    out.append(print(keys[i].expression));
    if (keys[i].descending) out.append(" DESC");
  }
}

std::string print_between(const ast::Query& query, Breaks breaks) {
  std::string out = query.unique ? "FIND UNIQUE " : "FIND ";
  append_node(out, query.start);
  for (const ast::Step& step : query.steps) {
    out.append(breaks.step);
    append_step(out, step);
  }
  const auto clause = [&](std::string_view word) -> std::string& {
    return out.append(breaks.clause).append(word);
  };
  if (query.where) clause("WHERE ").append(print(*query.where));
  if (query.returns) append_return(clause(""), *query.returns);
  if (query.having) clause("HAVING ").append(print(*query.having));
  if (!query.order_by.empty()) append_order(clause(""), query.order_by);
  if (query.skip) clause("SKIP ").append(std::to_string(*query.skip));
  if (query.limit) clause("LIMIT ").append(std::to_string(*query.limit));
  return out;
}

}  // namespace

std::string print(const ast::Target& target) {
  std::string out;
  append_target(out, target);
  return out;
}

std::string print(const ast::Query& query) {
  return print_between(query, {" ", " "});
}

std::string print_lines(const ast::Query& query) {
  return print_between(query, {"\n  ", "\n"});
}

}  // namespace callisto::query
