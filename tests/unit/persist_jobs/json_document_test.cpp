// JSON read as a tree.
#include "persist/codec/json_document.h"

#include <catch2/catch.hpp>

#include "persist/codec/job_record.h"

using namespace callisto;
using namespace callisto::persist;

namespace {

Result<Value> read(std::string_view json) {
  return decode_json(json, [](simdjson::dom::element value) { return value_of(value); });
}

}  // namespace

TEST_CASE("whole numbers of any size are read as the nearest double") {
  CHECK(*read("9223372036854775807") == Value(9223372036854775807.0));
  CHECK(*read("18446744073709551616") == Value(18446744073709551616.0));
  CHECK(*read("-20000000000000000000") == Value(-2e19));
  CHECK(*read("100000000000000000000") == Value(1e20));
  const auto list =
      read(R"([1,123456789012345678901,"123456789012345678901","\"12345678901234567890123",
      1.123456789012345678901,1e5,12345678901234567890e1])");
  REQUIRE(list);
  CHECK(*list == Value(List{1.0,
                            123456789012345678901.0,
                            std::string("123456789012345678901"),
                            std::string("\"12345678901234567890123"),
                            1.123456789012345678901,
                            1e5,
                            123456789012345678900.0}));
}

TEST_CASE("negative zero is read as what it is, beside 0 and texts that look like it") {
  const auto list = read(R"([-0,0,"-0","2024-01-02","-0,",-0.5,1e-07,1e-0,-0 ,"a\\",-0])");
  REQUIRE(list);
  CHECK(to_json(*list) == R"([-0,0,"-0","2024-01-02","-0,",-0.5,1e-7,1,-0,"a\\",-0])");
  CHECK(to_json(*read("-0")) == "-0");
}

TEST_CASE("what is no JSON, and what has another kind, is an error") {
  for (const char* text : {"", "[", "{", "1 2", "--1", "12345678901234567890x", "1e999"}) {
    CAPTURE(text);
    const auto value = read(text);
    REQUIRE_FALSE(value);
    CHECK(value.error().code == ErrorCode::InvalidInput);
  }
  CHECK_FALSE(read("{}"));
  CHECK_FALSE(read("[[1]]"));
}

TEST_CASE("the record of a job comes back as it was, and any damage to it is an error") {
  SyncJob state;
  state.id = "j";
  state.scope = "a\"b\xc3\xa4";
  state.mode = SyncMode::Override;
  state.status = JobStatus::ErrorBadData;
  state.started_at_ms = 5;
  state.entities = {.uploaded = 1, .created = 2, .raw_data = {.uploaded = 3}};
  state.mapped = {.created = 4};
  state.warnings = {.inexact_numbers = 6, .first_inexact_number = "n"};
  state.error = "cut \xff here";
  StartJob request;
  request.author = "ada";
  request.review_by_ms = -7;
  const std::string record = encode_job(state, request, 8);
  const auto read = decode_job(record);
  REQUIRE(read);
  CHECK(encode_job(read->state, read->request, read->sequence) == record);
  CHECK(read->state.scope == state.scope);
  CHECK(read->state.error == "cut \xef\xbf\xbd here");
  CHECK(read->state.entities.raw_data.uploaded == 3);
  CHECK(read->request.review_by_ms == -7);
  CHECK(read->sequence == 8);
  for (std::size_t size = 0; size < record.size(); ++size) {
    CHECK_FALSE(decode_job(record.substr(0, size)));
  }
  for (const char* text : {"{}", "[]", "5", R"({"format":2})", R"({"format":1})"}) {
    const auto bad = decode_job(text);
    REQUIRE_FALSE(bad);
    CHECK(bad.error().code == ErrorCode::Corruption);
  }
}

TEST_CASE("a record of a job that a version before has written is read") {
  const auto read = decode_job(
      R"({"account":"a","author":"","ended":0,"entities":[1,2,3,4,5,6,7],"error":"","format":1,)"
      R"("id":"j","instance":"","integrationName":"","integrationType":"","mapped":[1,2,3,4],)"
      R"("mode":4,"reason":"","relationships":[0,0,0,0,0,0,0],"reviewBy":null,"scope":"s",)"
      R"("sequence":3,"source":"api","started":1700000000000,"status":4})");
  REQUIRE(read);
  CHECK(read->state.entities.delete_errors == 7);
  CHECK(read->state.mapped.create_errors == 4);
  CHECK_FALSE(read->request.review_by_ms);
  CHECK(read->state.started_at_ms == 1'700'000'000'000);
}
