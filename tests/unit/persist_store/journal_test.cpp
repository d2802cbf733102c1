// The journal on a real directory: order, snapshots, locks, damage.
#include "persist/store/journal.h"

#include <fcntl.h>
#include <unistd.h>

#include <fstream>
#include <vector>

#include <catch2/catch.hpp>

#include "tests/unit/persist_store/sample_changes.h"

#include <sys/stat.h>
#include <sys/wait.h>

using namespace callisto;
using namespace callisto::persist;
using callisto::tests::Scratch;

namespace {

using Blocks = std::vector<std::pair<std::uint64_t, std::string>>;

struct Contents {
  Blocks snapshot;
  Blocks log;
};

Result<Contents> contents(Journal& journal) {
  Contents found;
  const auto into = [](Blocks& blocks) {
    return [&blocks](std::uint64_t sequence, std::string_view block) -> Status {
      blocks.emplace_back(sequence, std::string(block));
      return {};
    };
  };
  Status status = journal.replay(into(found.snapshot), into(found.log));
  if (!status) UNSCOPED_INFO(status.error().message);
  if (!status) return tl::make_unexpected(status.error());
  return found;
}

std::unique_ptr<Journal> open(const std::string& path) {
  auto journal = open_journal(path, {.account = "local"});
  if (!journal) FAIL(journal.error().message);
  return std::move(*journal);
}

void append(Journal& journal, std::uint64_t sequence, const std::string& bytes) {
  const JournalBlock block[] = {{sequence, bytes}};
  REQUIRE(journal.append(block));
}

}  // namespace

TEST_CASE("a journal gives back its blocks in order after it was closed") {
  const Scratch scratch;
  const std::string large(9'000'000, 'z');
  {
    const auto journal = open(scratch.path("data"));
    CHECK(journal->last_sequence() == 0);
    append(*journal, 1, "one");
    const JournalBlock group[] = {{2, "two"}, {5, large}};
    REQUIRE(journal->append(group));
    CHECK(journal->last_sequence() == 5);
    CHECK(journal->log_bytes() > 0);
  }
  const auto journal = open(scratch.path("data"));
  CHECK(journal->last_sequence() == 5);
  const auto found = contents(*journal);
  REQUIRE(found);
  CHECK(found->snapshot.empty());
  CHECK(found->log == Blocks{{1, "one"}, {2, "two"}, {5, large}});
  append(*journal, 6, "six");
}

TEST_CASE("a snapshot takes the place of the log before it") {
  const Scratch scratch;
  {
    const auto journal = open(scratch.path("data"));
    append(*journal, 1, "one");
    append(*journal, 2, "two");
    auto snapshot = journal->begin_snapshot(2);
    REQUIRE(snapshot);
    REQUIRE((*snapshot)->add("first half"));
    append(*journal, 3, "three");  // Writers go on meanwhile.
    REQUIRE((*snapshot)->add("second half"));
    REQUIRE((*snapshot)->commit());
    CHECK_FALSE(journal->begin_snapshot(2));
    append(*journal, 4, "four");
  }
  {
    const auto journal = open(scratch.path("data"));
    const auto found = contents(*journal);
    REQUIRE(found);
    CHECK(found->snapshot == Blocks{{2, "first half"}, {2, "second half"}});
    CHECK(found->log == Blocks{{3, "three"}, {4, "four"}});
    auto snapshot = journal->begin_snapshot(4);
    REQUIRE(snapshot);
    REQUIRE((*snapshot)->add("all"));
    REQUIRE((*snapshot)->commit());
    CHECK(journal->log_bytes() == 0);
  }
  const auto journal = open(scratch.path("data"));
  CHECK(journal->last_sequence() == 4);
  append(*journal, 5, "five");
  const auto found = contents(*journal);
  REQUIRE(found);
  CHECK(found->snapshot == Blocks{{4, "all"}});
  CHECK(found->log == Blocks{{5, "five"}});
}

TEST_CASE("a snapshot that was not finished leaves no trace") {
  const Scratch scratch;
  {
    const auto journal = open(scratch.path("data"));
    append(*journal, 1, "one");
    auto snapshot = journal->begin_snapshot(1);
    REQUIRE(snapshot);
    REQUIRE((*snapshot)->add("half"));
  }
  {
    const auto journal = open(scratch.path("data"));
    const auto found = contents(*journal);
    REQUIRE(found);
    CHECK(found->snapshot.empty());
    CHECK(found->log == Blocks{{1, "one"}});
    auto again = journal->begin_snapshot(1);
    REQUIRE(again);
    REQUIRE((*again)->add("whole"));
    REQUIRE((*again)->commit());
  }
  const auto journal = open(scratch.path("data"));
  const auto found = contents(*journal);
  REQUIRE(found);
  CHECK(found->snapshot == Blocks{{1, "whole"}});
  CHECK(found->log.empty());
}

TEST_CASE("a second process is told that the store is open") {
  const Scratch scratch;
  const auto journal = open(scratch.path("data"));
  append(*journal, 1, "one");
  int ends[2];
  REQUIRE(::pipe(ends) == 0);
  const pid_t child = ::fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    const auto second = open_journal(scratch.path("data"), {.account = "local"});
    const std::string said = second ? "opened" : second.error().message;
    static_cast<void>(::write(ends[1], said.data(), said.size()) + 1);
    ::_exit(!second && second.error().code == ErrorCode::Io ? 0 : 1);
  }
  int status = 0;
  REQUIRE(::waitpid(child, &status, 0) == child);
  char said[500] = {};
  REQUIRE(::read(ends[0], said, sizeof said - 1) > 0);
  ::close(ends[0]);
  ::close(ends[1]);
  CHECK(status == 0);
  CHECK(std::string(said).find("is open in another process") != std::string::npos);
}

TEST_CASE("a data directory is made for its owner only, and only where nothing else is") {
  const Scratch scratch;
  static_cast<void>(open(scratch.path("data")));

  struct stat info {};

  REQUIRE(::stat(scratch.path("data").c_str(), &info) == 0);
  CHECK((info.st_mode & 0777U) == 0700U);

  std::filesystem::create_directory(scratch.path("other"));
  std::ofstream(scratch.path("other") + "/thesis.txt") << "mine";
  auto refused = open_journal(scratch.path("other"), {.account = "local"});
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == ErrorCode::Io);
  CHECK(refused.error().message.find("not empty") != std::string::npos);
  refused = open_journal(scratch.path("other") + "/thesis.txt", {.account = "local"});
  REQUIRE_FALSE(refused);
  CHECK(refused.error().message.find("it is a file") != std::string::npos);
}

TEST_CASE("a store of another account is refused") {
  const Scratch scratch;
  static_cast<void>(open(scratch.path("data")));
  const auto other = open_journal(scratch.path("data"), {.account = "acme"});
  REQUIRE_FALSE(other);
  CHECK(other.error().code == ErrorCode::InvalidInput);
  CHECK(other.error().message.find("\"local\"") != std::string::npos);
}
