// Word lists of the generated graph.
#pragma once

#include <array>
#include <string_view>

namespace callisto::bench {

using namespace std::string_view_literals;

inline constexpr auto kFirstNames = std::to_array(
    {"ada"sv,   "alan"sv,  "amara"sv, "anna"sv,   "barbara"sv, "bo"sv,    "carlos"sv, "chen"sv,
     "dana"sv,  "david"sv, "edith"sv, "elif"sv,   "emil"sv,    "fatma"sv, "grace"sv,  "hana"sv,
     "hugo"sv,  "ines"sv,  "ivan"sv,  "jamal"sv,  "jan"sv,     "joan"sv,  "kenji"sv,  "lena"sv,
     "linus"sv, "lucia"sv, "mara"sv,  "maria"sv,  "noor"sv,    "olga"sv,  "omar"sv,   "pablo"sv,
     "petra"sv, "priya"sv, "rosa"sv,  "samuel"sv, "sofia"sv,   "tariq"sv, "yuki"sv,   "zoe"sv});

inline constexpr auto kLastNames = std::to_array(
    {"abara"sv,  "adler"sv,   "becker"sv, "bianchi"sv,  "brook"sv,  "castro"sv, "dahl"sv,
     "dubois"sv, "eriksen"sv, "farouk"sv, "garcia"sv,   "hopper"sv, "ito"sv,    "jansen"sv,
     "kaya"sv,   "kim"sv,     "kowal"sv,  "lovelace"sv, "meyer"sv,  "moreau"sv, "nakata"sv,
     "novak"sv,  "okafor"sv,  "ortega"sv, "patel"sv,    "quinn"sv,  "reyes"sv,  "rossi"sv,
     "sato"sv,   "silva"sv,   "singh"sv,  "sorokin"sv,  "tanaka"sv, "turing"sv, "vargas"sv,
     "weber"sv,  "wong"sv,    "yilmaz"sv, "zhang"sv,    "ziegler"sv});

inline constexpr auto kWords = std::to_array(
    {"access"sv,   "account"sv, "audit"sv,     "backup"sv,   "billing"sv,   "bounds"sv,
     "buffer"sv,   "cache"sv,   "catalog"sv,   "checkout"sv, "cluster"sv,   "control"sv,
     "cookie"sv,   "crash"sv,   "data"sv,      "denial"sv,   "deploy"sv,    "disk"sv,
     "escape"sv,   "export"sv,  "file"sv,      "gateway"sv,  "header"sv,    "heap"sv,
     "identity"sv, "import"sv,  "injection"sv, "input"sv,    "invoice"sv,   "kernel"sv,
     "key"sv,      "ledger"sv,  "library"sv,   "login"sv,    "memory"sv,    "message"sv,
     "metric"sv,   "module"sv,  "network"sv,   "object"sv,   "order"sv,     "overflow"sv,
     "parser"sv,   "patch"sv,   "payment"sv,   "policy"sv,   "privilege"sv, "process"sv,
     "profile"sv,  "proxy"sv,   "query"sv,     "queue"sv,    "race"sv,      "redirect"sv,
     "report"sv,   "request"sv, "search"sv,    "secret"sv,   "service"sv,   "session"sv,
     "shipping"sv, "socket"sv,  "storage"sv,   "stream"sv,   "table"sv,     "tenant"sv,
     "token"sv,    "traffic"sv, "traversal"sv, "update"sv,   "upload"sv,    "user"sv,
     "vault"sv,    "web"sv,     "worker"sv,    "zone"sv});

inline constexpr auto kHostRoles = std::to_array({"prod-web"sv,
                                                  "prod-db"sv,
                                                  "prod-api"sv,
                                                  "prod-queue"sv,
                                                  "staging-web"sv,
                                                  "staging-db"sv,
                                                  "dev-web"sv,
                                                  "dev-box"sv,
                                                  "test-runner"sv,
                                                  "build-agent"sv});

}  // namespace callisto::bench
