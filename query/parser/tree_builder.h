// Builds the syntax tree while the grammar runs: one member per rule that means something.
//
// A rule's parts are on the stacks below when its member is called; it takes them and leaves its
// own result. Since the grammar never goes back over something decided (grammar.h), nothing is
// undone.
//
// Thread safety: one builder per parse.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "query/ast/ast.h"
#include "query/parser/building.h"
#include "query/parser/expectation.h"
#include "query/parser/token.h"
#include <callisto/error.h>

namespace callisto::query {

class TreeBuilder {
 public:
  // Lifetime: keeps references to both.
  TreeBuilder(std::string_view text, const TokenList& list) : text_(text), list_(list) {}

  // What the grammar asks.
  [[nodiscard]] FilterPlace place() const;
  [[nodiscard]] bool in_filter() const;
  [[nodiscard]] const char* first_kind() const;

  [[nodiscard]] const TokenList& tokens() const { return list_; }

  // The grammar wanted `expect` at this token and did not find it.
  void note(std::size_t index, Expect expect);
  [[nodiscard]] std::size_t furthest() const;
  [[nodiscard]] const ExpectSet& expected() const;

  // Targets.
  void word_target(TokenRange range);
  void any_target(TokenRange range);
  void text_target(TokenRange range);
  void smart_only();
  void smart_target(TokenRange range);
  void open_target_list();
  void target_list(TokenRange range);
  void target();

  // Conditions.
  void flat_property(TokenRange range);
  void selector_property(TokenRange range);
  void compare(TokenRange range);
  void comparison(TokenRange range);
  void second_value(TokenRange range);
  void reversed_comparison(TokenRange range);
  void having_comparison(TokenRange range);
  void cidr(TokenRange range);
  void open_junction();
  void close_junction(ast::Connective connective, TokenRange range);
  void open_place(FilterPlace place);
  void with();
  void where();
  void having();

  // Values.
  void literal(TokenRange range);
  void negative(TokenRange range);
  void date_value(TokenRange range);
  void date_literal(TokenRange range);
  void regex(TokenRange range);
  void parameter(TokenRange range);
  void selector_value();
  void computed();
  void open_list();
  void list_of_and();
  void list(TokenRange range);
  void subquery(TokenRange range);

  // Nodes and steps.
  void open_node();
  void node_alias(TokenRange range);
  void node(TokenRange range);
  void open_hop(TokenRange range);
  void negate_hop();
  void relates_to();
  void verb(TokenRange range);
  void verbs(TokenRange range);
  void arrow(TokenRange range);
  void hop_alias(TokenRange range);
  void somehow();
  void somehow_depth(TokenRange range);
  void hop(TokenRange range);
  void open_group();
  void group_alias(TokenRange range);
  void group(TokenRange range);

  // Expressions.
  void literal_operand(TokenRange range);
  void parameter_operand(TokenRange range);
  void reference(TokenRange range);
  void all_properties(TokenRange range);
  void all_paths(TokenRange range);
  void open_expressions();
  void call(TokenRange range);
  void parens(TokenRange range);
  void signed_operand(TokenRange range);
  void power();
  void arithmetic(ast::ArithmeticOp op);

  // Clauses and the query.
  void open_query();
  void unique();
  void start();
  void open_return();
  void tree();
  void item(TokenRange range);
  void column_name(TokenRange range);
  void returns(TokenRange range);
  void sort_key(TokenRange range);
  void descending();
  void skip(TokenRange range);
  void limit(TokenRange range);
  void query(TokenRange range);

  // What a text that is not finished has named so far, for completion. The pointers hold until the
  // next call of a member.
  struct Scope {
    std::vector<const ast::Node*> nodes;  // Of the innermost open query.
    std::vector<const ast::Hop*> hops;
    const ast::Node* open_node = nullptr;  // The node whose WITH is being written.
    const ast::Query* query = nullptr;
    const ast::PropertyRef* property = nullptr;  // The left side of a comparison begun.
  };

  [[nodiscard]] Scope scope() const;

  // The finished tree. Once, after the whole grammar matched.
  [[nodiscard]] ast::Query take();

 private:
  struct OpenQuery {
    ast::Query query;
    std::size_t hops = 0;
    std::size_t steps_before = 0;
  };

  [[nodiscard]] const Token& token(std::size_t index) const;
  [[nodiscard]] ast::Span span(TokenRange range) const;
  [[nodiscard]] std::string word(std::size_t index) const;
  [[nodiscard]] ast::Name name(std::size_t index) const;
  [[nodiscard]] ast::Name joined(TokenRange range) const;
  [[nodiscard]] std::string written(TokenRange range) const;
  [[nodiscard]] std::uint64_t whole_number(std::size_t index) const;
  [[nodiscard]] Value literal_value(std::size_t index) const;
  [[nodiscard]] double number_value(std::size_t index) const;
  [[nodiscard]] ast::Parameter parameter_of(std::size_t index) const;
  static void check_count(std::size_t count, std::string_view what, ast::Span where);
  void check_return_word(const ast::Query& query, TokenRange range) const;
  void count_expression_parts(std::size_t count);
  void negate_expression(std::size_t times);
  void push_comparison(ast::Comparison comparison, TokenRange range);
  void check_reversed(const ast::Comparison& comparison) const;
  [[noreturn]] void refuse_two_values(TokenRange range, std::vector<std::string> hints) const;
  void push_operand(ast::Operand::Node node, TokenRange range);
  void push_expression(ast::Expression::Node node, ast::Span where);
  [[nodiscard]] ast::Filter take_filter();
  std::size_t take_mark();

  std::string_view text_;
  const TokenList& list_;
  std::size_t furthest_ = 0;
  ExpectSet expected_;

  std::vector<std::size_t> marks_;  // Stack sizes at the opening of what is not closed yet.
  std::vector<FilterPlace> places_;
  std::vector<ast::Target> targets_;
  std::vector<ast::PropertyRef> properties_;
  std::vector<std::pair<ast::CompareOp, ast::Span>> operators_;
  std::vector<ast::Connective> connectives_;
  std::vector<ast::Operand> operands_;
  std::vector<ast::Filter> filters_;
  std::vector<ast::Node> nodes_;
  std::vector<ast::Hop> hops_;
  std::optional<ast::Name> group_alias_;
  std::vector<ast::Step> steps_;
  std::vector<std::size_t> signs_;
  std::vector<ast::Expression> expressions_;
  std::size_t expression_parts_ = 0;
  std::vector<OpenQuery> queries_;
};

}  // namespace callisto::query
