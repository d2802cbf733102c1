// update, reset and delete: single-entity writes, and what became of them.
#pragma once

#include "repl/command_line.h"
#include "repl/console.h"

namespace callisto::repl {

// NAME=VALUE keeps the kind that the property has, else that of all others of the type: a text
// stays a text. NAME:=JSON is that very JSON. What a value was and is, and what a pin hides (O-31),
// is told. Exit code 1 when nothing changed.
ExitCode update_entity(Console& console, const Invocation& invocation);

// Exit code 1 when there was nothing to take back.
ExitCode reset_entity(Console& console, const Invocation& invocation);

ExitCode delete_entity(Console& console, const Invocation& invocation);

}  // namespace callisto::repl
