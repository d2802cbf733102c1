// Completion: the parser says which kinds of names may stand at the cursor, the graph has the
// names.
#include <algorithm>
#include <cctype>
#include <optional>
#include <set>

#include "query/ast/names.h"
#include "query/parser/completion.h"
#include <callisto/database.h>
#include <callisto/editing.h>

namespace callisto {
namespace {

using query::CompletionWant;

constexpr std::size_t kWordsMax = 500;

class Collector {
 public:
  explicit Collector(std::string_view prefix) : prefix_(prefix) {}

  void add(const std::string& word) { add(word, word); }

  // A name, and how a query writes it.
  void add(std::string_view name, const std::string& word) {
    const bool starts = name.starts_with(prefix_) || word.starts_with(prefix_);
    if (starts && words_.size() < kWordsMax && seen_.insert(word).second) words_.push_back(word);
  }

  // Verbs and functions: letters of either case were typed.
  void add_any_case(const std::string& word) {
    const bool starts =
        word.size() >= prefix_.size() &&
        std::equal(prefix_.begin(), prefix_.end(), word.begin(), [](char a, char b) {
          return std::tolower(static_cast<unsigned char>(a)) ==
                 std::tolower(static_cast<unsigned char>(b));
        });
    if (starts && words_.size() < kWordsMax && seen_.insert(word).second) words_.push_back(word);
  }

  [[nodiscard]] std::vector<std::string> take() { return std::move(words_); }

 private:
  std::string_view prefix_;
  std::set<std::string> seen_;
  std::vector<std::string> words_;
};

// Properties of all that may be meant; of the whole graph when that can be anything.
std::vector<PropertySummary> properties_of(const Database& database,
                                           const std::vector<std::string>& targets) {
  if (targets.empty()) return database.properties("");
  std::vector<PropertySummary> all;
  for (const std::string& target : targets) {
    std::vector<PropertySummary> some = database.properties(target);
    all.insert(
        all.end(), std::make_move_iterator(some.begin()), std::make_move_iterator(some.end()));
  }
  return all;
}

void add_verbs(Collector& out, const Database& database, const std::vector<std::string>& targets) {
  const std::vector<VerbSummary> verbs = database.verbs();
  const auto meant = [&targets](const VerbSummary& verb) {
    return std::any_of(targets.begin(), targets.end(), [&verb](const std::string& target) {
      return target == verb.from_type || target == verb.to_type;
    });
  };
  const auto add = [&out](const std::string& verb) {
    if (query::is_verb_word(verb)) out.add_any_case(verb);
  };
  for (const VerbSummary& verb : verbs) {
    if (meant(verb)) add(verb.verb);
  }
  // A class says nothing about types: then any verb may be right.
  const bool by_type = std::all_of(targets.begin(), targets.end(), [](const std::string& target) {
    return !target.empty() && std::isupper(static_cast<unsigned char>(target.front())) == 0;
  });
  if (by_type && !targets.empty()) return;
  for (const VerbSummary& verb : verbs)
    add(verb.verb);
}

// Where a list holds the target, only words may stand.
void add_target(Collector& out, const std::string& name, bool is_class, bool in_list) {
  if (!in_list || query::is_target_word(name, is_class)) {
    out.add(name, query::target_text(name, is_class));
  }
}

void add_property(Collector& out, const std::string& name, bool in_bracket) {
  const std::optional<std::string> word = query::property_text(name);
  if (!word) return;
  if (in_bracket) {
    out.add(name + "]");
  } else {
    out.add(name, *word);
  }
}

// What stands between the quotes of a JSON string, as J1QL takes it between quotes of that kind;
// nothing for an escape that J1QL does not have.
std::optional<std::string> between_quotes(std::string_view json, char quote) {
  std::string text;
  for (std::size_t i = 0; i < json.size(); ++i) {
    if (json[i] == '\\') {
      const char escaped = i + 1 < json.size() ? json[i + 1] : '\0';
      if (std::string_view("\\\"nt").find(escaped) == std::string_view::npos) return std::nullopt;
      text += json[i++];
    } else if (json[i] == quote) {
      text += '\\';
    }
    text += json[i];
  }
  return text;
}

// `quote`: the one that is open.
void add_values(Collector& out, const Database& database, const query::Completion& at, char quote) {
  for (const PropertySummary& property : properties_of(database, at.targets)) {
    if (property.name != at.property) continue;
    for (const std::string& json : property.examples) {
      const bool quoted = json.size() >= 2 && json.front() == '"';
      if (at.in_string && !quoted) continue;
      if (!quoted) {
        out.add(json);
        continue;
      }
      const auto text = between_quotes(std::string_view(json).substr(1, json.size() - 2), quote);
      if (text) out.add(at.in_string ? *text : "\"" + *text + "\"");
    }
  }
}

// `before`: the character before what is completed.
void add_names(Collector& out, const Database& database, const query::Completion& at, char before) {
  const auto wants = [&at](CompletionWant want) { return at.wants.count(want) > 0; };
  if (wants(CompletionWant::Selector)) {
    for (const std::string& name : at.selectors)
      out.add(name);
  }
  if (wants(CompletionWant::Column)) {
    for (const std::string& name : at.columns)
      out.add(name);
  }
  if (wants(CompletionWant::Class)) {
    for (const NamedCount& count : database.classes())
      add_target(out, count.name, true, at.in_list);
  }
  if (wants(CompletionWant::Type)) {
    for (const NamedCount& count : database.types())
      add_target(out, count.name, false, at.in_list);
  }
  if (wants(CompletionWant::Verb)) add_verbs(out, database, at.targets);
  if (wants(CompletionWant::Property)) {
    for (const PropertySummary& property : properties_of(database, at.targets)) {
      add_property(out, property.name, before == '[');
    }
  }
  if (wants(CompletionWant::Value)) add_values(out, database, at, at.in_string ? before : '"');
  if (wants(CompletionWant::Function)) {
    for (const std::string_view name : query::kFunctionNames)
      out.add_any_case(std::string(name) + "(");
  }
}

}  // namespace

QueryCompletions complete_query(const Database& database,
                                std::string_view text,
                                std::size_t offset) {
  offset = std::min(offset, text.size());
  const query::Completion at = query::complete(text, offset);
  QueryCompletions completions;
  completions.begin = std::min<std::size_t>(at.prefix.begin, offset);
  Collector out(text.substr(completions.begin, offset - completions.begin));
  for (const std::string& keyword : at.keywords)
    out.add_any_case(keyword);
  const char before = completions.begin == 0 ? ' ' : text[completions.begin - 1];
  add_names(out, database, at, before);
  completions.words = out.take();
  return completions;
}

}  // namespace callisto
