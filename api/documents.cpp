// Documents of a database: records "document/<collection>/<id>" of its journal.
#include <string>
#include <utility>

#include "api/database_impl.h"

namespace callisto {
namespace {

std::string prefix_of(std::string_view collection) {
  return "document/" + std::string(collection) + "/";
}

Status check(std::string_view collection, const std::vector<Document>& documents) {
  if (collection.empty() || collection.find('/') != std::string_view::npos) {
    return fail(ErrorCode::InvalidInput, "a collection has a name, without a slash");
  }
  for (const Document& document : documents) {
    if (document.id.empty()) return fail(ErrorCode::InvalidInput, "a document has an id");
  }
  return {};
}

}  // namespace

std::vector<Document> Database::documents(std::string_view collection) const {
  const std::string prefix = prefix_of(collection);
  std::vector<Document> documents;
  impl_->store()->for_each_side(prefix, [&](std::string_view key, std::string_view text) {
    documents.push_back({std::string(key.substr(prefix.size())), std::string(text)});
  });
  return documents;
}

Status Database::put_documents(std::string_view collection,
                               const std::vector<Document>& documents) {
  if (Status checked = check(collection, documents); !checked) return checked;
  std::vector<SidePut> records;
  for (const Document& document : documents) {
    records.push_back({.key = prefix_of(collection) + document.id, .value = document.text});
  }
  return impl_->store()->put_side(std::move(records));
}

Status Database::remove_document(std::string_view collection, const std::string& id) {
  const std::string key = prefix_of(collection) + id;
  if (impl_->store()->find_side(key) == nullptr) {
    return fail(ErrorCode::NotFound, "there is no \"" + id + "\"");
  }
  return impl_->store()->put_side({SidePut{.key = key, .value = std::nullopt}});
}

}  // namespace callisto
