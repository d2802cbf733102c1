#include "query/parser/completion.h"

#include <algorithm>
#include <optional>

#include "query/parser/lexer.h"
#include "query/parser/limits.h"
#include "query/parser/run_grammar.h"
#include "query/parser/spelling.h"

namespace callisto::query {
namespace {

// The tokens before the word at the cursor, of the statement at the cursor alone.
struct CursorText {
  TokenList list;
  SourceSpan prefix{};
  bool in_string = false;
  bool in_bracket = false;
  bool in_comment = false;
};

void drop_last(TokenList& list) {
  list.tokens.pop_back();
  list.kinds.pop_back();
}

// Takes the word at the cursor off the tokens: it is what a choice will replace.
void take_prefix(std::uint32_t end, CursorText& cursor) {
  cursor.prefix = {end, end};
  if (cursor.list.tokens.empty()) return;
  const Token last = cursor.list.tokens.back();
  cursor.in_string = last.flaw == Flaw::UnterminatedString;
  cursor.in_bracket = last.flaw == Flaw::UnterminatedBracket;
  cursor.in_comment = last.flaw == Flaw::UnterminatedComment || last.flaw == Flaw::LineComment;
  const bool opened = cursor.in_string || cursor.in_bracket;
  const bool word =
      is_word(last.kind) || last.kind == Kind::SmartClass || last.flaw == Flaw::LoneHash;
  if (!opened && (!word || last.end != end)) return;
  cursor.prefix.begin = opened ? last.begin + 1 : last.begin;
  drop_last(cursor.list);
}

CursorText read_to_cursor(std::string_view head) {
  CursorText cursor;
  cursor.list = tokenize(head);
  TokenList& list = cursor.list;
  const auto end = static_cast<std::uint32_t>(head.size());
  drop_last(list);  // End.
  for (std::size_t i = list.tokens.size(); i-- > 0;) {
    if (list.tokens[i].kind != Kind::Semicolon) continue;
    const auto first = list.tokens.begin();
    list.tokens.erase(first, first + static_cast<std::ptrdiff_t>(i) + 1);
    list.kinds.erase(0, i + 1);
    break;
  }
  take_prefix(end, cursor);
  list.tokens.push_back({.kind = Kind::End, .flaw = Flaw::None, .begin = end, .end = end});
  list.kinds.push_back(static_cast<char>(Kind::End));
  return cursor;
}

bool starts_with_ignoring_case(std::string_view text, std::string_view prefix) {
  return text.size() >= prefix.size() && same_ignoring_case(text.substr(0, prefix.size()), prefix);
}

void add_target_words(const ast::Target& target, std::vector<std::string>& words) {
  const bool word =
      target.kind == ast::Target::Kind::Class || target.kind == ast::Target::Kind::Type;
  if (word) words.push_back(target.text);
  for (const ast::Target& member : target.alternatives)
    add_target_words(member, words);
}

std::vector<std::string> selectors_of(const TreeBuilder::Scope& scope) {
  std::vector<std::string> names;
  for (const ast::Node* node : scope.nodes) {
    if (node->alias) {
      names.push_back(node->alias->text);
    } else if (node->target.kind == ast::Target::Kind::Class ||
               node->target.kind == ast::Target::Kind::Type) {
      names.push_back(node->target.text);
    }
  }
  for (const ast::Hop* hop : scope.hops) {
    if (hop->alias) {
      names.push_back(hop->alias->text);
    } else if (hop->verbs.size() == 1) {
      names.push_back(hop->verbs.front().written.text);
    }
  }
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return names;
}

std::vector<std::string> targets_of_selector(const TreeBuilder::Scope& scope,
                                             std::string_view selector) {
  std::vector<std::string> words;
  for (const ast::Node* node : scope.nodes) {
    const bool named = node->alias ? node->alias->text == selector : node->target.text == selector;
    if (named) add_target_words(node->target, words);
  }
  return words;
}

// `tag.Acc` is one property, `u.tag.Acc` the property `tag.Acc` of u: moves the prefix to where the
// property begins and finds the selector, which is one of `selectors` where a name can do without.
void find_property_start(std::string_view text,
                         bool flat,
                         const std::vector<std::string>* selectors,
                         const TokenList& list,
                         Completion& result) {
  const auto& tokens = list.tokens;
  const std::size_t end = tokens.size() - 1;  // The parts before it come in pairs with their dots.
  std::size_t first = end;
  while (first >= 2 && tokens[first - 1].kind == Kind::Dot && is_word(tokens[first - 2].kind)) {
    first -= 2;
  }
  if (first == end) return;
  const auto is_selector = [&](std::string_view name) {
    return std::find(selectors->begin(), selectors->end(), name) != selectors->end();
  };
  if (flat || (selectors != nullptr && !is_selector(tokens[first].text(text)))) {
    result.prefix.begin = tokens[first].begin;
    return;
  }
  result.selector = std::string(tokens[first].text(text));
  if (first + 2 < end) result.prefix.begin = tokens[first + 2].begin;
}

void add_keywords(const ExpectSet& expected, std::string_view typed, Completion& result) {
  std::vector<std::string>& keywords = result.keywords;
  for (std::size_t i = 0; i < expected.size(); ++i) {
    const std::string_view keyword = keyword_of(static_cast<Expect>(i));
    if (!expected[i] || keyword.empty() || !starts_with_ignoring_case(keyword, typed)) continue;
    if (std::find(keywords.begin(), keywords.end(), keyword) == keywords.end()) {
      keywords.emplace_back(keyword);
    }
  }
  if (!has(expected, Expect::DateUnit)) return;
  for (const std::string_view unit : {"minutes", "hours", "days", "weeks", "months", "years"}) {
    if (starts_with_ignoring_case(unit, typed)) keywords.emplace_back(unit);
  }
}

void add_wants(const ExpectSet& expected, Completion& result) {
  using Want = CompletionWant;
  const auto want = [&](Expect expect, Want name) {
    if (has(expected, expect)) result.wants.insert(name);
  };
  want(Expect::ClassOrType, Want::Class);
  want(Expect::ClassOrType, Want::Type);
  want(Expect::SmartClass, Want::SmartClass);
  want(Expect::Verb, Want::Verb);
  want(Expect::Property, Want::Property);
  want(Expect::SelectorProperty, Want::Property);
  want(Expect::Selector, Want::Selector);
  want(Expect::SelectorValue, Want::Selector);
  want(Expect::SortKey, Want::Selector);
  want(Expect::SortKey, Want::Column);
  want(Expect::Column, Want::Column);
  want(Expect::Function, Want::Function);
  want(Expect::Value, Want::Value);
}

// Inside quotes only a value, inside brackets only a property is worth offering.
void keep_only(CompletionWant kept, Completion& result) {
  const bool wanted = result.wants.count(kept) > 0;
  result.wants.clear();
  if (wanted) result.wants.insert(kept);
}

// The names that the text before the cursor gives to what is wanted.
// `bare`: a property without selector is one of the first entity.
void describe(const TreeBuilder::Scope& scope, bool having, bool bare, Completion& result) {
  using Want = CompletionWant;
  if (scope.query != nullptr && scope.query->returns) {
    for (const ast::ReturnItem& item : scope.query->returns->items) {
      result.columns.push_back(item.column);
    }
  }
  if (having) {  // There a property is a column.
    if (result.wants.erase(Want::Property) > 0) result.wants.insert(Want::Column);
    return;
  }
  std::string selector = result.selector;
  if (result.wants.count(Want::Value) > 0 && scope.property != nullptr) {
    result.property = scope.property->property.text;
    if (scope.property->selector) selector = scope.property->selector->text;
  } else if (result.wants.count(Want::Property) == 0) {
    return;
  }
  if (!selector.empty()) {
    result.targets = targets_of_selector(scope, selector);
  } else if (bare) {
    add_target_words(scope.query->start.target, result.targets);  // j1ql 7.3a
  } else if (scope.open_node != nullptr) {
    add_target_words(scope.open_node->target, result.targets);
  }
}

}  // namespace

Completion complete(std::string_view text, std::size_t offset) {
  const std::string_view head = text.substr(0, std::min(offset, text.size()));
  Completion result;
  const auto end = static_cast<std::uint32_t>(std::min(head.size(), kQueryBytesMax));
  result.prefix = {end, end};
  if (head.size() > kQueryBytesMax) return result;
  const CursorText cursor = read_to_cursor(head);
  result.prefix = cursor.prefix;
  result.in_string = cursor.in_string;
  if (cursor.in_comment) return result;

  TreeBuilder builder(head, cursor.list);
  static_cast<void>(run_grammar(head, cursor.list, builder));
  const bool right_so_far = builder.furthest() + 1 == cursor.list.tokens.size();
  if (!right_so_far) return result;

  const ExpectSet& expected = builder.expected();
  add_wants(expected, result);
  result.in_list = has(expected, Expect::ClassOrType) && !has(expected, Expect::FullText);
  if (cursor.in_string) {
    keep_only(CompletionWant::Value, result);
  } else if (cursor.in_bracket) {
    keep_only(CompletionWant::Property, result);
  } else {
    add_keywords(expected, head.substr(result.prefix.begin), result);
  }
  const TreeBuilder::Scope scope = builder.scope();
  result.selectors = selectors_of(scope);
  const bool having = builder.in_filter() && builder.place() == FilterPlace::Having;
  const bool where = builder.in_filter() && builder.place() == FilterPlace::Where;
  const bool selector_just_before = has(expected, Expect::SelectorProperty);
  if (selector_just_before || (has(expected, Expect::Property) && !cursor.in_bracket)) {
    const bool flat = having || (builder.in_filter() && !where && !selector_just_before);
    find_property_start(head, flat, where ? nullptr : &result.selectors, cursor.list, result);
  }
  const bool bare = !having && !where && scope.query != nullptr &&
                    (selector_just_before || has(expected, Expect::Expression));
  describe(scope, having, bare, result);
  return result;
}

}  // namespace callisto::query
