// Random patterns over random graphs: the engine, with the optimizer on and off, against brute
// force.
#include <algorithm>
#include <random>
#include <set>
#include <string>

#include <catch2/catch.hpp>

#include "query/engine.h"
#include "tests/queries/graph_loader.h"
#include "tests/unit/query_engine/naive_matcher.h"

namespace callisto::test {

namespace {

class Dice {
 public:
  explicit Dice(std::uint32_t seed) : engine_(seed) {}

  int below(int limit) { return std::uniform_int_distribution<int>(0, limit - 1)(engine_); }

  bool once_in(int times) { return below(times) == 0; }

 private:
  std::mt19937 engine_;
};

NaiveGraph random_graph(Dice& dice) {
  NaiveGraph graph;
  const int entities = 2 + dice.below(12);
  for (int i = 0; i < entities; ++i) {
    NaiveEntity entity;
    const int type = dice.below(3);
    entity.key = "entity-" + std::to_string(i);
    entity.type = "t" + std::to_string(type);
    entity.classes.emplace_back(type == 2 ? "B" : "A");
    if (dice.once_in(3)) entity.classes.emplace_back("C");
    if (!dice.once_in(4)) entity.p = dice.below(3);
    graph.entities.push_back(entity);
  }
  const int relationships = dice.below(entities * 3);
  for (int i = 0; i < relationships; ++i) {
    NaiveRelationship relationship;
    relationship.key = "relationship-" + std::to_string(i);
    relationship.verb = dice.once_in(3) ? "OWNS" : "HAS";
    relationship.from = static_cast<std::size_t>(dice.below(entities));
    relationship.to = static_cast<std::size_t>(dice.below(entities));
    relationship.q = dice.below(2);
    graph.relationships.push_back(relationship);
  }
  return graph;
}

NaiveNode random_node(Dice& dice) {
  static const char* const targets[] = {"A", "B", "C", "t0", "t1", "t2", "*", "A"};
  NaiveNode node{.target = targets[dice.below(8)]};
  if (dice.once_in(4)) node.equals = dice.below(3);
  if (!node.equals && dice.once_in(5)) node.differs = dice.below(3);
  return node;
}

NaiveHop random_hop(Dice& dice) {
  NaiveHop hop;
  const int verb = dice.below(4);
  if (verb > 0) hop.verb = verb == 1 ? "OWNS" : "HAS";
  hop.arrow = "->-<"[dice.below(4)];
  hop.node = random_node(dice);
  return hop;
}

NaivePattern random_pattern(Dice& dice) {
  NaivePattern pattern{.start = random_node(dice)};
  const int hops = dice.below(4);
  for (int i = 0; i < hops; ++i) {
    pattern.hops.push_back(random_hop(dice));
  }
  if (dice.once_in(3)) {
    for (int i = 0; i <= dice.below(2); ++i) {
      pattern.absent.push_back(random_hop(dice));
    }
  }
  pattern.same_p = hops > 0 && dice.once_in(6);
  if (hops > 0 && dice.once_in(5)) pattern.first_q = dice.below(2);
  return pattern;
}

using Lines = std::vector<std::string>;

Lines run_lines(const std::string& text, const SnapshotPtr& snapshot, bool optimize) {
  const auto prepared = query::prepare(text, *snapshot);
  INFO((prepared ? "" : prepared.error().message));
  REQUIRE(prepared);
  QueryOptions options;
  options.optimize = optimize;
  auto result = query::run(*prepared, snapshot, options, system_clock());
  REQUIRE(result);
  Lines lines;
  for (;;) {
    const auto batch = result->next();
    REQUIRE(batch);
    if (*batch == nullptr) return lines;
    for (std::size_t row = 0; row < (*batch)->rows(); ++row) {
      std::string line;
      for (std::size_t column = 0; column < (*batch)->columns(); ++column) {
        line += callisto::to_json((*batch)->value(row, column)) + " ";
      }
      lines.push_back(line);
    }
  }
}

std::string quoted(const std::string& key) {
  return "\"" + key + "\" ";
}

struct Answers {
  Lines paths;
  std::set<std::string> starts;
  std::set<std::string> lasts;
  std::set<std::string> pairs;
  std::size_t members = 0;  // Entities and relationships on paths.
};

Answers answers_of(const NaiveGraph& graph, const NaivePattern& pattern) {
  Answers answers;
  std::set<std::string> members;
  for (const NaivePath& path : match(graph, pattern)) {
    std::string line;
    for (std::size_t i = 0; i < path.size(); ++i) {
      const std::string& key =
          i % 2 == 0 ? graph.entities[path[i]].key : graph.relationships[path[i]].key;
      line += quoted(key);
      members.insert(key);
    }
    answers.paths.push_back(line);
    answers.starts.insert(quoted(graph.entities[path.front()].key));
    answers.lasts.insert(graph.entities[path.back()].key);
    answers.pairs.insert(quoted(graph.entities[path.front()].key) +
                         quoted(graph.entities[path.back()].key));
  }
  std::sort(answers.paths.begin(), answers.paths.end());
  answers.members = members.size();
  return answers;
}

void check_pattern(const NaiveGraph& graph,
                   const NaivePattern& pattern,
                   const SnapshotPtr& snapshot) {
  const std::string text = to_text(pattern);
  INFO(text << "\n" << to_json(graph));
  const Answers wanted = answers_of(graph, pattern);
  const std::string last = "n" + std::to_string(pattern.hops.size());
  std::string items = "n0._key";
  for (std::size_t i = 0; i < pattern.hops.size(); ++i) {
    items += ", r" + std::to_string(i) + "._key, n" + std::to_string(i + 1) + "._key";
  }
  const std::string count = std::to_string(wanted.lasts.size()) + " ";
  const Lines starts(wanted.starts.begin(), wanted.starts.end());
  const Lines pairs(wanted.pairs.begin(), wanted.pairs.end());
  Lines before;
  for (const bool optimize : {true, false}) {
    INFO("optimizer " << optimize);
    Lines paths = run_lines(text + " RETURN " + items, snapshot, optimize);
    if (!optimize) CHECK(paths == before);  // The order does not depend on the plan.
    before = paths;
    std::sort(paths.begin(), paths.end());
    CHECK(paths == wanted.paths);
    CHECK(run_lines(text, snapshot, optimize).size() == starts.size());
    CHECK(run_lines("FIND UNIQUE " + text.substr(5) + " RETURN n0._key", snapshot, optimize) ==
          starts);
    CHECK(run_lines("FIND UNIQUE " + text.substr(5) + " RETURN n0._key, " + last + "._key",
                    snapshot,
                    optimize) == pairs);
    CHECK(run_lines(text + " RETURN COUNT(" + last + ")", snapshot, optimize) == Lines{count});
    CHECK(run_lines(text + " RETURN TREE", snapshot, optimize).size() == wanted.members);
  }
}

}  // namespace

TEST_CASE("j1ql 10 random patterns agree with brute force") {
  for (std::uint32_t seed = 1; seed <= 60; ++seed) {
    Dice dice(seed);
    const NaiveGraph graph = random_graph(dice);
    const SnapshotPtr snapshot = load_graph_text(to_json(graph));
    for (int i = 0; i < 12; ++i) {
      check_pattern(graph, random_pattern(dice), snapshot);
    }
  }
}

}  // namespace callisto::test
