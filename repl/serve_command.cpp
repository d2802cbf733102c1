#include "repl/serve_command.h"

#include <csignal>
#include <ostream>
#include <streambuf>

#include "repl/output.h"

#include "server/serve.h"

namespace callisto::repl {
namespace {

// The server's log, on its way to standard error: through say(), as all talk.
class Talk final : public std::streambuf {
 protected:
  std::streamsize xsputn(const char* text, std::streamsize size) override {
    say({text, static_cast<std::size_t>(size)});
    return size;
  }

  int_type overflow(int_type character) override {
    const char c = traits_type::to_char_type(character);
    say({&c, 1});
    return character;
  }
};

Result<server::ServerConfig> config_of(const Invocation& invocation) {
  server::ServerConfig config;
  if (!invocation.serve.config_file.empty()) {
    if (Status read = server::read_config(invocation.serve.config_file, config); !read) {
      return tl::make_unexpected(std::move(read).error());
    }
  }
  if (!invocation.serve.listen.empty()) {
    if (Status set = server::set_listen(invocation.serve.listen, config); !set) {
      return tl::make_unexpected(std::move(set).error());
    }
  }
  if (!invocation.data_directory.empty()) config.data_directory = invocation.data_directory;
  if (!invocation.serve.certificate.empty()) config.tls.certificate = invocation.serve.certificate;
  if (!invocation.serve.private_key.empty()) config.tls.private_key = invocation.serve.private_key;
  config.demo = invocation.serve.demo;
  return config;
}

}  // namespace

ExitCode run_server(const Invocation& invocation) {
  // Blocked before any thread starts, so that they come to the wait below and nowhere else.
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  Result<server::ServerConfig> config = config_of(invocation);
  Talk talk;
  std::ostream log(&talk);
  const Status served = [&]() -> Status {
    if (!config) return tl::make_unexpected(config.error());
    return server::serve(
        *config,
        &log,
        [](const std::string& line) { say("callisto: " + line + "\n"); },
        [&] {
          int signal = 0;
          sigwait(&signals, &signal);
        });
  }();
  if (served) return ExitCode::Ok;
  say("callisto: " + served.error().message + "\n");
  // Without a configuration only the words of the command line can be wrong.
  const bool of_words = !config || invocation.serve.config_file.empty();
  const bool usage = of_words && served.error().code == ErrorCode::InvalidInput;
  return usage ? ExitCode::Usage : exit_code_of(served.error().code);
}

}  // namespace callisto::repl
