// Characters that word processors and web pages make of those of the language.
#include <algorithm>
#include <array>

#include "query/parser/hint_families.h"

namespace callisto::query {
namespace {

struct Typeset {
  std::string_view written;
  std::string_view meant;
};

constexpr std::array kTypeset = {
    Typeset{"–", "-"},  Typeset{"—", "-"},  Typeset{"−", "-"},  Typeset{"‐", "-"},
    Typeset{"‑", "-"},  Typeset{"≥", ">="}, Typeset{"≤", "<="}, Typeset{"≠", "!="},
    Typeset{"＝", "="}, Typeset{"≈", "~="}, Typeset{"→", ">>"}, Typeset{"←", "<<"},
    Typeset{"»", ">>"}, Typeset{"«", "<<"}, Typeset{"，", ","}, Typeset{"（", "("},
    Typeset{"）", ")"}, Typeset{"｜", "|"}, Typeset{"×", "*"},  Typeset{"÷", "/"},
};

constexpr std::array<std::string_view, 6> kQuotes = {"‘", "’", "‚", "“", "”", "„"};

const Typeset* typeset(std::string_view word) {
  const auto* const found = std::find_if(
      kTypeset.begin(), kTypeset.end(), [word](const Typeset& one) { return one.written == word; });
  return found == kTypeset.end() ? nullptr : &*found;
}

// A text that a typographic quote was meant to close.
void closing_hint(const SyntaxContext& c, Hints& hints) {
  const Token& token = c.list.tokens[c.index];
  if (token.flaw != Flaw::UnterminatedString) return;
  const std::string_view rest = c.text.substr(token.begin);
  for (const std::string_view quote : kQuotes) {
    if (rest.find(quote) == std::string_view::npos) continue;
    hints.push_back(std::string(quote) + " does not close a text: write " + rest.front() + ".");
    return;
  }
}

}  // namespace

bool typographic_hints(const SyntaxContext& c, Hints& hints) {
  closing_hint(c, hints);
  const Typeset* const found = typeset(c.word());
  if (found == nullptr) return false;
  // In place of a quote it is one of another language.
  if (c.list.tokens[c.index].flaw == Flaw::TypographicQuote && !c.wants(Expect::Arrow))
    return false;
  const bool alone = !c.touches_previous(0) || !c.touches_previous(1);
  hints.push_back("Write " + std::string(found->meant) + " for " + std::string(found->written) +
                  ".");
  return alone || found->meant != "-";
}

}  // namespace callisto::query
