#include "bench/generator/upload_writer.h"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <system_error>

#include <fmt/format.h>

namespace callisto::bench {
namespace {

// The generator makes printable ASCII only: quotes and backslashes are all there is to escape.
void append_string(std::string& out, std::string_view text) {
  out += '"';
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  out += '"';
}

struct AppendValue {
  std::string& out;

  void operator()(bool value) const { out += value ? "true" : "false"; }

  void operator()(std::int64_t value) const {
    fmt::format_to(std::back_inserter(out), "{}", value);
  }

  void operator()(Tenths value) const {
    fmt::format_to(std::back_inserter(out), "{}.{}", value.tenths / 10, value.tenths % 10);
  }

  void operator()(const std::string& value) const { append_string(out, value); }

  void operator()(const std::vector<std::string>& values) const {
    out += '[';
    for (std::size_t i = 0; i < values.size(); ++i) {
      if (i > 0) out += ',';
      append_string(out, values[i]);
    }
    out += ']';
  }
};

void append_member(std::string& out, std::string_view name, std::string_view value) {
  out += ',';
  append_string(out, name);
  out += ':';
  append_string(out, value);
}

void append_end(
    std::string& out, std::string_view end, std::string_view type, std::uint32_t row, Ends ends) {
  append_member(out, fmt::format("_{}EntityKey", end), entity_key(type, row));
  if (ends == Ends::OwnScope) return;
  append_member(out, fmt::format("_{}EntitySource", end), "api");
  append_member(out, fmt::format("_{}EntityScope", end), type);
}

// Collects objects into bodies and hands each full one on.
class Batch {
 public:
  Batch(std::string_view name, const BodySink& sink) : name_(name), sink_(sink) {}

  // Where the next object is to be appended.
  std::string& begin_object() {
    body_ += objects_ == 0 ? fmt::format("{{\"{}\":[", name_) : std::string(",");
    ++objects_;
    return body_;
  }

  bool end_object() { return objects_ < kBatchRows || flush(); }

  bool flush() {
    if (objects_ == 0) return true;
    body_ += "]}";
    const bool more = sink_(body_, objects_);
    body_.clear();
    objects_ = 0;
    return more;
  }

 private:
  std::string_view name_;
  const BodySink& sink_;
  std::string body_;
  std::uint32_t objects_ = 0;
};

class Folder {
 public:
  Folder(std::filesystem::path root, WrittenFiles& written)
      : root_(std::move(root)), written_(written) {}

  std::string create() {
    std::error_code error;
    std::filesystem::create_directories(root_ / "entities", error);
    if (!error) std::filesystem::create_directories(root_ / "relationships", error);
    if (error) return fmt::format("cannot create {}: {}", root_.string(), error.message());
    manifest_.open(root_ / "manifest.tsv");
    return manifest_ ? std::string() : fmt::format("cannot write in {}", root_.string());
  }

  // Calls write(file) and notes what it wrote.
  template <class Write>
  std::string add(const std::string& kind, const std::string& type, const Write& write) {
    const std::string name = kind + "/" + type + ".ndjson";
    std::ofstream file(root_ / name, std::ios::binary);
    const std::uint64_t objects = write(file);
    file.flush();
    if (!file) return fmt::format("cannot write {}", (root_ / name).string());
    written_.bytes += static_cast<std::uint64_t>(file.tellp());
    manifest_ << type << '\t' << name << '\t' << objects << '\n';
    return {};
  }

  std::string finish() {
    manifest_.flush();
    return manifest_ ? std::string() : std::string("cannot write manifest.tsv");
  }

 private:
  std::filesystem::path root_;
  WrittenFiles& written_;
  std::ofstream manifest_;
};

std::uint64_t write_entity_file(const Workload& workload,
                                const EntityKind& kind,
                                std::ofstream& file) {
  Entity entity;
  std::string line;
  for (std::uint32_t row = 0; row < workload.rows(kind) && file; ++row) {
    workload.entity(entity, kind, row);
    line.clear();
    append_entity_json(line, kind, entity);
    file << line << '\n';
  }
  return workload.rows(kind);
}

std::uint64_t write_relationship_file(const Workload& workload,
                                      const RelationshipKind& kind,
                                      std::ofstream& file) {
  const std::vector<Edge> edges = workload.edges(kind);
  std::vector<Property> properties;
  std::string line;
  for (std::uint32_t i = 0; i < edges.size() && file; ++i) {
    workload.edge_properties(properties, kind, i);
    line.clear();
    append_relationship_json(line, kind, edges[i], properties, Ends::OwnScope);
    file << line << '\n';
  }
  return edges.size();
}

}  // namespace

void append_properties(std::string& out, const std::vector<Property>& properties) {
  for (const Property& property : properties) {
    out += ',';
    append_string(out, property.name);
    out += ':';
    std::visit(AppendValue{out}, property.value);
  }
}

void append_entity_json(std::string& out, const EntityKind& kind, const Entity& entity) {
  out += "{\"_key\":";
  append_string(out, entity.key);
  append_member(out, "_type", kind.type);
  out += ",\"_class\":[";
  for (std::size_t i = 0; i < kind.classes.size(); ++i) {
    if (i > 0) out += ',';
    append_string(out, kind.classes[i]);
  }
  out += ']';
  append_properties(out, entity.properties);
  out += '}';
}

void append_relationship_json(std::string& out,
                              const RelationshipKind& kind,
                              const Edge& edge,
                              const std::vector<Property>& properties,
                              Ends ends) {
  out += "{\"_key\":";
  append_string(out, edge_key(kind, edge));
  append_member(out, "_type", relationship_type(kind));
  append_member(out, "_class", kind.verb);
  append_end(out, "from", kind.from, edge.from, ends);
  append_end(out, "to", kind.to, edge.to, ends);
  append_member(out, "displayName", kind.verb);
  append_properties(out, properties);
  out += '}';
}

void write_entities(const Workload& workload,
                    const EntityKind& kind,
                    std::uint32_t revision,
                    const BodySink& sink) {
  Batch batch("entities", sink);
  Entity entity;
  for (std::uint32_t row = 0; row < workload.rows(kind); ++row) {
    workload.entity(entity, kind, row, revision);
    append_entity_json(batch.begin_object(), kind, entity);
    if (!batch.end_object()) return;
  }
  batch.flush();
}

void write_relationships(const Workload& workload,
                         const RelationshipKind& kind,
                         std::uint32_t revision,
                         const BodySink& sink) {
  Batch batch("relationships", sink);
  std::vector<Property> properties;
  const std::vector<Edge> edges = workload.edges(kind);
  for (std::uint32_t i = 0; i < edges.size(); ++i) {
    workload.edge_properties(properties, kind, i, revision);
    append_relationship_json(batch.begin_object(), kind, edges[i], properties, Ends::OtherScope);
    if (!batch.end_object()) return;
  }
  batch.flush();
}

std::string write_files(const Workload& workload,
                        const std::string& directory,
                        WrittenFiles& written) {
  Folder folder(directory, written);
  if (std::string error = folder.create(); !error.empty()) return error;
  for (const EntityKind& kind : entity_kinds()) {
    const auto write = [&](std::ofstream& file) {
      const std::uint64_t count = write_entity_file(workload, kind, file);
      written.entities += count;
      return count;
    };
    std::string error = folder.add("entities", std::string(kind.type), write);
    if (!error.empty()) return error;
  }
  for (const RelationshipKind& kind : relationship_kinds()) {
    const auto write = [&](std::ofstream& file) {
      const std::uint64_t count = write_relationship_file(workload, kind, file);
      written.relationships += count;
      return count;
    };
    std::string error = folder.add("relationships", relationship_type(kind), write);
    if (!error.empty()) return error;
  }
  return folder.finish();
}

}  // namespace callisto::bench
