// A text becomes a list of letters, each with what stands before it. Letters beyond ASCII are those
// of the tables here, which hold what the random graphs use.
#include "tests/oracle/full_text.h"

#include <algorithm>
#include <array>
#include <set>

namespace callisto::oracle {

namespace {

// What stands between a letter and the one before it.
enum class Before { Nothing, Capital, Gap };

struct Letter {
  std::string folded;
  Before before = Before::Nothing;
};

struct Foreign {
  std::string_view written;
  std::string_view folded;
  bool capital = false;
};

// Longer ones first where one begins another.
constexpr std::array kForeign = {
    Foreign{"u\u0308", "ü"},
    Foreign{"U\u0308", "ü", true},
    Foreign{"ü", "ü"},
    Foreign{"Ü", "ü", true},
    Foreign{"é", "é"},
    Foreign{"É", "é", true},
    Foreign{"п", "п"},
    Foreign{"П", "п", true},
};

constexpr std::string_view kSharpS = "ß";
constexpr std::array<std::string_view, 5> kGaps = {"“", "”", "’", "–", "\u00a0"};
constexpr std::string_view kNoBreakSpace = "\u00a0";

bool is_capital(char c) {
  return c >= 'A' && c <= 'Z';
}

bool is_of_word(char c) {
  return is_capital(c) || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

// Takes one character off the text.
Foreign take(std::string_view& text) {
  Foreign taken{text.substr(0, 1), {}, false};
  const auto begins = [&](std::string_view written) { return text.starts_with(written); };
  const auto* const known = std::find_if(
      kForeign.begin(), kForeign.end(), [&](const Foreign& one) { return begins(one.written); });
  const auto* const gap = std::find_if(kGaps.begin(), kGaps.end(), begins);
  if (known != kForeign.end()) {
    taken = *known;
  } else if (begins(kSharpS)) {
    taken = {kSharpS, "ss", false};
  } else if (gap != kGaps.end()) {
    taken.written = *gap;
  } else if (is_of_word(text.front())) {
    taken = {text.substr(0, 1), text.substr(0, 1), is_capital(text.front())};
  }
  text.remove_prefix(taken.written.size());
  return taken;
}

std::vector<Letter> letters_of(std::string_view text) {
  std::vector<Letter> letters;
  bool gap = true;
  bool capital = false;
  while (!text.empty()) {
    const Foreign next = take(text);
    gap = gap || next.folded.empty();
    if (next.folded.empty()) continue;
    Before before = Before::Nothing;
    if (next.capital && !capital) before = Before::Capital;
    if (gap) before = Before::Gap;
    std::string folded(next.folded);
    if (folded.size() == 1 && is_capital(folded[0])) {
      folded[0] = static_cast<char>(folded[0] - 'A' + 'a');
    }
    if (folded == "ss") {
      letters.push_back({"s", before});
      letters.push_back({"s"});
    } else {
      letters.push_back({folded, before});
    }
    gap = false;
    capital = next.capital;
  }
  return letters;
}

bool stands_at(const std::vector<Letter>& text, std::size_t at, const std::vector<Letter>& word) {
  if (text[at].before == Before::Nothing || at + word.size() > text.size()) return false;
  for (std::size_t i = 0; i < word.size(); ++i) {
    const Letter& stored = text[at + i];
    if (stored.folded != word[i].folded) return false;
    if (i == 0) continue;
    if (word[i].before == Before::Gap && stored.before == Before::Nothing) return false;
    if (word[i].before == Before::Nothing && stored.before == Before::Gap) return false;
  }
  return true;
}

bool stands_in(const std::vector<Letter>& text, const std::vector<Letter>& word) {
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (stands_at(text, at, word)) return true;
  }
  return false;
}

std::vector<std::vector<Letter>> words_of(std::string_view search) {
  std::vector<std::vector<Letter>> words;
  std::string word;
  const auto close = [&] {
    if (!letters_of(word).empty()) words.push_back(letters_of(word));
    word.clear();
  };
  while (!search.empty()) {
    const bool no_break = search.starts_with(kNoBreakSpace);
    if (no_break || search.front() == ' ') {
      close();
      search.remove_prefix(no_break ? kNoBreakSpace.size() : 1);
      continue;
    }
    word += search.front();
    search.remove_prefix(1);
  }
  close();
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
  const auto words = words_of(text);
  return std::all_of(words.begin(), words.end(), [&](const std::vector<Letter>& word) {
    return std::any_of(texts.begin(), texts.end(), [&](const std::string& one) {
      return stands_in(letters_of(one), word);
    });
  });
}

}  // namespace callisto::oracle
