// Keeps the smart classes and stored parameters of a database: in memory, and in one file of its
// directory.
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include <callisto/definitions.h>
#include <callisto/error.h>

namespace callisto {

// Thread-safe. A change is on disk before current() shows it; a file is replaced as a whole, so
// that a crash leaves the old or the new one.
class DefinitionStore {
 public:
  // `directory` empty: in memory only. A directory without the file has the default definitions.
  //
  // Errors: Io; Corruption when the file is not what this class writes.
  [[nodiscard]] static Result<std::shared_ptr<DefinitionStore>> open(const std::string& directory);

  explicit DefinitionStore(std::string path, Definitions definitions);

  [[nodiscard]] std::shared_ptr<const Definitions> current() const;

  // See Database::define_smart_class and Database::set_parameter.
  Status define_smart_class(const std::string& name, const std::vector<std::string>& queries);
  Status set_parameter(const std::string& name, const Value& value);

  // All of them as one JSON object, and back: for export and import.
  // Errors: InvalidInput (not such an object, a name that cannot be), LimitExceeded, Io.
  [[nodiscard]] std::string to_json() const;
  [[nodiscard]] static Result<Definitions> parse(std::string_view json);
  Status replace_all(Definitions definitions);

 private:
  // Requires the lock of writing_.
  Status replace(Definitions next);

  std::string path_;  // Empty: in memory only.
  std::mutex writing_;
  mutable std::mutex reading_;
  std::shared_ptr<const Definitions> current_;
};

}  // namespace callisto
