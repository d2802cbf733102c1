// readline 8.2. Its default display shows newlines as lines; a custom rl_redisplay_function would
// not, so there is none here: no hints or colours inside the line.
#include "repl/line_editor.h"

#include <fcntl.h>
#include <termios.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <utility>

#include <sys/stat.h>

// readline.h needs FILE from <cstdio>.
#include "repl/screen_text.h"

#include <readline/history.h>
#include <readline/readline.h>

namespace callisto::repl {
namespace {

constexpr int kHistoryEntriesMax = 10'000;

// readline calls back without a place for context: the one editor's hooks live here.
LineEditor::Hooks hooks;
std::vector<std::string> candidates;
bool cleared = false;

std::string_view typed_so_far() {
  return {rl_line_buffer, static_cast<std::size_t>(rl_end)};
}

int on_enter(int count, int key) {
  rl_point = rl_end;
  if (hooks.is_complete(typed_so_far())) return rl_newline(count, key);
  return rl_insert_text("\n") > 0 ? 0 : 1;
}

// The terminal sends no signal while a line is edited (see prepare_terminal): Ctrl-C is a key.
// What was typed stays on the screen; readline forgets it, so that the next prompt is alone.
int on_interrupt(int /*count*/, int /*key*/) {
  rl_point = rl_end;
  rl_redisplay();
  std::fputs("^C", rl_outstream);
  rl_replace_line("", 1);
  rl_crlf();
  rl_on_new_line();
  cleared = true;
  rl_done = 1;
  return 0;
}

void prepare_terminal(int meta) {
  rl_prep_terminal(meta);
  termios modes{};
  if (::tcgetattr(STDIN_FILENO, &modes) != 0) return;
  modes.c_cc[VINTR] = _POSIX_VDISABLE;
  ::tcsetattr(STDIN_FILENO, TCSADRAIN, &modes);
}

char* next_candidate(const char* /*text*/, int state) {
  static std::size_t next = 0;
  if (state == 0) next = 0;
  return next < candidates.size() ? ::strdup(candidates[next++].c_str()) : nullptr;
}

char** on_complete(const char* text, int start, int end) {
  rl_attempted_completion_over = 1;  // Never file names instead.
  rl_completion_append_character = ' ';
  const Completions found = hooks.complete(typed_so_far(), static_cast<std::size_t>(end));
  candidates.clear();
  // readline replaces from `start`; what stands between there and the word's own start is kept.
  const auto word = static_cast<std::size_t>(start);
  const std::string before =
      found.begin > word ? std::string(typed_so_far().substr(word, found.begin - word)) : "";
  for (const std::string& candidate : found.candidates) {
    const std::size_t skip = found.begin < word ? word - found.begin : 0;
    // readline would write what a terminal acts on as it is, in its lists and in the line.
    if (skip > candidate.size() || visible(candidate) != candidate) continue;
    candidates.push_back(before + candidate.substr(skip));
  }
  if (candidates.empty()) return nullptr;
  if (candidates.size() == 1 &&
      (candidates.front().ends_with('.') || candidates.front().ends_with('/'))) {
    rl_completion_append_character = '\0';
  }
  return rl_completion_matches(text, next_candidate);
}

void set_up_readline() {
  rl_readline_name = "callisto";
  rl_catch_signals = 0;
  rl_catch_sigwinch = 1;
  rl_change_environment = 0;
  rl_prep_term_function = prepare_terminal;
  rl_attempted_completion_function = on_complete;
  static const char kBreaks[] = " \t\n,()=!<>~^$+*|;\"'{}[]";
  rl_basic_word_break_characters = kBreaks;
  rl_completer_word_break_characters = kBreaks;
  rl_completer_quote_characters = "";
  rl_initialize();
  rl_variable_bind("enable-bracketed-paste", "on");
  rl_variable_bind("show-all-if-ambiguous", "on");
  rl_variable_bind("completion-query-items", "200");
  rl_variable_bind("page-completions", "off");
  rl_variable_bind("blink-matching-paren", "off");
  rl_bind_key('\r', on_enter);
  rl_bind_key('\n', on_enter);
  rl_bind_key('C' & 0x1F, on_interrupt);
}

// History lines may hold newlines: timestamps between entries keep them apart in the file.
void set_up_history(const std::string& file) {
  using_history();
  history_comment_char = '#';
  history_write_timestamps = 1;
  stifle_history(kHistoryEntriesMax);
  if (file.empty()) return;
  const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (descriptor < 0) return;
  ::fchmod(descriptor, 0600);
  ::close(descriptor);
  read_history(file.c_str());
}

}  // namespace

LineEditor::LineEditor(Hooks given, std::string history_file)
    : history_file_(std::move(history_file)) {
  hooks = std::move(given);
  set_up_readline();
  set_up_history(history_file_);
}

LineEditor::~LineEditor() {
  if (!history_file_.empty()) {
    history_truncate_file(history_file_.c_str(), kHistoryEntriesMax);
    ::chmod(history_file_.c_str(), 0600);
  }
  hooks = {};
}

TypedLine LineEditor::read(const std::string& prompt) {
  cleared = false;
  char* line = ::readline(prompt.c_str());
  if (line == nullptr) return {TypedLine::End::Left, ""};
  TypedLine typed{TypedLine::End::Entered, line};
  std::free(line);
  if (cleared) return {TypedLine::End::Cleared, ""};
  while (!typed.text.empty() && (typed.text.back() == '\n' || typed.text.back() == ' ')) {
    typed.text.pop_back();
  }
  if (!typed.text.empty()) remember(typed.text);
  return typed;
}

void LineEditor::remember(const std::string& text) const {
  const HIST_ENTRY* last =
      history_length > 0 ? history_get(history_base + history_length - 1) : nullptr;
  if (last != nullptr && text == last->line) return;
  add_history(text.c_str());
  if (!history_file_.empty()) append_history(1, history_file_.c_str());
}

std::vector<std::string> LineEditor::history(std::size_t count) {
  std::vector<std::string> entries;
  const auto all = static_cast<std::size_t>(std::max(0, history_length));
  for (std::size_t i = all - std::min(all, count); i < all; ++i) {
    const HIST_ENTRY* entry = history_get(history_base + static_cast<int>(i));
    if (entry != nullptr) entries.emplace_back(entry->line);
  }
  return entries;
}

std::string default_history_file() {
  std::error_code ignored;
  const char* state = std::getenv("XDG_STATE_HOME");
  if (state != nullptr && *state != '\0') {
    const std::filesystem::path folder = std::filesystem::path(state) / "callisto";
    std::filesystem::create_directories(folder, ignored);
    return (folder / "history").string();
  }
  const char* home = std::getenv("HOME");
  if (home == nullptr || *home == '\0') return {};
  return (std::filesystem::path(home) / ".callisto_history").string();
}

}  // namespace callisto::repl
