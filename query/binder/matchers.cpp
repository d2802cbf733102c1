// Regular expressions by RE2, IPv4 blocks, full-text tokens.
#include "query/binder/matchers.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <optional>
#include <string>
#include <unordered_set>
#include <vector>

#include <re2/re2.h>

#include "query/binder/bind_error.h"
#include "query/binder/regex_literals.h"

namespace callisto::query {

namespace {

class RegexMatcher final : public StringMatcher {
 public:
  RegexMatcher(const std::string& pattern,
               const re2::RE2::Options& options,
               std::vector<std::string> required)
      : regex_(pattern, options), required_(std::move(required)) {}

  [[nodiscard]] const re2::RE2& regex() const { return regex_; }

  [[nodiscard]] bool matches(std::string_view text) const override {
    return re2::RE2::PartialMatch(re2::StringPiece(text.data(), text.size()), regex_);
  }

  [[nodiscard]] std::span<const std::string> required() const override { return required_; }

 private:
  re2::RE2 regex_;
  std::vector<std::string> required_;
};

std::optional<std::uint32_t> parse_ipv4(std::string_view text) {
  std::uint32_t address = 0;
  const char* at = text.data();
  const char* const end = at + text.size();
  for (int part = 0; part < 4; ++part) {
    if (part > 0) {
      if (at == end || *at != '.') return std::nullopt;
      ++at;
    }
    std::uint32_t octet = 0;
    const auto [next, error] = std::from_chars(at, end, octet);
    if (error != std::errc() || next == at || next - at > 3 || octet > 255) return std::nullopt;
    address = address << 8U | octet;
    at = next;
  }
  return at == end ? std::optional(address) : std::nullopt;
}

class CidrMatcher final : public StringMatcher {
 public:
  CidrMatcher(std::uint32_t network, std::uint32_t mask) : network_(network & mask), mask_(mask) {}

  [[nodiscard]] bool matches(std::string_view text) const override {
    const std::optional<std::uint32_t> address = parse_ipv4(text);
    return address && (*address & mask_) == network_;
  }

 private:
  std::uint32_t network_;
  std::uint32_t mask_;
};

class AnyMatcher final : public StringMatcher {
 public:
  explicit AnyMatcher(std::vector<MatcherPtr> parts) : parts_(std::move(parts)) {}

  [[nodiscard]] bool matches(std::string_view text) const override {
    return std::any_of(parts_.begin(), parts_.end(), [text](const MatcherPtr& part) {
      return part->matches(text);
    });
  }

 private:
  std::vector<MatcherPtr> parts_;
};

tl::unexpected<Error> too_large(std::string message, SourceSpan span) {
  return tl::make_unexpected(
      Error{.code = ErrorCode::LimitExceeded, .message = std::move(message), .span = span});
}

tl::unexpected<Error> refusal(const re2::RE2& regex, SourceSpan span) {
  switch (regex.error_code()) {
    case re2::RE2::ErrorRepeatSize:
      return too_large(
          "The regular expression repeats too often: \"{n}\" goes up to 1000, nested ones "
          "multiplied.",
          span);
    case re2::RE2::ErrorPatternTooLarge:
      return too_large("The regular expression is too large when its repetitions are written out.",
                       span);
    case re2::RE2::ErrorBadPerlOp:
    case re2::RE2::ErrorBadEscape:
    case re2::RE2::ErrorRepeatArgument:
      return bind_error(
          "The regular expression is not valid: " + regex.error() +
              ". Look-around and back-references do not exist; the syntax is that of RE2.",
          span);
    default:
      return bind_error(
          "The regular expression is not valid: " + regex.error() + "; the syntax is that of RE2.",
          span);
  }
}

}  // namespace

Result<MatcherPtr> regex_matcher(const ast::Regex& regex, RegexAnchor anchor, SourceSpan span) {
  if (regex.pattern.size() > kRegexBytesMax) {
    return too_large("The regular expression is longer than 1024 bytes.", span);
  }
  re2::RE2::Options options;
  options.set_log_errors(false);
  options.set_max_mem(std::int64_t{8} << 20);
  options.set_case_sensitive(regex.flags.find('i') == std::string::npos);
  std::string pattern = regex.pattern;
  if (anchor == RegexAnchor::Start) pattern = "^(?:" + pattern + ")";
  if (anchor == RegexAnchor::End) pattern = "(?:" + pattern + ")$";
  std::vector<std::string> required;
  if (options.case_sensitive()) required = required_literals(regex.pattern);
  auto matcher = std::make_shared<RegexMatcher>(pattern, options, std::move(required));
  if (!matcher->regex().ok()) {
    return refusal(matcher->regex(), span);
  }
  return MatcherPtr(std::move(matcher));
}

Result<MatcherPtr> cidr_matcher(std::string_view block, SourceSpan span) {
  const std::size_t slash = block.find('/');
  const std::optional<std::uint32_t> network = parse_ipv4(block.substr(0, slash));
  std::uint32_t bits = 32;
  bool good = network.has_value();
  if (good && slash != std::string_view::npos) {
    const char* const begin = block.data() + slash + 1;
    const char* const end = block.data() + block.size();
    const auto [next, error] = std::from_chars(begin, end, bits);
    good = error == std::errc() && next == end && bits <= 32;
  }
  if (!good) {
    return bind_error(
        "\"" + std::string(block) + "\" is not an IPv4 block; expected the form 10.0.0.0/8.", span);
  }
  const std::uint32_t mask = bits == 0 ? 0 : ~std::uint32_t{0} << (32U - bits);
  return MatcherPtr(std::make_shared<CidrMatcher>(*network, mask));
}

Result<MatcherPtr> block_matcher(const Value& blocks, SourceSpan span) {
  if (const auto* text = std::get_if<std::string>(&blocks)) return cidr_matcher(*text, span);
  const auto* list = std::get_if<List>(&blocks);
  if (list == nullptr) {
    return bind_error(
        "cidr takes a text such as \"10.0.0.0/8\", or a list of them; the variable holds neither.",
        span);
  }
  std::vector<MatcherPtr> parts;
  parts.reserve(list->size());
  for (const Scalar& element : *list) {
    const auto* text = std::get_if<std::string>(&element);
    if (text == nullptr) {
      return bind_error("A list of blocks for cidr holds something that is not a text.", span);
    }
    CALLISTO_TRY(MatcherPtr part, cidr_matcher(*text, span));
    parts.push_back(std::move(part));
  }
  return MatcherPtr(std::make_shared<AnyMatcher>(std::move(parts)));
}

Result<std::vector<MatcherPtr>> search_words(std::string_view text, SourceSpan span) {
  std::vector<MatcherPtr> words;
  std::unordered_set<std::string> forms;
  for (const std::string_view word : blank_free_words(text)) {
    TokenPattern pattern(word);
    if (pattern.empty() || !forms.insert(pattern.form()).second) continue;
    if (pattern.form().size() > kSearchWordBytesMax) {
      return too_large("A word of a full-text search is longer than " +
                           std::to_string(kSearchWordBytesMax) +
                           " bytes: use ~= on a property instead.",
                       span);
    }
    words.push_back(std::make_shared<TokenMatcher>(std::move(pattern)));
    if (words.size() > kSearchWordsMax) {
      return too_large("A full-text search takes at most " + std::to_string(kSearchWordsMax) +
                           " different words: leave out those that say the least.",
                       span);
    }
  }
  if (words.empty()) {
    return bind_error("A full-text search needs at least one letter or digit.", span);
  }
  return words;
}

}  // namespace callisto::query
