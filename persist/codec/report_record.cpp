#include "persist/codec/report_record.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "persist/codec/packed.h"
#include <callisto/limits.h>

namespace callisto::persist {
namespace {

using nlohmann::json;

constexpr std::string_view kFormat = "\x01";

// Of a Value, or of an element of its list.
struct ToJson {
  json operator()(Null /*value*/) const { return nullptr; }

  json operator()(bool value) const { return value; }

  json operator()(double value) const { return value; }

  json operator()(const std::string& value) const { return value; }

  json operator()(const List& list) const {
    json out = json::array();
    for (const Scalar& element : list) {
      out.push_back(std::visit(*this, element));
    }
    return out;
  }
};

json encode(const Value& value) {
  return std::visit(ToJson{}, value);
}

// Into a Value, or an element of its list.
template <class To>
To scalar_of(const json& in) {
  if (in.is_null()) return Null{};
  if (in.is_boolean()) return in.get<bool>();
  if (in.is_number()) return in.get<double>();
  return in.get<std::string>();
}

Value decode_value(const json& in) {
  if (!in.is_array()) return scalar_of<Value>(in);
  List list;
  for (const json& element : in) {
    list.push_back(scalar_of<Scalar>(element));
  }
  return list;
}

json encode(const ObjectChange& change) {
  json properties = json::array();
  for (const PropertyChange& property : change.properties) {
    properties.push_back({property.property, encode(property.before), encode(property.after)});
  }
  return {static_cast<int>(change.kind),
          change.relationship,
          change.id,
          change.key,
          change.type,
          std::move(properties)};
}

template <class Enum>
Enum decode_enum(const json& in, Enum last) {
  const auto number = in.get<unsigned>();
  if (number > static_cast<unsigned>(last)) throw json::other_error::create(501, "a name", &in);
  return static_cast<Enum>(number);
}

void decode(const json& in, ObjectChange& out) {
  out.kind = decode_enum(in.at(0), ChangeKind::Delete);
  out.relationship = in.at(1);
  out.id = in.at(2);
  out.key = in.at(3);
  out.type = in.at(4);
  for (const json& property : in.at(5)) {
    out.properties.push_back(
        {property.at(0), decode_value(property.at(1)), decode_value(property.at(2))});
  }
}

json encode(const OverrideTurn& turn) {
  return {turn.scope, turn.entity_id, turn.entity_key, turn.property, static_cast<int>(turn.now)};
}

void decode(const json& in, OverrideTurn& out) {
  out.scope = in.at(0);
  out.entity_id = in.at(1);
  out.entity_key = in.at(2);
  out.property = in.at(3);
  out.now = decode_enum(in.at(4), OverrideState::Overdue);
}

json encode(const UnresolvedRelationship& unresolved) {
  return {unresolved.key, unresolved.end, unresolved.missing, unresolved.scope};
}

// Records of a version that kept the key only have a text.
void decode(const json& in, UnresolvedRelationship& out) {
  if (in.is_string()) {
    out.key = in;
    return;
  }
  out = {.key = in.at(0), .end = in.at(1), .missing = in.at(2), .scope = in.at(3)};
}

json encode(const HiddenPatch& hidden) {
  return {hidden.entity_id, hidden.entity_key, hidden.property, hidden.scope};
}

void decode(const json& in, HiddenPatch& out) {
  out = {.entity_id = in.at(0), .entity_key = in.at(1), .property = in.at(2), .scope = in.at(3)};
}

std::string text_of(const json& in) {
  return in.dump(-1, ' ', false, json::error_handler_t::replace);
}

template <class Item>
json encode_list(const std::vector<Item>& items) {
  json out = json::array();
  std::size_t bytes = 0;
  for (const Item& item : items) {
    json one = encode(item);
    bytes += text_of(one).size();
    if (bytes > kReportListBytesMax) break;
    out.push_back(std::move(one));
  }
  return out;
}

template <class Item>
void decode_list(const json& in, std::vector<Item>& out) {
  for (const json& item : in) {
    decode(item, out.emplace_back());
  }
}

SyncReport decode(const json& in) {
  SyncReport report;
  report.graph_version = in.at("version");
  report.unchanged_entities = in.at("unchanged").at(0);
  report.unchanged_relationships = in.at("unchanged").at(1);
  report.skipped_rows = in.at("skipped");
  report.skipped_ids = in.at("skippedIds");
  report.unresolved_relationships = in.at("unresolved");
  decode_list(in.at("unresolvedKeys"), report.unresolved);
  if (const auto hidden = in.find("hidden"); hidden != in.end()) {
    report.hidden_values = hidden->at(0);
    decode_list(hidden->at(1), report.hidden);
  }
  report.overrides_set = in.at("overrides").at(0);
  report.overrides_removed = in.at("overrides").at(1);
  decode_list(in.at("changes"), report.changes);
  decode_list(in.at("turned"), report.turned);
  for (const json& count : in.at("turnedCounts")) {
    report.turned_counts[decode_enum(count.at(0), OverrideState::Overdue)] = count.at(1);
  }
  return report;
}

}  // namespace

std::string report_key(std::string_view job_id) {
  return fmt::format("{}{}", kReportPrefix, job_id);
}

std::string encode_report(const SyncReport& report) {
  json counts = json::array();
  for (const auto& [state, count] : report.turned_counts) {
    counts.push_back({static_cast<int>(state), count});
  }
  json out;
  out["version"] = report.graph_version;
  out["unchanged"] = {report.unchanged_entities, report.unchanged_relationships};
  out["skipped"] = report.skipped_rows;
  out["skippedIds"] = report.skipped_ids;
  out["unresolved"] = report.unresolved_relationships;
  out["unresolvedKeys"] = encode_list(report.unresolved);
  out["hidden"] = {report.hidden_values, encode_list(report.hidden)};
  out["overrides"] = {report.overrides_set, report.overrides_removed};
  out["changes"] = encode_list(report.changes);
  out["turned"] = encode_list(report.turned);
  out["turnedCounts"] = std::move(counts);
  return pack(kFormat, text_of(out));
}

Result<SyncReport> decode_report(std::string_view record) {
  if (!record.starts_with(kFormat)) {
    return fail(ErrorCode::Corruption, "a sync job's report has an unknown format");
  }
  CALLISTO_TRY(const std::string text, unpack(record.substr(kFormat.size()), kUploadBytesMax));
  try {
    return decode(json::parse(text));
  } catch (const json::exception& problem) {
    return fail(ErrorCode::Corruption,
                fmt::format("a sync job's report cannot be read: {}", problem.what()));
  }
}

}  // namespace callisto::persist
