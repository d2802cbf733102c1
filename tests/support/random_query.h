// Random syntax trees: every form that parse() can make, spans left out, from the words given.
//
// As it is, a query only has to be well-formed. Whoever wants queries that mean something derives
// from it and says which selectors, values and items there are.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "query/ast/ast.h"

namespace callisto::test {

namespace ast = query::ast;

// A number below the limit, which is at least 1.
using Dice = std::function<int(int limit)>;

struct Vocabulary {
  std::vector<std::string> aliases{};
  std::vector<std::string> columns{};  // Aliases of RETURN.
  std::vector<std::string> classes{};
  std::vector<std::string> types{};
  std::vector<std::string> smart_classes{};
  bool smart_classes_in_unions = true;
  std::vector<std::string> full_texts{};  // Empty: no full-text targets.
  std::vector<ast::Verb> verbs{};
  std::vector<std::string> properties{};
  std::vector<std::string> texts{};
  std::vector<double> numbers{};
  std::vector<std::int64_t> dates{};
  std::vector<std::string> regexes{};
  std::vector<std::string> blocks{};  // Of cidr.
  std::vector<ast::Parameter> block_parameters{};
  std::vector<ast::Parameter> parameters{};
  std::vector<std::string> functions{};
};

// Words that are hard to print and to read back: keywords, quotes, blanks, extreme numbers.
[[nodiscard]] Vocabulary odd_words();

class RandomQuery {
 public:
  RandomQuery(Dice dice, Vocabulary words) : words_(std::move(words)), dice_(std::move(dice)) {}

  virtual ~RandomQuery() = default;

  // A query nested at most `depth` deep.
  [[nodiscard]] virtual ast::Query query(int depth);

 protected:
  enum class Place { With, Where, Having };

  [[nodiscard]] int below(int limit) { return dice_(limit); }

  [[nodiscard]] bool chance(int one_in) { return below(one_in) == one_in - 1; }

  template <class T>
  [[nodiscard]] const T& one_of(const std::vector<T>& choices) {
    return choices[static_cast<std::size_t>(below(static_cast<int>(choices.size())))];
  }

  [[nodiscard]] ast::Target target(int depth, bool in_list);
  [[nodiscard]] ast::Node node(int depth);
  [[nodiscard]] ast::Hop hop(int depth);
  [[nodiscard]] std::vector<ast::Step> steps(int depth, bool in_group);
  [[nodiscard]] ast::Filter filter(int depth, Place place);
  [[nodiscard]] ast::Expression expression(int depth);

  // What a query that means something decides for itself.
  [[nodiscard]] virtual std::optional<ast::Name> alias(int one_in);
  [[nodiscard]] virtual ast::PropertyRef property(Place place);
  [[nodiscard]] virtual Value literal(const ast::PropertyRef& compared_with);
  [[nodiscard]] virtual ast::Query subquery(int depth);
  // An aggregate or an expression for HAVING, if one may stand there.
  [[nodiscard]] virtual std::optional<ast::Expression> computed(int depth);
  // Whether a comparison with this operator and this kind of right side is worth making.
  [[nodiscard]] virtual bool makes_sense(ast::CompareOp op, const ast::Operand& right);

  [[nodiscard]] virtual int hop_count() { return below(3); }

  [[nodiscard]] virtual bool somehow() { return chance(5); }

  [[nodiscard]] virtual int somehow_depth_max() { return 10; }

  Vocabulary words_;

 private:
  [[nodiscard]] ast::Target union_target(int depth);
  [[nodiscard]] ast::Operand operand(
      int depth, Place place, const ast::PropertyRef& left, bool in_list, bool equality);
  [[nodiscard]] ast::Operand date_now();
  [[nodiscard]] ast::Operand operand_list(int depth, Place place, const ast::PropertyRef& left);
  [[nodiscard]] ast::Comparison comparison(int depth, Place place);
  [[nodiscard]] ast::ReturnItem item(int depth);
  [[nodiscard]] ast::SortKey sort_key(int depth);

  Dice dice_;
};

}  // namespace callisto::test
