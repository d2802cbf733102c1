// Runs the grammar over the tokens and reads its tree.
#include <algorithm>
#include <cstdlib>
#include <memory>

#include <fmt/format.h>
#include <tao/pegtl/contrib/parse_tree.hpp>

#include "server/graphql/grammar.h"
#include "server/graphql/lexer.h"

namespace callisto::server::graphql {
namespace {

namespace g = grammar;
namespace pegtl = tao::pegtl;
using Node = pegtl::parse_tree::node;

template <class Rule>
using Selector =
    pegtl::parse_tree::selector<Rule,
                                pegtl::parse_tree::store_content::on<g::fragment_name,
                                                                     g::name,
                                                                     g::variable,
                                                                     g::plain_value,
                                                                     g::member,
                                                                     g::list_value,
                                                                     g::object_value,
                                                                     g::constant_member,
                                                                     g::constant_list,
                                                                     g::constant_object,
                                                                     g::argument,
                                                                     g::directive,
                                                                     g::alias,
                                                                     g::type_condition,
                                                                     g::field,
                                                                     g::spread,
                                                                     g::inline_fragment,
                                                                     g::selection_set,
                                                                     g::type,
                                                                     g::default_value,
                                                                     g::variable_definition,
                                                                     g::operation_kind,
                                                                     g::operation,
                                                                     g::fragment,
                                                                     g::input_definition,
                                                                     g::field_definition,
                                                                     g::definition_kind,
                                                                     g::object_type,
                                                                     g::input_type,
                                                                     g::enum_value,
                                                                     g::enum_type,
                                                                     g::scalar_type,
                                                                     g::union_type>>;

// The furthest token that a rule asked for and did not get.
struct Furthest {
  std::size_t token = 0;
};

template <class Rule>
struct Control : pegtl::normal<Rule> {
  template <class Input>
  static void failure(const Input& in, Furthest& furthest) {
    furthest.token = std::max(furthest.token, in.byte());
  }
};

// Turns nodes into the document. Recursion is as deep as the brackets, which are counted before.
class TreeReader {
 public:
  explicit TreeReader(const std::vector<Lexeme>& lexemes) : lexemes_(lexemes) {}

  [[nodiscard]] Document document(const Node& root) const {
    Document out;
    for (const auto& child : root.children) {
      if (child->is_type<g::operation>()) out.operations.push_back(operation(*child));
      if (child->is_type<g::fragment>()) {
        out.fragments.push_back({.name = name_of<g::fragment_name>(*child),
                                 .type = name_of(*find<g::type_condition>(*child)),
                                 .selections = selections(*find<g::selection_set>(*child))});
      }
    }
    return out;
  }

  [[nodiscard]] std::vector<TypeDefinition> types(const Node& root) const {
    std::vector<TypeDefinition> out;
    for (const auto& child : root.children) {
      TypeDefinition type;
      type.kind = word(*find<g::definition_kind>(*child));
      type.name = name_of(*child);
      for (const auto& part : child->children) {
        if (part->is_type<g::enum_value>()) type.fields.push_back({.name = word(*part)});
        if (part->is_type<g::field_definition>() || part->is_type<g::input_definition>()) {
          type.fields.push_back(definition(*part));
        }
      }
      out.push_back(std::move(type));
    }
    return out;
  }

 private:
  [[nodiscard]] const Lexeme& token(const Node& node) const { return lexemes_[node.begin().byte]; }

  [[nodiscard]] const std::string& word(const Node& node) const { return token(node).text; }

  template <class Rule>
  [[nodiscard]] static const Node* find(const Node& node) {
    const auto found =
        std::find_if(node.children.begin(), node.children.end(), [](const auto& child) {
          return child->template is_type<Rule>();
        });
    return found == node.children.end() ? nullptr : found->get();
  }

  // The name among the node's own children, or "".
  template <class Rule = g::name>
  [[nodiscard]] std::string name_of(const Node& node) const {
    const Node* name = find<Rule>(node);
    return name == nullptr ? std::string() : word(*name);
  }

  [[nodiscard]] Operation operation(const Node& node) const {
    Operation out;
    if (const Node* kind = find<g::operation_kind>(node)) out.kind = word(*kind);
    out.name = name_of(node);
    out.place = token(node).place;
    for (const auto& child : node.children) {
      if (!child->is_type<g::variable_definition>()) continue;
      VariableDefinition variable;
      variable.name = name_of(*find<g::variable>(*child));
      variable.type = type(*find<g::type>(*child));
      if (const Node* initial = find<g::default_value>(*child)) {
        variable.initial = value(*initial->children.front());
      }
      out.variables.push_back(std::move(variable));
    }
    out.selections = selections(*find<g::selection_set>(node));
    return out;
  }

  [[nodiscard]] SelectionSet selections(const Node& node) const {
    SelectionSet out;
    for (const auto& child : node.children) {
      out.push_back(selection(*child));
    }
    return out;
  }

  [[nodiscard]] Selection selection(const Node& node) const {
    Selection out;
    out.place = token(node).place;
    if (node.is_type<g::spread>()) {
      out.kind = Selection::Kind::Spread;
      out.name = name_of<g::fragment_name>(node);
    } else if (node.is_type<g::inline_fragment>()) {
      out.kind = Selection::Kind::Inline;
      if (const Node* condition = find<g::type_condition>(node)) out.name = name_of(*condition);
    } else {
      out.name = name_of(node);
      const Node* alias = find<g::alias>(node);
      out.alias = alias == nullptr ? out.name : name_of(*alias);
    }
    out.arguments = arguments(node);
    for (const auto& child : node.children) {
      if (child->is_type<g::directive>()) {
        out.directives.push_back({.name = name_of(*child), .arguments = arguments(*child)});
      }
    }
    if (const Node* set = find<g::selection_set>(node)) out.selections = selections(*set);
    return out;
  }

  [[nodiscard]] std::vector<Argument> arguments(const Node& node) const {
    std::vector<Argument> out;
    for (const auto& child : node.children) {
      if (child->is_type<g::argument>()) {
        out.push_back({.name = name_of(*child), .value = value(*child->children.back())});
      }
    }
    return out;
  }

  [[nodiscard]] Input value(const Node& node) const {
    Input out;
    if (node.is_type<g::variable>()) {
      out.kind = Input::Kind::Variable;
      out.name = name_of(node);
    } else if (node.is_type<g::list_value>() || node.is_type<g::constant_list>()) {
      out.kind = Input::Kind::List;
      for (const auto& child : node.children) {
        out.members.emplace_back("", value(*child));
      }
    } else if (node.is_type<g::object_value>() || node.is_type<g::constant_object>()) {
      out.kind = Input::Kind::Object;
      for (const auto& child : node.children) {
        out.members.emplace_back(name_of(*child), value(*child->children.back()));
      }
    } else {
      out.plain = plain(token(node));
      out.word = out.plain.text() != nullptr && token(node).kind != kind::kString;
    }
    return out;
  }

  [[nodiscard]] static Json plain(const Lexeme& token) {
    switch (token.kind) {
      case kind::kNull:
        return {};
      case kind::kBoolean:
        return token.text == "true";
      case kind::kNumber:
        return std::strtod(token.text.c_str(), nullptr);
      default:
        return token.text;
    }
  }

  [[nodiscard]] TypeName type(const Node& node) const {
    const std::size_t begin = node.begin().byte;
    const std::size_t end = begin + node.string_view().size();
    TypeName out;
    out.list = lexemes_[begin].kind == '[';
    out.required = lexemes_[end - 1].kind == '!';
    for (std::size_t i = begin; i < end; ++i) {
      out.text += lexemes_[i].text;
      if (std::string_view("[]!").find(lexemes_[i].kind) == std::string_view::npos) {
        out.name = lexemes_[i].text;
      }
    }
    return out;
  }

  [[nodiscard]] FieldDefinition definition(const Node& node) const {
    FieldDefinition out;
    out.name = name_of(node);
    out.type = type(*find<g::type>(node));
    for (const auto& child : node.children) {
      if (child->is_type<g::input_definition>()) out.arguments.push_back(definition(*child));
    }
    if (const Node* initial = find<g::default_value>(node)) {
      out.initial = value(*initial->children.front());
    }
    return out;
  }

  const std::vector<Lexeme>& lexemes_;
};

// Every recursion of the grammar passes a bracket.
Status check_depth(std::string_view text, const std::vector<Lexeme>& lexemes) {
  std::size_t depth = 0;
  for (const Lexeme& lexeme : lexemes) {
    const bool opens = std::string_view("{[(").find(lexeme.kind) != std::string_view::npos;
    const bool closes = std::string_view("}])").find(lexeme.kind) != std::string_view::npos;
    if (opens && ++depth > kBracketDepthMax) {
      return tl::make_unexpected(
          syntax_error(ErrorCode::LimitExceeded,
                       text,
                       lexeme.begin,
                       fmt::format("more than {} brackets are open", kBracketDepthMax)));
    }
    if (closes && depth > 0) --depth;
  }
  return {};
}

template <class Grammar>
Result<std::unique_ptr<Node>> run(std::string_view text, const std::vector<Lexeme>& lexemes) {
  if (Status shallow = check_depth(text, lexemes); !shallow) {
    return tl::make_unexpected(std::move(shallow).error());
  }
  std::string kinds;
  for (const Lexeme& lexeme : lexemes) {
    kinds += lexeme.kind;
  }
  // Nodes remember positions, never the text of kinds, which ends here.
  pegtl::memory_input<pegtl::tracking_mode::eager, pegtl::eol::lf> input(
      kinds.data(), kinds.size(), "");
  Furthest furthest;
  auto root = pegtl::parse_tree::parse<Grammar, Selector, pegtl::nothing, Control>(input, furthest);
  if (root != nullptr) return root;
  if (furthest.token >= lexemes.size()) {
    return tl::make_unexpected(
        syntax_error(ErrorCode::ParseError, text, text.size(), "Unexpected end of the document"));
  }
  const Lexeme& wrong = lexemes[furthest.token];
  const std::string_view said = text.substr(wrong.begin, wrong.end - wrong.begin);
  return tl::make_unexpected(syntax_error(ErrorCode::ParseError,
                                          text,
                                          wrong.begin,
                                          fmt::format("Unexpected \"{}\"", said.substr(0, 60))));
}

}  // namespace

Place place_of(std::string_view text, std::size_t offset) {
  Place place;
  for (const char c : text.substr(0, offset)) {
    ++place.column;
    if (c != '\n') continue;
    ++place.line;
    place.column = 1;
  }
  return place;
}

Error syntax_error(ErrorCode code,
                   std::string_view text,
                   std::size_t offset,
                   std::string_view what) {
  const Place place = place_of(text, offset);
  Error error;
  error.code = code;
  error.message =
      fmt::format("Syntax Error: {} at line {} column {}.", what, place.line, place.column);
  const auto at = static_cast<std::uint32_t>(offset);
  error.span = SourceSpan{at, at};
  return error;
}

Result<Document> parse_document(std::string_view text) {
  CALLISTO_TRY(const std::vector<Lexeme> lexemes, lex(text));
  CALLISTO_TRY(const std::unique_ptr<Node> root, run<g::document>(text, lexemes));
  return TreeReader(lexemes).document(*root);
}

Result<std::vector<TypeDefinition>> parse_schema(std::string_view text) {
  CALLISTO_TRY(const std::vector<Lexeme> lexemes, lex(text));
  CALLISTO_TRY(const std::unique_ptr<Node> root, run<g::schema>(text, lexemes));
  return TreeReader(lexemes).types(*root);
}

}  // namespace callisto::server::graphql
