// The lexical grammar (September 2025, section 2.1) in PEGTL.
#include "server/graphql/lexer.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include <fmt/format.h>
#include <tao/pegtl.hpp>
#include <tao/pegtl/contrib/unescape.hpp>

namespace callisto::server::graphql {
namespace {

namespace pegtl = tao::pegtl;

// NOLINTBEGIN(readability-identifier-naming): rules are types named like words.
namespace rule {
struct ignored : pegtl::sor<pegtl::one<' ', '\t', '\n', '\r', ','>,
                            pegtl::string<'\xEF', '\xBB', '\xBF'>,
                            pegtl::seq<pegtl::one<'#'>, pegtl::star<pegtl::not_one<'\n', '\r'>>>> {
};

struct punctuator
    : pegtl::sor<pegtl::string<'.', '.', '.'>,
                 pegtl::one<'!', '$', '&', '(', ')', ':', '=', '@', '[', ']', '{', '|', '}'>> {};

struct name : pegtl::identifier {};

struct whole
    : pegtl::sor<pegtl::one<'0'>, pegtl::seq<pegtl::range<'1', '9'>, pegtl::star<pegtl::digit>>> {};

struct fraction : pegtl::seq<pegtl::one<'.'>, pegtl::plus<pegtl::digit>> {};

struct exponent : pegtl::seq<pegtl::one<'e', 'E'>,
                             pegtl::opt<pegtl::one<'+', '-'>>,
                             pegtl::plus<pegtl::digit>> {};

struct number : pegtl::seq<pegtl::opt<pegtl::one<'-'>>,
                           whole,
                           pegtl::opt<fraction>,
                           pegtl::opt<exponent>,
                           pegtl::not_at<pegtl::sor<pegtl::identifier_other, pegtl::one<'.'>>>> {};

struct escaped_char : pegtl::one<'"', '\\', '/', 'b', 'f', 'n', 'r', 't'> {};

struct escaped_unicode
    : pegtl::list<pegtl::seq<pegtl::one<'u'>, pegtl::rep<4, pegtl::xdigit>>, pegtl::one<'\\'>> {};

struct code_point : pegtl::plus<pegtl::xdigit> {};

struct escaped_code_point : pegtl::seq<pegtl::string<'u', '{'>, code_point, pegtl::one<'}'>> {};

struct escaped : pegtl::sor<escaped_char, escaped_code_point, escaped_unicode> {};

struct plain_char : pegtl::utf8::not_one<'"', '\\', '\n', '\r'> {};

struct string_char : pegtl::if_then_else<pegtl::one<'\\'>, escaped, plain_char> {};

struct open_quote : pegtl::one<'"'> {};

struct three_quotes : pegtl::string<'"', '"', '"'> {};

struct quoted
    : pegtl::
          seq<pegtl::not_at<three_quotes>, open_quote, pegtl::star<string_char>, pegtl::one<'"'>> {
};

struct open_block : pegtl::string<'"', '"', '"'> {};

struct block_quote : pegtl::string<'\\', '"', '"', '"'> {};

struct block_char : pegtl::utf8::any {};

struct block
    : pegtl::seq<open_block, pegtl::until<three_quotes, pegtl::sor<block_quote, block_char>>> {};

struct token : pegtl::sor<punctuator, name, number, block, quoted> {};

struct text : pegtl::seq<pegtl::star<ignored>, pegtl::star<token, pegtl::star<ignored>>> {};
}  // namespace rule

// NOLINTEND(readability-identifier-naming)

struct State {
  std::vector<Lexeme> lexemes{};
  std::string string{};  // Of the string that is read.
};

constexpr std::pair<std::string_view, char> kWords[] = {{"on", kind::kOn},
                                                        {"fragment", kind::kFragment},
                                                        {"query", kind::kOperation},
                                                        {"mutation", kind::kOperation},
                                                        {"subscription", kind::kOperation},
                                                        {"true", kind::kBoolean},
                                                        {"false", kind::kBoolean},
                                                        {"null", kind::kNull},
                                                        {"type", kind::kType},
                                                        {"enum", kind::kEnum},
                                                        {"input", kind::kInput},
                                                        {"scalar", kind::kScalar},
                                                        {"union", kind::kUnion}};

char kind_of_name(std::string_view text) {
  for (const auto& [word, kind] : kWords) {
    if (word == text) return kind;
  }
  return kind::kName;
}

template <class Matched>
void keep(const Matched& in, char kind, std::string&& text, State& state) {
  const auto at = in.position();
  state.lexemes.push_back({.kind = kind,
                           .text = std::move(text),
                           .begin = at.byte,
                           .end = at.byte + in.size(),
                           .place = {at.line, at.column}});
}

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (true) {
    const std::size_t end = text.find_first_of("\r\n");
    lines.push_back(text.substr(0, end));
    if (end == std::string_view::npos) return lines;
    text.remove_prefix(end + (text.substr(end, 2) == "\r\n" ? 2 : 1));
  }
}

// Without the indentation that all lines but the first share, and without blank lines around.
// Source: BlockStringValue(), section 2.9.4.
std::string block_value(std::string_view raw) {
  std::vector<std::string_view> lines = lines_of(raw);
  const auto indent = [](std::string_view line) { return line.find_first_not_of(" \t"); };
  std::size_t common = std::string_view::npos;
  for (std::size_t i = 1; i < lines.size(); ++i) {
    common = std::min(common, indent(lines[i]));
  }
  for (std::size_t i = 1; i < lines.size(); ++i) {
    if (common != std::string_view::npos) lines[i].remove_prefix(std::min(common, lines[i].size()));
  }
  const auto blank = [&](std::string_view line) { return indent(line) == std::string_view::npos; };
  const auto first = std::find_if_not(lines.begin(), lines.end(), blank);
  auto last = lines.end();
  while (last != first && blank(*std::prev(last))) {
    --last;
  }
  std::string out;
  for (auto line = first; line != last; ++line) {
    if (line != first) out += '\n';
    out += *line;
  }
  return out;
}

template <class Rule>
struct Action : pegtl::nothing<Rule> {};

template <>
struct Action<rule::punctuator> {
  template <class Matched>
  static void apply(const Matched& in, State& state) {
    keep(in, *in.begin(), in.string(), state);
  }
};

template <>
struct Action<rule::name> {
  template <class Matched>
  static void apply(const Matched& in, State& state) {
    keep(in, kind_of_name(in.string_view()), in.string(), state);
  }
};

template <>
struct Action<rule::number> {
  template <class Matched>
  static void apply(const Matched& in, State& state) {
    keep(in, kind::kNumber, in.string(), state);
  }
};

// A token that was begun in vain leaves nothing behind.
template <>
struct Action<rule::open_quote> {
  static void apply0(State& state) { state.string.clear(); }
};

template <>
struct Action<rule::open_block> : Action<rule::open_quote> {};

template <>
struct Action<rule::plain_char> {
  template <class Matched>
  static void apply(const Matched& in, State& state) {
    state.string.append(in.begin(), in.end());
  }
};

template <>
struct Action<rule::block_char> {
  template <class Matched>
  static void apply(const Matched& in, State& state) {
    state.string.append(in.begin(), in.end());
  }
};

template <>
struct Action<rule::block_quote> {
  static void apply0(State& state) { state.string += "\"\"\""; }
};

template <>
struct Action<rule::escaped_char> {
  template <class Matched>
  static void apply(const Matched& in, State& state) {
    static constexpr std::string_view kFrom = "bfnrt";
    static constexpr std::string_view kTo = "\b\f\n\r\t";
    const char c = *in.begin();
    const std::size_t at = kFrom.find(c);
    state.string += at == std::string_view::npos ? c : kTo[at];
  }
};

template <>
struct Action<rule::escaped_unicode> {
  template <class Matched>
  static bool apply(const Matched& in, State& state) {
    return pegtl::unescape::unescape_j::apply(in, state.string);
  }
};

template <>
struct Action<rule::code_point> {
  template <class Matched>
  static bool apply(const Matched& in, State& state) {
    static constexpr std::size_t kDigitsMax = 8;
    const std::string_view digits = in.string_view();
    if (digits.size() > kDigitsMax) return false;
    return pegtl::unescape::utf8_append_utf32(
        state.string, static_cast<unsigned>(std::stoul(std::string(digits), nullptr, 16)));
  }
};

template <>
struct Action<rule::quoted> {
  template <class Matched>
  static void apply(const Matched& in, State& state) {
    keep(in, kind::kString, std::move(state.string), state);
    state.string.clear();
  }
};

template <>
struct Action<rule::block> {
  template <class Matched>
  static void apply(const Matched& in, State& state) {
    keep(in, kind::kString, block_value(state.string), state);
    state.string.clear();
  }
};

}  // namespace

Result<std::vector<Lexeme>> lex(std::string_view text) {
  pegtl::memory_input input(text.data(), text.size(), "");
  State state;
  try {
    pegtl::parse<rule::text, Action>(input, state);
  } catch (const pegtl::parse_error& error) {
    return tl::make_unexpected(syntax_error(
        ErrorCode::ParseError, text, error.positions().front().byte, "Invalid Unicode escape"));
  }
  if (!input.empty()) {
    const char* const what =
        *input.current() == '"' ? "Unterminated or invalid string" : "Unexpected character";
    return tl::make_unexpected(
        syntax_error(ErrorCode::ParseError, text, input.position().byte, what));
  }
  if (state.lexemes.size() > kTokensMax) {
    return tl::make_unexpected(
        syntax_error(ErrorCode::LimitExceeded,
                     text,
                     state.lexemes[kTokensMax].begin,
                     fmt::format("more than {} tokens in the document", kTokensMax)));
  }
  return std::move(state.lexemes);
}

}  // namespace callisto::server::graphql
