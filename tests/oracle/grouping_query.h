// Random queries for what answers groups from sets of rows: wide patterns, keys and aggregates at
// several places, optionals behind each other and in each other, cycles.
#pragma once

#include "tests/oracle/meaningful_query.h"

namespace callisto::oracle {

// Half of its queries are those of MeaningfulQuery.
class GroupingQuery final : public MeaningfulQuery {
 public:
  using MeaningfulQuery::MeaningfulQuery;

  [[nodiscard]] query::ast::Query query(int depth) override;

 private:
  [[nodiscard]] query::ast::Target wide_target();
  [[nodiscard]] query::ast::Node wide_node();
  [[nodiscard]] query::ast::Hop wide_hop();
  [[nodiscard]] query::ast::OptionalGroup optional(int depth);
  void add_steps(query::ast::Query& query);
  [[nodiscard]] query::ast::PropertyRef grouping_property();
  [[nodiscard]] query::ast::Expression key();
  void add_where(query::ast::Query& query);
  void add_groups(query::ast::Query& query);

  int hops_left_ = 0;  // The oracle tries all ways: their number grows with each hop.
};

}  // namespace callisto::oracle
