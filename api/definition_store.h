// Keeps the smart classes and stored parameters of a database: a record of its journal.
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "core/graph/change_set.h"
#include "persist/store/store.h"
#include <callisto/definitions.h>
#include <callisto/error.h>

namespace callisto {

// Thread-safe. A change is on disk before current() shows it.
class DefinitionStore {
 public:
  // A store without the record has the default definitions, or those of the file that versions
  // before kept in `directory` (empty: none), which are taken over.
  //
  // Errors: Io; Corruption when the record or the file is not what this class writes.
  [[nodiscard]] static Result<std::shared_ptr<DefinitionStore>> open(
      std::shared_ptr<persist::Store> store, const std::string& directory);

  DefinitionStore(std::shared_ptr<persist::Store> store, Definitions definitions);

  [[nodiscard]] std::shared_ptr<const Definitions> current() const;

  // What define_smart_class() requires of its arguments. Errors: InvalidInput, LimitExceeded.
  [[nodiscard]] static Status check_smart_class(const std::string& name,
                                                const std::vector<std::string>& queries);

  // See Database::define_smart_class and Database::set_parameter.
  Status define_smart_class(const std::string& name, const std::vector<std::string>& queries);
  Status set_parameter(const std::string& name, const Value& value);

  // All of them as one JSON object, and the record of such an object: for export and import.
  // Errors: InvalidInput (not such an object, a name that cannot be), LimitExceeded.
  [[nodiscard]] std::string to_json() const;
  [[nodiscard]] static Result<SidePut> record_of(std::string_view json);
  // Takes over the record that an import has put. Errors: Corruption.
  Status reload();

 private:
  // Requires the lock of writing_.
  Status replace(Definitions next);
  void publish(std::shared_ptr<const Definitions> next) noexcept;

  std::shared_ptr<persist::Store> store_;
  std::mutex writing_;
  mutable std::mutex reading_;
  std::shared_ptr<const Definitions> current_;
};

}  // namespace callisto
