// Readers and the writer at the same time; meant for the tsan preset, and true everywhere.
#include <atomic>
#include <string>
#include <thread>
#include <vector>

#include <catch2/catch.hpp>

#include "core/indexes/value_index.h"
#include "tests/unit/graph/graph_builder.h"

using namespace callisto;
using namespace callisto::test;

namespace {

constexpr std::uint32_t kNodes = 2 * kChunkRows;
constexpr int kVersions = 40;

std::string key_of(std::uint32_t i) {
  return "key-" + std::to_string(i);
}

// Every node of one version has the same value, in the base or pinned: a mixture is a torn read.
bool is_whole(const Snapshot& snapshot, PropertyId property) {
  const EntityTable& table = *snapshot.entity_tables()[0];
  Arena scratch;
  const ValueView first = table.value(0, property, scratch);
  for (std::uint32_t row = 0; row < table.rows(); ++row) {
    if (!(table.value(row, property, scratch) == first)) return false;
  }
  const std::optional<EntityRef> found = snapshot.find_entity(PartitionId{0}, key_of(kNodes - 1));
  return found && table.is_live(found->row);
}

}  // namespace

TEST_CASE("O-18 readers see a version whole while the next ones are made", "[core][graph]") {
  GraphBuilder graph;
  const auto write = [&](int version, bool pinned) {
    for (std::uint32_t i = 0; i < kNodes; ++i) {
      EntityPut& put =
          graph.entity(key_of(i), "node", {"Node"}, {{"v", number(pinned ? -1 : version)}});
      put.sets_layers = true;
      if (!pinned) continue;
      PropertyLayers stack{.property = graph.property("v")};
      stack.overrides = {{.scope = ScopeId{1}, .value = static_cast<double>(version)}};
      put.layers = std::make_shared<ObjectLayers>(ObjectLayers{{stack}});
    }
    REQUIRE(graph.commit());
  };
  write(0, false);
  const PropertyId property = graph.property("v");

  std::atomic<bool> stop{false};
  std::atomic<int> torn{0};
  std::atomic<int> reads{0};
  std::vector<std::thread> readers;
  for (int reader = 0; reader < 3; ++reader) {
    readers.emplace_back([&] {
      while (!stop.load()) {
        if (!is_whole(*graph.snapshot(), property)) ++torn;
        ++reads;
      }
    });
  }
  for (int version = 1; version <= kVersions; ++version) {
    write(version, version % 2 == 0);
    graph.names().strings.intern("string-" + std::to_string(version));
  }
  while (reads.load() < 10) {
    std::this_thread::yield();
  }
  stop = true;
  for (std::thread& reader : readers) {
    reader.join();
  }
  CHECK(torn == 0);
}
