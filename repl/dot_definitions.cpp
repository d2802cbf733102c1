// Dot commands about what is defined once for all queries: smart classes and stored parameters.
#include <algorithm>

#include "repl/dot_actions.h"
#include "repl/object_fields.h"

namespace callisto::repl::dot {
namespace {

// What stands after the first `words` words.
std::string_view rest_after(const Arguments& arguments, std::size_t words) {
  std::string_view rest = arguments.rest;
  for (std::size_t i = 0; i < words; ++i) {
    rest.remove_prefix(std::min(rest.find_first_of(" \t\n"), rest.size()));
    rest.remove_prefix(std::min(rest.find_first_not_of(" \t\n"), rest.size()));
  }
  return rest;
}

std::string smart_class_lines(const std::string& name, const std::vector<std::string>& queries) {
  std::string text;
  for (const std::string& query : queries)
    text.append("#").append(name).append(" = ").append(query).append("\n");
  return text;
}

ExitCode done(Console& console, const Status& status) {
  return status ? ExitCode::Ok : report(console, status.error());
}

}  // namespace

ExitCode smart(Console& console, const Arguments& arguments) {
  const Definitions definitions = console.database.definitions();
  if (arguments.words.empty()) {
    std::string text;
    for (const auto& [name, queries] : definitions.smart_classes)
      text += smart_class_lines(name, queries);
    return print_text(console, text);
  }
  std::string name = arguments.words.front();
  if (name.starts_with('#')) name.erase(0, 1);
  const auto found = definitions.smart_classes.find(name);
  std::vector<std::string> queries;
  if (found != definitions.smart_classes.end()) queries = found->second;
  if (arguments.words.size() == 1) {
    if (queries.empty()) {
      return print_text(console, "#" + name + " is not defined: it is the tag of that name\n");
    }
    return print_text(console, smart_class_lines(name, queries));
  }
  const std::string& sign = arguments.words[1];
  if (sign == "none" && queries.empty()) {
    say("nothing changed: #" + name + " is not defined\n");
    return ExitCode::Refused;
  }
  if (sign == "none") return done(console, console.database.define_smart_class(name, {}));
  const bool adds = sign == "+";
  if (!adds) queries.clear();
  queries.emplace_back(rest_after(arguments, adds ? 2 : 1));
  const Status status = console.database.define_smart_class(name, queries);
  if (status) return ExitCode::Ok;
  return report(console, status.error(), queries.back());
}

ExitCode store(Console& console, const Arguments& arguments) {
  if (arguments.words.empty()) {
    std::string text;
    for (const auto& [name, value] : console.database.definitions().parameters)
      text += name + " = " + to_json(value) + "\n";
    return print_text(console, text);
  }
  const std::string& name = arguments.words.front();
  const bool removes = arguments.words.size() == 1;
  if (removes && !console.database.definitions().parameters.contains(name)) {
    say("nothing changed: there is no parameter " + name + "\n");
    return ExitCode::Refused;
  }
  Value value;
  if (!removes) {
    const Result<Value> typed = typed_value(rest_after(arguments, 1));
    if (!typed) return report(console, typed.error());
    value = *typed;
  }
  return done(console, console.database.set_parameter(name, value));
}

}  // namespace callisto::repl::dot
