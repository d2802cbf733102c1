// Completion: the parser says which kinds of names may stand at the cursor, the graph has the
// names.
#include <algorithm>
#include <cctype>
#include <set>

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

  void add(const std::string& word) {
    if (word.starts_with(prefix_) && words_.size() < kWordsMax && seen_.insert(word).second) {
      words_.push_back(word);
    }
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

// A property name as J1QL writes it: in brackets when it is not one or more plain words and dots.
std::string property_word(const std::string& name) {
  const bool starts =
      !name.empty() &&
      (std::isalpha(static_cast<unsigned char>(name.front())) != 0 || name.front() == '_');
  const bool plain =
      starts && std::all_of(name.begin(), name.end(), [](char c) {
        return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '.';
      });
  return plain ? name : "[" + name + "]";
}

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
  for (const VerbSummary& verb : verbs) {
    if (meant(verb)) out.add_any_case(verb.verb);
  }
  // A class says nothing about types: then any verb may be right.
  const bool by_type = std::all_of(targets.begin(), targets.end(), [](const std::string& target) {
    return !target.empty() && std::isupper(static_cast<unsigned char>(target.front())) == 0;
  });
  if (by_type && !targets.empty()) return;
  for (const VerbSummary& verb : verbs)
    out.add_any_case(verb.verb);
}

void add_values(Collector& out, const Database& database, const query::Completion& at) {
  for (const PropertySummary& property : properties_of(database, at.targets)) {
    if (property.name != at.property) continue;
    for (const std::string& json : property.examples) {
      const bool quoted = json.size() >= 2 && json.front() == '"';
      if (at.in_string && !quoted) continue;
      out.add(at.in_string ? json.substr(1, json.size() - 2) : json);
    }
  }
}

void add_names(Collector& out, const Database& database, const query::Completion& at) {
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
      out.add(count.name);
  }
  if (wants(CompletionWant::Type)) {
    for (const NamedCount& count : database.types())
      out.add(count.name);
  }
  if (wants(CompletionWant::Verb)) add_verbs(out, database, at.targets);
  if (wants(CompletionWant::Property)) {
    for (const PropertySummary& property : properties_of(database, at.targets)) {
      out.add(property_word(property.name));
    }
  }
  if (wants(CompletionWant::Value)) add_values(out, database, at);
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
  add_names(out, database, at);
  completions.words = out.take();
  return completions;
}

}  // namespace callisto
