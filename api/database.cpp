// Database: opens a store and hands each call to the part that does it.
#include <algorithm>
#include <utility>

#include "api/database_impl.h"
#include "api/inventory.h"
#include "api/session_impl.h"
#include "persist/jobs/property_rules.h"
#include <callisto/limits.h>

namespace callisto {

Status Database::Impl::start_persister() {
  persist::PersisterOptions options;
  options.overrides_enabled = options_.overrides_enabled;
  options.keep_uploads = !options_.directory.empty();
  options.uploads = options_.uploads;
  options.limits = options_.input;
  CALLISTO_TRY(std::shared_ptr<persist::Persister> fresh,
               persist::Persister::open(*store_, options, *clock_, ids_));
  const std::lock_guard lock(persister_mutex_);
  persister_ = std::move(fresh);
  return {};
}

namespace {

// Part of every `_id` and of what is shown.
Status check_account(const std::string& account) {
  if (Status status = persist::check_text("account", account, kNameBytesMax); !status) {
    return status;
  }
  const bool odd = std::any_of(
      account.begin(), account.end(), [](char c) { return (c >= 0 && c < ' ') || c == '\x7f'; });
  return odd ? Status(fail(ErrorCode::InvalidInput, "\"account\" holds a control character"))
             : Status{};
}

Status check_directory(const std::string& directory) {
  if (directory.find('\0') == std::string::npos) return {};
  return fail(ErrorCode::InvalidInput, "\"directory\" holds a zero byte");
}

// Of a query that nobody wrote: its places say nothing.
Error without_place(Error error) {
  error.span.reset();
  const std::size_t place = error.message.rfind(" (line ");
  if (place != std::string::npos) error.message.replace(place, std::string::npos, ".");
  return error;
}

}  // namespace

Result<Database> Database::open(const DatabaseOptions& options) {
  return guarded([&]() -> Result<Database> {
    Status checked = check_account(options.account);
    if (checked) checked = check_directory(options.directory);
    if (!checked) return tl::make_unexpected(std::move(checked).error());
    std::shared_ptr<persist::Store> store;
    if (options.directory.empty()) {
      store = std::make_shared<persist::MemoryStore>(
          options.account.empty() ? persist::kDefaultAccount : options.account);
    } else {
      CALLISTO_TRY(store,
                   persist::DurableStore::open(options.directory, options.account, options.create));
    }
    store->set_graph_bytes_max(options.graph_bytes_max);
    CALLISTO_TRY(std::shared_ptr<DefinitionStore> definitions,
                 DefinitionStore::open(store, options.directory));
    auto impl = std::make_unique<Impl>(options, std::move(store), std::move(definitions));
    if (Status status = impl->start_persister(); !status) {
      return tl::make_unexpected(std::move(status).error());
    }
    return Database(std::move(impl));
  });
}

Database::Database(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

Database::Database(Database&&) noexcept = default;
Database& Database::operator=(Database&&) noexcept = default;
Database::~Database() = default;

Session Database::session() {
  if (!impl_) return Session(nullptr);
  return Session(
      std::make_shared<Session::Impl>(impl_->store(), impl_->definitions(), impl_->clock()));
}

Result<SyncJob> Database::start_job(const StartJob& request) {
  return in([&](Impl& impl) { return impl.persister()->start(request); });
}

Result<SyncJob> Database::upload(const std::string& job_id,
                                 std::string_view body,
                                 const UploadOptions& options) {
  return in([&](Impl& impl) { return impl.persister()->upload(job_id, body, options); });
}

Result<SyncReport> Database::finalize(const std::string& job_id, const FinalizeOptions& options) {
  return in([&](Impl& impl) { return impl.persister()->finalize(job_id, options); });
}

Result<SyncReport> Database::report(const std::string& job_id, std::size_t samples_max) const {
  return in([&](Impl& impl) { return impl.persister()->report(job_id, samples_max); });
}

Result<SyncJob> Database::abort_job(const std::string& job_id, const std::string& reason) {
  return in([&](Impl& impl) { return impl.persister()->abort(job_id, reason); });
}

Status Database::discard_job(const std::string& job_id) {
  return in([&](Impl& impl) { return impl.persister()->discard(job_id); });
}

Result<SyncJob> Database::job(const std::string& job_id) const {
  return in([&](Impl& impl) { return impl.persister()->find(job_id); });
}

std::vector<SyncJob> Database::jobs() const {
  return impl_ ? impl_->persister()->list() : std::vector<SyncJob>{};
}

Result<std::string> Database::create_entity(const CreateEntity& request) {
  return in([&](Impl& impl) { return impl.persister()->create_entity(request); });
}

Result<std::string> Database::update_entity(const UpdateEntity& request, WriteReport* report) {
  return in([&](Impl& impl) { return impl.persister()->update_entity(request, report); });
}

Result<std::string> Database::reset_entity(const std::string& id,
                                           const std::vector<std::string>& properties,
                                           WriteReport* report) {
  return in([&](Impl& impl) { return impl.persister()->reset_entity(id, properties, report); });
}

Result<std::string> Database::delete_entity(const std::string& id, bool hard) {
  return in([&](Impl& impl) { return impl.persister()->delete_entity(id, hard); });
}

Result<std::string> Database::create_relationship(const CreateRelationship& request) {
  return in([&](Impl& impl) { return impl.persister()->create_relationship(request); });
}

Result<std::string> Database::update_relationship(const UpdateRelationship& request) {
  return in([&](Impl& impl) { return impl.persister()->update_relationship(request); });
}

Result<std::string> Database::delete_relationship(const std::string& id, bool hard) {
  return in([&](Impl& impl) { return impl.persister()->delete_relationship(id, hard); });
}

Result<std::vector<RawDocument>> Database::raw_data(const std::string& id,
                                                    const std::string& source) const {
  return in([&](Impl& impl) { return impl.persister()->raw_data(id, source); });
}

Status Database::put_raw_data(const std::string& id,
                              const std::string& source,
                              const std::vector<RawDocument>& documents) {
  return in([&](Impl& impl) { return impl.persister()->put_raw_data(id, source, documents); });
}

GraphView Database::view() const {
  return GraphView(impl_ ? impl_->snapshot() : nullptr);
}

Result<Explanation> Database::why(std::string_view entity, std::string_view property) const {
  return in([&](Impl& impl) { return impl.persister()->why(entity, property); });
}

std::vector<OverrideInfo> Database::overrides(const OverrideQuery& query) const {
  return impl_ ? impl_->persister()->overrides(query) : std::vector<OverrideInfo>{};
}

Definitions Database::definitions() const {
  return impl_ ? *impl_->definitions()->current() : Definitions{};
}

Status Database::define_smart_class(const std::string& name,
                                    const std::vector<std::string>& queries) {
  return in([&](Impl& impl) -> Status {
    if (Status status = DefinitionStore::check_smart_class(name, queries); !status) return status;
    const SnapshotPtr snapshot = impl.snapshot();
    for (const std::string& text : queries) {
      CALLISTO_TRY(const query::PreparedPtr prepared, query::prepare(text, *snapshot));
      static_cast<void>(prepared);
    }
    if (!queries.empty()) {
      // With the others that there are: whether it contains itself, for one.
      auto candidate = std::make_shared<Definitions>(*impl.definitions()->current());
      candidate->smart_classes[name] = queries;
      Result<query::PreparedPtr> used = query::prepare("FIND #" + name, *snapshot, candidate);
      if (!used) return tl::make_unexpected(without_place(std::move(used).error()));
    }
    return impl.definitions()->define_smart_class(name, queries);
  });
}

Status Database::set_parameter(const std::string& name, const Value& value) {
  return in([&](Impl& impl) -> Status {
    if (Status status = persist::check_value("value", value, impl.limits()); !status) return status;
    return impl.definitions()->set_parameter(name, value);
  });
}

std::vector<NamedCount> Database::classes() const {
  return impl_ ? inventory::classes(*impl_->snapshot()) : std::vector<NamedCount>{};
}

std::vector<NamedCount> Database::types() const {
  return impl_ ? inventory::types(*impl_->snapshot()) : std::vector<NamedCount>{};
}

std::vector<VerbSummary> Database::verbs() const {
  return impl_ ? inventory::verbs(*impl_->snapshot()) : std::vector<VerbSummary>{};
}

std::vector<PropertySummary> Database::properties(std::string_view class_or_type) const {
  if (!impl_) return {};
  return inventory::properties(*impl_->snapshot(), class_or_type);
}

GraphSummary Database::summary() const {
  return impl_ ? inventory::summary(*impl_->snapshot()) : GraphSummary{};
}

Status Database::writable() {
  return in([](Impl& impl) { return impl.store()->writable(); });
}

Status Database::compact() {
  return in([](Impl& impl) { return impl.store()->compact(); });
}

}  // namespace callisto
