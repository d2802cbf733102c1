#include "server/documents.h"

#include <optional>
#include <utility>

#include "api/plain_file.h"

namespace callisto::server {

// Versions before kept {"id": document, ..} in a file: it is taken over.
Status Documents::take_over(const std::string& directory) {
  const PlainFile old(directory.empty() ? std::string() : directory + "/" + collection_ + ".json");
  CALLISTO_TRY(const std::optional<std::string> text, old.read());
  if (!text) return {};
  const Result<Json> json = parse_json(*text);
  if (!json || !json->is_object()) {
    return fail(
        ErrorCode::Corruption,
        old.path() + " does not hold documents: repair it, or remove it to begin with none");
  }
  std::vector<Document> fresh;
  for (const JsonMember& member : *json->object()) {
    if (entries_.count(member.name) != 0) continue;  // It has been put again since.
    fresh.push_back({member.name, to_text(member.value)});
    entries_[member.name] = {member.value, fresh.back().text.size()};
  }
  if (database_.put_documents(collection_, fresh)) old.remove();  // Else the next open tries again.
  return {};
}

Result<std::unique_ptr<Documents>> Documents::open(Database& database,
                                                   const std::string& collection,
                                                   const std::string& directory) {
  std::unique_ptr<Documents> documents(new Documents(database, collection));
  for (const Document& stored : database.documents(collection)) {
    Result<Json> json = parse_json(stored.text);
    if (!json) {
      return fail(ErrorCode::Corruption,
                  "\"" + stored.id + "\" of the " + collection + " cannot be read");
    }
    documents->entries_[stored.id] = {*std::move(json), stored.text.size()};
  }
  if (Status taken = documents->take_over(directory); !taken) {
    return tl::make_unexpected(std::move(taken).error());
  }
  return documents;
}

std::vector<Json> Documents::all() const {
  const std::lock_guard lock(mutex_);
  std::vector<Json> all;
  all.reserve(entries_.size());
  for (const auto& [id, entry] : entries_) {
    all.push_back(entry.document);
  }
  return all;
}

Json Documents::find(const std::string& id) const {
  const std::lock_guard lock(mutex_);
  const auto found = entries_.find(id);
  return found == entries_.end() ? Json() : found->second.document;
}

Status Documents::put(const std::string& id, Json document) {
  std::string text = to_text(document);
  const std::size_t bytes = text.size() + id.size();
  if (bytes > kDocumentBytesMax) {
    return fail(ErrorCode::LimitExceeded,
                "a document may have at most " + std::to_string(kDocumentBytesMax) + " bytes");
  }
  const std::lock_guard lock(mutex_);
  std::size_t sum = bytes;
  std::size_t count = 1;
  for (const auto& [other, entry] : entries_) {
    if (other == id) continue;
    sum += entry.bytes;
    ++count;
  }
  if (sum > kDocumentsBytesMax || count > kDocumentsMax) {
    return fail(ErrorCode::LimitExceeded,
                "an account keeps at most " + std::to_string(kDocumentsMax) +
                    " of these documents, of " + std::to_string(kDocumentsBytesMax) +
                    " bytes together: remove some");
  }
  if (Status stored = database_.put_documents(collection_, {{id, std::move(text)}}); !stored) {
    return stored;
  }
  entries_[id] = {std::move(document), bytes};
  return {};
}

Status Documents::remove(const std::string& id) {
  const std::lock_guard lock(mutex_);
  if (Status removed = database_.remove_document(collection_, id); !removed) return removed;
  entries_.erase(id);
  return {};
}

}  // namespace callisto::server
