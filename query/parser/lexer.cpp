// The lexical grammar. The only place that looks at single characters of a query.
#include "query/parser/lexer.h"

#include <algorithm>
#include <array>
#include <cctype>

#include <tao/pegtl.hpp>

namespace callisto::query {
namespace {

namespace pegtl = tao::pegtl;

struct Keyword {
  std::string_view text;  // Upper case.
  Kind kind;
};

constexpr std::array kKeywords = {
    Keyword{"AND", Kind::And},         Keyword{"AS", Kind::As},
    Keyword{"ASC", Kind::Asc},         Keyword{"BY", Kind::By},
    Keyword{"CIDR", Kind::Cidr},       Keyword{"DESC", Kind::Desc},
    Keyword{"FALSE", Kind::False},     Keyword{"FIND", Kind::Find},
    Keyword{"HAVING", Kind::Having},   Keyword{"LIMIT", Kind::Limit},
    Keyword{"NULL", Kind::Undefined},  Keyword{"OR", Kind::Or},
    Keyword{"ORDER", Kind::Order},     Keyword{"RELATES", Kind::Relates},
    Keyword{"RETURN", Kind::Return},   Keyword{"SKIP", Kind::Skip},
    Keyword{"SOMEHOW", Kind::Somehow}, Keyword{"THAT", Kind::That},
    Keyword{"TO", Kind::To},           Keyword{"TREE", Kind::Tree},
    Keyword{"TRUE", Kind::True},       Keyword{"UNDEFINED", Kind::Undefined},
    Keyword{"UNIQUE", Kind::Unique},   Keyword{"WHERE", Kind::Where},
    Keyword{"WITH", Kind::With},
};

constexpr std::size_t kKeywordBytesMax = 9;

Kind kind_of_word(std::string_view word) {
  if (word.size() < 2 || word.size() > kKeywordBytesMax) return Kind::Word;
  std::array<char, kKeywordBytesMax> upper{};
  std::transform(word.begin(), word.end(), upper.begin(), [](char c) {
    return static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  });
  const std::string_view wanted(upper.data(), word.size());
  const auto* found = std::lower_bound(
      kKeywords.begin(),
      kKeywords.end(),
      wanted,
      [](const Keyword& keyword, std::string_view text) { return keyword.text < text; });
  return found != kKeywords.end() && found->text == wanted ? found->kind : Kind::Word;
}

struct Lexing {
  const char* base;
  TokenList& out;

  void push(Kind kind, const char* begin, const char* end, Flaw flaw = Flaw::None) {
    out.tokens.push_back({.kind = kind,
                          .flaw = flaw,
                          .begin = static_cast<std::uint32_t>(begin - base),
                          .end = static_cast<std::uint32_t>(end - base)});
    out.kinds.push_back(static_cast<char>(kind));
  }

  // A value may stand here: `/` opens a regular expression, `date` is no ordinary word.
  [[nodiscard]] bool expects_operand() const {
    if (out.tokens.empty()) return false;
    const Kind last = out.tokens.back().kind;
    const bool named =  // `u.with / 2`
        out.tokens.size() > 1 && out.tokens[out.tokens.size() - 2].kind == Kind::Dot;
    return last == Kind::Compare || last == Kind::LeftParen || last == Kind::And ||
           last == Kind::Or ||
           (!named && (last == Kind::With || last == Kind::Where || last == Kind::Having));
  }
};

// PEGTL rules are types named like the words of the grammar.
// NOLINTBEGIN(readability-identifier-naming)
namespace lexical {
// clang-format off
struct operand_position {
  using rule_t = operand_position;
  using subs_t = pegtl::type_list<>;

  template <pegtl::apply_mode A, pegtl::rewind_mode M, template <class...> class Action, template <class...> class Control, class Input>
  static bool match(Input& /*in*/, const Lexing& lexing) { return lexing.expects_operand(); }
};

// No-break and other typographic blanks come with text copied from web pages.
struct odd_blank : pegtl::utf8::one<0xA0, 0x2002, 0x2003, 0x2007, 0x2009, 0x202F, 0x3000, 0xFEFF> {};
struct blanks : pegtl::plus<pegtl::space> {};

struct comment : pegtl::seq<pegtl::string<'/', '*'>, pegtl::until<pegtl::string<'*', '/'>>> {};
struct open_comment : pegtl::seq<pegtl::string<'/', '*'>, pegtl::star<pegtl::any>> {};
struct line_comment : pegtl::seq<pegtl::string<'/', '/'>, pegtl::star<pegtl::not_one<'\n'>>> {};

struct word : pegtl::identifier {};
struct optional_blanks : pegtl::opt<blanks> {};
struct date_now : pegtl::seq<TAO_PEGTL_ISTRING("date"), optional_blanks, pegtl::one<'.'>,
                             optional_blanks, TAO_PEGTL_ISTRING("now"),
                             pegtl::not_at<pegtl::sor<pegtl::identifier_other, pegtl::one<'.'>>>> {};
struct date_open : pegtl::seq<TAO_PEGTL_ISTRING("date"), optional_blanks, pegtl::one<'('>> {};
struct date_literal : pegtl::seq<date_open, pegtl::star<pegtl::not_one<')', '\n'>>, pegtl::one<')'>> {};
struct open_date : pegtl::seq<date_open, pegtl::star<pegtl::not_one<'\n'>>> {};

struct digits : pegtl::plus<pegtl::digit> {};
struct integer : digits {};
struct fraction : pegtl::seq<pegtl::one<'.'>, digits> {};
// `1e5year` is no number: the word goes on.
struct exponent : pegtl::seq<pegtl::one<'e', 'E'>, pegtl::opt<pegtl::one<'+', '-'>>, digits,
                             pegtl::not_at<pegtl::identifier_other>> {};
struct decimal : pegtl::seq<digits, pegtl::sor<pegtl::seq<fraction, pegtl::opt<exponent>>, exponent>> {};

template <char Quote>
struct quoted : pegtl::seq<pegtl::one<Quote>,
                           pegtl::until<pegtl::one<Quote>,
                                        pegtl::sor<pegtl::seq<pegtl::one<'\\'>, pegtl::any>, pegtl::any>>> {};
struct string : pegtl::sor<quoted<'\''>, quoted<'"'>> {};
struct utf8_text : pegtl::seq<pegtl::star<pegtl::utf8::any>, pegtl::eof> {};

// What is opened and never closed takes the rest of the text or line with it: it is one mistake, and
// trying again after each opening character would cost the square of the length.
struct rest_of_line : pegtl::star<pegtl::not_one<'\n'>> {};
struct open_string : pegtl::seq<pegtl::one<'\'', '"'>, pegtl::star<pegtl::any>> {};

struct bracket : pegtl::seq<pegtl::one<'['>, pegtl::plus<pegtl::seq<pegtl::not_at<pegtl::one<']', '\n'>>, pegtl::utf8::any>>,
                            pegtl::one<']'>> {};
struct empty_bracket : pegtl::string<'[', ']'> {};
struct open_bracket : pegtl::seq<pegtl::one<'['>, rest_of_line> {};

struct regex_escape : pegtl::seq<pegtl::one<'\\'>, pegtl::not_at<pegtl::one<'\n'>>, pegtl::utf8::any> {};
template <char... Ends>
struct regex_character : pegtl::sor<regex_escape, pegtl::seq<pegtl::not_at<pegtl::one<'\n', Ends...>>, pegtl::utf8::any>> {};
struct regex_set : pegtl::seq<pegtl::one<'['>, pegtl::star<regex_character<']'>>, pegtl::one<']'>> {};
struct regex_flags : pegtl::star<pegtl::identifier_other> {};
struct regex : pegtl::seq<pegtl::one<'/'>, pegtl::plus<pegtl::sor<regex_set, regex_character<'/', '['>>>, pegtl::one<'/'>, regex_flags> {};
struct open_regex : pegtl::seq<pegtl::one<'/'>, rest_of_line> {};

struct parameter_name : pegtl::seq<pegtl::identifier_first, pegtl::star<pegtl::sor<pegtl::identifier_other, pegtl::one<'.', '-'>>>> {};
struct parameter : pegtl::seq<pegtl::string<'$', '{'>, pegtl::star<pegtl::space>, parameter_name, pegtl::star<pegtl::space>, pegtl::one<'}'>> {};
struct bad_parameter : pegtl::seq<pegtl::string<'$', '{'>, pegtl::star<pegtl::not_one<'}', '\n', '\'', '"'>>, pegtl::opt<pegtl::one<'}'>>> {};
struct dollar_name : pegtl::seq<pegtl::one<'$'>, pegtl::identifier> {};
struct template_braces : pegtl::seq<pegtl::string<'{', '{'>, pegtl::star<pegtl::not_one<'}', '\n', '\'', '"'>>, pegtl::opt<pegtl::string<'}', '}'>>> {};

struct smart_class : pegtl::seq<pegtl::one<'#'>, pegtl::identifier> {};
struct lone_hash : pegtl::one<'#'> {};

struct foreign_operator : pegtl::sor<TAO_PEGTL_STRING("==="), TAO_PEGTL_STRING("!=="), TAO_PEGTL_STRING("=="),
                                     TAO_PEGTL_STRING("=>"), TAO_PEGTL_STRING("=<"), TAO_PEGTL_STRING("<>"),
                                     TAO_PEGTL_STRING("=~"), TAO_PEGTL_STRING("=!"), TAO_PEGTL_STRING("->"),
                                     TAO_PEGTL_STRING("&&"), TAO_PEGTL_STRING("||"), TAO_PEGTL_STRING(":="),
                                     pegtl::seq<TAO_PEGTL_STRING("!~"), pegtl::not_at<pegtl::one<'='>>>,
                                     pegtl::seq<pegtl::one<'~'>, pegtl::not_at<pegtl::one<'='>>>> {};
struct compare : pegtl::sor<TAO_PEGTL_STRING("!~="), TAO_PEGTL_STRING("!^="), TAO_PEGTL_STRING("!$="),
                            TAO_PEGTL_STRING("!="), TAO_PEGTL_STRING("~="), TAO_PEGTL_STRING("^="),
                            TAO_PEGTL_STRING("$="), TAO_PEGTL_STRING(">="), TAO_PEGTL_STRING("<="),
                            pegtl::one<'=', '<', '>'>> {};
struct forward : TAO_PEGTL_STRING(">>") {};
struct backward : TAO_PEGTL_STRING("<<") {};
struct punctuation : pegtl::one<'(', ')', '|', ',', '.', '*', '/', '+', '-', '^', '!', '?', ';'> {};

struct typographic_quote : pegtl::utf8::one<0x2018, 0x2019, 0x201A, 0x201B, 0x201C, 0x201D, 0x201E, 0x201F, 0x00AB, 0x00BB,
                                            0x2039, 0x203A, 0xFF02, 0xFF07, 0x00B4, 0x0060> {};
struct unknown_character : pegtl::utf8::any {};
struct invalid_byte : pegtl::any {};

struct operand_only : pegtl::seq<operand_position, pegtl::sor<date_now, date_literal, open_date, regex, open_regex>> {};

struct token : pegtl::sor<blanks, comment, open_comment, line_comment, operand_only, word, decimal, integer, string, open_string,
                          bracket, empty_bracket, open_bracket, parameter, bad_parameter, smart_class, lone_hash,
                          foreign_operator, forward, backward, compare, dollar_name, template_braces, punctuation,
                          odd_blank, typographic_quote, unknown_character, invalid_byte> {};
struct tokens : pegtl::until<pegtl::eof, token> {};

// clang-format on
}  // namespace lexical

template <class Rule>
struct Emit : pegtl::nothing<Rule> {};

template <Kind K, Flaw F = Flaw::None>
struct EmitAs {
  template <class Input>
  static void apply(const Input& in, Lexing& lexing) {
    lexing.push(K, in.begin(), in.end(), F);
  }
};

// Only the opening characters are the token: that is where the reader has to look.
template <Flaw F, std::ptrdiff_t OpeningBytes = 1>
struct EmitOpening {
  template <class Input>
  static void apply(const Input& in, Lexing& lexing) {
    lexing.push(Kind::Bad, in.begin(), in.begin() + OpeningBytes, F);
  }
};

template <>
struct Emit<lexical::string> {
  template <class Input>
  static void apply(const Input& in, Lexing& lexing) {
    pegtl::memory_input<pegtl::tracking_mode::lazy> text(in.begin(), in.end(), "");
    const bool ascii = std::none_of(
        in.begin(), in.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
    const bool good = ascii || pegtl::parse<lexical::utf8_text>(text);
    lexing.push(good ? Kind::String : Kind::Bad,
                in.begin(),
                in.end(),
                good ? Flaw::None : Flaw::InvalidUtf8);
  }
};

template <>
struct Emit<lexical::word> {
  template <class Input>
  static void apply(const Input& in, Lexing& lexing) {
    lexing.push(kind_of_word({in.begin(), in.size()}), in.begin(), in.end());
  }
};

// One flag, once: `i`.
template <>
struct Emit<lexical::regex> {
  template <class Input>
  static void apply(const Input& in, Lexing& lexing) {
    const std::string_view text(in.begin(), in.size());
    const std::string_view flags = text.substr(text.rfind('/') + 1);
    const bool good = flags.empty() || flags == "i";
    lexing.push(
        good ? Kind::Regex : Kind::Bad, in.begin(), in.end(), good ? Flaw::None : Flaw::RegexFlag);
  }
};

template <>
struct Emit<lexical::punctuation> {
  template <class Input>
  static void apply(const Input& in, Lexing& lexing) {
    lexing.push(kind_of(in.peek_char()), in.begin(), in.end());
  }

  static Kind kind_of(char c) {
    switch (c) {
      case '(':
        return Kind::LeftParen;
      case ')':
        return Kind::RightParen;
      case '|':
        return Kind::Pipe;
      case ',':
        return Kind::Comma;
      case '.':
        return Kind::Dot;
      case '*':
        return Kind::Star;
      case '/':
        return Kind::Slash;
      case '+':
        return Kind::Plus;
      case '-':
        return Kind::Minus;
      case '^':
        return Kind::Caret;
      case '!':
        return Kind::Bang;
      case '?':
        return Kind::Question;
      default:
        return Kind::Semicolon;
    }
  }
};

// clang-format off
template <> struct Emit<lexical::date_now> : EmitAs<Kind::DateNow> {};
template <> struct Emit<lexical::date_literal> : EmitAs<Kind::DateLiteral> {};
template <> struct Emit<lexical::integer> : EmitAs<Kind::Integer> {};
template <> struct Emit<lexical::decimal> : EmitAs<Kind::Decimal> {};
template <> struct Emit<lexical::bracket> : EmitAs<Kind::Bracket> {};
template <> struct Emit<lexical::parameter> : EmitAs<Kind::Parameter> {};
template <> struct Emit<lexical::smart_class> : EmitAs<Kind::SmartClass> {};
template <> struct Emit<lexical::compare> : EmitAs<Kind::Compare> {};
template <> struct Emit<lexical::forward> : EmitAs<Kind::Forward> {};
template <> struct Emit<lexical::backward> : EmitAs<Kind::Backward> {};
template <> struct Emit<lexical::open_comment> : EmitOpening<Flaw::UnterminatedComment, 2> {};
template <> struct Emit<lexical::line_comment> : EmitAs<Kind::Bad, Flaw::LineComment> {};
template <> struct Emit<lexical::open_date> : EmitOpening<Flaw::UnterminatedDate, 4> {};
template <> struct Emit<lexical::open_regex> : EmitOpening<Flaw::UnterminatedRegex> {};
template <> struct Emit<lexical::open_bracket> : EmitOpening<Flaw::UnterminatedBracket> {};
template <> struct Emit<lexical::open_string> : EmitOpening<Flaw::UnterminatedString> {};
template <> struct Emit<lexical::empty_bracket> : EmitAs<Kind::Bad, Flaw::EmptyBracket> {};
template <> struct Emit<lexical::bad_parameter> : EmitAs<Kind::Bad, Flaw::BadParameter> {};
template <> struct Emit<lexical::dollar_name> : EmitAs<Kind::Bad, Flaw::DollarName> {};
template <> struct Emit<lexical::template_braces> : EmitAs<Kind::Bad, Flaw::TemplateBraces> {};
template <> struct Emit<lexical::lone_hash> : EmitAs<Kind::Bad, Flaw::LoneHash> {};
template <> struct Emit<lexical::foreign_operator> : EmitAs<Kind::Bad, Flaw::ForeignOperator> {};
template <> struct Emit<lexical::typographic_quote> : EmitAs<Kind::Bad, Flaw::TypographicQuote> {};
template <> struct Emit<lexical::unknown_character> : EmitAs<Kind::Bad, Flaw::UnknownCharacter> {};
template <> struct Emit<lexical::invalid_byte> : EmitAs<Kind::Bad, Flaw::InvalidUtf8> {};

// clang-format on

// NOLINTEND(readability-identifier-naming)

}  // namespace

TokenList tokenize(std::string_view text) {
  TokenList list;
  list.tokens.reserve(text.size() / 4 + 2);
  list.kinds.reserve(text.size() / 4 + 2);
  Lexing lexing{text.data(), list};
  pegtl::memory_input<pegtl::tracking_mode::lazy> input(text.data(), text.size(), "");
  static_cast<void>(pegtl::parse<lexical::tokens, Emit>(input, lexing));
  lexing.push(Kind::End, text.data() + text.size(), text.data() + text.size());
  return list;
}

std::string unquote(std::string_view quoted) {
  std::string value;
  value.reserve(quoted.size());
  for (std::size_t i = 1; i + 1 < quoted.size(); ++i) {
    const char c = quoted[i];
    const char next = quoted[i + 1];
    if (c != '\\' || i + 2 >= quoted.size()) {
      value.push_back(c);
      continue;
    }
    switch (next) {
      case 'n':
        value.push_back('\n');
        break;
      case 't':
        value.push_back('\t');
        break;
      case '\\':
      case '\'':
      case '"':
        value.push_back(next);
        break;
      default:
        value.append({c, next});
        break;
    }
    ++i;
  }
  return value;
}

}  // namespace callisto::query
