// The paths of a query: every combination is tried (j1ql 5, 10).
#pragma once

#include <map>
#include <optional>
#include <string_view>
#include <vector>

#include "query/ast/ast.h"
#include "tests/oracle/world.h"

namespace callisto::oracle {

// What became of one optional on a path: the elements [first, last) were added inside of it.
struct OptionalMark {
  const query::ast::OptionalGroup* group = nullptr;
  bool taken = false;
  std::size_t first = 0;
  std::size_t last = 0;
};

// One way through the pattern.
struct Path {
  std::vector<Element> elements{};         // entity, relationship, entity, ...
  std::map<const void*, Element> bound{};  // By ast::Node, ast::Hop or ast::OptionalGroup.
  std::vector<OptionalMark> marks{};       // In the order in which the optionals ended.

  [[nodiscard]] std::size_t end() const { return elements.back().index; }
};

// All paths of the pattern of `query`, WHERE applied.
[[nodiscard]] std::vector<Path> match(const query::ast::Query& query, const World& world);

// What the selector names on this path; empty when it is unbound there (j1ql 5.17).
// Throws std::runtime_error when the query has no such selector or several.
[[nodiscard]] std::optional<Element> selected(const query::ast::Query& query,
                                              const Path& path,
                                              std::string_view selector);

// Whether the selector names a part of the pattern (j1ql 5.17); else it is a property (7.3a).
[[nodiscard]] bool names_part(const query::ast::Query& query, std::string_view selector);

// What an entity is asked to be: target and WITH.
[[nodiscard]] bool fits(const query::ast::Node& node, std::size_t entity, const World& world);

}  // namespace callisto::oracle
