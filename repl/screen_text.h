// What may reach a terminal. Values of a graph, names of files and messages come from anywhere:
// none may move the cursor, hide or reorder what is shown, or talk to the terminal. Output and
// say() pass everything through for_screen() when a terminal is at the other end, so that this file
// alone decides; files and pipes get the bytes as they are.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace callisto::repl {

// Whether a terminal would act on this character or show nothing in its place: controls, escapes,
// C1, line and paragraph separators, marks that reorder text, and other characters without a glyph.
[[nodiscard]] bool is_unseen(std::int32_t code);

// `text` with every unseen character written out: \n, \t, \r, \x1b or \u202e, and bytes that are
// not UTF-8 as U+FFFD. For a piece of a line. Complexity: linear.
[[nodiscard]] std::string visible(std::string_view text);

// Whole output for a terminal: as visible(), but line ends and tabs stay, escapes are written as in
// JSON, and marks of style() become colours. Gives `text` itself when there is nothing to do, else
// `scratch`.
[[nodiscard]] std::string_view for_screen(std::string_view text, std::string& scratch);

enum class Style : char {
  Plain = '0',
  Error = '1',
  Warning = '2',
  Strong = '3',
  Quiet = '4',
  Struck = '5',
};

// `text` in a style, between marks that only for_screen() understands and that no data can hold:
// part of a mark is chosen at random in each process.
[[nodiscard]] std::string styled(Style style, std::string_view text);

}  // namespace callisto::repl
