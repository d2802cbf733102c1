// What Persister offers: each function hands on, and lets no exception out.
#include "core/errors/barrier.h"
#include "persist/jobs/persister_impl.h"

namespace callisto::persist {

Result<SyncJob> Persister::start(const StartJob& request) {
  return guarded([&] { return impl_->start(request); });
}

Result<SyncJob> Persister::upload(const std::string& job_id,
                                  std::string_view body,
                                  const UploadOptions& options) {
  return guarded([&] { return impl_->upload(job_id, body, options); });
}

Result<SyncReport> Persister::finalize(const std::string& job_id, const FinalizeOptions& options) {
  return guarded([&] { return impl_->finalize(job_id, options); });
}

Result<SyncReport> Persister::report(const std::string& job_id, std::size_t samples_max) const {
  return guarded([&] { return impl_->report(job_id, samples_max); });
}

Result<SyncJob> Persister::abort(const std::string& job_id, const std::string& reason) {
  return guarded([&] { return impl_->abort(job_id, reason); });
}

Status Persister::discard(const std::string& job_id) {
  return guarded([&] { return impl_->discard(job_id); });
}

Result<SyncJob> Persister::find(const std::string& job_id) const {
  return guarded([&] { return impl_->find(job_id); });
}

std::vector<SyncJob> Persister::list() const {
  return impl_->list();
}

std::size_t Persister::mutations_waiting() const {
  return impl_->mutations_waiting();
}

Result<std::string> Persister::create_entity(const CreateEntity& request) {
  return guarded([&] { return impl_->create_entity(request); });
}

Result<std::string> Persister::update_entity(const UpdateEntity& request, WriteReport* report) {
  WriteReport unasked;
  return guarded(
      [&] { return impl_->update_entity(request, report == nullptr ? unasked : *report); });
}

Result<std::string> Persister::reset_entity(const std::string& id,
                                            const std::vector<std::string>& properties,
                                            WriteReport* report) {
  WriteReport unasked;
  return guarded(
      [&] { return impl_->reset_entity(id, properties, report == nullptr ? unasked : *report); });
}

Result<std::string> Persister::delete_entity(const std::string& id, bool hard) {
  return guarded([&] { return impl_->delete_entity(id, hard); });
}

Result<std::string> Persister::create_relationship(const CreateRelationship& request) {
  return guarded([&] { return impl_->create_relationship(request); });
}

Result<std::string> Persister::update_relationship(const UpdateRelationship& request) {
  return guarded([&] { return impl_->update_relationship(request); });
}

Result<std::string> Persister::delete_relationship(const std::string& id, bool hard) {
  return guarded([&] { return impl_->delete_relationship(id, hard); });
}

Result<std::vector<RawDocument>> Persister::raw_data(const std::string& id,
                                                     const std::string& source) const {
  return guarded([&] { return impl_->raw_data(id, source); });
}

Status Persister::put_raw_data(const std::string& id,
                               const std::string& source,
                               const std::vector<RawDocument>& documents) {
  return guarded([&] { return impl_->put_raw_data(id, source, documents); });
}

Result<Explanation> Persister::why(std::string_view entity, std::string_view property) const {
  return guarded([&] { return impl_->why(entity, property); });
}

std::vector<OverrideInfo> Persister::overrides(const OverrideQuery& filter) const {
  return impl_->overrides(filter);
}

void Persister::set_overrides_enabled(bool enabled) {
  impl_->set_overrides_enabled(enabled);
}

}  // namespace callisto::persist
