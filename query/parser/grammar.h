// The grammar of J1QL over tokens, one byte per token (token.h). Source: j1ql 2.
//
// Every choice is decided by the next one to three tokens, and once it is decided must<> forbids
// the way back. So the grammar runs in linear time, and the tokens that failed at the furthest
// place are exactly what could have stood there. Recursion always passes a parenthesis; parse()
// bounds those.
//
// Only parser.cpp includes this file.
#pragma once

#include "query/parser/grammar_conditions.h"

// PEGTL rules are types named like the words of the grammar.
// NOLINTBEGIN(readability-identifier-naming)
namespace callisto::query::grammar {

// clang-format off

// --- targets
struct any_target : token<Expect::AnyTarget, Kind::Star> {};
struct word_target : free_word<Expect::ClassOrType> {};
struct text_target : token<Expect::FullText, Kind::String> {};
struct smart_class : token<Expect::SmartClass, Kind::SmartClass> {};
struct target_member;
struct target_open : token<Expect::TargetList, Kind::LeftParen> {};
struct target_list : pegtl::seq<target_open, pegtl::must<target_member>, pegtl::star<pipe, pegtl::must<target_member>>, pegtl::must<close>> {};
struct smart_only : pegtl::success {};
struct smart_target : pegtl::seq<pegtl::plus<smart_class>, pegtl::sor<any_target, word_target, pegtl::seq<pegtl::not_at<next_is<Kind::LeftParen, Kind::That>>, target_list>, smart_only>> {};
struct target_member : pegtl::sor<word_target, any_target, target_list, smart_target> {};
struct target : pegtl::sor<word_target, any_target, target_list, smart_target, text_target> {};

// --- nodes and steps
struct with_word : token<Expect::With, Kind::With> {};
struct with : pegtl::seq<with_word, pegtl::must<filter>> {};
struct as_word : token<Expect::As, Kind::As> {};
struct node_alias : free_word<Expect::NodeAlias> {};
struct begin_node : pegtl::success {};
struct node : pegtl::seq<begin_node, target, pegtl::opt<with>, pegtl::opt<as_word, pegtl::must<node_alias>>> {};
struct that_word : token<Expect::That, Kind::That> {};
struct negation : token<Expect::Negation, Kind::Bang> {};
struct relates_word : token<Expect::RelatesTo, Kind::Relates> {};
struct relates_to_word : token<Expect::RelatesToTo, Kind::To> {};
struct relates_to : pegtl::seq<relates_word, pegtl::must<relates_to_word>> {};
struct filler_to : token<Expect::FillerTo, Kind::To> {};
struct verb_word : token<Expect::Verb, Kind::Tree, Kind::Asc, Kind::Desc, Kind::Cidr, Kind::To, Kind::Word> {};
struct verb : pegtl::sor<relates_to, pegtl::seq<verb_word, pegtl::opt<filler_to>>> {};
struct verbs_open : token<Expect::VerbList, Kind::LeftParen> {};
struct verbs : pegtl::sor<verb, pegtl::seq<verbs_open, pegtl::must<verb>, pegtl::star<pipe, pegtl::must<verb>>, pegtl::must<close>>> {};
struct arrow : token<Expect::Arrow, Kind::Forward, Kind::Backward> {};
struct hop_alias : free_word<Expect::HopAlias> {};
struct somehow_word : token<Expect::Somehow, Kind::Somehow> {};
struct somehow_depth : token<Expect::SomehowDepth, Kind::Integer> {};
struct somehow : pegtl::seq<somehow_word, pegtl::opt<somehow_depth>, pegtl::must<verbs>, pegtl::opt<arrow>, pegtl::must<node>> {};
struct plain_hop : pegtl::seq<pegtl::opt<negation>, pegtl::must<verbs>, pegtl::opt<arrow>, pegtl::opt<as_word, pegtl::must<hop_alias>>, pegtl::must<node>> {};
struct hop : pegtl::seq<that_word, pegtl::must<pegtl::sor<somehow, plain_hop>>> {};
struct optional_group;
struct step : pegtl::sor<hop, optional_group> {};
struct optional_open : token<Expect::OptionalGroup, Kind::LeftParen> {};
struct question_mark : token<Expect::QuestionMark, Kind::Question> {};
struct group_alias : free_word<Expect::GroupAlias> {};
struct optional_group : pegtl::seq<optional_open, pegtl::must<hop>, pegtl::star<step>, pegtl::must<close, question_mark>, pegtl::opt<as_word, pegtl::must<group_alias>>> {};

// --- expressions
struct sign : token<Expect::Expression, Kind::Minus> {};
struct number_operand : token<Expect::Expression, Kind::Integer, Kind::Decimal> {};
struct string_operand : token<Expect::Expression, Kind::String> {};
struct constant_operand : token<Expect::Expression, Kind::True, Kind::False, Kind::Undefined> {};
struct parameter_operand : token<Expect::Expression, Kind::Parameter> {};
struct call_ahead : word_before<false, Kind::LeftParen> { static constexpr Expect expect = Expect::Function; };
struct call_name : pegtl::any {};
struct call_open : token<Expect::CallOpen, Kind::LeftParen> {};
struct all_paths : pegtl::seq<next_is<Kind::Star, Kind::RightParen>, pegtl::any> {};
struct arguments : pegtl::sor<all_paths, pegtl::seq<pegtl::must<expression>, pegtl::star<comma, pegtl::must<expression>>>> {};
struct call : pegtl::seq<call_ahead, call_name, call_open, arguments, pegtl::must<close>> {};
struct selector_word : free_word<Expect::Selector> {};
struct bracket_word : token<Expect::Property, Kind::Bracket> {};
struct reference : pegtl::sor<pegtl::seq<selector_word, pegtl::opt<dot, pegtl::must<selector_part>, property_parts>>, pegtl::seq<bracket_word, property_parts>> {};
struct parens_open : token<Expect::Expression, Kind::LeftParen> {};
struct parens : pegtl::seq<parens_open, pegtl::must<expression, close>> {};
struct operand : pegtl::sor<number_operand, string_operand, constant_operand, parameter_operand, call, reference, parens> {};
struct signed_operand : pegtl::seq<pegtl::star<sign>, operand> {};
struct caret : token<Expect::Arithmetic, Kind::Caret> {};
struct begin_power : pegtl::success {};
struct power : pegtl::seq<begin_power, signed_operand, pegtl::star<caret, pegtl::must<signed_operand>>> {};
struct times : token<Expect::Arithmetic, Kind::Star> {};
struct divided : token<Expect::Arithmetic, Kind::Slash> {};
struct plus_sign : token<Expect::Arithmetic, Kind::Plus> {};
struct minus_sign : token<Expect::Arithmetic, Kind::Minus> {};
struct times_tail : pegtl::seq<times, pegtl::must<power>> {};
struct divided_tail : pegtl::seq<divided, pegtl::must<power>> {};
struct product : pegtl::seq<power, pegtl::star<pegtl::sor<times_tail, divided_tail>>> {};
struct plus_tail : pegtl::seq<plus_sign, pegtl::must<product>> {};
struct minus_tail : pegtl::seq<minus_sign, pegtl::must<product>> {};
struct expression : pegtl::seq<product, pegtl::star<pegtl::sor<plus_tail, minus_tail>>> {};

// --- clauses
struct where_word : token<Expect::Where, Kind::Where> {};
struct where : pegtl::seq<where_word, pegtl::must<filter>> {};
struct tree : token<Expect::Tree, Kind::Tree> {};
struct all_ahead { using rule_t = all_ahead; using subs_t = pegtl::type_list<>;
  template <class Input>
  static bool match(Input& in) {
    return in.size(3) >= 3 && is_word(static_cast<Kind>(in.peek_char(0))) && !is_reserved(static_cast<Kind>(in.peek_char(0))) &&
           in.peek_char(1) == static_cast<char>(Kind::Dot) && in.peek_char(2) == static_cast<char>(Kind::Star);
  }
};
struct all_properties : pegtl::seq<all_ahead, pegtl::any, pegtl::any, pegtl::any> {};
struct column_name : token<Expect::ColumnName, Kind::Relates, Kind::To, Kind::Somehow, Kind::Tree, Kind::Asc, Kind::Desc, Kind::Cidr, Kind::Word, Kind::String> {};
struct item_expression : pegtl::sor<all_properties, expression> {};
struct item : pegtl::seq<item_expression, pegtl::opt<as_word, pegtl::must<column_name>>> {};
struct return_word : token<Expect::Return, Kind::Return> {};
struct having_word : token<Expect::Having, Kind::Having> {};
struct having : pegtl::seq<having_word, pegtl::must<filter>> {};
struct tree_only : pegtl::seq<pegtl::not_at<word_before<false, Kind::Dot, Kind::LeftParen, Kind::Comma, Kind::As, Kind::Plus, Kind::Minus, Kind::Star, Kind::Slash, Kind::Caret>>, tree> {};
struct items : pegtl::seq<item, pegtl::star<comma, pegtl::must<item>>, pegtl::opt<having>> {};
struct returns : pegtl::seq<return_word, pegtl::must<pegtl::sor<tree_only, items>>> {};
struct order_word : token<Expect::OrderBy, Kind::Order> {};
struct by_word : token<Expect::By, Kind::By> {};
struct sort_expression : pegtl::seq<wanted<Expect::SortKey>, expression> {};
struct ascending : token<Expect::Asc, Kind::Asc> {};
struct descending : token<Expect::Desc, Kind::Desc> {};
struct sort_key : pegtl::seq<sort_expression, pegtl::opt<pegtl::sor<ascending, descending>>> {};
struct order : pegtl::seq<order_word, pegtl::must<by_word, sort_key>, pegtl::star<comma, pegtl::must<sort_key>>> {};
struct skip_word : token<Expect::Skip, Kind::Skip> {};
struct skip_count : token<Expect::WholeNumber, Kind::Integer> {};
struct limit_word : token<Expect::Limit, Kind::Limit> {};
struct limit_count : token<Expect::WholeNumber, Kind::Integer> {};
struct page : pegtl::sor<pegtl::seq<skip_word, pegtl::must<skip_count>>, pegtl::seq<limit_word, pegtl::must<limit_count>>> {};

// --- the query
struct begin_query : pegtl::success {};
struct find_word : token<Expect::Find, Kind::Find> {};
struct unique_word : token<Expect::Unique, Kind::Unique> {};
struct find : pegtl::seq<find_word, pegtl::opt<unique_word>, pegtl::must<node>> {};
struct bare_search : pegtl::seq<next_is<Kind::String>, node> {};
struct start : pegtl::sor<find, bare_search> {};
struct query_body : pegtl::seq<begin_query, start, pegtl::star<step>, pegtl::opt<where>, pegtl::opt<returns>, pegtl::opt<order>, pegtl::star<page>> {};
struct semicolon : token<Expect::Semicolon, Kind::Semicolon> {};
struct end : token<Expect::End, Kind::End> {};
struct query : pegtl::must<query_body, pegtl::opt<semicolon>, end> {};

// clang-format on
}  // namespace callisto::query::grammar

// NOLINTEND(readability-identifier-naming)
