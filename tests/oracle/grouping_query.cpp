#include "tests/oracle/grouping_query.h"

#include <algorithm>

namespace callisto::oracle {

namespace ast = query::ast;

ast::Target GroupingQuery::wide_target() {
  ast::Target target;
  switch (below(6)) {
    case 0:
    case 1:
      target.kind = ast::Target::Kind::Any;
      break;
    case 2:
      target.kind = ast::Target::Kind::Type;
      target.text = one_of(words_.types);
      break;
    case 3:
      target.kind = ast::Target::Kind::Union;
      for (int i = 0; i < 2; ++i) {
        ast::Target part;
        part.kind = chance(2) ? ast::Target::Kind::Type : ast::Target::Kind::Class;
        part.text = one_of(part.kind == ast::Target::Kind::Type ? words_.types : words_.classes);
        target.alternatives.push_back(std::move(part));
      }
      break;
    default:
      target.kind = ast::Target::Kind::Class;
      target.text = one_of(words_.classes);
  }
  return target;
}

ast::Node GroupingQuery::wide_node() {
  ast::Node node;
  node.target = wide_target();
  if (chance(6)) node.filter = filter(0, Place::With);
  if (!chance(8)) node.alias = fresh_alias();
  return node;
}

ast::Hop GroupingQuery::wide_hop() {
  --hops_left_;
  ast::Hop hop;
  hop.relates_to = chance(2);
  for (int i = hop.relates_to ? 0 : 1 + below(2); i > 0; --i) {
    hop.verbs.push_back(one_of(words_.verbs));
  }
  hop.direction = static_cast<ast::Direction>(below(3));
  if (chance(25)) {
    hop.somehow_depth = 1;
  } else {
    hop.negated = chance(15);
    if (chance(2)) hop.alias = fresh_alias();
  }
  hop.node = wide_node();
  return hop;
}

ast::OptionalGroup GroupingQuery::optional(int depth) {
  ast::OptionalGroup group;
  group.steps.push_back({wide_hop()});
  while (hops_left_ > 0 && chance(3)) {
    const bool nested = depth > 0 && chance(2);
    group.steps.push_back(nested ? ast::Step{optional(depth - 1)} : ast::Step{wide_hop()});
  }
  if (chance(8)) group.alias = fresh_alias();
  return group;
}

void GroupingQuery::add_steps(ast::Query& query) {
  hops_left_ = 4;
  for (int i = below(4); i > 0; --i) {
    query.steps.push_back({wide_hop()});
  }
  if (chance(2)) return;
  for (int i = 1 + below(2); i > 0 && hops_left_ > 0; --i) {
    query.steps.push_back({optional(2)});
  }
  if (hops_left_ > 0 && chance(6)) query.steps.push_back({wide_hop()});
}

// A property of which several entities have the same value.
ast::PropertyRef GroupingQuery::grouping_property() {
  static const std::vector<std::string> kNames{
      "active", "size", "mixed", "tags", "name", "ports", "_type", "_class"};
  return {ast::Name{one_of(selectors())}, ast::Name{one_of(kNames)}};
}

ast::Expression GroupingQuery::key() {
  switch (below(10)) {
    case 0:
    case 1:
      return {ast::SelectorRef{{one_of(selectors())}}};
    case 2: {
      ast::Call call{{"CONCAT"}, {}};
      call.arguments.push_back({grouping_property()});
      call.arguments.push_back({ast::Literal{std::string("y")}});
      return {std::move(call)};
    }
    case 3:
      return scalar_call(1);
    case 4:
      return exact_number();
    case 5:
      return any_property();
    case 6:
      if (chance(2)) return {ast::Literal{one_of(words_.texts)}};
      [[fallthrough]];
    default:
      return {grouping_property()};
  }
}

// Mostly of two parts of the pattern: the same entity, or values that they share.
void GroupingQuery::add_where(ast::Query& query) {
  if (!chance(3)) return;
  if (chance(4)) {
    query.where = filter(1, Place::Where);
    return;
  }
  const std::string name = chance(2) ? "_id" : grouping_property().property.text;
  ast::Comparison comparison;
  comparison.left = ast::PropertyRef{ast::Name{one_of(selectors())}, ast::Name{name}};
  comparison.op = chance(4) ? ast::CompareOp::NotEqual : ast::CompareOp::Equal;
  comparison.right = {ast::PropertyRef{ast::Name{one_of(selectors())}, ast::Name{name}}};
  query.where = ast::Filter{std::move(comparison)};
  if (!chance(4)) return;
  ast::Junction junction;
  junction.connective = chance(3) ? ast::Connective::Or : ast::Connective::And;
  junction.parts.push_back(std::move(*query.where));
  junction.parts.push_back(filter(0, Place::Where));
  query.where = ast::Filter{std::move(junction)};
}

void GroupingQuery::add_groups(ast::Query& query) {
  std::vector<ast::Expression> items;
  for (int i = below(4); i > 0; --i) {
    items.push_back(key());
  }
  const int aggregates = query.unique && chance(2) ? 0 : 1 + below(4);
  for (int i = 0; i < aggregates; ++i) {
    items.insert(items.begin() + below(static_cast<int>(items.size()) + 1), aggregate(1));
  }
  if (items.empty()) items.push_back(key());
  set_items(query, std::move(items), true);
  if (has_columns() && chance(8)) query.having = filter(1, Place::Having);
}

ast::Query GroupingQuery::query(int depth) {
  if (chance(2)) return MeaningfulQuery::query(depth);
  restart_aliases();
  ast::Query query;
  query.unique = chance(8);
  query.start = wide_node();
  if (!query.start.alias) query.start.alias = fresh_alias();
  add_steps(query);
  note_selectors(query);
  add_where(query);
  add_groups(query);
  if (chance(6)) add_sort_keys(query);
  if (chance(8)) query.limit = static_cast<std::uint64_t>(1 + below(6));
  return query;
}

}  // namespace callisto::oracle
