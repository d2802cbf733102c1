// The record "definitions": {"smartClasses": {"Name": ["FIND …"]}, "parameters": {"name": value}}.
#include "api/definition_store.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "api/plain_file.h"
#include "core/values/json_writer.h"
#include "persist/codec/json_document.h"
#include <callisto/utf8.h>

namespace callisto {
namespace {

constexpr const char* kRecordKey = "definitions";

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

// A name as the language can write it after `#`, or (with dots and hyphens) in `${param.…}`.
bool is_name(const std::string& name, bool of_parameter) {
  if (name.empty() || name.size() > kDefinitionNameBytesMax || !is_letter(name.front())) {
    return false;
  }
  return std::all_of(name.begin(), name.end(), [&](char c) {
    return is_letter(c) || (c >= '0' && c <= '9') || (of_parameter && (c == '.' || c == '-'));
  });
}

Definitions definitions_of(simdjson::dom::element document) {
  Definitions definitions;
  for (const auto [name, queries] : simdjson::dom::object(document["smartClasses"])) {
    std::vector<std::string>& texts = definitions.smart_classes[std::string(name)];
    for (const simdjson::dom::element query : simdjson::dom::array(queries)) {
      texts.push_back(persist::string_of(query));
    }
  }
  for (const auto [name, value] : simdjson::dom::object(document["parameters"])) {
    definitions.parameters[std::string(name)] = persist::value_of(value);
  }
  return definitions;
}

std::string json_of(const Definitions& definitions) {
  std::string json;
  JsonWriter out(json);
  out.begin_object().key("parameters").begin_object();
  for (const auto& [name, value] : definitions.parameters) {
    out.member(name, value);
  }
  out.end_object().key("smartClasses").begin_object();
  for (const auto& [name, queries] : definitions.smart_classes) {
    out.key(name).begin_array();
    for (const std::string& query : queries) {
      out.value(query);
    }
    out.end_array();
  }
  out.end_object().end_object();
  return json;
}

Status check_limits(const Definitions& definitions) {
  if (definitions.smart_classes.size() <= kDefinitionsMax &&
      definitions.parameters.size() <= kDefinitionsMax) {
    return {};
  }
  return fail(ErrorCode::LimitExceeded,
              "a database keeps at most " + std::to_string(kDefinitionsMax) +
                  " smart classes and as many parameters: remove some");
}

SidePut record(const Definitions& definitions) {
  return {.key = kRecordKey, .value = json_of(definitions)};
}

Result<Definitions> read_record(const std::string& text) {
  Result<Definitions> definitions = persist::decode_json(text, definitions_of);
  if (definitions) return definitions;
  return fail(ErrorCode::Corruption,
              "the record of the smart classes and parameters cannot be read: " +
                  definitions.error().message);
}

Result<Definitions> read_file(const std::string& path, const std::string& text) {
  Result<Definitions> definitions = persist::decode_json(text, definitions_of);
  if (definitions) return definitions;
  return fail(ErrorCode::Corruption,
              path + " does not hold definitions (" + definitions.error().message +
                  "): repair it, or remove it to begin with the default ones");
}

}  // namespace

Result<std::shared_ptr<DefinitionStore>> DefinitionStore::open(
    std::shared_ptr<persist::Store> store, const std::string& directory) {
  const auto made = [&](Definitions definitions) {
    return std::make_shared<DefinitionStore>(store, std::move(definitions));
  };
  PlainFile old(directory.empty() ? std::string() : directory + "/definitions.json");
  if (const auto kept = store->find_side(kRecordKey)) {
    CALLISTO_TRY(Definitions definitions, read_record(*kept));
    old.remove();
    return made(std::move(definitions));
  }
  CALLISTO_TRY(const std::optional<std::string> text, old.read());
  if (!text) return made(default_definitions());
  CALLISTO_TRY(Definitions definitions, read_file(old.path(), *text));
  if (store->put_side({record(definitions)})) old.remove();  // Else the next open tries again.
  return made(std::move(definitions));
}

DefinitionStore::DefinitionStore(std::shared_ptr<persist::Store> store, Definitions definitions)
    : store_(std::move(store)),
      current_(std::make_shared<const Definitions>(std::move(definitions))) {}

std::shared_ptr<const Definitions> DefinitionStore::current() const {
  const std::lock_guard lock(reading_);
  return current_;
}

Status DefinitionStore::check_smart_class(const std::string& name,
                                          const std::vector<std::string>& queries) {
  if (!is_name(name, false)) {
    return fail(ErrorCode::InvalidInput,
                "a smart class is named by letters, digits and _, not '" + shown_text(name) + "'");
  }
  if (queries.size() > kSmartClassQueriesMax) {
    return fail(ErrorCode::LimitExceeded,
                "a smart class has at most " + std::to_string(kSmartClassQueriesMax) + " queries");
  }
  return {};
}

Status DefinitionStore::define_smart_class(const std::string& name,
                                           const std::vector<std::string>& queries) {
  const std::lock_guard lock(writing_);
  Definitions next = *current();
  if (queries.empty()) {
    next.smart_classes.erase(name);
  } else {
    next.smart_classes[name] = queries;
  }
  return replace(std::move(next));
}

Status DefinitionStore::set_parameter(const std::string& name, const Value& value) {
  if (!is_name(name, true)) {
    return fail(
        ErrorCode::InvalidInput,
        "a parameter is named by letters, digits, _, . and -, not '" + shown_text(name) + "'");
  }
  const std::lock_guard lock(writing_);
  Definitions next = *current();
  if (is_null(value)) {
    next.parameters.erase(name);
  } else {
    next.parameters[name] = value;
  }
  return replace(std::move(next));
}

std::string DefinitionStore::to_json() const {
  return json_of(*current());
}

Result<SidePut> DefinitionStore::record_of(std::string_view json) {
  CALLISTO_TRY(const Definitions parsed, persist::decode_json(json, definitions_of));
  const auto has_name = [](bool of_parameter) {
    return [of_parameter](const auto& item) { return is_name(item.first, of_parameter); };
  };
  if (!std::all_of(parsed.smart_classes.begin(), parsed.smart_classes.end(), has_name(false)) ||
      !std::all_of(parsed.parameters.begin(), parsed.parameters.end(), has_name(true))) {
    return fail(ErrorCode::InvalidInput,
                "a smart class or a parameter has a name that none can have");
  }
  if (Status checked = check_limits(parsed); !checked) {
    return tl::make_unexpected(std::move(checked).error());
  }
  return record(parsed);
}

Status DefinitionStore::reload() {
  const std::lock_guard lock(writing_);
  const auto kept = store_->find_side(kRecordKey);
  if (kept == nullptr) return {};
  CALLISTO_TRY(Definitions definitions, read_record(*kept));
  publish(std::make_shared<const Definitions>(std::move(definitions)));
  return {};
}

Status DefinitionStore::replace(Definitions next) {
  if (Status checked = check_limits(next); !checked) return checked;
  // Made before: when it is kept, nothing may fail any more.
  auto published = std::make_shared<const Definitions>(std::move(next));
  if (Status kept = store_->put_side({record(*published)}); !kept) return kept;
  publish(std::move(published));
  return {};
}

void DefinitionStore::publish(std::shared_ptr<const Definitions> next) noexcept {
  const std::lock_guard lock(reading_);
  current_.swap(next);
}

}  // namespace callisto
