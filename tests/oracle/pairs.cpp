// Several queries about each graph: loading one costs more than asking it.
#include "tests/oracle/pairs.h"

#include <cstdio>
#include <cstdlib>
#include <exception>
#include <memory>
#include <random>

#include "query/ast/printer.h"
#include "tests/oracle/grouping_query.h"
#include "tests/oracle/random_graph.h"

namespace callisto::oracle {

namespace {

constexpr std::size_t kQueriesPerGraph = 20;
constexpr int kDepth = 2;

// The same on every machine, unlike std::uniform_int_distribution. Copies roll on together.
test::Dice dice_of(std::uint64_t seed) {
  return [engine = std::make_shared<std::mt19937_64>(seed)](int limit) {
    return static_cast<int>((*engine)() % static_cast<std::uint64_t>(limit));
  };
}

std::string explain(const Question& question) {
  const Question small = shrunk(question);
  const Verdict verdict = check(small);
  std::string flags;
  if (small.options.revisit_vertices) flags += "[revisit] ";
  if (small.options.include_deleted) flags += "[deleted] ";
  if (small.options.layer != LayerView::Effective) flags += "[integration] ";
  return flags + report(small, *verdict.difference) + "found with: " + query::print(question.query);
}

}  // namespace

QueryOptions random_options(const test::Dice& dice) {
  QueryOptions options;
  options.now_ms = 1'700'000'000'000;
  options.revisit_vertices = dice(5) == 0;
  options.include_deleted = dice(5) == 0;
  if (dice(5) == 0) options.layer = LayerView::Integration;
  options.variables["text"] = std::string("web");
  options.variables["number"] = 4.0;
  options.variables["list"] = List{std::string("db"), std::string("web")};
  options.variables["nothing"] = Null{};
  options.variables["block"] = "10.0.0.0/16";
  options.variables["blocks"] = List{"192.168.0.4/32", "10.0.0.0/30"};
  return options;
}

Tally check_pairs(std::uint64_t seed, std::size_t count, std::size_t reports_max) {
  Tally tally;
  for (std::uint64_t graph_number = 0; tally.pairs < count; ++graph_number) {
    const test::Dice dice = dice_of(seed * 1'000'003 + graph_number);
    Question question;
    question.graph = random_graph(dice);
    const LoadedGraph loaded = load(question.graph);
    GroupingQuery queries(dice, question.graph);
    for (std::size_t i = 0; i < kQueriesPerGraph && tally.pairs < count; ++i) {
      question.query = queries.query(kDepth);
      question.options = random_options(dice);
      const std::string text = query::print(question.query);
      // For the query that ends the process.
      if (std::getenv("CALLISTO_ORACLE_TRACE") != nullptr) {
        std::fprintf(stderr, "%s\n", text.c_str());
      }
      Verdict verdict;
      try {
        verdict = check(question.graph, loaded, text, question.options);
      } catch (const std::exception& error) {
        verdict.difference = Difference{true, std::string("oracle: ") + error.what()};
        if (tally.reports.size() < reports_max) {
          tally.reports.push_back(report(question, *verdict.difference));
        }
        return tally;
      }
      ++tally.pairs;
      if (verdict.rows > 0) ++tally.not_empty;
      if (!verdict.difference) continue;
      tally.reports.push_back(explain(question));
      if (tally.reports.size() >= reports_max) return tally;
    }
  }
  return tally;
}

}  // namespace callisto::oracle
