// Ctrl-C: cancels what runs; a second one, when nothing has stopped by then, leaves.
#pragma once

#include <callisto/database.h>

namespace callisto::repl {

// The token that SIGINT sets. One for the process, because a signal handler can reach nothing else.
// Hand it to QueryOptions::cancel and reset() it before each statement.
[[nodiscard]] CancelToken& interrupt_token();

// Installs the handlers: SIGINT as above, SIGPIPE ignored (writes tell), SIGXFSZ ignored (a full
// quota is an error to report, not a death). Call once, before any thread starts.
void install_signal_handlers();

// Whether Ctrl-C came since the token was reset.
[[nodiscard]] bool interrupted();

}  // namespace callisto::repl
