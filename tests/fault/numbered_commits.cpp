#include "tests/fault/numbered_commits.h"

#include <cstring>
#include <string>

namespace callisto::tests {
namespace {

constexpr std::uint64_t kLargeEvery = 10;
constexpr std::size_t kLargeBytes = 4'800'000;

PartitionInfo owner() {
  return {.source = "api", .scope = "hosts", .instance_id = {}};
}

// Bytes that do not compress, cheaply (splitmix64). Requires size % 8 == 0.
std::string noise(std::uint64_t seed, std::size_t size) {
  std::string bytes(size, '\0');
  std::uint64_t state = seed;
  for (std::size_t at = 0; at < size; at += sizeof state) {
    state += 0x9E3779B97F4A7C15U;
    std::uint64_t word = (state ^ (state >> 30U)) * 0xBF58476D1CE4E5B9U;
    word = (word ^ (word >> 27U)) * 0x94D049BB133111EBU;
    std::memcpy(bytes.data() + at, &word, sizeof word);
  }
  return bytes;
}

tl::unexpected<Error> wrong(const char* what) {
  return fail(ErrorCode::Internal, what);
}

}  // namespace

ChangeSet numbered_change(Names& names, std::uint64_t number) {
  ChangeSet change;
  if (number == 1) change.partitions.push_back({PartitionId{0}, owner()});
  const PartitionNameSpaces spaces = name_spaces(kAccount, owner());
  const PropertyId round{names.properties.intern("round")};
  for (int host = 0; host < kHostsPerCommit; ++host) {
    EntityPut& put = change.entities.emplace_back();
    put.key = change.arena.copy("host-" + std::to_string(host));
    put.id = uuid_v5(spaces.entities, put.key);
    put.type.value = names.types.intern("host");
    put.meta.version = static_cast<std::uint32_t>(number);
    put.sets_base = true;
    const auto base = change.arena.allocate_array<NamedValue>(1);
    base[0] = {round, ValueView::number(static_cast<double>(number))};
    put.base = base;
  }
  change.side.push_back({"counter", std::to_string(number)});
  // Several pieces, which compress badly: a kill lands in the middle of such a commit.
  if (number % kLargeEvery == 0) change.side.push_back({"noise", noise(number, kLargeBytes)});
  return change;
}

Result<std::uint64_t> last_whole_commit(const persist::Store& store) {
  std::uint64_t counter = 0;
  std::string large;
  store.for_each_side({}, [&](std::string_view key, std::string_view value) {
    if (key == "counter") counter = std::stoull(std::string(value));
    if (key == "noise") large = value;
  });
  const SnapshotPtr graph = store.snapshot();
  if (counter == 0) {
    if (graph->live_entities() != 0) return wrong("half of the first commit is there");
    return std::uint64_t{0};
  }
  if (graph->live_entities() != kHostsPerCommit) return wrong("entities are missing");
  if (graph->version() != counter) return wrong("graph and side records are of different commits");
  Arena scratch;
  const auto round = graph->names().properties.find("round");
  for (int host = 0; host < kHostsPerCommit; ++host) {
    const auto ref = graph->find_entity(PartitionId{0}, "host-" + std::to_string(host));
    if (!ref || !round) return wrong("an entity is missing");
    const ValueView value = graph->value(*ref, PropertyId{*round}, scratch);
    if (value.as_number() != static_cast<double>(counter)) return wrong("half a commit is visible");
  }
  const std::uint64_t large_number = counter / kLargeEvery * kLargeEvery;
  const std::string expected = large_number == 0 ? std::string{} : noise(large_number, kLargeBytes);
  if (large != expected) return wrong("a large record is not what was written");
  return counter;
}

}  // namespace callisto::tests
