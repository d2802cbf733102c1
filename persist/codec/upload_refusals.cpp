// What an upload that is refused, or taken with a warning, is told: what was found, what was
// expected, and in which row.
#include <algorithm>
#include <array>
#include <cctype>
#include <new>

#include <fmt/format.h>

#include "persist/codec/upload_reader.h"
#include "persist/codec/wire_error.h"

namespace callisto::persist {
namespace {

constexpr std::string_view kBlank = " \t\r\n";
constexpr std::size_t kShownMax = 60;  // Bytes of what was found.
constexpr std::string_view kIdHint = " (did you mean \"_id\"?)";

// Letters only, in lower case: `delete_entities` is nearly `deleteEntities`.
std::string plain(std::string_view name) {
  std::string out;
  for (const char c : name.substr(0, 40)) {
    if (std::isalpha(static_cast<unsigned char>(c)) == 0) continue;
    out += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  }
  return out;
}

std::size_t edits_between(std::string_view a, std::string_view b) {
  std::array<std::size_t, 64> row{};
  for (std::size_t j = 0; j <= b.size(); ++j) {
    row[j] = j;
  }
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t changed = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({changed, row[j] + 1, row[j - 1] + 1});
    }
  }
  return row[b.size()];
}

// The list that somebody meant with `name`; empty: none.
std::string_view meant_list(std::string_view name) {
  const std::string text = plain(name);
  for (const std::string_view list : kUploadLists) {
    if (edits_between(text, plain(list)) <= 2) return list;
  }
  if (text.starts_with("entit")) return "entities";
  if (text.starts_with("relation")) return "relationships";
  return {};
}

// What queries and other programs call an `_id`: id, entityId, host._id.
bool is_nearly_id(std::string_view name) {
  return plain(name).ends_with("id");
}

// Whether the text begins an array that is empty or holds objects.
bool begins_rows(std::string_view text) {
  const std::size_t at = text.find_first_not_of(kBlank, 1);
  return text.starts_with('[') && at != std::string_view::npos &&
         (text[at] == '{' || text[at] == ']');
}

std::string shown(std::string_view text) {
  std::string out(text.substr(0, kShownMax));
  std::replace_if(
      out.begin(),
      out.end(),
      [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; },
      '.');
  if (text.size() <= kShownMax) return out;
  while (!out.empty() && (static_cast<unsigned char>(out.back()) & 0x80U) != 0) {
    out.pop_back();  // The end may be the half of a character.
  }
  return out + "...";
}

std::string kind_of(std::string_view text) {
  if (text.starts_with("\x1f\x8b")) return "gzip data, which is to be unpacked first";
  switch (text.front()) {
    case '[':
      return begins_rows(text) ? "a bare list of objects" : "a list";
    case '<':
      return "a page of HTML or XML, \"" + shown(text) + '"';
    case '"':
      return "a text in quotes";
    default:
      return '"' + shown(text.substr(0, text.find('\n'))) + '"';
  }
}

}  // namespace

bool UploadReader::bad_json(simdjson::error_code code) {
  if (code == simdjson::MEMALLOC) throw std::bad_alloc();
  const char* location = text_.data();
  // simdjson reads through a null pointer when asked for the place in a text it did not begin.
  const bool placed = started_ && document_.current_location().get(location) == simdjson::SUCCESS &&
                      location >= text_.data() && location <= text_.data() + text_.size();
  if (!placed) location = text_.data();
  const std::size_t offset = skipped_bytes_ + static_cast<std::size_t>(location - body_);
  const std::string_view rest = text_.substr(static_cast<std::size_t>(location - text_.data()));
  if (const std::optional<JsonFlaw> flaw = find_json_flaw(rest)) {
    return refuse(
        wire::kInvalidJson,
        fmt::format("not valid JSON near byte {}: {}", offset + flaw->offset, flaw->message));
  }
  return refuse(wire::kInvalidJson,
                fmt::format("not valid JSON{}: {}",
                            placed ? fmt::format(" near byte {}", offset) : std::string(),
                            simdjson::error_message(code)));
}

std::string UploadReader::where() const {
  const std::string place =
      list_ == List::Lines
          ? (index_ == 0 ? std::string("body") : fmt::format("line {}", index_))
          : fmt::format("{}[{}]", kUploadLists[static_cast<std::size_t>(list_)], index_);
  return row_key_.empty() ? place : fmt::format("{} (\"{}\")", place, row_key_.substr(0, 200));
}

bool UploadReader::refuse(std::string_view wire, const std::string& reason) {
  error_ = wire_error(ErrorCode::InvalidInput, wire, where() + ": " + reason);
  return false;
}

bool UploadReader::refuse_property(std::string_view name, std::string_view reason) {
  return refuse(wire::kInvalidPropertyValue,
                fmt::format("property \"{}\": {}", name.substr(0, 200), reason));
}

// `found`: the text, which is no object; or words for what is there instead of one.
bool UploadReader::refuse_unknown(std::string_view found) {
  if (context_.acknowledged) return true;
  const bool by_id = context_.mode == SyncMode::Override;
  const bool is_text = found.data() >= body_ && found.data() < body_end_;
  const std::string what = is_text ? kind_of(found) : std::string(found);
  const bool row = index_ > 0 || what.ends_with(kIdHint);
  const std::string_view wire = is_text        ? wire::kInvalidJson
                                : row && by_id ? wire::kEntityIdRequired
                                               : wire::kNothingRecognized;
  return refuse(
      wire,
      fmt::format(
          "found {}; expected {{\"entities\": [...]}}, also with \"relationships\", "
          "\"deleteEntities\" or \"deleteRelationships\", or one row a line, each with \"{}\". "
          "To upload nothing on purpose: {{\"entities\": []}}",
          what,
          by_id ? "_id" : "_key"));
}

bool UploadReader::refuse_unknown(Object object) {
  constexpr std::size_t kKeysMax = 5;
  std::string keys;
  std::string hint;
  std::size_t count = 0;
  for (auto result : object) {
    simdjson::ondemand::field field;
    if (const auto code = std::move(result).get(field)) return bad_json(code);
    std::string_view name;
    if (const auto code = field.unescaped_key().get(name)) return bad_json(code);
    Json value = field.value();
    const bool rows = begins_rows(rest_from(value.raw_json_token().data()));
    const std::string_view meant = meant_list(name);
    if (!meant.empty() && (hint.empty() || hint == kIdHint)) {
      hint = fmt::format(" (did you mean \"{}\"?)", meant);
    } else if (hint.empty() && rows) {
      hint = fmt::format(" (if \"{}\" is the list of entities, call it \"entities\")", shown(name));
    } else if (hint.empty() && is_nearly_id(name) && context_.mode == SyncMode::Override) {
      hint = kIdHint;
    }
    if (++count <= kKeysMax) keys += fmt::format("{}\"{}\"", count > 1 ? ", " : "", shown(name));
  }
  if (count == 0) return refuse_unknown("an object without any key");
  return refuse_unknown(fmt::format("{} {}{}{}",
                                    count == 1 ? "only the key" : "only the keys",
                                    keys,
                                    count > kKeysMax ? ", ..." : "",
                                    hint));
}

// A key that is ignored must not be a list of rows under a name that is nearly right.
bool UploadReader::check_list_name(std::string_view name, Json value) {
  const std::string_view meant = meant_list(name);
  if (meant.empty() || context_.acknowledged) return true;
  if (!begins_rows(rest_from(value.raw_json_token().data()))) return true;
  return refuse(
      wire::kNothingRecognized,
      fmt::format("found the list \"{}\", which an upload does not have: did you mean \"{}\"?",
                  shown(name),
                  meant));
}

// Call when row_key_ is set.
void UploadReader::name_warnings() {
  UploadWarnings& warnings = batch_.warnings;
  if (!inexact_number_.empty() && warnings.first_inexact_number.empty()) {
    warnings.first_inexact_number = fmt::format("{}: {}", where(), inexact_number_);
  }
  if (repaired_.count == 0 || !warnings.first_lone_surrogate.empty()) return;
  const char* location = text_.data() + text_.size();
  const char* inside = nullptr;
  if (document_.current_location().get(inside) == simdjson::SUCCESS) location = inside;
  if (location > body_ + repaired_.first) warnings.first_lone_surrogate = where();
}

}  // namespace callisto::persist
