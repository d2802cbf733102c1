// The selectors of a query: aliases and default aliases (j1ql 5.17), and what else a name can mean.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/names/names.h"
#include "query/ast/ast.h"
#include "query/binder/condition.h"
#include <callisto/error.h>

namespace callisto::query {

class Scope {
 public:
  // `names`: of the graph that is asked, if there is one; must outlive the scope.
  explicit Scope(const Names* names = nullptr) : names_(names) {}

  // Errors: BindError when the alias is taken.
  Status add_alias(const ast::Name& alias, VariableId variable);
  // A class, type or verb word; twice the same word is ambiguous and only an error when used.
  void add_default(std::string_view word, VariableId variable, bool verb);

  // A class or type word of a part that has an alias: it is no selector, and easily taken for one.
  void add_aliased(std::string_view word, std::string_view alias) {
    aliased_.emplace_back(word, alias);
  }

  // Errors: BindError "Invalid <what> selector provided: ..." with the selectors that there are.
  // `what` is "return" or "predicate filter".
  [[nodiscard]] Result<VariableId> find(const ast::Name& name, std::string_view what) const;

  // The selector that a name, or the first part of a dotted one, is; nullopt where the whole is a
  // property of the first entity (j1ql 7.3a):
  // * a word that is no selector, unless the graph has no property of that name and the word is a
  //   slip of a selector, or the class or type of a part that has an alias;
  // * a dotted name that the graph has, one of whose first part it has others (`tag.`), and any
  //   that begins with `tag.`.
  // Errors: BindError as find() for other names.
  [[nodiscard]] Result<std::optional<VariableId>> find_or_property(const ast::Name& first,
                                                                   std::string_view whole) const;

  // The graph has a property of that name; true without a graph.
  [[nodiscard]] bool may_be_property(std::string_view name) const;

  [[nodiscard]] const Names* names() const { return names_; }

  // A selector to show in a hint: the first that is clear, "alias" when there is none.
  [[nodiscard]] std::string example() const;

 private:
  struct Selector {
    std::string name;
    VariableId variable = kNoVariable;
    bool alias = false;
    bool verb = false;
    bool ambiguous = false;
  };

  [[nodiscard]] const Selector* lookup(std::string_view name) const;
  [[nodiscard]] static Result<VariableId> clear(const Selector& selector, const ast::Name& name);
  [[nodiscard]] const std::string* alias_of(std::string_view word) const;
  [[nodiscard]] bool is_slip(std::string_view word) const;
  [[nodiscard]] bool is_family(std::string_view first) const;
  [[nodiscard]] std::vector<std::string_view> clear_names() const;
  [[nodiscard]] tl::unexpected<Error> unknown(const ast::Name& name, std::string_view what) const;

  const Names* names_;
  mutable std::string family_{};  // The last that was found: names of one mostly come together.
  std::vector<Selector> selectors_;
  std::vector<std::pair<std::string, std::string>> aliased_;  // The word and the alias.
};

}  // namespace callisto::query
