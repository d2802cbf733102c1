// Smart classes: what `#Name` finds in a query (j1ql 3.12).
//
// The engine keeps names and queries; a document beside it keeps the description of a class, and
// the ids and descriptions of its queries. A class has its name as id, so that those that were
// defined elsewhere are served as well; so has a query that no document knows its place.
#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include <callisto/clock.h>

#include "server/service/graph_fields.h"

namespace callisto::server {
namespace {

struct ClassQuery {
  std::string id;
  std::string text;
  Json description{};
};

struct SmartClass {
  std::string name;
  Json description{};
  std::vector<ClassQuery> queries{};
};

// The class of a document and of the engine: the engine's queries, with what is known of them.
SmartClass merged(const std::string& name,
                  const Json& document,
                  const std::vector<std::string>& queries) {
  SmartClass out{.name = name};
  if (const Json* description = document.find("description")) out.description = *description;
  std::vector<ClassQuery> known;
  if (const Json* list = document.find("queries"); list != nullptr && list->array() != nullptr) {
    for (const Json& one : *list->array()) {
      const Json* description = one.find("description");
      known.push_back({.id = one.text_of("id"),
                       .text = one.text_of("query"),
                       .description = description == nullptr ? Json() : *description});
    }
  }
  for (const std::string& text : queries) {
    const auto found = std::find_if(
        known.begin(), known.end(), [&](const ClassQuery& one) { return one.text == text; });
    if (found == known.end()) {
      out.queries.push_back({.id = name + "." + std::to_string(out.queries.size()), .text = text});
      continue;
    }
    out.queries.push_back(std::move(*found));
    known.erase(found);
  }
  return out;
}

std::map<std::string, SmartClass> classes_of(FieldContext& context) {
  std::map<std::string, SmartClass> out;
  const Definitions definitions = context.account.database().definitions();
  for (const Json& document : context.account.smart_classes().all()) {
    const std::string name = document.text_of("tagName");
    const auto defined = definitions.smart_classes.find(name);
    const bool none = defined == definitions.smart_classes.end();
    out[name] = merged(name, document, none ? std::vector<std::string>{} : defined->second);
  }
  for (const auto& [name, queries] : definitions.smart_classes) {
    if (!out.contains(name)) out[name] = merged(name, Json(), queries);
  }
  return out;
}

Result<SmartClass> class_of(FieldContext& context, const std::string& id) {
  std::map<std::string, SmartClass> classes = classes_of(context);
  const auto found = classes.find(id);
  if (found == classes.end()) return fail(ErrorCode::NotFound, "Smart class not found");
  return std::move(found->second);
}

Json query_json(const SmartClass& owner, const ClassQuery& query) {
  Json out;
  out.set("id", query.id).set("smartClassId", owner.name).set("query", query.text);
  return out.set("description", query.description);
}

Json class_json(const FieldContext& context, const SmartClass& one) {
  Json queries(Json::Array{});
  for (const ClassQuery& query : one.queries) {
    queries.push(query_json(one, query));
  }
  Json out;
  out.set("id", one.name).set("accountId", context.account.id()).set("tagName", one.name);
  out.set("description", one.description).set("queries", std::move(queries));
  return out.set("tags", Json::Array{});
}

// The engine first: it knows what a class may be. Errors: those of define_smart_class, and of a
// document.
Status store(FieldContext& context, const SmartClass& one) {
  std::vector<std::string> texts;
  Json document;
  document.set("tagName", one.name).set("description", one.description);
  Json queries(Json::Array{});
  for (const ClassQuery& query : one.queries) {
    texts.push_back(query.text);
    queries.push(query_json(one, query));
  }
  if (Status defined = context.account.database().define_smart_class(one.name, texts); !defined) {
    return defined;
  }
  return context.account.smart_classes().put(one.name, document.set("queries", std::move(queries)));
}

Result<Json> stored_class(FieldContext& context, const SmartClass& one) {
  if (Status stored = store(context, one); !stored) {
    return tl::make_unexpected(std::move(stored).error());
  }
  return class_json(context, one);
}

Result<Json> smart_class(FieldContext& context, const Json& arguments) {
  CALLISTO_TRY(const SmartClass found, class_of(context, arguments.text_of("id")));
  return class_json(context, found);
}

Result<Json> smart_classes(FieldContext& context, const Json& /*arguments*/) {
  Json out(Json::Array{});
  for (const auto& [name, one] : classes_of(context)) {
    out.push(class_json(context, one));
  }
  return out;
}

Result<Json> create_class(FieldContext& context, const Json& arguments) {
  const Json& input = *arguments.find("input");
  SmartClass one{.name = input.text_of("tagName")};
  if (const Json* description = input.find("description")) one.description = *description;
  if (class_of(context, one.name)) {
    return fail(ErrorCode::InvalidInput,
                "there is a smart class \"" + one.name + "\" already: add queries to it");
  }
  return stored_class(context, one);
}

Result<Json> patch_class(FieldContext& context, const Json& arguments) {
  const Json& input = *arguments.find("input");
  CALLISTO_TRY(SmartClass one, class_of(context, input.text_of("id")));
  const std::string name = input.text_of("tagName");
  if (!name.empty() && name != one.name) {
    return fail(ErrorCode::InvalidInput,
                "a smart class keeps its name, since queries name it: make another one");
  }
  if (const Json* description = input.find("description")) one.description = *description;
  return stored_class(context, one);
}

Json success() {
  Json out;
  return out.set("success", true);
}

Result<Json> delete_class(FieldContext& context, const Json& arguments) {
  CALLISTO_TRY(const SmartClass one, class_of(context, arguments.text_of("id")));
  if (Status gone = context.account.database().define_smart_class(one.name, {}); !gone) {
    return tl::make_unexpected(std::move(gone).error());
  }
  // Nothing is kept of a class that was defined elsewhere.
  const Status removed = context.account.smart_classes().remove(one.name);
  if (!removed && removed.error().code != ErrorCode::NotFound) {
    return tl::make_unexpected(removed.error());
  }
  return success();
}

// The class that has a query, and its place in it.
struct Located {
  SmartClass owner;
  std::size_t place = 0;

  [[nodiscard]] ClassQuery& query() { return owner.queries[place]; }
};

Result<Located> query_of(FieldContext& context, const std::string& id) {
  for (auto& [name, one] : classes_of(context)) {
    for (std::size_t place = 0; place < one.queries.size(); ++place) {
      if (one.queries[place].id == id) return Located{.owner = one, .place = place};
    }
  }
  return fail(ErrorCode::NotFound, "Smart class query not found");
}

Result<Json> smart_class_query(FieldContext& context, const Json& arguments) {
  CALLISTO_TRY(Located found, query_of(context, arguments.text_of("id")));
  return query_json(found.owner, found.query());
}

Result<Json> create_query(FieldContext& context, const Json& arguments) {
  const Json& input = *arguments.find("input");
  CALLISTO_TRY(SmartClass owner, class_of(context, input.text_of("smartClassId")));
  ClassQuery query{.id = system_id_source().next_uuid(), .text = input.text_of("query")};
  if (const Json* description = input.find("description")) query.description = *description;
  owner.queries.push_back(query);
  CALLISTO_TRY([[maybe_unused]] const Json stored, stored_class(context, owner));
  return query_json(owner, query);
}

Result<Json> patch_query(FieldContext& context, const Json& arguments) {
  const Json& input = *arguments.find("input");
  CALLISTO_TRY(Located found, query_of(context, input.text_of("id")));
  const std::string text = input.text_of("query");
  if (!text.empty()) found.query().text = text;
  if (const Json* description = input.find("description")) found.query().description = *description;
  CALLISTO_TRY([[maybe_unused]] const Json stored, stored_class(context, found.owner));
  return query_json(found.owner, found.query());
}

Result<Json> delete_query(FieldContext& context, const Json& arguments) {
  CALLISTO_TRY(Located found, query_of(context, arguments.text_of("id")));
  found.owner.queries.erase(found.owner.queries.begin() + static_cast<std::ptrdiff_t>(found.place));
  CALLISTO_TRY([[maybe_unused]] const Json stored, stored_class(context, found.owner));
  return success();
}

// Nothing has to be done: a query that names a class looks at the graph as it is then.
Result<Json> evaluate(FieldContext& context, const Json& arguments) {
  CALLISTO_TRY(const SmartClass one, class_of(context, arguments.text_of("smartClassId")));
  Json out;
  return out.set("ruleId", one.name);
}

constexpr std::array kFields{
    FieldEntry{"smartClass", smart_class},
    FieldEntry{"smartClasses", smart_classes},
    FieldEntry{"smartClassQuery", smart_class_query},
    FieldEntry{"createSmartClass", create_class, true},
    FieldEntry{"patchSmartClass", patch_class, true},
    FieldEntry{"deleteSmartClass", delete_class, true},
    FieldEntry{"createSmartClassQuery", create_query, true},
    FieldEntry{"patchSmartClassQuery", patch_query, true},
    FieldEntry{"deleteSmartClassQuery", delete_query, true},
    FieldEntry{"evaluateSmartClassRule", evaluate},
};

}  // namespace

std::span<const FieldEntry> smart_class_fields() {
  return kFields;
}

}  // namespace callisto::server
