// The grammar of conditions: tokens by meaning, properties, values, filters. Source: j1ql 2, 4, 6.
// See grammar.h, which is the only file to include this one.
#pragma once

#include <array>

#include <tao/pegtl.hpp>

#include "query/parser/expectation.h"
#include "query/parser/look_ahead.h"
#include "query/parser/token.h"
#include "query/parser/tree_builder.h"

// NOLINTBEGIN(readability-identifier-naming)
namespace callisto::query::grammar {

namespace pegtl = tao::pegtl;

// clang-format off

// A token of one of these kinds; named by what it means here.
template <Expect E, Kind... Kinds>
struct token : pegtl::one<static_cast<char>(Kinds)...> { static constexpr Expect expect = E; };

template <Expect E>
struct free_word : token<E, Kind::Relates, Kind::To, Kind::Somehow, Kind::Tree, Kind::Asc, Kind::Desc, Kind::Cidr, Kind::Word> {};

// Look-ahead without consuming and without being noted as an expectation.
template <Kind... Kinds>
struct next_is {
  using rule_t = next_is;
  using subs_t = pegtl::type_list<>;

  template <class Input>
  static bool match(Input& in) {
    constexpr std::array wanted{Kinds...};
    if (in.size(wanted.size()) < wanted.size()) return false;
    for (std::size_t i = 0; i < wanted.size(); ++i) {
      if (in.peek_char(i) != static_cast<char>(wanted[i])) return false;
    }
    return true;
  }
};

// A word that is free (or any word, for Any) and then one of these.
template <bool Any, Kind... Nexts>
struct word_before {
  using rule_t = word_before;
  using subs_t = pegtl::type_list<>;

  template <class Input>
  static bool match(Input& in) {
    if (in.size(2) < 2) return false;
    const Kind word = static_cast<Kind>(in.peek_char(0));
    const Kind next = static_cast<Kind>(in.peek_char(1));
    return is_word(word) && (Any || !is_reserved(word)) && ((next == Nexts) || ...);
  }
};

template <FilterPlace Place>
struct in_filter_of {
  using rule_t = in_filter_of;
  using subs_t = pegtl::type_list<>;

  template <pegtl::apply_mode A, pegtl::rewind_mode M, template <class...> class Action, template <class...> class Control, class Input>
  static bool match(Input& /*in*/, const TreeBuilder& builder) { return builder.place() == Place; }
};

// A question about the tokens ahead; nothing is consumed or noted.
template <bool (*Question)(const TokenList&, std::size_t)>
struct ahead {
  using rule_t = ahead;
  using subs_t = pegtl::type_list<>;

  template <pegtl::apply_mode A, pegtl::rewind_mode M, template <class...> class Action, template <class...> class Control, class Input>
  static bool match(Input& in, const TreeBuilder& builder) {
    return Question(builder.tokens(), static_cast<std::size_t>(in.current() - builder.first_kind()));
  }
};

// Notes what may stand here, for a place where several rules could go on.
template <Expect E>
struct wanted_here : pegtl::failure { static constexpr Expect expect = E; };
template <Expect E>
struct wanted : pegtl::opt<wanted_here<E>> {};

struct close : token<Expect::Close, Kind::RightParen> {};
struct comma : token<Expect::Comma, Kind::Comma> {};
struct pipe : token<Expect::Pipe, Kind::Pipe> {};
struct dot : token<Expect::Dot, Kind::Dot> {};

// --- properties
struct property_part : token<Expect::Property, Kind::Find, Kind::Unique, Kind::With, Kind::That, Kind::As, Kind::Where, Kind::Return, Kind::Having,
                             Kind::Order, Kind::By, Kind::Skip, Kind::Limit, Kind::And, Kind::Or, Kind::True, Kind::False, Kind::Undefined, Kind::Relates,
                             Kind::To, Kind::Somehow, Kind::Tree, Kind::Asc, Kind::Desc, Kind::Cidr, Kind::Word, Kind::Bracket> {};
struct selector_part : property_part { static constexpr Expect expect = Expect::SelectorProperty; };
struct property_parts : pegtl::star<dot, pegtl::must<property_part>> {};
// `true = active` compares with a value.
struct literal_word : pegtl::sor<next_is<Kind::True, Kind::Compare>, next_is<Kind::False, Kind::Compare>, next_is<Kind::Undefined, Kind::Compare>> {};
// A reserved word names a property only when an operator or a dot follows: `limit > 5`.
struct reserved_property : pegtl::seq<pegtl::not_at<literal_word>, word_before<true, Kind::Compare, Kind::Dot, Kind::Comma>, pegtl::any> {};
struct first_property : token<Expect::Property, Kind::Relates, Kind::To, Kind::Somehow, Kind::Tree, Kind::Asc, Kind::Desc, Kind::Cidr, Kind::Word, Kind::Bracket> {};
struct flat_property : pegtl::seq<pegtl::sor<first_property, reserved_property>, property_parts> {};
struct filter_selector : free_word<Expect::Selector> {};
struct selector_property : pegtl::seq<filter_selector, pegtl::must<dot, selector_part>, property_parts> {};
struct filter_property : pegtl::if_then_else<in_filter_of<FilterPlace::Where>, selector_property, flat_property> {};

// --- values
struct string_value : token<Expect::Value, Kind::String> {};
struct number_value : token<Expect::Value, Kind::Integer, Kind::Decimal> {};
struct minus : token<Expect::Value, Kind::Minus> {};
struct number_after_minus : token<Expect::Number, Kind::Integer, Kind::Decimal> {};
struct negative_value : pegtl::seq<minus, pegtl::must<number_after_minus>> {};
struct true_value : token<Expect::True, Kind::True> {};
struct false_value : token<Expect::False, Kind::False> {};
struct undefined_value : token<Expect::Undefined, Kind::Undefined> {};
struct regex_value : token<Expect::Value, Kind::Regex> {};
struct parameter_value : token<Expect::Value, Kind::Parameter> {};
struct date_literal : token<Expect::Value, Kind::DateLiteral> {};
struct date_now : token<Expect::DateNow, Kind::DateNow> {};
struct date_sign : token<Expect::DateStep, Kind::Plus, Kind::Minus> {};
struct date_count : token<Expect::WholeNumber, Kind::Integer> {};
struct date_unit : free_word<Expect::DateUnit> {};
struct date_step : pegtl::seq<date_sign, pegtl::must<date_count, date_unit>> {};
struct date_value : pegtl::seq<date_now, pegtl::star<date_step>> {};
struct selector_ahead : word_before<false, Kind::Dot> { static constexpr Expect expect = Expect::SelectorValue; };
struct selector_value : pegtl::seq<in_filter_of<FilterPlace::Where>, selector_ahead, selector_property> {};
struct literal_value : pegtl::sor<string_value, number_value, true_value, false_value, undefined_value, date_value, regex_value, parameter_value,
                                  date_literal, negative_value> {};
struct scalar_value : pegtl::sor<literal_value, selector_value> {};
struct list_open : token<Expect::ValueList, Kind::LeftParen> {};
struct list_value;
struct having_operand;
struct list_item : pegtl::if_then_else<in_filter_of<FilterPlace::Having>, having_operand, pegtl::sor<scalar_value, list_value>> {};
struct list_or : token<Expect::Or, Kind::Or> {};
struct list_and : token<Expect::And, Kind::And> {};
struct or_items : pegtl::plus<list_or, pegtl::must<list_item>> {};
struct and_items : pegtl::plus<list_and, pegtl::must<list_item>> {};
struct list_value : pegtl::seq<list_open, pegtl::must<list_item>, pegtl::opt<pegtl::sor<or_items, and_items>>, pegtl::must<close>> {};
struct query_body;
struct subquery_open : token<Expect::Subquery, Kind::LeftParen> {};
struct subquery_value : pegtl::seq<next_is<Kind::LeftParen, Kind::Find>, subquery_open, pegtl::must<query_body, close>> {};
struct value : pegtl::sor<scalar_value, subquery_value, list_value> {};

// --- filters
struct compare : token<Expect::CompareOperator, Kind::Compare> {};
struct comparison : pegtl::seq<filter_property, pegtl::must<compare, value>> {};
// A value may stand left (j1ql 4.14).
struct left_value : pegtl::sor<literal_value, subquery_value, list_value> {};
struct second_value : pegtl::seq<ahead<&query::value_ahead>, left_value> {};
struct reversed_comparison : pegtl::seq<ahead<&query::left_value_ahead>, pegtl::must<left_value, compare, pegtl::sor<second_value, filter_property>>> {};
// In HAVING either side may be an expression over the columns.
struct expression;
struct computed : pegtl::seq<expression> {};
struct having_operand : pegtl::sor<pegtl::seq<ahead<&query::list_ahead>, list_value>, date_value, date_literal, regex_value, computed> {};
struct having_left : pegtl::sor<subquery_value, pegtl::seq<pegtl::not_at<ahead<&query::name_in_parens_ahead>>, having_operand>, computed> {};
struct having_right : pegtl::seq<wanted<Expect::Value>, wanted<Expect::Column>, pegtl::sor<subquery_value, having_operand>> {};
struct having_comparison : pegtl::seq<in_filter_of<FilterPlace::Having>, wanted<Expect::Column>, pegtl::not_at<ahead<&query::group_ahead>>,
                                      having_left, pegtl::must<compare, having_right>> {};
struct cidr_bang : token<Expect::Cidr, Kind::Bang> {};
struct cidr_word : token<Expect::Cidr, Kind::Cidr> {};
struct cidr_open : token<Expect::CallOpen, Kind::LeftParen> {};
struct cidr_block : token<Expect::CidrBlock, Kind::String, Kind::Parameter> {};
struct cidr_ahead : pegtl::sor<next_is<Kind::Cidr, Kind::LeftParen>, next_is<Kind::Bang, Kind::Cidr>> { static constexpr Expect expect = Expect::Cidr; };
struct cidr : pegtl::seq<cidr_ahead, pegtl::opt<cidr_bang>, cidr_word, pegtl::must<cidr_open, filter_property, comma, cidr_block, close>> {};
struct filter;
struct group_open : token<Expect::FilterGroup, Kind::LeftParen> {};
struct group : pegtl::seq<group_open, pegtl::must<filter, close>> {};
struct primary_filter : pegtl::sor<cidr, having_comparison, pegtl::if_then_else<in_filter_of<FilterPlace::Having>, group,
                                                                                pegtl::sor<reversed_comparison, group, comparison>>> {};
struct and_word : token<Expect::And, Kind::And> {};
struct or_word : token<Expect::Or, Kind::Or> {};
struct begin_junction : pegtl::success {};
struct and_filter : pegtl::seq<begin_junction, primary_filter, pegtl::star<and_word, pegtl::must<primary_filter>>> {};
struct filter : pegtl::seq<begin_junction, and_filter, pegtl::star<or_word, pegtl::must<and_filter>>> {};

// clang-format on
}  // namespace callisto::query::grammar

// NOLINTEND(readability-identifier-naming)
