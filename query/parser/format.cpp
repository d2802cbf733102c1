// Text -> tree -> text.
#include "query/ast/printer.h"
#include "query/parser/lexer.h"
#include "query/parser/parser.h"

namespace callisto::query {

Result<std::string> format(std::string_view text) {
  CALLISTO_TRY(const ast::Query tree, parse(text));
  std::uint32_t end = 0;
  for (const Token& token : tokenize(text).tokens) {
    const std::size_t comment = text.substr(end, token.begin - end).find("/*");
    if (comment != std::string_view::npos) {
      const auto at = end + static_cast<std::uint32_t>(comment);
      return tl::make_unexpected(
          Error{.code = ErrorCode::InvalidInput,
                .message = "A comment would be lost; take it out and put it back afterwards.",
                .span = SourceSpan{at, at + 2}});
    }
    end = token.end;
  }
  return print_lines(tree);
}

}  // namespace callisto::query
