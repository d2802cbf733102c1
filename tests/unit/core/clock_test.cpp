#include <set>
#include <thread>
#include <vector>

#include <catch2/catch.hpp>

#include "core/ids/uuid.h"
#include <callisto/clock.h>

namespace callisto {

TEST_CASE("the system clock tells epoch milliseconds") {
  const std::int64_t before = system_clock().now_ms();
  CHECK(before > 1'600'000'000'000);  // 2020
  CHECK(before < 7'000'000'000'000);  // 2191
  CHECK(system_clock().now_ms() >= before);
}

TEST_CASE("the system id source makes distinct version-4 UUIDs from any thread") {
  constexpr std::size_t kThreads = 4;
  constexpr std::size_t kIds = 500;
  std::vector<std::vector<std::string>> made(kThreads);
  {
    std::vector<std::jthread> threads;
    for (std::vector<std::string>& ids : made) {
      threads.emplace_back([&ids] {
        for (std::size_t i = 0; i < kIds; ++i) {
          ids.push_back(system_id_source().next_uuid());
        }
      });
    }
  }
  std::set<std::string> all;
  for (const std::vector<std::string>& ids : made) {
    for (const std::string& id : ids) {
      REQUIRE(parse_uuid(id).has_value());
      CHECK(id[14] == '4');
      CHECK(std::string_view("89ab").find(id[19]) != std::string_view::npos);
      all.insert(id);
    }
  }
  CHECK(all.size() == kThreads * kIds);
}

}  // namespace callisto
