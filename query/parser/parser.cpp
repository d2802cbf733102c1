// Runs the grammar over the tokens and hands each rule to the tree builder.
#include "query/parser/parser.h"

#include <string>
#include <utility>

#include "query/parser/grammar.h"
#include "query/parser/lexer.h"
#include "query/parser/limits.h"
#include "query/parser/run_grammar.h"
#include "query/parser/syntax_error.h"
#include <callisto/utf8.h>

namespace callisto::query {
namespace {

namespace pegtl = tao::pegtl;

struct SyntaxFailure {};

// Notes every token the grammar wanted and did not find; the furthest ones become the message.
template <class Rule>
struct Control : pegtl::normal<Rule> {
  template <class Input>
  static void failure(const Input& in, TreeBuilder& builder) {
    if constexpr (requires { Rule::expect; }) {
      builder.note(static_cast<std::size_t>(in.current() - builder.first_kind()), Rule::expect);
    }
  }

  template <class Input>
  [[noreturn]] static void raise(const Input& /*in*/, TreeBuilder& /*builder*/) {
    throw SyntaxFailure{};
  }
};

template <class Rule>
struct Build : pegtl::nothing<Rule> {};

// Calls a member with the rule's tokens.
template <auto Member>
struct WithRange {
  template <class Input>
  static void apply(const Input& in, TreeBuilder& builder) {
    const auto begin = static_cast<std::size_t>(in.begin() - builder.first_kind());
    (builder.*Member)(TokenRange{begin, begin + in.size()});
  }
};

// Calls a member without, perhaps with a constant.
template <auto Member, auto... Constants>
struct Plain {
  static void apply0(TreeBuilder& builder) { (builder.*Member)(Constants...); }
};

template <ast::Connective C>
struct CloseJunction {
  template <class Input>
  static void apply(const Input& in, TreeBuilder& builder) {
    const auto begin = static_cast<std::size_t>(in.begin() - builder.first_kind());
    builder.close_junction(C, TokenRange{begin, begin + in.size()});
  }
};

using B = TreeBuilder;
using Op = ast::ArithmeticOp;
namespace g = grammar;

// clang-format off
template <> struct Build<g::word_target> : WithRange<&B::word_target> {};
template <> struct Build<g::any_target> : WithRange<&B::any_target> {};
template <> struct Build<g::text_target> : WithRange<&B::text_target> {};
template <> struct Build<g::smart_only> : Plain<&B::smart_only> {};
template <> struct Build<g::smart_target> : WithRange<&B::smart_target> {};
template <> struct Build<g::target_open> : Plain<&B::open_target_list> {};
template <> struct Build<g::target_list> : WithRange<&B::target_list> {};
template <> struct Build<g::target> : Plain<&B::target> {};

template <> struct Build<g::flat_property> : WithRange<&B::flat_property> {};
template <> struct Build<g::selector_property> : WithRange<&B::selector_property> {};
template <> struct Build<g::compare> : WithRange<&B::compare> {};
template <> struct Build<g::comparison> : WithRange<&B::comparison> {};
template <> struct Build<g::second_value> : WithRange<&B::second_value> {};
template <> struct Build<g::reversed_comparison> : WithRange<&B::reversed_comparison> {};
template <> struct Build<g::computed> : Plain<&B::computed> {};
template <> struct Build<g::having_comparison> : WithRange<&B::having_comparison> {};
template <> struct Build<g::cidr> : WithRange<&B::cidr> {};
template <> struct Build<g::begin_junction> : Plain<&B::open_junction> {};
template <> struct Build<g::and_filter> : CloseJunction<ast::Connective::And> {};
template <> struct Build<g::filter> : CloseJunction<ast::Connective::Or> {};
template <> struct Build<g::with_word> : Plain<&B::open_place, FilterPlace::With> {};
template <> struct Build<g::where_word> : Plain<&B::open_place, FilterPlace::Where> {};
template <> struct Build<g::having_word> : Plain<&B::open_place, FilterPlace::Having> {};
template <> struct Build<g::with> : Plain<&B::with> {};
template <> struct Build<g::where> : Plain<&B::where> {};
template <> struct Build<g::having> : Plain<&B::having> {};

template <> struct Build<g::string_value> : WithRange<&B::literal> {};
template <> struct Build<g::number_value> : WithRange<&B::literal> {};
template <> struct Build<g::true_value> : WithRange<&B::literal> {};
template <> struct Build<g::false_value> : WithRange<&B::literal> {};
template <> struct Build<g::undefined_value> : WithRange<&B::literal> {};
template <> struct Build<g::negative_value> : WithRange<&B::negative> {};
template <> struct Build<g::date_value> : WithRange<&B::date_value> {};
template <> struct Build<g::date_literal> : WithRange<&B::date_literal> {};
template <> struct Build<g::regex_value> : WithRange<&B::regex> {};
template <> struct Build<g::parameter_value> : WithRange<&B::parameter> {};
template <> struct Build<g::selector_value> : Plain<&B::selector_value> {};
template <> struct Build<g::list_open> : Plain<&B::open_list> {};
template <> struct Build<g::and_items> : Plain<&B::list_of_and> {};
template <> struct Build<g::list_value> : WithRange<&B::list> {};
template <> struct Build<g::subquery_value> : WithRange<&B::subquery> {};

template <> struct Build<g::begin_node> : Plain<&B::open_node> {};
template <> struct Build<g::node_alias> : WithRange<&B::node_alias> {};
template <> struct Build<g::node> : WithRange<&B::node> {};
template <> struct Build<g::that_word> : WithRange<&B::open_hop> {};
template <> struct Build<g::negation> : Plain<&B::negate_hop> {};
template <> struct Build<g::relates_to> : Plain<&B::relates_to> {};
template <> struct Build<g::verb_word> : WithRange<&B::verb> {};
template <> struct Build<g::verbs> : WithRange<&B::verbs> {};
template <> struct Build<g::arrow> : WithRange<&B::arrow> {};
template <> struct Build<g::hop_alias> : WithRange<&B::hop_alias> {};
template <> struct Build<g::somehow_word> : Plain<&B::somehow> {};
template <> struct Build<g::somehow_depth> : WithRange<&B::somehow_depth> {};
template <> struct Build<g::hop> : WithRange<&B::hop> {};
template <> struct Build<g::optional_open> : Plain<&B::open_group> {};
template <> struct Build<g::group_alias> : WithRange<&B::group_alias> {};
template <> struct Build<g::optional_group> : WithRange<&B::group> {};

template <> struct Build<g::number_operand> : WithRange<&B::literal_operand> {};
template <> struct Build<g::string_operand> : WithRange<&B::literal_operand> {};
template <> struct Build<g::constant_operand> : WithRange<&B::literal_operand> {};
template <> struct Build<g::parameter_operand> : WithRange<&B::parameter_operand> {};
template <> struct Build<g::reference> : WithRange<&B::reference> {};
template <> struct Build<g::all_properties> : WithRange<&B::all_properties> {};
template <> struct Build<g::all_paths> : WithRange<&B::all_paths> {};
template <> struct Build<g::call_open> : Plain<&B::open_expressions> {};
template <> struct Build<g::call> : WithRange<&B::call> {};
template <> struct Build<g::parens> : WithRange<&B::parens> {};
template <> struct Build<g::begin_power> : Plain<&B::open_expressions> {};
template <> struct Build<g::signed_operand> : WithRange<&B::signed_operand> {};
template <> struct Build<g::power> : Plain<&B::power> {};
template <> struct Build<g::times_tail> : Plain<&B::arithmetic, Op::Multiply> {};
template <> struct Build<g::divided_tail> : Plain<&B::arithmetic, Op::Divide> {};
template <> struct Build<g::plus_tail> : Plain<&B::arithmetic, Op::Add> {};
template <> struct Build<g::minus_tail> : Plain<&B::arithmetic, Op::Subtract> {};

template <> struct Build<g::begin_query> : Plain<&B::open_query> {};
template <> struct Build<g::unique_word> : Plain<&B::unique> {};
template <> struct Build<g::start> : Plain<&B::start> {};
template <> struct Build<g::return_word> : Plain<&B::open_return> {};
template <> struct Build<g::tree> : Plain<&B::tree> {};
template <> struct Build<g::item_expression> : WithRange<&B::item> {};
template <> struct Build<g::column_name> : WithRange<&B::column_name> {};
template <> struct Build<g::returns> : WithRange<&B::returns> {};
template <> struct Build<g::sort_expression> : WithRange<&B::sort_key> {};
template <> struct Build<g::descending> : Plain<&B::descending> {};
template <> struct Build<g::skip_count> : WithRange<&B::skip> {};
template <> struct Build<g::limit_count> : WithRange<&B::limit> {};
template <> struct Build<g::query_body> : WithRange<&B::query> {};

// clang-format on

// Parentheses are the only recursion of the grammar: bounded here, before it runs.
std::optional<Error> check_nesting(const TokenList& list) {
  std::size_t depth = 0;
  for (const Token& token : list.tokens) {
    if (token.kind == Kind::LeftParen && ++depth > kNestingDepthMax) {
      return limit_error(token.span(),
                         "Parentheses nest at most " + std::to_string(kNestingDepthMax) +
                             " deep; this one is deeper.");
    }
    if (token.kind == Kind::RightParen && depth > 0) --depth;
  }
  return std::nullopt;
}

}  // namespace

std::optional<Error> run_grammar(std::string_view text,
                                 const TokenList& list,
                                 TreeBuilder& builder) {
  if (std::optional<Error> error = check_nesting(list)) return error;
  pegtl::memory_input<pegtl::tracking_mode::lazy> input(list.kinds.data(), list.kinds.size(), "");
  try {  // The only place where the grammar's exceptions are caught; nothing above ever sees one.
    if (pegtl::parse<grammar::query, Build, Control>(input, builder)) return std::nullopt;
  } catch (const SyntaxFailure& /*failure*/) {
    return syntax_error(text, list, builder.furthest(), builder.expected());
  } catch (Refusal& refused) {
    return std::move(refused.error);
  }
  return syntax_error(text, list, builder.furthest(), builder.expected());
}

Result<ast::Query> parse(std::string_view text) {
  if (text.size() > kQueryBytesMax) {
    return tl::make_unexpected(limit_error({0, 0},
                                           "A query has at most " + std::to_string(kQueryBytesMax) +
                                               " bytes; this one has " +
                                               std::to_string(text.size()) + "."));
  }
  const TokenList list = tokenize(text);
  TreeBuilder builder(text, list);
  if (std::optional<Error> error = run_grammar(text, list, builder)) {
    error->message = repaired_utf8(error->message);  // It may quote bytes that are no text.
    return tl::make_unexpected(std::move(*error));
  }
  return builder.take();
}

}  // namespace callisto::query
