// Tries every way to make the question simpler by one step, again and again.
#include "tests/oracle/shrink.h"

#include <exception>

#include "query/ast/printer.h"

namespace callisto::oracle {

namespace {

namespace ast = query::ast;

// Makes the n-th of all possible edits of a query.
class Edit {
 public:
  explicit Edit(int number) : left_(number) {}

  // Whether there was an n-th edit.
  bool apply(ast::Query& query) {
    return drop(query.where) || drop(query.having) || drop(query.skip) || drop(query.limit) ||
           clear(query.unique) || erase_one(query.order_by) || of_items(query) ||
           of_steps(query.steps) || of_node(query.start) || of_filter(query.where) ||
           of_filter(query.having);
  }

 private:
  bool now() { return left_-- == 0; }

  template <class T>
  bool drop(std::optional<T>& part) {
    if (!part || !now()) return false;
    part.reset();
    return true;
  }

  bool clear(bool& flag) {
    if (!flag || !now()) return false;
    flag = false;
    return true;
  }

  template <class T>
  bool erase_one(std::vector<T>& parts, std::size_t keep = 0) {
    if (parts.size() <= keep) return false;
    for (std::size_t i = 0; i < parts.size(); ++i) {
      if (!now()) continue;
      parts.erase(parts.begin() + static_cast<std::ptrdiff_t>(i));
      return true;
    }
    return false;
  }

  bool of_items(ast::Query& query) {
    return query.returns && (erase_one(query.returns->items, 1) || drop(query.returns));
  }

  bool of_steps(std::vector<ast::Step>& steps, std::size_t keep = 0) {
    if (erase_one(steps, keep)) return true;
    for (ast::Step& step : steps) {
      if (auto* hop = std::get_if<ast::Hop>(&step.node)) {
        if (of_hop(*hop)) return true;
        continue;
      }
      auto& group = std::get<ast::OptionalGroup>(step.node);
      if (of_steps(group.steps, 1) || drop(group.alias)) return true;
      if (group.steps.size() == 1 && now()) {
        ast::Step inner = group.steps[0];
        step = std::move(inner);
        return true;
      }
    }
    return false;
  }

  bool of_hop(ast::Hop& hop) {
    if (clear(hop.negated) || drop(hop.somehow_depth) || erase_one(hop.verbs, 1)) return true;
    if (hop.direction != ast::Direction::Either && now()) {
      hop.direction = ast::Direction::Either;
      return true;
    }
    return drop(hop.alias) || of_node(hop.node);
  }

  bool of_node(ast::Node& node) {
    if (erase_one(node.target.smart_classes)) return true;
    if (node.target.kind != ast::Target::Kind::Any && now()) {
      node.target = {};
      return true;
    }
    return drop(node.filter) || drop(node.alias) || of_filter(node.filter);
  }

  bool of_filter(std::optional<ast::Filter>& filter) { return filter && of_filter(*filter); }

  bool of_filter(ast::Filter& filter) {
    if (auto* junction = std::get_if<ast::Junction>(&filter.node)) {
      for (ast::Filter& part : junction->parts) {
        if (now()) {
          ast::Filter kept = part;
          filter = std::move(kept);
          return true;
        }
        if (of_filter(part)) return true;
      }
      return false;
    }
    auto* comparison = std::get_if<ast::Comparison>(&filter.node);
    return comparison != nullptr && (clear(comparison->reversed) || of_operand(comparison->right));
  }

  bool of_operand(ast::Operand& operand) {
    if (auto* subquery = std::get_if<ast::Subquery>(&operand.node)) {
      ast::Query& inner = *subquery->query;
      return drop(inner.where) || of_steps(inner.steps) || of_node(inner.start);
    }
    auto* list = std::get_if<ast::OperandList>(&operand.node);
    if (list == nullptr) return false;
    for (ast::Operand& item : list->items) {
      if (now()) {
        ast::Operand kept = item;
        operand = std::move(kept);
        return true;
      }
      if (of_operand(item)) return true;
    }
    return false;
  }

  int left_;
};

void erase_entity(PlainGraph& graph, std::size_t index) {
  graph.entities.erase(graph.entities.begin() + static_cast<std::ptrdiff_t>(index));
  std::erase_if(graph.relationships, [&](const PlainRelationship& relationship) {
    return relationship.from == index || relationship.to == index;
  });
  for (PlainRelationship& relationship : graph.relationships) {
    relationship.from -= relationship.from > index ? 1 : 0;
    relationship.to -= relationship.to > index ? 1 : 0;
  }
  std::erase_if(graph.overrides, [&](const PlainOverride& pin) { return pin.entity == index; });
  for (PlainOverride& pin : graph.overrides) {
    pin.entity -= pin.entity > index ? 1 : 0;
  }
}

// Makes the n-th of all possible edits of a graph.
bool edit_graph(PlainGraph& graph, std::size_t number) {
  if (number < graph.entities.size()) {
    erase_entity(graph, number);
    return true;
  }
  number -= graph.entities.size();
  if (number < graph.relationships.size()) {
    graph.relationships.erase(graph.relationships.begin() + static_cast<std::ptrdiff_t>(number));
    return true;
  }
  number -= graph.relationships.size();
  if (number < graph.overrides.size()) {
    graph.overrides.erase(graph.overrides.begin() + static_cast<std::ptrdiff_t>(number));
    return true;
  }
  number -= graph.overrides.size();
  const auto edit_properties = [&](std::map<std::string, Value>& properties) {
    if (number >= properties.size()) {
      number -= properties.size();
      return false;
    }
    properties.erase(std::next(properties.begin(), static_cast<std::ptrdiff_t>(number)));
    return true;
  };
  for (PlainEntity& entity : graph.entities) {
    if (edit_properties(entity.properties)) return true;
  }
  for (PlainRelationship& relationship : graph.relationships) {
    if (edit_properties(relationship.properties)) return true;
  }
  return false;
}

bool still_differs(const Question& question, bool refused) {
  try {
    const Verdict verdict = check(question);
    return verdict.difference && verdict.difference->refused == refused;
  } catch (const std::exception&) {
    return false;  // No longer a question that makes sense.
  }
}

bool simplify(Question& question, bool refused) {
  for (int number = 0;; ++number) {
    Question simpler = question;
    if (!Edit(number).apply(simpler.query)) break;
    if (!still_differs(simpler, refused)) continue;
    question = std::move(simpler);
    return true;
  }
  for (std::size_t number = 0;; ++number) {
    Question simpler = question;
    if (!edit_graph(simpler.graph, number)) return false;
    if (!still_differs(simpler, refused)) continue;
    question = std::move(simpler);
    return true;
  }
}

}  // namespace

Verdict check(const Question& question) {
  return check(
      question.graph, load(question.graph), query::print(question.query), question.options);
}

Question shrunk(Question question) {
  const bool refused = check(question).difference->refused;
  while (simplify(question, refused)) {
  }
  return question;
}

std::string report(const Question& question, const Difference& difference) {
  return query::print(question.query) + "\n" + difference.text + "\ngraph:\n" +
         to_json(question.graph);
}

}  // namespace callisto::oracle
