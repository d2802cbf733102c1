// The durable record of a finished job's report.
#include "persist/codec/report_record.h"

#include <catch2/catch.hpp>

#include "persist/codec/packed.h"

using namespace callisto;
using namespace callisto::persist;

namespace {

ObjectChange change_of(const std::string& id, const std::string& key) {
  ObjectChange change;
  change.kind = id == "j" ? ChangeKind::Delete : ChangeKind::Update;
  change.id = id;
  change.key = key;
  change.type = "t";
  return change;
}

SyncReport report_of_everything() {
  SyncReport report;
  report.graph_version = 7;
  report.unchanged_entities = 1;
  report.unchanged_relationships = 2;
  report.skipped_rows = 3;
  report.skipped_ids = {"a\"b", "\xc3\xa4"};
  report.unresolved_relationships = 4;
  report.unresolved = {{"k", "_toEntityKey", "nobody", "other"}, {"l", "_fromEntityId", ""}};
  report.hidden_values = 8;
  report.hidden = {{"i", "k", "p", "tiers"}, {"j", "l", "q", ""}};
  report.overrides_set = 5;
  report.overrides_removed = 6;
  ObjectChange change = change_of("i", "k");
  change.relationship = true;
  for (const Value& value : {Value(Null{}),
                             Value(true),
                             Value(1.5),
                             Value(9007199254740993.0),
                             Value(std::string("text")),
                             Value(List{}),
                             Value(List{1.0, 2.0}),
                             Value(List{std::string("a"), Null{}})}) {
    change.properties.push_back({"p", value, Value(false)});
  }
  report.changes = {change, change_of("j", "l")};
  report.turned = {{"s", "i", "k", "p", OverrideState::Overdue}};
  report.turned_counts = {{OverrideState::Active, 1}, {OverrideState::Overdue, 2}};
  return report;
}

}  // namespace

TEST_CASE("O-20 a report comes back from its record as it was") {
  const SyncReport report = report_of_everything();
  const auto read = decode_report(encode_report(report));
  REQUIRE(read);
  CHECK(to_json(*read) == to_json(report));
  CHECK(read->changes[0].properties[6].before == Value(List{1.0, 2.0}));
}

TEST_CASE("O-20 lists of a report are kept to a megabyte") {
  SyncReport report;
  report.skipped_rows = 9;
  for (int i = 0; i < 20; ++i) {
    report.changes.push_back(change_of(std::to_string(i), std::string(100'000, 'k')));
  }
  const auto read = decode_report(encode_report(report));
  REQUIRE(read);
  CHECK(read->changes.size() == 10);
  CHECK(read->changes[9].id == "9");
  CHECK(read->skipped_rows == 9);
}

TEST_CASE("O-20 any damage to the record of a report is an error") {
  const std::string record = encode_report(report_of_everything());
  for (std::size_t size = 0; size < record.size(); ++size) {
    CHECK_FALSE(decode_report(record.substr(0, size)));
  }
  for (const char* text : {"5", "{}", R"({"version":1})", "[", R"({"version":"x"})"}) {
    const auto read = decode_report(pack("\x01", text));
    REQUIRE_FALSE(read);
    CHECK(read.error().code == ErrorCode::Corruption);
  }
  std::string text = *unpack(std::string_view(record).substr(1), 1 << 20);
  text.replace(text.find(R"("turnedCounts":[[0)"), 18, R"("turnedCounts":[[9)");
  CHECK_FALSE(decode_report(pack("\x01", text)));
  CHECK_FALSE(decode_report(pack("\x02", text)));
}
