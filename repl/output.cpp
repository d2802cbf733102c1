// Output over write(2): stdio would hide which write failed.
#include "repl/output.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>
#include <utility>

#include "repl/screen_text.h"

#include <sys/ioctl.h>

namespace callisto::repl {
namespace {

constexpr std::size_t kBufferBytes = 1 << 16;

// 0 when all was written, else errno.
int write_all(int descriptor, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(descriptor, text.data(), text.size());
    if (written < 0) {
      if (errno == EINTR) continue;
      return errno;
    }
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return 0;
}

}  // namespace

Output::Output() : Output(STDOUT_FILENO, false) {}

Output::Output(int descriptor, bool owned)
    : descriptor_(descriptor), owned_(owned), is_terminal_(::isatty(descriptor) == 1) {}

Result<Output> Output::to_file(const std::string& path) {
  const int descriptor = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  if (descriptor < 0) {
    return fail(ErrorCode::Io,
                "cannot write " + path + ": " + std::generic_category().message(errno));
  }
  return Output(descriptor, true);
}

Output::Output(Output&& other) noexcept
    : descriptor_(other.descriptor_),
      owned_(std::exchange(other.owned_, false)),
      is_terminal_(other.is_terminal_),
      reader_gone_(other.reader_gone_),
      error_(other.error_),
      buffer_(std::exchange(other.buffer_, {})) {}

Output& Output::operator=(Output&& other) noexcept {
  std::swap(descriptor_, other.descriptor_);
  std::swap(owned_, other.owned_);
  std::swap(is_terminal_, other.is_terminal_);
  std::swap(reader_gone_, other.reader_gone_);
  std::swap(error_, other.error_);
  std::swap(buffer_, other.buffer_);
  return *this;
}

Output::~Output() {
  drain();
  if (owned_) ::close(descriptor_);
}

void Output::write(std::string_view text) {
  if (reader_gone_ || error_ != 0) return;
  std::string scratch;
  buffer_ += is_terminal_ ? for_screen(text, scratch) : text;
  if (buffer_.size() >= kBufferBytes) drain();
}

void Output::drain() {
  if (!buffer_.empty() && !reader_gone_ && error_ == 0) {
    const int error = write_all(descriptor_, buffer_);
    if (error == EPIPE) {
      reader_gone_ = true;
    } else {
      error_ = error;
    }
  }
  buffer_.clear();
}

Status Output::flush() {
  drain();
  if (error_ == 0) return {};
  return fail(ErrorCode::Io, "cannot write the output: " + std::generic_category().message(error_));
}

std::size_t terminal_width() {
  winsize size{};
  if (::isatty(STDOUT_FILENO) != 1) return 0;
  if (::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return 80;
  return size.ws_col;
}

void say(std::string_view text) {
  std::string scratch;
  if (error_is_terminal()) text = for_screen(text, scratch);
  // Nobody is left to tell when standard error fails.
  static_cast<void>(write_all(STDERR_FILENO, text));
}

bool error_is_terminal() {
  return ::isatty(STDERR_FILENO) == 1;
}

void redraw(std::string_view text) {
  std::string scratch;
  const std::string line = "\r\x1b[K" + std::string(for_screen(text, scratch));
  static_cast<void>(write_all(STDERR_FILENO, line));
}

}  // namespace callisto::repl
