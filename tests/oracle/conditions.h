// Whether a condition of WITH, WHERE or HAVING holds, by the letter of j1ql 4 and 6.
#pragma once

#include <functional>

#include "query/ast/ast.h"
#include "tests/oracle/world.h"

namespace callisto::oracle {

// The value of a property of the condition, Null when it is absent.
using Lookup = std::function<Value(const query::ast::PropertyRef&)>;

// The value of an expression of HAVING.
using Compute = std::function<Value(const query::ast::Expression&)>;

[[nodiscard]] bool holds(const query::ast::Filter& filter,
                         const Lookup& lookup,
                         const World& world,
                         const Compute& compute = {});

}  // namespace callisto::oracle
