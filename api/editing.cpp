// Hands the parser's services for editors through.
#include "core/errors/barrier.h"
#include "query/parser/error_excerpt.h"
#include "query/parser/parser.h"
#include "query/validation.h"
#include <callisto/editing.h>

namespace callisto {

std::string describe_error(std::string_view text, const Error& error) {
  return query::render_error(text, error);
}

bool is_complete_query(std::string_view text) {
  return query::is_complete(text);
}

Result<std::string> format_query(std::string_view text) {
  return guarded([&] { return query::format(text); });
}

Result<std::string> format_queries(std::string_view text) {
  return guarded([&] { return query::format_script(text); });
}

Status validate_query(std::string_view text) {
  return guarded([&] {
    static const auto definitions = std::make_shared<const Definitions>(default_definitions());
    return query::validate(text, definitions);
  });
}

std::vector<Warning> portability_warnings(std::string_view text) {
  return query::portability_warnings(text);
}

std::vector<SourceSpan> split_queries(std::string_view text) {
  std::vector<SourceSpan> spans;
  for (const query::Statement& statement : query::split_statements(text))
    spans.push_back(statement.span);
  return spans;
}

}  // namespace callisto
