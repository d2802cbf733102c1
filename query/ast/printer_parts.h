// Names as J1QL writes them: what the files of the printer share.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "query/ast/ast.h"

namespace callisto::query::printing {

// A word that is no reserved word of the language: an alias that needs no quotes.
[[nodiscard]] bool is_free_word(std::string_view text);

// The word in any case; `word` is in capitals.
[[nodiscard]] bool is_word(std::string_view text, std::string_view word);

// Dotted: a flat name of plain words may be written with its dots. Whole: it is one word or it
// stands in brackets, as the first name of ORDER BY, whose dot would separate a selector.
enum class NameStyle : std::uint8_t { Dotted, Whole };

// A property name, in brackets where it needs them.
void append_name(std::string& out, std::string_view name, NameStyle style);

// `selector.name`, or the name alone in the given style.
void append_property(std::string& out, const ast::PropertyRef& property, NameStyle style);

}  // namespace callisto::query::printing
