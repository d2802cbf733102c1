#include "server/service/secrets.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

namespace callisto::server {
namespace {

constexpr std::size_t kOpaqueBytesMin = 20;

// Of names in lower case without separators, anywhere in them.
constexpr std::array<std::string_view, 24> kSecretNames{
    "secret",     "token",  "password",         "passwd",  "passphrase", "passcode",
    "credential", "apikey", "privkey",          "private", "accesskey",  "signature",
    "auth",       "bearer", "cookie",           "session", "jwt",        "webhook",
    "cert",       "pem",    "connectionstring", "dsn",     "encryption", "license"};

// As a whole, or at the end: "key", "sshKey", but not "keyName" or "monkeys".
constexpr std::array<std::string_view, 6> kSecretEnds{"key", "keys", "pwd", "pat", "pin", "salt"};

constexpr std::array<std::string_view, 12> kSecretBeginnings{"-----BEGIN",
                                                             "ghp_",
                                                             "gho_",
                                                             "ghs_",
                                                             "github_pat_",
                                                             "glpat-",
                                                             "xox",
                                                             "AKIA",
                                                             "ASIA",
                                                             "eyJ",
                                                             "sk-",
                                                             "sk_"};

std::string plain_name(std::string_view name) {
  std::string plain;
  for (const char c : name) {
    if (c >= 'A' && c <= 'Z') plain += static_cast<char>(c - 'A' + 'a');
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) plain += c;
  }
  return plain;
}

bool is_secret_name(std::string_view name) {
  const std::string plain = plain_name(name);
  return std::any_of(
             kSecretNames.begin(),
             kSecretNames.end(),
             [&](std::string_view part) { return plain.find(part) != std::string::npos; }) ||
         std::any_of(kSecretEnds.begin(), kSecretEnds.end(), [&](std::string_view end) {
           return plain.ends_with(end);
         });
}

// Long, without a blank, of letters of both cases and digits: nothing that people write. Neither
// are UUIDs and digests, which have one case.
bool is_opaque(std::string_view text) {
  if (text.size() < kOpaqueBytesMin) return false;
  const auto any = [&](auto test) { return std::any_of(text.begin(), text.end(), test); };
  if (any([](char c) { return c == ' ' || c == ':' || c == '@'; })) return false;
  return any([](char c) { return c >= 'a' && c <= 'z'; }) &&
         any([](char c) { return c >= 'A' && c <= 'Z'; }) &&
         any([](char c) { return c >= '0' && c <= '9'; });
}

// "https://user:secret@host/".
bool holds_password(std::string_view text) {
  const std::size_t scheme = text.find("://");
  if (scheme == std::string_view::npos) return false;
  const std::string_view rest = text.substr(scheme + 3);
  const std::size_t at = rest.substr(0, rest.find('/')).find('@');
  return at != std::string_view::npos && rest.substr(0, at).find(':') != std::string_view::npos;
}

bool is_secret_text(std::string_view text) {
  const bool begins = std::any_of(
      kSecretBeginnings.begin(), kSecretBeginnings.end(), [&](std::string_view beginning) {
        return text.starts_with(beginning);
      });
  return begins || is_opaque(text) || holds_password(text);
}

Json masked(const Json& value, bool secret) {
  if (const Json::Object* members = value.object()) {
    Json out(Json::Object{});
    for (const JsonMember& member : *members) {
      out.set(member.name, masked(member.value, secret || is_secret_name(member.name)));
    }
    return out;
  }
  if (const Json::Array* items = value.array()) {
    Json out(Json::Array{});
    for (const Json& item : *items) {
      out.push(masked(item, secret));
    }
    return out;
  }
  if (value.is_null() || value.boolean() != nullptr) return value;
  const bool hidden = secret || (value.text() != nullptr && is_secret_text(*value.text()));
  return hidden ? Json(kMask) : value;
}

bool is_mask(const Json& value) {
  return value.text() != nullptr && *value.text() == kMask;
}

}  // namespace

Json masked(const Json& config) {
  return masked(config, false);
}

Json unmasked(const Json& update, const Json& kept) {
  if (is_mask(update)) return kept;
  if (const Json::Object* members = update.object()) {
    Json out(Json::Object{});
    for (const JsonMember& member : *members) {
      const Json* before = kept.find(member.name);
      if (before == nullptr && is_mask(member.value)) continue;
      out.set(member.name, unmasked(member.value, before == nullptr ? Json() : *before));
    }
    return out;
  }
  const Json::Array* items = update.array();
  if (items == nullptr) return update;
  const Json::Array* before = kept.array();
  Json out(Json::Array{});
  for (std::size_t i = 0; i < items->size(); ++i) {
    const bool known = before != nullptr && i < before->size();
    if (!known && is_mask((*items)[i])) continue;
    out.push(unmasked((*items)[i], known ? (*before)[i] : Json()));
  }
  return out;
}

}  // namespace callisto::server
