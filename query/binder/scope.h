// The selectors of a query: aliases and default aliases (j1ql 5.17).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "query/ast/ast.h"
#include "query/binder/condition.h"
#include <callisto/error.h>

namespace callisto::query {

class Scope {
 public:
  // Errors: BindError when the alias is taken.
  Status add_alias(const ast::Name& alias, VariableId variable);
  // A class, type or verb word; twice the same word is ambiguous and only an error when used.
  void add_default(std::string_view word, VariableId variable, bool verb);

  // Errors: BindError "Invalid <what> selector provided: ..." with the selectors that there are.
  // `what` is "return" or "predicate filter".
  [[nodiscard]] Result<VariableId> find(const ast::Name& name, std::string_view what) const;

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

  [[nodiscard]] tl::unexpected<Error> unknown(const ast::Name& name, std::string_view what) const;

  std::vector<Selector> selectors_;
};

}  // namespace callisto::query
