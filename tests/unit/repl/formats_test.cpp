// csv, tsv, markdown, ndjson and json: exact bytes.
#include "repl/formats.h"

#include <catch2/catch.hpp>

using namespace callisto;
using namespace callisto::repl;

namespace {

std::string csv(const Value& value) {
  std::string out;
  append_csv_cell(out, Cell(value));
  return out;
}

std::string tsv(const Value& value) {
  std::string out;
  append_tsv_cell(out, Cell(value));
  return out;
}

std::string markdown(const Value& value) {
  std::string out;
  append_markdown_cell(out, Cell(value));
  return out;
}

Value text(const char* words) {
  return std::string(words);
}

Cell entity(const std::string& json) {
  Cell cell;
  cell.kind = CellKind::Entity;
  cell.json = json;
  return cell;
}

}  // namespace

TEST_CASE("every format is known by its own name") {
  for (const std::string& name : format_names()) {
    REQUIRE(parse_format(name));
    CHECK(to_string(*parse_format(name)) == name);
  }
  CHECK_FALSE(parse_format("xml"));
  CHECK_FALSE(parse_format(""));
}

TEST_CASE("csv quotes by RFC 4180 and keeps the empty string apart from absence") {
  CHECK(csv(text("plain")) == "plain");
  CHECK(csv(text("a,b")) == "\"a,b\"");
  CHECK(csv(text("say \"hi\"")) == "\"say \"\"hi\"\"\"");
  CHECK(csv(text("two\nlines")) == "\"two\nlines\"");
  CHECK(csv(text(" padded ")) == "\" padded \"");
  CHECK(csv(text("")) == "\"\"");
  CHECK(csv(Value(Null{})).empty());
  CHECK(csv(Value(7.0)) == "7");
  CHECK(csv(Value(true)) == "true");
  CHECK(csv(Value(List{Scalar(1.0), Scalar(2.0)})) == "\"[1,2]\"");
}

TEST_CASE("csv lets no text run as a formula, and no number be spoiled") {
  CHECK(csv(text("=1+1")) == "'=1+1");
  CHECK(csv(text("+1")) == "'+1");
  CHECK(csv(text("-1")) == "'-1");
  CHECK(csv(text("@SUM(A1)")) == "'@SUM(A1)");
  CHECK(csv(text("\tx")) == "'\tx");
  CHECK(csv(text("\rx")) == "\"'\rx\"");
  CHECK(csv(text("=HYPERLINK(\"http://x\",\"y\")")) ==
        "\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\"");
  CHECK(csv(Value(-1.0)) == "-1");
}

TEST_CASE("tsv keeps a row on a line and gives its values back exactly") {
  CHECK(tsv(text("a\tb\nc\\d\r")) == "a\\tb\\nc\\\\d\\r");
  CHECK(tsv(Value(Null{})).empty());
  CHECK(tsv(Value(0.5)) == "0.5");
}

TEST_CASE("markdown cells cannot leave their cell") {
  CHECK(markdown(text("a|b")) == "a\\|b");
  CHECK(markdown(text("a\r\nb")) == "a<br>b");
  CHECK(markdown(text("<script>")) == "&lt;script&gt;");
}

TEST_CASE("rows of a table in each format") {
  ResultTable table;
  table.columns = {"name", "n"};
  table.rows = {{Value(std::string("web-1")), Value(3.0)}, {Value(Null{}), Value(4.5)}};
  CHECK(render_rows(table, Format::Csv) == "name,n\r\nweb-1,3\r\n,4.5\r\n");
  CHECK(render_rows(table, Format::Tsv) == "name\tn\nweb-1\t3\n\t4.5\n");
  CHECK(render_rows(table, Format::Markdown) ==
        "| name | n |\n| --- | --- |\n| web-1 | 3 |\n|  | 4.5 |\n");
  CHECK(render_rows(table, Format::Ndjson) ==
        "{\"name\":\"web-1\",\"n\":3}\n{\"name\":null,\"n\":4.5}\n");
  CHECK(render_rows(table, Format::Json) ==
        "[{\"name\":\"web-1\",\"n\":3},\n {\"name\":null,\"n\":4.5}]\n");
}

TEST_CASE("absent cells of a row take no room, and rows are the same with and without them") {
  Row wide(100'000);
  const std::size_t empty = wide.bytes();
  wide.set(70'000, Value(3.0));
  wide.set(5, text("five"));
  wide.set(6, Value(Null{}));
  CHECK(wide.bytes() < empty + 1'000);
  CHECK(wide.size() == 100'000);
  CHECK(cell_plain(wide[5]) == "five");
  CHECK(cell_plain(wide[6]).empty());
  CHECK(cell_plain(wide[70'000]) == "3");
  wide.set(5, Value(Null{}));  // In place of what was there.
  CHECK(cell_plain(wide[5]).empty());
  const Row row{text("a"), Value(Null{}), Value(2.0), Value(Null{})};
  std::string all;
  row.for_each([&](const Cell& cell) { all += cell_plain(cell) + "|"; });
  CHECK(all == "a||2||");
  CHECK(row.size() == 4);
}

TEST_CASE("a list of objects with properties of their own takes the room of what they have") {
  constexpr int kRows = 600;
  ResultTable table;
  table.type = ResultType::List;
  table.columns = {"entity"};
  for (int i = 0; i < kRows; ++i) {
    std::string properties;
    for (int j = 0; j < 20; ++j) {
      properties += (j > 0 ? "," : "") + std::string("\"p") + std::to_string(i) + "_" +
                    std::to_string(j) + "\":1";
    }
    table.rows.push_back(
        {entity(R"({"id":"v","entity":{"_key":"k"},"properties":{)" + properties + "}}")});
  }
  const ResultTable spread = spread_objects(table, true);
  CHECK(spread.columns.size() == 5 + kRows * 20);
  std::size_t bytes = 0;
  for (const Row& row : spread.rows) {
    CHECK(row.size() == spread.columns.size());
    bytes += row.bytes();
  }
  CHECK(bytes < kRows * 21 * 300);
  std::size_t pieces = 0;
  std::string whole;
  write_rows(table, Format::Csv, false, [&](std::string_view piece) {
    ++pieces;
    whole += piece;
    return true;
  });
  CHECK(pieces > 10);
  CHECK(whole == render_rows(table, Format::Csv));
  std::size_t taken = 0;
  write_rows(table, Format::Csv, false, [&](std::string_view) { return ++taken < 3; });
  CHECK(taken == 3);
}

TEST_CASE("a list becomes a table with every property that any object has") {
  ResultTable table;
  table.type = ResultType::List;
  table.columns = {"entity"};
  table.rows = {
      {entity(R"({"id":"v1","entity":{"_id":"i1","_type":["host"],"_class":["Host"],"_key":"k1",
              "displayName":"a","_endOn":null},"properties":{"cpu":2}})")},
      {entity(R"({"id":"v2","entity":{"_id":"i2","_type":["host"],"_class":["Host","X"],"_key":"k2",
              "displayName":"b"},"properties":{"ram":8}})")}};
  CHECK(render_rows(table, Format::Tsv) ==
        "displayName\t_type\t_class\t_key\t_id\tcpu\tram\n"
        "a\thost\t[\"Host\"]\tk1\ti1\t2\t\n"
        "b\thost\t[\"Host\",\"X\"]\tk2\ti2\t\t8\n");
  CHECK(spread_objects(table, false).columns.size() == 5);
}
