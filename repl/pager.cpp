#include "repl/pager.h"

#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <cstdlib>

#include "repl/screen_text.h"

#include <sys/ioctl.h>
#include <sys/wait.h>

namespace callisto::repl {
namespace {

constexpr int kCommandNotFound = 127;  // Of the shell that runs the command.

// Leaves Ctrl-C to the pager for its own life.
class InterruptIgnored {
 public:
  InterruptIgnored() {
    struct sigaction ignore {};

    ignore.sa_handler = SIG_IGN;
    sigemptyset(&ignore.sa_mask);
    ::sigaction(SIGINT, &ignore, &before_);
  }

  InterruptIgnored(const InterruptIgnored&) = delete;
  InterruptIgnored& operator=(const InterruptIgnored&) = delete;

  ~InterruptIgnored() { ::sigaction(SIGINT, &before_, nullptr); }

 private:
  struct sigaction before_ {};
};

}  // namespace

std::string usual_pager() {
  const char* const chosen = std::getenv("PAGER");
  if (chosen != nullptr && *chosen != '\0') return chosen;
  return "if command -v pspg >/dev/null 2>&1; then exec pspg; else exec less -SR; fi";
}

bool overflows_screen(std::string_view text) {
  winsize size{};
  if (::isatty(STDOUT_FILENO) != 1) return false;
  if (::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_row == 0) return false;
  return std::count(text.begin(), text.end(), '\n') >= size.ws_row;
}

bool show_paged(std::string_view text, const std::string& command) {
  std::FILE* const pager = ::popen(command.c_str(), "w");
  if (pager == nullptr) return false;
  const InterruptIgnored ignored;
  // A pager that was left before the end has shown what was wanted.
  std::string scratch;
  text = for_screen(text, scratch);
  static_cast<void>(std::fwrite(text.data(), 1, text.size(), pager));
  const int status = ::pclose(pager);
  return !(WIFEXITED(status) && WEXITSTATUS(status) == kCommandNotFound);
}

}  // namespace callisto::repl
