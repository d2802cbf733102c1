// EXPLAIN and PROFILE: what a plan says is what a run does.
#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include <catch2/catch.hpp>

#include "query/engine.h"
#include "tests/unit/graph/graph_builder.h"

using namespace callisto;
using namespace callisto::test;

namespace {

constexpr std::uint32_t kHosts = 5 * kChunkRows;  // Enough for an index to be worth it.
constexpr std::uint32_t kTeams = 20;

// Hosts with a name of their own, one of 4 regions and a number; each belongs to one team.
class Inventory {
 public:
  Inventory() {
    for (std::uint32_t i = 0; i < kTeams; ++i) {
      graph_.entity(key("team", i), "team", {"Team"}, {{"name", text(key("team", i))}});
    }
    for (std::uint32_t i = 0; i < kHosts; ++i) {
      graph_.entity(key("host", i),
                    "host",
                    {"Host"},
                    {{"name", text(key("name", i))},
                     {"region", text(key("region", i % 4))},
                     {"size", number(i)}});
      graph_.relationship(key("team", i % kTeams), "OWNS", key("host", i));
    }
    REQUIRE(graph_.commit());
  }

  std::vector<PlanLine> plan(std::string_view query, bool profile = false) {
    const auto prepared = query::prepare(query, *graph_.snapshot());
    REQUIRE(prepared);
    auto lines = query::explain(*prepared, graph_.snapshot(), {}, system_clock(), profile);
    REQUIRE(lines);
    return *lines;
  }

  std::size_t rows(std::string_view query) {
    const auto prepared = query::prepare(query, *graph_.snapshot());
    REQUIRE(prepared);
    auto result = query::run(*prepared, graph_.snapshot(), {}, system_clock());
    REQUIRE(result);
    std::size_t count = 0;
    for (;;) {
      const auto batch = result->next();
      REQUIRE(batch);
      if (*batch == nullptr) return count;
      count += (*batch)->rows();
    }
  }

 private:
  static std::string key(const char* what, std::uint32_t i) {
    return what + std::string("-") + std::to_string(i);
  }

  GraphBuilder graph_;
};

const PlanLine& line(const std::vector<PlanLine>& plan, std::string_view begin) {
  const auto found = std::find_if(plan.begin(), plan.end(), [&](const PlanLine& one) {
    return std::string_view(one.text).starts_with(begin);
  });
  std::string all;
  for (const PlanLine& one : plan) {
    all += one.text + "\n";
  }
  INFO("looking for " << begin << " in:\n" << all);
  REQUIRE(found != plan.end());
  return *found;
}

double estimate(const std::vector<PlanLine>& plan, std::string_view begin) {
  const PlanLine& found = line(plan, begin);
  REQUIRE(found.estimated_rows);
  return *found.estimated_rows;
}

}  // namespace

TEST_CASE("a plan says when a scan goes through an index, and when it does not yet") {
  Inventory inventory;
  const std::string query = "FIND host WITH name = 'name-4711' AS h RETURN h.size";
  CHECK(line(inventory.plan(query), "TypeScan host").text ==
        "TypeScan host AS h, from the next look-up on IndexSeek by name");
  CHECK(inventory.rows(query) == 1);  // The first look-up scans.
  CHECK(line(inventory.plan(query), "IndexSeek").text == "IndexSeek host AS h by name");
  CHECK(estimate(inventory.plan(query), "IndexSeek") == Approx(1).margin(1));
  const std::vector<PlanLine> profile = inventory.plan(query, true);
  CHECK(line(profile, "IndexSeek host AS h by name").actual_rows == 1U);
  CHECK(inventory.rows(query) == 1);
}

TEST_CASE("of several equalities the most selective one goes through the index") {
  Inventory inventory;
  const std::string query = "FIND host WITH region = 'region-3' AND name = 'name-7' RETURN host";
  CHECK(inventory.rows(query) == 1);
  CHECK(line(inventory.plan(query), "IndexSeek").text == "IndexSeek host by name");
}

TEST_CASE("few distinct values, ranges and small tables are scanned") {
  Inventory inventory;
  for (const char* query : {"FIND host WITH region = 'region-1'",
                            "FIND host WITH size > 3",
                            "FIND host WITH name != 'name-1'",
                            "FIND team WITH name = 'team-1'"}) {
    static_cast<void>(inventory.rows(query));
    static_cast<void>(inventory.rows(query));
    const std::vector<PlanLine> plan = inventory.plan(query);
    CHECK(line(plan, "TypeScan").text.find("index") == std::string::npos);
    for (const PlanLine& one : plan) {
      CHECK_FALSE(one.text.starts_with("IndexSeek"));
    }
  }
}

TEST_CASE("estimates come from what the columns hold") {
  Inventory inventory;
  const auto of_hosts = [&](const std::string& filter) {
    return estimate(inventory.plan("FIND host WITH " + filter), "TypeScan host") / kHosts;
  };
  CHECK(of_hosts("region = 'region-1'") == Approx(0.25).epsilon(0.1));
  CHECK(of_hosts("region = 'nowhere'") < 0.3);
  CHECK(of_hosts("size > " + std::to_string(kHosts / 2)) == Approx(0.5).margin(0.2));
  CHECK(of_hosts("size >= 0") == Approx(1));
  CHECK(of_hosts("missing = 1") == 0);
  CHECK(of_hosts("region = undefined") == Approx(0).margin(0.01));
  CHECK(of_hosts("missing = undefined") == Approx(1));
}

TEST_CASE("a profile has real rows and the time of each scan, join, walk and holding operator") {
  Inventory inventory;
  const std::vector<PlanLine> sets =
      inventory.plan("FIND team WITH name = 'team-3' THAT OWNS host AS h RETURN COUNT(h)", true);
  CHECK(line(sets, "Aggregate").actual_rows == 1U);
  CHECK(line(sets, "TypeScan team").actual_rows == 1U);
  const PlanLine& join = line(sets, "SemiJoin");
  CHECK(join.actual_rows == kHosts / kTeams);
  CHECK(join.time_us.has_value());
  CHECK(join.estimated_rows.value_or(0) == Approx(kHosts / kTeams).epsilon(0.5));

  const std::vector<PlanLine> walk =
      inventory.plan("FIND team AS t THAT OWNS host AS h RETURN t.name, h.name", true);
  const PlanLine& expand = line(walk, "Expand");
  CHECK(expand.actual_rows == kHosts);
  CHECK(expand.estimated_rows.value_or(0) == Approx(kHosts).epsilon(0.5));
  CHECK(expand.time_us.value_or(0) > 0);

  const std::vector<PlanLine> sort =
      inventory.plan("FIND host AS h RETURN h.name ORDER BY h.name", true);
  CHECK(line(sort, "Sort").time_us.has_value());
  CHECK(line(sort, "TypeScan").actual_rows == kHosts);
  double parts = 0;
  for (std::size_t i = 1; i < sort.size(); ++i) {
    parts += sort[i].time_us.value_or(0);
  }
  CHECK(parts <= sort.front().time_us.value_or(0) * 1.01);
}

TEST_CASE("a scan that a LIMIT ends early is not compared with its estimate") {
  Inventory inventory;
  const std::vector<PlanLine> plan = inventory.plan("FIND host AS h RETURN h.name LIMIT 3", true);
  CHECK(plan.front().actual_rows == 3U);
  CHECK_FALSE(line(plan, "TypeScan").estimated_rows.has_value());
}
