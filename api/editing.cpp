// Hands the parser's services for editors through.
#include "query/parser/error_excerpt.h"
#include "query/parser/parser.h"
#include <callisto/editing.h>

namespace callisto {

std::string describe_error(std::string_view text, const Error& error) {
  return query::render_error(text, error);
}

bool is_complete_query(std::string_view text) {
  return query::is_complete(text);
}

Result<std::string> format_query(std::string_view text) {
  return query::format(text);
}

}  // namespace callisto
