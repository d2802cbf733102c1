// Single-object writes (GraphQL's createEntity, updateEntity, ...; D23, D32).
#include <algorithm>
#include <cctype>

#include <fmt/format.h>

#include "core/errors/barrier.h"
#include "core/overlay/precedence.h"
#include "persist/codec/wire_error.h"
#include "persist/jobs/layer_edit.h"
#include "persist/jobs/new_names.h"
#include "persist/jobs/persister_impl.h"
#include "persist/jobs/property_rules.h"
#include "persist/jobs/raw_data_plan.h"
#include <callisto/limits.h>
#include <callisto/utf8.h>

namespace callisto::persist {
namespace {

tl::unexpected<Error> no_entity(std::string_view id) {
  return fail(ErrorCode::NotFound,
              fmt::format("there is no entity with _id \"{}\"", shown_text(id)));
}

tl::unexpected<Error> no_relationship(std::string_view id) {
  return fail(ErrorCode::NotFound,
              fmt::format("there is no relationship with _id \"{}\"", shown_text(id)));
}

EntityEdit* live_entity(PlanContext& context, std::string_view id) {
  const std::optional<Uuid> uuid = parse_uuid(id);
  EntityEdit* const edit = uuid ? context.edit.find_entity(*uuid) : nullptr;
  return edit != nullptr && edit->live ? edit : nullptr;
}

RelationshipEdit* live_relationship(PlanContext& context, std::string_view id) {
  const std::optional<Uuid> uuid = parse_uuid(id);
  RelationshipEdit* const edit = uuid ? context.edit.find_relationship(*uuid) : nullptr;
  return edit != nullptr && edit->live ? edit : nullptr;
}

// Of writes that have no report to say what they left out.
Status check_own_names(const Properties& properties) {
  for (const auto& [name, value] : properties) {
    if (!name.starts_with('_')) continue;
    return refuse(
        ErrorCode::InvalidInput,
        wire::kInvalidPropertyValue,
        fmt::format("property \"{}\": what begins with _ is the graph's own and cannot be "
                    "set as a property",
                    shown_text(name)));
  }
  return {};
}

void report_hidden(const PlanContext& context,
                   const std::string& name,
                   const PropertyLayers& layers,
                   WriteReport& report) {
  const Resolution shown = resolve(layers, LayerView::Effective);
  if (shown.override_ == nullptr) return;
  const auto scope = context.snapshot.find_scope(shown.override_->scope);
  report.hidden.push_back({name, scope ? std::string(scope->name) : std::string()});
}

// Writes properties into the mutation layer; keys with `_` are left out and reported. What it says
// already is left as it is, with its time.
template <class Edit>
void write_mutations(PlanContext& context,
                     Edit& edit,
                     const Properties& properties,
                     const std::string& origin,
                     WriteReport& report) {
  report = {};
  ObjectLayers layers = context.edit.copy_layers(edit);
  for (const auto& [name, value] : properties) {
    if (name.starts_with('_')) {
      report.ignored.push_back(name);
      continue;
    }
    const PropertyId property{context.snapshot.names().properties.intern(name)};
    PropertyLayers& own = layers_at(layers, property);
    const bool said = own.mutation && own.mutation->value == value;
    (said ? report.unchanged : report.changed).push_back(name);
    report_hidden(context, name, own, report);
    if (said) continue;
    own.mutation = LayerEntry{.value = value, .set_at_ms = context.now_ms, .origin = origin};
  }
  if (!report.changed.empty()) context.edit.set_layers(edit, std::move(layers));
}

// Takes values out of the mutation layer of an entity.
void reset_mutations(PlanContext& context,
                     EntityEdit& edit,
                     const std::vector<std::string>& properties,
                     WriteReport& report) {
  report = {};
  ObjectLayers layers = context.edit.copy_layers(edit);
  for (const std::string& name : properties) {
    const auto known = context.snapshot.names().properties.find_any(name);
    const PropertyLayers* const found = known ? layers.find(PropertyId{*known}) : nullptr;
    if (found == nullptr || !found->mutation) {
      report.unchanged.push_back(name);
      continue;
    }
    report.changed.push_back(name);
    report_hidden(context, name, *found, report);
    layers_at(layers, PropertyId{*known}).mutation.reset();
  }
  if (report.changed.empty()) return;
  drop_empty(layers);
  context.edit.set_layers(edit, std::move(layers));
}

// Sorted rows as an upload would have them.
std::span<const NamedValue> to_rows(PlanContext& context, const Properties& properties) {
  std::vector<NamedValue> found;
  for (const auto& [name, value] : properties) {
    const PropertyId property{context.snapshot.names().properties.intern(name)};
    Arena& arena = context.plan.change.arena;
    found.push_back({.property = property, .value = arena.copy(view_of(value, arena))});
  }
  std::sort(found.begin(), found.end(), [](const NamedValue& a, const NamedValue& b) {
    return a.property < b.property;
  });
  const std::span<NamedValue> rows =
      context.plan.change.arena.allocate_array<NamedValue>(found.size());
  std::copy(found.begin(), found.end(), rows.begin());
  return rows;
}

// Each once, in their order.
std::span<const ClassId> to_classes(PlanContext& context, const std::vector<std::string>& given) {
  const std::span<ClassId> classes = context.edit.arena().allocate_array<ClassId>(given.size());
  auto end = classes.begin();
  for (const std::string& name : given) {
    const ClassId id{context.snapshot.names().classes.intern(name)};
    if (std::find(classes.begin(), end, id) == end) *end++ = id;
  }
  return {classes.begin(), end};
}

std::string upper(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), [](char c) {
    return static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  });
  return out;
}

}  // namespace

// A mutation that is planned and staged, and what it does to the registry of overrides.
struct Persister::Impl::StagedMutation {
  SyncPlan plan;
  OverrideRegistry::Update overrides;
};

namespace {

// Also when there is no memory for a copy of the message.
void refuse_all(std::span<Mutation* const> group, const Error& error) noexcept {
  for (Mutation* const mutation : group) {
    mutation->result = guarded([&]() -> Status { return tl::make_unexpected(error); });
  }
}

}  // namespace

Status Persister::Impl::mutate(const Edit& edit) {
  Mutation mine{.edit = edit};
  mutations_.run(mine, [this](const auto& take) {
    const auto writer = committer_.lock_writer();  // While this waits, others may still join.
    mutate_group(take());
  });
  return std::move(mine.result);
}

// Each mutation is a change of its own, planned on the one before it, as if it had come alone.
void Persister::Impl::mutate_group(std::span<Mutation* const> group) noexcept {
  // In place: contexts and change sets point into plans. An empty list takes no memory.
  std::list<StagedMutation> staged;
  std::size_t first = 0;  // Of the mutations whose outcome rests on what is staged.
  for (std::size_t at = 0; at < group.size(); ++at) {
    bool is_staged = false;
    bool purges = false;
    try {
      StagedMutation& mine = staged.emplace_back();
      group[at]->result = stage(group[at]->edit, mine);
      is_staged = group[at]->result && !mine.plan.change.empty();
      // The registry of overrides knows of a purge when it is done.
      purges = is_staged && !mine.plan.change.erased.empty();
      if (!is_staged) staged.pop_back();
    } catch (...) {  // The store may have staged it or not: none of them happens.
      refuse_all(group.subspan(first, at + 1 - first), error_of_exception());
      committer_.discard();
      staged.clear();
    }
    if (staged.empty()) first = at + 1;
    if (!purges) continue;
    flush(group.subspan(first, at + 1 - first), staged);
    first = at + 1;
  }
  flush(group.subspan(first), staged);
}

Status Persister::Impl::stage(const Edit& edit, StagedMutation& staged) {
  const StartJob api;  // Source `api`, no scope (D32).
  SyncPlan& plan = staged.plan;
  NewNames names(committer_.head()->names());
  PlanContext context(committer_.head(), api, overrides_, clock_.now_ms(), plan);
  if (Status status = edit(context); !status) return status;
  if (Status status = names.check(options_.limits); !status) return status;
  context.edit.follow_entities();
  finish_plan(context, 0);
  drop_raw_data(committer_, plan.change);
  CALLISTO_TRY(const SnapshotPtr after, committer_.stage(plan.change));
  staged.overrides = OverrideRegistry::prepare(plan.change, after);
  names.keep();
  return {};
}

void Persister::Impl::flush(std::span<Mutation* const> group,
                            std::list<StagedMutation>& staged) noexcept {
  if (staged.empty()) return;
  if (const Status status = guarded([&] { return committer_.flush(); }); !status) {
    refuse_all(group, status.error());
  } else {
    const std::unique_lock lock(mutex_);
    for (StagedMutation& mutation : staged) {
      overrides_.apply(std::move(mutation.overrides));
    }
  }
  staged.clear();
}

Result<std::string> Persister::Impl::create_entity(const CreateEntity& request) {
  Status checked = check_name("_key", request.key, options_.limits.key_bytes);
  if (checked) checked = check_name("_type", request.type, kTypeNameBytesMax);
  if (checked) checked = check_classes(request.classes);
  if (checked) checked = check_properties(request.properties, options_.limits);
  if (checked) checked = check_own_names(request.properties);
  if (!checked) return tl::make_unexpected(std::move(checked).error());
  std::string id;
  const Status done = mutate([&](PlanContext& context) -> Status {
    Names& names = context.snapshot.names();
    EntityRow row;
    row.key = context.keep(request.key);
    row.id = uuid_v5(context.spaces.entities, request.key);
    row.id_known = true;
    row.type = TypeId{names.types.intern(request.type)};
    row.classes = to_classes(context, request.classes);
    row.properties = to_rows(context, request.properties);
    merge_entity(context, row, context.owner);
    id = to_string(row.id);
    return {};
  });
  if (!done) return tl::make_unexpected(done.error());
  return id;
}

Result<std::string> Persister::Impl::update_entity(const UpdateEntity& request,
                                                   WriteReport& report) {
  Status checked = check_properties(request.properties, options_.limits);
  if (checked) checked = check_text("origin", request.origin, kNameBytesMax);
  if (!checked) return tl::make_unexpected(std::move(checked).error());
  std::string answer = request.id;
  const Status done = mutate([&](PlanContext& context) -> Status {
    EntityEdit* const edit = live_entity(context, request.id);
    if (edit == nullptr) return no_entity(request.id);
    write_mutations(context, *edit, request.properties, request.origin, report);
    return {};
  });
  if (!done) return tl::make_unexpected(done.error());
  return answer;
}

Result<std::string> Persister::Impl::reset_entity(const std::string& id,
                                                  const std::vector<std::string>& properties,
                                                  WriteReport& report) {
  std::string answer = id;
  const Status done = mutate([&](PlanContext& context) -> Status {
    EntityEdit* const edit = live_entity(context, id);
    if (edit == nullptr) return no_entity(id);
    reset_mutations(context, *edit, properties, report);
    return {};
  });
  if (!done) return tl::make_unexpected(done.error());
  return answer;
}

Result<std::string> Persister::Impl::delete_entity(const std::string& id, bool hard) {
  std::string answer = id;
  const Status done = mutate([&](PlanContext& context) -> Status {
    const std::optional<Uuid> uuid = parse_uuid(id);
    EntityEdit* const edit = uuid ? context.edit.find_entity(*uuid) : nullptr;
    // A hard delete also purges what was deleted softly before.
    if (edit == nullptr || (!edit->live && !hard)) return no_entity(id);
    edit->live = false;
    edit->erased = hard;
    return {};
  });
  if (!done) return tl::make_unexpected(done.error());
  return answer;
}

Result<std::string> Persister::Impl::create_relationship(const CreateRelationship& request) {
  Status checked = check_name("_key", request.key, options_.limits.key_bytes);
  if (checked) checked = check_name("_type", request.type, kTypeNameBytesMax);
  if (checked) checked = check_name("_class", request.verb, kTypeNameBytesMax);
  if (checked) checked = check_properties(request.properties, options_.limits);
  if (checked) checked = check_own_names(request.properties);
  if (!checked) return tl::make_unexpected(std::move(checked).error());
  std::string id;
  const Status done = mutate([&](PlanContext& context) -> Status {
    const EntityEdit* const from = live_entity(context, request.from_id);
    if (from == nullptr) return no_entity(request.from_id);
    const EntityEdit* const to = live_entity(context, request.to_id);
    if (to == nullptr) return no_entity(request.to_id);
    Names& names = context.snapshot.names();
    const Uuid uuid = uuid_v5(context.spaces.relationships, request.key);
    GraphEdit& graph = context.edit;
    RelationshipEdit& edit =
        graph.relationship(uuid, context.own_partition(), context.keep(request.key));
    const auto old = edit.live ? graph.base(edit) : std::span<const NamedValue>{};
    edit.live = true;
    edit.from = from->id;
    edit.to = to->id;
    graph.set_base(edit,
                   names.relationship_types.intern(request.type),
                   VerbId{names.verbs.intern(upper(request.verb))},
                   graph.merged(old, to_rows(context, request.properties)));
    id = to_string(uuid);
    return {};
  });
  if (!done) return tl::make_unexpected(done.error());
  return id;
}

Result<std::string> Persister::Impl::update_relationship(const UpdateRelationship& request) {
  Status checked = check_properties(request.properties, options_.limits);
  if (checked) checked = check_own_names(request.properties);
  if (checked) checked = check_text("origin", request.origin, kNameBytesMax);
  if (!checked) return tl::make_unexpected(std::move(checked).error());
  std::string answer = request.id;
  const Status done = mutate([&](PlanContext& context) -> Status {
    RelationshipEdit* const edit = live_relationship(context, request.id);
    if (edit == nullptr) return no_relationship(request.id);
    WriteReport report;  // Of relationships nobody asks.
    write_mutations(context, *edit, request.properties, request.origin, report);
    return {};
  });
  if (!done) return tl::make_unexpected(done.error());
  return answer;
}

Result<std::string> Persister::Impl::delete_relationship(const std::string& id, bool hard) {
  std::string answer = id;
  const Status done = mutate([&](PlanContext& context) -> Status {
    const std::optional<Uuid> uuid = parse_uuid(id);
    RelationshipEdit* const edit = uuid ? context.edit.find_relationship(*uuid) : nullptr;
    if (edit == nullptr || (!edit->live && !hard)) return no_relationship(id);
    edit->live = false;
    edit->erased = hard;
    return {};
  });
  if (!done) return tl::make_unexpected(done.error());
  return answer;
}

}  // namespace callisto::persist
