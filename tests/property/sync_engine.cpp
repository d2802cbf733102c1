#include "tests/property/sync_engine.h"

#include <cstdlib>

#include <rapidcheck.h>

namespace callisto::property {
namespace {

PartitionInfo owner(const std::string& scope) {
  PartitionInfo info;
  info.source = "api";
  info.scope = scope;
  return info;
}

std::string text(const std::string& value) {
  return '"' + value + '"';
}

std::string members(const Values& values) {
  std::string out;
  for (const auto& [property, value] : values)
    out += "," + text(property) + ":" + value;
  return out;
}

Value parse(const std::string& json) {
  if (json == "null") return Null{};
  if (json == "true") return true;
  if (json == R"(["x","y"])") return List{Scalar(std::string("x")), Scalar(std::string("y"))};
  if (json.front() == '"') return json.substr(1, json.size() - 2);
  return std::stod(json);
}

Properties parse(const Values& values) {
  Properties out;
  for (const auto& [property, value] : values)
    out[property] = parse(value);
  return out;
}

std::string edge_row(const std::string& scope, const EdgeRowSpec& row) {
  const auto end = [&](const std::string& which, const Name& name) {
    std::string out = ",\"_" + which + "EntityKey\":" + text(name.second);
    if (name.first != scope) {
      out += ",\"_" + which + "EntitySource\":\"api\",\"_" + which +
             "EntityScope\":" + text(name.first);
    }
    return out;
  };
  return R"({"_type":"t","_class":"HAS","_key":)" + text(row.key) + end("from", row.from) +
         end("to", row.to) + members(row.values) + "}";
}

SyncMode mode_of(Op op) {
  switch (op) {
    case Op::Patch:
      return SyncMode::Patch;
    case Op::Pin:
      return SyncMode::Override;
    case Op::CreateOrUpdate:
      return SyncMode::CreateOrUpdate;
    default:
      return SyncMode::Diff;
  }
}

Outcome outcome_of(const SyncReport& report) {
  Outcome out;
  const auto counts = [](const ObjectCounters& counters) {
    return Counts{counters.created, counters.updated, counters.deleted};
  };
  out.entities = counts(report.job.entities);
  out.edges = counts(report.job.relationships);
  out.skipped = report.skipped_rows;
  out.unresolved = report.unresolved_relationships;
  return out;
}

}  // namespace

class SyncEngine::TestClock final : public Clock {
 public:
  [[nodiscard]] std::int64_t now_ms() const override { return now; }

  std::int64_t now = 1'000;
};

class SyncEngine::TestIds final : public IdSource {
 public:
  std::string next_uuid() override { return "job-" + std::to_string(next_++); }

 private:
  int next_ = 1;
};

SyncEngine::SyncEngine(bool durable)
    : clock_(std::make_unique<TestClock>()), ids_(std::make_unique<TestIds>()) {
  if (durable) {
    std::string name = (std::filesystem::temp_directory_path() / "callisto-model-XXXXXX").string();
    RC_ASSERT(mkdtemp(name.data()) != nullptr);
    directory_ = name;
  }
  open_store();
}

SyncEngine::~SyncEngine() {
  persister_.reset();
  store_.reset();
  if (!directory_.empty()) std::filesystem::remove_all(directory_);
}

void SyncEngine::open_store() {
  if (!directory_.empty()) {
    auto opened = persist::DurableStore::open((directory_ / "store").string(), "acct");
    RC_ASSERT(opened.has_value());
    store_ = *std::move(opened);
  } else if (!store_) {
    store_ = std::make_unique<persist::MemoryStore>("acct");
  }
  auto opened = persist::Persister::open(*store_, {}, *clock_, *ids_);
  RC_ASSERT(opened.has_value());
  persister_ = *std::move(opened);
}

void SyncEngine::reopen() {
  persister_.reset();
  if (!directory_.empty()) store_.reset();
  open_store();
}

std::int64_t SyncEngine::now() const {
  return clock_->now;
}

void SyncEngine::tick() {
  ++clock_->now;
}

std::string SyncEngine::id(const Name& name) const {
  return to_string(uuid_v5(name_spaces("acct", owner(name.first)).entities, name.second));
}

std::string SyncEngine::edge_id(const Name& name) const {
  return to_string(uuid_v5(name_spaces("acct", owner(name.first)).relationships, name.second));
}

std::string SyncEngine::entity_row(const Step& step, const EntityRowSpec& row) const {
  const std::string head = step.op == Op::Patch || step.op == Op::Pin
                               ? R"({"_id":)" + text(id(row.name))
                               : R"({"_class":"Thing","_key":)" + text(row.name.second) +
                                     R"(,"_type":)" + text(row.type);
  return head + members(row.values) + "}";
}

void SyncEngine::upload(const std::string& job,
                        const std::string& body,
                        const UploadOptions& options) {
  const auto uploaded = persister_->upload(job, body, options);
  if (!uploaded) RC_LOG() << uploaded.error().message;
  RC_ASSERT(uploaded.has_value());
}

SyncReport SyncEngine::finalize(const std::string& job, FinalizeOptions options, bool& guarded) {
  auto report = persister_->finalize(job, options);
  guarded = !report && persist::wire_code(report.error()) == "DELETION_GUARD";
  if (guarded) {
    options.deletion_guard.reset();
    report = persister_->finalize(job, options);
  }
  RC_ASSERT(report.has_value());
  RC_ASSERT(report->job.status == JobStatus::Finished);
  return *std::move(report);
}

std::optional<Outcome> SyncEngine::run(const Step& step) {
  StartJob request;
  request.mode = mode_of(step.op);
  request.scope = step.scope;
  const auto job = persister_->start(request);
  RC_ASSERT(job.has_value());
  std::string edges;  // Sent before the entities they join: order means nothing.
  for (const EdgeRowSpec& row : step.edges)
    edges += (edges.empty() ? "" : ",") + edge_row(step.scope, row);
  const bool keyed = step.op == Op::Diff || step.op == Op::CreateOrUpdate;
  const UploadOptions flags{.ignore_duplicates = step.corrected && keyed};
  if (!edges.empty()) upload(job->id, R"({"relationships":[)" + edges + "]}", flags);
  std::string deletes;
  for (const Name& name : step.deletes) {
    deletes += std::string(deletes.empty() ? "" : ",") + R"({"_id":)" + text(id(name)) + "}";
  }
  if (!deletes.empty()) upload(job->id, R"({"deleteEntities":[)" + deletes + "]}", flags);
  if (flags.ignore_duplicates) {  // What is sent later counts.
    for (const EntityRowSpec& row : step.rows)
      upload(job->id, entity_row(step, {row.name, "early", {{"p", "7"}}}), flags);
  }
  for (const EntityRowSpec& row : step.rows)
    upload(job->id, entity_row(step, row), flags);
  // A PATCH counts each row that it skips, so there a repeat would show.
  if (step.repeated && !step.rows.empty() && step.op != Op::Patch)
    upload(job->id, entity_row(step, step.rows.back()), flags);
  if (step.restarted) reopen();
  if (step.aborted) {
    RC_ASSERT(persister_->abort(job->id, "").has_value());
    return std::nullopt;
  }
  FinalizeOptions options;
  options.partial_types.assign(step.partial_types.begin(), step.partial_types.end());
  // A partial type keeps entities; edges have types of their own.
  std::optional<Outcome> rehearsed;
  if (step.rehearsed) {
    options.dry_run = true;
    rehearsed = outcome_of(*persister_->finalize(job->id, options));
    options.dry_run = false;
  }
  bool guarded = false;
  Outcome outcome = outcome_of(finalize(job->id, options, guarded));
  outcome.guarded = guarded;
  if (rehearsed) {
    rehearsed->guarded = guarded;  // A dry run tells the numbers.
    RC_ASSERT(*rehearsed == outcome);
    const auto again = persister_->finalize(job->id, options);
    RC_ASSERT(again->job.entities.updated == outcome.entities.updated);
  }
  return outcome;
}

bool SyncEngine::update(const Name& name, const Values& values) {
  return persister_->update_entity({.id = id(name), .properties = parse(values)}).has_value();
}

bool SyncEngine::reset(const Name& name, const std::vector<std::string>& properties) {
  return persister_->reset_entity(id(name), properties).has_value();
}

bool SyncEngine::remove(const Name& name, bool hard) {
  return persister_->delete_entity(id(name), hard).has_value();
}

bool SyncEngine::update_edge(const Name& name, const Values& values) {
  return persister_->update_relationship({.id = edge_id(name), .properties = parse(values)})
      .has_value();
}

namespace {

std::string fact(const Name& name, const std::string& what, const std::string& value) {
  return name.first + "/" + name.second + " " + what + " " + value + "\n";
}

std::string layer_text(const Explanation& why) {
  std::string out;
  for (const LayerValue& layer : why.layers) {
    if (!layer.present && layer.layer != Layer::Base) continue;
    out += std::string(to_string(layer.layer)) + ":";
    if (layer.layer == Layer::Override) {
      out +=
          layer.origin + "@" + std::to_string(layer.set_at_ms) + ":" + to_json(*layer.below) + ":";
    }
    if (layer.layer == Layer::Base) out += "@" + std::to_string(layer.set_at_ms) + ":";
    out += to_json(layer.value) + " ";
  }
  return out;
}

std::string layer_text(const SyncModel& model,
                       const ModelEntity& entity,
                       const std::string& property) {
  std::string out;
  for (const std::string& scope : model.scopes) {
    const auto pins = entity.pins.find(property);
    if (pins == entity.pins.end() || !pins->second.contains(scope)) continue;
    const Pin& pin = pins->second.at(scope);
    out += "override:" + scope + "@" + std::to_string(pin.set_at) + ":" + pin.below + ":" +
           pin.value + " ";
  }
  if (entity.mutation.contains(property)) out += "mutation:" + entity.mutation.at(property) + " ";
  if (entity.patch.contains(property)) out += "patch:" + entity.patch.at(property) + " ";
  const auto base = entity.base.find(property);
  return out + "base:@" + std::to_string(entity.base_set_at) + ":" +
         (base == entity.base.end() ? "null" : base->second) + " ";
}

}  // namespace

std::string SyncEngine::facts() const {
  const SnapshotPtr snapshot = store_->snapshot();
  std::string out;
  Arena scratch;
  const auto known = [&](const std::string& property) {
    return PropertyId{snapshot->names().properties.intern(property)};
  };
  for (const Name& name : all_names()) {
    const auto ref = snapshot->find_entity(*parse_uuid(id(name)));
    if (!ref) continue;
    const EntityTable& table = *snapshot->entity_table(ref->type);
    const bool live = table.is_live(ref->row);
    const auto value = [&](const std::string& property) {
      return to_json(snapshot->value(*ref, known(property), scratch));
    };
    out += fact(name, "live", live ? "yes" : "no");
    if (live) {
      out += fact(name, "type", value("_type"));
      out += fact(name, "version", value("_version"));
      out += fact(name, "begin", value("_beginOn"));
      out += fact(name, "created", value("_createdOn"));
    }
    for (const std::string& property : all_properties()) {
      if (live) out += fact(name, property, value(property));
      out += fact(name, property + " layers", layer_text(*persister_->why(id(name), property)));
    }
  }
  for (const Name& name : all_names()) {
    const auto ref = snapshot->find_relationship(*parse_uuid(edge_id(name)));
    if (!ref || !snapshot->relationship_tables()[ref->table]->is_live(ref->row)) continue;
    for (const std::string property : {"_version", "p", "q", "r", "_fromEntityId", "_toEntityId"}) {
      out +=
          fact(name, "edge " + property, to_json(snapshot->value(*ref, known(property), scratch)));
    }
  }
  for (const OverrideScope& scope : snapshot->scopes())
    out += "scope " + scope.name + "\n";
  std::map<std::string, std::string> listed;
  for (const OverrideInfo& info : persister_->overrides({})) {
    std::string states;
    for (const OverrideState state : info.states) {
      states += (states.empty() ? "" : "+") + std::string(to_string(state));
    }
    listed[info.entity_id + " " + info.property + " " + info.scope] = states;
  }
  for (const auto& [what, states] : listed)
    out += what + " " + states + "\n";
  return out;
}

std::string facts(const SyncModel& model) {
  std::string out;
  const auto id = [](const Name& name) {
    return to_string(uuid_v5(name_spaces("acct", owner(name.first)).entities, name.second));
  };
  std::map<std::string, std::string> listed;
  for (const auto& [name, entity] : model.entities) {
    out += fact(name, "live", entity.live ? "yes" : "no");
    if (entity.live) {
      out += fact(name, "type", text(entity.type));
      out += fact(name, "version", std::to_string(entity.version));
      out += fact(name, "begin", std::to_string(entity.begin_on));
      out += fact(name, "created", std::to_string(entity.created_on));
    }
    for (const std::string& property : all_properties()) {
      if (entity.live) out += fact(name, property, model.effective(entity, property));
      out += fact(name, property + " layers", layer_text(model, entity, property));
    }
    for (const auto& [property, pins] : entity.pins) {
      for (const auto& [scope, pin] : pins) {
        listed[id(name) + " " + property + " " + scope] = model.states(entity, property, scope);
      }
    }
  }
  for (const auto& [name, edge] : model.edges) {
    if (!edge.live) continue;
    out += fact(name, "edge _version", std::to_string(edge.version));
    for (const std::string& property : all_properties()) {
      const auto mutated = edge.mutation.find(property);
      const auto base = edge.base.find(property);
      out += fact(name,
                  "edge " + property,
                  mutated != edge.mutation.end() ? mutated->second
                  : base != edge.base.end()      ? base->second
                                                 : "null");
    }
    out += fact(name, "edge _fromEntityId", text(id(edge.from)));
    out += fact(name, "edge _toEntityId", text(id(edge.to)));
  }
  for (const std::string& scope : model.scopes)
    out += "scope " + scope + "\n";
  for (const auto& [what, states] : listed)
    out += what + " " + states + "\n";
  return out;
}

}  // namespace callisto::property
