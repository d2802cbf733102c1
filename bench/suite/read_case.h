// One read, ready to be measured on every engine, with its answers compared.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "bench/suite/answer.h"
#include "bench/suite/campaign.h"
#include "bench/suite/environment.h"
#include "bench/suite/read_query.h"
#include <callisto/database.h>

namespace callisto::bench {

// Lifetime: within the environment's.
class ReadCase {
 public:
  ReadCase(Environment& environment, const ReadQuery& query);

  // Runs the question once on the plain graph (timed: the first run) and compares it with SQLite.
  void check_plain();
  // The same on the overlaid graph, after both got the overrides.
  void check_overlaid();

  [[nodiscard]] Run plain_run() { return callisto_run(plain_); }

  [[nodiscard]] Run overlaid_run() { return callisto_run(overlaid_); }

  [[nodiscard]] Run sql_run();

  [[nodiscard]] const ReadQuery& query() const { return query_; }

  // Why Callisto cannot answer it, or empty.
  [[nodiscard]] const std::string& error() const { return error_; }

  // How an answer differs from SQLite's, or empty.
  [[nodiscard]] const std::string& difference() const { return difference_; }

  [[nodiscard]] bool has_sql() const { return sql_.has_value(); }

  [[nodiscard]] double first_us() const { return first_us_; }

  [[nodiscard]] double sql_first_us() const { return sql_first_us_; }

  // Of one run; of all parameter values tried, the mean.
  [[nodiscard]] double rows() const { return rows_; }

 private:
  // A session on one of the two graphs and the plan made there.
  struct Engine {
    Session session;
    std::optional<PreparedQuery> prepared{};
  };

  void make_values();
  Result<Answer> callisto_answer(Engine& engine);
  Result<Answer> sql_answer();
  Result<Answer> first_run(Engine& engine);
  void compare(const Answer& ours, const char* graph);
  Run callisto_run(Engine& engine);
  [[nodiscard]] std::size_t checked() const;

  Environment& environment_;
  const ReadQuery& query_;
  Engine plain_;
  Engine overlaid_;
  std::optional<SqlStatement> sql_{};
  std::vector<std::string> values_{};
  std::vector<QueryOptions> options_{};
  std::string error_{};
  std::string difference_{};
  double first_us_ = 0;
  double sql_first_us_ = 0;
  double rows_ = 0;
};

}  // namespace callisto::bench
