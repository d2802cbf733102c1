// Words are cut at whatever is no letter or digit and before a capital letter.
#include "tests/oracle/full_text.h"

#include <algorithm>
#include <set>

namespace callisto::oracle {

namespace {

bool is_capital(char c) {
  return c >= 'A' && c <= 'Z';
}

bool is_of_word(char c) {
  return is_capital(c) || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
         static_cast<unsigned char>(c) >= 0x80;
}

// Lower case.
std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words;
  bool inside = false;
  char before = ' ';
  for (const char c : text) {
    const bool begins = !inside || (is_capital(c) && !is_capital(before));
    inside = is_of_word(c);
    if (inside && begins) words.emplace_back();
    if (inside) words.back() += is_capital(c) ? static_cast<char>(c - 'A' + 'a') : c;
    before = c;
  }
  return words;
}

void add_texts(const Value& value, std::vector<std::string>& texts) {
  if (const auto* text = std::get_if<std::string>(&value)) texts.push_back(*text);
  const auto* list = std::get_if<List>(&value);
  if (list == nullptr) return;
  for (const Scalar& element : *list) {
    std::visit([&](const auto& scalar) { add_texts(Value(scalar), texts); }, element);
  }
}

}  // namespace

bool mentions(const World& world, std::size_t entity, std::string_view text) {
  std::set<std::string> names{"_key", "_type", "_class"};
  for (const auto& [name, value] : world.graph.entities[entity].properties) {
    names.insert(name);
  }
  for (const PlainOverride& pin : world.graph.overrides) {
    names.insert(pin.property);
  }
  std::vector<std::string> texts;
  for (const std::string& name : names) {
    add_texts(property_of(world.graph, {true, entity}, name, world.options.layer), texts);
  }
  std::vector<std::string> stored;
  for (const std::string& one : texts) {
    const std::vector<std::string> words = words_of(one);
    stored.insert(stored.end(), words.begin(), words.end());
  }
  const std::vector<std::string> wanted = words_of(text);
  return std::all_of(wanted.begin(), wanted.end(), [&](const std::string& word) {
    return std::any_of(stored.begin(), stored.end(), [&](const std::string& one) {
      return one.starts_with(word);
    });
  });
}

}  // namespace callisto::oracle
