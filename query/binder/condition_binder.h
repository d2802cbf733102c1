// WITH, WHERE and HAVING -> conditions in positive form (j1ql 4, 6, 7.7).
#pragma once

#include <optional>
#include <string_view>

#include "query/ast/ast.h"
#include "query/binder/bound_query.h"
#include "query/binder/scope.h"

namespace callisto::query {

// Different properties of different entities that one query reads; each is looked up among the
// others.
inline constexpr std::size_t kPropertiesMax = 4'000;

class KeyBinder;

class ConditionBinder {
 public:
  ConditionBinder(BoundQuery& query, const Scope& scope) : query_(query), scope_(scope) {}

  [[nodiscard]] Result<Condition> bind_with(const ast::Filter& filter, VariableId variable);
  [[nodiscard]] Result<Condition> bind_where(const ast::Filter& filter);
  // `keys` knows the columns.
  [[nodiscard]] Result<Condition> bind_having(const ast::Filter& filter, KeyBinder& keys);

  // The read of a property; the same for the same property.
  [[nodiscard]] ReadId read_of(VariableId variable, std::string_view property, SourceSpan span);
  [[nodiscard]] ConstantId constant_of(Constant constant, SourceSpan span);

 private:
  enum class Place : std::uint8_t { With, Where, Having };

  [[nodiscard]] Result<Condition> bind(const ast::Filter& filter);
  [[nodiscard]] Result<Condition> bind_comparison(const ast::Comparison& comparison);
  [[nodiscard]] Result<Condition> bind_cidr(const ast::CidrTest& test);
  [[nodiscard]] Result<Condition> bind_operand(ReadId left, Test test, const ast::Operand& operand);
  void join_values(Condition& any);
  [[nodiscard]] Result<Condition> bind_regex(ReadId left,
                                             Test test,
                                             const ast::Regex& regex,
                                             SourceSpan span);
  [[nodiscard]] Result<ReadId> property(const ast::PropertyRef& reference);
  [[nodiscard]] Result<ReadId> left_of(const ast::Comparison& comparison);
  [[nodiscard]] ReadId column_read(std::uint32_t column, SourceSpan span);
  [[nodiscard]] Result<Condition> bind_subquery(ReadId left,
                                                Test test,
                                                const ast::Operand& operand);

  BoundQuery& query_;
  const Scope& scope_;
  Place place_ = Place::With;
  VariableId variable_ = kNoVariable;
  KeyBinder* keys_ = nullptr;  // HAVING.
};

}  // namespace callisto::query
