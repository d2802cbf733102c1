#include "repl/doctor_command.h"

#include <algorithm>
#include <string>

#include "repl/interrupt.h"
#include "repl/local_words.h"
#include "repl/text_width.h"
#include <callisto/diagnosis.h>

namespace callisto::repl {

ExitCode run_doctor(Console& console, std::string_view query) {
  interrupt_token().reset();
  const Result<Diagnosis> diagnosis =
      diagnose(console.database, query, query_options(console.settings));
  if (!diagnosis) return report(console, diagnosis.error(), query);
  const std::string lines = in_local_words(describe_diagnosis(*diagnosis), console.interactive);
  std::string text;
  std::string_view rest = lines;
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    text += visible(rest.substr(0, end)) + "\n";
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return print_text(console, text);
}

void hint_at_doctor(Console& console) {
  if (!console.interactive || console.told_of_doctor) return;
  console.told_of_doctor = true;
  say("no rows: .doctor tells which part of the query leaves nothing\n");
}

}  // namespace callisto::repl
