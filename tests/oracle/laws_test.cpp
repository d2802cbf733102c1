// Laws that hold between answers of the engine itself, whatever the right answer is.
#include <algorithm>
#include <memory>
#include <random>

#include <catch2/catch.hpp>

#include "query/ast/printer.h"
#include "tests/oracle/meaningful_query.h"
#include "tests/oracle/pairs.h"
#include "tests/oracle/random_graph.h"

namespace callisto::oracle {

namespace {

namespace ast = query::ast;
using ast::CompareOp;

constexpr int kGraphs = 60;
constexpr int kQueriesPerGraph = 10;

using Lines = std::vector<std::string>;

Lines lines_of(const LoadedGraph& graph, const ast::Query& query, const QueryOptions& options) {
  const std::string text = query::print(query);
  INFO(text);
  const auto answer = ask_engine(graph, text, options);
  INFO((answer ? "" : answer.error().message));
  REQUIRE(answer);
  Lines lines;
  for (const auto& row : answer->rows) {
    std::string& line = lines.emplace_back();
    for (const std::string& cell : row) {
      line += cell + " | ";
    }
  }
  std::sort(lines.begin(), lines.end());
  return lines;
}

Lines merged(Lines a, const Lines& b) {
  a.insert(a.end(), b.begin(), b.end());
  std::sort(a.begin(), a.end());
  return a;
}

ast::ReturnItem key_item(const std::string& alias) {
  ast::ReturnItem item;
  item.expression = {ast::PropertyRef{ast::Name{alias}, {"_key"}}};
  item.column = alias + "._key";
  return item;
}

// The pattern of a query with the keys of all that has an alias on every path.
ast::Query keys_of(const ast::Query& query) {
  ast::Query keys;
  keys.start = query.start;
  keys.steps = query.steps;
  keys.where = query.where;
  keys.returns.emplace();
  keys.returns->items.push_back(key_item(query.start.alias->text));
  for (const ast::Step& step : query.steps) {
    const auto* hop = std::get_if<ast::Hop>(&step.node);
    if (hop == nullptr || hop->negated) continue;
    if (hop->alias) keys.returns->items.push_back(key_item(hop->alias->text));
    if (hop->node.alias) keys.returns->items.push_back(key_item(hop->node.alias->text));
  }
  return keys;
}

// Runs `check(graph, loaded, query)` for random queries in the form of keys_of().
template <class Check>
void for_random_queries(std::uint64_t seed, const Check& check) {
  const auto engine = std::make_shared<std::mt19937_64>(seed);
  const test::Dice dice = [engine](int limit) {
    return static_cast<int>((*engine)() % static_cast<std::uint64_t>(limit));
  };
  for (int i = 0; i < kGraphs; ++i) {
    const PlainGraph graph = random_graph(dice);
    const LoadedGraph loaded = load(graph);
    MeaningfulQuery queries(dice, graph);
    for (int j = 0; j < kQueriesPerGraph; ++j) {
      check(graph, loaded, queries.query(2));
    }
  }
}

QueryOptions usual_options() {
  QueryOptions options = random_options([](int limit) { return limit - 1; });
  return options;
}

// Whether the right side asks for absence somewhere: such a comparison has no undefined third.
bool asks_for_absence(const ast::Operand& operand) {
  if (const auto* list = std::get_if<ast::OperandList>(&operand.node)) {
    return std::any_of(list->items.begin(), list->items.end(), asks_for_absence);
  }
  if (const auto* parameter = std::get_if<ast::Parameter>(&operand.node)) {
    return parameter->name == "nothing";
  }
  const auto* literal = std::get_if<ast::Literal>(&operand.node);
  return literal != nullptr && is_null(literal->value);
}

// The first comparison of a condition with an operator that has an opposite.
const ast::Comparison* first_comparison(const ast::Filter& filter) {
  if (const auto* junction = std::get_if<ast::Junction>(&filter.node)) {
    for (const ast::Filter& part : junction->parts) {
      if (const ast::Comparison* found = first_comparison(part)) return found;
    }
    return nullptr;
  }
  const auto* comparison = std::get_if<ast::Comparison>(&filter.node);
  if (comparison == nullptr) return nullptr;
  const bool ordered =
      comparison->op >= CompareOp::Greater && comparison->op <= CompareOp::LessEqual;
  return ordered ? nullptr : comparison;
}

CompareOp opposite(CompareOp op) {
  switch (op) {
    case CompareOp::Equal:
      return CompareOp::NotEqual;
    case CompareOp::NotEqual:
      return CompareOp::Equal;
    case CompareOp::Contains:
      return CompareOp::NotContains;
    case CompareOp::NotContains:
      return CompareOp::Contains;
    case CompareOp::StartsWith:
      return CompareOp::NotStartsWith;
    case CompareOp::NotStartsWith:
      return CompareOp::StartsWith;
    case CompareOp::EndsWith:
      return CompareOp::NotEndsWith;
    case CompareOp::NotEndsWith:
      return CompareOp::EndsWith;
    default:
      return op;
  }
}

ast::Query with_where(const ast::Query& query, std::vector<ast::Filter> conditions) {
  ast::Query result = query;
  if (conditions.size() == 1) {
    result.where = conditions[0];
  } else {
    result.where = ast::Filter{ast::Junction{ast::Connective::And, std::move(conditions)}};
  }
  return result;
}

// Its columns are those that the tables have, though every value may be pinned away.
bool has_all_properties(const ast::Query& query) {
  return query.returns &&
         std::any_of(query.returns->items.begin(),
                     query.returns->items.end(),
                     [](const ast::ReturnItem& item) {
                       return std::holds_alternative<ast::AllProperties>(item.expression.node);
                     });
}

ast::Filter compared_with_undefined(const ast::Comparison& comparison, CompareOp op) {
  return {ast::Comparison{comparison.left, op, {}, {ast::Literal{Null{}}}}};
}

}  // namespace

TEST_CASE("j1ql 4.3 a condition is true, false or about nothing, and the three make the whole") {
  int compared = 0;
  for_random_queries(
      11, [&](const PlainGraph&, const LoadedGraph& loaded, const ast::Query& query) {
        if (!query.where) return;
        const ast::Comparison* found = first_comparison(*query.where);
        if (found == nullptr || asks_for_absence(found->right)) return;
        ast::Comparison holds = *found;
        if (static_cast<int>(holds.op) % 2 == 1) holds.op = opposite(holds.op);
        ast::Comparison denied = holds;
        denied.op = opposite(holds.op);
        ast::Query whole = keys_of(query);
        whole.where.reset();
        const QueryOptions options = usual_options();
        const ast::Filter present = compared_with_undefined(holds, CompareOp::NotEqual);
        const Lines parts =
            merged(merged(lines_of(loaded, with_where(whole, {{holds}}), options),
                          lines_of(loaded, with_where(whole, {{denied}, present}), options)),
                   lines_of(loaded,
                            with_where(whole, {compared_with_undefined(holds, CompareOp::Equal)}),
                            options));
        INFO(query::print(with_where(whole, {{holds}})));
        CHECK(parts == lines_of(loaded, whole, options));
        ++compared;
      });
  CHECK(compared > 30);
}

TEST_CASE("j1ql 4.4 a negated operator gives what its positive one leaves over") {
  int compared = 0;
  for_random_queries(
      12, [&](const PlainGraph&, const LoadedGraph& loaded, const ast::Query& query) {
        const ast::Comparison* found =
            query.start.filter ? first_comparison(*query.start.filter) : nullptr;
        if (found == nullptr) return;
        ast::Query whole = keys_of(query);
        whole.where.reset();
        whole.start.filter.reset();
        ast::Query holds = whole;
        holds.start.filter = ast::Filter{*found};
        ast::Query denied = whole;
        denied.start.filter = holds.start.filter;
        auto& comparison = std::get<ast::Comparison>(denied.start.filter->node);
        comparison.op = opposite(comparison.op);
        const QueryOptions options = usual_options();
        INFO(query::print(holds));
        CHECK(merged(lines_of(loaded, holds, options), lines_of(loaded, denied, options)) ==
              lines_of(loaded, whole, options));
        ++compared;
      });
  CHECK(compared > 60);
}

TEST_CASE("j1ql 5.6 a chain read from its other end has the same rows") {
  int compared = 0;
  for_random_queries(
      13, [&](const PlainGraph&, const LoadedGraph& loaded, const ast::Query& query) {
        const bool chain =
            std::all_of(query.steps.begin(), query.steps.end(), [](const ast::Step& step) {
              const auto* hop = std::get_if<ast::Hop>(&step.node);
              return hop != nullptr && !hop->negated && !hop->somehow_depth;
            });
        if (!chain || query.steps.empty()) return;
        const ast::Query there = keys_of(query);
        ast::Query back = there;
        back.steps.clear();
        back.start = std::get<ast::Hop>(query.steps.back().node).node;
        for (std::size_t i = query.steps.size(); i-- > 0;) {
          ast::Hop hop = std::get<ast::Hop>(query.steps[i].node);
          hop.node = i == 0 ? query.start : std::get<ast::Hop>(query.steps[i - 1].node).node;
          if (hop.direction != ast::Direction::Either) {
            hop.direction = hop.direction == ast::Direction::Forward ? ast::Direction::Backward
                                                                     : ast::Direction::Forward;
          }
          back.steps.push_back({std::move(hop)});
        }
        const QueryOptions options = usual_options();
        INFO(query::print(there) << "\n" << query::print(back));
        CHECK(lines_of(loaded, there, options) == lines_of(loaded, back, options));
        ++compared;
      });
  CHECK(compared > 60);
}

TEST_CASE("O-1 a graph with overrides answers as one whose base has their values") {
  int compared = 0;
  for_random_queries(
      14, [&](const PlainGraph& graph, const LoadedGraph& loaded, const ast::Query& query) {
        if (graph.overrides.empty() || query.skip || query.limit) return;
        if (has_all_properties(query)) return;
        const LoadedGraph base = load(with_overrides_in_base(graph));
        const QueryOptions options = usual_options();
        INFO(query::print(query) << "\n" << to_json(graph));
        CHECK(lines_of(loaded, query, options) == lines_of(base, query, options));
        ++compared;
      });
  CHECK(compared > 60);
}

}  // namespace callisto::oracle
