#include "repl/write_commands.h"

#include <algorithm>
#include <optional>

#include "repl/entity_lookup.h"
#include "repl/listings.h"
#include "repl/object_fields.h"
#include "repl/time_text.h"

namespace callisto::repl {
namespace {

// One word of the command line: NAME=VALUE or NAME:=JSON.
struct Assignment {
  std::string name;
  std::string text;
  bool json = false;
};

std::optional<Assignment> assignment_of(const std::string& word) {
  const std::size_t equals = word.find('=');
  if (equals == std::string::npos || equals == 0) return std::nullopt;
  const bool json = equals > 1 && word[equals - 1] == ':';
  return Assignment{word.substr(0, json ? equals - 1 : equals), word.substr(equals + 1), json};
}

ExitCode refuse(Console& console, std::string message, std::vector<std::string> hints = {}) {
  Error error{.code = ErrorCode::InvalidInput, .message = std::move(message)};
  error.hints = std::move(hints);
  return report(console, error);
}

Value effective_value(Console& console, const std::string& id, const std::string& name) {
  const Result<Explanation> why = console.database.why(id, name);
  return why ? why->effective : Value(Null{});
}

// What an update replaces: the value without overrides.
Value value_below_pins(Console& console, const std::string& id, const std::string& name) {
  const Result<Explanation> why = console.database.why(id, name);
  if (!why) return {};
  for (const LayerValue& layer : why->layers) {
    if (layer.layer != Layer::Override && layer.present) return layer.value;
  }
  return why->effective;
}

// Whether every value of the property, on other entities of the type, is a text.
bool is_text_elsewhere(Console& console, const std::string& id, const std::string& name) {
  const Result<std::string> entity = console.database.view().entity(id);
  if (!entity) return false;
  for (const auto& [field, type] : open_object(*entity).fields) {
    if (field != "_type" || !std::holds_alternative<std::string>(type)) continue;
    for (const PropertySummary& summary :
         console.database.properties(std::get<std::string>(type))) {
      if (summary.name == name) return summary.kinds == "string";
    }
  }
  return false;
}

Result<Value> value_for(Console& console, const std::string& id, const Assignment& assignment) {
  if (assignment.json) {
    CALLISTO_TRY(std::optional<Value> value, json_value(assignment.text));
    if (value) return *value;
    return fail(ErrorCode::InvalidInput,
                "'" + assignment.text +
                    "' is no JSON value: after := stands a number, true, false, "
                    "null, a text in double quotes or a list of those");
  }
  const Value now = value_below_pins(console, id, assignment.name);
  const bool is_text = is_null(now) ? is_text_elsewhere(console, id, assignment.name)
                                    : std::holds_alternative<std::string>(now);
  return is_text ? text_from_text(assignment.text) : typed_value(assignment.text);
}

const char* kind_words(const Value& value) {
  static constexpr const char* kWords[] = {"absent", "a boolean", "a number", "a text", "a list"};
  return kWords[value.index()];
}

const HiddenValue* hidden_in(const WriteReport& report, const std::string& name) {
  const auto found =
      std::find_if(report.hidden.begin(), report.hidden.end(), [&](const HiddenValue& hidden) {
        return hidden.property == name;
      });
  return found == report.hidden.end() ? nullptr : &*found;
}

// "  version  "1.9" → "1.10"", and what of it may surprise.
std::string changed_line(const std::string& name, const Value& before, const Value& after) {
  std::string line =
      "  " + visible(name) + "  " + value_words(before) + " → " + value_words(after) + "\n";
  if (!is_null(before) && !is_null(after) && before.index() != after.index()) {
    line += "  " + visible(name) + " was " + kind_words(before) + " and is " + kind_words(after) +
            " now\n";
  }
  return line;
}

// Digits that a number cannot hold.
std::string rounded_line(const Assignment& assignment, const Value& value) {
  const std::string& text = assignment.text;
  const bool whole = text.find_first_not_of("-0123456789") == std::string::npos;
  if (!whole || !std::holds_alternative<double>(value) || to_json(value) == text) return {};
  return "  " + visible(text) + " is rounded: numbers are exact to 2^53; " +
         visible(assignment.name) + ":='\"" + visible(text) + "\"' keeps the digits as a text\n";
}

std::string hidden_line(const HiddenValue& hidden, const Value& shown) {
  return "  " + visible(hidden.property) + " is hidden: scope " + visible(hidden.scope) + " pins " +
         value_words(shown) + "\n";
}

struct Update {
  std::vector<Assignment> assignments;
  UpdateEntity request;
};

// ExitCode::Ok when the words can be done.
ExitCode read_words(Console& console, const std::vector<std::string>& words, Update& update) {
  for (const std::string& word : words) {
    std::optional<Assignment> assignment = assignment_of(word);
    if (!assignment) {
      say("callisto: update needs NAME=VALUE or NAME:=JSON, not '" + word + "'\n");
      return ExitCode::Usage;
    }
    if (assignment->name.starts_with('_')) {
      return refuse(console,
                    assignment->name + " cannot be updated: what begins with _ is the owner's.",
                    {"A sync of the owner sets it; displayName and all other properties can be "
                     "updated."});
    }
    const bool twice = std::any_of(
        update.assignments.begin(), update.assignments.end(), [&](const Assignment& other) {
          return other.name == assignment->name;
        });
    if (twice) {
      say("callisto: update has two values of " + assignment->name + "\n");
      return ExitCode::Usage;
    }
    update.assignments.push_back(std::move(*assignment));
  }
  return ExitCode::Ok;
}

}  // namespace

ExitCode update_entity(Console& console, const Invocation& invocation) {
  Update update;
  const ExitCode read = read_words(console, invocation.words, update);
  if (read != ExitCode::Ok) return read;
  const Result<std::string> id = find_entity(console, invocation.entity);
  if (!id) return report(console, id.error());
  update.request.id = *id;
  update.request.origin = "command line";
  std::map<std::string, Value> before;
  for (const Assignment& assignment : update.assignments) {
    const Result<Value> value = value_for(console, *id, assignment);
    if (!value) return report(console, value.error());
    before[assignment.name] = effective_value(console, *id, assignment.name);
    update.request.properties[assignment.name] = *value;
  }
  WriteReport done;
  const Result<std::string> updated = console.database.update_entity(update.request, &done);
  if (!updated) return report(console, updated.error());
  std::string text = done.changed.empty()
                         ? "nothing changed: " + *id + " has been updated so already\n"
                         : "updated " + counted(done.changed.size(), "value") + " of " + *id + "\n";
  for (const Assignment& assignment : update.assignments) {
    const std::string& name = assignment.name;
    const Value& value = update.request.properties[name];
    const HiddenValue* const hidden = hidden_in(done, name);
    const bool changed = std::count(done.changed.begin(), done.changed.end(), name) > 0;
    if (hidden != nullptr) {
      text += "  " + visible(name) + " = " + value_words(value) + "\n" +
              hidden_line(*hidden, before[name]);
    } else if (changed) {
      text += changed_line(name, before[name], value);
    }
    text += rounded_line(assignment, value);
  }
  say(text);
  return done.changed.empty() ? ExitCode::Refused : ExitCode::Ok;
}

ExitCode reset_entity(Console& console, const Invocation& invocation) {
  const Result<std::string> id = find_entity(console, invocation.entity);
  if (!id) return report(console, id.error());
  std::map<std::string, Value> before;
  for (const std::string& name : invocation.words)
    before[name] = effective_value(console, *id, name);
  WriteReport done;
  const Result<std::string> reset = console.database.reset_entity(*id, invocation.words, &done);
  if (!reset) return report(console, reset.error());
  std::string text = done.changed.empty() ? "nothing changed: " + *id + " has no update of these\n"
                                          : "took back " + counted(done.changed.size(), "value") +
                                                " of " + *id + "\n";
  for (const std::string& name : done.changed) {
    const HiddenValue* const hidden = hidden_in(done, name);
    text += hidden != nullptr
                ? hidden_line(*hidden, before[name])
                : changed_line(name, before[name], effective_value(console, *id, name));
  }
  for (const std::string& name : done.unchanged)
    text += "  " + visible(name) + ": no update to take back\n";
  say(text);
  return done.changed.empty() ? ExitCode::Refused : ExitCode::Ok;
}

ExitCode delete_entity(Console& console, const Invocation& invocation) {
  const Result<std::string> id = find_entity(console, invocation.entity);
  if (!id) return report(console, id.error());
  if (!invocation.hard && !console.database.view().entity(*id) &&
      console.database.view().entity(*id, true)) {
    return refuse(
        console, "The entity " + *id + " is deleted already.", {"--hard deletes it for good."});
  }
  const Result<std::string> deleted = console.database.delete_entity(*id, invocation.hard);
  if (!deleted) return report(console, deleted.error());
  say(std::string("deleted ") + *id + (invocation.hard ? " for good\n" : "\n"));
  return ExitCode::Ok;
}

}  // namespace callisto::repl
