#include "server/graphql/validation.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>

#include <fmt/format.h>

namespace callisto::server::graphql {
namespace {

constexpr std::size_t kMergedSelectionsMax = 100'000;

Mistake mistake(Place place, std::string message, ErrorCode code = ErrorCode::InvalidInput) {
  return {.error = {.code = code, .message = std::move(message)}, .place = place};
}

constexpr Place kNowhere{.line = 0, .column = 0};  // Of the document as a whole.

using Found = std::optional<Mistake>;

// The name that stands twice, or "".
template <class Items, class Name>
std::string repeated(const Items& items, const Name& name_of) {
  std::set<std::string> seen;
  for (const auto& item : items) {
    if (!seen.insert(name_of(item)).second) return name_of(item);
  }
  return {};
}

bool same_value(const Input& a, const Input& b);

// Members of an object may stand in any order.
bool same_members(const Input& a, const Input& b) {
  if (a.members.size() != b.members.size()) return false;
  if (a.kind == Input::Kind::List) {
    return std::equal(
        a.members.begin(), a.members.end(), b.members.begin(), [](const auto& x, const auto& y) {
          return same_value(x.second, y.second);
        });
  }
  return std::all_of(a.members.begin(), a.members.end(), [&](const auto& member) {
    return std::any_of(b.members.begin(), b.members.end(), [&](const auto& other) {
      return member.first == other.first && same_value(member.second, other.second);
    });
  });
}

bool same_value(const Input& a, const Input& b) {
  if (a.kind != b.kind || a.name != b.name || a.word != b.word) return false;
  return to_text(a.plain) == to_text(b.plain) && same_members(a, b);
}

bool same_arguments(const Selection& a, const Selection& b) {
  if (a.arguments.size() != b.arguments.size()) return false;
  return std::all_of(a.arguments.begin(), a.arguments.end(), [&](const Argument& argument) {
    return std::any_of(b.arguments.begin(), b.arguments.end(), [&](const Argument& other) {
      return argument.name == other.name && same_value(argument.value, other.value);
    });
  });
}

class Validator {
 public:
  Validator(const Document& document, const Schema& schema)
      : document_(document), schema_(schema) {}

  Found run() {
    if (Found found = check_names()) return found;
    for (const Fragment& fragment : document_.fragments) {
      if (Found found = check_set(fragment.selections, fragment.type)) return found;
    }
    for (const Operation& operation : document_.operations) {
      if (Found found = check_operation(operation)) return found;
    }
    return std::nullopt;
  }

 private:
  Found check_names() {
    const auto& operations = document_.operations;
    for (const Operation& operation : operations) {
      if (operation.name.empty() && operations.size() > 1) {
        return mistake(operation.place, "This anonymous operation must be the only one.");
      }
    }
    std::string twice = repeated(operations, [](const Operation& one) { return one.name; });
    if (!twice.empty()) {
      return mistake(kNowhere, fmt::format("There can be only one operation named \"{}\".", twice));
    }
    for (const Fragment& fragment : document_.fragments) {
      if (!fragments_.emplace(fragment.name, &fragment).second) {
        return mistake(kNowhere,
                       fmt::format("There can be only one fragment named \"{}\".", fragment.name));
      }
    }
    return std::nullopt;
  }

  Found check_operation(const Operation& operation) {
    const auto name_of = [](const VariableDefinition& one) { return one.name; };
    const std::string twice = repeated(operation.variables, name_of);
    if (!twice.empty()) {
      return mistake(operation.place,
                     fmt::format("There can be only one variable named \"${}\".", twice));
    }
    const std::string_view root = operation.kind == "mutation" ? "Mutation" : "Query";
    if (Found found = check_set(operation.selections, root)) return found;
    if (Found found = check_depth(operation.selections, 1)) return found;
    variables_.clear();
    for (const VariableDefinition& variable : operation.variables) {
      variables_.insert(variable.name);
    }
    visited_.clear();
    if (Found found = check_variables(operation.selections)) return found;
    return check_merging({{&operation.selections, root}});
  }

  // Arguments, and selections where they belong; without following fragments.
  Found check_set(const SelectionSet& set, std::string_view type) {
    const TypeDefinition* parent = schema_.type(type);
    for (const Selection& selection : set) {
      if (Found found = check_arguments(selection.arguments, selection.place)) return found;
      for (const Directive& directive : selection.directives) {
        if (Found found = check_arguments(directive.arguments, selection.place)) return found;
      }
      if (selection.kind == Selection::Kind::Spread) {
        if (fragments_.contains(selection.name)) continue;
        return mistake(selection.place,
                       fmt::format("Unknown fragment \"{}\".", selection.name.substr(0, 100)));
      }
      if (selection.kind == Selection::Kind::Inline) {
        const std::string_view inner = selection.name.empty() ? type : selection.name;
        if (Found found = check_set(selection.selections, inner)) return found;
        continue;
      }
      const FieldDefinition* field = definition_of(parent, type, selection.name);
      if (field != nullptr) {
        if (Found found = check_leaf(selection, *field)) return found;
      }
      const std::string_view inner = field == nullptr ? "" : std::string_view(field->type.name);
      if (Found found = check_set(selection.selections, inner)) return found;
    }
    return std::nullopt;
  }

  // Null where the schema does not know the field. Clients mix up the two roots.
  [[nodiscard]] const FieldDefinition* definition_of(const TypeDefinition* parent,
                                                     std::string_view type,
                                                     std::string_view field) const {
    if (type == "Query" || type == "Mutation") return schema_.root_field(field);
    return parent == nullptr ? nullptr : Schema::field(*parent, field);
  }

  [[nodiscard]] Found check_leaf(const Selection& selection, const FieldDefinition& field) const {
    const TypeDefinition* type = schema_.type(field.type.name);
    if (type == nullptr || type->name == "JSON") return std::nullopt;
    const bool composite = type->kind == "type" || type->kind == "union";
    if (composite && selection.selections.empty()) {
      return mistake(selection.place,
                     fmt::format("Field \"{}\" of type \"{}\" must have a selection of subfields.",
                                 selection.name,
                                 field.type.text));
    }
    if (!composite && !selection.selections.empty()) {
      return mistake(selection.place,
                     fmt::format("Field \"{}\" must not have a selection since type \"{}\" has no "
                                 "subfields.",
                                 selection.name,
                                 field.type.text));
    }
    return std::nullopt;
  }

  static Found check_arguments(const std::vector<Argument>& arguments, Place place) {
    const std::string twice = repeated(arguments, [](const Argument& one) { return one.name; });
    if (!twice.empty()) {
      return mistake(place, fmt::format("There can be only one argument named \"{}\".", twice));
    }
    for (const Argument& argument : arguments) {
      if (Found found = check_members(argument.value, place)) return found;
    }
    return std::nullopt;
  }

  static Found check_members(const Input& value, Place place) {
    if (value.kind == Input::Kind::Object) {
      const std::string twice =
          repeated(value.members, [](const auto& member) { return member.first; });
      if (!twice.empty()) {
        return mistake(place,
                       fmt::format("There can be only one input field named \"{}\".", twice));
      }
    }
    for (const auto& [name, member] : value.members) {
      if (Found found = check_members(member, place)) return found;
    }
    return std::nullopt;
  }

  // Through fragments, so that neither answers nor these checks nest without end.
  Found check_depth(const SelectionSet& set, std::size_t depth) {
    for (const Selection& selection : set) {
      const bool spread = selection.kind == Selection::Kind::Spread;
      if (selection.selections.empty() && !spread) continue;
      if (spread && open_.contains(selection.name)) {
        return mistake(selection.place,
                       fmt::format("Cannot spread fragment \"{}\" within itself.", selection.name));
      }
      if (depth >= kSelectionDepthMax) {
        return mistake(selection.place,
                       fmt::format("the document nests more than {} selections, fragments included",
                                   kSelectionDepthMax),
                       ErrorCode::LimitExceeded);
      }
      if (!spread) {
        if (Found found = check_depth(selection.selections, depth + 1)) return found;
        continue;
      }
      // Once for each depth is enough.
      if (!deepest_.insert({selection.name, depth}).second) continue;
      open_.insert(selection.name);
      if (Found found = check_depth(fragments_.at(selection.name)->selections, depth + 1)) {
        return found;
      }
      open_.erase(selection.name);
    }
    return std::nullopt;
  }

  Found check_variables(const SelectionSet& set) {
    for (const Selection& selection : set) {
      if (Found found = check_uses(selection.arguments, selection.place)) return found;
      for (const Directive& directive : selection.directives) {
        if (Found found = check_uses(directive.arguments, selection.place)) return found;
      }
      const SelectionSet* inner = &selection.selections;
      if (selection.kind == Selection::Kind::Spread) {
        if (!visited_.insert(selection.name).second) continue;
        inner = &fragments_.at(selection.name)->selections;
      }
      if (Found found = check_variables(*inner)) return found;
    }
    return std::nullopt;
  }

  [[nodiscard]] Found check_uses(const std::vector<Argument>& arguments, Place place) const {
    for (const Argument& argument : arguments) {
      if (Found found = check_use(argument.value, place)) return found;
    }
    return std::nullopt;
  }

  [[nodiscard]] Found check_use(const Input& value, Place place) const {
    if (value.kind == Input::Kind::Variable && !variables_.contains(value.name)) {
      return mistake(place, fmt::format("Variable \"${}\" is not defined.", value.name));
    }
    for (const auto& [name, member] : value.members) {
      if (Found found = check_use(member, place)) return found;
    }
    return std::nullopt;
  }

  struct TypedSet {
    const SelectionSet* set = nullptr;
    std::string_view type{};
    auto operator<=>(const TypedSet&) const = default;
  };

  struct TypedField {
    const Selection* field = nullptr;
    std::string_view type{};
  };

  using Merged = std::map<std::string_view, std::vector<TypedField>>;

  // Fields that have one name in the answer must be one field (section 5.3.2).
  Found check_merging(const std::vector<TypedSet>& sets) {
    if (!merged_.insert(sets).second) return std::nullopt;
    Merged fields;
    std::set<std::string_view> spread;
    for (const TypedSet& set : sets) {
      if (!collect(*set.set, set.type, fields, spread)) {
        return mistake(kNowhere,
                       "the document merges too many selections: use fewer fragments",
                       ErrorCode::LimitExceeded);
      }
    }
    for (const auto& [name, same] : fields) {
      std::vector<TypedSet> inner;
      for (const TypedField& one : same) {
        if (Found found = check_pair(name, same.front(), one)) return found;
        if (one.field->selections.empty()) continue;
        const FieldDefinition* field =
            definition_of(schema_.type(one.type), one.type, one.field->name);
        inner.push_back(
            {&one.field->selections,
             field == nullptr ? std::string_view() : std::string_view(field->type.name)});
      }
      if (inner.empty()) continue;
      if (Found found = check_merging(inner)) return found;
    }
    return std::nullopt;
  }

  [[nodiscard]] bool is_object(std::string_view name) const {
    const TypeDefinition* type = schema_.type(name);
    return type != nullptr && type->kind == "type";
  }

  // False when there are too many.
  bool collect(const SelectionSet& set,
               std::string_view type,
               Merged& fields,
               std::set<std::string_view>& spread) {
    for (const Selection& selection : set) {
      if (++merged_selections_ > kMergedSelectionsMax) return false;
      if (selection.kind == Selection::Kind::Field) {
        fields[selection.alias].push_back({&selection, type});
      } else if (selection.kind == Selection::Kind::Inline) {
        const std::string_view inner = selection.name.empty() ? type : selection.name;
        if (!collect(selection.selections, inner, fields, spread)) return false;
      } else if (spread.insert(selection.name).second) {
        const Fragment& fragment = *fragments_.at(selection.name);
        if (!collect(fragment.selections, fragment.type, fields, spread)) return false;
      }
    }
    return true;
  }

  // Objects of two types are never the same one, so their fields may differ.
  [[nodiscard]] Found check_pair(std::string_view name,
                                 const TypedField& first,
                                 const TypedField& second) const {
    if (first.field == second.field) return std::nullopt;
    if (first.type != second.type && is_object(first.type) && is_object(second.type)) {
      return std::nullopt;
    }
    const char* what = nullptr;
    if (first.field->name != second.field->name) {
      what = "they are different fields";
    } else if (!same_arguments(*first.field, *second.field)) {
      what = "they have differing arguments";
    } else {
      return std::nullopt;
    }
    return mistake(second.field->place,
                   fmt::format("Fields \"{}\" conflict because {}. Use different aliases on the "
                               "fields to fetch both if this was intentional.",
                               name,
                               what));
  }

  const Document& document_;
  const Schema& schema_;
  std::map<std::string_view, const Fragment*> fragments_;
  std::set<std::string_view> variables_;
  std::set<std::string_view> visited_;
  std::set<std::string_view> open_;
  std::set<std::pair<std::string_view, std::size_t>> deepest_;
  std::set<std::vector<TypedSet>> merged_;
  std::size_t merged_selections_ = 0;
};

}  // namespace

std::optional<Mistake> first_mistake(const Document& document, const Schema& schema) {
  return Validator(document, schema).run();
}

}  // namespace callisto::server::graphql
