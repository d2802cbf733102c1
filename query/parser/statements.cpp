// Scripts: several statements in one text.
#include "query/parser/lexer.h"
#include "query/parser/parser.h"

namespace callisto::query {

std::vector<Statement> split_statements(std::string_view text) {
  std::vector<Statement> statements;
  const TokenList list = tokenize(text);
  const Token* first = nullptr;
  const Token* last = nullptr;
  for (const Token& token : list.tokens) {
    if (token.kind != Kind::Semicolon && token.kind != Kind::End) {
      if (first == nullptr) first = &token;
      last = &token;
      continue;
    }
    if (first != nullptr) {
      // An unterminated token is only its opening characters: it takes the rest of the text.
      const bool open_end = token.kind == Kind::End && last->kind == Kind::Bad;
      const std::uint32_t end = open_end ? token.end : last->end;
      statements.push_back({text.substr(first->begin, end - first->begin), {first->begin, end}});
    }
    first = nullptr;
  }
  return statements;
}

bool is_complete(std::string_view text) {
  const TokenList list = tokenize(text);
  if (list.tokens.size() == 1) return true;
  return list.tokens[list.tokens.size() - 2].kind == Kind::Semicolon;
}

}  // namespace callisto::query
