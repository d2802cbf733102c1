#include "tests/fault/fault_world.h"

#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

#include <algorithm>
#include <stdexcept>

#include <catch2/catch.hpp>

#include <sys/wait.h>

namespace callisto::tests {

int cycles(int usual) {
  const char* text = ::getenv("CALLISTO_FAULT_CYCLES");
  return text == nullptr ? usual : std::max(usual, std::atoi(text));
}

std::uint64_t whole_commits(const persist::Store& store) {
  const auto number = last_whole_commit(store);
  if (!number) FAIL(number.error().message);
  return *number;
}

Killed run_and_kill(const std::string& directory, const char* mode, unsigned microseconds) {
  constexpr int kStartMsMax = 60'000;
  int ends[2];
  REQUIRE(::pipe(ends) == 0);
  const pid_t child = ::fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    ::dup2(ends[1], STDOUT_FILENO);
    ::close(ends[0]);
    ::close(ends[1]);
    ::execl(CALLISTO_FAULT_WRITER, "fault_writer", directory.c_str(), mode, nullptr);
    ::_exit(1);
  }
  ::close(ends[1]);
  // The delay counts from the first report, so that a busy machine does not only kill starts. One
  // in four is killed without waiting for it.
  pollfd first{.fd = ends[0], .events = POLLIN, .revents = 0};
  if (microseconds % 4 != 0) static_cast<void>(::poll(&first, 1, kStartMsMax));
  ::usleep(microseconds);
  ::kill(child, SIGKILL);
  Killed result;
  std::uint64_t number = 0;
  while (::read(ends[0], &number, sizeof number) == ssize_t{sizeof number}) {
    result.acknowledged = std::max(result.acknowledged, number);
  }
  ::close(ends[0]);
  int status = 0;
  REQUIRE(::waitpid(child, &status, 0) == child);
  result.failed = !WIFSIGNALED(status);
  if (result.failed) UNSCOPED_INFO("the writer ended with " << WEXITSTATUS(status));
  return result;
}

}  // namespace callisto::tests
