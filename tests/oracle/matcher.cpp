// Brute force: for each path so far, for each relationship of the graph, in both orientations.
#include "tests/oracle/matcher.h"

#include <algorithm>
#include <set>
#include <span>
#include <stdexcept>
#include <tuple>

#include "tests/oracle/conditions.h"
#include "tests/oracle/full_text.h"

namespace callisto::oracle {

namespace {

namespace ast = query::ast;
using Paths = std::vector<Path>;
using Steps = std::span<const ast::Step>;

Paths walk(Paths paths, Steps steps, const World& world);

bool has_class(const PlainEntity& entity, const std::string& name) {
  return std::find(entity.classes.begin(), entity.classes.end(), name) != entity.classes.end();
}

// j1ql 3.12: without a definition a smart class is a word in `tags`.
bool has_tag(const World& world, std::size_t entity, const std::string& name) {
  const Value tags = property_of(world.graph, {true, entity}, "tags", world.options.layer);
  if (tags == Value(name)) return true;
  const auto* list = std::get_if<List>(&tags);
  return list != nullptr && std::find(list->begin(), list->end(), Scalar(name)) != list->end();
}

// j1ql 3.
bool is_target(const ast::Target& target, std::size_t entity, const World& world) {
  for (const ast::Name& name : target.smart_classes) {
    if (!has_tag(world, entity, name.text)) return false;
  }
  const PlainEntity& plain = world.graph.entities[entity];
  switch (target.kind) {
    case ast::Target::Kind::Any:
      return true;
    case ast::Target::Kind::Class:
      return has_class(plain, target.text);
    case ast::Target::Kind::Type:
      return plain.type == target.text;
    case ast::Target::Kind::FullText:
      return mentions(world, entity, target.text);
    case ast::Target::Kind::Union:
      return std::any_of(target.alternatives.begin(),
                         target.alternatives.end(),
                         [&](const ast::Target& one) { return is_target(one, entity, world); });
  }
  return false;
}

bool visited(const Path& path, std::size_t entity) {
  return std::find(path.elements.begin(), path.elements.end(), Element{true, entity}) !=
         path.elements.end();
}

bool has_verb(const ast::Hop& hop, const PlainRelationship& relationship) {
  if (hop.relates_to) return true;
  return std::any_of(hop.verbs.begin(), hop.verbs.end(), [&](const ast::Verb& verb) {
    return verb.name == relationship.verb;
  });
}

// j1ql 5.13, 5.14: each relationship in each orientation that the arrow allows, to an entity that
// is not yet on the path.
Paths take_hop(const Path& path, const ast::Hop& hop, const World& world) {
  Paths longer;
  for (std::size_t i = 0; i < world.graph.relationships.size(); ++i) {
    const PlainRelationship& relationship = world.graph.relationships[i];
    if (!has_verb(hop, relationship)) continue;
    if (relationship.deleted && !world.options.include_deleted) continue;
    for (const ast::Direction way : {ast::Direction::Forward, ast::Direction::Backward}) {
      if (hop.direction != ast::Direction::Either && hop.direction != way) continue;
      const bool forward = way == ast::Direction::Forward;
      const std::size_t here = forward ? relationship.from : relationship.to;
      const std::size_t there = forward ? relationship.to : relationship.from;
      if (here != path.end()) continue;
      if (!world.options.revisit_vertices && visited(path, there)) continue;
      if (!fits(hop.node, there, world)) continue;
      Path next = path;
      next.elements.push_back({false, i});
      next.elements.push_back({true, there});
      next.bound[&hop] = {false, i};
      next.bound[&hop.node] = {true, there};
      longer.push_back(std::move(next));
    }
  }
  return longer;
}

// j1ql 5.12: the same steps to any entities, at most `depth` of them, and then the hop; each way is
// a path. No part of the query names what lies between.
Paths take_somehow(const Path& path, const ast::Hop& hop, const World& world) {
  static const ast::Node kAnything{};
  Paths found = take_hop(path, hop, world);
  Paths here{path};
  ast::Hop between = hop;
  between.node = kAnything;
  for (std::uint32_t depth = 0; depth < *hop.somehow_depth; ++depth) {
    Paths further;
    for (const Path& so_far : here) {
      for (Path next : take_hop(so_far, between, world)) {
        next.bound = path.bound;
        const Paths reached = take_hop(next, hop, world);
        found.insert(found.end(), reached.begin(), reached.end());
        further.push_back(std::move(next));
      }
    }
    here = std::move(further);
  }
  return found;
}

// j1ql 5.16: the path as it is, and every way through the group.
Paths take_optional(const Path& path, const ast::OptionalGroup& group, const World& world) {
  Paths both;
  Path skipped = path;
  skipped.marks.push_back({&group, false, path.elements.size(), path.elements.size()});
  skipped.bound[&group] = {true, path.end()};
  both.push_back(std::move(skipped));
  for (Path taken : walk({path}, group.steps, world)) {
    taken.marks.push_back({&group, true, path.elements.size(), taken.elements.size()});
    taken.bound[&group] = {true, taken.end()};
    both.push_back(std::move(taken));
  }
  return both;
}

// j1ql 5.15: no way through the rest of the chain, this hop included.
bool nothing_there(const Path& path, const ast::Hop& hop, Steps rest, const World& world) {
  return walk(take_hop(path, hop, world), rest, world).empty();
}

Paths walk(Paths paths, Steps steps, const World& world) {
  for (std::size_t i = 0; i < steps.size(); ++i) {
    Paths next;
    for (const Path& path : paths) {
      if (const auto* group = std::get_if<ast::OptionalGroup>(&steps[i].node)) {
        const Paths both = take_optional(path, *group, world);
        next.insert(next.end(), both.begin(), both.end());
        continue;
      }
      const auto& hop = std::get<ast::Hop>(steps[i].node);
      if (hop.negated) {
        if (nothing_there(path, hop, steps.subspan(i + 1), world)) next.push_back(path);
        continue;
      }
      const Paths longer =
          hop.somehow_depth ? take_somehow(path, hop, world) : take_hop(path, hop, world);
      next.insert(next.end(), longer.begin(), longer.end());
    }
    paths = std::move(next);
    const auto* hop = std::get_if<ast::Hop>(&steps[i].node);
    if (hop != nullptr && hop->negated) break;  // The rest was part of the negation.
  }
  return paths;
}

// Origin, group and the rest of the chain of one optional on a path.
using Around =
    std::tuple<const void*, std::vector<Element>, std::vector<bool>, std::vector<Element>>;

Around around(const Path& path, std::size_t mark) {
  const OptionalMark& of = path.marks[mark];
  const auto begin = path.elements.begin();
  std::vector<bool> before;
  for (std::size_t i = 0; i < mark; ++i) {
    // Marks inside the group end within it; those before it ended earlier.
    if (path.marks[i].last <= of.first) before.push_back(path.marks[i].taken);
  }
  return {of.group,
          {begin, begin + static_cast<std::ptrdiff_t>(of.first)},
          before,
          {begin + static_cast<std::ptrdiff_t>(of.last), path.elements.end()}};
}

// j1ql 5.16 (b): a row that skips an optional is not shown beside a row of the same origin that
// took it and has the same rest.
void drop_needless_skips(Paths& paths) {
  std::set<Around> taken;
  for (const Path& path : paths) {
    for (std::size_t i = 0; i < path.marks.size(); ++i) {
      if (path.marks[i].taken) taken.insert(around(path, i));
    }
  }
  paths.erase(std::remove_if(paths.begin(),
                             paths.end(),
                             [&](const Path& path) {
                               for (std::size_t i = 0; i < path.marks.size(); ++i) {
                                 if (!path.marks[i].taken && taken.contains(around(path, i))) {
                                   return true;
                                 }
                               }
                               return false;
                             }),
              paths.end());
}

// The parts of a query that have names, with those names.
struct Named {
  std::string name;
  const void* part = nullptr;
  bool alias = false;
  bool verb = false;
};

void name_node(const ast::Node& node, std::vector<Named>& names) {
  if (node.alias) {
    names.push_back({node.alias->text, &node, true, false});
  } else if (node.target.kind == ast::Target::Kind::Class ||
             node.target.kind == ast::Target::Kind::Type) {
    names.push_back({node.target.text, &node, false, false});
  }
}

void name_steps(Steps steps, std::vector<Named>& names) {
  for (const ast::Step& step : steps) {
    if (const auto* hop = std::get_if<ast::Hop>(&step.node)) {
      if (hop->alias) {
        names.push_back({hop->alias->text, hop, true, false});
      } else if (hop->verbs.size() == 1) {
        names.push_back({hop->verbs[0].name, hop, false, true});
      }
      name_node(hop->node, names);
      continue;
    }
    const auto& group = std::get<ast::OptionalGroup>(step.node);
    name_steps(group.steps, names);
    if (group.alias) names.push_back({group.alias->text, &group, true, false});
  }
}

std::string upper(std::string_view text) {
  std::string out;
  for (const char c : text) {
    out += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  }
  return out;
}

}  // namespace

bool fits(const ast::Node& node, std::size_t entity, const World& world) {
  if (world.graph.entities[entity].deleted && !world.options.include_deleted) return false;
  if (!is_target(node.target, entity, world)) return false;
  const Lookup lookup = [&](const ast::PropertyRef& property) {
    return property_of(world.graph, {true, entity}, property.property.text, world.options.layer);
  };
  return !node.filter || holds(*node.filter, lookup, world);
}

namespace {

// The parts of the pattern that a selector can mean.
std::vector<const void*> meant_by(const ast::Query& query, std::string_view selector) {
  std::vector<Named> names;
  name_node(query.start, names);
  name_steps(query.steps, names);
  std::vector<const void*> aliases;
  std::vector<const void*> defaults;
  for (const Named& one : names) {
    if (one.alias && one.name == selector) aliases.push_back(one.part);
    if (!one.alias && (one.verb ? one.name == upper(selector) : one.name == selector)) {
      defaults.push_back(one.part);
    }
  }
  return aliases.empty() ? defaults : aliases;
}

}  // namespace

bool names_part(const ast::Query& query, std::string_view selector) {
  return !meant_by(query, selector).empty();
}

std::optional<Element> selected(const ast::Query& query,
                                const Path& path,
                                std::string_view selector) {
  const std::vector<const void*> meant = meant_by(query, selector);
  if (meant.size() != 1) throw std::runtime_error("selector " + std::string(selector));
  const auto found = path.bound.find(meant[0]);
  return found == path.bound.end() ? std::nullopt : std::optional(found->second);
}

Paths match(const ast::Query& query, const World& world) {
  Paths paths;
  for (std::size_t i = 0; i < world.graph.entities.size(); ++i) {
    if (!fits(query.start, i, world)) continue;
    Path path;
    path.elements.push_back({true, i});
    path.bound[&query.start] = {true, i};
    paths.push_back(std::move(path));
  }
  paths = walk(std::move(paths), query.steps, world);
  drop_needless_skips(paths);
  if (!query.where) return paths;
  Paths kept;
  for (const Path& path : paths) {
    const Lookup lookup = [&](const ast::PropertyRef& property) -> Value {
      const auto element = selected(query, path, property.selector->text);
      if (!element) return Null{};
      return property_of(world.graph, *element, property.property.text, world.options.layer);
    };
    if (holds(*query.where, lookup, world)) kept.push_back(path);
  }
  return kept;
}

}  // namespace callisto::oracle
