// Where data goes: standard output or a file, buffered, with every write checked. What goes to a
// terminal passes for_screen(), data and talk alike.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include <callisto/error.h>

namespace callisto::repl {

// Thread safety: one thread. A failed write is remembered and told by flush(); a reader that went
// away (`callisto ... | head`) is no error, but further writes are dropped: ask reader_gone().
class Output {
 public:
  // Standard output.
  Output();

  // A file, emptied first. Errors: Io.
  static Result<Output> to_file(const std::string& path);

  Output(Output&& other) noexcept;
  Output& operator=(Output&& other) noexcept;
  Output(const Output&) = delete;
  Output& operator=(const Output&) = delete;
  ~Output();

  // Whole characters: what is cut inside one is not shown as one on a terminal.
  void write(std::string_view text);

  // Errors: Io, also for writes before this one.
  Status flush();

  [[nodiscard]] bool reader_gone() const { return reader_gone_; }

  [[nodiscard]] bool is_terminal() const { return is_terminal_; }

 private:
  Output(int descriptor, bool owned);
  void drain();

  int descriptor_ = 1;
  bool owned_ = false;
  bool is_terminal_ = false;
  bool reader_gone_ = false;
  int error_ = 0;  // errno of the first failed write.
  std::string buffer_;
};

// Columns of the terminal that standard output is; 0 when it is none.
[[nodiscard]] std::size_t terminal_width();

// Writes talk to standard error at once.
void say(std::string_view text);

[[nodiscard]] bool error_is_terminal();

// Writes `text` over the line that the redraw before has left on standard error, a terminal; no
// text clears that line.
void redraw(std::string_view text);

}  // namespace callisto::repl
