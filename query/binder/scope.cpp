// Finds selectors: an alias or a class or type word exactly, a verb without regard to case.
#include "query/binder/scope.h"

#include <optional>

#include "query/parser/spelling.h"

namespace callisto::query {

Status Scope::add_alias(const ast::Name& alias, VariableId variable) {
  for (const Selector& selector : selectors_) {
    if (selector.alias && selector.name == alias.text) {
      return tl::make_unexpected(
          Error{.code = ErrorCode::BindError,
                .message = "The alias \"" + alias.text +
                           "\" is given twice; an alias names one part of a query.",
                .span = alias.span});
    }
  }
  selectors_.push_back({alias.text, variable, true, false, false});
  return {};
}

void Scope::add_default(std::string_view word, VariableId variable, bool verb) {
  for (Selector& selector : selectors_) {
    if (selector.alias || selector.verb != verb) continue;
    const bool same = verb ? same_ignoring_case(selector.name, word) : selector.name == word;
    if (same) {
      selector.ambiguous = true;
      return;
    }
  }
  selectors_.push_back({std::string(word), variable, false, verb, false});
}

Result<VariableId> Scope::find(const ast::Name& name, std::string_view what) const {
  const Selector* found = nullptr;
  for (const Selector& selector : selectors_) {
    const bool same =
        selector.verb ? same_ignoring_case(selector.name, name.text) : selector.name == name.text;
    // An alias wins over a default, a class or type word over a verb.
    if (same && (found == nullptr || selector.alias || (found->verb && !selector.verb))) {
      found = &selector;
    }
  }
  if (found == nullptr) return unknown(name, what);
  if (found->ambiguous) {
    return tl::make_unexpected(
        Error{.code = ErrorCode::BindError,
              .message = "The selector \"" + name.text +
                         "\" could mean several parts of the query: give each an alias with AS.",
              .span = name.span});
  }
  return found->variable;
}

std::string Scope::example() const {
  for (const Selector& selector : selectors_) {
    if (!selector.ambiguous) return selector.name;
  }
  return "alias";
}

tl::unexpected<Error> Scope::unknown(const ast::Name& name, std::string_view what) const {
  std::string valid;
  std::vector<std::string_view> names;
  for (const Selector& selector : selectors_) {
    if (selector.ambiguous) continue;
    if (!valid.empty()) valid += ", ";
    valid += selector.name;
    names.push_back(selector.name);
  }
  const std::string_view kind = what == "return" ? "return" : "predicate";
  Error error{.code = ErrorCode::BindError,
              .message = "Invalid " + std::string(what) + " selector provided: \"" + name.text +
                         "\", valid " + std::string(kind) + " selectors are: \"" + valid + "\"",
              .span = name.span};
  if (valid.empty()) {
    error.hints.push_back("Name the part of the query that is meant with AS.");
  } else if (const std::optional<std::string_view> near = nearest(name.text, names)) {
    error.hints.push_back("Did you mean \"" + std::string(*near) + "\"?");
  }
  return tl::make_unexpected(std::move(error));
}

}  // namespace callisto::query
