// How the server is set up: the command line and a JSON file.
//
//   {"listen": "127.0.0.1:8080", "data": "inventory", "development": false,
//    "certificate": "server.pem", "private_key": "server.key",
//    "hosts": ["inventory.example.org"], "create_instances": false,
//    "accounts": {"acme": {"name": "Acme", "tokens": ["<SHA-256 of a token, hex>"],
//                          "overrides": true}},
//    "limits": {"body_bytes": 67108864, "query_timeout_ms": 30000, ...}}
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <callisto/error.h>
#include <callisto/input_limits.h>
#include <callisto/limits.h>

#include "server/http/http_server.h"

namespace callisto::server {

struct AccountConfig {
  std::string name{};                     // For people; the account's id when empty.
  std::vector<std::string> token_hashes;  // SHA-256, 64 lower-case hex digits.
  bool overrides = true;                  // O-6
};

struct ServiceLimits {
  QueryLimits query{.timeout_ms = 30'000, .rows_max = 250'000, .memory_bytes_max = 512U << 20};
  std::int64_t brief_turn_ms = 25;                         // Of a worker that nobody keeps longer.
  std::size_t result_bytes_max = std::size_t{64} << 20;    // Of the answer to one request.
  std::size_t results_bytes_max = std::size_t{256} << 20;  // Of all deferred answers and pages.
  std::int64_t results_kept_ms = 10 * 60'000;              // D27
  std::size_t graphql_bytes_max = std::size_t{64} << 10;   // Of one document.
  std::size_t batch_operations_max = 100;
  std::size_t open_jobs_max = 1000;                        // Of one account.
  std::size_t open_jobs_bytes_max = std::size_t{4} << 30;  // Of their uploads, all accounts.
  std::size_t graph_bytes_max = 0;                         // Of one account; 0: no limit.
  std::size_t accounts_max = 64;                           // Made on first use in development mode.
  InputLimits input{};                                     // How large what is written may be.
};

struct ServerConfig {
  std::string address = "127.0.0.1";
  std::uint16_t port = 8080;
  std::string data_directory{};  // Empty: in memory. Each account has a folder in it.
  bool development = false;      // Any token, any account.
  // What was asked for; settle_config() decides.
  std::optional<bool> development_wanted{};
  bool demo = false;  // The account "demo" starts with a small graph.
  // Integration instances need not exist before a job names them (D37); as `development` when it is
  // not set.
  std::optional<bool> create_instances{};
  TlsFiles tls{};                    // Empty: plain HTTP.
  std::vector<std::string> hosts{};  // Host headers allowed; empty: loopback names, or any.
  std::map<std::string, AccountConfig> accounts{};
  HttpLimits http{};
  WorkerShares queries{};
  WorkerShares writes{};  // Sync jobs.
  ServiceLimits service{};
};

// Reads a file over what is set. Errors: Io, InvalidInput naming file and member; an unknown member
// is an error.
Status read_config(const std::string& path, ServerConfig& config);

// "8080", "127.0.0.1:8080" or "[::1]:8080". Errors: InvalidInput.
Status set_listen(const std::string& text, ServerConfig& config);

// Turns development mode on when nothing is said of it, no account is set up, and only this machine
// can reach the server; refuses everything unsafe.
//
// Errors: InvalidInput: beyond loopback without tokens, or in development mode; no token at all and
// no development mode, or accounts that have none.
Status settle_config(ServerConfig& config);

[[nodiscard]] bool is_loopback(std::string_view address);
// Letters, digits, `-` and `_`, at most 64: it names a folder.
[[nodiscard]] bool is_account_id(std::string_view id);

}  // namespace callisto::server
