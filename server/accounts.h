// The accounts that are served, each with a graph of its own, and who may use them.
//
// Thread safety: all functions from any thread.
#pragma once

#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include <callisto/database.h>

#include "server/config.h"
#include "server/directory_lock.h"
#include "server/documents.h"
#include "server/json/json.h"
#include "server/pinned_views.h"

namespace callisto::server {

// What integrations report while they run (POST .../events); the latest 1,000.
class JobEvents {
 public:
  Json add(const std::string& job_id, const std::string& name, const std::string& description);
  // Newest first.
  [[nodiscard]] Json::Array of(const std::string& job_id) const;

 private:
  mutable std::mutex mutex_;
  std::deque<std::pair<std::string, Json>> events_;
};

class Account {
 public:
  // Opens the graph and the documents; `directory` empty: in memory. Errors: as Database::open.
  static Result<std::unique_ptr<Account>> open(const std::string& id,
                                               const AccountConfig& config,
                                               const std::string& directory,
                                               bool creates_instances,
                                               std::shared_ptr<UploadBudget> uploads,
                                               const InputLimits& input,
                                               std::size_t graph_bytes_max);

  [[nodiscard]] const std::string& id() const { return id_; }

  [[nodiscard]] const std::string& name() const {
    return config_.name.empty() ? id_ : config_.name;
  }

  [[nodiscard]] Database& database() { return database_; }

  [[nodiscard]] JobEvents& events() { return events_; }

  // Graph versions that are read page by page.
  [[nodiscard]] PinnedViews& views() { return views_; }

  // Another text whenever the account was opened: places in its graph are good for as long.
  [[nodiscard]] const std::string& opened_as() const { return opened_as_; }

  [[nodiscard]] Documents& questions() { return *questions_; }

  // What the engine does not keep of smart classes: ids and descriptions.
  [[nodiscard]] Documents& smart_classes() { return *smart_classes_; }

  // What the engine does not keep of parameters: which are secret, and when each was set. The mutex
  // is held while one is changed.
  [[nodiscard]] Documents& parameters() { return *parameters_; }

  [[nodiscard]] std::mutex& parameters_mutex() { return parameters_mutex_; }

  [[nodiscard]] Documents& integration_instances() { return *integration_instances_; }

  // Whether a job may name this integration instance: it was created, has data, or need not (D37).
  [[nodiscard]] bool may_use_instance(const std::string& id);

  // Runs a query on a session that nobody else uses meanwhile: sessions keep their plans.
  Result<QueryResult> run(std::string_view text, const QueryOptions& options);
  Status check(std::string_view text);

 private:
  class Lease;

  Account(std::string id, AccountConfig config, Database database)
      : id_(std::move(id)), config_(std::move(config)), database_(std::move(database)) {}

  std::string id_;
  AccountConfig config_;
  bool creates_instances_ = true;
  Database database_;
  JobEvents events_;
  PinnedViews views_{system_clock()};
  std::string opened_as_ = system_id_source().next_uuid();
  std::unique_ptr<Documents> questions_;
  std::unique_ptr<Documents> smart_classes_;
  std::unique_ptr<Documents> parameters_;
  std::mutex parameters_mutex_;
  std::unique_ptr<Documents> integration_instances_;
  std::mutex sessions_mutex_;
  std::vector<Session> idle_;
};

class Accounts {
 public:
  // Opens the graph of every configured account. One that cannot be opened is refused alone, as
  // long as there is another. Errors: as Database::open.
  static Result<std::unique_ptr<Accounts>> open(const ServerConfig& config);
  ~Accounts();

  enum class Refusal : unsigned char { None, NoCredentials, Unknown, TooMany, Broken };

  struct Found {
    Account* account = nullptr;  // Null also when it has yet to be opened.
    Refusal refusal = Refusal::None;
    std::string reason{};
  };

  // Whose request that is, without opening anything: takes no longer for a wrong token than for a
  // right one. In development mode any token opens any account, which is made when it is new.
  [[nodiscard]] Found check(std::string_view account_id, std::string_view token) const;
  // The same, with the account. Opening one keeps nobody waiting but those who ask for it.
  [[nodiscard]] Found find(std::string_view account_id, std::string_view token);
  // All accounts that are open, by id. They live as long as this.
  [[nodiscard]] std::vector<Account*> all() const;
  // Those that cannot be used, and why.
  [[nodiscard]] std::vector<std::pair<std::string, std::string>> broken() const;

 private:
  struct Slot;

  explicit Accounts(ServerConfig config);

  [[nodiscard]] Found permission(const Slot* slot,
                                 std::string_view account_id,
                                 std::string_view token) const;
  Slot& slot_of(const std::string& id, const AccountConfig& config);
  Account* open_slot(Slot& slot);
  Status load_demo();

  ServerConfig config_;
  std::shared_ptr<UploadBudget> uploads_;
  std::unique_ptr<DirectoryLock> lock_;
  mutable std::mutex mutex_;  // Of the map; never held while something is opened.
  std::map<std::string, std::unique_ptr<Slot>, std::less<>> slots_;
};

}  // namespace callisto::server
