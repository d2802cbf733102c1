// A careful reading of the pattern's top level; RE2 itself decides what matches.
#include "query/binder/regex_literals.h"

#include <algorithm>
#include <cstddef>
#include <optional>

namespace callisto::query {

namespace {

constexpr std::size_t kLiteralBytesMin = 2;
constexpr std::size_t kLiteralsMax = 4;

bool is_plain(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte >= 0x20 && byte < 0x7F;
}

bool is_letter_or_digit(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

class Reader {
 public:
  explicit Reader(std::string_view pattern) : pattern_(pattern) {}

  // nullopt: the pattern has something that is not understood.
  std::optional<std::vector<std::string>> read() {
    while (at_ < pattern_.size()) {
      if (!step()) return std::nullopt;
    }
    end_run();
    return std::move(runs_);
  }

 private:
  bool step() {
    const char c = pattern_[at_];
    switch (c) {
      case '|':
        return false;
      case '\\':
        return escape();
      case '[':
        end_run();
        return skip_class();
      case '(':
        end_run();
        return skip_group();
      case ')':
        return false;
      case '*':
      case '?':
      case '{':
        if (!run_.empty()) run_.pop_back();  // It may occur no time at all.
        return skip_quantifier();
      case '+':
        return skip_quantifier();
      case '.':
      case '^':
      case '$':
        end_run();
        ++at_;
        return true;
      default:
        break;
    }
    if (!is_plain(c)) return false;
    run_ += c;
    ++at_;
    return true;
  }

  bool escape() {
    if (at_ + 1 == pattern_.size()) return false;
    const char escaped = pattern_[at_ + 1];
    if (!is_plain(escaped)) return false;
    at_ += 2;
    if (!is_letter_or_digit(escaped)) {
      run_ += escaped;
      return true;
    }
    end_run();
    // Classes and positions; not \Q..\E, \x, \p and the like, which take what follows.
    return std::string_view("dDwWsSbBAz").find(escaped) != std::string_view::npos;
  }

  bool skip_class() {
    ++at_;
    if (at_ < pattern_.size() && pattern_[at_] == '^') ++at_;
    if (at_ < pattern_.size() && pattern_[at_] == ']') ++at_;
    for (; at_ < pattern_.size(); ++at_) {
      if (pattern_[at_] == '[') return false;  // [:alpha:]
      if (pattern_[at_] == '\\') {
        ++at_;
        continue;
      }
      if (pattern_[at_] != ']') continue;
      ++at_;
      return true;
    }
    return false;
  }

  bool skip_group() {
    int depth = 0;
    while (at_ < pattern_.size()) {
      const char c = pattern_[at_];
      if (c == '[') {
        if (!skip_class()) return false;
        continue;
      }
      if (c == '\\') {
        const bool quotes = at_ + 1 < pattern_.size() && pattern_[at_ + 1] == 'Q';
        if (quotes) return false;
        at_ += 2;
        continue;
      }
      ++at_;
      if (c == '(') {
        ++depth;
        const std::string_view rest = pattern_.substr(at_);
        if (rest.starts_with("?") && !rest.starts_with("?:")) return false;  // Flags, names.
      }
      if (c == ')' && --depth == 0) return true;
    }
    return false;
  }

  // The run so far ends here: what follows need not stand next to it.
  bool skip_quantifier() {
    end_run();
    if (pattern_[at_] == '{') {
      const std::size_t close = pattern_.find('}', at_);
      if (close == std::string_view::npos) return false;
      at_ = close;
    }
    ++at_;
    if (at_ < pattern_.size() && pattern_[at_] == '?') ++at_;  // Not greedy.
    return true;
  }

  void end_run() {
    if (run_.size() >= kLiteralBytesMin) runs_.push_back(run_);
    run_.clear();
  }

  std::string_view pattern_;
  std::size_t at_ = 0;
  std::string run_;
  std::vector<std::string> runs_;
};

}  // namespace

std::vector<std::string> required_literals(std::string_view pattern) {
  std::vector<std::string> literals = Reader(pattern).read().value_or(std::vector<std::string>{});
  while (literals.size() > kLiteralsMax) {
    literals.erase(
        std::min_element(literals.begin(), literals.end(), [](const auto& a, const auto& b) {
          return a.size() < b.size();
        }));
  }
  return literals;
}

}  // namespace callisto::query
