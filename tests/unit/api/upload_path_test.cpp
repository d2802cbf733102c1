// Uploads from files and folders.
#include <filesystem>

#include <catch2/catch.hpp>

#include "persist/collect/upload_pieces.h"
#include "tests/unit/api/api_fixture.h"

using namespace callisto;
using namespace callisto::tests;

namespace {

std::string entity(int number) {
  return R"({"_key":"k)" + std::to_string(number) +
         R"(","_type":"thing","_class":["Thing"],"number":)" + std::to_string(number) + "}";
}

}  // namespace

TEST_CASE("a folder of the integration SDK is uploaded whole, in the order of its paths") {
  const Scratch scratch;
  const std::string graph = "run/.j1-integration/graph/";
  scratch.write(graph + "step-b/relationships/1.json",
                R"({"relationships":[{"_key":"r","_type":"thing_has_thing","_class":"HAS",
                    "_fromEntityKey":"k1","_toEntityKey":"k2"}]})");
  scratch.write(graph + "step-b/entities/2.json", "{\"entities\":[" + entity(2) + "]}");
  scratch.write(graph + "step-a/entities/1.json", "{\"entities\":[" + entity(1) + "]}");
  scratch.write(graph + "step-a/summary.json", "not for upload");
  for (const char* start : {"run", "run/.j1-integration", "run/.j1-integration/graph"}) {
    World world;
    const SyncJob job = world.start(SyncMode::Diff, "s");
    std::uint64_t done = 0;
    std::uint64_t total = 0;
    const auto uploaded = world.database().upload_path(
        job.id, scratch.path(start), {}, [&](std::uint64_t bytes, std::uint64_t all) {
          CHECK(bytes > done);
          done = bytes;
          total = all;
        });
    REQUIRE(uploaded);
    CHECK(done == total);
    CHECK(uploaded->entities.uploaded == 2);
    CHECK(uploaded->relationships.uploaded == 1);
    REQUIRE(world.database().finalize(job.id));
    CHECK(world.rows("FIND thing THAT HAS >> thing AS t RETURN t.number") ==
          std::vector<std::string>{"2"});
  }
  const auto pieces = persist::UploadPieces::open(scratch.path("run"));
  REQUIRE(pieces);
}

TEST_CASE("a folder of NDJSON files is uploaded whole, relationships last") {
  const Scratch scratch;
  scratch.write("run/relationships.ndjson",
                R"({"_key":"r","_type":"thing_has_thing","_class":"HAS",)"
                R"("_fromEntityKey":"k1","_toEntityKey":"k2"})"
                "\n");
  scratch.write("run/things.ndjson", entity(1) + "\n" + entity(2) + "\n");
  scratch.write("run/readme.md", "not for upload");
  World world;
  const SyncJob job = world.start(SyncMode::Diff, "s");
  const auto uploaded = world.database().upload_path(job.id, scratch.path("run"));
  REQUIRE(uploaded);
  CHECK(uploaded->entities.uploaded == 2);
  CHECK(uploaded->relationships.uploaded == 1);
}

TEST_CASE("a large NDJSON file goes up in pieces and an error names its line") {
  const Scratch scratch;
  const std::string filler(2000, 'x');
  std::string text;
  const int lines = 10'000;  // About 20 MB.
  for (int i = 1; i <= lines; ++i) {
    text += R"({"_key":"k)" + std::to_string(i) + R"(","_type":"thing","_class":["Thing"],"f":")" +
            filler + "\"}\n";
  }
  World world;
  const SyncJob job = world.start(SyncMode::Diff, "s");
  int calls = 0;
  const auto uploaded = world.database().upload_path(
      job.id, scratch.write("all.ndjson", text), {}, [&](std::uint64_t, std::uint64_t) {
        ++calls;
      });
  REQUIRE(uploaded);
  CHECK(uploaded->entities.uploaded == 10'000);
  CHECK(calls >= 3);

  text.replace(text.rfind("\"_type\":\"thing\""), 15, "\"_type\":[1,2,3]");
  const SyncJob second = world.start(SyncMode::Diff, "s2");
  const auto refused = world.database().upload_path(second.id, scratch.write("bad.ndjson", text));
  REQUIRE_FALSE(refused);
  INFO(refused.error().message);
  CHECK(refused.error().message.find("bad.ndjson: line 10000") != std::string::npos);
}

TEST_CASE("a JSON document is taken whole, with or without line breaks") {
  const Scratch scratch;
  for (const std::string& text : {"{\"entities\":[" + entity(1) + "]}",
                                  "{\n \"entities\": [\n" + entity(1) + "\n]}\n",
                                  entity(1) + "\n\n" + entity(2) + "\n",
                                  "{\"entities\":[" + entity(1) + "]}\n\n"}) {
    World world;
    const SyncJob job = world.start(SyncMode::Diff, "s");
    const auto uploaded = world.database().upload_path(job.id, scratch.write("f", text));
    REQUIRE(uploaded);
    CHECK(uploaded->entities.uploaded >= 1);
  }
}

TEST_CASE("paths that cannot be uploaded say why") {
  const Scratch scratch;
  World world;
  const SyncJob job = world.start(SyncMode::Diff, "s");
  auto refused = world.database().upload_path(job.id, scratch.path("missing.json"));
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == ErrorCode::Io);
  scratch.write("empty/readme.txt", "");
  refused = world.database().upload_path(job.id, scratch.path("empty"));
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == ErrorCode::NotFound);
  refused = world.database().upload_path(job.id, scratch.write("bad.json", "{\"entities\":7}"));
  REQUIRE_FALSE(refused);
  CHECK(refused.error().message.find("bad.json: \"entities\" should be an array") !=
        std::string::npos);
  CHECK_FALSE(world.database().upload_path("no such job", scratch.path("bad.json")));
}

TEST_CASE("D38 one dead file refuses a folder, and is named") {
  const Scratch scratch;
  scratch.write("run/a/entities/1.json", "{\"entities\":[" + entity(1) + "]}");
  const auto refusal = [&](const std::string& file, const std::string& text) {
    World world;
    scratch.write(file, text);
    const SyncJob job = world.start(SyncMode::Diff, "s");
    const auto refused = world.database().upload_path(job.id, scratch.path("run"));
    std::filesystem::remove(scratch.path(file));
    REQUIRE_FALSE(refused);
    const std::string root = scratch.path("run/");
    INFO(refused.error().message);
    REQUIRE(refused.error().message.starts_with(root));
    return refused.error().message.substr(root.size());
  };
  CHECK(refusal("run/a/entities/2.json", "").starts_with("a/entities/2.json: found nothing"));
  CHECK(refusal("run/a/entities/2.json", " \n\n").starts_with("a/entities/2.json: found nothing"));
  CHECK(refusal("run/all.ndjson", "").starts_with("all.ndjson: found nothing"));
  CHECK(refusal("run/all.ndjson", entity(2) + "\n{\"message\":\"x\"}\n" + entity(3) + "\n")
            .starts_with("all.ndjson: line 2: found only the key \"message\""));
  CHECK(refusal("run/all.jsonl", "{\"message\":\"x\"}\n")
            .starts_with("all.jsonl: line 1: found only the key \"message\""));
  CHECK(refusal("run/a/relationships/2.json", "<html>")
            .starts_with("a/relationships/2.json: found a page of HTML"));
  CHECK(refusal("run/a/entities/2.json.gz", "x") ==
        "a/entities/2.json.gz: this form is not read: unpack it, or take it out of the folder");
}

TEST_CASE("D43 files begin with a byte order mark") {
  const Scratch scratch;
  const std::string bom = "\xef\xbb\xbf";
  scratch.write("run/a/entities/1.json", bom + "{\"entities\":[" + entity(1) + "]}");
  scratch.write("run/b.jsonl", bom + entity(2) + "\r\n" + entity(3) + "\r\n");
  World world;
  const SyncJob job = world.start(SyncMode::Diff, "s");
  const auto uploaded = world.database().upload_path(job.id, scratch.path("run"));
  INFO((uploaded ? "" : uploaded.error().message));
  REQUIRE(uploaded);
  CHECK(uploaded->entities.uploaded == 3);
}

TEST_CASE("a document with one object a line is no NDJSON, however large") {
  const Scratch scratch;
  std::string text = "{\"entities\":[" + entity(0);
  const std::string filler(2000, 'x');
  for (int i = 1; i < 6000; ++i) {
    text += "\n,{\"_key\":\"f" + std::to_string(i) + R"(","_type":"thing","_class":"Thing","f":")" +
            filler + "\"}";
  }
  World world;
  const SyncJob job = world.start(SyncMode::Diff, "s");
  const auto uploaded = world.database().upload_path(job.id, scratch.write("f", text + "\n]}\n"));
  INFO((uploaded ? "" : uploaded.error().message));
  REQUIRE(uploaded);
  CHECK(uploaded->entities.uploaded == 6000);
}
