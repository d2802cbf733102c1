// Targets, nodes, steps, clauses. Conditions and expressions have their own files beside this one.
#include "query/parser/tree_builder.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <iterator>
#include <limits>

#include "query/ast/parts.h"
#include "query/parser/lexer.h"
#include "query/parser/limits.h"
#include "query/parser/syntax_error.h"

namespace callisto::query {
namespace {

std::string upper(std::string_view text) {
  std::string result(text);
  for (char& c : result)
    c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  return result;
}

// The last elements of a stack, from `first` on, taken off it.
template <class T>
std::vector<T> take_from(std::vector<T>& stack, std::size_t first) {
  const auto begin = stack.begin() + static_cast<std::ptrdiff_t>(first);
  std::vector<T> taken(std::make_move_iterator(begin), std::make_move_iterator(stack.end()));
  stack.erase(begin, stack.end());
  return taken;
}

}  // namespace

void TreeBuilder::note(std::size_t index, Expect expect) {
  if (index < furthest_) return;
  if (index > furthest_) {
    furthest_ = index;
    expected_.reset();
  }
  expected_.set(static_cast<std::size_t>(expect));
}

FilterPlace TreeBuilder::place() const {
  return places_.empty() ? FilterPlace::With : places_.back();
}

bool TreeBuilder::in_filter() const {
  return !places_.empty();
}

std::size_t TreeBuilder::furthest() const {
  return furthest_;
}

const ExpectSet& TreeBuilder::expected() const {
  return expected_;
}

const char* TreeBuilder::first_kind() const {
  return list_.kinds.data();
}

const Token& TreeBuilder::token(std::size_t index) const {
  return list_.tokens[index];
}

ast::Span TreeBuilder::span(TokenRange range) const {
  return {token(range.begin).begin, token(range.end - 1).end};
}

ast::Name TreeBuilder::name(std::size_t index) const {
  return {word(index), token(index).span()};
}

// A token as the name it stands for: brackets and quotes removed.
std::string TreeBuilder::word(std::size_t index) const {
  const std::string_view text = token(index).text(text_);
  if (token(index).kind == Kind::String) return unquote(text);
  if (token(index).kind == Kind::Bracket) return std::string(text.substr(1, text.size() - 2));
  return std::string(text);
}

// A dotted name as the one flat name it is (j1ql 1.15).
ast::Name TreeBuilder::joined(TokenRange range) const {
  std::string text = word(range.begin);
  for (std::size_t i = range.begin + 2; i < range.end; i += 2)
    text.append(".").append(word(i));
  return {std::move(text), span(range)};
}

std::size_t TreeBuilder::take_mark() {
  return take_last(marks_);
}

std::uint64_t TreeBuilder::whole_number(std::size_t index) const {
  const std::string_view text = token(index).text(text_);
  std::uint64_t value = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (failure != std::errc()) {
    throw Refusal{refusal(text_, token(index).span(), "The number is too large.")};
  }
  return value;
}

void TreeBuilder::check_count(std::size_t count, std::string_view what, ast::Span where) {
  if (count <= kListItemsMax) return;
  throw Refusal{limit_error(where,
                            "A list holds at most " + std::to_string(kListItemsMax) + " " +
                                std::string(what) + "; this one has " + std::to_string(count) +
                                ".")};
}

// ---- targets

// The case of the first letter alone tells a class from a type (j1ql 3.1, 3.2).
void TreeBuilder::word_target(TokenRange range) {
  const std::string_view text = token(range.begin).text(text_);
  const bool upper_case = text.front() >= 'A' && text.front() <= 'Z';
  targets_.push_back({.kind = upper_case ? ast::Target::Kind::Class : ast::Target::Kind::Type,
                      .text = std::string(text),
                      .alternatives = {},
                      .smart_classes = {},
                      .span = span(range)});
}

void TreeBuilder::any_target(TokenRange range) {
  ast::Target target;
  target.span = span(range);
  targets_.push_back(std::move(target));
}

void TreeBuilder::text_target(TokenRange range) {
  ast::Target target;
  target.kind = ast::Target::Kind::FullText;
  target.text = word(range.begin);
  target.span = span(range);
  targets_.push_back(std::move(target));
}

void TreeBuilder::smart_only() {
  targets_.emplace_back();
}

void TreeBuilder::smart_target(TokenRange range) {
  ast::Target& target = targets_.back();
  for (std::size_t i = range.begin; i < range.end && token(i).kind == Kind::SmartClass; ++i) {
    target.smart_classes.push_back({word(i).substr(1), token(i).span()});
  }
  target.span = span(range);
}

void TreeBuilder::open_target_list() {
  marks_.push_back(targets_.size());
}

void TreeBuilder::target_list(TokenRange range) {
  const std::size_t first = take_mark();
  check_count(targets_.size() - first, "targets", span(range));
  if (targets_.size() - first == 1) return;  // `(User)` is User.
  ast::Target target;
  target.kind = ast::Target::Kind::Union;
  target.alternatives = take_from(targets_, first);
  target.span = span(range);
  targets_.push_back(std::move(target));
}

// ---- nodes and steps

void TreeBuilder::open_node() {
  nodes_.emplace_back();
}

void TreeBuilder::target() {
  nodes_.back().target = take_last(targets_);
}

void TreeBuilder::node_alias(TokenRange range) {
  nodes_.back().alias = name(range.begin);
}

void TreeBuilder::node(TokenRange range) {
  nodes_.back().span = span(range);
}

void TreeBuilder::open_hop(TokenRange range) {
  hops_.emplace_back();
  if (++queries_.back().hops > kHopsMax) {
    throw Refusal{limit_error(span(range),
                              "A query has at most " + std::to_string(kHopsMax) + " hops (THAT).")};
  }
}

void TreeBuilder::negate_hop() {
  hops_.back().negated = true;
}

void TreeBuilder::relates_to() {
  hops_.back().relates_to = true;
}

void TreeBuilder::verb(TokenRange range) {
  hops_.back().verbs.push_back(
      {upper(token(range.begin).text(text_)), {word(range.begin), token(range.begin).span()}});
}

void TreeBuilder::verbs(TokenRange range) {
  ast::Hop& hop = hops_.back();
  check_count(hop.verbs.size(), "verbs", span(range));
  hop.verb_span = span(range);
  if (hop.relates_to) hop.verbs.clear();  // Any relationship, whatever else is listed.
}

void TreeBuilder::arrow(TokenRange range) {
  hops_.back().direction =
      token(range.begin).kind == Kind::Forward ? ast::Direction::Forward : ast::Direction::Backward;
}

void TreeBuilder::hop_alias(TokenRange range) {
  hops_.back().alias = name(range.begin);
}

void TreeBuilder::somehow() {
  hops_.back().somehow_depth = kSomehowDepthDefault;
}

void TreeBuilder::somehow_depth(TokenRange range) {
  const std::uint64_t depth = whole_number(range.begin);
  if (depth < 1 || depth > kSomehowDepthMax) {
    throw Refusal{refusal(text_,
                          span(range),
                          "The depth of THAT SOMEHOW is a whole number from 1 to " +
                              std::to_string(kSomehowDepthMax) + ".")};
  }
  hops_.back().somehow_depth = static_cast<std::uint32_t>(depth);
}

void TreeBuilder::hop(TokenRange range) {
  ast::Hop hop = take_last(hops_);
  hop.node = take_last(nodes_);
  hop.span = span(range);
  steps_.push_back({std::move(hop)});
}

void TreeBuilder::open_group() {
  marks_.push_back(steps_.size());
}

void TreeBuilder::group_alias(TokenRange range) {
  group_alias_ = name(range.begin);
}

void TreeBuilder::group(TokenRange range) {
  ast::OptionalGroup group;
  group.steps = take_from(steps_, take_mark());
  group.alias = std::exchange(group_alias_, std::nullopt);
  group.span = span(range);
  steps_.push_back({std::move(group)});
}

// ---- clauses and the query

void TreeBuilder::open_query() {
  queries_.push_back({.query = {}, .hops = 0, .steps_before = steps_.size()});
}

void TreeBuilder::unique() {
  queries_.back().query.unique = true;
}

void TreeBuilder::start() {
  queries_.back().query.start = take_last(nodes_);
}

void TreeBuilder::open_return() {
  queries_.back().query.returns.emplace();
}

void TreeBuilder::tree() {
  queries_.back().query.returns->tree = true;
}

void TreeBuilder::returns(TokenRange range) {
  queries_.back().query.returns->span = span(range);
}

void TreeBuilder::sort_key(TokenRange range) {
  expression_parts_ = 0;
  ast::SortKey key;
  key.expression = take_last(expressions_);
  key.span = span(range);
  if (!depends_on_rows(key.expression)) {
    ExpectSet wanted;
    wanted.set(static_cast<std::size_t>(Expect::SortKey));
    throw Refusal{syntax_error(text_, list_, range.begin, wanted)};
  }
  queries_.back().query.order_by.push_back(std::move(key));
}

void TreeBuilder::descending() {
  queries_.back().query.order_by.back().descending = true;
}

// Clients append their own SKIP and LIMIT to the user's text: the last SKIP and the smallest LIMIT
// win.
void TreeBuilder::skip(TokenRange range) {
  queries_.back().query.skip = whole_number(range.begin);
  queries_.back().query.skip_span = span(range);
}

void TreeBuilder::limit(TokenRange range) {
  const std::string_view digits = token(range.begin).text(text_);
  std::uint64_t count = 0;
  const auto [end, failure] = std::from_chars(digits.data(), digits.data() + digits.size(), count);
  if (failure != std::errc() || count == 0) {
    std::vector<std::string> hints;
    if (failure == std::errc()) {
      hints.emplace_back("To see only how many there are, use RETURN count(alias).");
    }
    throw Refusal{refusal(text_,
                          span(range),
                          "\"limit\" must be a value between 1 and " +
                              std::to_string(std::numeric_limits<std::uint64_t>::max()) + ".",
                          std::move(hints))};
  }
  ast::Query& query = queries_.back().query;
  if (query.limit && *query.limit <= count) return;
  query.limit = count;
  query.limit_span = span(range);
}

// RETURN GRAPH and RETURN COUNT do not exist, although both look like an alias (j1ql 7.2). A word
// that the query used before is one.
void TreeBuilder::check_return_word(const ast::Query& query, TokenRange range) const {
  if (!query.returns || query.returns->items.size() != 1) return;
  const auto* selector =
      std::get_if<ast::SelectorRef>(&query.returns->items.front().expression.node);
  if (selector == nullptr) return;
  const std::string word = upper(selector->selector.text);
  if (word != "GRAPH" && word != "COUNT") return;
  for (std::size_t i = range.begin; i < range.end; ++i) {
    if (token(i).begin >= query.returns->span.begin) break;
    if (token(i).text(text_) == selector->selector.text) return;
  }
  throw Refusal{
      refusal(text_,
              selector->selector.span,
              word == "GRAPH" ? "There is no RETURN GRAPH." : "COUNT needs what to count.",
              {word == "GRAPH" ? "Write RETURN TREE for vertices and edges."
                               : "Write RETURN count(alias)."})};
}

void TreeBuilder::query(TokenRange range) {
  OpenQuery& open = queries_.back();
  open.query.steps = take_from(steps_, open.steps_before);
  open.query.span = span(range);
  check_return_word(open.query, range);
}

ast::Query TreeBuilder::take() {
  return std::move(queries_.back().query);
}

}  // namespace callisto::query
