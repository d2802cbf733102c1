// Words for classes and types, and where relationships lead.
#include <algorithm>

#include "api/doctor/causes.h"
#include "query/ast/names.h"
#include "query/ast/printer.h"
#include "query/parser/spelling.h"

namespace callisto::doctor {
namespace {

std::string counted(std::uint64_t count) {
  return count == 1 ? "1 entity" : std::to_string(count) + " entities";
}

const NamedCount* find_ignoring_case(const std::vector<NamedCount>& names, std::string_view word) {
  const auto found = std::find_if(names.begin(), names.end(), [word](const NamedCount& name) {
    return query::same_ignoring_case(name.name, word);
  });
  return found == names.end() ? nullptr : &*found;
}

const NamedCount* find_nearest(const std::vector<NamedCount>& names, std::string_view word) {
  std::vector<std::string_view> candidates;
  candidates.reserve(names.size());
  for (const NamedCount& name : names)
    candidates.emplace_back(name.name);
  const auto near = query::nearest(word, candidates);
  if (!near) return nullptr;
  return find_ignoring_case(names, *near);
}

bool has(const std::vector<NamedCount>& names, std::string_view word) {
  return std::any_of(names.begin(), names.end(), [word](const NamedCount& name) {
    return name.name == word && name.count > 0;
  });
}

void add_word_cause(Probe& probe, const ast::Target& target, Causes& causes) {
  const bool is_class = target.kind == ast::Target::Kind::Class;
  const std::vector<NamedCount> classes = probe.database().classes();
  const std::vector<NamedCount> types = probe.database().types();
  const std::vector<NamedCount>& own = is_class ? classes : types;
  if (has(own, target.text)) return;
  const std::string kind = is_class ? "class" : "type";
  const std::string rule =
      is_class ? "a word in upper case is a class" : "a word in lower case is a type";
  const std::string nothing = "No entity has the " + kind + " " + target.text;
  if (const NamedCount* same = find_ignoring_case(own, target.text)) {
    causes.push_back(nothing + ": letters count. Write " +
                     query::target_text(same->name, is_class) + " (" + counted(same->count) + ").");
  } else if (const NamedCount* other =
                 find_ignoring_case(is_class ? types : classes, target.text)) {
    causes.push_back(nothing + ": " + rule + ". Write " +
                     query::target_text(other->name, !is_class) + ", which is a " +
                     (is_class ? "type (" : "class (") + counted(other->count) + ").");
  } else if (const NamedCount* near = find_nearest(own, target.text)) {
    causes.push_back(nothing + ". Did you mean " + query::target_text(near->name, is_class) + " (" +
                     counted(near->count) + ")?");
  } else {
    causes.push_back(nothing + ".");
  }
}

}  // namespace

Causes causes_of_target(Probe& probe, const ast::Target& target) {
  Causes causes;
  for (const ast::Name& name : target.smart_classes) {
    std::string cause =
        "No entity is in the smart class #" + name.text + " together with the rest of the target.";
    // Nobody defined it and no tag has its name: the query itself is warned of that.
    for (const std::string& warning : probe.warnings("FIND #" + name.text)) {
      cause = warning;
    }
    causes.push_back(std::move(cause));
  }
  switch (target.kind) {
    case ast::Target::Kind::Class:
    case ast::Target::Kind::Type:
      add_word_cause(probe, target, causes);
      break;
    case ast::Target::Kind::Union:
      for (const ast::Target& one : target.alternatives) {
        const Causes more = causes_of_target(probe, one);
        causes.insert(causes.end(), more.begin(), more.end());
      }
      break;
    case ast::Target::Kind::FullText:
      causes.push_back("No entity has every word of \"" + target.text +
                       "\" in its texts; the parts of one such as tier-1 stand together there.");
      break;
    case ast::Target::Kind::Any:
      if (target.smart_classes.empty()) causes.emplace_back("The graph is empty.");
      break;
  }
  return causes;
}

Causes causes_of_hop(Probe& probe, const ast::Query& before, const ast::Hop& hop) {
  Causes causes = causes_of_target(probe, hop.node.target);
  if (!causes.empty() && hop.node.target.kind != ast::Target::Kind::Any) return causes;
  causes.clear();
  const std::string target = query::print(hop.node.target);
  // What `before` ends at has the name of the subject; the hop gets another one.
  const auto with = [&](ast::Hop tried) {
    ast::Query query = before;
    tried.alias = ast::Name{"_way"};
    tried.node.alias = ast::Name{"_end"};
    query.steps.emplace_back().node = std::move(tried);
    query.returns.emplace();
    return query;
  };
  ast::Hop other = hop;
  other.node.filter.reset();
  other.somehow_depth.reset();
  if (hop.direction != ast::Direction::Either) {
    other.direction = hop.direction == ast::Direction::Forward ? ast::Direction::Backward
                                                               : ast::Direction::Forward;
    ast::Query query = with(other);
    query.returns->items.push_back(count_item("_end"));
    const std::string found = probe.tally(query);
    if (!found.empty() && found != " (0)") {
      const std::string arrow = other.direction == ast::Direction::Forward ? ">>" : "<<";
      causes.push_back("The relationships point the other way: write " + arrow + " " + target +
                       found + ".");
      return causes;
    }
  }
  other.direction = ast::Direction::Either;
  ast::Hop any_verb = other;
  any_verb.verbs.clear();
  any_verb.relates_to = true;
  ast::Query verbs = with(any_verb);
  verbs.returns->items = {property_item("_way", "_class"), count_item("_way")};
  if (const std::string found = probe.tally(verbs); !found.empty()) {
    causes.push_back("Other verbs lead to " + target + " from there: " + found + ".");
  }
  ast::Hop any_target = other;
  any_target.node.target = {};
  ast::Query ends = with(any_target);
  ends.returns->items = {property_item("_end", "_type"), count_item("_end")};
  if (const std::string found = probe.tally(ends); !found.empty() && !hop.relates_to) {
    causes.push_back("This verb leads to other types from there: " + found + ".");
  }
  if (!causes.empty()) return causes;
  any_verb.node.target = {};
  ast::Query all = with(any_verb);
  all.returns->items = {
      property_item("_way", "_class"), property_item("_end", "_type"), count_item("_end")};
  const std::string found = probe.tally(all);
  causes.push_back(found.empty() ? "No relationship at all leaves what is there."
                                 : "From there lead only: " + found + ".");
  return causes;
}

}  // namespace callisto::doctor
