// Reading from a terminal with editing, history and completion. The only door to readline.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace callisto::repl {

struct Completions {
  std::size_t begin = 0;                // Where the word starts that the candidates replace.
  std::vector<std::string> candidates;  // Whole words.
};

// What a person typed, or why there is nothing.
struct TypedLine {
  enum class End { Entered, Cleared, Left } end = End::Entered;  // Enter, Ctrl-C, Ctrl-D.
  std::string text;
};

// Only one may exist at a time (readline keeps its state in globals). Enter adds a line until
// `is_complete` says yes; then the whole text is one history entry. Ctrl-C clears what was typed,
// Ctrl-D on an empty text leaves. Pasted text never runs by itself.
class LineEditor {
 public:
  struct Hooks {
    std::function<bool(std::string_view)> is_complete;
    // Candidates for the word at `offset` of the whole text typed so far.
    std::function<Completions(std::string_view text, std::size_t offset)> complete;
  };

  // `history_file` is made with mode 0600; empty: history lasts as long as the shell. A file that
  // cannot be read or written is no error: there is just no memory.
  LineEditor(Hooks hooks, std::string history_file);
  LineEditor(const LineEditor&) = delete;
  LineEditor& operator=(const LineEditor&) = delete;
  ~LineEditor();

  [[nodiscard]] TypedLine read(const std::string& prompt);

  // The last `count` entries, oldest first.
  [[nodiscard]] static std::vector<std::string> history(std::size_t count);

 private:
  void remember(const std::string& text) const;

  std::string history_file_;
};

// $XDG_STATE_HOME/callisto/history when that variable is set, else ~/.callisto_history; "" without
// a home. Makes the folder.
[[nodiscard]] std::string default_history_file();

}  // namespace callisto::repl
