// Decides what RandomQuery leaves open.
#include "tests/oracle/meaningful_query.h"

#include <algorithm>
#include <set>

#include "query/ast/parts.h"
#include "query/ast/printer.h"
#include "tests/oracle/expressions.h"
#include "tests/oracle/random_graph.h"

namespace callisto::oracle {

namespace ast = query::ast;
using ast::CompareOp;

namespace {

void note(const std::map<std::string, Value>& properties,
          std::map<std::string, std::vector<Value>>& stored) {
  for (const auto& [name, value] : properties) {
    std::vector<Value>& known = stored[name];
    if (const auto* list = std::get_if<List>(&value)) {
      for (const Scalar& element : *list) {
        std::visit([&](const auto& scalar) { known.push_back(Value(scalar)); }, element);
      }
    } else {
      known.push_back(value);
    }
  }
}

// Words that name one part only; `seen` has all.
void count_words(const ast::Query& query, std::map<std::string, int>& words);

void count_node(const ast::Node& node, std::map<std::string, int>& words) {
  if (node.alias) {
    ++words[node.alias->text];
  } else if (node.target.kind == ast::Target::Kind::Class ||
             node.target.kind == ast::Target::Kind::Type) {
    ++words[node.target.text];
  }
}

void count_steps(const std::vector<ast::Step>& steps, std::map<std::string, int>& words) {
  for (const ast::Step& step : steps) {
    if (const auto* hop = std::get_if<ast::Hop>(&step.node)) {
      if (hop->alias) {
        ++words[hop->alias->text];
      } else if (hop->verbs.size() == 1) {
        ++words[hop->verbs[0].name];
      }
      count_node(hop->node, words);
      continue;
    }
    const auto& group = std::get<ast::OptionalGroup>(step.node);
    count_steps(group.steps, words);
    if (group.alias) ++words[group.alias->text];
  }
}

void count_words(const ast::Query& query, std::map<std::string, int>& words) {
  count_node(query.start, words);
  count_steps(query.steps, words);
}

}  // namespace

MeaningfulQuery::MeaningfulQuery(test::Dice dice, const PlainGraph& graph)
    : RandomQuery(std::move(dice), {}) {
  words_ = graph_words();
  for (const PlainEntity& entity : graph.entities) {
    note(entity.properties, stored_);
    stored_["_key"].emplace_back(entity.key);
    stored_["_type"].emplace_back(entity.type);
    for (const std::string& name : entity.classes) {
      stored_["_class"].emplace_back(name);
    }
  }
  for (const PlainRelationship& relationship : graph.relationships) {
    note(relationship.properties, stored_);
  }
}

std::optional<ast::Name> MeaningfulQuery::alias(int /*one_in*/) {
  if (chance(4)) return std::nullopt;
  return fresh_alias();
}

ast::Name MeaningfulQuery::fresh_alias() {
  return ast::Name{"x" + std::to_string(aliases_++)};
}

ast::PropertyRef MeaningfulQuery::property(Place place) {
  ast::PropertyRef property;
  if (place == Place::Having) {
    property.property = ast::Name{one_of(columns_)};
    return property;
  }
  if (place == Place::Where) property.selector = ast::Name{one_of(selectors_)};
  property.property = ast::Name{one_of(words_.properties)};
  return property;
}

Value MeaningfulQuery::literal(const ast::PropertyRef& compared_with) {
  const auto found = stored_.find(compared_with.property.text);
  if (found != stored_.end() && !found->second.empty() && !chance(5)) return one_of(found->second);
  // A column: mostly a number.
  if (compared_with.property.text.starts_with('c') && chance(2)) {
    return static_cast<double>(below(4));
  }
  return RandomQuery::literal(compared_with);
}

bool MeaningfulQuery::makes_sense(CompareOp op, const ast::Operand& right) {
  const bool order = op == CompareOp::Greater || op == CompareOp::Less ||
                     op == CompareOp::GreaterEqual || op == CompareOp::LessEqual;
  if (const auto* list = std::get_if<ast::OperandList>(&right.node)) {
    return std::all_of(list->items.begin(), list->items.end(), [&](const ast::Operand& item) {
      return makes_sense(op, item);
    });
  }
  if (std::holds_alternative<ast::Regex>(right.node)) return !order;
  return true;
}

int MeaningfulQuery::hop_count() {
  const int dice = below(10);
  return dice < 3 ? 0 : dice < 6 ? 1 : dice < 9 ? 2 : 3;
}

ast::Query MeaningfulQuery::pattern(int depth) {
  ast::Query query;
  query.unique = chance(6);
  query.start = node(depth);
  if (!query.start.alias) query.start.alias = fresh_alias();
  query.steps = steps(depth, false);
  note_selectors(query);
  if (chance(3)) query.where = filter(depth, Place::Where);
  return query;
}

void MeaningfulQuery::note_selectors(const ast::Query& query) {
  std::map<std::string, int> words;
  count_words(query, words);
  selectors_.clear();
  for (const auto& [word, times] : words) {
    if (times == 1) selectors_.push_back(word);
  }
}

ast::Query MeaningfulQuery::subquery(int depth) {
  const std::vector<std::string> selectors = selectors_;
  ast::Query inner = pattern(depth);
  inner.returns.emplace();
  ast::ReturnItem item;
  item.expression = any_property();
  item.column = query::default_column(item.expression);
  inner.returns->items.push_back(std::move(item));
  selectors_ = selectors;
  return inner;
}

ast::Expression MeaningfulQuery::bare_property(const std::string& name) {
  const bool word = std::all_of(name.begin(), name.end(), [](char c) {
    return c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  });
  // A word that no entity has as a property may be taken for a slip of an alias.
  if (word && stored_.contains(name) && chance(2)) return {ast::SelectorRef{{name}}};
  if (name == "tag.Env" && chance(2)) return {ast::PropertyRef{ast::Name{"tag"}, ast::Name{"Env"}}};
  return {ast::PropertyRef{std::nullopt, ast::Name{name}}};
}

ast::Expression MeaningfulQuery::any_property() {
  if (chance(4)) return bare_property(one_of(words_.properties));
  return {property(Place::Where)};
}

bool MeaningfulQuery::is_object(const ast::Expression& expression) const {
  const auto* word = std::get_if<ast::SelectorRef>(&expression.node);
  return word != nullptr &&
         std::find(selectors_.begin(), selectors_.end(), word->selector.text) != selectors_.end();
}

ast::Expression MeaningfulQuery::exact_number() {
  const auto term = [this]() -> ast::Expression {
    const std::string name = chance(2) ? "size" : "ports";
    if (chance(3)) return bare_property(name);
    ast::PropertyRef property = this->property(Place::Where);
    property.property.text = name;
    return {std::move(property)};
  };
  const auto of = [](ast::ArithmeticOp op, ast::Expression left, ast::Expression right) {
    return ast::Expression{ast::Arithmetic{op,
                                           ast::Box<ast::Expression>(std::move(left)),
                                           ast::Box<ast::Expression>(std::move(right))}};
  };
  switch (below(6)) {
    case 0:
      return of(ast::ArithmeticOp::Multiply, term(), {ast::Literal{2.0}});
    case 1:
      return of(ast::ArithmeticOp::Subtract, term(), term());
    case 2: {
      ast::Call call{{"COALESCE"}, {}};
      call.arguments.push_back(term());
      call.arguments.push_back({ast::Literal{1.0}});
      return of(ast::ArithmeticOp::Add, {std::move(call)}, term());
    }
    case 3: {
      ast::Call call{{"MERGE"}, {}};
      call.arguments.push_back(term());
      call.arguments.push_back(term());
      return {std::move(call)};
    }
    case 4:
      return {ast::Literal{3.0}};
    default:
      return {ast::Negation{ast::Box<ast::Expression>(term())}};
  }
}

ast::Expression MeaningfulQuery::counted(int depth) {
  switch (below(4)) {
    case 0:
      return number(depth);
    case 1:
      return scalar_call(depth);
    default:
      return exact_number();
  }
}

ast::Expression MeaningfulQuery::number(int depth) {
  const int kind = below(depth > 0 ? 5 : 2);
  if (kind == 0) return {ast::Literal{one_of(words_.numbers)}};
  if (kind == 1) {
    ast::PropertyRef property = this->property(Place::Where);
    if (!chance(4)) property.property.text = chance(2) ? "size" : "ports";
    if (chance(4)) return bare_property(property.property.text);
    return {std::move(property)};
  }
  if (kind == 2) return {ast::Negation{ast::Box<ast::Expression>(number(depth - 1))}};
  return {ast::Arithmetic{static_cast<ast::ArithmeticOp>(below(4)),
                          ast::Box<ast::Expression>(number(depth - 1)),
                          ast::Box<ast::Expression>(number(depth - 1))}};
}

ast::Expression MeaningfulQuery::scalar_call(int depth) {
  ast::Call call;
  call.function = {one_of(words_.functions)};
  const std::string& name = call.function.text;
  if (name == "CONCAT") {
    for (int i = below(3); i >= 0; --i) {
      call.arguments.push_back(any_property());
      if (chance(2)) call.arguments.push_back({ast::Literal{std::string("-")}});
    }
  } else if (name == "COALESCE" || name == "MERGE") {
    for (int i = below(3); i >= 0; --i) {
      call.arguments.push_back(any_property());
    }
    if (chance(3)) call.arguments.push_back({ast::Literal{one_of(words_.texts)}});
  } else {
    call.arguments.push_back(number(depth));
  }
  return {std::move(call)};
}

ast::Expression MeaningfulQuery::plain_item(int depth) {
  switch (below(9)) {
    case 0:
      return {ast::SelectorRef{{one_of(selectors_)}}};
    case 1:
      return number(depth);
    case 2:
      return scalar_call(depth);
    case 3: {
      ast::Call call{{"UNWIND"}, {}};
      call.arguments.push_back(any_property());
      return {std::move(call)};
    }
    case 4:
      return {ast::Literal{literal(property(Place::With))}};
    default:
      return any_property();
  }
}

ast::Expression MeaningfulQuery::aggregate(int depth) {
  static const std::vector<std::string> kNames{"COUNT", "count", "SUM", "AVG", "MIN", "Max"};
  if (depth > 0 && chance(5)) {
    return {ast::Arithmetic{
        static_cast<ast::ArithmeticOp>(below(4)),
        ast::Box<ast::Expression>(aggregate(0)),
        ast::Box<ast::Expression>(
            chance(2) ? aggregate(0) : ast::Expression{ast::Literal{one_of(words_.numbers)}})}};
  }
  ast::Call call{{one_of(kNames)}, {}};
  const bool counts = call.function.text == "COUNT";
  if (counts && chance(2)) {
    call.arguments.push_back({ast::SelectorRef{{one_of(selectors_)}}});
  } else if (counts && chance(3)) {
    call.arguments.push_back({ast::AllPaths{}});
  } else if (chance(3)) {
    call.arguments.push_back(counts ? counted(depth) : exact_number());
  } else {
    ast::PropertyRef property = this->property(Place::Where);
    if (chance(2)) property.property.text = "size";
    call.arguments.push_back({std::move(property)});
  }
  return {std::move(call)};
}

ast::Expression MeaningfulQuery::key(int depth) {
  const auto column = [this]() -> ast::Expression {
    return {ast::SelectorRef{{one_of(columns_)}}};
  };
  const bool columns = !columns_.empty();
  if (depth > 0 && chance(5)) {
    return {ast::Arithmetic{static_cast<ast::ArithmeticOp>(below(4)),
                            ast::Box<ast::Expression>(key(0)),
                            ast::Box<ast::Expression>(key(0))}};
  }
  if (columns && chance(3)) return column();
  if (!keys_.empty() && chance(3)) return one_of(keys_);
  if (!groups_) return chance(3) ? number(depth) : any_property();
  return aggregate(depth);
}

std::optional<ast::Expression> MeaningfulQuery::computed(int depth) {
  if (!chance(2)) return std::nullopt;
  ast::Expression expression = key(depth);
  const bool plain = std::holds_alternative<ast::SelectorRef>(expression.node) ||
                     std::holds_alternative<ast::PropertyRef>(expression.node) ||
                     !ast::depends_on_rows(expression);
  if (plain) return std::nullopt;
  return expression;
}

void MeaningfulQuery::add_items(ast::Query& query, int depth) {
  query.returns.emplace();
  const bool grouped = chance(3);
  columns_.clear();
  keys_.clear();
  // Aggregates may stand in HAVING and ORDER BY alone.
  groups_ = grouped || query.unique || chance(6);
  for (int i = below(3); i >= 0; --i) {
    ast::ReturnItem item;
    const bool aggregates = grouped && (i == 0 || chance(2));
    item.expression = aggregates ? aggregate(depth) : plain_item(depth);
    if (!groups_ && chance(10)) {
      const std::string& selector = one_of(selectors_);
      item.expression = {ast::AllProperties{{selector}}};
      item.column = selector + ".*";
      query.returns->items.push_back(std::move(item));
      continue;
    }
    item.alias = ast::Name{"c" + std::to_string(i)};
    item.column = item.alias->text;
    note_item(item);
    query.returns->items.push_back(std::move(item));
  }
  if (!columns_.empty() && chance(6)) query.having = filter(depth, Place::Having);
}

void MeaningfulQuery::note_item(const ast::ReturnItem& item) {
  if (is_object(item.expression)) return;
  columns_.push_back(item.column);
  const auto* call = std::get_if<ast::Call>(&item.expression.node);
  const bool unwinds = call != nullptr && call->function.text == "UNWIND";
  const bool value = !unwinds && !has_aggregate(item.expression);
  if (value && ast::depends_on_rows(item.expression)) keys_.push_back(item.expression);
}

void MeaningfulQuery::set_items(ast::Query& query,
                                std::vector<ast::Expression> items,
                                bool grouped) {
  query.returns.emplace();
  columns_.clear();
  keys_.clear();
  groups_ = grouped;
  for (std::size_t i = 0; i < items.size(); ++i) {
    ast::ReturnItem item;
    item.expression = std::move(items[i]);
    item.alias = ast::Name{"c" + std::to_string(i)};
    item.column = item.alias->text;
    note_item(item);
    query.returns->items.push_back(std::move(item));
  }
}

void MeaningfulQuery::add_sort_keys(ast::Query& query) {
  if (!query.returns) {
    columns_.clear();
    keys_.clear();
    groups_ = false;
  }
  for (int i = below(2); i >= 0; --i) {
    ast::SortKey key;
    key.expression = this->key(1);
    if (!ast::depends_on_rows(key.expression)) continue;
    key.descending = chance(2);
    query.order_by.push_back(std::move(key));
  }
}

ast::Query MeaningfulQuery::query(int depth) {
  aliases_ = 0;
  ast::Query query = pattern(depth);
  const int shape = below(8);
  if (shape == 0) {
    query.returns.emplace();
    query.returns->tree = true;
    return query;
  }
  if (shape > 2) add_items(query, depth);
  if (chance(3)) add_sort_keys(query);
  if (chance(6)) query.skip = static_cast<std::uint64_t>(below(4));
  if (chance(4)) query.limit = static_cast<std::uint64_t>(1 + below(6));
  return query;
}

}  // namespace callisto::oracle
