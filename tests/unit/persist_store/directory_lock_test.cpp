// One owner of a directory: in one process, in two, over links and bind mounts, after a fork.
#include <sched.h>
#include <signal.h>
#include <unistd.h>

#include <filesystem>
#include <functional>
#include <string>

#include <catch2/catch.hpp>

#include "tests/support/scratch.h"
#include <callisto/directory_lock.h>

#include <sys/mount.h>
#include <sys/wait.h>

using namespace callisto;
using callisto::tests::Scratch;

namespace fs = std::filesystem;

namespace {

constexpr int kSkipped = 77;

// What a child process that runs `body` ends with.
int in_child(const std::function<int()>& body) {
  const pid_t child = ::fork();
  REQUIRE(child >= 0);
  if (child == 0) ::_exit(body());
  int status = 0;
  REQUIRE(::waitpid(child, &status, 0) == child);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

std::string made(const Scratch& scratch, const char* name) {
  const std::string path = scratch.path(name);
  fs::create_directories(path);
  return path;
}

std::string refusal(const std::string& path) {
  const auto lock = DirectoryLock::take(path);
  return lock ? "taken" : lock.error().message;
}

}  // namespace

TEST_CASE("a directory has one owner in a process, whatever it is called") {
  const Scratch scratch;
  const std::string data = made(scratch, "data");
  fs::create_directory_symlink(data, scratch.path("link"));
  fs::create_directory_symlink(scratch.path("link"), scratch.path("link to the link"));
  fs::create_directory_symlink("data", scratch.path("relative"));
  const auto lock = DirectoryLock::take(data);
  REQUIRE(lock);
  for (const std::string& name : {data,
                                  data + "/",
                                  data + "//.",
                                  scratch.path("./data"),
                                  scratch.path("data/../data"),
                                  scratch.path("link"),
                                  scratch.path("link/"),
                                  scratch.path("link to the link"),
                                  scratch.path("relative")}) {
    INFO(name);
    CHECK(refusal(name) ==
          name + " is open in this process already; only one at a time can use it");
  }
  CHECK(fs::is_empty(data));  // Nothing is made to lock it.
  CHECK(refusal(made(scratch, "other")) == "taken");
}

TEST_CASE(
    "a directory that was given back can be taken again, and a refused take gives nothing back") {
  const Scratch scratch;
  const std::string data = made(scratch, "data");
  {
    const auto lock = DirectoryLock::take(data);
    REQUIRE(lock);
    for (int i = 0; i < 3; ++i) {
      CHECK_FALSE(DirectoryLock::take(data + "/."));
    }
    CHECK(in_child([&] { return DirectoryLock::take(data) ? 1 : 0; }) == 0);
  }
  CHECK(refusal(data) == "taken");
}

TEST_CASE("another process is refused over every name until the owner ends") {
  const Scratch scratch;
  const std::string data = made(scratch, "data");
  fs::create_directory_symlink(data, scratch.path("link"));
  int ready[2];
  REQUIRE(::pipe(ready) == 0);
  const pid_t owner = ::fork();
  REQUIRE(owner >= 0);
  if (owner == 0) {
    const auto lock = DirectoryLock::take(scratch.path("link"));
    static_cast<void>(::write(ready[1], lock ? "1" : "0", 1) + 1);
    ::pause();
    ::_exit(0);
  }
  char taken = 0;
  REQUIRE(::read(ready[0], &taken, 1) == 1);
  REQUIRE(taken == '1');
  for (const std::string& name : {data, data + "/.", scratch.path("link")}) {
    CHECK(refusal(name) == name + " is open in another process; only one at a time can use it");
  }
  ::kill(owner, SIGKILL);
  REQUIRE(::waitpid(owner, nullptr, 0) == owner);
  CHECK(refusal(data) == "taken");
  ::close(ready[0]);
  ::close(ready[1]);
}

TEST_CASE("a directory has one owner over bind mounts") {
  const Scratch scratch;
  const std::string data = made(scratch, "data");
  const std::string bound = made(scratch, "bound");
  const auto lock = DirectoryLock::take(data);
  REQUIRE(lock);
  const int ended = in_child([&] {
    if (::unshare(CLONE_NEWNS) != 0) return kSkipped;
    if (::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0) return kSkipped;
    if (::mount(data.c_str(), bound.c_str(), nullptr, MS_BIND, nullptr) != 0) return kSkipped;
    if (DirectoryLock::take(bound)) return 1;
    // The same in one process: the child owns another directory by two names.
    const std::string mine = scratch.path("mine");
    fs::create_directory(mine);
    fs::create_directory(scratch.path("mine too"));
    if (::mount(mine.c_str(), scratch.path("mine too").c_str(), nullptr, MS_BIND, nullptr) != 0) {
      return kSkipped;
    }
    const auto own = DirectoryLock::take(mine);
    if (!own) return 2;
    return DirectoryLock::take(scratch.path("mine too")) ? 3 : 0;
  });
  if (ended == kSkipped) {
    WARN("skipped: this user may not mount");
    return;
  }
  CHECK(ended == 0);
}

TEST_CASE("a child made by fork does not own what its parent owns") {
  const Scratch scratch;
  const std::string data = made(scratch, "data");
  auto lock = DirectoryLock::take(data);
  REQUIRE(lock);
  CHECK((*lock)->held());
  CHECK(in_child([&] {
          if ((*lock)->held()) return 1;
          const auto second = DirectoryLock::take(data);
          if (second) return 2;
          if (second.error().message.find("another process") == std::string::npos) return 3;
          lock->reset();  // What it has is no lock, and gives none back.
          return DirectoryLock::take(data) ? 4 : 0;
        }) == 0);
  CHECK((*lock)->held());
  CHECK(in_child([&] { return DirectoryLock::take(data) ? 1 : 0; }) == 0);
}

TEST_CASE("a child that outlives its parent does not keep the lock") {
  const Scratch scratch;
  const std::string data = made(scratch, "data");
  int alive[2];
  REQUIRE(::pipe(alive) == 0);
  pid_t orphan = 0;
  int told[2];
  REQUIRE(::pipe(told) == 0);
  CHECK(in_child([&] {
          const auto lock = DirectoryLock::take(data);
          if (!lock) return 1;
          const pid_t child = ::fork();
          if (child == 0) {  // From here on it has given back what it has copied.
            const pid_t self = ::getpid();
            static_cast<void>(::write(told[1], &self, sizeof self) + 1);
            ::close(alive[1]);
            char end = 0;
            static_cast<void>(::read(alive[0], &end, 1) + 1);  // Until the test is done.
            ::_exit(0);
          }
          return child > 0 ? 0 : 2;
        }) == 0);
  REQUIRE(::read(told[0], &orphan, sizeof orphan) == ssize_t{sizeof orphan});
  CHECK(::kill(orphan, 0) == 0);
  CHECK(refusal(data) == "taken");
  for (const int end : {alive[0], alive[1], told[0], told[1]}) {
    ::close(end);
  }
}

TEST_CASE("what is no directory cannot be taken") {
  const Scratch scratch;
  const std::string file = scratch.write("file", "text");
  CHECK(refusal(scratch.path("missing")).find("No such file or directory") != std::string::npos);
  CHECK(refusal(file).find("Not a directory") != std::string::npos);
}
