// The file is {"id": document, ..}.
#include "server/documents.h"

#include <unistd.h>

#include <fstream>
#include <iterator>
#include <utility>

#include "api/replace_file.h"

namespace callisto::server {

Result<std::unique_ptr<Documents>> Documents::open(const std::string& path) {
  std::unique_ptr<Documents> documents(new Documents(path));
  if (path.empty() || ::access(path.c_str(), F_OK) != 0) return documents;
  std::ifstream file(path, std::ios::binary);
  if (!file) return fail(ErrorCode::Io, "cannot read " + path);
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  const Result<Json> json = parse_json(text);
  if (!json || !json->is_object()) {
    return fail(ErrorCode::Corruption,
                path + " does not hold documents: repair it, or remove it to begin with none");
  }
  for (const JsonMember& member : *json->object()) {
    documents->entries_[member.name] = {member.value, to_text(member.value).size()};
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
  const std::size_t bytes = to_text(document).size() + id.size();
  if (bytes > kDocumentBytesMax) {
    return fail(ErrorCode::LimitExceeded,
                "a document may have at most " + std::to_string(kDocumentBytesMax) + " bytes");
  }
  const std::lock_guard lock(mutex_);
  std::map<std::string, Entry> next = entries_;
  next[id] = {std::move(document), bytes};
  std::size_t sum = 0;
  for (const auto& [other, entry] : next) {
    sum += entry.bytes;
  }
  if (sum > kDocumentsBytesMax || next.size() > kDocumentsMax) {
    return fail(ErrorCode::LimitExceeded,
                "an account keeps at most " + std::to_string(kDocumentsMax) +
                    " of these documents, of " + std::to_string(kDocumentsBytesMax) +
                    " bytes together: remove some");
  }
  if (Status written = write(next); !written) return written;
  entries_ = std::move(next);
  return {};
}

Status Documents::remove(const std::string& id) {
  const std::lock_guard lock(mutex_);
  std::map<std::string, Entry> next = entries_;
  if (next.erase(id) == 0) return fail(ErrorCode::NotFound, "there is no \"" + id + "\"");
  if (Status written = write(next); !written) return written;
  entries_ = std::move(next);
  return {};
}

Status Documents::write(const std::map<std::string, Entry>& entries) const {
  if (path_.empty()) return {};
  std::string text = "{";
  for (const auto& [id, entry] : entries) {
    if (text.size() > 1) text += ',';
    text += '\n';
    append_json(text, Json(id));
    text += ": ";
    append_json(text, entry.document);
  }
  text += "\n}\n";
  return replace_file(path_, text);
}

}  // namespace callisto::server
