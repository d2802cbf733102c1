// Any bytes: the parser answers with a tree or an error that points into the text; a tree prints to
// text that means the same; formatting keeps its meaning, and
// completion and splitting survive too.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "query/ast/printer.h"
#include "query/parser/completion.h"
#include "query/parser/error_excerpt.h"
#include "query/parser/parser.h"

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace callisto::query;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto tree = parse(text);
  if (tree) {
    const auto again = parse(print(*tree));
    require(again.has_value() && *again == *tree);
    // Comments may be refused, but never change what the query says.
    const auto formatted = format(text);
    if (formatted) {
      const auto same = parse(*formatted);
      require(same.has_value() && *same == *tree);
    }
  } else {
    const callisto::Error& error = tree.error();
    require(error.span && error.span->begin <= error.span->end && error.span->end <= size);
    require(!render_error(text, error).empty());
  }
  const Completion completion = complete(text, size / 2);
  require(completion.prefix.begin <= completion.prefix.end && completion.prefix.end <= size);
  for (const Statement& statement : split_statements(text))
    require(!statement.text.empty());
  return 0;
}
