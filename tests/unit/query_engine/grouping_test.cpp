// Group counts over tables of several chunks against counting by hand: the engine counts codes,
// bitmaps and degrees instead of rows (j1ql 7.4).
#include <algorithm>
#include <map>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "query/engine.h"
#include "tests/queries/graph_loader.h"

namespace callisto::test {
namespace {

constexpr std::size_t kUsers = 4'500;  // Three chunks, the last not full.
constexpr std::size_t kApps = 90;
constexpr std::size_t kAssignments = 9'000;

struct User {
  std::optional<int> department{};
  bool active = false;
};

struct World {
  std::vector<User> users{kUsers};
  std::vector<int> owners = std::vector<int>(kApps);
  std::vector<std::pair<std::size_t, std::size_t>> assignments{};  // (user, app); some twice.
};

World random_world(std::uint32_t seed) {
  std::mt19937 random(seed);
  const auto below = [&](std::size_t limit) { return random() % limit; };
  World world;
  for (std::size_t i = 0; i < kUsers; ++i) {
    // The last rows of a chunk have no department: its column ends before them.
    if (i % 2048 < 2000 && below(5) != 0) world.users[i].department = static_cast<int>(below(7));
    world.users[i].active = below(3) != 0;
  }
  for (int& owner : world.owners) {
    owner = static_cast<int>(below(6));
  }
  for (std::size_t i = 0; i < kAssignments; ++i) {
    const bool again = i > 0 && below(8) == 0;
    world.assignments.push_back(again ? world.assignments.back()
                                      : std::pair{below(kUsers), below(below(kApps) + 1)});
  }
  return world;
}

std::string to_json(const World& world) {
  std::string entities;
  for (std::size_t i = 0; i < kUsers; ++i) {
    const User& user = world.users[i];
    entities += (entities.empty() ? "" : ",") + std::string(R"({"_key":"u)") + std::to_string(i) +
                R"(","_type":"user","_class":["User"],"active":)" +
                (user.active ? "true" : "false");
    if (user.department) {
      entities += R"(,"department":"d)" + std::to_string(*user.department) + '"';
    }
    entities += '}';
  }
  for (std::size_t i = 0; i < kApps; ++i) {
    entities += R"(,{"_key":"a)" + std::to_string(i) +
                R"(","_type":"app","_class":["Application"],"owner":"o)" +
                std::to_string(world.owners[i]) + R"("})";
  }
  std::string relationships;
  for (std::size_t i = 0; i < world.assignments.size(); ++i) {
    const auto [user, app] = world.assignments[i];
    relationships += (relationships.empty() ? "" : ",") + std::string(R"({"_key":"r)") +
                     std::to_string(i) + R"(","_class":"ASSIGNED","_fromEntityKey":"u)" +
                     std::to_string(user) + R"(","_toEntityKey":"a)" + std::to_string(app) +
                     R"("})";
  }
  return R"({"entities":[)" + entities + R"(],"relationships":[)" + relationships + "]}";
}

using Rows = std::vector<std::string>;

Rows run_rows(const std::string& text,
              const SnapshotPtr& snapshot,
              bool optimize,
              bool revisit = false) {
  const auto prepared = query::prepare(text, *snapshot);
  REQUIRE(prepared);
  QueryOptions options;
  options.optimize = optimize;
  options.revisit_vertices = revisit;
  auto result = query::run(*prepared, snapshot, options, system_clock());
  REQUIRE(result);
  Rows rows;
  for (;;) {
    const auto batch = result->next();
    REQUIRE(batch);
    if (*batch == nullptr) break;
    for (std::size_t row = 0; row < (*batch)->rows(); ++row) {
      std::string line;
      for (std::size_t column = 0; column < (*batch)->columns(); ++column) {
        line += callisto::to_json((*batch)->value(row, column)) + " ";
      }
      rows.push_back(line);
    }
  }
  return rows;
}

void check(const std::string& text,
           const SnapshotPtr& snapshot,
           Rows wanted,
           bool revisit = false) {
  INFO(text);
  std::sort(wanted.begin(), wanted.end());
  for (const bool optimize : {true, false}) {
    Rows rows = run_rows(text, snapshot, optimize, revisit);
    std::sort(rows.begin(), rows.end());
    CHECK(rows == wanted);
  }
}

template <class Key>
using Groups = std::map<Key, std::set<std::size_t>>;

template <class Key>
Rows rows_of(const Groups<Key>& groups, std::string (*text)(const Key&)) {
  Rows rows;
  for (const auto& [key, members] : groups) {
    rows.push_back(text(key) + " " + std::to_string(members.size()) + " ");
  }
  return rows;
}

using Department = std::optional<int>;

std::string department_text(const Department& department) {
  return department ? "\"d" + std::to_string(*department) + '"' : "null";
}

std::string owner_text(const int& owner) {
  return "\"o" + std::to_string(owner) + '"';
}

std::string app_text(const std::size_t& app) {
  return "\"a" + std::to_string(app) + '"';
}

std::string both_text(const std::pair<Department, bool>& key) {
  return department_text(key.first) + (key.second ? " true" : " false");
}

}  // namespace

TEST_CASE("j1ql 7.4 groups of one node are counted by their values") {
  const World world = random_world(3);
  const SnapshotPtr snapshot = load_graph_text(to_json(world));
  Groups<std::pair<Department, bool>> both;
  Groups<Department> active;
  for (std::size_t i = 0; i < kUsers; ++i) {
    const User& user = world.users[i];
    both[{user.department, user.active}].insert(i);
    if (user.active) active[user.department].insert(i);
  }
  check(
      "FIND User AS u RETURN u.department, u.active, COUNT(u)", snapshot, rows_of(both, both_text));
  check("FIND User WITH active = true AS u RETURN u.department, COUNT(u)",
        snapshot,
        rows_of(active, department_text));
}

TEST_CASE("j1ql 7.4 distinct neighbours are counted in their groups") {
  const World world = random_world(4);
  const SnapshotPtr snapshot = load_graph_text(to_json(world));
  Groups<int> owners;
  Groups<std::size_t> apps;
  Groups<Department> departments;
  Groups<Department> departments_or_none;
  Groups<std::size_t> of_d3;
  for (std::size_t i = 0; i < kUsers; ++i) {
    departments_or_none[world.users[i].department];
  }
  for (const auto& [user, app] : world.assignments) {
    const User& who = world.users[user];
    owners[world.owners[app]].insert(user);
    departments[who.department].insert(app);
    if (world.owners[app] == 2) departments_or_none[who.department].insert(app);
    if (who.active) apps[app].insert(user);
    if (who.department == 3) of_d3[app].insert(user);
  }
  check("FIND User AS u THAT ASSIGNED Application AS a RETURN a.owner, COUNT(u)",
        snapshot,
        rows_of(owners, owner_text));
  check("FIND User AS u THAT ASSIGNED Application AS a RETURN u.department, COUNT(a)",
        snapshot,
        rows_of(departments, department_text));
  check(
      "FIND User AS u (THAT ASSIGNED Application WITH owner = 'o2' AS a)? "
      "RETURN u.department, COUNT(a)",
      snapshot,
      rows_of(departments_or_none, department_text));
  check(
      "FIND Application AS a THAT ASSIGNED User WITH active = true AS u "
      "RETURN a._key, COUNT(u)",
      snapshot,
      rows_of(apps, app_text));
  check(
      "FIND Application AS a THAT ASSIGNED User WITH department = 'd3' AS u "
      "RETURN a._key, COUNT(u)",
      snapshot,
      rows_of(of_d3, app_text));
}

TEST_CASE("j1ql 7.4 distinct entities several hops away are counted in their groups") {
  const World world = random_world(6);
  const SnapshotPtr snapshot = load_graph_text(to_json(world));
  Groups<int> owners_of_apps;
  Groups<std::size_t> fellow_users;
  std::vector<std::set<std::size_t>> apps_of(kUsers);
  std::vector<std::set<std::size_t>> users_of(kApps);
  for (const auto& [user, app] : world.assignments) {
    apps_of[user].insert(app);
    users_of[app].insert(user);
  }
  for (std::size_t app = 0; app < kApps; ++app) {
    for (const std::size_t user : users_of[app]) {
      if (world.users[user].department != 3) continue;
      for (const std::size_t other : apps_of[user]) {
        fellow_users[app].insert(other);
        owners_of_apps[world.owners[app]].insert(other);
      }
    }
  }
  const auto text = [](const char* key, const char* counted) {
    return std::string(
               "FIND Application AS a THAT ASSIGNED User WITH department = 'd3' AS u "
               "THAT ASSIGNED Application AS b RETURN ") +
           key + ", COUNT(" + counted + ")";
  };
  check(text("a._key", "b"), snapshot, rows_of(fellow_users, app_text), true);
  check(text("b._key", "a"), snapshot, rows_of(fellow_users, app_text), true);
  check(text("a.owner", "b"), snapshot, rows_of(owners_of_apps, owner_text), true);
}

TEST_CASE("j1ql 8.2 the first groups by their counts, equal ones by their keys") {
  const World world = random_world(5);
  const SnapshotPtr snapshot = load_graph_text(to_json(world));
  Groups<std::size_t> apps;
  for (const auto& [user, app] : world.assignments) {
    apps[app].insert(user);
  }
  std::vector<std::pair<int, std::string>> order;
  for (const auto& [app, users] : apps) {
    order.emplace_back(-static_cast<int>(users.size()), app_text(app));
  }
  std::sort(order.begin(), order.end());
  Rows wanted;
  for (std::size_t i = 3; i < 10; ++i) {
    wanted.push_back(order[i].second + " " + std::to_string(-order[i].first) + " ");
  }
  const std::string text =
      "FIND Application AS a THAT ASSIGNED User AS u RETURN a._key AS app, COUNT(u) AS users "
      "ORDER BY users DESC SKIP 3 LIMIT 7";
  CHECK(run_rows(text, snapshot, true) == wanted);
  CHECK(run_rows(text, snapshot, false) == wanted);
}

}  // namespace callisto::test
