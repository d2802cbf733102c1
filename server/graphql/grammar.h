// The executable part of GraphQL, and as much of the schema language as schema_text.h uses, as a
// PEGTL grammar over token kinds (lexer.h). Source: GraphQL, September 2025, appendix C.
//
// One token decides every branch, so the furthest token that failed is the one that is wrong.
#pragma once

#include <tao/pegtl.hpp>

#include "server/graphql/lexer.h"

// NOLINTBEGIN(readability-identifier-naming): rules are types named like words.
namespace callisto::server::graphql::grammar {

namespace pegtl = tao::pegtl;

// clang-format off
struct fragment_name : pegtl::one<kind::kName, kind::kFragment, kind::kOperation, kind::kBoolean, kind::kNull, kind::kType,
                           kind::kEnum, kind::kInput, kind::kScalar, kind::kUnion> {};
struct name : pegtl::sor<fragment_name, pegtl::one<kind::kOn>> {};

// Values. Those of a definition may not hold variables.
struct variable : pegtl::seq<pegtl::one<'$'>, name> {};
struct plain_value : pegtl::sor<name, pegtl::one<kind::kNumber, kind::kString>> {};
struct value;
struct member : pegtl::seq<name, pegtl::one<':'>, value> {};
struct list_value : pegtl::seq<pegtl::one<'['>, pegtl::star<value>, pegtl::one<']'>> {};
struct object_value : pegtl::seq<pegtl::one<'{'>, pegtl::star<member>, pegtl::one<'}'>> {};
struct value : pegtl::sor<plain_value, variable, list_value, object_value> {};
struct constant;
struct constant_member : pegtl::seq<name, pegtl::one<':'>, constant> {};
struct constant_list : pegtl::seq<pegtl::one<'['>, pegtl::star<constant>, pegtl::one<']'>> {};
struct constant_object : pegtl::seq<pegtl::one<'{'>, pegtl::star<constant_member>, pegtl::one<'}'>> {};
struct constant : pegtl::sor<plain_value, constant_list, constant_object> {};

struct argument : pegtl::seq<name, pegtl::one<':'>, value> {};
struct arguments : pegtl::seq<pegtl::one<'('>, pegtl::plus<argument>, pegtl::one<')'>> {};
struct directive : pegtl::seq<pegtl::one<'@'>, name, pegtl::opt<arguments>> {};
struct constant_argument : pegtl::seq<name, pegtl::one<':'>, constant> {};
struct constant_arguments : pegtl::seq<pegtl::one<'('>, pegtl::plus<constant_argument>, pegtl::one<')'>> {};
struct constant_directive : pegtl::seq<pegtl::one<'@'>, name, pegtl::opt<constant_arguments>> {};

// Selections.
struct alias : pegtl::seq<name, pegtl::one<':'>> {};
struct type_condition : pegtl::seq<pegtl::one<kind::kOn>, name> {};
struct selection_set;
struct field : pegtl::seq<pegtl::opt<alias>, name, pegtl::opt<arguments>, pegtl::star<directive>, pegtl::opt<selection_set>> {};
struct spread : pegtl::seq<pegtl::one<'.'>, fragment_name, pegtl::star<directive>> {};
struct inline_fragment : pegtl::seq<pegtl::one<'.'>, pegtl::opt<type_condition>, pegtl::star<directive>, selection_set> {};
struct selection_set : pegtl::seq<pegtl::one<'{'>, pegtl::plus<pegtl::sor<field, spread, inline_fragment>>, pegtl::one<'}'>> {};

// Types.
struct type;
struct list_type : pegtl::seq<pegtl::one<'['>, type, pegtl::one<']'>> {};
struct required : pegtl::one<'!'> {};
struct type : pegtl::seq<pegtl::sor<name, list_type>, pegtl::opt<required>> {};

// Definitions.
struct description : pegtl::one<kind::kString> {};
struct default_value : pegtl::seq<pegtl::one<'='>, constant> {};
struct variable_definition
    : pegtl::seq<pegtl::opt<description>, variable, pegtl::one<':'>, type, pegtl::opt<default_value>, pegtl::star<constant_directive>> {};
struct variable_definitions : pegtl::seq<pegtl::one<'('>, pegtl::plus<variable_definition>, pegtl::one<')'>> {};
struct operation_kind : pegtl::one<kind::kOperation> {};
struct full_operation : pegtl::seq<pegtl::opt<description>, operation_kind, pegtl::opt<name>, pegtl::opt<variable_definitions>,
                            pegtl::star<directive>, selection_set> {};
struct operation : pegtl::sor<selection_set, full_operation> {};
struct fragment : pegtl::seq<pegtl::opt<description>, pegtl::one<kind::kFragment>, fragment_name, type_condition,
                      pegtl::star<directive>, selection_set> {};
struct document : pegtl::seq<pegtl::plus<pegtl::sor<operation, fragment>>, pegtl::eof> {};

// The schema.
struct input_definition : pegtl::seq<name, pegtl::one<':'>, type, pegtl::opt<default_value>> {};
struct field_definition
    : pegtl::seq<name, pegtl::opt<pegtl::one<'('>, pegtl::plus<input_definition>, pegtl::one<')'>>, pegtl::one<':'>, type> {};
struct definition_kind : pegtl::one<kind::kType, kind::kEnum, kind::kInput, kind::kScalar, kind::kUnion> {};
struct object_type : pegtl::seq<pegtl::at<pegtl::one<kind::kType>>, definition_kind, name, pegtl::one<'{'>, pegtl::plus<field_definition>, pegtl::one<'}'>> {};
struct input_type : pegtl::seq<pegtl::at<pegtl::one<kind::kInput>>, definition_kind, name, pegtl::one<'{'>, pegtl::plus<input_definition>, pegtl::one<'}'>> {};
struct enum_value : pegtl::sor<name> {};
struct enum_type : pegtl::seq<pegtl::at<pegtl::one<kind::kEnum>>, definition_kind, name, pegtl::one<'{'>, pegtl::plus<enum_value>, pegtl::one<'}'>> {};
struct scalar_type : pegtl::seq<pegtl::at<pegtl::one<kind::kScalar>>, definition_kind, name> {};
struct union_type : pegtl::seq<pegtl::at<pegtl::one<kind::kUnion>>, definition_kind, name, pegtl::one<'='>, pegtl::list<enum_value, pegtl::one<'|'>>> {};
struct schema : pegtl::seq<pegtl::plus<pegtl::sor<object_type, input_type, enum_type, scalar_type, union_type>>, pegtl::eof> {};

// clang-format on

}  // namespace callisto::server::graphql::grammar

// NOLINTEND(readability-identifier-naming)
