#include "query/ast/names.h"

#include "query/ast/printer.h"
#include "query/ast/printer_parts.h"

namespace callisto::query {

bool is_target_word(std::string_view name, bool is_class) {
  const bool capital = !name.empty() && name.front() >= 'A' && name.front() <= 'Z';
  return printing::is_free_word(name) && capital == is_class;
}

bool is_verb_word(std::string_view name) {
  return printing::is_free_word(name) && !printing::is_word(name, "RELATES") &&
         !printing::is_word(name, "SOMEHOW");
}

std::string target_text(std::string_view name, bool is_class) {
  if (is_target_word(name, is_class)) return std::string(name);
  return std::string("* WITH ") + (is_class ? "_class" : "_type") + " = " + quoted(name);
}

std::optional<std::string> property_text(std::string_view name) {
  if (name.empty() || name.find_first_of("]\n") != std::string_view::npos) return std::nullopt;
  std::string text;
  printing::append_name(text, name, printing::NameStyle::Dotted);
  return text;
}

}  // namespace callisto::query
