// Finds selectors: an alias or a class or type word exactly, a verb without regard to case. What is
// none may be a property.
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

const Scope::Selector* Scope::lookup(std::string_view name) const {
  const Selector* found = nullptr;
  for (const Selector& selector : selectors_) {
    const bool same =
        selector.verb ? same_ignoring_case(selector.name, name) : selector.name == name;
    // An alias wins over a default, a class or type word over a verb.
    if (same && (found == nullptr || selector.alias || (found->verb && !selector.verb))) {
      found = &selector;
    }
  }
  return found;
}

Result<VariableId> Scope::clear(const Selector& selector, const ast::Name& name) {
  if (!selector.ambiguous) return selector.variable;
  return tl::make_unexpected(
      Error{.code = ErrorCode::BindError,
            .message = "The selector \"" + name.text +
                       "\" could mean several parts of the query: give each an alias with AS.",
            .span = name.span});
}

Result<VariableId> Scope::find(const ast::Name& name, std::string_view what) const {
  const Selector* found = lookup(name.text);
  if (found == nullptr) return unknown(name, what);
  return clear(*found, name);
}

bool Scope::may_be_property(std::string_view name) const {
  return names_ == nullptr || names_->properties.find(name).has_value();
}

const std::string* Scope::alias_of(std::string_view word) const {
  for (const auto& [aliased, alias] : aliased_) {
    if (aliased == word) return &alias;
  }
  return nullptr;
}

bool Scope::is_slip(std::string_view word) const {
  return alias_of(word) != nullptr || nearest(word, clear_names()).has_value();
}

// `tag.`, or what the names of properties of this graph begin with.
bool Scope::is_family(std::string_view first) const {
  if (first == "tag" || (!first.empty() && first == family_)) return true;
  if (names_ == nullptr) return false;
  const std::string beginning = std::string(first) + ".";
  const Dictionary& properties = names_->properties;
  for (std::uint32_t code = 0; code < properties.size(); ++code) {
    if (!properties.at(code).starts_with(beginning)) continue;
    family_ = first;
    return true;
  }
  return false;
}

Result<std::optional<VariableId>> Scope::find_or_property(const ast::Name& first,
                                                          std::string_view whole) const {
  if (const Selector* found = lookup(first.text)) {
    CALLISTO_TRY(const VariableId variable, clear(*found, first));
    return variable;
  }
  if (whole == first.text) {
    const bool tree = same_ignoring_case(whole, "TREE");  // RETURN TREE among items.
    if (names_ != nullptr && may_be_property(whole)) return std::nullopt;
    if (!tree && (names_ == nullptr || !is_slip(whole))) return std::nullopt;
    if (tree) {
      auto refused = unknown(first, "return");
      refused.value().hints = {"RETURN TREE stands alone."};
      return refused;
    }
  } else if ((names_ != nullptr && may_be_property(whole)) || is_family(first.text)) {
    return std::nullopt;
  }
  auto refused = unknown(first, "return");
  if (names_ == nullptr && whole != first.text && refused.value().hints.empty()) {
    refused.value().hints.push_back("A property with a dot in its name is written [" +
                                    std::string(whole) + "].");
  }
  return refused;
}

std::vector<std::string_view> Scope::clear_names() const {
  std::vector<std::string_view> names;
  for (const Selector& selector : selectors_) {
    if (!selector.ambiguous) names.push_back(selector.name);
  }
  return names;
}

std::string Scope::example() const {
  for (const Selector& selector : selectors_) {
    if (!selector.ambiguous) return selector.name;
  }
  return "alias";
}

tl::unexpected<Error> Scope::unknown(const ast::Name& name, std::string_view what) const {
  const std::vector<std::string_view> names = clear_names();
  std::string valid;
  for (const std::string_view selector : names) {
    if (!valid.empty()) valid += ", ";
    valid += selector;
  }
  const std::string_view kind = what == "return" ? "return" : "predicate";
  Error error{.code = ErrorCode::BindError,
              .message = "Invalid " + std::string(what) + " selector provided: \"" + name.text +
                         "\", valid " + std::string(kind) + " selectors are: \"" + valid + "\"",
              .span = name.span};
  if (const std::string* alias = alias_of(name.text)) {
    error.hints.push_back("\"" + name.text + "\" has the alias \"" + *alias + "\" here.");
  } else if (valid.empty()) {
    error.hints.push_back("Name the part of the query that is meant with AS.");
  } else if (const std::optional<std::string_view> near = nearest(name.text, names)) {
    error.hints.push_back("Did you mean \"" + std::string(*near) + "\"?");
  }
  return tl::make_unexpected(std::move(error));
}

}  // namespace callisto::query
