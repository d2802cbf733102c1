#include "persist/codec/export_ndjson.h"

#include <algorithm>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "persist/codec/export_digest.h"
#include "persist/codec/export_snapshot.h"
#include "persist/codec/raw_data.h"
#include "persist/codec/raw_data_lines.h"

namespace callisto::persist {
namespace {

class NdjsonWriter {
 public:
  NdjsonWriter(const Snapshot& snapshot, const std::function<Status(std::string_view)>& sink)
      : snapshot_(snapshot), names_(snapshot.names()), sink_(sink) {
    rank_properties();
  }

  Status run(const std::function<Status(const LineSink&)>& others) {
    begin("header");
    text("format", kExportFormat);
    number("formatVersion", static_cast<std::int64_t>(kExportFormatVersion));
    text("account", snapshot_.account());
    number("graphVersion", static_cast<std::int64_t>(snapshot_.version()));
    text(kDigestField, digest_of_line(line_));
    if (Status status = end(); !status) return status;
    digest_ = ExportDigest();
    const auto write = [this](const ChangeSet& change) { return write_all(change); };
    if (Status status = for_each_change_set(snapshot_, write); !status) return status;
    std::int64_t lines = 0;
    const auto count = [&](std::string_view line) {
      ++lines;
      return give(line);
    };
    if (others) {
      if (Status status = others(count); !status) return status;
    }
    begin("end");
    number("entities", entities_);
    number("relationships", relationships_);
    if (lines > 0) number("others", lines);
    text(kDigestField, digest_.text());
    return end();
  }

 private:
  // Position of each property in the order of names: objects are sorted by comparing numbers.
  void rank_properties() {
    std::vector<std::uint32_t> order(names_.properties.size());
    for (std::uint32_t code = 0; code < order.size(); ++code) {
      order[code] = code;
    }
    std::ranges::sort(order, {}, [this](std::uint32_t code) { return names_.properties.at(code); });
    rank_.resize(order.size());
    for (std::uint32_t position = 0; position < order.size(); ++position) {
      rank_[order[position]] = position;
    }
  }

  Status write_all(const ChangeSet& change) {
    for (const PartitionPut& put : change.partitions) {
      if (Status status = write(put); !status) return status;
    }
    for (const ScopePut& put : change.scopes) {
      begin("scope");
      text("name", put.name);
      number("age", static_cast<std::int64_t>(put.age));
      if (Status status = end(); !status) return status;
    }
    for (const EntityPut& put : change.entities) {
      if (Status status = write(put); !status) return status;
    }
    for (const RelationshipPut& put : change.relationships) {
      if (Status status = write(put); !status) return status;
    }
    return {};
  }

  Status write(const PartitionPut& put) {
    begin("partition");
    number("id", put.id.value);
    text("source", put.info.source);
    text("scope", put.info.scope);
    text("instance", put.info.instance_id);
    text("integrationType", put.info.integration_type);
    text("integrationName", put.info.integration_name);
    text("integrationClass", put.info.integration_class);
    text("integrationDefinition", put.info.integration_definition_id);
    return end();
  }

  Status write(const EntityPut& put) {
    ++entities_;
    begin("entity");
    text("_id", to_string(put.id));
    text("_key", put.key);
    text("_type", names_.text(put.type));
    name("_class");
    line_ += '[';
    for (const ClassId id : put.classes) {
      if (line_.back() != '[') line_ += ',';
      append_json_string(line_, names_.text(id));
    }
    line_ += ']';
    write_rest(put);
    return end();
  }

  Status write(const RelationshipPut& put) {
    ++relationships_;
    begin("relationship");
    text("_id", to_string(put.id));
    text("_key", put.key);
    text("_type", names_.relationship_types.at(put.relationship_type));
    text("_class", names_.text(put.verb));
    text("_fromEntityId", to_string(put.from));
    text("_toEntityId", to_string(put.to));
    if (put.mapped) flag("_mapped");
    write_rest(put);
    return end();
  }

  template <class Put>
  void write_rest(const Put& put) {
    number("_version", put.meta.version);
    number("_createdOn", put.meta.created_on_ms);
    number("_beginOn", put.meta.begin_on_ms);
    if (put.meta.deleted) {
      number("_endOn", put.meta.end_on_ms);
      flag("_deleted");
    }
    number("partition", put.partition.value);
    name("base");
    write_base(put.base);
    if (put.layers) {
      if (put.layers->base_set_at_ms != 0) number("baseSetAt", put.layers->base_set_at_ms);
      name("layers");
      write_layers(*put.layers);
    }
  }

  void write_base(std::span<const NamedValue> base) {
    sorted_.assign(base.begin(), base.end());
    std::ranges::sort(
        sorted_, {}, [this](const NamedValue& value) { return rank(value.property); });
    line_ += '{';
    for (const NamedValue& value : sorted_) {
      name(names_.text(value.property));
      append_json(line_, value.value);
    }
    line_ += '}';
  }

  void write_layers(const ObjectLayers& layers) {
    std::vector<const PropertyLayers*> sorted;
    for (const PropertyLayers& property : layers.properties) {
      sorted.push_back(&property);
    }
    std::ranges::sort(sorted, {}, [this](const PropertyLayers* at) { return rank(at->property); });
    line_ += '{';
    for (const PropertyLayers* property : sorted) {
      name(names_.text(property->property));
      line_ += '{';
      if (property->patch) write("patch", *property->patch);
      if (property->mutation) write("mutation", *property->mutation);
      if (!property->overrides.empty()) write(property->overrides);
      line_ += '}';
    }
    line_ += '}';
  }

  void write(std::string_view layer, const LayerEntry& entry) {
    name(layer);
    line_ += '{';
    value("value", entry.value);
    number("setAt", entry.set_at_ms);
    text("origin", entry.origin);
    line_ += '}';
  }

  void write(const std::vector<OverrideEntry>& overrides) {
    name("overrides");
    line_ += '[';
    for (const OverrideEntry& entry : overrides) {
      if (line_.back() != '[') line_ += ',';
      line_ += '{';
      const auto scope = snapshot_.find_scope(entry.scope);
      text("scope", scope ? scope->name : std::string{});
      value("value", entry.value);
      value("below", entry.below);
      number("setAt", entry.set_at_ms);
      if (!entry.author.empty()) text("author", entry.author);
      if (!entry.reason.empty()) text("reason", entry.reason);
      if (entry.review_by_ms) number("reviewBy", *entry.review_by_ms);
      line_ += '}';
    }
    line_ += ']';
  }

  [[nodiscard]] std::uint32_t rank(PropertyId property) const {
    return property.value < rank_.size() ? rank_[property.value] : property.value;
  }

  void begin(std::string_view kind) {
    line_ = "{\"kind\":\"";
    line_ += kind;
    line_ += '"';
  }

  Status end() {
    line_ += '}';
    return give(line_);
  }

  Status give(std::string_view line) {
    digest_.add(line);
    return sink_(line);
  }

  void name(std::string_view name) {
    if (line_.back() != '{') line_ += ',';
    append_json_string(line_, name);
    line_ += ':';
  }

  void text(std::string_view key, std::string_view content) {
    name(key);
    append_json_string(line_, content);
  }

  void number(std::string_view key, std::int64_t content) {
    name(key);
    fmt::format_to(std::back_inserter(line_), "{}", content);
  }

  void flag(std::string_view key) {
    name(key);
    line_ += "true";
  }

  void value(std::string_view key, const Value& content) {
    name(key);
    line_ += to_json(content);
  }

  const Snapshot& snapshot_;
  const Names& names_;
  const std::function<Status(std::string_view)>& sink_;
  std::vector<std::uint32_t> rank_;
  std::vector<NamedValue> sorted_;
  std::string line_;
  ExportDigest digest_;
  std::int64_t entities_ = 0;
  std::int64_t relationships_ = 0;
};

}  // namespace

Status export_ndjson(const Snapshot& snapshot,
                     const LineSink& sink,
                     const std::function<Status(const LineSink&)>& others) {
  return NdjsonWriter(snapshot, sink).run(others);
}

Status export_raw_data(const Committer& store, const LineSink& sink) {
  Status status;
  store.for_each_side(kRawDataPrefix, [&](std::string_view key, std::string_view record) {
    if (!status) return;
    Result<std::string> line = raw_data_line(key, record);
    status = line ? sink(*line) : Status(tl::make_unexpected(std::move(line).error()));
  });
  return status;
}

}  // namespace callisto::persist
