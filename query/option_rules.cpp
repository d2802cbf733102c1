// Texts are UTF-8 and numbers finite here as everywhere: what is no text can be in no graph.
#include "query/option_rules.h"

#include <cmath>
#include <string>

#include <callisto/input_limits.h>
#include <callisto/utf8.h>

namespace callisto::query {
namespace {

const char* broken_rule(const std::string& text) {
  if (text.size() > kInputLimitsMax.text_bytes) return "the text is too long";
  return is_utf8(text) ? nullptr : "the text is not valid UTF-8";
}

template <class Any>
const char* broken_rule(const Any& value) {
  if (const auto* number = std::get_if<double>(&value)) {
    return std::isfinite(*number) ? nullptr : "a number must be finite";
  }
  const auto* text = std::get_if<std::string>(&value);
  return text != nullptr ? broken_rule(*text) : nullptr;
}

const char* broken_rule(const Value& value) {
  const auto* list = std::get_if<List>(&value);
  if (list == nullptr) return broken_rule<Value>(value);
  for (const Scalar& element : *list) {
    if (const char* rule = broken_rule<Scalar>(element)) return rule;
  }
  return nullptr;
}

Status check(const char* what, const std::map<std::string, Value>& values) {
  for (const auto& [name, value] : values) {
    const char* rule = broken_rule(name);
    if (rule == nullptr) rule = broken_rule(value);
    if (rule == nullptr) continue;
    return fail(ErrorCode::InvalidInput,
                std::string(what) + " \"" + shown_text(name) + "\": " + rule);
  }
  return {};
}

}  // namespace

Status check_options(const QueryOptions& options) {
  if (options.limits.timeout_ms < 0) {
    return fail(ErrorCode::InvalidInput,
                "limits.timeout_ms is " + std::to_string(options.limits.timeout_ms) +
                    ": a time limit is positive, or 0 for none");
  }
  if (Status status = check("variable", options.variables); !status) return status;
  for (const ScopeFilter& filter : options.scope_filters) {
    if (Status status = check("scope filter", filter); !status) return status;
  }
  return {};
}

}  // namespace callisto::query
