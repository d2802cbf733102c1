// Variables of the pattern, then the clauses over them.
#include "query/binder/binder.h"

#include <algorithm>
#include <span>
#include <utility>

#include "query/binder/condition_binder.h"
#include "query/binder/expression_binder.h"
#include "query/binder/key_binder.h"
#include "query/binder/return_binder.h"
#include "query/binder/scope.h"
#include "query/binder/target_binder.h"

namespace callisto::query {

namespace {

std::string label_of(const ast::Target& target) {
  switch (target.kind) {
    case ast::Target::Kind::Any:
      return target.smart_classes.empty() ? "*" : "#" + target.smart_classes[0].text;
    case ast::Target::Kind::Class:
    case ast::Target::Kind::Type:
      return target.text;
    case ast::Target::Kind::FullText:
      return "\"" + target.text + "\"";
    case ast::Target::Kind::Union:
      break;
  }
  std::string label;
  for (const ast::Target& alternative : target.alternatives) {
    label += (label.empty() ? "(" : "|") + label_of(alternative);
  }
  return label + ")";
}

std::string label_of(const ast::Hop& hop) {
  std::string label;
  if (hop.relates_to) {
    label = "RELATES TO";
  } else {
    for (const ast::Verb& verb : hop.verbs) {
      label += (label.empty() ? "" : "|") + verb.name;
    }
  }
  if (hop.direction == ast::Direction::Forward) label += " >>";
  if (hop.direction == ast::Direction::Backward) label += " <<";
  return label;
}

bool aggregates(const ast::Operand& operand) {
  if (const auto* list = std::get_if<ast::OperandList>(&operand.node)) {
    return std::any_of(list->items.begin(), list->items.end(), aggregates);
  }
  const auto* computed = std::get_if<ast::Computed>(&operand.node);
  return computed != nullptr && has_aggregate(*computed->expression);
}

bool aggregates(const ast::Filter& filter) {
  if (const auto* junction = std::get_if<ast::Junction>(&filter.node)) {
    return std::any_of(junction->parts.begin(), junction->parts.end(), [](const ast::Filter& part) {
      return aggregates(part);
    });
  }
  const auto* comparison = std::get_if<ast::Comparison>(&filter.node);
  if (comparison == nullptr) return false;
  const auto* left = std::get_if<ast::Computed>(&comparison->left);
  return (left != nullptr && has_aggregate(*left->expression)) || aggregates(comparison->right);
}

// The rows of a table are groups, or distinct: an aggregate anywhere makes groups of all paths with
// the same items (j1ql 7.4).
bool groups_rows(const ast::Query& tree) {
  if (!tree.returns || tree.returns->tree) return false;
  const auto item = [](const auto& part) { return has_aggregate(part.expression); };
  return tree.unique || (tree.having && aggregates(*tree.having)) ||
         std::any_of(tree.returns->items.begin(), tree.returns->items.end(), item) ||
         std::any_of(tree.order_by.begin(), tree.order_by.end(), item);
}

class Binder {
 public:
  Binder(const ast::Query& tree,
         const DefinitionsPtr& definitions,
         std::vector<std::string> smart_classes,
         const Names* names)
      : tree_(tree), scope_(names) {
    query_.definitions = definitions;
    query_.smart_classes = std::move(smart_classes);
  }

  Result<BoundQuery> bind();

 private:
  struct Part {
    bool negated = false;
    bool optional = false;
  };

  VariableId add_variable(bool relationship, Part part, std::string label);
  Result<BoundNode> bind_node(const ast::Node& node, Part part);
  BoundHop relationship_of(const ast::Hop& hop, Part part);
  BoundOptional between(const ast::Hop& hop, Part part);
  Result<BoundHop> bind_hop(const ast::Hop& hop, Part part);
  Result<std::vector<BoundStep>> bind_steps(std::span<const ast::Step> steps, Part part);
  Status name(const ast::Name& alias, VariableId variable);
  Status bind_clauses();
  void warn_negated(const Read& read);

  const ast::Query& tree_;
  BoundQuery query_;
  Scope scope_;
};

VariableId Binder::add_variable(bool relationship, Part part, std::string label) {
  query_.variables.push_back({.relationship = relationship,
                              .negated = part.negated,
                              .optional = part.optional,
                              .label = std::move(label)});
  return static_cast<VariableId>(query_.variables.size() - 1);
}

Status Binder::name(const ast::Name& alias, VariableId variable) {
  query_.variables[variable].label = alias.text;
  query_.variables[variable].selector = alias.text;
  return scope_.add_alias(alias, variable);
}

Result<BoundNode> Binder::bind_node(const ast::Node& written, Part part) {
  BoundNode node{.label = label_of(written.target)};
  node.variable = add_variable(false, part, node.label);
  if (auto status = TargetBinder(query_).bind(written.target, node); !status) {
    return tl::make_unexpected(std::move(status).error());
  }
  if (written.filter) {
    ConditionBinder conditions(query_, scope_);
    CALLISTO_TRY(Condition filter, conditions.bind_with(*written.filter, node.variable));
    add_conjunct(node.filter, std::move(filter));
  }
  if (written.alias) {
    if (auto status = name(*written.alias, node.variable); !status) {
      return tl::make_unexpected(std::move(status).error());
    }
    if (written.target.kind == ast::Target::Kind::Class ||
        written.target.kind == ast::Target::Kind::Type) {
      scope_.add_aliased(written.target.text, written.alias->text);
    }
  } else if (written.target.kind == ast::Target::Kind::Class ||
             written.target.kind == ast::Target::Kind::Type) {
    scope_.add_default(written.target.text, node.variable, false);
    query_.variables[node.variable].selector = written.target.text;
  }
  return node;
}

// The hop without its end.
BoundHop Binder::relationship_of(const ast::Hop& written, Part part) {
  BoundHop hop{.direction = written.direction, .label = label_of(written)};
  if (!written.relates_to) {
    for (const ast::Verb& verb : written.verbs) {
      hop.verbs.push_back(verb.name);
      hop.verb_spans.push_back(verb.written.span);
    }
  }
  hop.relationship = add_variable(true, part, hop.label);
  return hop;
}

// The entities between the ends of THAT SOMEHOW: none, or one that may be followed by another, and
// so on. Each way to do so is a path of its own.
BoundOptional Binder::between(const ast::Hop& written, Part part) {
  part.optional = true;
  BoundOptional way;
  for (std::uint32_t i = 0; i < *written.somehow_depth; ++i) {
    BoundHop hop = relationship_of(written, part);
    hop.node = {.variable = add_variable(false, part, "*"), .target = {.any = true}, .label = "*"};
    BoundOptional longer{.steps = {}, .every_path = true};
    longer.steps.push_back({std::move(hop)});
    if (!way.steps.empty()) longer.steps.emplace_back().node = std::move(way);
    way = std::move(longer);
  }
  return way;
}

Result<BoundHop> Binder::bind_hop(const ast::Hop& written, Part part) {
  BoundHop hop = relationship_of(written, part);
  if (written.alias) {
    if (auto status = name(*written.alias, hop.relationship); !status) {
      return tl::make_unexpected(std::move(status).error());
    }
  } else if (written.verbs.size() == 1 && !written.relates_to) {
    scope_.add_default(written.verbs[0].written.text, hop.relationship, true);
  }
  CALLISTO_TRY(hop.node, bind_node(written.node, part));
  return hop;
}

Result<std::vector<BoundStep>> Binder::bind_steps(std::span<const ast::Step> steps, Part part) {
  std::vector<BoundStep> bound;
  for (std::size_t i = 0; i < steps.size(); ++i) {
    if (const auto* hop = std::get_if<ast::Hop>(&steps[i].node)) {
      if (!hop->negated) {
        if (hop->somehow_depth) bound.push_back({between(*hop, part)});
        CALLISTO_TRY(BoundHop step, bind_hop(*hop, part));
        bound.push_back({std::move(step)});
        continue;
      }
      // Not-exists over the rest of the chain (j1ql 5.15).
      part.negated = true;
      BoundNegation negated;
      CALLISTO_TRY(BoundHop first, bind_hop(*hop, part));
      CALLISTO_TRY(std::vector<BoundStep> rest, bind_steps(steps.subspan(i + 1), part));
      negated.steps.push_back({std::move(first)});
      std::move(rest.begin(), rest.end(), std::back_inserter(negated.steps));
      bound.push_back({std::move(negated)});
      break;
    }
    const auto& group = std::get<ast::OptionalGroup>(steps[i].node);
    BoundOptional optional;
    CALLISTO_TRY(optional.steps, bind_steps(group.steps, {part.negated, true}));
    if (group.alias) {
      optional.alias = add_variable(false, part, group.alias->text);
      if (auto status = name(*group.alias, optional.alias); !status) {
        return tl::make_unexpected(std::move(status).error());
      }
    }
    bound.push_back({std::move(optional)});
  }
  return bound;
}

void Binder::warn_negated(const Read& read) {
  if (read.variable == kNoVariable || !query_.variables[read.variable].negated) return;
  query_.warnings.push_back(
      {.message = "\"" + query_.variables[read.variable].label +
                  "\" stands in a negated part and is never bound: its properties are undefined.",
       .span = read.span});
}

Status Binder::bind_clauses() {
  if (tree_.where) {
    ConditionBinder conditions(query_, scope_);
    const std::size_t before = query_.reads.size();
    CALLISTO_TRY(query_.where, conditions.bind_where(*tree_.where));
    for (std::size_t i = before; i < query_.reads.size(); ++i) {
      warn_negated(query_.reads[i]);
    }
  }
  const std::size_t before = query_.reads.size();
  if (tree_.returns) {
    query_.shape = tree_.returns->tree ? ResultType::Tree : ResultType::Table;
    if (auto status = ReturnBinder(query_, scope_).bind_items(*tree_.returns); !status) {
      return status;
    }
  }
  KeyBinder keys(query_, scope_, groups_rows(tree_));
  if (tree_.having) {
    ConditionBinder conditions(query_, scope_);
    CALLISTO_TRY(query_.having, conditions.bind_having(*tree_.having, keys));
  }
  if (auto status = keys.bind_sort_keys(tree_.order_by); !status) return status;
  for (std::size_t i = before; i < query_.reads.size(); ++i) {
    warn_negated(query_.reads[i]);
  }
  for (const Aggregate& aggregate : query_.aggregates) {
    const VariableId counted = aggregate.counted();
    if (counted != kNoVariable) warn_negated({.variable = counted, .span = tree_.returns->span});
  }
  return {};
}

Result<BoundQuery> Binder::bind() {
  CALLISTO_TRY(query_.start, bind_node(tree_.start, {}));
  CALLISTO_TRY(query_.steps, bind_steps(tree_.steps, {}));
  query_.unique = tree_.unique;
  query_.skip = tree_.skip.value_or(0);
  query_.limit = tree_.limit;
  if (auto status = bind_clauses(); !status) {
    return tl::make_unexpected(std::move(status).error());
  }
  if (query_.reads.size() > kPropertiesMax) {
    return tl::make_unexpected(Error{.code = ErrorCode::LimitExceeded,
                                     .message = "A query reads at most " +
                                                std::to_string(kPropertiesMax) +
                                                " different properties; ask in several queries.",
                                     .span = query_.reads.back().span});
  }
  return std::move(query_);
}

}  // namespace

Result<BoundQuery> bind(const ast::Query& tree,
                        const DefinitionsPtr& definitions,
                        const Names* names) {
  return bind_inner(tree, definitions, {}, names);
}

Result<BoundQuery> bind_inner(const ast::Query& tree,
                              const DefinitionsPtr& definitions,
                              std::vector<std::string> smart_classes,
                              const Names* names) {
  return Binder(tree, definitions, std::move(smart_classes), names).bind();
}

}  // namespace callisto::query
