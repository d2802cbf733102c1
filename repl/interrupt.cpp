// The signal handler touches one lock-free atomic and, to leave, calls _exit: both are allowed
// there.
#include "repl/interrupt.h"

#include <unistd.h>

#include <csignal>

namespace callisto::repl {
namespace {

CancelToken token;

constexpr int kExitInterrupted = 130;  // 128 + SIGINT, as shells count.

extern "C" void handle_interrupt(int /*signal*/) {
  if (token.cancelled()) ::_exit(kExitInterrupted);
  token.cancel();
}

}  // namespace

CancelToken& interrupt_token() {
  return token;
}

void install_signal_handlers() {
  struct sigaction action {};

  action.sa_handler = handle_interrupt;
  sigemptyset(&action.sa_mask);
  ::sigaction(SIGINT, &action, nullptr);
  action.sa_handler = SIG_IGN;
  ::sigaction(SIGPIPE, &action, nullptr);
  ::sigaction(SIGXFSZ, &action, nullptr);
}

bool interrupted() {
  return token.cancelled();
}

}  // namespace callisto::repl
