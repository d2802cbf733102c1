#include "core/ids/uuid.h"

#include <vector>

#include <boost/uuid/name_generator_sha1.hpp>
#include <boost/uuid/uuid_io.hpp>
#include <catch2/catch.hpp>

#include "core/ids/sha1.h"

namespace callisto {

namespace {

// RFC 4122, appendix C.
const Uuid kDns = parse_uuid("6ba7b810-9dad-11d1-80b4-00c04fd430c8").value();
const Uuid kUrl = parse_uuid("6ba7b811-9dad-11d1-80b4-00c04fd430c8").value();

}  // namespace

TEST_CASE("version-5 UUIDs equal the published vectors") {
  // Python documentation of uuid.uuid5, and RFC 9562 appendix A.4.
  CHECK(to_string(uuid_v5(kDns, "python.org")) == "886313e1-3b8a-5372-9b90-0c9aee199e5d");
  CHECK(to_string(uuid_v5(kDns, "www.example.com")) == "2ed6657d-e927-568b-95e1-2665a8aea6a2");
}

TEST_CASE("version-5 UUIDs equal Boost's for names of every length around the block ends") {
  boost::uuids::uuid space{};
  std::copy(kUrl.bytes.begin(), kUrl.bytes.end(), space.begin());
  const boost::uuids::name_generator_sha1 generate(space);
  std::string name;
  for (std::size_t size = 0; size < 400; ++size) {
    CAPTURE(size);
    REQUIRE(to_string(uuid_v5(kUrl, name)) ==
            boost::uuids::to_string(generate(name.data(), name.size())));
    name += static_cast<char>(size * 31 + 7);
  }
}

TEST_CASE("SHA-1 with and without special instructions is the same") {
  std::vector<std::uint8_t> data(64 * 9);
  for (std::size_t i = 0; i < data.size(); ++i) {
    data[i] = static_cast<std::uint8_t>(i * i + 3 * i);
  }
  for (std::size_t blocks = 0; blocks <= 9; ++blocks) {
    Sha1State fast = kSha1Start;
    Sha1State portable = kSha1Start;
    sha1_blocks(fast, data.data(), blocks);
    sha1_blocks_portable(portable, data.data(), blocks);
    CHECK(fast == portable);
  }
}

TEST_CASE("a UUID is read in either case and written in lower case") {
  const std::optional<Uuid> id = parse_uuid("886313E1-3b8a-5372-9B90-0C9AEE199E5D");
  REQUIRE(id.has_value());
  CHECK(to_string(*id) == "886313e1-3b8a-5372-9b90-0c9aee199e5d");
  CHECK(parse_uuid(to_string(*id)) == id);
  CHECK(id->hash() == parse_uuid(to_string(*id))->hash());
}

TEST_CASE("what is no UUID is not read as one") {
  CHECK_FALSE(parse_uuid("").has_value());
  CHECK_FALSE(parse_uuid("886313e1-3b8a-5372-9b90-0c9aee199e5").has_value());
  CHECK_FALSE(parse_uuid("886313e1-3b8a-5372-9b90-0c9aee199e5d0").has_value());
  CHECK_FALSE(parse_uuid("886313e1-3b8a-5372-9b90-0c9aee199e5g").has_value());
  CHECK_FALSE(parse_uuid("886313e13b8a-5372-9b90-0c9aee199e5d-").has_value());
  CHECK_FALSE(parse_uuid("886313e1-3b8a-5372-9b90+0c9aee199e5d").has_value());
  CHECK_FALSE(parse_uuid("{86313e1-3b8a-5372-9b90-0c9aee199e5}").has_value());
}

}  // namespace callisto
