// What a node may be -> classes, types and conditions (j1ql 3).
#pragma once

#include <string>

#include "query/ast/ast.h"
#include "query/binder/bound_query.h"

namespace callisto::query {

class TargetBinder {
 public:
  explicit TargetBinder(BoundQuery& query) : query_(query) {}

  // Fills in the node's target and what it asks of the entity.
  //
  // Errors: BindError for a search without a word, a smart class whose definition does not bind or
  // contains itself.
  Status bind(const ast::Target& target, BoundNode& node);

 private:
  [[nodiscard]] Result<Condition> whole(const ast::Target& target, VariableId variable);
  [[nodiscard]] Result<Condition> member_of(const ast::Name& smart_class, VariableId variable);
  [[nodiscard]] Result<Condition> defined_by(const std::string& definition,
                                             const ast::Name& smart_class,
                                             VariableId variable);
  [[nodiscard]] Result<Condition> search(const ast::Target& target, VariableId variable);
  [[nodiscard]] Condition has(VariableId variable,
                              std::string_view property,
                              const std::string& text,
                              SourceSpan span);

  BoundQuery& query_;
};

}  // namespace callisto::query
