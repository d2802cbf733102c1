// Random queries that mean something: selectors name parts of the query, columns exist, functions
// get what they take, and most conditions compare a property with a value that it has somewhere.
#pragma once

#include <map>

#include "tests/oracle/plain_graph.h"
#include "tests/support/random_query.h"

namespace callisto::oracle {

class MeaningfulQuery : public test::RandomQuery {
 public:
  MeaningfulQuery(test::Dice dice, const PlainGraph& graph);

  [[nodiscard]] query::ast::Query query(int depth) override;

 protected:
  [[nodiscard]] std::optional<query::ast::Name> alias(int one_in) override;
  [[nodiscard]] query::ast::PropertyRef property(Place place) override;
  [[nodiscard]] Value literal(const query::ast::PropertyRef& compared_with) override;
  [[nodiscard]] query::ast::Query subquery(int depth) override;
  [[nodiscard]] std::optional<query::ast::Expression> computed(int depth) override;
  [[nodiscard]] bool makes_sense(query::ast::CompareOp op,
                                 const query::ast::Operand& right) override;
  [[nodiscard]] int hop_count() override;

  [[nodiscard]] bool somehow() override { return chance(12); }

  // The oracle tries all ways: their number grows with each step.
  [[nodiscard]] int somehow_depth_max() override { return 2; }

  // The next of the aliases that no other part of the query has.
  [[nodiscard]] query::ast::Name fresh_alias();
  // Starts the list of words that name one part of the query.
  void note_selectors(const query::ast::Query& query);

  [[nodiscard]] const std::vector<std::string>& selectors() const { return selectors_; }

  // Whether HAVING may name a column.
  [[nodiscard]] bool has_columns() const { return !columns_.empty(); }

  // Gives the query these items, with columns of their own, and says what HAVING and ORDER BY may
  // ask of its rows. `grouped`: rows are no paths.
  void set_items(query::ast::Query& query, std::vector<query::ast::Expression> items, bool grouped);
  void add_sort_keys(query::ast::Query& query);

  void restart_aliases() { aliases_ = 0; }

  [[nodiscard]] query::ast::Expression any_property();
  [[nodiscard]] query::ast::Expression scalar_call(int depth);
  [[nodiscard]] query::ast::Expression aggregate(int depth);
  // A number whose sums are exact in any order.
  [[nodiscard]] query::ast::Expression exact_number();

 private:
  [[nodiscard]] query::ast::Query pattern(int depth);
  void add_items(query::ast::Query& query, int depth);
  void note_item(const query::ast::ReturnItem& item);
  [[nodiscard]] query::ast::Expression plain_item(int depth);
  [[nodiscard]] query::ast::Expression number(int depth);
  // A property of the first entity, without selector (j1ql 7.3a).
  [[nodiscard]] query::ast::Expression bare_property(const std::string& name);
  // What aggregates take.
  [[nodiscard]] query::ast::Expression counted(int depth);
  // What HAVING and ORDER BY may ask of the rows.
  [[nodiscard]] query::ast::Expression key(int depth);
  [[nodiscard]] bool is_object(const query::ast::Expression& expression) const;

  std::map<std::string, std::vector<Value>> stored_{};  // Scalars that a property has somewhere.
  std::vector<std::string> selectors_{};                // Of the query in the making.
  std::vector<std::string> columns_{};
  std::vector<query::ast::Expression> keys_{};  // Of the rows: items that are values of paths.
  bool groups_ = false;                         // Rows are no paths.
  int aliases_ = 0;
};

}  // namespace callisto::oracle
