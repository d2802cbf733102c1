// Raw documents of one object: read, and put by hand (upsertEntityRawData).
#include <fmt/format.h>

#include "persist/codec/raw_data.h"
#include "persist/jobs/persister_impl.h"
#include "persist/jobs/property_rules.h"
#include "persist/jobs/raw_data_plan.h"
#include <callisto/input_limits.h>
#include <callisto/limits.h>
#include <callisto/utf8.h>

namespace callisto::persist {
namespace {

constexpr std::size_t kSourceBytesMax = 1024;
constexpr std::size_t kRawDataBytesMax = std::size_t{16} << 20;

// The prefix of its keys. Errors: NotFound.
Result<std::string> prefix_of(const Snapshot& snapshot, std::string_view text) {
  if (const std::optional<Uuid> id = parse_uuid(text)) {
    if (const auto ref = snapshot.find_entity(*id);
        ref && snapshot.entity_table(ref->type)->is_live(ref->row)) {
      return raw_data_key(*id, false);
    }
    if (const auto ref = snapshot.find_relationship(*id);
        ref && snapshot.relationship_tables()[ref->table]->is_live(ref->row)) {
      return raw_data_key(*id, true);
    }
  }
  return fail(ErrorCode::NotFound,
              fmt::format("there is no entity or relationship with _id \"{}\"", shown_text(text)));
}

Status check_documents(const std::vector<RawDocument>& documents) {
  if (documents.size() > kRawDocumentsMax) {
    return fail(
        ErrorCode::LimitExceeded,
        fmt::format("{} documents are too many (at most {})", documents.size(), kRawDocumentsMax));
  }
  std::size_t bytes = 0;
  for (const RawDocument& document : documents) {
    Status status = check_name("the name of a document", document.name, InputLimits{}.name_bytes);
    if (status) status = check_name("contentType", document.content_type, kTypeNameBytesMax);
    if (status) status = check_text("data", document.data, kRawDataBytesMax);
    if (!status) return status;
    if (document.is_json() && !is_json_text(document.data)) {
      return fail(ErrorCode::InvalidInput,
                  fmt::format("the document \"{}\" is no valid JSON, as its content type says",
                              shown_text(document.name)));
    }
    bytes += document.data.size();
  }
  if (bytes > kRawDataBytesMax) {
    return fail(
        ErrorCode::LimitExceeded,
        fmt::format("{} bytes of documents are too many (at most {})", bytes, kRawDataBytesMax));
  }
  return {};
}

}  // namespace

Result<std::vector<RawDocument>> Persister::Impl::raw_data(const std::string& id,
                                                           const std::string& source) const {
  CALLISTO_TRY(const std::string prefix, prefix_of(*committer_.snapshot(), id));
  if (!source.empty()) {
    const auto record = committer_.find_side(prefix + source);
    return record == nullptr ? std::vector<RawDocument>{} : decode_raw_data(*record);
  }
  std::vector<RawDocument> found;
  Status status;
  committer_.for_each_side(prefix, [&](std::string_view, std::string_view record) {
    Result<std::vector<RawDocument>> documents = decode_raw_data(record);
    if (!documents) {
      status = tl::make_unexpected(std::move(documents).error());
      return;
    }
    for (RawDocument& document : *documents) {
      if (find_document(found, document.name) == nullptr) found.push_back(std::move(document));
    }
  });
  if (!status) return tl::make_unexpected(std::move(status).error());
  return found;
}

Status Persister::Impl::put_raw_data(const std::string& id,
                                     const std::string& source,
                                     const std::vector<RawDocument>& documents) {
  Status checked = check_documents(documents);
  if (checked) checked = check_name("source", source, kSourceBytesMax);
  if (!checked) return checked;
  const auto writer = committer_.lock_writer();
  CALLISTO_TRY(const std::string prefix, prefix_of(*committer_.snapshot(), id));
  ChangeSet change;
  merge_raw_data(committer_, prefix + source, documents, clock_.now_ms(), change);
  if (change.empty()) return {};
  CALLISTO_TRY([[maybe_unused]] const SnapshotPtr after, commit(change));
  return {};
}

}  // namespace callisto::persist
