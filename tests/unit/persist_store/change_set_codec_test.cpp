// Change sets to bytes and back; hostile bytes.
#include "persist/codec/change_set_codec.h"

#include <cmath>

#include <catch2/catch.hpp>

#include "tests/unit/persist_store/sample_changes.h"

using namespace callisto;
using namespace callisto::tests;

TEST_CASE("a change set reads back as it was written") {
  Names names;
  const ChangeSet change = rich_change(names);
  const std::string bytes = persist::encode_change_set(change, names);

  SECTION("with the names it was written with") {
    const auto back = persist::decode_change_set(bytes, names);
    REQUIRE(back);
    CHECK(describe(*back, names) == describe(change, names));
  }
  SECTION("with the names of another graph, where ids have another order") {
    Names others;
    others.properties.intern("list");
    others.properties.intern("cores");
    others.types.intern("disk");
    others.classes.intern("Device");
    const auto back = persist::decode_change_set(bytes, others);
    REQUIRE(back);
    CHECK(describe(*back, others) == describe(change, names));
    for (const EntityPut& put : back->entities) {
      for (std::size_t i = 1; i < put.base.size(); ++i) {
        CHECK(put.base[i - 1].property < put.base[i].property);
      }
    }
    CHECK(persist::encode_change_set(*back, others).size() == bytes.size());
  }
}

TEST_CASE("numbers keep every bit through the codec") {
  Names names;
  const PropertyId property{names.properties.intern("number")};
  for (const double number : {0.0,
                              -0.0,
                              1.0,
                              -1.0,
                              9007199254740992.0,
                              -9007199254740992.0,
                              9007199254740994.0,
                              0.1,
                              5e-324,
                              1.7976931348623157e308}) {
    ChangeWriter change(names);
    change.entity(0, "t", "k");
    change.property("number", number);
    const std::string bytes = persist::encode_change_set(change.take(), names);
    const auto back = persist::decode_change_set(bytes, names);
    REQUIRE(back);
    REQUIRE(back->entities[0].base[0].property == property);
    const double read = back->entities[0].base[0].value.as_number();
    CHECK(read == number);
    CHECK(std::signbit(read) == std::signbit(number));
  }
}

TEST_CASE("repeated strings are written once") {
  Names names;
  ChangeWriter once(names);
  ChangeWriter often(names);
  for (int i = 0; i < 100; ++i) {
    once.entity(0, "t", std::to_string(i));
    once.property("region", std::string("a region with a long name ") + std::to_string(i));
    often.entity(0, "t", std::to_string(i));
    often.property("region", std::string("a region with a long name"));
  }
  const std::size_t different = persist::encode_change_set(once.take(), names).size();
  const std::size_t same = persist::encode_change_set(often.take(), names).size();
  CHECK(same + 99 * 20 < different);
}

TEST_CASE("a change set cut anywhere is refused") {
  Names names;
  const std::string bytes = persist::encode_change_set(rich_change(names), names);
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    const std::string cut(bytes.data(), size);  // Its own memory: reading past it is caught.
    Names scratch;
    const auto back = persist::decode_change_set(cut, scratch);
    REQUIRE_FALSE(back);
    CHECK(back.error().code == ErrorCode::Corruption);
  }
}

TEST_CASE("no flipped bit makes the decoder crash or read outside its bytes") {
  Names names;
  const std::string bytes = persist::encode_change_set(rich_change(names), names);
  std::size_t refused = 0;
  for (std::size_t bit = 0; bit < bytes.size() * 8; ++bit) {
    std::string damaged = bytes;
    damaged[bit / 8] = static_cast<char>(damaged[bit / 8] ^ (1 << (bit % 8)));
    Names scratch;
    const auto back = persist::decode_change_set(damaged, scratch);
    if (back) {
      CHECK_FALSE(describe(*back, scratch).empty());  // Every view it gives can be read.
    } else {
      ++refused;
    }
  }
  CHECK(refused > 100);  // The harness bites: structure is checked, not only content changed.
}

TEST_CASE("a change set of a newer version is refused by name") {
  Names names;
  std::string bytes = persist::encode_change_set(rich_change(names), names);
  bytes[0] = 9;
  const auto back = persist::decode_change_set(bytes, names);
  REQUIRE_FALSE(back);
  CHECK(back.error().message.find("version is 9") != std::string::npos);
}
