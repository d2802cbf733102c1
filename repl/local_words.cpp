#include "repl/local_words.h"

#include <array>
#include <string_view>

namespace callisto::repl {
namespace {

struct Phrase {
  std::string_view general;
  std::string_view command;
  std::string_view shell;
};

// Longer phrases first: a shorter one may be part of them.
constexpr std::array kPhrases{
    Phrase{"raise limits.rows_max (0 lifts it)",
           "lift the limit with --max-rows 0",
           "lift the limit with .limit rows 0"},
    Phrase{"raise limits.timeout_ms (0 lifts it)",
           "lift the limit with --timeout 0",
           "lift the limit with .limit time 0"},
    Phrase{"raise limits.memory_bytes_max (0 lifts it)",
           "lift the limit with --max-memory 0",
           "lift the limit with .limit memory 0"},
    Phrase{"; query_rows in the configuration of a server", "", ""},
    Phrase{"Set it in the variables of the request, with .param or --param in the shell.",
           "Set it with --param NAME=VALUE.",
           "Set it with .param NAME VALUE."},
    Phrase{"Store it (.store in the shell), or set it in the variables of the request.",
           "Store it with -c '.store NAME VALUE'.",
           "Store it with .store NAME VALUE."},
    Phrase{
        "SCOPE_REQUIRED", "SCOPE_REQUIRED: --scope NAME", "SCOPE_REQUIRED: .sync PATH MODE SCOPE"},
    Phrase{"DUPLICATE_KEY",
           "DUPLICATE_KEY: callisto sync --ignore-duplicates takes the latest",
           "DUPLICATE_KEY: outside the shell, callisto sync --ignore-duplicates takes the latest"},
    Phrase{
        "--include-deleted shows them", "--include-deleted shows them", ".deleted on shows them"}};

}  // namespace

std::string in_local_words(std::string text, bool shell) {
  for (const Phrase& phrase : kPhrases) {
    const std::size_t at = text.find(phrase.general);
    if (at == std::string::npos) continue;
    text.replace(at, phrase.general.size(), shell ? phrase.shell : phrase.command);
  }
  return text;
}

}  // namespace callisto::repl
