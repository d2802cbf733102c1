// Exports into files: whole or not at all, and what has the name already.
#include <fcntl.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <thread>

#include <catch2/catch.hpp>

#include "tests/unit/api/api_fixture.h"

#include <sys/stat.h>

using namespace callisto;
using namespace callisto::tests;

namespace fs = std::filesystem;

namespace {

std::string content(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::size_t entries(const Scratch& scratch) {
  std::size_t count = 0;
  for (const auto& entry : fs::directory_iterator(scratch.path("."))) {
    static_cast<void>(entry);
    ++count;
  }
  return count;
}

}  // namespace

TEST_CASE("an export becomes a file of mode 0600, and counts what it wrote") {
  const Scratch scratch;
  World world;
  world.sync_inventory();
  const std::string path = scratch.path("all.ndjson");
  std::uint64_t lines = 0;
  std::uint64_t bytes = 0;
  REQUIRE(world.database().export_file(path, [&](std::uint64_t l, std::uint64_t b) -> Status {
    CHECK_FALSE(fs::exists(path));  // It gets its name at the end.
    lines = l;
    bytes = b;
    return {};
  }));
  CHECK(content(path) == world.exported());
  CHECK(lines == 10);
  CHECK(bytes == fs::file_size(path));

  struct stat info {};

  REQUIRE(::stat(path.c_str(), &info) == 0);
  CHECK((info.st_mode & 0777U) == 0600U);
  CHECK(entries(scratch) == 1);
}

TEST_CASE("an export that fails leaves the file that was there") {
  const Scratch scratch;
  World world;
  world.sync_inventory();
  const std::string path = scratch.write("all.ndjson", "the one of yesterday");
  const Status stopped =
      world.database().export_file(path, [](std::uint64_t lines, std::uint64_t) -> Status {
        return lines < 5 ? Status{} : fail(ErrorCode::Cancelled, "enough");
      });
  REQUIRE_FALSE(stopped);
  CHECK(stopped.error().message == "enough");
  CHECK(content(path) == "the one of yesterday");
  CHECK(entries(scratch) == 1);
  CHECK_FALSE(world.database().export_file(scratch.path("no/such/folder")));
  const Status folder = world.database().export_file(scratch.path("."));
  REQUIRE_FALSE(folder);
  CHECK(folder.error().code == ErrorCode::Io);
  CHECK(folder.error().message.find("Is a directory") != std::string::npos);
}

TEST_CASE("an export replaces the file that a link leads to, and the link stays") {
  const Scratch scratch;
  World world;
  world.sync_inventory();
  scratch.write("there/real.ndjson", "old");
  fs::create_symlink("there/real.ndjson", scratch.path("link"));
  REQUIRE(world.database().export_file(scratch.path("link")));
  CHECK(fs::is_symlink(scratch.path("link")));
  CHECK(content(scratch.path("there/real.ndjson")) == world.exported());
  // A name of the temporary file that somebody guessed is not followed: it has a random part.
  fs::create_symlink(scratch.path("victim"), scratch.path("new.ndjson.new"));
  REQUIRE(world.database().export_file(scratch.path("new.ndjson")));
  CHECK_FALSE(fs::exists(scratch.path("victim")));
}

TEST_CASE("an export goes into pipes and devices as they are") {
  const Scratch scratch;
  World world;
  world.sync_inventory();
  const std::string pipe = scratch.path("pipe");
  REQUIRE(::mkfifo(pipe.c_str(), 0600) == 0);
  std::string read;
  std::thread reader([&] { read = content(pipe); });
  const Status written = world.database().export_file(pipe);
  reader.join();
  REQUIRE(written);
  CHECK(read == world.exported());
  CHECK(fs::is_fifo(pipe));
  CHECK(world.database().export_file("/dev/null"));
  CHECK(fs::is_character_file("/dev/null"));
  const Status full = world.database().export_file("/dev/full");
  REQUIRE_FALSE(full);
  CHECK(full.error().code == ErrorCode::Io);

  const std::string plain = scratch.write("plain", "");
  const int file = ::open(plain.c_str(), O_WRONLY | O_CLOEXEC);
  REQUIRE(file >= 0);
  REQUIRE(world.database().export_file("/proc/self/fd/" + std::to_string(file)));
  ::close(file);
  CHECK(content(plain) == world.exported());
}
