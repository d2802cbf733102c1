// Trees and records.
#include "repl/tree_view.h"

#include <catch2/catch.hpp>

using namespace callisto;
using namespace callisto::repl;

namespace {

Cell vertex(const std::string& id) {
  Cell cell;
  cell.kind = CellKind::Entity;
  cell.json = R"({"id":")" + id + R"(","entity":{"_id":")" + id +
              R"(","_type":["t"],"displayName":")" + id + R"("},"properties":{}})";
  return cell;
}

Cell edge(const std::string& from, const std::string& verb, const std::string& to) {
  Cell cell;
  cell.kind = CellKind::Relationship;
  cell.json = R"({"id":"e","relationship":{"_class":")" + verb + R"(","_fromEntityId":")" + from +
              R"(","_toEntityId":")" + to + R"("},"properties":{}})";
  return cell;
}

ResultTable tree(std::vector<Cell> cells) {
  ResultTable table;
  table.type = ResultType::Tree;
  table.columns = {"vertex"};
  for (Cell& cell : cells)
    table.rows.push_back({std::move(cell)});
  return table;
}

}  // namespace

TEST_CASE("a tree is drawn from the vertices that nothing points to") {
  const ResultTable table = tree({vertex("a"),
                                  vertex("b"),
                                  vertex("c"),
                                  vertex("d"),
                                  edge("a", "HAS", "b"),
                                  edge("b", "USES", "d"),
                                  edge("a", "HAS", "c")});
  CHECK(render_tree(table) ==
        "a (t)\n"
        "├─ HAS → b (t)\n"
        "│  └─ USES → d (t)\n"
        "└─ HAS → c (t)\n");
}

TEST_CASE("what was drawn before is named, not entered again, and cycles end") {
  CHECK(render_tree(
            tree({vertex("a"), vertex("b"), edge("a", "TRUSTS", "b"), edge("b", "TRUSTS", "a")})) ==
        "a (t)\n"
        "└─ TRUSTS → b (t)\n"
        "   └─ TRUSTS → a (t) ↑\n");
}

TEST_CASE("a very long chain does not end the stack") {
  std::vector<Cell> cells;
  for (int i = 0; i < 3'000; ++i)
    cells.push_back(vertex(std::to_string(i)));
  for (int i = 0; i + 1 < 3'000; ++i) {
    cells.push_back(edge(std::to_string(i), "HAS", std::to_string(i + 1)));
  }
  const std::string text = render_tree(tree(std::move(cells)));
  CHECK(std::count(text.begin(), text.end(), '\n') == 3'000);
}

TEST_CASE("rows of a table are records") {
  ResultTable table;
  table.columns = {"name", "criticality"};
  table.rows = {{Value(std::string("web-1")), Value(Null{})}};
  CHECK(render_tree(table) ==
        "row 1\n"
        "  name:        web-1\n"
        "  criticality: —\n");
}
