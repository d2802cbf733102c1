// "Did you mean": names of the query against the names of the graph.
#include <algorithm>
#include <optional>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include "query/ast/names.h"
#include "query/ast/printer.h"
#include "query/optimizer/optimizer.h"
#include "query/optimizer/plan_lookup.h"
#include "query/parser/spelling.h"

namespace callisto::query {

namespace {

// Names to compare with are capped, so that a huge graph does not make a slip slow.
constexpr std::size_t kNamesMax = 20'000;
// Nobody reads more; each is compared with those before it.
constexpr std::size_t kWarningsMax = 100;

std::vector<std::string_view> names_of(const Dictionary& dictionary) {
  std::vector<std::string_view> names;
  const std::uint32_t size = std::min<std::uint32_t>(dictionary.size(), kNamesMax);
  for (std::uint32_t code = 0; code < size; ++code) {
    names.push_back(dictionary.at(code));
  }
  return names;
}

// How a name is proposed; nothing for one that cannot be written.
using Proposal = std::optional<std::string> (*)(std::string_view name, const Names& names);

std::optional<std::string> in_quotes(std::string_view name, const Names& /*names*/) {
  // As text where it would not be one as it stands.
  const bool plain = name.find_first_of("\\\"\n\t") == std::string_view::npos;
  return plain ? "\"" + std::string(name) + "\"" : quoted(name);
}

std::optional<std::string> as_target(std::string_view name, const Names& names) {
  for (const bool is_class : {true, false}) {
    if (!(is_class ? names.classes : names.types).find(name)) continue;
    if (is_target_word(name, is_class)) return in_quotes(name, names);
  }
  return target_text(name, names.classes.find(name).has_value());
}

std::optional<std::string> as_verb(std::string_view name, const Names& names) {
  if (is_verb_word(name)) return in_quotes(name, names);
  return "RELATES TO AS r … WHERE r._class = " + quoted(name);
}

std::optional<std::string> as_property(std::string_view name, const Names& names) {
  const std::optional<std::string> text = property_text(name);
  return text == name ? in_quotes(name, names) : text;
}

void warn(PhysicalPlan& plan,
          std::string message,
          SourceSpan span,
          std::string_view word,
          const std::vector<std::string_view>& known,
          const Names& names,
          Proposal proposal) {
  if (plan.warnings.size() >= kWarningsMax) return;
  for (const Warning& earlier : plan.warnings) {
    if (earlier.message == message && earlier.span && earlier.span->begin == span.begin) return;
  }
  Warning warning{.message = std::move(message), .span = span};
  const auto near = nearest(word, known);
  const std::optional<std::string> proposed = near ? proposal(*near, names) : std::nullopt;
  if (proposed) warning.hints.push_back("Did you mean " + *proposed + "?");
  plan.warnings.push_back(std::move(warning));
}

void check_target(PhysicalPlan& plan, const BoundNode& node, const Snapshot& snapshot) {
  const Names& names = snapshot.names();
  for (const TargetWord& word : node.target.words) {
    const Dictionary& dictionary = word.is_class ? names.classes : names.types;
    if (dictionary.find(word.text)) continue;
    const std::string what = word.is_class ? "class" : "type";
    // `host` may be meant for the class Host: the case of the first letter decides.
    std::vector<std::string_view> known = names_of(dictionary);
    const std::vector<std::string_view> others =
        names_of(word.is_class ? names.types : names.classes);
    known.insert(known.end(), others.begin(), others.end());
    warn(plan,
         "No entity of this graph has the " + what + " \"" + word.text + "\".",
         word.span,
         word.text,
         known,
         names,
         as_target);
  }
}

void check_hop(PhysicalPlan& plan, const BoundHop& hop, const Snapshot& snapshot) {
  const Dictionary& verbs = snapshot.names().verbs;
  for (std::size_t i = 0; i < hop.verbs.size(); ++i) {
    if (verbs.find(hop.verbs[i])) continue;
    warn(plan,
         "No relationship of this graph has the verb \"" + hop.verbs[i] + "\".",
         hop.verb_spans[i],
         hop.verbs[i],
         names_of(verbs),
         snapshot.names(),
         as_verb);
  }
}

void check_steps(PhysicalPlan& plan,
                 const std::vector<BoundStep>& steps,
                 const Snapshot& snapshot) {
  for (const BoundStep& step : steps) {
    if (const auto* hop = std::get_if<BoundHop>(&step.node)) {
      check_hop(plan, *hop, snapshot);
      check_target(plan, hop->node, snapshot);
    } else if (const auto* optional = std::get_if<BoundOptional>(&step.node)) {
      check_steps(plan, optional->steps, snapshot);
    } else {
      check_steps(plan, std::get<BoundNegation>(step.node).steps, snapshot);
    }
  }
}

bool is_selector(const BoundQuery& query, std::string_view word) {
  return std::any_of(query.variables.begin(), query.variables.end(), [&](const Variable& variable) {
    return variable.selector == word;
  });
}

// `Host`, or for a hop `HAS relationship between these`.
std::string kind_of(const PhysicalPlan& plan, VariableId variable) {
  for (const PlanHop& hop : plan.hops) {
    if (hop.relationship == variable) return hop.label + " relationship between these";
  }
  const auto node =
      std::find_if(plan.nodes.begin(), plan.nodes.end(), [variable](const PlanNode& candidate) {
        return candidate.variable == variable;
      });
  return node == plan.nodes.end() || node->label == "*" ? "entity" : node->label;
}

bool has_property(const std::vector<const PropertyTable*>& tables, PropertyId id) {
  return id != kNoProperty &&
         std::any_of(tables.begin(), tables.end(), [id](const PropertyTable* table) {
           return table->slot(id).has_value();
         });
}

// `RETURN severity` where the first entity has none and another part of the pattern has: how to ask
// that part for it (j1ql 7.3a); empty: none has.
std::string whose_it_is(const PhysicalPlan& plan, std::size_t read, const Snapshot& snapshot) {
  const std::string& property = plan.query().reads[read].property;
  const PropertyId id = plan.reads[read];
  const std::vector<Variable>& variables = plan.query().variables;
  for (VariableId i = 0; i < variables.size(); ++i) {
    if (variables[i].negated || !has_property(tables_of(plan, i, snapshot), id)) continue;
    const std::string& name = variables[i].selector;
    const auto same = [&](const Variable& other) { return other.selector == name; };
    const bool clear =
        !name.empty() && std::count_if(variables.begin(), variables.end(), same) == 1;
    if (clear) return fmt::format("\"{}\" has it: write {}.{}.", name, name, property);
    return fmt::format("\"{}\" has it: give that an alias with AS x, and write x.{}.",
                       variables[i].label,
                       property);
  }
  return {};
}

// A property that no row of the variable's tables has.
void check_read(PhysicalPlan& plan, std::size_t read, const Snapshot& snapshot) {
  const Read& wanted = plan.query().reads[read];
  if (wanted.implied || plan.warnings.size() >= kWarningsMax) return;
  const PropertyId id = plan.reads[read];
  if (id != kNoProperty && metadata::is_metadata(id)) return;
  const std::vector<const PropertyTable*> tables = tables_of(plan, wanted.variable, snapshot);
  if (tables.empty()) return;
  if (has_property(tables, id)) return;
  const std::string sentence = "No " + kind_of(plan, wanted.variable) +
                               " of this graph has the property \"" + wanted.property + "\"";
  const std::size_t dot = wanted.property.find('.');
  if (dot != std::string::npos && is_selector(plan.query(), wanted.property.substr(0, dot))) {
    plan.warnings.push_back({.message = sentence + ": in WITH a property stands without alias.",
                             .span = wanted.span,
                             .hints = {"Write " + wanted.property.substr(dot + 1) + "."}});
    return;
  }
  if (std::string hint = wanted.bare ? whose_it_is(plan, read, snapshot) : ""; !hint.empty()) {
    plan.warnings.push_back(
        {.message = sentence + ": without an alias a property is one of the first entity.",
         .span = wanted.span,
         .hints = {std::move(hint)}});
    return;
  }
  std::vector<std::string_view> known;
  for (const PropertyTable* const table : tables) {
    for (const PropertyId property : table->properties()) {
      if (property != kNoProperty && known.size() < kNamesMax) {
        known.push_back(snapshot.names().text(property));
      }
    }
  }
  warn(plan, sentence + ".", wanted.span, wanted.property, known, snapshot.names(), as_property);
}

// `_class = 'Hots'`: the names that a graph has are few and known.
void check_names_as_values(PhysicalPlan& plan, const Snapshot& snapshot) {
  const BoundQuery& query = plan.query();
  const Names& names = snapshot.names();
  for (const Condition* const condition : comparisons_of(plan)) {
    const Read& read = query.reads[condition->left];
    const auto* value = std::get_if<Value>(&query.constants[condition->constant]);
    const auto* text = value == nullptr ? nullptr : std::get_if<std::string>(value);
    const PropertyId property = plan.reads[condition->left];
    const bool is_class = property == metadata::kClass;
    if (read.implied || read.variable == kNoVariable || condition->test != Test::Equal ||
        text == nullptr || (!is_class && property != metadata::kType)) {
      continue;
    }
    const bool relationship = query.variables[read.variable].relationship;
    const Dictionary& of_entities = is_class ? names.classes : names.types;
    const Dictionary& of_relationships = is_class ? names.verbs : names.relationship_types;
    const Dictionary& dictionary = relationship ? of_relationships : of_entities;
    if (dictionary.find(*text)) continue;
    warn(plan,
         std::string("No ") + (relationship ? "relationship" : "entity") +
             " of this graph has the " + (is_class ? "class" : "type") + " \"" + *text + "\".",
         query.constant_spans[condition->constant],
         *text,
         names_of(dictionary),
         names,
         in_quotes);
  }
}

// `#Name`, with its #.
std::optional<std::string> as_smart_class(std::string_view name, const Names& names) {
  const std::string_view tag = name.substr(1);
  if (is_target_word(tag, true) || is_target_word(tag, false)) return in_quotes(name, names);
  return "* WITH tags = " + quoted(tag);
}

// The tags that entities have, up to a cap; false when there are more.
bool collect_tags(const Snapshot& snapshot,
                  std::string_view wanted,
                  std::vector<std::string_view>& tags) {
  const auto id = snapshot.names().properties.find("tags");
  if (!id) return true;
  const auto add = [&](ValueView value) {
    if (value.kind() == ValueKind::String) tags.push_back(value.as_string());
    return !tags.empty() && tags.back() == wanted;
  };
  for (const auto& table : snapshot.entity_tables()) {
    const auto slot = table ? table->slot(PropertyId{*id}) : std::nullopt;
    if (!slot) continue;
    for (const ChunkPtr& chunk : table->chunks()) {
      const Column* column = chunk->column(*slot);
      if (column == nullptr) continue;
      if (column->kind() != Column::Kind::Coded) return false;
      for (const ValueView value : column->coded_values()) {
        if (tags.size() >= kNamesMax) return false;
        if (value.kind() != ValueKind::List) {
          if (add(value)) return true;
          continue;
        }
        for (const ValueView element : value.as_list()) {
          if (add(element)) return true;
        }
      }
    }
  }
  return true;
}

// `#Name` that nobody defined and no entity carries as a tag (j1ql 3.12).
void check_smart_classes(PhysicalPlan& plan, const Snapshot& snapshot) {
  const BoundQuery& query = plan.query();
  for (const ast::Name& name : query.tag_classes) {
    std::vector<std::string_view> known;
    if (!collect_tags(snapshot, name.text, known)) continue;
    if (std::find(known.begin(), known.end(), name.text) != known.end()) continue;
    for (const auto& [defined, queries] : query.definitions->smart_classes) {
      known.push_back(defined);
    }
    std::vector<std::string> marked;
    marked.reserve(known.size());
    for (const std::string_view word : known) {
      marked.push_back("#" + std::string(word));
    }
    warn(plan,
         "The smart class #" + name.text + " is not defined, and no entity has the tag \"" +
             name.text + "\".",
         name.span,
         "#" + name.text,
         {marked.begin(), marked.end()},
         snapshot.names(),
         as_smart_class);
  }
}

}  // namespace

void warn_of_unknown_names(PhysicalPlan& plan, const Snapshot& snapshot) {
  const LogicalPlan& logical = *plan.logical;
  plan.warnings = plan.query().warnings;
  check_target(plan, logical.start, snapshot);
  check_steps(plan, logical.steps, snapshot);
  for (std::size_t read = 0; read < plan.reads.size(); ++read) {
    check_read(plan, read, snapshot);
  }
  check_names_as_values(plan, snapshot);
  check_smart_classes(plan, snapshot);
}

}  // namespace callisto::query
