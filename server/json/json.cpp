// The only file of the server that knows the JSON library.
#include "server/json/json.h"

#include <algorithm>

#include <nlohmann/json.hpp>

#include <callisto/json_text.h>
#include <callisto/limits.h>
#include <callisto/utf8.h>
#include <callisto/value_view.h>

namespace callisto::server {
namespace {

constexpr std::size_t kMembersMax = 10'000;
constexpr std::size_t kMembersLookedThrough = 16;

// Builds a tree from the parser's events; `open_` is the way from the root to where it stands.
class Builder final : public nlohmann::json_sax<nlohmann::json> {
 public:
  explicit Builder(Repeated repeated) : repeated_(repeated) {}

  [[nodiscard]] Json take() { return std::move(root_); }

  [[nodiscard]] Error error() const { return error_; }

  bool null() override { return add(Json()); }

  bool boolean(bool value) override { return add(Json(value)); }

  bool number_integer(number_integer_t value) override {
    return add(Json(static_cast<double>(value)));
  }

  bool number_unsigned(number_unsigned_t value) override {
    return add(Json(static_cast<double>(value)));
  }

  bool number_float(number_float_t value, const string_t& /*text*/) override {
    return add(Json(value));
  }

  bool string(string_t& value) override { return add(Json(std::move(value))); }

  bool binary(binary_t& /*value*/) override { return false; }

  bool start_object(std::size_t /*elements*/) override { return open(Json(Json::Object{})); }

  bool key(string_t& name) override {
    open_.back().name = std::move(name);
    return true;
  }

  bool end_object() override { return close(); }

  bool start_array(std::size_t /*elements*/) override { return open(Json(Json::Array{})); }

  bool end_array() override { return close(); }

  bool parse_error(std::size_t position,
                   const std::string& token,
                   const nlohmann::detail::exception& why) override {
    constexpr int kOutOfRange = 406;
    std::string reason;
    if (why.id == kOutOfRange) reason = ", the number " + token.substr(0, 40) + " is out of range";
    if (token.ends_with('N') || token.ends_with('I')) reason = ", NaN and Infinity are no numbers";
    error_ = {.code = ErrorCode::InvalidInput,
              .message =
                  "the body is not valid JSON: error at byte " + std::to_string(position) + reason};
    return false;
  }

 private:
  struct Level {
    Json node;
    std::string name;  // Of the member that is read.
  };

  bool open(Json node) {
    if (open_.size() >= kJsonDepthMax) {
      error_ = {
          .code = ErrorCode::LimitExceeded,
          .message = "the body is nested deeper than " + std::to_string(kJsonDepthMax) + " levels"};
      return false;
    }
    open_.push_back({std::move(node), {}});
    return true;
  }

  bool close() {
    Json done = std::move(open_.back().node);
    open_.pop_back();
    return add(std::move(done));
  }

  bool add(Json node) {
    if (open_.empty()) {
      root_ = std::move(node);
    } else if (const Json::Object* members = open_.back().node.object()) {
      if (repeated_ == Repeated::Refused && members->find(open_.back().name) != nullptr) {
        error_ = {.code = ErrorCode::InvalidInput,
                  .message = "\"" + open_.back().name.substr(0, 100) + "\" stands twice"};
        return false;
      }
      if (members->size() >= kMembersMax) {
        error_ = {.code = ErrorCode::LimitExceeded,
                  .message = "an object of the body has more than " + std::to_string(kMembersMax) +
                             " members"};
        return false;
      }
      open_.back().node.set(std::move(open_.back().name), std::move(node));
    } else {
      open_.back().node.push(std::move(node));
    }
    return true;
  }

  const Repeated repeated_;
  Json root_;
  std::vector<Level> open_;
  Error error_{};
};

}  // namespace

JsonObject::JsonObject() noexcept = default;

JsonObject::JsonObject(const JsonObject& other)
    : members_(other.members_),
      places_(other.places_ ? std::make_unique<Places>(*other.places_) : nullptr) {}

JsonObject::JsonObject(JsonObject&& other) noexcept = default;

JsonObject& JsonObject::operator=(JsonObject other) noexcept {
  members_.swap(other.members_);
  places_.swap(other.places_);
  return *this;
}

JsonObject::~JsonObject() = default;

const JsonMember* JsonObject::begin() const {
  return members_.data();
}

const JsonMember* JsonObject::end() const {
  return members_.data() + members_.size();
}

std::size_t JsonObject::size() const {
  return members_.size();
}

std::size_t JsonObject::place_of(std::string_view name) const {
  if (places_) {
    const auto known = places_->find(std::string(name));
    return known == places_->end() ? members_.size() : known->second;
  }
  const auto found = std::find_if(members_.begin(), members_.end(), [&](const JsonMember& member) {
    return member.name == name;
  });
  return static_cast<std::size_t>(found - members_.begin());
}

const Json* JsonObject::find(std::string_view name) const {
  const std::size_t place = place_of(name);
  return place == members_.size() ? nullptr : &members_[place].value;
}

void JsonObject::set(std::string name, Json value) {
  const std::size_t place = place_of(name);
  if (place < members_.size()) {
    members_[place].value = std::move(value);
    return;
  }
  add(std::move(name), std::move(value));
  if (places_ || members_.size() <= kMembersLookedThrough) return;
  places_ = std::make_unique<Places>();
  for (std::size_t i = 0; i < members_.size(); ++i) {
    places_->emplace(members_[i].name, i);
  }
}

void JsonObject::add(std::string name, Json value) {
  members_.push_back({std::move(name), std::move(value)});
  if (places_) places_->emplace(members_.back().name, members_.size() - 1);
}

const Json* Json::find(std::string_view name) const {
  const Object* members = object();
  return members == nullptr ? nullptr : members->find(name);
}

std::string Json::text_of(std::string_view name) const {
  const Json* member = find(name);
  const std::string* value = member == nullptr ? nullptr : member->text();
  return value == nullptr ? std::string() : *value;
}

bool Json::is_set(std::string_view name) const {
  const Json* member = find(name);
  const bool* value = member == nullptr ? nullptr : member->boolean();
  return value != nullptr && *value;
}

Json& Json::set(std::string name, Json value) {
  if (!is_object()) node_ = Object{};
  std::get<Object>(node_).set(std::move(name), std::move(value));
  return *this;
}

void Json::push(Json value) {
  if (array() == nullptr) node_ = Array{};
  std::get<Array>(node_).push_back(std::move(value));
}

Result<Json> parse_json(std::string_view text, Repeated repeated) {
  const std::size_t whole = text.size();
  text = without_bom(text);
  std::string repaired;
  if (text.find("\\u") != std::string_view::npos) {
    repaired = text;
    if (repair_lone_surrogates(repaired).count > 0) text = repaired;
  }
  Builder builder(repeated);
  if (nlohmann::json::sax_parse(text.begin(), text.end(), &builder)) return builder.take();
  Error error = builder.error();
  const std::optional<JsonFlaw> flaw =
      error.code == ErrorCode::InvalidInput ? find_json_flaw(text) : std::nullopt;
  if (flaw) {
    error.message = "the body is not valid JSON: byte " +
                    std::to_string(flaw->offset + whole - text.size()) + ": " + flaw->message;
  }
  return tl::make_unexpected(std::move(error));
}

void append_json(std::string& out, const Json& json) {
  if (const bool* flag = json.boolean()) {
    out += *flag ? "true" : "false";
  } else if (const double* number = json.number()) {
    append_json(out, ValueView::number(*number));
  } else if (const std::string* text = json.text()) {
    // A message may show bytes of a request, or end in the middle of a character.
    append_json_string(out, is_utf8(*text) ? *text : repaired_utf8(*text));
  } else if (const Json::Raw* raw = json.raw()) {
    out += *raw->text;
  } else if (const Json::Array* items = json.array()) {
    out += '[';
    for (const Json& item : *items) {
      if (&item != items->data()) out += ',';
      append_json(out, item);
    }
    out += ']';
  } else if (const Json::Object* members = json.object()) {
    out += '{';
    for (const JsonMember& member : *members) {
      if (&member != members->begin()) out += ',';
      append_json_string(out, member.name);
      out += ':';
      append_json(out, member.value);
    }
    out += '}';
  } else {
    out += "null";
  }
}

std::string to_text(const Json& json) {
  std::string out;
  append_json(out, json);
  return out;
}

Result<Value> to_value(const Json& json) {
  if (json.is_null()) return Value(Null{});
  if (const bool* flag = json.boolean()) return Value(*flag);
  if (const double* number = json.number()) return Value(*number);
  if (const std::string* text = json.text()) return Value(*text);
  const Json::Array* items = json.array();
  if (items == nullptr) {
    return fail(ErrorCode::InvalidInput, "a property value may not be an object");
  }
  List list;
  for (const Json& item : *items) {
    if (const bool* flag = item.boolean()) {
      list.emplace_back(*flag);
    } else if (const double* number = item.number()) {
      list.emplace_back(*number);
    } else if (const std::string* text = item.text()) {
      list.emplace_back(*text);
    } else {
      return fail(ErrorCode::InvalidInput,
                  "a list value may hold strings, numbers or booleans only");
    }
    if (list.back().index() != list.front().index()) {
      return fail(ErrorCode::InvalidInput, "all elements of a list value must be of one kind");
    }
  }
  return Value(std::move(list));
}

Json from_value(const Value& value) {
  return Json(Json::Raw{callisto::to_json(value)});
}

}  // namespace callisto::server
