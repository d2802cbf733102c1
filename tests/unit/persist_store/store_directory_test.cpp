// A directory is looked at before anything in it is changed.
#include <fcntl.h>
#include <unistd.h>

#include <fstream>
#include <map>
#include <memory>
#include <random>
#include <vector>

#include <catch2/catch.hpp>

#include "persist/store/durable_mark.h"
#include "persist/store/journal.h"
#include "persist/store/journal_database.h"
#include "tests/unit/persist_store/sample_changes.h"

#include <sys/wait.h>

using namespace callisto;
using namespace callisto::persist;
using callisto::tests::Scratch;

namespace fs = std::filesystem;

namespace {

// Names, contents and times of all that is below a directory.
std::map<std::string, std::string> picture(const std::string& directory) {
  std::map<std::string, std::string> files;
  for (const auto& entry : fs::recursive_directory_iterator(directory)) {
    std::string& content = files[entry.path().string()];
    content = std::to_string(entry.last_write_time().time_since_epoch().count()) + "\n";
    if (!entry.is_regular_file()) continue;
    std::ifstream in(entry.path(), std::ios::binary);
    content.append(std::istreambuf_iterator<char>(in), {});
  }
  return files;
}

void append(Journal& journal, std::uint64_t sequence, const std::string& bytes) {
  const JournalBlock block[] = {{sequence, bytes}};
  const Status appended = journal.append(block);
  if (!appended) FAIL(appended.error().message);
}

void make_store(const std::string& path, int commits = 3) {
  auto journal = open_journal(path, {.account = "local"});
  if (!journal) FAIL(journal.error().message);
  for (int i = 1; i <= commits; ++i) {
    append(**journal, static_cast<std::uint64_t>(i), "block " + std::to_string(i));
  }
}

Status replay(Journal& journal, std::vector<std::string>* blocks = nullptr) {
  const auto visit = [&](std::uint64_t, std::string_view block) -> Status {
    if (blocks != nullptr) blocks->emplace_back(block);
    return {};
  };
  return journal.replay(visit, visit);
}

// Opens and reads; the directory must be as before. Gives what was said.
Error refused_and_untouched(const std::string& path, const std::string& account = "local") {
  const auto before = picture(path);
  Error said{.code = ErrorCode::Internal, .message = "opened"};
  auto journal = open_journal(path, {.account = account});
  if (!journal) {
    said = journal.error();
  } else if (const Status read = replay(**journal); !read) {
    said = read.error();
  }
  if (journal) journal->reset();
  CHECK(picture(path) == before);
  return said;
}

void flip(const fs::path& path, std::uintmax_t at) {
  std::fstream file(path, std::ios::binary | std::ios::in | std::ios::out);
  file.seekg(static_cast<std::streamoff>(at));
  const char byte = static_cast<char>(file.get() ^ 0x10);
  file.seekp(static_cast<std::streamoff>(at));
  file.put(byte);
}

fs::path only_log(const std::string& store) {
  fs::path found;
  for (const auto& entry : fs::directory_iterator(store + "/journal")) {
    if (entry.path().extension() == ".log" && entry.file_size() > 0) found = entry.path();
  }
  REQUIRE_FALSE(found.empty());
  return found;
}

}  // namespace

TEST_CASE("a store that is only read stays byte for byte as it was") {
  const Scratch scratch;
  make_store(scratch.path("data"));
  const auto before = picture(scratch.path("data"));
  for (int i = 0; i < 2; ++i) {
    auto journal = open_journal(scratch.path("data"), {.account = {}});
    REQUIRE(journal);
    std::vector<std::string> blocks;
    REQUIRE(replay(**journal, &blocks));
    CHECK(blocks == std::vector<std::string>{"block 1", "block 2", "block 3"});
    CHECK((*journal)->last_sequence() == 3);
  }
  CHECK(picture(scratch.path("data")) == before);
}

TEST_CASE("a foreign directory is refused and left as it was") {
  const Scratch scratch;
  const std::string data = scratch.path("data");
  const auto refused = [&](const char* why) {
    const Error said = refused_and_untouched(data);
    INFO(said.message);
    CHECK(said.code == ErrorCode::Io);
    CHECK(said.message.find(why) != std::string::npos);
    fs::remove_all(data);
  };
  scratch.write("data/thesis.txt", "mine");
  refused("not empty and holds no Callisto store");
  scratch.write("data/journal/system.journal", "of the machine");
  refused("not empty and holds no Callisto store");
  scratch.write("data/durable", "a word of somebody else");
  scratch.write("data/notes", "mine");
  refused("not empty and holds no Callisto store");
  fs::create_directories(data + "/journal");
  REQUIRE(JournalDatabase::open(data + "/journal", JournalDatabase::Access::Create));
  for (const auto& entry : fs::directory_iterator(data + "/journal")) {
    if (entry.path().filename() == "CURRENT") scratch.write("data/journal/CURRENT", "MANIFEST-9\n");
  }
  CHECK(refused_and_untouched(data).code != ErrorCode::Internal);
}

TEST_CASE("a store of a newer format or of another account is refused and left as it was") {
  const Scratch scratch;
  const std::string data = scratch.path("data");
  make_store(data);
  const Error other = refused_and_untouched(data, "acme");
  CHECK(other.code == ErrorCode::InvalidInput);
  CHECK(other.message.find("\"local\"") != std::string::npos);
  {
    auto database = JournalDatabase::open(data + "/journal", JournalDatabase::Access::Write);
    REQUIRE(database);
    REQUIRE((**database)->Put({}, (*database)->meta(), kFormatKey, "2").ok());
  }
  const Error newer = refused_and_untouched(data);
  CHECK(newer.code == ErrorCode::InvalidInput);
  CHECK(newer.message.find("written by a newer version of Callisto (format 2)") !=
        std::string::npos);
}

TEST_CASE("a damaged store is refused and left as it was") {
  const Scratch scratch;
  const std::string data = scratch.path("data");
  make_store(data);
  const fs::path log = only_log(data);
  flip(log, fs::file_size(log) / 2);
  CHECK(refused_and_untouched(data).code == ErrorCode::Corruption);
  flip(log, fs::file_size(log) / 2);
  CHECK(refused_and_untouched(data).message == "opened");

  fs::resize_file(log, fs::file_size(log) - 3);
  CHECK(refused_and_untouched(data).code == ErrorCode::Corruption);
  fs::remove(data + "/journal/CURRENT");
  CHECK(refused_and_untouched(data).code == ErrorCode::Corruption);
  fs::remove_all(data + "/journal");
  const Error gone = refused_and_untouched(data);
  CHECK(gone.code == ErrorCode::Corruption);
  CHECK(gone.message.find("its database is missing") != std::string::npos);
}

TEST_CASE("a store with data and without its durable mark is damaged") {
  const Scratch scratch;
  const std::string data = scratch.path("data");
  make_store(data);
  const std::string mark = data + "/durable";
  const auto damaged = [&] {
    const Error said = refused_and_untouched(data);
    INFO(said.message);
    CHECK(said.code == ErrorCode::Corruption);
    CHECK(said.message.find(mark + " is missing or holds no mark") != std::string::npos);
  };
  fs::rename(mark, scratch.path("kept"));
  damaged();
  scratch.write("data/durable", "");
  damaged();
  scratch.write("data/durable", std::string(8192, '\0'));
  damaged();
  fs::remove(mark);
  fs::create_symlink(scratch.path("kept"), mark);  // A link is not followed.
  CHECK(refused_and_untouched(data).code == ErrorCode::Io);
  fs::remove(mark);
  fs::rename(scratch.path("kept"), mark);
  CHECK(refused_and_untouched(data).message == "opened");
}

TEST_CASE("a new store has a mark from its first moment on") {
  const Scratch scratch;
  const std::string data = scratch.path("data");
  make_store(data, 0);
  const auto mark = DurableMark::read(data + "/durable");
  REQUIRE(mark);
  REQUIRE(*mark);
  CHECK((**mark).sequence == 0);
  CHECK((**mark).digest != 0);
}

TEST_CASE("a first open that was cut is begun again") {
  const Scratch scratch;
  const std::string data = scratch.path("data");
  fs::create_directory(data);
  scratch.write("data/durable", "");
  fs::create_directory(data + "/lost+found");
  make_store(data, 1);
  fs::remove_all(data);

  REQUIRE(DurableMark::create(scratch.write("data/durable", ""), {0, 17}));
  scratch.write("data/journal.new/CURRENT", "half");
  make_store(data, 1);
  auto journal = open_journal(data, {.account = "local", .create = false});
  REQUIRE(journal);
  CHECK((*journal)->last_sequence() == 1);
  CHECK_FALSE(fs::exists(data + "/journal.new"));
}

TEST_CASE("a store has one owner over a link, and a child made by fork cannot write") {
  const Scratch scratch;
  const std::string data = scratch.path("data");
  auto journal = open_journal(data, {.account = "local"});
  REQUIRE(journal);
  append(**journal, 1, "one");
  fs::create_directory_symlink(data, scratch.path("link"));
  for (const std::string& name : {scratch.path("link"), scratch.path("./data"), data + "/"}) {
    const auto second = open_journal(name, {.account = "local"});
    REQUIRE_FALSE(second);
    CHECK(second.error().code == ErrorCode::Io);
    CHECK(second.error().message.find("is open in this process already") != std::string::npos);
  }
  const pid_t child = ::fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    const JournalBlock block[] = {{2, "of the child"}};
    const Status refused = (*journal)->append(block);
    const bool right =
        !refused && refused.error().message.find("made by fork") != std::string::npos;
    journal->reset();
    ::_exit(right ? 0 : 1);
  }
  int status = 0;
  REQUIRE(::waitpid(child, &status, 0) == child);
  CHECK(status == 0);
  append(**journal, 2, "two");
  journal->reset();
  auto again = open_journal(data, {.account = "local"});
  REQUIRE(again);
  std::vector<std::string> blocks;
  REQUIRE(replay(**again, &blocks));
  CHECK(blocks == std::vector<std::string>{"one", "two"});
}

TEST_CASE(
    "a last record with a hole is torn when nothing follows it, and damage when something does") {
  const Scratch scratch;
  const std::string data = scratch.path("data");
  std::mt19937_64 random(3);
  const auto noise = [&] {  // Several sectors that do not compress.
    std::string bytes(5000, '\0');
    for (char& byte : bytes) {
      byte = static_cast<char>(random());
    }
    return bytes;
  };
  std::vector<std::uintmax_t> ends;
  {
    auto journal = open_journal(data, {.account = "local"});
    REQUIRE(journal);
    for (std::uint64_t number = 1; number <= 3; ++number) {
      fs::copy_file(data + "/durable", scratch.path("mark"), fs::copy_options::overwrite_existing);
      append(**journal, number, noise());
      ends.push_back(fs::file_size(only_log(data)));
    }
  }
  const auto with_hole_in = [&](std::size_t record, const std::string& mark) {
    const std::string copy = scratch.path("copy");
    fs::remove_all(copy);
    fs::copy(data, copy, fs::copy_options::recursive);
    if (!mark.empty()) {
      fs::copy_file(mark, copy + "/durable", fs::copy_options::overwrite_existing);
    }
    std::fstream file(only_log(copy), std::ios::binary | std::ios::in | std::ios::out);
    file.seekp(static_cast<std::streamoff>(ends[record] - 2000) / 512 * 512);
    file << std::string(512, '\0');
    return copy;
  };
  // The last commit was not acknowledged: the mark is of the one before.
  const std::string torn = with_hole_in(2, scratch.path("mark"));
  CHECK(refused_and_untouched(torn).message == "opened");
  for (std::uint64_t found = 2; found <= 3; ++found) {
    auto journal = open_journal(torn, {.account = "local"});
    REQUIRE(journal);
    std::vector<std::string> blocks;
    REQUIRE(replay(**journal, &blocks));
    CHECK(blocks.size() == found);
    append(**journal, found + 1, "after it");
  }
  // It was: the mark says so.
  CHECK(refused_and_untouched(with_hole_in(2, {})).code == ErrorCode::Corruption);
  // Not the last one.
  CHECK(refused_and_untouched(with_hole_in(1, scratch.path("mark"))).code == ErrorCode::Corruption);
}
