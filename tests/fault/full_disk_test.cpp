// A disk without room, and with room again; and one that cannot be written to.
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <thread>

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "tests/fault/system_calls.h"
#include "tests/support/scratch.h"
#include <callisto/database.h>

using namespace callisto;
using namespace callisto::tests;

namespace {

Database opened(const std::string& directory) {
  auto database = Database::open({.directory = directory});
  if (!database) FAIL(database.error().message);
  return std::move(*database);
}

Status create(Database& database, int number) {
  const auto made = database.create_entity({.key = fmt::format("host-{}", number),
                                            .type = "host",
                                            .classes = {"Host"},
                                            .properties = {}});
  return made ? Status{} : tl::make_unexpected(made.error());
}

std::uint64_t hosts(Database& database) {
  return database.summary().entities;
}

std::string exported(Database& database) {
  std::string text;
  REQUIRE(database.export_ndjson([&](std::string_view line) -> Status {
    text.append(line).append("\n");
    return {};
  }));
  return text;
}

// Every write below the directory fails from now on.
void fill(const std::string& directory, int error = ENOSPC) {
  watch_disk(directory, {.fail_at = 1, .for_ever = true, .error = error, .writes_only = true});
}

void make_room() {
  watch_disk({}, {});
}

// The disk is asked at most twice a second.
Status writable_again(Database& database) {
  Status status;
  for (int i = 0; i < 600; ++i) {
    status = database.writable();
    if (status) break;
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  return status;
}

}  // namespace

TEST_CASE("R3 on a full disk reading and exporting go on, and writing when there is room again") {
  const int error = GENERATE(ENOSPC, EDQUOT);
  const Scratch scratch;
  const std::string data = scratch.path("data");
  Database database = opened(data);
  for (int i = 0; i < 3; ++i) {
    REQUIRE(create(database, i));
  }
  CHECK(database.writable());
  for (int round = 1; round <= 3; ++round) {
    const std::string before = exported(database);
    fill(data, error);
    const Status refused = create(database, 10 * round);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == ErrorCode::Io);
    INFO(refused.error().message);
    CHECK(refused.error().message.find("reading goes on, and writing when the disk allows it") !=
          std::string::npos);
    CHECK(refused.error().message.find("the write could not be stored and has not happened: ") ==
          0);
    CHECK(refused.error().message.find(data) != std::string::npos);
    CHECK(refused.error().message.find(": make room on that disk; ") != std::string::npos);
    const Status later = create(database, 10 * round);
    REQUIRE_FALSE(later);
    CHECK(later.error().message.find("no write is taken since one could not be stored (") == 0);
    const Status writable = database.writable();
    REQUIRE_FALSE(writable);
    CHECK(writable.error().code == ErrorCode::Io);
    CHECK_FALSE(database.start_job({.scope = "s"}));
    CHECK_FALSE(database.set_parameter("p", 1.0));
    CHECK_FALSE(database.put_documents("notes", {{"a", "b"}}));
    CHECK_FALSE(database.compact());
    CHECK(exported(database) == before);
    CHECK(database.export_file(scratch.path("elsewhere.ndjson")));
    CHECK(database.definitions().parameters.empty());
    CHECK(database.documents("notes").empty());
    make_room();
    REQUIRE(writable_again(database));
    REQUIRE(create(database, 10 * round));
    REQUIRE(create(database, 10 * round + 1));
    REQUIRE(database.compact());
    CHECK(hosts(database) == 3U + 2U * static_cast<unsigned>(round));
  }
  const std::string before = exported(database);
  { const Database gone = std::move(database); }
  Database again = opened(data);
  CHECK(exported(again) == before);
}

TEST_CASE("R3 what was being written when the room ended is not there after it went on") {
  const Scratch scratch;
  const std::string data = scratch.path("data");
  for (std::uint64_t at = 1; at <= 12; ++at) {
    std::filesystem::remove_all(data);
    Database database = opened(data);
    REQUIRE(create(database, 0));
    // Some calls of the write succeed, such as its bytes and not its sync.
    watch_disk(data, {.fail_at = at, .for_ever = true, .error = ENOSPC});
    const Status refused = create(database, 1);
    make_room();
    if (refused) continue;
    REQUIRE(writable_again(database));
    REQUIRE(create(database, 2));
    const std::string before = exported(database);
    CHECK(before.find("host-1") == std::string::npos);
    { const Database gone = std::move(database); }
    Database again = opened(data);
    CHECK(exported(again) == before);
  }
}

TEST_CASE("R3 a store opens on a full disk, is read and exported, and is not changed by that") {
  const Scratch scratch;
  const std::string data = scratch.path("data");
  std::string before;
  {
    Database database = opened(data);
    REQUIRE(create(database, 0));
    before = exported(database);
  }
  fill(data);
  {
    Database database = opened(data);
    CHECK(exported(database) == before);
    CHECK(database.export_file(scratch.path("elsewhere.ndjson")));
    CHECK_FALSE(create(database, 1));
    CHECK(hosts(database) == 1);
    make_room();
    REQUIRE(writable_again(database));
    CHECK(create(database, 1));
  }
  CHECK(hosts(*std::make_unique<Database>(opened(data))) == 2);
}

TEST_CASE("R3 a store on a disk that is read-only is read, and says why it cannot be written to") {
  const Scratch scratch;
  const std::string data = scratch.path("data");
  {
    Database database = opened(data);
    REQUIRE(create(database, 0));
  }
  fill(data, EROFS);
  Database database = opened(data);
  CHECK(hosts(database) == 1);
  const Status refused = create(database, 1);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().message.find("Read-only file system") != std::string::npos);
  make_room();
}

TEST_CASE(
    "R3 after any other error of the disk nothing is written until the store is opened again") {
  const Scratch scratch;
  const std::string data = scratch.path("data");
  {
    Database database = opened(data);
    REQUIRE(create(database, 0));
    fill(data, EIO);
    CHECK_FALSE(create(database, 1));
    make_room();
    std::this_thread::sleep_for(std::chrono::milliseconds(600));  // The next try would be due.
    CHECK_FALSE(create(database, 2));
    CHECK_FALSE(database.writable());
    CHECK(hosts(database) == 1);
  }
  Database database = opened(data);
  CHECK(hosts(database) == 1);
  CHECK(create(database, 2));
}

TEST_CASE("R3 an import that any call ends leaves the database empty, and can be done again") {
  const Scratch scratch;
  std::string text;
  {
    Database source = opened(scratch.path("source"));
    for (int i = 0; i < 20; ++i) {
      REQUIRE(create(source, i));
    }
    REQUIRE(source.set_parameter("p", 5.0));
    text = exported(source);
  }
  const std::string file = scratch.write("all.ndjson", text);
  int ended = 0;
  for (std::uint64_t at = 1;; at += at < 6 ? 1 : 7) {
    const std::string data = scratch.path(fmt::format("copy-{}", at));
    Database database = opened(data);
    watch_disk(data, {.fail_at = at, .for_ever = true, .error = ENOSPC});
    const Status imported = database.import_ndjson(file);
    const bool hit = disk_counts().failed > 0;
    make_room();
    INFO("call " << at);
    if (!hit) {
      CHECK(imported);
      break;
    }
    if (imported) continue;  // What frees the room of the log before may fail.
    ++ended;
    CHECK(hosts(database) == 0);
    CHECK(database.definitions() == default_definitions());
    REQUIRE(writable_again(database));
    CHECK(hosts(*std::make_unique<Database>(std::move(database))) == 0);
    Database again = opened(data);
    CHECK(hosts(again) == 0);
    CHECK(again.definitions() == default_definitions());
    REQUIRE(again.import_ndjson(file));
    CHECK(exported(again) == text);
  }
  CHECK(ended > 3);
}
