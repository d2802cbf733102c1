// Tokens that are no words of J1QL.
#include "query/parser/syntax_hints.h"

namespace callisto::query {

std::string flaw_sentence(const SyntaxContext& context) {
  switch (context.list.tokens[context.index].flaw) {
    case Flaw::None:
    case Flaw::ForeignOperator:
      return {};
    case Flaw::UnknownCharacter:
      return "No word of J1QL starts with this character.";
    case Flaw::InvalidUtf8:
      return "The text is not valid UTF-8 here.";
    case Flaw::UnterminatedString:
      return "The string that opens here is never closed.";
    case Flaw::UnterminatedComment:
      return "The comment that opens here is never closed.";
    case Flaw::UnterminatedBracket:
      return "The bracket that opens here is never closed.";
    case Flaw::EmptyBracket:
      return "The brackets hold no property name.";
    case Flaw::UnterminatedRegex:
      return "The regular expression that opens here is never closed.";
    case Flaw::RegexFlag:
      return "The only flag of a regular expression is i.";
    case Flaw::UnterminatedDate:
      return "The date that opens here is never closed.";
    case Flaw::BadParameter:
      return "A parameter is written ${name} or ${param.name}.";
    case Flaw::LineComment:
      if (context.wants(Expect::Value)) return "A regular expression is not empty.";
      return "J1QL has no // comments.";
    case Flaw::TypographicQuote:
      return "This quotation mark does not quote anything in J1QL.";
    case Flaw::TemplateBraces:
      return "{{…}} stands for a value only between quotes.";
    case Flaw::DollarName:
      return "A parameter needs braces.";
    case Flaw::LoneHash:
      return "A smart class is # and a name, with nothing between them.";
  }
  return {};
}

}  // namespace callisto::query
