// Documents of a database: records "document/<collection>/<id>" of its journal.
#include <string>
#include <utility>

#include "api/database_impl.h"
#include "persist/jobs/property_rules.h"
#include <callisto/limits.h>
#include <callisto/utf8.h>

namespace callisto {
namespace {

std::string prefix_of(std::string_view collection) {
  return "document/" + std::string(collection) + "/";
}

Status check(std::string_view collection, const std::vector<Document>& documents) {
  if (collection.empty() || collection.find('/') != std::string_view::npos) {
    return fail(ErrorCode::InvalidInput, "a collection has a name, without a slash");
  }
  Status checked = persist::check_text("collection", collection, kNameBytesMax);
  for (const Document& document : documents) {
    if (checked) checked = persist::check_name("id", document.id, kNameBytesMax);
    if (checked) checked = persist::check_text("text", document.text, kUploadBytesMax);
  }
  return checked;
}

}  // namespace

std::vector<Document> Database::documents(std::string_view collection) const {
  std::vector<Document> documents;
  if (!impl_) return documents;
  const std::string prefix = prefix_of(collection);
  impl_->store()->for_each_side(prefix, [&](std::string_view key, std::string_view text) {
    documents.push_back({std::string(key.substr(prefix.size())), std::string(text)});
  });
  return documents;
}

Status Database::put_documents(std::string_view collection,
                               const std::vector<Document>& documents) {
  return in([&](Impl& impl) -> Status {
    if (Status checked = check(collection, documents); !checked) return checked;
    std::vector<SidePut> records;
    records.reserve(documents.size());
    for (const Document& document : documents) {
      records.push_back({.key = prefix_of(collection) + document.id, .value = document.text});
    }
    return impl.store()->put_side(std::move(records));
  });
}

Status Database::remove_document(std::string_view collection, const std::string& id) {
  return in([&](Impl& impl) -> Status {
    const std::string key = prefix_of(collection) + id;
    if (impl.store()->find_side(key) == nullptr) {
      return fail(ErrorCode::NotFound, "there is no \"" + shown_text(id) + "\"");
    }
    return impl.store()->put_side({SidePut{.key = key, .value = std::nullopt}});
  });
}

}  // namespace callisto
