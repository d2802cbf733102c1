// Definitions of smart classes become conditions where they ask about one entity alone, else
// subqueries over `_id`.
#include "query/binder/target_binder.h"

#include <algorithm>
#include <utility>

#include "query/binder/bind_error.h"
#include "query/binder/binder.h"
#include "query/binder/condition_binder.h"
#include "query/binder/matchers.h"
#include "query/parser/parser.h"

namespace callisto::query {

namespace {

// Nothing but a target and its WITH.
bool asks_of_one_entity(const ast::Query& query) {
  return query.steps.empty() && !query.where && !query.skip && !query.limit;
}

}  // namespace

Condition TargetBinder::has(VariableId variable,
                            std::string_view property,
                            const std::string& text,
                            SourceSpan span) {
  const Scope scope;
  ConditionBinder conditions(query_, scope);
  const ReadId read = conditions.read_of(variable, property, span);
  return {.kind = Condition::Kind::Compare,
          .left = read,
          .test = Test::Equal,
          .constant = conditions.constant_of(Value(text), span)};
}

Result<Condition> TargetBinder::search(const ast::Target& target, VariableId variable) {
  CALLISTO_TRY(const std::vector<MatcherPtr> words, search_words(target.text, target.span));
  const Scope scope;
  ConditionBinder conditions(query_, scope);
  Condition all;
  for (const MatcherPtr& word : words) {
    add_conjunct(all,
                 {.kind = Condition::Kind::Text,
                  .test = Test::Matches,
                  .constant = conditions.constant_of(word, target.span),
                  .subject = variable});
  }
  return all;
}

Result<Condition> TargetBinder::defined_by(const std::string& definition,
                                           const ast::Name& smart_class,
                                           VariableId variable) {
  Result<ast::Query> parsed = parse(definition);
  if (!parsed || parsed->returns) {
    return bind_error("The smart class #" + smart_class.text + " is not well defined: " +
                          (parsed ? "its queries must not have RETURN." : parsed.error().message),
                      smart_class.span);
  }
  std::vector<std::string> inside = query_.smart_classes;
  inside.push_back(smart_class.text);
  const Scope scope;
  if (asks_of_one_entity(*parsed)) {
    std::swap(query_.smart_classes, inside);
    CALLISTO_TRY(Condition all, whole(parsed->start.target, variable));
    if (parsed->start.filter) {
      ConditionBinder conditions(query_, scope);
      CALLISTO_TRY(Condition filter, conditions.bind_with(*parsed->start.filter, variable));
      add_conjunct(all, std::move(filter));
    }
    std::swap(query_.smart_classes, inside);
    return all;
  }
  CALLISTO_TRY(BoundQuery inner,
               bind_inner(*parsed, query_.definitions, std::move(inside), nullptr));
  ConditionBinder conditions(query_, scope);
  const ReadId id = conditions.read_of(variable, "_id", smart_class.span);
  auto shared = std::make_shared<const BoundQuery>(std::move(inner));
  return Condition{.kind = Condition::Kind::Compare,
                   .left = id,
                   .test = Test::Equal,
                   .constant = conditions.constant_of(std::move(shared), smart_class.span)};
}

Result<Condition> TargetBinder::member_of(const ast::Name& smart_class, VariableId variable) {
  const auto& inside = query_.smart_classes;
  if (std::find(inside.begin(), inside.end(), smart_class.text) != inside.end()) {
    return bind_error("The smart class #" + smart_class.text + " is defined by itself.",
                      smart_class.span);
  }
  const std::size_t reads = query_.reads.size();
  const std::size_t constants = query_.constants.size();
  Condition any{.kind = Condition::Kind::Any};
  const auto found = query_.definitions->smart_classes.find(smart_class.text);
  if (found != query_.definitions->smart_classes.end()) {
    for (const std::string& definition : found->second) {
      Result<Condition> part = defined_by(definition, smart_class, variable);
      if (!part) {
        // Places in the definition mean nothing to who wrote the query.
        part.error().span = smart_class.span;
        return part;
      }
      any.parts.push_back(std::move(part).value());
    }
  } else if (inside.empty()) {
    query_.tag_classes.push_back(smart_class);
  }
  any.parts.push_back(has(variable, "tags", smart_class.text, smart_class.span));
  for (std::size_t i = reads; i < query_.reads.size(); ++i) {
    query_.reads[i].implied = true;
    query_.reads[i].span = smart_class.span;
  }
  std::fill(query_.constant_spans.begin() + static_cast<std::ptrdiff_t>(constants),
            query_.constant_spans.end(),
            smart_class.span);
  if (any.parts.size() > 1) return any;
  Condition tagged = std::move(any.parts.front());
  return tagged;
}

namespace {

// Classes, types and `*` alone, however they are bracketed.
bool is_words(const ast::Target& target) {
  return target.kind != ast::Target::Kind::FullText && target.smart_classes.empty() &&
         std::all_of(target.alternatives.begin(), target.alternatives.end(), is_words);
}

void add_words(const ast::Target& target, BoundTarget& out) {
  out.any = out.any || target.kind == ast::Target::Kind::Any;
  if (target.kind == ast::Target::Kind::Class || target.kind == ast::Target::Kind::Type) {
    out.words.push_back({target.kind == ast::Target::Kind::Class, target.text, target.span});
  }
  for (const ast::Target& alternative : target.alternatives) {
    add_words(alternative, out);
  }
}

}  // namespace

// All that a target asks, as a condition.
Result<Condition> TargetBinder::whole(const ast::Target& target, VariableId variable) {
  Condition all;
  for (const ast::Name& smart_class : target.smart_classes) {
    CALLISTO_TRY(Condition part, member_of(smart_class, variable));
    add_conjunct(all, std::move(part));
  }
  switch (target.kind) {
    case ast::Target::Kind::Any:
      break;
    case ast::Target::Kind::Class:
      add_conjunct(all, has(variable, "_class", target.text, target.span));
      break;
    case ast::Target::Kind::Type:
      add_conjunct(all, has(variable, "_type", target.text, target.span));
      break;
    case ast::Target::Kind::FullText: {
      CALLISTO_TRY(Condition words, search(target, variable));
      add_conjunct(all, std::move(words));
      break;
    }
    case ast::Target::Kind::Union: {
      Condition any{.kind = Condition::Kind::Any};
      for (const ast::Target& alternative : target.alternatives) {
        CALLISTO_TRY(Condition part, whole(alternative, variable));
        any.parts.push_back(std::move(part));
      }
      add_conjunct(all, std::move(any));
      break;
    }
  }
  return all;
}

Status TargetBinder::bind(const ast::Target& target, BoundNode& node) {
  const bool words =
      target.kind == ast::Target::Kind::Class || target.kind == ast::Target::Kind::Type ||
      (target.kind == ast::Target::Kind::Union &&
       std::all_of(target.alternatives.begin(), target.alternatives.end(), is_words));
  if (!words) {
    node.target.any = true;
    CALLISTO_TRY(Condition all, whole(target, node.variable));
    add_conjunct(node.filter, std::move(all));
    return {};
  }
  for (const ast::Name& smart_class : target.smart_classes) {
    CALLISTO_TRY(Condition part, member_of(smart_class, node.variable));
    add_conjunct(node.filter, std::move(part));
  }
  add_words(target, node.target);
  return {};
}

}  // namespace callisto::query
