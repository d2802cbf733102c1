#include "server/graphql/executor.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <unordered_map>
#include <utility>
#include <vector>

#include "server/graphql/validation.h"
#include "server/graphql/variables.h"
#include "server/service/answers.h"

namespace callisto::server::graphql {
namespace {

Json error_json(const Error& error, const Json::Array& path, std::optional<Place> place) {
  Json out;
  out.set("message", error.message);
  if (place) {
    Json at;
    at.set("line", std::uint64_t{place->line});
    at.set("column", std::uint64_t{place->column});
    out.set("locations", Json::Array{std::move(at)});
  }
  if (!path.empty()) out.set("path", path);
  std::string code = wire_code_of(error);
  if (error.code == ErrorCode::InvalidInput && code == name_of(error.code)) code = "BAD_USER_INPUT";
  if (error.code == ErrorCode::ParseError && path.empty()) code = "GRAPHQL_PARSE_FAILED";
  Json extensions;
  extensions.set("code", std::move(code));
  return out.set("extensions", std::move(extensions));
}

Json failed(const Error& error, std::optional<Place> place = std::nullopt) {
  Json out;
  out.set("errors", Json::Array{error_json(error, {}, place)});
  return out.set("data", Json());
}

Error not_served(const std::string& field, const TypeDefinition& type) {
  std::string served;
  for (const FieldDefinition& known : type.fields) {
    served += (served.empty() ? "" : ", ") + known.name;
  }
  return {.code = ErrorCode::InvalidInput,
          .message = "Cannot query field \"" + field.substr(0, 100) + "\" on type \"" + type.name +
                     "\": it is not served here. Served are: " + served + "."};
}

// All selections that give one member of the answer.
struct Member {
  const Selection* field = nullptr;
  std::vector<const SelectionSet*> sets;
};

class Execution {
 public:
  Execution(const Document& document,
            const Schema& schema,
            const Resolvers& resolvers,
            Variables variables)
      : document_(document),
        schema_(schema),
        resolvers_(resolvers),
        variables_(std::move(variables)) {}

  // What is wrong with the operation as a whole; found while it runs, and ends it.
  [[nodiscard]] const std::optional<Error>& problem() const { return problem_; }

  [[nodiscard]] Json::Array& errors() { return errors_; }

  // From now on the answer is made of this root field.
  void begin(const std::string& alias) { path_.assign(1, {.name = &alias}); }

  // The members in order of their first selection (section 6.3.2). Lives as long as this.
  const std::vector<Member>& collect(const std::vector<const SelectionSet*>& sets,
                                     std::string_view type) {
    const auto [known, fresh] = collected_.try_emplace({sets, std::string(type)});
    if (fresh) {
      Collection collection;
      for (const SelectionSet* set : sets) {
        collect(*set, known->first.second, collection);
      }
      known->second = std::move(collection.members);
    }
    return known->second;
  }

  // The arguments of a field, checked against its definition.
  [[nodiscard]] Result<Json> arguments(const Selection& field,
                                       const FieldDefinition& definition) const {
    return variables_.arguments(field, definition, schema_);
  }

  // `value` cut to what is selected of it.
  Json project(const Json& value,
               const std::vector<const SelectionSet*>& sets,
               std::string_view type) {
    if (const Json::Array* items = value.array()) {
      Json out(Json::Array{});
      for (std::size_t i = 0; i < items->size() && !problem_; ++i) {
        path_.push_back({.index = i});
        out.push(project((*items)[i], sets, type));
        path_.pop_back();
      }
      return out;
    }
    const bool selected = std::any_of(
        sets.begin(), sets.end(), [](const SelectionSet* set) { return !set->empty(); });
    if (!value.is_object() || !selected) return value;
    // A member of a union says what it is.
    const std::string own_type = value.text_of("__typename");
    if (!own_type.empty()) type = own_type;
    const TypeDefinition* definition = schema_.type(type);
    Json::Object out;
    for (const Member& member : collect(sets, type)) {
      if (!take_member()) break;
      path_.push_back({.name = &member.field->alias});
      out.add(member.field->alias, answer(value, member, type, definition));
      path_.pop_back();
    }
    return out;
  }

 private:
  // A small document can ask for a large answer: types of fields of types, aliases of each row.
  bool take_member() {
    if (members_left_ == 0) {
      problem_ = {.code = ErrorCode::LimitExceeded,
                  .message = "the answer has more than " + std::to_string(kAnswerMembersMax) +
                             " members: ask for less at once"};
      return false;
    }
    --members_left_;
    return true;
  }

  Json answer(const Json& object,
              const Member& member,
              std::string_view type,
              const TypeDefinition* definition) {
    const std::string& name = member.field->name;
    if (name == "__typename") return type;
    const FieldDefinition* field =
        definition == nullptr ? nullptr : Schema::field(*definition, name);
    const std::string_view inner = field == nullptr ? "JSON" : std::string_view(field->type.name);
    if (const Json* found = member_of(object, type, name)) {
      return project(*found, member.sets, inner);
    }
    if (field == nullptr) {
      if (definition != nullptr) refuse(*member.field, not_served(name, *definition));
      return {};
    }
    Result<std::optional<Json>> made = make(object, member, type, *field);
    if (made) return *made ? project(**made, member.sets, inner) : Json();
    refuse(*member.field, made.error());
    return {};
  }

  // What is made only when it is asked for.
  Result<std::optional<Json>> make(const Json& object,
                                   const Member& member,
                                   std::string_view type,
                                   const FieldDefinition& field) {
    if (!resolvers_.nested || type.starts_with("__")) return std::nullopt;
    CALLISTO_TRY(const Json given, arguments(*member.field, field));
    std::optional<Result<Json>> made = resolvers_.nested(type, field.name, object, given);
    if (!made) return std::nullopt;
    CALLISTO_TRY(Json value, *std::move(made));
    return std::optional<Json>(std::move(value));
  }

  // Told once, however many objects lack it.
  void refuse(const Selection& field, const Error& error) {
    if (!refused_.insert(&field).second) return;
    Json::Array path;
    for (const Step& step : path_) {
      path.push_back(step.name == nullptr ? Json(std::uint64_t{step.index}) : Json(*step.name));
    }
    errors_.push_back(error_json(error, path, field.place));
  }

  const Json* member_of(const Json& value, std::string_view type, const std::string& name) {
    const Json* found = value.find(name);
    if (found != nullptr || type != "__Type") return found;
    // A reference to a type stands for the type.
    const std::string type_name = value.text_of("name");
    const auto [described, fresh] = described_types_.try_emplace(type_name);
    if (fresh) described->second = schema_.introspect_type(type_name);
    return described->second.find(name);
  }

  // @skip and @include.
  bool wanted(const Selection& selection) {
    for (const Directive& directive : selection.directives) {
      if (directive.name != "skip" && directive.name != "include") continue;
      const Result<bool> flag = variables_.condition(directive);
      if (!flag) {
        problem_ = flag.error();
        return false;
      }
      if (*flag != (directive.name == "include")) return false;
    }
    return true;
  }

  struct Step {
    const std::string* name = nullptr;  // Null: an index.
    std::size_t index = 0;
  };

  struct Collection {
    std::vector<Member> members{};
    std::unordered_map<std::string_view, std::size_t> place{};  // By name in the answer.
    std::set<std::string_view> visited{};
  };

  void collect(const SelectionSet& set, std::string_view type, Collection& out) {
    for (const Selection& selection : set) {
      if (!wanted(selection)) continue;
      if (selection.kind == Selection::Kind::Field) {
        add(selection, out);
      } else if (selection.kind == Selection::Kind::Inline) {
        if (schema_.applies(selection.name, type)) {
          collect(selection.selections, type, out);
        }
      } else if (out.visited.insert(selection.name).second) {
        const Fragment* fragment = fragment_named(selection.name);
        if (fragment != nullptr && schema_.applies(fragment->type, type)) {
          collect(fragment->selections, type, out);
        }
      }
    }
  }

  static void add(const Selection& field, Collection& out) {
    const auto [known, fresh] = out.place.try_emplace(field.alias, out.members.size());
    if (fresh) out.members.push_back({&field, {}});
    out.members[known->second].sets.push_back(&field.selections);
  }

  const Fragment* fragment_named(const std::string& name) {
    for (const Fragment& fragment : document_.fragments) {
      if (fragment.name == name) return &fragment;
    }
    problem_ = {.code = ErrorCode::InvalidInput, .message = "Unknown fragment \"" + name + "\"."};
    return nullptr;
  }

  const Document& document_;
  const Schema& schema_;
  const Resolvers& resolvers_;
  Variables variables_;
  std::vector<Step> path_;  // To what is made.
  Json::Array errors_;
  std::set<const Selection*> refused_;
  std::map<std::string, Json> described_types_;
  // The same selections are asked of every object of a list.
  std::map<std::pair<std::vector<const SelectionSet*>, std::string>, std::vector<Member>>
      collected_;
  std::size_t members_left_ = kAnswerMembersMax;
  std::optional<Error> problem_;
};

Result<const Operation*> chosen(const Document& document, std::string_view name) {
  if (document.operations.empty()) {
    return fail(ErrorCode::InvalidInput, "Must provide an operation.");
  }
  if (name.empty()) {
    if (document.operations.size() == 1) return &document.operations[0];
    return fail(ErrorCode::InvalidInput,
                "Must provide operation name if query contains multiple operations.");
  }
  for (const Operation& operation : document.operations) {
    if (operation.name == name) return &operation;
  }
  return fail(ErrorCode::InvalidInput,
              "Unknown operation named \"" + std::string(name.substr(0, 100)) + "\".");
}

Result<Json> resolve_field(Execution& execution,
                           const Member& member,
                           const Schema& schema,
                           const Resolvers& resolvers,
                           std::string_view root,
                           bool introspection) {
  const Selection& field = *member.field;
  if (field.name == "__typename") return Json(root);
  if (!introspection && field.name.starts_with("__")) {
    return fail(ErrorCode::InvalidInput, "introspection is answered on loopback only");
  }
  if (field.name == "__schema") {
    return execution.project(schema.introspect(), member.sets, "__Schema");
  }
  if (field.name == "__type") {
    FieldDefinition definition;
    definition.arguments.emplace_back();
    definition.arguments.back().name = "name";
    definition.arguments.back().type = {.name = "String", .text = "String!", .required = true};
    CALLISTO_TRY(const Json arguments, execution.arguments(field, definition));
    return execution.project(
        schema.introspect_type(arguments.text_of("name")), member.sets, "__Type");
  }
  const FieldDefinition* definition = schema.root_field(field.name);
  if (definition == nullptr) {
    return tl::make_unexpected(not_served(field.name, *schema.type(root)));
  }
  CALLISTO_TRY(const Json arguments, execution.arguments(field, *definition));
  CALLISTO_TRY(const Json value, resolvers.root(field.name, arguments));
  return execution.project(value, member.sets, definition->type.name);
}

// As text, which takes a tenth of what the tree takes. Errors: there is too much of it.
Result<Json> rendered(const Json& value, const Resolvers& resolvers) {
  std::string text = to_text(value);
  if (resolvers.keep) {
    if (Status kept = resolvers.keep(text.size()); !kept) {
      return tl::make_unexpected(std::move(kept).error());
    }
  }
  return Json(Json::Raw{std::move(text)});
}

}  // namespace

Json execute(const OperationRequest& request, const Schema& schema, const Resolvers& resolvers) {
  const Result<Document> document = parse_document(request.text);
  if (!document) {
    const std::optional<SourceSpan>& span = document.error().span;
    return failed(document.error(),
                  span ? std::optional(place_of(request.text, span->begin)) : std::nullopt);
  }
  if (const std::optional<Mistake> mistake = first_mistake(*document, schema)) {
    const bool placed = mistake->place.line != 0;
    return failed(mistake->error, placed ? std::optional(mistake->place) : std::nullopt);
  }
  const Result<const Operation*> operation = chosen(*document, request.name);
  if (!operation) return failed(operation.error());
  if ((*operation)->kind == "subscription") {
    return failed({.code = ErrorCode::InvalidInput, .message = "Subscriptions are not served."});
  }
  Result<Variables> variables = Variables::of(**operation, request.variables);
  if (!variables) return failed(variables.error());
  Execution execution(*document, schema, resolvers, *std::move(variables));
  const std::string_view root = (*operation)->kind == "mutation" ? "Mutation" : "Query";
  const std::vector<Member>& members = execution.collect({&(*operation)->selections}, root);
  if (execution.problem()) return failed(*execution.problem());
  if (members.size() > kRootFieldsMax) {
    return failed({.code = ErrorCode::LimitExceeded,
                   .message = "an operation may ask for at most " + std::to_string(kRootFieldsMax) +
                              " fields"});
  }
  Json data(Json::Object{});
  Json::Array& errors = execution.errors();
  for (const Member& member : members) {
    execution.begin(member.field->alias);
    Result<Json> value =
        resolve_field(execution, member, schema, resolvers, root, request.introspection);
    if (value && execution.problem()) value = tl::make_unexpected(*execution.problem());
    if (value) value = rendered(*value, resolvers);
    if (!value) {
      errors.push_back(error_json(value.error(), {member.field->alias}, member.field->place));
    }
    data.set(member.field->alias, value ? *std::move(value) : Json());
  }
  Json out;
  if (!errors.empty()) out.set("errors", std::move(errors));
  return out.set("data", std::move(data));
}

}  // namespace callisto::server::graphql
