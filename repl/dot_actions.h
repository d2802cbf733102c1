// The functions behind the dot commands.
#pragma once

#include "repl/dot_commands.h"

namespace callisto::repl::dot {

// About the graph: dot_graph.cpp.
ExitCode classes(Console& console, const Arguments& arguments);
ExitCode types(Console& console, const Arguments& arguments);
ExitCode verbs(Console& console, const Arguments& arguments);
ExitCode describe(Console& console, const Arguments& arguments);
ExitCode summary(Console& console, const Arguments& arguments);
ExitCode jobs(Console& console, const Arguments& arguments);
ExitCode why(Console& console, const Arguments& arguments);
ExitCode overrides(Console& console, const Arguments& arguments);
ExitCode sync(Console& console, const Arguments& arguments);

// About queries: dot_queries.cpp.
ExitCode doctor(Console& console, const Arguments& arguments);
ExitCode explain(Console& console, const Arguments& arguments);
ExitCode format(Console& console, const Arguments& arguments);
ExitCode profile(Console& console, const Arguments& arguments);
ExitCode last(Console& console, const Arguments& arguments);
ExitCode read(Console& console, const Arguments& arguments);
ExitCode once(Console& console, const Arguments& arguments);
ExitCode output(Console& console, const Arguments& arguments);

// About what is defined for all queries: dot_definitions.cpp.
ExitCode smart(Console& console, const Arguments& arguments);
ExitCode store(Console& console, const Arguments& arguments);

// About the shell: dot_settings.cpp.
ExitCode mode(Console& console, const Arguments& arguments);
ExitCode layer(Console& console, const Arguments& arguments);
ExitCode param(Console& console, const Arguments& arguments);
ExitCode limit(Console& console, const Arguments& arguments);
ExitCode deleted(Console& console, const Arguments& arguments);
ExitCode timer(Console& console, const Arguments& arguments);
ExitCode revisit(Console& console, const Arguments& arguments);
ExitCode maxrows(Console& console, const Arguments& arguments);
ExitCode width(Console& console, const Arguments& arguments);
ExitCode pager(Console& console, const Arguments& arguments);
ExitCode history(Console& console, const Arguments& arguments);
ExitCode help(Console& console, const Arguments& arguments);
ExitCode quit(Console& console, const Arguments& arguments);

}  // namespace callisto::repl::dot
