// Random syntax trees for property tests: every form that parse() can make, spans left out.
#pragma once

#include <string>
#include <vector>

#include "query/ast/ast.h"

namespace callisto::query::testing {

// Draws from RapidCheck's current property: call inside rc::prop or rc::check only.
class RandomQuery {
 public:
  // A query nested at most `depth` deep.
  [[nodiscard]] ast::Query query(int depth);

 private:
  [[nodiscard]] static int below(int limit);
  [[nodiscard]] static bool chance(int one_in);
  template <class T>
  [[nodiscard]] static T one_of(const std::vector<T>& choices);

  [[nodiscard]] static std::string word();
  [[nodiscard]] static std::string property_name();
  [[nodiscard]] static std::string text();
  [[nodiscard]] static double number();
  [[nodiscard]] static ast::Parameter parameter();
  [[nodiscard]] ast::Target target(int depth, bool in_list);
  [[nodiscard]] ast::Node node(int depth);
  [[nodiscard]] ast::Hop hop(int depth);
  [[nodiscard]] std::vector<ast::Step> steps(int depth, bool in_group);

  enum class Place { With, Where, Having };
  [[nodiscard]] ast::PropertyRef property(Place place);
  [[nodiscard]] ast::Operand operand(int depth, Place place, bool in_list, bool equality);
  [[nodiscard]] ast::Filter filter(int depth, Place place);
  [[nodiscard]] ast::Expression expression(int depth);
  [[nodiscard]] ast::ReturnItem item(int depth);
};

}  // namespace callisto::query::testing
