// Brute force, and the same pattern and graph as text.
#include "tests/unit/query_engine/naive_matcher.h"

#include <algorithm>

namespace callisto::test {

namespace {

bool fits(const NaiveEntity& entity, const NaiveNode& node) {
  const bool named =
      node.target == "*" || node.target == entity.type ||
      std::find(entity.classes.begin(), entity.classes.end(), node.target) != entity.classes.end();
  if (!named) return false;
  if (node.equals && entity.p != node.equals) return false;
  return !node.differs || entity.p != node.differs;
}

bool on_path(const NaivePath& path, std::size_t entity) {
  for (std::size_t i = 0; i < path.size(); i += 2) {
    if (path[i] == entity) return true;
  }
  return false;
}

// Extends `path` over hops[at..]; returns all full extensions.
void extend(const NaiveGraph& graph,
            const std::vector<NaiveHop>& hops,
            std::size_t at,
            const NaivePath& path,
            std::vector<NaivePath>& found) {
  if (at == hops.size()) {
    found.push_back(path);
    return;
  }
  const NaiveHop& hop = hops[at];
  for (std::size_t r = 0; r < graph.relationships.size(); ++r) {
    const NaiveRelationship& relationship = graph.relationships[r];
    if (!hop.verb.empty() && relationship.verb != hop.verb) continue;
    for (const char direction : {'>', '<'}) {
      if (hop.arrow != '-' && hop.arrow != direction) continue;
      const std::size_t from = direction == '>' ? relationship.from : relationship.to;
      const std::size_t to = direction == '>' ? relationship.to : relationship.from;
      if (from != path.back() || on_path(path, to)) continue;
      if (!fits(graph.entities[to], hop.node)) continue;
      NaivePath longer = path;
      longer.push_back(r);
      longer.push_back(to);
      extend(graph, hops, at + 1, longer, found);
    }
  }
}

std::string node_text(const NaiveNode& node, const std::string& alias) {
  std::string text = node.target;
  if (node.equals) text += " WITH p = " + std::to_string(*node.equals);
  if (node.differs) text += " WITH p != " + std::to_string(*node.differs);
  return text + (alias.empty() ? "" : " AS " + alias);
}

std::string verb_text(const NaiveHop& hop) {
  std::string text = hop.verb.empty() ? "RELATES TO" : hop.verb;
  if (hop.arrow == '>') text += " >>";
  if (hop.arrow == '<') text += " <<";
  return text;
}

}  // namespace

std::vector<NaivePath> match(const NaiveGraph& graph, const NaivePattern& pattern) {
  std::vector<NaivePath> paths;
  for (std::size_t start = 0; start < graph.entities.size(); ++start) {
    if (fits(graph.entities[start], pattern.start)) {
      extend(graph, pattern.hops, 0, {start}, paths);
    }
  }
  const auto refused = [&](const NaivePath& path) {
    const auto& first = graph.entities[path.front()].p;
    const auto& last = graph.entities[path.back()].p;
    if (pattern.same_p && (!first || first != last)) return true;
    if (pattern.first_q && graph.relationships[path[1]].q != *pattern.first_q) return true;
    if (pattern.absent.empty()) return false;
    std::vector<NaivePath> longer;
    extend(graph, pattern.absent, 0, path, longer);
    return !longer.empty();
  };
  paths.erase(std::remove_if(paths.begin(), paths.end(), refused), paths.end());
  return paths;
}

std::string to_text(const NaivePattern& pattern) {
  std::string text = "FIND " + node_text(pattern.start, "n0");
  for (std::size_t i = 0; i < pattern.hops.size(); ++i) {
    text += " THAT " + verb_text(pattern.hops[i]) + " AS r" + std::to_string(i) + " " +
            node_text(pattern.hops[i].node, "n" + std::to_string(i + 1));
  }
  for (std::size_t i = 0; i < pattern.absent.size(); ++i) {
    text += std::string(" THAT ") + (i == 0 ? "!" : "") + verb_text(pattern.absent[i]) + " " +
            node_text(pattern.absent[i].node, "");
  }
  std::string where;
  if (pattern.same_p) where = "n0.p = n" + std::to_string(pattern.hops.size()) + ".p";
  if (pattern.first_q) {
    where +=
        (where.empty() ? "" : " AND ") + std::string("r0.q = ") + std::to_string(*pattern.first_q);
  }
  return text + (where.empty() ? "" : " WHERE " + where);
}

std::string to_json(const NaiveGraph& graph) {
  std::string text = "{\"entities\":[";
  for (const NaiveEntity& entity : graph.entities) {
    text += (text.back() == '[' ? "" : ",") + std::string("{\"_key\":\"") + entity.key +
            "\",\"_type\":\"" + entity.type + "\",\"_class\":[";
    for (std::size_t i = 0; i < entity.classes.size(); ++i) {
      text += (i == 0 ? "\"" : ",\"") + entity.classes[i] + "\"";
    }
    text += "]" + (entity.p ? ",\"p\":" + std::to_string(*entity.p) : "") + "}";
  }
  text += "],\"relationships\":[";
  for (const NaiveRelationship& relationship : graph.relationships) {
    text += (text.back() == '[' ? "" : ",") + std::string("{\"_key\":\"") + relationship.key +
            "\",\"_class\":\"" + relationship.verb + "\",\"_fromEntityKey\":\"" +
            graph.entities[relationship.from].key + "\",\"_toEntityKey\":\"" +
            graph.entities[relationship.to].key + "\",\"q\":" + std::to_string(relationship.q) +
            "}";
  }
  return text + "]}";
}

}  // namespace callisto::test
