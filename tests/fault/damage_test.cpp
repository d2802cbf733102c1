// R4 on real files: damage to what is stored is reported, never served.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <random>

#include <catch2/catch.hpp>

#include "tests/fault/campaigns.h"
#include "tests/fault/numbered_commits.h"
#include "tests/support/scratch.h"

using namespace callisto;
using namespace callisto::persist;
using namespace callisto::tests;

namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kCommits = 9;

std::string read_file(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

void write_file(const fs::path& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary | std::ios::trunc) << bytes;
}

std::uint64_t whole_commits(const Store& store) {
  const auto number = last_whole_commit(store);
  if (!number) FAIL(number.error().message);
  return *number;
}

// A store of kCommits commits; with `compact` the first 5 are in a snapshot.
void make_store(const std::string& directory, bool compact) {
  auto store = DurableStore::open(directory, "local");
  if (!store) FAIL(store.error().message);
  for (std::uint64_t number = 1; number <= kCommits; ++number) {
    {
      const auto lock = (*store)->lock_writer();
      REQUIRE((*store)->commit(numbered_change((*store)->snapshot()->names(), number)));
    }
    if (compact && number == 5) REQUIRE((*store)->compact());
  }
}

std::vector<fs::path> files_of(const std::string& directory, const char* extension) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(directory)) {
    if (entry.path().extension() == extension && entry.file_size() > 0) {
      files.push_back(entry.path());
    }
  }
  std::sort(files.begin(), files.end());
  return files;
}

// Whether the damage was reported. Fails the test when anything but the whole state is served.
bool is_reported(const std::string& directory) {
  const auto store = DurableStore::open(directory, "local");
  if (!store) {
    INFO(store.error().message);
    CHECK((store.error().code == ErrorCode::Corruption || store.error().code == ErrorCode::Io));
    return true;
  }
  CHECK(whole_commits(**store) == kCommits);
  return false;
}

enum class Damage { FlippedBit, ZeroedSector, Cut };

void damage(const fs::path& file, Damage kind, std::mt19937_64& random) {
  std::string bytes = read_file(file);
  const std::size_t at = random() % bytes.size();
  switch (kind) {
    case Damage::FlippedBit:
      bytes[at] = static_cast<char>(bytes[at] ^ (1 << (random() % 8)));
      break;
    case Damage::ZeroedSector:
      for (std::size_t i = at / 512 * 512; i < std::min(bytes.size(), at / 512 * 512 + 512); ++i) {
        bytes[i] = '\0';
      }
      break;
    case Damage::Cut:
      bytes.resize(at);
      break;
  }
  write_file(file, bytes);
}

void torment(const std::string& pristine,
             const char* extension,
             std::uint64_t trials,
             std::uint64_t reported_least) {
  std::mt19937_64 random(7);
  const Scratch scratch;
  const std::string copy = scratch.path("copy");
  for (const Damage kind : {Damage::FlippedBit, Damage::ZeroedSector, Damage::Cut}) {
    std::uint64_t reported = 0;
    for (std::uint64_t trial = 0; trial < trials; ++trial) {
      fs::remove_all(copy);
      fs::copy(pristine, copy, fs::copy_options::recursive);
      const std::vector<fs::path> files = files_of(copy, extension);
      REQUIRE_FALSE(files.empty());
      damage(files[random() % files.size()], kind, random);
      if (is_reported(copy)) ++reported;
    }
    CAPTURE(extension, static_cast<int>(kind), reported);
    CHECK(reported >= reported_least);
  }
}

}  // namespace

TEST_CASE("R4 damage to the log is reported, never served") {
  const Scratch scratch;
  make_store(scratch.path("data"), false);
  torment(scratch.path("data"), ".log", cycles(12), 11);
}

TEST_CASE("R4 damage to a snapshot is reported, never served") {
  const Scratch scratch;
  make_store(scratch.path("data"), true);
  // Bytes of an index or a property block may not matter to what is read.
  torment(scratch.path("data"), ".sst", cycles(12), 6);
}

TEST_CASE("R4 a log that was cut after it was acknowledged is reported") {
  const Scratch scratch;
  make_store(scratch.path("data"), false);
  std::vector<fs::path> logs = files_of(scratch.path("data"), ".log");
  REQUIRE_FALSE(logs.empty());
  fs::resize_file(logs.back(), fs::file_size(logs.back()) - 5);
  const auto store = DurableStore::open(scratch.path("data"), "local");
  REQUIRE_FALSE(store);
  CHECK(store.error().code == ErrorCode::Corruption);
  CHECK(store.error().message.find("was acknowledged, but the log ends at") != std::string::npos);
}

TEST_CASE("R4 a byte changed or a file cut anywhere in a store is reported, or does not matter") {
  const Campaign campaign = damage_bytes({.count = cycles(200), .seed = 11}, Lie::None);
  INFO(campaign.text());
  CHECK(campaign.failures == 0);
  CHECK(campaign.reported > campaign.trials / 10);
}

TEST_CASE("R4 the harness catches a journal that ignores its digests") {
  const Campaign campaign = damage_bytes({.count = 20, .seed = 12}, Lie::ChangedBytes);
  INFO(campaign.text());
  CHECK(campaign.failures > 0);
}

TEST_CASE("R4 missing files are reported, never replaced by an empty store") {
  for (const std::string& name : std::vector<std::string>{"CURRENT", "MANIFEST", ".log", ".sst"}) {
    const Scratch scratch;
    // Closing a store that has written a snapshot leaves nothing in RocksDB's own log.
    make_store(scratch.path("data"), name == ".sst");
    int removed = 0;
    for (const auto& entry : fs::directory_iterator(scratch.path("data") + "/journal")) {
      if (entry.path().filename().string().find(name) == std::string::npos) continue;
      fs::remove(entry.path());
      ++removed;
    }
    INFO(name);
    REQUIRE(removed > 0);
    CHECK(is_reported(scratch.path("data")));
  }
  const Scratch scratch;
  make_store(scratch.path("data"), true);
  fs::remove_all(scratch.path("data") + "/journal");
  CHECK(is_reported(scratch.path("data")));
}
