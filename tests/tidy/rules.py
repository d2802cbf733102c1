"""The numbers and tables that tidy.py checks the source tree against."""

# Folder -> folders it may include from, itself aside. Arrows never turn back.
ARROWS = {
    "core": set(),
    "query": {"core"},
    "persist": {"core"},
    "api": {"core", "query", "persist"},
    "repl": {"api", "server"},
    "server": {"api"},
    "bench": {"api"},
}

# Installed headers (<callisto/...>) of these are what api offers: whoever may include api may
# include them.
PUBLIC_THROUGH_API = {"core", "query", "persist", "api"}

HEADER_LINES_MAX = 200
SOURCE_LINES_MAX = 500
FUNCTION_LINES_MAX = 70
TEST_FUNCTION_LINES_MAX = 140

# One door per library: header prefix -> path prefixes that may include it. tests/ may include
# anything they test against; what is not listed here may be included anywhere.
DOORS = {
    "tao/pegtl": ["query/parser/", "server/graphql/"],
    "boost/asio": ["server/http/"],
    "boost/beast": ["server/http/"],
    "boost/url": ["server/http/"],
    "openssl/": ["server/", "core/", "persist/"],
    "zlib.h": ["server/http/gzip"],
    "simdjson.h": ["persist/codec/"],
    "rocksdb/": ["persist/store/"],
    "zstd": ["persist/"],
    "xxhash": ["persist/", "core/"],
    "re2/": ["query/", "core/"],
    "readline/": ["repl/line_editor"],
    "utf8proc": ["core/columns/text_tokens", "repl/"],
    "CLI/": ["repl/"],
    "yaml-cpp/": ["repl/packs/yaml_pack"],
    "nlohmann/json.hpp": ["persist/codec/", "persist/store/", "api/", "repl/", "server/json/"],
    "catch2/": ["tests/"],
    "rapidcheck": ["tests/"],
    "benchmark/": ["bench/"],
}

# What a public header may include besides the standard library and <callisto/...>.
PUBLIC_HEADER_LIBRARIES = ["tl/expected.hpp"]

# Says nothing about what is inside: name the thing instead.
BANNED_FILE_NAMES = ["util", "utils", "common", "helper", "helpers", "manager", "misc", "stuff"]

# Paths of one machine never belong in the tree. Written in halves so that this file passes.
BANNED_TEXT = [
    "/" + "work/",
    "/" + "farm/",
    "/" + "home/",
    "/" + "Users/",
    "/" + "root/",
    "." + "library/",
    "team" + ".md",
]
