// Slips of a program that embeds the library: each has a defined answer or a clear error.
#include <atomic>
#include <cmath>
#include <limits>
#include <memory>
#include <thread>

#include <catch2/catch.hpp>

#include "tests/unit/api/api_fixture.h"

using namespace callisto;
using namespace callisto::tests;

namespace {

constexpr const char* kRow =
    "FIND host AS h RETURN h.name, h.cpu, h.on, h.tags, h.nothing ORDER BY h.cpu";

std::string hosts(int count) {
  std::string body;
  for (int i = 0; i < count; ++i) {
    body += R"({"_key":"h)" + std::to_string(i) + R"(","_type":"host","_class":"Host","cpu":)" +
            std::to_string(i) +
            R"(,"name":"a name that is long enough","on":true,"tags":["x","y"]})" + "\n";
  }
  return body;
}

struct Hosts {
  explicit Hosts(int count = 3) { world.sync(SyncMode::Diff, "hosts", hosts(count)); }

  QueryResult run(std::string_view text, const QueryOptions& options = {}) {
    auto result = world.database().session().run(text, options);
    if (!result) FAIL(result.error().message);
    return *std::move(result);
  }

  World world;
};

template <class T>
void check_moved_from(const Result<T>& result) {
  REQUIRE_FALSE(result);
  CHECK(result.error().code == ErrorCode::InvalidInput);
  CHECK(result.error().message.find("was moved from") != std::string::npos);
}

}  // namespace

TEST_CASE("a value read as another kind is neutral, and if_*() tells") {
  Hosts hosts;
  QueryResult result = hosts.run(kRow);
  const RowBatch& batch = **result.next();
  const ValueView name = batch.value(0, 0);
  const ValueView cpu = batch.value(0, 1);
  const ValueView on = batch.value(0, 2);
  const ValueView tags = batch.value(0, 3);
  const ValueView nothing = batch.value(0, 4);
  for (const ValueView value : {name, cpu, on, tags, nothing}) {
    const ValueKind kind = value.kind();
    CHECK(value.if_string().has_value() == (kind == ValueKind::String));
    CHECK(value.if_number().has_value() == (kind == ValueKind::Number));
    CHECK(value.if_bool().has_value() == (kind == ValueKind::Bool));
    CHECK(value.if_list().has_value() == (kind == ValueKind::List));
    if (kind != ValueKind::String) CHECK(value.as_string().empty());
    if (kind != ValueKind::Number) CHECK(std::isnan(value.as_number()));
    if (kind != ValueKind::Bool) CHECK_FALSE(value.as_bool());
    if (kind != ValueKind::List) CHECK(value.as_list().empty());
  }
  CHECK(name.if_string() == "a name that is long enough");
  CHECK(cpu.if_number() == 0.0);
  CHECK(on.if_bool() == true);
  CHECK(tags.if_list()->size() == 2);
  CHECK(nothing.is_null());
}

TEST_CASE("cells beyond the rows and columns are absent") {
  Hosts hosts;
  for (const char* text : {"FIND host AS h RETURN h.name, h",
                           "FIND host",
                           "FIND host AS h RETURN COUNT(h), h.on",
                           "FIND host RETURN TREE"}) {
    CAPTURE(text);
    QueryOptions options;
    options.row_metadata = true;
    QueryResult result = hosts.run(text, options);
    const RowBatch& batch = **result.next();
    const std::size_t rows = batch.rows();
    const std::size_t columns = batch.columns();
    constexpr std::size_t kFar = std::numeric_limits<std::size_t>::max();
    const std::pair<std::size_t, std::size_t> places[] = {
        {rows, 0}, {rows + 5, 0}, {kFar, 0}, {0, columns}, {0, 7}, {0, kFar}, {kFar, kFar}};
    for (const auto& [row, column] : places) {
      CHECK(batch.value(row, column).is_null());
      CHECK(batch.kind(row, column) == CellKind::Value);
      std::string json;
      batch.append_json(json, row, column);
      CHECK(json == "null");
    }
    CHECK(batch.column(columns).empty());
    CHECK(batch.column(0).size() == rows);
    std::string metadata;
    batch.append_metadata(metadata, rows);
    CHECK(metadata.empty());
  }
}

TEST_CASE("a result gives nothing after its end, again and again") {
  Hosts hosts(5000);
  QueryResult result = hosts.run(kRow);
  const RowBatch* batch = *result.next();
  CHECK(batch->rows() > 0);
  std::size_t rows = batch->rows();
  while (const RowBatch* next = *result.next()) {
    CHECK(next == batch);  // The same object, filled anew.
    rows += next->rows();
  }
  CHECK(rows == 5000);
  for (int i = 0; i < 3; ++i) {
    const auto end = result.next();
    REQUIRE(end);
    CHECK(*end == nullptr);
  }
  CHECK(batch->rows() == 0);
  CHECK(batch->value(0, 0).is_null());
}

TEST_CASE("write_json gives all rows or none") {
  Hosts hosts(5000);
  for (const char* text : {kRow, "FIND host", "FIND host RETURN TREE"}) {
    CAPTURE(text);
    QueryResult begun = hosts.run(text);
    REQUIRE(begun.next());
    std::string json = "before";
    Status written = begun.write_json(json);
    REQUIRE_FALSE(written);
    CHECK(written.error().code == ErrorCode::InvalidInput);
    CHECK(json == "before");

    QueryResult whole = hosts.run(text);
    REQUIRE(whole.write_json(json));
    CHECK(json.starts_with("before{\"type\":"));
    CHECK(*whole.next() == nullptr);
    CHECK_FALSE(whole.write_json(json));
  }
  QueryOptions options;
  options.limits.rows_max = 2500;  // An error in the second batch.
  QueryResult limited = hosts.run(kRow, options);
  std::string json;
  const Status written = limited.write_json(json);
  REQUIRE_FALSE(written);
  CHECK(written.error().code == ErrorCode::LimitExceeded);
  CHECK(json.empty());
  const auto again = limited.next();
  REQUIRE_FALSE(again);
  CHECK(again.error().message == written.error().message);
}

TEST_CASE("a value that is copied stays when its batch goes") {
  Hosts hosts(5000);
  Value name;
  Value joined;
  {
    QueryResult result = hosts.run("FIND host AS h RETURN h.name, CONCAT(h.name, '-', h.cpu)");
    const RowBatch* batch = *result.next();
    name = to_value(batch->value(0, 0));
    joined = to_value(batch->value(0, 1));
    REQUIRE(result.next());
  }
  CHECK(name == Value(std::string("a name that is long enough")));
  CHECK(joined == Value(std::string("a name that is long enough-0")));
}

TEST_CASE("a result, a session and a view outlive their database") {
  auto hosts = std::make_unique<Hosts>();
  Session session = hosts->world.database().session();
  PreparedQuery prepared = *session.prepare("FIND host AS h RETURN COUNT(h)");
  QueryResult result = *session.run(kRow);
  GraphView view = hosts->world.database().view();
  const std::uint64_t version = view.version();
  hosts->world.close();
  CHECK((*result.next())->rows() == 3);
  QueryResult counted = *session.run(prepared);
  CHECK((*counted.next())->value(0, 0).if_number() == 3.0);
  session.pin();
  CHECK(session.version() == version);
  CHECK(view.entities({}).objects.size() == 3);
}

TEST_CASE("objects that were moved from say so") {
  Hosts hosts;
  const std::string id = hosts.world.id_of("h0");
  Database& db = hosts.world.database();
  Session session = db.session();
  const Session kept = std::move(session);
  PreparedQuery prepared = *db.session().prepare(kRow);
  const PreparedQuery kept_query = std::move(prepared);
  QueryResult result = hosts.run(kRow);
  const QueryResult kept_result = std::move(result);
  GraphView view = db.view();
  const GraphView kept_view = std::move(view);

  check_moved_from(session.run(kRow));
  check_moved_from(session.prepare(kRow));
  check_moved_from(session.explain(kRow));
  check_moved_from(session.profile(kRow));
  check_moved_from(session.run(kept_query));
  session.pin();
  session.unpin();
  CHECK(session.version() == 0);
  const auto empty = db.session().run(prepared);
  REQUIRE_FALSE(empty);
  CHECK(empty.error().message.find("make one with prepare()") != std::string::npos);
  CHECK(db.session().run(PreparedQuery()).error().code == ErrorCode::InvalidInput);
  std::string json;
  check_moved_from(result.next());
  check_moved_from(result.write_json(json));
  CHECK(result.columns().empty());
  CHECK(result.warnings().empty());
  CHECK(result.type() == ResultType::List);
  check_moved_from(view.entity(id));
  check_moved_from(view.relationship(id));
  check_moved_from(view.property_names(id));
  CHECK(view.version() == 0);
  CHECK(view.entities({}).objects.empty());
  CHECK(view.relationships({}).objects.empty());
}

TEST_CASE("a database that was moved from has nothing, and works again when it is moved to") {
  Hosts hosts;
  Database& db = hosts.world.database();
  Database other = std::move(db);
  CHECK(other.summary().entities == 3);
  check_moved_from(db.session().run(kRow));
  check_moved_from(db.start_job({.scope = "s"}));
  check_moved_from(db.upload("j", "{}"));
  check_moved_from(db.upload_path("j", "."));
  check_moved_from(db.finalize("j"));
  check_moved_from(db.report("j"));
  check_moved_from(db.abort_job("j", ""));
  check_moved_from(db.job("j"));
  check_moved_from(db.create_entity({"k", "t", {"C"}, {}}));
  check_moved_from(db.update_entity({"i", {}}));
  check_moved_from(db.reset_entity("i", {}));
  check_moved_from(db.delete_entity("i"));
  check_moved_from(db.create_relationship({"k", "t", "HAS", "a", "b", {}}));
  check_moved_from(db.update_relationship({"i", {}}));
  check_moved_from(db.delete_relationship("i"));
  check_moved_from(db.raw_data("i"));
  check_moved_from(db.put_raw_data("i", "s", {}));
  check_moved_from(db.why("i", "p"));
  check_moved_from(db.define_smart_class("A", {"FIND host"}));
  check_moved_from(db.set_parameter("p", 1.0));
  check_moved_from(db.export_ndjson([](std::string_view) { return Status{}; }));
  check_moved_from(db.import_ndjson("nowhere"));
  check_moved_from(db.export_file("nowhere"));
  check_moved_from(db.put_documents("c", {}));
  check_moved_from(db.remove_document("c", "d"));
  check_moved_from(db.discard_job("j"));
  check_moved_from(db.writable());
  check_moved_from(db.compact());
  CHECK(db.jobs().empty());
  CHECK(db.documents("c").empty());
  CHECK(db.overrides().empty());
  CHECK(db.definitions() == Definitions{});
  CHECK(db.classes().empty());
  CHECK(db.types().empty());
  CHECK(db.verbs().empty());
  CHECK(db.properties("").empty());
  CHECK(db.summary().entities == 0);
  CHECK(db.view().version() == 0);
  db = std::move(other);
  CHECK(db.summary().entities == 3);
}

TEST_CASE("a Result read wrongly throws what says why") {
  Result<int> none = fail(ErrorCode::NotFound, "there is no such thing");
  const auto says_why = Catch::Message("there is no such thing");
  CHECK_THROWS_MATCHES(*none, NoValue, says_why);
  CHECK_THROWS_MATCHES(none.value(), NoValue, says_why);
  CHECK_THROWS_MATCHES(*std::move(none), NoValue, says_why);
  const Result<std::string> text = fail(ErrorCode::NotFound, "there is no such thing");
  CHECK_THROWS_MATCHES(text->size(), NoValue, says_why);
  const Result<int> some = 3;
  CHECK_THROWS_AS(some.error(), std::logic_error);
  CHECK(*some == 3);
  Status good;
  CHECK_THROWS_AS(good.error(), std::logic_error);
}

TEST_CASE("a prepared query runs in another database, by its text") {
  Hosts three(3);
  Hosts five(5);
  const PreparedQuery prepared =
      *three.world.database().session().prepare("FIND host AS h RETURN COUNT(h)");
  QueryResult result = *five.world.database().session().run(prepared);
  CHECK((*result.next())->value(0, 0).if_number() == 5.0);
}

TEST_CASE("a copy of a session is the same session") {
  Hosts hosts;
  Session session = hosts.world.database().session();
  Session copy = session;
  copy.pin();
  REQUIRE(hosts.world.database().create_entity({"new", "host", {"Host"}, {}}));
  CHECK(session.version() == copy.version());
  CHECK(session.version() < hosts.world.database().view().version());
  session.unpin();
  CHECK(copy.version() == hosts.world.database().view().version());
}

TEST_CASE("one session may be used by several threads") {
  Hosts hosts(50);
  Session session = hosts.world.database().session();
  std::atomic<int> right{0};  // Catch's assertions are for one thread.
  const auto work = [&](int first) {
    for (int i = 0; i < 300; ++i) {
      const int least = (first + i) % 50;
      auto result =
          session.run("FIND host WITH cpu >= " + std::to_string(least) + " AS h RETURN COUNT(h)");
      const auto batch = result ? result->next() : tl::make_unexpected(result.error());
      if (batch && (*batch)->value(0, 0).if_number() == 50 - least) ++right;
      if (i % 10 == first % 10) session.pin();
      if (i % 10 == 5) session.unpin();
    }
  };
  std::thread other(work, 7);
  work(0);
  other.join();
  CHECK(right == 600);
}

TEST_CASE("a cancel token may go before the run that looks at it") {
  Hosts hosts(20000);
  auto token = std::make_unique<CancelToken>();
  QueryOptions options;
  options.cancel = token.get();
  QueryResult result = hosts.run("FIND host AS h RETURN h.cpu", options);
  REQUIRE(result.next());
  const CancelToken copy = *token;
  token.reset();
  REQUIRE(result.next());
  CancelToken same = copy;
  same.cancel();  // A copy is the same token.
  CHECK(copy.cancelled());
  Result<const RowBatch*> next = result.next();
  while (next && *next != nullptr)
    next = result.next();
  REQUIRE_FALSE(next);
  CHECK(next.error().code == ErrorCode::Cancelled);
}

TEST_CASE("a negative time limit is refused, the longest is none") {
  Hosts hosts;
  QueryOptions options;
  for (const std::int64_t timeout : {std::int64_t{-1}, std::numeric_limits<std::int64_t>::min()}) {
    options.limits.timeout_ms = timeout;
    const auto refused = hosts.world.database().session().run(kRow, options);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == ErrorCode::InvalidInput);
    CHECK(refused.error().message.find("limits.timeout_ms") != std::string::npos);
  }
  options.limits.timeout_ms = std::numeric_limits<std::int64_t>::max();
  QueryResult result = hosts.run(kRow, options);
  CHECK((*result.next())->rows() == 3);
}

TEST_CASE("pages: far away there is nothing, and a limit of 0 is none") {
  Hosts hosts(30);
  const GraphView view = hosts.world.database().view();
  for (const std::uint64_t begin : {std::uint64_t{123456789},
                                    std::uint64_t{1} << 40,
                                    std::numeric_limits<std::uint64_t>::max()}) {
    const ObjectsPage page = view.entities({.begin = begin});
    CHECK(page.objects.empty());
    CHECK_FALSE(page.next);
    CHECK(view.relationships({.begin = begin}).objects.empty());
  }
  const ObjectsPage whole = view.entities({.limit = 0});
  CHECK(whole.objects.size() == 30);
  CHECK_FALSE(whole.next);
  // However small the limits, every page moves on.
  ObjectsRequest small{.limit = 0, .bytes_max = 0};
  std::size_t pages = 0;
  for (std::optional<std::uint64_t> next = 0; next; ++pages) {
    small.begin = *next;
    next = view.entities(small).next;
    REQUIRE(pages < 30);
  }
  CHECK(pages == 30);
}

TEST_CASE("an empty query text and one with a zero byte are no queries") {
  Hosts hosts;
  Session session = hosts.world.database().session();
  for (const std::string_view text :
       {std::string_view{}, std::string_view("\0", 1), std::string_view("FIND host\0", 10)}) {
    const auto refused = session.run(text);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == ErrorCode::ParseError);
  }
}
