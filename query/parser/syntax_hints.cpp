// Asks each family of slips for its hints.
#include "query/parser/syntax_hints.h"

#include "query/parser/hint_families.h"

namespace callisto::query {
namespace {

// Tokens that are no words of J1QL.
void flaw_hints(const SyntaxContext& c, Hints& hints) {
  switch (c.list.tokens[c.index].flaw) {
    case Flaw::LineComment:
      if (c.wants(Expect::Value)) {
        hints.emplace_back(
            "A pattern stands between the slashes, as in = /web/; an empty text is ''.");
        break;
      }
      hints.emplace_back("A comment is written /* … */.");
      break;
    case Flaw::UnterminatedComment:
      hints.emplace_back("A comment is written /* … */.");
      break;
    case Flaw::TypographicQuote:
      hints.emplace_back("Use ' or \" around text.");
      break;
    case Flaw::TemplateBraces:
      hints.emplace_back("Put it in quotes, or use a parameter: ${name}.");
      break;
    case Flaw::DollarName:
      hints.push_back("Write ${" + std::string(c.word().substr(1)) + "}.");
      break;
    case Flaw::UnknownCharacter:
      if (c.word() == ":" && c.kind(1) == Kind::Word && c.wants(Expect::Value)) {
        hints.push_back("Write ${" + std::string(c.word(1)) + "}.");
      }
      break;
    case Flaw::LoneHash:
      hints.emplace_back("A comment is written /* … */, not #.");
      break;
    default:
      break;
  }
}

}  // namespace

std::vector<std::string> hints_for(const SyntaxContext& context) {
  Hints hints;
  if (typographic_hints(context, hints)) return hints;
  flaw_hints(context, hints);
  backslash_hints(context, hints);
  operator_hints(context, hints);
  value_hints(context, hints);
  clause_hints(context, hints);
  pattern_hints(context, hints);
  odd_name_hints(context, hints);
  word_hints(context, hints);
  parenthesis_hints(context, hints);
  return hints;
}

}  // namespace callisto::query
