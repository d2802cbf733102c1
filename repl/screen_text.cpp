#include "repl/screen_text.h"

#include <algorithm>
#include <array>
#include <random>

#include "repl/characters.h"

namespace callisto::repl {
namespace {

constexpr char kMarkByte = '\xFF';  // Never part of UTF-8.
constexpr std::size_t kSecretBytes = 8;
constexpr std::size_t kMarkBytes = 1 + kSecretBytes + 1;

// The start of every mark of this process.
const std::string& mark_start() {
  static const std::string kStart = [] {
    std::random_device random;
    std::string start(1, kMarkByte);
    for (std::size_t i = 0; i < kSecretBytes; ++i)
      start += static_cast<char>(random() & 0xFF);
    return start;
  }();
  return kStart;
}

const char* escape_of(char style) {
  switch (static_cast<Style>(style)) {
    case Style::Error:
      return "\x1b[1;31m";
    case Style::Warning:
      return "\x1b[1;33m";
    case Style::Strong:
      return "\x1b[1m";
    case Style::Quiet:
      return "\x1b[2m";
    case Style::Struck:
      return "\x1b[2;9m";
    case Style::Plain:
      break;
  }
  return "\x1b[0m";
}

// Letters and marks by their category that fonts show as nothing. Of the variation selectors the
// two stay that choose between a text's symbol and an emoji.
bool is_filler(std::int32_t code) {
  if ((code >= 0x180B && code <= 0x180F) || (code >= 0xFE00 && code <= 0xFE0D)) return true;
  if (code >= 0xE0100 && code <= 0xE01EF) return true;
  static constexpr std::array<std::int32_t, 8> kFillers{
      0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2800, 0x3164, 0xFFA0};
  return std::binary_search(kFillers.begin(), kFillers.end(), code);
}

bool is_plain(char c) {
  return c >= 0x20 && c < 0x7F;
}

void append_hex(std::string& out, std::uint32_t number, int digits) {
  static constexpr char kDigits[] = "0123456789abcdef";
  for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4)
    out += kDigits[(number >> static_cast<unsigned>(shift)) & 0xF];
}

// \n and \x1b for people, \u001b where the whole may be JSON; beyond 16 bits as a pair, as there.
void append_escape(std::string& out, std::int32_t code, bool json) {
  auto number = static_cast<std::uint32_t>(code);
  if (code == '\n') {
    out += "\\n";
  } else if (code == '\t') {
    out += "\\t";
  } else if (code == '\r') {
    out += "\\r";
  } else if (number < 0x100 && !json) {
    out += "\\x";
    append_hex(out, number, 2);
  } else if (number < 0x10000) {
    out += "\\u";
    append_hex(out, number, 4);
  } else {
    number -= 0x10000;
    out += "\\u";
    append_hex(out, 0xD800 + (number >> 10), 4);
    out += "\\u";
    append_hex(out, 0xDC00 + (number & 0x3FF), 4);
  }
}

// Appends the character at `offset`, shown; how many bytes it took.
std::size_t append_shown(std::string& out, std::string_view text, std::size_t offset, bool json) {
  const Character character = character_at(text, offset);
  if (!character.valid) {
    out += "\uFFFD";
  } else if (is_unseen(character.code)) {
    append_escape(out, character.code, json);
  } else {
    out += text.substr(offset, character.bytes);
  }
  return character.bytes;
}

}  // namespace

bool is_unseen(std::int32_t code) {
  if (code < 0x7F) return code < 0x20;
  return is_control_or_format(code) || is_filler(code);
}

std::string visible(std::string_view text) {
  if (std::all_of(text.begin(), text.end(), is_plain)) return std::string(text);
  std::string out;
  out.reserve(text.size());
  for (std::size_t offset = 0; offset < text.size();)
    offset += append_shown(out, text, offset, false);
  return out;
}

std::string_view for_screen(std::string_view text, std::string& scratch) {
  const auto stays = [](char c) { return is_plain(c) || c == '\n' || c == '\t'; };
  const auto first = std::find_if_not(text.begin(), text.end(), stays);
  if (first == text.end()) return text;
  const std::string& mark = mark_start();
  auto offset = static_cast<std::size_t>(first - text.begin());
  scratch.assign(text.substr(0, offset));
  while (offset < text.size()) {
    if (stays(text[offset])) {
      scratch += text[offset++];
    } else if (text.substr(offset, 2) == "\r\n") {
      ++offset;  // The line end of CSV.
    } else if (text[offset] == kMarkByte && text.substr(offset).starts_with(mark) &&
               offset + kMarkBytes <= text.size()) {
      scratch += escape_of(text[offset + kMarkBytes - 1]);
      offset += kMarkBytes;
    } else {
      offset += append_shown(scratch, text, offset, true);
    }
  }
  return scratch;
}

std::string styled(Style style, std::string_view text) {
  std::string out = mark_start();
  out += static_cast<char>(style);
  out += text;
  out += mark_start();
  out += static_cast<char>(Style::Plain);
  return out;
}

}  // namespace callisto::repl
