#include "server/accounts.h"

#include <array>
#include <atomic>
#include <limits>

#include "server/demo_graph.h"
#include <openssl/crypto.h>
#include <openssl/evp.h>

namespace callisto::server {
namespace {

constexpr std::size_t kEventsMax = 1000;
constexpr std::size_t kIdleSessionsMax = 16;
constexpr std::int64_t kRetryAfterMs = 5000;

std::string sha256_hex(std::string_view text) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned size = 0;
  if (EVP_Digest(text.data(), text.size(), digest.data(), &size, EVP_sha256(), nullptr) != 1) {
    return {};
  }
  static constexpr std::string_view kDigits = "0123456789abcdef";
  std::string hex;
  for (unsigned i = 0; i < size; ++i) {
    hex += kDigits[digest[i] >> 4U];
    hex += kDigits[digest[i] & 15U];
  }
  return hex;
}

// Whether the token is one of the account's. Takes the same time for every wrong token.
bool knows(const AccountConfig& account, std::string_view token) {
  const std::string hash = sha256_hex(token);
  bool known = false;
  for (const std::string& mine : account.token_hashes) {
    const bool same =
        hash.size() == mine.size() && CRYPTO_memcmp(hash.data(), mine.data(), hash.size()) == 0;
    known = known || same;
  }
  return known;
}

}  // namespace

// An account that is served, open or not. Lives as long as the server.
struct Accounts::Slot {
  std::string id;
  AccountConfig config;
  std::mutex opening{};
  std::atomic<Account*> account{nullptr};
  std::unique_ptr<Account> owned{};
  mutable std::mutex reason_mutex{};
  std::string broken{};          // Why it could not be opened.
  std::int64_t retry_at_ms = 0;  // INT64_MAX: never.
};

Accounts::Accounts(ServerConfig config)
    : config_(std::move(config)),
      uploads_(std::make_shared<UploadBudget>(config_.service.open_jobs_bytes_max)) {}

Accounts::~Accounts() = default;

Json JobEvents::add(const std::string& job_id,
                    const std::string& name,
                    const std::string& description) {
  Json event;
  event.set("id", system_id_source().next_uuid());
  event.set("name", name);
  event.set("description", description);
  event.set("createDate", system_clock().now_ms());
  const std::lock_guard lock(mutex_);
  events_.emplace_back(job_id, event);
  if (events_.size() > kEventsMax) events_.pop_front();
  return event;
}

Json::Array JobEvents::of(const std::string& job_id) const {
  const std::lock_guard lock(mutex_);
  Json::Array found;
  for (auto event = events_.rbegin(); event != events_.rend(); ++event) {
    if (event->first == job_id) found.push_back(event->second);
  }
  return found;
}

// A session taken out of the idle ones, given back at the end.
class Account::Lease {
 public:
  explicit Lease(Account& account) : account_(account), session_(take(account)) {}

  ~Lease() {
    const std::lock_guard lock(account_.sessions_mutex_);
    if (account_.idle_.size() < kIdleSessionsMax) account_.idle_.push_back(std::move(session_));
  }

  Lease(const Lease&) = delete;
  Lease& operator=(const Lease&) = delete;

  Session& session() { return session_; }

 private:
  static Session take(Account& account) {
    const std::lock_guard lock(account.sessions_mutex_);
    if (account.idle_.empty()) return account.database_.session();
    Session session = std::move(account.idle_.back());
    account.idle_.pop_back();
    return session;
  }

  Account& account_;
  Session session_;
};

Result<QueryResult> Account::run(std::string_view text, const QueryOptions& options) {
  Lease lease(*this);
  return lease.session().run(text, options);
}

Status Account::check(std::string_view text) {
  Lease lease(*this);
  Result<PreparedQuery> prepared = lease.session().prepare(text);
  if (!prepared) return tl::make_unexpected(std::move(prepared).error());
  return {};
}

bool Account::may_use_instance(const std::string& id) {
  if (creates_instances_ || !integration_instances_->find(id).is_null()) return true;
  QueryOptions options;
  options.variables["id"] = id;
  Result<QueryResult> found =
      run("FIND * WITH _integrationInstanceId = ${id} AS x RETURN x._id LIMIT 1", options);
  if (!found) return false;
  const Result<const RowBatch*> batch = found->next();
  return batch && *batch != nullptr;
}

Result<std::unique_ptr<Account>> Account::open(const std::string& id,
                                               const AccountConfig& config,
                                               const std::string& directory,
                                               bool creates_instances,
                                               std::shared_ptr<UploadBudget> uploads,
                                               const InputLimits& input,
                                               std::size_t graph_bytes_max) {
  DatabaseOptions options;
  options.graph_bytes_max = graph_bytes_max;
  options.account = id;
  options.overrides_enabled = config.overrides;
  options.directory = directory;
  options.uploads = std::move(uploads);
  options.input = input;
  CALLISTO_TRY(Database database, Database::open(options));
  std::unique_ptr<Account> account(new Account(id, config, std::move(database)));
  account->creates_instances_ = creates_instances;
  const auto documents = [&](const char* collection) {
    return Documents::open(account->database_, collection, directory);
  };
  CALLISTO_TRY(account->questions_, documents("questions"));
  CALLISTO_TRY(account->smart_classes_, documents("smart-classes"));
  CALLISTO_TRY(account->parameters_, documents("parameters"));
  CALLISTO_TRY(account->integration_instances_, documents("integrations"));
  return account;
}

Result<std::unique_ptr<Accounts>> Accounts::open(const ServerConfig& config) {
  std::unique_ptr<Accounts> accounts(new Accounts(config));
  if (!config.data_directory.empty()) {
    CALLISTO_TRY(accounts->lock_, lock_accounts(config.data_directory));
  }
  for (const auto& [id, account] : config.accounts) {
    accounts->open_slot(accounts->slot_of(id, account));
  }
  const auto broken = accounts->broken();
  if (!broken.empty() && broken.size() == config.accounts.size()) {
    return fail(
        ErrorCode::Io,
        "no account can be opened; \"" + broken.front().first + "\": " + broken.front().second);
  }
  if (config.demo) {
    if (Status loaded = accounts->load_demo(); !loaded) {
      return tl::make_unexpected(std::move(loaded).error());
    }
  }
  return accounts;
}

Accounts::Slot& Accounts::slot_of(const std::string& id, const AccountConfig& config) {
  const std::lock_guard lock(mutex_);
  std::unique_ptr<Slot>& slot = slots_[id];
  if (!slot) slot.reset(new Slot{.id = id, .config = config});
  return *slot;
}

Account* Accounts::open_slot(Slot& slot) {
  const std::lock_guard opening(slot.opening);
  if (Account* const known = slot.account) return known;
  if (slot.retry_at_ms > system_clock().now_ms()) return nullptr;
  const std::string directory =
      config_.data_directory.empty() ? std::string() : config_.data_directory + "/" + slot.id;
  const bool creates_instances = config_.create_instances.value_or(config_.development);
  Result<std::unique_ptr<Account>> opened = Account::open(slot.id,
                                                          slot.config,
                                                          directory,
                                                          creates_instances,
                                                          uploads_,
                                                          config_.service.input,
                                                          config_.service.graph_bytes_max);
  const std::lock_guard reason(slot.reason_mutex);
  if (!opened) {
    const bool damaged = opened.error().code == ErrorCode::Corruption;
    slot.broken = opened.error().message;
    slot.retry_at_ms = damaged ? std::numeric_limits<std::int64_t>::max()
                               : system_clock().now_ms() + kRetryAfterMs;
    return nullptr;
  }
  slot.broken.clear();
  slot.owned = *std::move(opened);
  slot.account = slot.owned.get();
  return slot.owned.get();
}

Status Accounts::load_demo() {
  Slot& slot = slot_of("demo", {});
  Account* const account = open_slot(slot);
  if (account == nullptr) return fail(ErrorCode::Io, "the account \"demo\": " + slot.broken);
  if (account->database().summary().entities > 0) return {};
  StartJob start;
  start.scope = "demo";
  CALLISTO_TRY(const SyncJob job, account->database().start_job(start));
  CALLISTO_TRY(const SyncJob uploaded, account->database().upload(job.id, kDemoGraph));
  CALLISTO_TRY(const SyncReport report, account->database().finalize(uploaded.id));
  if (report.job.status == JobStatus::Finished) return {};
  return fail(ErrorCode::Internal, "the demo graph does not load: " + report.job.error);
}

Accounts::Found Accounts::permission(const Slot* slot,
                                     std::string_view account_id,
                                     std::string_view token) const {
  if (token.empty()) {
    return {.refusal = Refusal::NoCredentials, .reason = "a bearer token is required"};
  }
  if (account_id.empty()) {
    return {.refusal = Refusal::NoCredentials,
            .reason = "the header JupiterOne-Account is required"};
  }
  static const AccountConfig kNobody{.token_hashes = {std::string(64, '-')}};
  const bool known = knows(slot != nullptr ? slot->config : kNobody, token);
  if (!config_.development && !known) {
    return {.refusal = Refusal::Unknown, .reason = "the account or its token is not known"};
  }
  if (slot != nullptr) return {.account = slot->account};
  if (!is_account_id(account_id)) {
    return {.refusal = Refusal::Unknown,
            .reason = "an account id has at most 64 letters, digits, \"-\" and \"_\""};
  }
  if (slots_.size() >= config_.service.accounts_max) {
    return {.refusal = Refusal::TooMany,
            .reason = "there are as many accounts as development mode makes: " +
                      std::to_string(config_.service.accounts_max)};
  }
  return {};
}

Accounts::Found Accounts::check(std::string_view account_id, std::string_view token) const {
  const std::lock_guard lock(mutex_);
  const auto known = slots_.find(account_id);
  const Slot* const slot = known == slots_.end() ? nullptr : known->second.get();
  Found found = permission(slot, account_id, token);
  if (found.refusal != Refusal::None || found.account != nullptr || slot == nullptr) return found;
  const std::lock_guard reason(slot->reason_mutex);
  if (slot->broken.empty() || slot->retry_at_ms <= system_clock().now_ms()) return found;
  return {.refusal = Refusal::Broken,
          .reason = "the account \"" + slot->id + "\" cannot be opened: " + slot->broken};
}

Accounts::Found Accounts::find(std::string_view account_id, std::string_view token) {
  Found found = check(account_id, token);
  if (found.refusal != Refusal::None || found.account != nullptr) return found;
  found.account = open_slot(slot_of(std::string(account_id), {}));
  return found.account != nullptr ? found : check(account_id, token);
}

std::vector<Account*> Accounts::all() const {
  const std::lock_guard lock(mutex_);
  std::vector<Account*> all;
  for (const auto& [id, slot] : slots_) {
    if (Account* const account = slot->account) all.push_back(account);
  }
  return all;
}

std::vector<std::pair<std::string, std::string>> Accounts::broken() const {
  const std::lock_guard lock(mutex_);
  std::vector<std::pair<std::string, std::string>> broken;
  for (const auto& [id, slot] : slots_) {
    const std::lock_guard reason(slot->reason_mutex);
    if (!slot->broken.empty()) broken.emplace_back(id, slot->broken);
  }
  return broken;
}

}  // namespace callisto::server
