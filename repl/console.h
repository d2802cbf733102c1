// Everything a statement or a command works with: the graph, the settings, the ways out.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "repl/colors.h"
#include "repl/exit_code.h"
#include "repl/output.h"
#include "repl/result_table.h"
#include "repl/settings.h"

namespace callisto::repl {

// Thread safety: one thread; Ctrl-C reaches it through interrupt_token().
struct Console {
  Console(Database& graph, Settings chosen, bool color, bool is_shell)
      : database(graph),
        session(graph.session()),
        settings(std::move(chosen)),
        colors(color && error_is_terminal()),
        interactive(is_shell) {}

  Database& database;
  Session session;
  Settings settings;
  Colors colors;
  bool interactive = false;

  Output standard{};
  std::optional<Output> file{};  // `.output` and `.once`.
  bool file_once = false;        // Back to standard output after the next result.
  int read_depth = 0;            // `.read` inside `.read`.
  bool leave = false;            // `.quit`

  std::optional<ResultTable> last{};  // For `.last`; kept by the shell only.
  std::optional<double> last_time_us{};
  std::string last_query{};  // For `.doctor`.
  bool told_of_doctor = false;

  [[nodiscard]] Output& out() { return file ? *file : standard; }

  // Whether long answers go through the pager: people look, and can page.
  [[nodiscard]] bool pages() const {
    return interactive && !settings.pager.empty() && for_people();
  }

  // Whether people look at the output right now: only then anything may be folded.
  [[nodiscard]] bool for_people() const { return !file && standard.is_terminal(); }
};

// An error or warning in words, its hints in those of the shell or of the command.
[[nodiscard]] std::string describe_here(const Console& console,
                                        const Error& error,
                                        std::string_view text);

// Says what is wrong on standard error, drawn under `text` when that is the query it is about.
ExitCode report(Console& console, const Error& error, std::string_view text = {});

// Prints a table in the chosen format and ends the output of a command: flush, and back from
// `.once`. A box of a list shows what its objects are, not all their properties.
ExitCode print_table(Console& console,
                     const ResultTable& table,
                     std::optional<double> time_us = std::nullopt);

// Prints text that is data, as it is, through the pager when it is on and the screen too small.
ExitCode print_text(Console& console, std::string_view text);

// Flushes, and closes a file of `.once`. Errors of writing are reported here.
ExitCode finish_output(Console& console);

}  // namespace callisto::repl
