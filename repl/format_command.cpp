#include "repl/format_command.h"

#include "repl/output.h"
#include "repl/query_errors.h"
#include "repl/text_file.h"
#include "repl/text_width.h"
#include <callisto/editing.h>

namespace callisto::repl {

ExitCode run_format(const FormatArguments& arguments) {
  const Result<std::string> text = read_text_file(arguments.file);
  if (!text) {
    say("error: " + visible(text.error().message) + "\n");
    return exit_code_of(text.error().code);
  }
  const Result<std::string> formatted = format_queries(*text);
  if (!formatted) {
    const Error& error = formatted.error();
    say(error_at(arguments.file, place_of(*text, error.span ? error.span->begin : 0), error));
    return exit_code_of(error.code);
  }
  if (arguments.check) {
    if (*formatted == *text) return ExitCode::Ok;
    say(visible(file_name(arguments.file)) + " would change: callisto format writes it anew\n");
    return ExitCode::Refused;
  }
  Output out;
  out.write(*formatted);
  if (const Status written = out.flush(); !written) {
    say("error: " + written.error().message + "\n");
    return ExitCode::Failure;
  }
  return ExitCode::Ok;
}

}  // namespace callisto::repl
