// Small questions about a graph, asked while a query is examined.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "query/ast/ast.h"
#include <callisto/database.h>

namespace callisto::doctor {

namespace ast = query::ast;

// Name of the alias that questions give to the part they ask about. No query has it.
inline constexpr std::string_view kSubject = "_subject";

class Probe {
 public:
  Probe(Database& database, const QueryOptions& options);

  // Rows of the answer; nothing when a limit came first. All probes together take ten seconds.
  [[nodiscard]] std::optional<std::uint64_t> rows(const ast::Query& query);
  // The distinct entities that the alias kSubject stands for.
  [[nodiscard]] std::optional<std::uint64_t> subjects(ast::Query query);
  // Distinct values of a property of a selector, at most `limit`; absent ones left out.
  [[nodiscard]] std::vector<Value> values(ast::Query query,
                                          const std::string& selector,
                                          const std::string& property,
                                          std::uint64_t limit);
  // First columns of a table: "HAS (12), OWNS (3)", the largest numbers first.
  [[nodiscard]] std::string tally(std::string_view text);
  [[nodiscard]] std::string tally(const ast::Query& query);

  // What a query is warned of, each with its hints.
  [[nodiscard]] std::vector<std::string> warnings(std::string_view text);

  [[nodiscard]] Database& database() { return database_; }

  [[nodiscard]] bool sees_deleted() const { return options_.include_deleted; }

  void see_deleted(bool on) { options_.include_deleted = on; }

 private:
  [[nodiscard]] Result<QueryResult> run(std::string_view text, std::uint64_t rows_max);

  Database& database_;
  Session session_;
  QueryOptions options_;
  std::chrono::steady_clock::time_point until_;
};

// The query without RETURN and what follows it.
[[nodiscard]] ast::Query without_shape(ast::Query query);

// `selector.property`, as an item of RETURN.
[[nodiscard]] ast::ReturnItem property_item(const std::string& selector,
                                            const std::string& property);
// `COUNT(selector)`.
[[nodiscard]] ast::ReturnItem count_item(const std::string& selector);

}  // namespace callisto::doctor
