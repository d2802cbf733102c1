// Relationships of DIFF, CROSS_SCOPE and CREATE_OR_UPDATE: resolved only now, when all entities of
// the job are planned (wire-api 3, 5, 6; D33, D35).
#include <algorithm>
#include <memory>

#include "persist/jobs/mapped_targets.h"
#include "persist/jobs/sync_plan.h"

namespace callisto::persist {
namespace {

class RelationshipPlan {
 public:
  RelationshipPlan(PlanContext& context, const Job& job)
      : context_(context),
        job_(job),
        report_(context.plan.report),
        is_first_(job.state.mode != SyncMode::CreateOrUpdate &&
                  !context.snapshot.find_partition(context.owner)) {}

  void run(const FinalizeOptions& options) {
    for (const UploadBatch& batch : job_.rows.batches()) {
      const std::vector<RelationshipRow>& rows = batch.relationships;
      for (std::size_t i = 0; i < rows.size(); ++i) {
        if (i + kIndexAhead < rows.size()) prefetch(rows[i + kIndexAhead]);
        if (i + kRowsAhead < rows.size()) prefetch_ends(rows[i + kRowsAhead]);
        rows[i].mapping == nullptr ? plain(rows[i]) : mapped(rows[i]);
      }
    }
    if (job_.state.mode != SyncMode::CreateOrUpdate) rest(options);
  }

 private:
  struct Joined {
    Uuid id;
    std::string_view key;
    Uuid from;
    Uuid to;
    bool mapped = false;
  };

  void prefetch(const RelationshipRow& row) const {
    const Snapshot& snapshot = context_.snapshot;
    if (!is_first_) snapshot.prefetch_relationship(row.id);
    if (row.from.id) snapshot.prefetch_entity(*row.from.id);
    if (row.to.id) snapshot.prefetch_entity(*row.to.id);
  }

  void prefetch_ends(const RelationshipRow& row) const {
    if (row.from.id) context_.snapshot.prefetch_entity_row(*row.from.id);
    if (row.to.id) context_.snapshot.prefetch_entity_row(*row.to.id);
  }

  void plain(const RelationshipRow& row) {
    const std::optional<Uuid> from = resolve(row.from);
    if (!from) return unresolved(row, "from", row.from);
    const std::optional<Uuid> to = resolve(row.to);
    if (!to) return unresolved(row, "to", row.to);
    write(row, {.id = row.id, .key = row.key, .from = *from, .to = *to, .mapped = false});
  }

  // One edge to each target; the uploaded key names the mapping, the target completes it.
  void mapped(const RelationshipRow& row) {
    if (!targets_) targets_ = std::make_unique<MappedTargets>(context_, job_);
    const Mapping& mapping = *row.mapping;
    bool failed = !context_.edit.alive(mapping.source);
    std::vector<Uuid> targets;
    if (!failed) targets = targets_->find(mapping, failed);
    if (failed) {
      ++report_.job.mapped.create_errors;
      const bool source = !context_.edit.alive(mapping.source);
      return unresolved(row,
                        source ? "_mapping.sourceEntityKey" : "_mapping.targetEntity",
                        source ? mapping.source_key : mapping.target.key);
    }
    for (const Uuid& target : targets) {
      const std::string key = std::string(row.key) + "|" + to_string(target);
      const Uuid id = uuid_v5(context_.spaces.relationships, key);
      const Uuid& from = mapping.reverse ? target : mapping.source;
      const Uuid& to = mapping.reverse ? mapping.source : target;
      write(row, {.id = id, .key = context_.keep(key), .from = from, .to = to, .mapped = true});
    }
  }

  void write(const RelationshipRow& row, const Joined& joined) {
    const bool merges = job_.state.mode == SyncMode::CreateOrUpdate;
    GraphEdit& edit = context_.edit;
    if (is_first_ && !joined.mapped) {
      write_edit(edit.new_relationship(joined.id, partition(), joined.key), row, joined);
      return;
    }
    if (const auto ref = context_.snapshot.find_relationship(joined.id)) {
      marks_.set(ref->table, ref->row);
      if (!merges && is_stored(row, joined, *ref)) {
        ++report_.unchanged_relationships;
        return;
      }
    }
    write_edit(edit.relationship(joined.id, partition(), joined.key), row, joined);
  }

  void write_edit(RelationshipEdit& target, const RelationshipRow& row, const Joined& joined) {
    const bool merges = job_.state.mode == SyncMode::CreateOrUpdate;
    GraphEdit& edit = context_.edit;
    const bool merge_old = merges && target.live;
    const std::span<const NamedValue> base =
        merges ? edit.merged(merge_old ? edit.base(target) : std::span<const NamedValue>{},
                             row.properties)
               : row.properties;
    target.live = true;
    target.from = joined.from;
    target.to = joined.to;
    target.mapped = joined.mapped;
    edit.set_base(target, row.type, row.verb, base);
  }

  // Whether the stored relationship already is what the row says. Both ends are alive here.
  bool is_stored(const RelationshipRow& row, const Joined& joined, RelationshipRef ref) {
    const RelationshipTable& table = *context_.snapshot.relationship_tables()[ref.table];
    StoredRows& stored = context_.edit.stored_rows();
    return table.is_live(ref.row) && table.verb() == row.verb &&
           stored.from(table, ref.row) == joined.from && stored.to(table, ref.row) == joined.to &&
           same_type(table, ref.row, row.type) && stored.same_base(table, ref.row, row.properties);
  }

  [[nodiscard]] bool same_type(const RelationshipTable& table,
                               std::uint32_t row,
                               std::uint32_t type) const {
    const Column* column = table.chunk_of(row).base(slots::kType);
    if (column == nullptr) return false;
    const ValueView value = column->at(row % kChunkRows);
    return value.kind() == ValueKind::String &&
           value.as_string() == context_.snapshot.names().relationship_types.at(type);
  }

  [[nodiscard]] std::optional<Uuid> resolve(const EndName& end) {
    if (end.owner == nullptr) {
      return end.id && context_.edit.alive(*end.id) ? end.id : std::nullopt;
    }
    for (const Uuid& space : spaces_of(*end.owner)) {
      const Uuid id = uuid_v5(space, end.text);
      if (context_.edit.alive(id)) return id;
    }
    return std::nullopt;
  }

  // Partitions that (source, scope) can mean; for integrations the scope is the instance.
  const std::vector<Uuid>& spaces_of(const ForeignOwner& owner) {
    const auto [place, is_new] = foreign_.try_emplace(&owner);
    std::vector<Uuid>& spaces = place->second;
    if (!is_new) return spaces;
    const auto consider = [&](const PartitionInfo& partition) {
      const bool same_source = owner.source.empty() || owner.source == partition.source;
      const bool same_scope =
          owner.scope.empty()
              ? partition.scope.empty() && partition.instance_id.empty()
              : owner.scope == partition.scope || owner.scope == partition.instance_id;
      if (same_source && same_scope) {
        spaces.push_back(name_spaces(context_.snapshot.account(), partition).entities);
      }
    };
    for (const auto& partition : context_.snapshot.partitions()) {
      if (partition) consider(*partition);
    }
    for (const PartitionPut& put : context_.plan.change.partitions) {
      if (put.id.value >= context_.snapshot.partitions().size()) consider(put.info);
    }
    return spaces;
  }

  void unresolved(const RelationshipRow& row, const std::string& way, const EndName& end) {
    const bool by_id = !end.text.empty() && end.by_id;
    const std::string_view scope = end.owner == nullptr ? std::string_view() : end.owner->scope;
    unresolved(row, "_" + way + (by_id ? "EntityId" : "EntityKey"), end.text, scope);
  }

  void unresolved(const RelationshipRow& row,
                  std::string member,
                  std::string_view missing,
                  std::string_view scope = {}) {
    constexpr std::size_t kNamedMax = 10;
    ++report_.job.relationships.create_errors;
    ++report_.unresolved_relationships;
    if (report_.unresolved.size() == kNamedMax) return;
    report_.unresolved.push_back({.key = std::string(row.key),
                                  .end = std::move(member),
                                  .missing = std::string(missing),
                                  .scope = std::string(scope)});
  }

  void rest(const FinalizeOptions& options) {
    const std::optional<PartitionId> own = context_.snapshot.find_partition(context_.owner);
    if (!own) return;
    const auto tables = context_.snapshot.relationship_tables();
    const auto& partial = options.partial_types;
    for (std::uint32_t index = 0; index < tables.size(); ++index) {
      const RelationshipTable& table = *tables[index];
      for_each_row_of(table, *own, [&](std::uint32_t row) {
        if (marks_.test(index, row)) return;
        const Column* types = table.chunk_of(row).base(slots::kType);
        const ValueView type = types == nullptr ? ValueView{} : types->at(row % kChunkRows);
        const bool kept =
            !partial.empty() && type.kind() == ValueKind::String &&
            std::find(partial.begin(), partial.end(), type.as_string()) != partial.end();
        if (kept) return;
        RelationshipEdit& edit = context_.edit.relationship_at({.table = index, .row = row});
        if (edit.live) ++context_.plan.relationships_dropped;  // Its ends both stay.
        edit.live = false;
      });
    }
  }

  PartitionId partition() {
    if (!partition_) partition_ = context_.own_partition();
    return *partition_;
  }

  PlanContext& context_;
  const Job& job_;
  SyncReport& report_;
  // The partition is unknown, and ids are made from it: none of the rows is stored.
  const bool is_first_;
  RowMarks marks_;
  std::optional<PartitionId> partition_;
  boost::unordered_flat_map<const ForeignOwner*, std::vector<Uuid>> foreign_;
  std::unique_ptr<MappedTargets> targets_;
};

}  // namespace

void plan_relationships(PlanContext& context, const Job& job, const FinalizeOptions& options) {
  RelationshipPlan(context, job).run(options);
}

}  // namespace callisto::persist
