#include "persist/codec/report_record.h"

#include <fmt/format.h>

#include "core/values/json_writer.h"
#include "persist/codec/json_document.h"
#include "persist/codec/packed.h"
#include <callisto/limits.h>

namespace callisto::persist {
namespace {

using simdjson::dom::element;

constexpr std::string_view kFormat = "\x01";

void encode(JsonWriter& out, const ObjectChange& change) {
  out.begin_array().value(static_cast<int>(change.kind)).value(change.relationship);
  out.value(change.id).value(change.key).value(change.type).begin_array();
  for (const PropertyChange& property : change.properties) {
    out.begin_array().value(property.property).value(property.before).value(property.after);
    out.end_array();
  }
  out.end_array().end_array();
}

void decode(element in, ObjectChange& out) {
  out.kind = enum_of(in.at(0), ChangeKind::Delete);
  out.relationship = in.at(1);
  out.id = string_of(in.at(2));
  out.key = string_of(in.at(3));
  out.type = string_of(in.at(4));
  for (const element property : simdjson::dom::array(in.at(5))) {
    out.properties.push_back(
        {string_of(property.at(0)), value_of(property.at(1)), value_of(property.at(2))});
  }
}

void encode(JsonWriter& out, const OverrideTurn& turn) {
  out.begin_array().value(turn.scope).value(turn.entity_id).value(turn.entity_key);
  out.value(turn.property).value(static_cast<int>(turn.now)).end_array();
}

void decode(element in, OverrideTurn& out) {
  out.scope = string_of(in.at(0));
  out.entity_id = string_of(in.at(1));
  out.entity_key = string_of(in.at(2));
  out.property = string_of(in.at(3));
  out.now = enum_of(in.at(4), OverrideState::Overdue);
}

void encode(JsonWriter& out, const UnresolvedRelationship& unresolved) {
  out.begin_array().value(unresolved.key).value(unresolved.end);
  out.value(unresolved.missing).value(unresolved.scope).end_array();
}

// Records of a version that kept the key only have a text.
void decode(element in, UnresolvedRelationship& out) {
  if (in.is_string()) {
    out.key = string_of(in);
    return;
  }
  out = {.key = string_of(in.at(0)),
         .end = string_of(in.at(1)),
         .missing = string_of(in.at(2)),
         .scope = string_of(in.at(3))};
}

void encode(JsonWriter& out, const HiddenPatch& hidden) {
  out.begin_array().value(hidden.entity_id).value(hidden.entity_key);
  out.value(hidden.property).value(hidden.scope).end_array();
}

void decode(element in, HiddenPatch& out) {
  out = {.entity_id = string_of(in.at(0)),
         .entity_key = string_of(in.at(1)),
         .property = string_of(in.at(2)),
         .scope = string_of(in.at(3))};
}

// As many as kReportListBytesMax has room for.
template <class Item>
void encode_list(JsonWriter& out, const std::vector<Item>& items) {
  out.begin_array();
  std::size_t bytes = 0;
  std::string text;
  for (const Item& item : items) {
    text.clear();
    JsonWriter one(text);
    encode(one, item);
    bytes += text.size();
    if (bytes > kReportListBytesMax) break;
    out.raw(text);
  }
  out.end_array();
}

template <class Item>
void decode_list(element in, std::vector<Item>& out) {
  for (const element item : simdjson::dom::array(in)) {
    decode(item, out.emplace_back());
  }
}

SyncReport decode(element in) {
  SyncReport report;
  report.graph_version = in["version"];
  report.unchanged_entities = in["unchanged"].at(0);
  report.unchanged_relationships = in["unchanged"].at(1);
  report.skipped_rows = in["skipped"];
  for (const element id : simdjson::dom::array(in["skippedIds"])) {
    report.skipped_ids.push_back(string_of(id));
  }
  report.unresolved_relationships = in["unresolved"];
  decode_list(in["unresolvedKeys"], report.unresolved);
  element hidden;
  if (in["hidden"].get(hidden) == simdjson::SUCCESS) {
    report.hidden_values = hidden.at(0);
    decode_list(hidden.at(1), report.hidden);
  }
  report.overrides_set = in["overrides"].at(0);
  report.overrides_removed = in["overrides"].at(1);
  decode_list(in["changes"], report.changes);
  decode_list(in["turned"], report.turned);
  for (const element count : simdjson::dom::array(in["turnedCounts"])) {
    report.turned_counts[enum_of(count.at(0), OverrideState::Overdue)] = count.at(1);
  }
  return report;
}

}  // namespace

std::string report_key(std::string_view job_id) {
  return fmt::format("{}{}", kReportPrefix, job_id);
}

std::string encode_report(const SyncReport& report) {
  std::string text;
  JsonWriter out(text);
  out.begin_object().member("version", report.graph_version);
  out.key("unchanged").begin_array().value(report.unchanged_entities);
  out.value(report.unchanged_relationships).end_array();
  out.member("skipped", report.skipped_rows).key("skippedIds").begin_array();
  for (const std::string& id : report.skipped_ids) {
    out.value(id);
  }
  out.end_array().member("unresolved", report.unresolved_relationships).key("unresolvedKeys");
  encode_list(out, report.unresolved);
  out.key("hidden").begin_array().value(report.hidden_values);
  encode_list(out, report.hidden);
  out.end_array().key("overrides").begin_array().value(report.overrides_set);
  out.value(report.overrides_removed).end_array().key("changes");
  encode_list(out, report.changes);
  out.key("turned");
  encode_list(out, report.turned);
  out.key("turnedCounts").begin_array();
  for (const auto& [state, count] : report.turned_counts) {
    out.begin_array().value(static_cast<int>(state)).value(count).end_array();
  }
  out.end_array().end_object();
  return pack(kFormat, text);
}

Result<SyncReport> decode_report(std::string_view record) {
  if (!record.starts_with(kFormat)) {
    return fail(ErrorCode::Corruption, "a sync job's report has an unknown format");
  }
  CALLISTO_TRY(const std::string text, unpack(record.substr(kFormat.size()), kUploadBytesMax));
  Result<SyncReport> report = decode_json(text, [](element root) { return decode(root); });
  if (report) return report;
  return fail(ErrorCode::Corruption,
              fmt::format("a sync job's report cannot be read: {}", report.error().message));
}

}  // namespace callisto::persist
