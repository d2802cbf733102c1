// Syntax tree -> bound query: selectors, default aliases, functions, groups.
#pragma once

#include <string>
#include <vector>

#include "core/names/names.h"
#include "query/ast/ast.h"
#include "query/binder/bound_query.h"
#include <callisto/error.h>

namespace callisto::query {

// Errors: BindError with a span: unknown or ambiguous selectors and functions, bad regular
// expressions and CIDR blocks, what the language has and this version does not.
// `names`: of the graph that is asked, if there is one, to tell a property from a slip of a
// selector (Scope::find_or_property). Nothing of them is kept.
// Source: j1ql 4, 5.15 to 5.17, 6, 7.
[[nodiscard]] Result<BoundQuery> bind(const ast::Query& tree,
                                      const DefinitionsPtr& definitions,
                                      const Names* names = nullptr);

// The same for a query inside another one, or inside the definition of a smart class.
[[nodiscard]] Result<BoundQuery> bind_inner(const ast::Query& tree,
                                            const DefinitionsPtr& definitions,
                                            std::vector<std::string> smart_classes,
                                            const Names* names);

}  // namespace callisto::query
