// Keys and values of uploaded rows: the rules of property values (wire-api 5) and their limits.
#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "persist/codec/raw_data.h"
#include "persist/codec/upload_reader.h"
#include "persist/codec/wire_error.h"
#include <callisto/limits.h>

namespace callisto::persist {
namespace {

// Distinct property names of one graph: names live for ever, so bad input must not grow them
// without end.

constexpr const char* kNested = "nested objects are not allowed: flatten it, or store JSON text";
constexpr const char* kNestedInList = "a list may hold only strings, numbers, booleans or nulls";
constexpr const char* kMixedList = "all elements of a list must be of one kind";

struct NamedField {
  std::string_view name;
  Field field;
};

constexpr std::array<NamedField, 14> kFields{{{"_id", Field::Id},
                                              {"_key", Field::Key},
                                              {"_type", Field::Type},
                                              {"_class", Field::Class},
                                              {"_fromEntityId", Field::FromId},
                                              {"_fromEntityKey", Field::FromKey},
                                              {"_fromEntitySource", Field::FromSource},
                                              {"_fromEntityScope", Field::FromScope},
                                              {"_toEntityId", Field::ToId},
                                              {"_toEntityKey", Field::ToKey},
                                              {"_toEntitySource", Field::ToSource},
                                              {"_toEntityScope", Field::ToScope},
                                              {"_mapping", Field::Mapping},
                                              {"_rawData", Field::RawData}}};

std::string long_words(std::string_view what,
                       std::size_t bytes,
                       std::size_t most,
                       std::string_view limit) {
  return fmt::format(
      "{} is too long: {} bytes, at most {} (limit \"{}\")", what, bytes, most, limit);
}

}  // namespace

Field UploadReader::field_of(std::string_view key) {
  if (!key.starts_with('_')) return Field::Property;
  for (const NamedField& known : kFields) {
    if (known.name == key) return known.field;
  }
  return Field::Ignored;
}

void UploadReader::RawRow::clear() {
  has_id = false;
  id_is_text = false;
  id = key = type = {};
  from_id = from_key = from_source = from_scope = {};
  to_id = to_key = to_source = to_scope = {};
  classes.clear();
  mapping = nullptr;
  properties.clear();
  raw_data = {};
  documents = 0;
}

bool UploadReader::read_fields(Object object, Shape& shape, RawRow& row) {
  row.clear();
  std::size_t position = 0;
  for (auto result : object) {
    simdjson::ondemand::field field;
    if (const auto code = std::move(result).get(field)) return bad_json(code);
    KeyInfo* const key = find_key(field, shape, position++);
    if (key == nullptr) return false;
    if (key->field != Field::Ignored && !read_field(field.value(), *key, row)) return false;
    const bool names_row = key->field == Field::Key || key->field == Field::Id;
    if (names_row && &row == &row_) row_key_ = row.key.empty() ? row.id : row.key;
  }
  return true;
}

UploadReader::KeyInfo* UploadReader::find_key(simdjson::ondemand::field& field,
                                              Shape& shape,
                                              std::size_t position) {
  if (position < shape.size()) {
    KeyInfo* const expected = shape[position];
    const std::size_t size = expected->text.size();
    const char* const raw = field.key().raw();
    if (expected->plain && raw + size < body_end_ && raw[size] == '"' &&
        std::string_view(raw, size) == expected->text) {
      return expected;
    }
  }
  std::string_view text;
  if (const auto code = field.unescaped_key().get(text)) {
    bad_json(code);
    return nullptr;
  }
  const auto known = key_index_.find(text);
  KeyInfo* const key = known != key_index_.end() ? known->second : make_key(text);
  if (key == nullptr) return nullptr;
  if (position >= shape.size()) shape.resize(position + 1, key);
  shape[position] = key;
  return key;
}

UploadReader::KeyInfo* UploadReader::make_key(std::string_view text) {
  const Field field = field_of(text);
  const bool chosen = field == Field::Property || field == Field::Ignored;
  if (chosen && text.size() > limits_.name_bytes) {
    refuse_property(text.substr(0, 40),
                    long_words("the name", text.size(), limits_.name_bytes, "name_bytes"));
    return nullptr;
  }
  KeyInfo key;
  key.text = key_arena_.copy(text);
  key.field = field;
  key.plain = text.find_first_of("\"\\") == std::string_view::npos;
  if (key.field == Field::Property) {
    if (keys_.size() >= kPropertyNamesMax) {
      refuse_property(text,
                      fmt::format("a graph has at most {} property names", kPropertyNamesMax));
      return nullptr;
    }
    key.property = PropertyId{names_.properties.intern(text)};
  }
  keys_.push_back(key);
  key_index_.emplace(keys_.back().text, &keys_.back());
  return &keys_.back();
}

bool UploadReader::read_field(Json value, KeyInfo& key, RawRow& row) {
  switch (key.field) {
    case Field::Property:
      return read_property(value, key, row);
    case Field::Ignored:
      return true;
    case Field::Id: {
      simdjson::ondemand::json_type type{};
      if (const auto code = value.type().get(type)) return bad_json(code);
      row.has_id = true;
      row.id_is_text = type == simdjson::ondemand::json_type::string;
      return !row.id_is_text || read_text(value, key, row.id);
    }
    case Field::Key:
      return read_text(value, key, row.key);
    case Field::Type: {
      simdjson::ondemand::json_type type{};
      if (const auto code = value.type().get(type)) return bad_json(code);
      if (type != simdjson::ondemand::json_type::array) return read_text(value, key, row.type);
      // Query results show `_type` as a list of one; taken back as it was given out.
      RawRow list;
      if (!read_classes(value, list)) return false;
      if (list.classes.size() != 1) return refuse_property("_type", "expected one string");
      row.type = list.classes.front();
      return true;
    }
    case Field::Class:
      return read_classes(value, row);
    case Field::FromId:
      return read_text(value, key, row.from_id);
    case Field::FromKey:
      return read_text(value, key, row.from_key);
    case Field::FromSource:
      return read_text(value, key, row.from_source);
    case Field::FromScope:
      return read_text(value, key, row.from_scope);
    case Field::ToId:
      return read_text(value, key, row.to_id);
    case Field::ToKey:
      return read_text(value, key, row.to_key);
    case Field::ToSource:
      return read_text(value, key, row.to_source);
    case Field::ToScope:
      return read_text(value, key, row.to_scope);
    case Field::Mapping:
      return read_mapping(value, row);
    case Field::RawData:
      return context_.mode == SyncMode::Override || read_raw_data(value, row);
  }
  return true;
}

bool UploadReader::read_raw_data(Json value, RawRow& row) {
  std::string_view json;
  if (const auto code = simdjson::to_json_string(value).get(json)) return bad_json(code);
  Result<std::vector<RawDocument>> documents = raw_data_.read(json);
  if (!documents) {
    return context_.acknowledged || context_.options.ignore_illegal_properties ||
           refuse_property("_rawData", documents.error().message);
  }
  row.documents = documents->size();
  row.raw_data = {};
  if (!documents->empty()) row.raw_data = batch_.arena.copy(encode_raw_data(*documents));
  return true;
}

// null counts as absent; whatever must be there is checked when the row is finished.
bool UploadReader::read_text(Json value, const KeyInfo& key, std::string_view& out) {
  const auto code = value.get_string().get(out);
  if (code == simdjson::SUCCESS) {
    if (out.size() <= limits_.key_bytes) return true;
    return refuse_property(key.text,
                           long_words("the text", out.size(), limits_.key_bytes, "key_bytes"));
  }
  if (code != simdjson::INCORRECT_TYPE) return bad_json(code);
  bool null = false;
  if (const auto null_code = value.is_null().get(null)) return bad_json(null_code);
  out = {};
  return null || refuse_property(key.text, "expected a string");
}

bool UploadReader::read_classes(Json value, RawRow& row) {
  row.classes.clear();
  simdjson::ondemand::json_type type{};
  if (const auto code = value.type().get(type)) return bad_json(code);
  const auto add = [&](std::string_view text) {
    if (text.empty() || text.size() > kTypeNameBytesMax) {
      return refuse_property("_class", "a class is a string of 1 to 256 bytes");
    }
    const auto same = std::find(row.classes.begin(), row.classes.end(), text);
    if (same == row.classes.end()) row.classes.push_back(text);
    return row.classes.size() <= kClassesPerEntityMax ||
           refuse_property("_class", "an entity has at most 64 classes");
  };
  if (type == simdjson::ondemand::json_type::null) return true;
  if (type == simdjson::ondemand::json_type::string) {
    std::string_view text;
    if (const auto code = value.get_string().get(text)) return bad_json(code);
    return add(text);
  }
  if (type != simdjson::ondemand::json_type::array) {
    return refuse_property("_class", "expected a string or a list of strings");
  }
  simdjson::ondemand::array array;
  if (const auto code = value.get_array().get(array)) return bad_json(code);
  for (auto element : array) {
    std::string_view text;
    if (const auto code = element.get_string().get(text)) {
      if (code != simdjson::INCORRECT_TYPE) return bad_json(code);
      return refuse_property("_class", "expected a string or a list of strings");
    }
    if (!add(text)) return false;
  }
  return true;
}

bool UploadReader::read_property(Json value, KeyInfo& key, RawRow& row) {
  NamedValue named{.property = key.property};
  std::string illegal;
  const bool all_exact = batch_.warnings.inexact_numbers == 0;
  if (!read_value(value, key, named.value, illegal)) return false;
  if (all_exact && batch_.warnings.inexact_numbers > 0) {
    inexact_number_ = fmt::format("property \"{}\": {}", key.text.substr(0, 200), inexact_number_);
  }
  if (!illegal.empty()) {
    return context_.options.ignore_illegal_properties || refuse_property(key.text, illegal);
  }
  row.properties.push_back(named);
  if (row.properties.size() <= limits_.properties) return true;
  return refuse_property(
      key.text,
      fmt::format("an object has at most {} properties (limit \"properties\"), this one has more",
                  limits_.properties));
}

bool UploadReader::fits(std::string_view text, std::string& illegal) const {
  if (text.size() <= limits_.text_bytes) return true;
  illegal = long_words("the text", text.size(), limits_.text_bytes, "text_bytes");
  return false;
}

bool UploadReader::read_value(Json value, KeyInfo& key, ValueView& out, std::string& illegal) {
  simdjson::ondemand::json_type type{};
  if (const auto code = value.type().get(type)) return bad_json(code);
  switch (type) {
    case simdjson::ondemand::json_type::string: {
      std::string_view text;
      if (const auto code = value.get_string().get(text)) return bad_json(code);
      if (!fits(text, illegal)) return true;
      if (text != key.last_string || key.last_string.data() == nullptr) {
        key.last_string = batch_.arena.copy(text);
      }
      out = ValueView::string(key.last_string);
      return true;
    }
    case simdjson::ondemand::json_type::array:
      return read_elements(value, out, illegal);
    case simdjson::ondemand::json_type::object:
      illegal = kNested;
      return true;
    default:
      return read_element(value, out, illegal);
  }
}

// A number that is not exact is taken as the nearest double, as everywhere, but not in silence.
bool UploadReader::read_number(Json value, ValueView& out, std::string& illegal) {
  constexpr std::size_t kShownMax = 60;
  std::string_view token = value.raw_json_token();
  double number = 0;
  if (const auto code = value.get_double().get(number)) {
    const std::optional<JsonFlaw> flaw = find_json_flaw(token);
    if (code != simdjson::NUMBER_ERROR || !flaw || flaw->offset != 0) return bad_json(code);
    illegal = flaw->message;
    return true;
  }
  out = ValueView::number(number);
  token = token.substr(0, token.find_last_not_of(" \t\r\n") + 1);
  if (!is_inexact(token, number)) return true;
  if (batch_.warnings.inexact_numbers++ == 0) inexact_number_ = token.substr(0, kShownMax);
  return true;
}

bool UploadReader::read_element(Json value, ValueView& out, std::string& illegal) {
  simdjson::ondemand::json_type type{};
  if (const auto code = value.type().get(type)) return bad_json(code);
  switch (type) {
    case simdjson::ondemand::json_type::string: {
      std::string_view text;
      if (const auto code = value.get_string().get(text)) return bad_json(code);
      if (fits(text, illegal)) out = ValueView::string(batch_.arena.copy(text));
      return true;
    }
    case simdjson::ondemand::json_type::number:
      return read_number(value, out, illegal);
    case simdjson::ondemand::json_type::boolean: {
      bool boolean = false;
      if (const auto code = value.get_bool().get(boolean)) return bad_json(code);
      out = ValueView::boolean(boolean);
      return true;
    }
    case simdjson::ondemand::json_type::null: {
      bool null = false;
      if (const auto code = value.is_null().get(null)) return bad_json(code);
      out = {};
      return null || bad_json(simdjson::N_ATOM_ERROR);
    }
    default:
      illegal = kNestedInList;
      return true;
  }
}

bool UploadReader::read_elements(Json value, ValueView& out, std::string& illegal) {
  simdjson::ondemand::array array;
  if (const auto code = value.get_array().get(array)) return bad_json(code);
  elements_.clear();
  for (auto element : array) {
    if (const auto code = element.error()) return bad_json(code);
    if (illegal.empty() && elements_.size() == limits_.list_elements) {
      illegal = fmt::format("the list is too long: at most {} elements (limit \"list_elements\")",
                            limits_.list_elements);
    }
    // An illegal list is read to its end, too: whether a text is JSON does not depend on limits.
    const bool good = illegal.empty();
    ValueView view;
    std::string ignored;
    if (!read_element(element.value_unsafe(), view, good ? illegal : ignored)) return false;
    if (!good) continue;
    elements_.push_back(view);
    if (illegal.empty() && view.kind() != elements_.front().kind()) illegal = kMixedList;
  }
  const std::span<ValueView> stored = batch_.arena.allocate_array<ValueView>(elements_.size());
  std::copy(elements_.begin(), elements_.end(), stored.begin());
  out = ValueView::list(stored);
  return true;
}

}  // namespace callisto::persist
