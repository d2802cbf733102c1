// Texts of ASCII are searched where they are; others are folded first, by utf8proc.
#include "core/columns/text_tokens.h"

#include <utf8proc.h>

#include <algorithm>
#include <cstdint>
#include <cstring>

namespace callisto {

namespace {

constexpr utf8proc_int32_t kZeroWidthSpace = 0x200B;
// More than this a thread gives back.
constexpr std::size_t kKeptBytesMax = std::size_t{1} << 20;

bool is_capital(char c) {
  return c >= 'A' && c <= 'Z';
}

bool is_token_byte(char c) {
  return (c >= 'a' && c <= 'z') || is_capital(c) || (c >= '0' && c <= '9');
}

char lower(char c) {
  return is_capital(c) ? static_cast<char>(c - 'A' + 'a') : c;
}

bool is_ascii(std::string_view text) {
  std::size_t at = 0;
  for (; at + sizeof(std::uint64_t) <= text.size(); at += sizeof(std::uint64_t)) {
    std::uint64_t block = 0;
    std::memcpy(&block, text.data() + at, sizeof block);
    if ((block & 0x8080808080808080ULL) != 0) return false;
  }
  return std::all_of(text.begin() + static_cast<std::ptrdiff_t>(at), text.end(), [](char c) {
    return static_cast<unsigned char>(c) < 0x80;
  });
}

// Requires that text[at] is a token byte of a text of ASCII.
bool starts_token(std::string_view text, std::size_t at) {
  return at == 0 || !is_token_byte(text[at - 1]) ||
         (is_capital(text[at]) && !is_capital(text[at - 1]));
}

struct Character {
  utf8proc_int32_t code = -1;  // -1: a byte that is no UTF-8.
  std::size_t bytes = 1;
};

// Requires a text that is not empty.
Character first_of(std::string_view text) {
  Character first;
  const auto bytes =
      utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                       static_cast<utf8proc_ssize_t>(std::min<std::size_t>(text.size(), 4)),
                       &first.code);
  if (bytes > 0) first.bytes = static_cast<std::size_t>(bytes);
  return first;
}

bool is_blank(utf8proc_int32_t code) {
  if (code == kZeroWidthSpace) return true;
  switch (code < 0 ? UTF8PROC_CATEGORY_CN : utf8proc_category(code)) {
    case UTF8PROC_CATEGORY_ZS:
    case UTF8PROC_CATEGORY_ZL:
    case UTF8PROC_CATEGORY_ZP:
    case UTF8PROC_CATEGORY_CC:
      return true;
    default:
      return false;
  }
}

// What a character is to a word.
enum class Part : std::uint8_t { None, Letter, Capital, Mark, Ignored };

Part part_of(utf8proc_int32_t code) {
  const utf8proc_property_t* const property = utf8proc_get_property(code);
  if (property->ignorable != 0 && code != kZeroWidthSpace) return Part::Ignored;
  switch (property->category) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LT:
      return Part::Capital;
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
    case UTF8PROC_CATEGORY_ND:
    case UTF8PROC_CATEGORY_NL:
    case UTF8PROC_CATEGORY_NO:
      return Part::Letter;
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_MC:
    case UTF8PROC_CATEGORY_ME:
      return Part::Mark;
    default:
      return Part::None;
  }
}

// Case-folds and composes text[from ...] in place. `codes` is scratch.
void normalize(std::string& text, std::size_t from, std::vector<utf8proc_int32_t>& codes) {
  const auto options =
      static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_CASEFOLD);
  const auto* const bytes = reinterpret_cast<const utf8proc_uint8_t*>(text.data() + from);
  const auto size = static_cast<utf8proc_ssize_t>(text.size() - from);
  codes.resize(text.size() - from + 1);
  const auto decompose = [&] {
    return utf8proc_decompose(
        bytes, size, codes.data(), static_cast<utf8proc_ssize_t>(codes.size() - 1), options);
  };
  utf8proc_ssize_t count = decompose();
  if (count > static_cast<utf8proc_ssize_t>(codes.size() - 1)) {
    codes.resize(static_cast<std::size_t>(count) + 1);
    count = decompose();
  }
  if (count < 0) return;  // Not for characters that were read one by one.
  // Bytes take the place of the codes.
  const utf8proc_ssize_t written = utf8proc_reencode(codes.data(), count, options);
  if (written < 0) return;
  text.resize(from);
  text.append(reinterpret_cast<const char*>(codes.data()), static_cast<std::size_t>(written));
}

// Letters of the frequent alphabets that fold to one letter of two bytes and are composed already.
bool folds_to_one(utf8proc_int32_t code) {
  if (code >= 0x00C0 && code <= 0x017E) {  // Not ß, İ, ŉ, and Ÿ after them.
    return code != 0x00DF && code != 0x0130 && code != 0x0149;
  }
  if (code >= 0x0391 && code <= 0x03CE) return code != 0x03B0 && code != 0x03C2;  // ΰ, ς
  return code >= 0x0400 && code <= 0x045F;
}

class Folder {
 public:
  explicit Folder(std::string& out) : out_(out) {}

  void add(std::string_view text) {
    while (!text.empty()) {
      if (static_cast<unsigned char>(text.front()) < 0x80) {
        add_ascii(text.front());
        text.remove_prefix(1);
        continue;
      }
      const Character next = first_of(text);
      add_part(next.code, text.substr(0, next.bytes));
      text.remove_prefix(next.bytes);
    }
    close();
  }

 private:
  void add_ascii(char c) {
    if (!is_token_byte(c)) {
      apart_ = true;
      return;
    }
    begin(is_capital(c));
    out_ += lower(c);
  }

  void add_part(utf8proc_int32_t code, std::string_view bytes) {
    const Part part = code < 0 ? Part::None : part_of(code);
    if (part == Part::None) apart_ = true;
    if (part == Part::None || part == Part::Ignored) return;
    if (part == Part::Mark) {
      if (apart_) return;  // On no letter.
    } else {
      begin(part == Part::Capital);
      if (folds_to_one(code)) return append(utf8proc_tolower(code));
    }
    out_ += bytes;
    foreign_ = true;
  }

  // Of two bytes.
  void append(utf8proc_int32_t code) {
    out_ += static_cast<char>(0xC0 | (code >> 6));
    out_ += static_cast<char>(0x80 | (code & 0x3F));
  }

  void begin(bool capital) {
    if (apart_ || (capital && !capital_)) {
      close();
      out_ += apart_ ? kApart : kCapital;
      token_ = out_.size();
    }
    apart_ = false;
    capital_ = capital;
  }

  void close() {
    if (foreign_) normalize(out_, token_, codes_);
    foreign_ = false;
  }

  std::string& out_;
  std::vector<utf8proc_int32_t> codes_;
  std::size_t token_ = 0;  // Where the token begins in out_.
  bool foreign_ = false;   // It has characters beyond ASCII.
  bool apart_ = true;
  bool capital_ = false;  // The letter before was one.
};

// `pattern` stands at text[at ...], which begins a token; the text is folded.
bool stands_in_folded(std::string_view text, std::size_t at, std::string_view pattern) {
  for (const char c : pattern) {
    const bool marked = at < text.size() && is_token_mark(text[at]);
    if (c == kApart && !marked) return false;
    if (is_token_mark(c)) {
      at += marked ? 1 : 0;
      continue;
    }
    if (marked && text[at] == kCapital) ++at;
    if (at == text.size() || text[at] != c) return false;
    ++at;
  }
  return true;
}

// The same in a text of ASCII as it is.
bool stands_in_ascii(std::string_view text, std::size_t at, std::string_view pattern) {
  for (const char c : pattern) {
    if (is_token_mark(c)) {
      const std::size_t end = at;
      while (at < text.size() && !is_token_byte(text[at])) {
        ++at;
      }
      if (at == text.size()) return false;
      if (c == kApart && at == end && !starts_token(text, at)) return false;
      continue;
    }
    if (at == text.size() || lower(text[at]) != c) return false;
    ++at;
  }
  return true;
}

}  // namespace

void fold_tokens(std::string_view text, std::string& out) {
  out.clear();
  Folder(out).add(text);
}

std::vector<std::string_view> blank_free_words(std::string_view text) {
  std::vector<std::string_view> words;
  std::size_t begin = 0;
  for (std::size_t at = 0; at < text.size();) {
    const Character next = first_of(text.substr(at));
    if (is_blank(next.code)) {
      if (at > begin) words.push_back(text.substr(begin, at - begin));
      begin = at + next.bytes;
    }
    at += next.bytes;
  }
  if (begin < text.size()) words.push_back(text.substr(begin));
  return words;
}

TokenPattern::TokenPattern(std::string_view word) {
  fold_tokens(word, form_);
  if (!form_.empty()) form_.erase(0, 1);
}

bool TokenPattern::matches(std::string_view text) const {
  if (form_.empty()) return false;
  if (is_ascii(text)) return in_ascii(text);
  thread_local std::string folded;
  fold_tokens(text, folded);
  const bool found = in_folded(folded);
  if (folded.capacity() > kKeptBytesMax) std::string().swap(folded);
  return found;
}

bool TokenPattern::in_ascii(std::string_view text) const {
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (lower(text[at]) == form_.front() && starts_token(text, at) &&
        stands_in_ascii(text, at, form_)) {
      return true;
    }
  }
  return false;
}

bool TokenPattern::in_folded(std::string_view folded) const {
  for (std::size_t at = 0; at < folded.size(); ++at) {
    if (is_token_mark(folded[at]) && stands_in_folded(folded, at + 1, form_)) return true;
  }
  return false;
}

}  // namespace callisto
