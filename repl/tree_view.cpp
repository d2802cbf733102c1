// Depth-first drawing with an explicit stack: a chain of a million vertices must not end the stack.
#include "repl/tree_view.h"

#include <algorithm>
#include <unordered_map>

#include "repl/object_fields.h"
#include "repl/text_width.h"

namespace callisto::repl {
namespace {

struct Vertex {
  ObjectFields object;
  std::string type;
  std::vector<std::size_t> edges;  // Those that leave it.
  bool entered = false;
  bool drawn = false;
};

struct Edge {
  std::size_t target = 0;
  std::string verb;
};

struct Graph {
  std::vector<Vertex> vertices;
  std::vector<Edge> edges;
};

std::string field_text(const ObjectFields& object, const std::string& name) {
  for (const auto& [field, value] : object.fields) {
    if (field == name) return cell_for_people(Cell(value), false);
  }
  return {};
}

Graph read_graph(const ResultTable& table) {
  Graph graph;
  std::unordered_map<std::string, std::size_t> places;
  std::vector<ObjectFields> relationships;
  for (const Row& row : table.rows) {
    if (row.empty()) continue;
    ObjectFields object = open_object(row.front().json);
    if (object.relationship) {
      relationships.push_back(std::move(object));
      continue;
    }
    places.emplace(object.id, graph.vertices.size());
    const std::string own_id = field_text(object, "_id");
    if (!own_id.empty()) places.emplace(own_id, graph.vertices.size());
    Vertex vertex;
    vertex.type = field_text(object, "_type");
    vertex.object = std::move(object);
    graph.vertices.push_back(std::move(vertex));
  }
  for (const ObjectFields& relationship : relationships) {
    const auto from = places.find(relationship.from_id);
    const auto to = places.find(relationship.to_id);
    if (from == places.end() || to == places.end()) continue;
    graph.vertices[from->second].edges.push_back(graph.edges.size());
    graph.vertices[to->second].entered = true;
    graph.edges.push_back({to->second, field_text(relationship, "_class")});
  }
  return graph;
}

// A vertex still to be drawn: below which line, behind which branch.
struct Pending {
  std::size_t vertex = 0;
  std::string verb;
  std::string indent;  // Of its parent's children.
  bool last = false;
  bool root = false;
};

void push_children(std::vector<Pending>& stack, const Graph& graph, const Pending& parent) {
  const std::vector<std::size_t>& edges = graph.vertices[parent.vertex].edges;
  std::string indent = parent.indent;
  if (!parent.root) indent += parent.last ? "   " : "│  ";
  for (std::size_t i = edges.size(); i-- > 0;) {
    const Edge& edge = graph.edges[edges[i]];
    stack.push_back({edge.target, edge.verb, indent, i + 1 == edges.size(), false});
  }
}

void draw_from(std::string& out, Graph& graph, std::size_t root) {
  std::vector<Pending> stack{{root, "", "", true, true}};
  while (!stack.empty()) {
    const Pending next = std::move(stack.back());
    stack.pop_back();
    Vertex& vertex = graph.vertices[next.vertex];
    if (!next.root) out += next.indent + (next.last ? "└─ " : "├─ ") + next.verb + " → ";
    out += visible(vertex.object.label) + " (" + vertex.type + ")";
    if (vertex.drawn) {
      out += vertex.edges.empty() ? "\n" : " ↑\n";
      continue;
    }
    out += '\n';
    vertex.drawn = true;
    push_children(stack, graph, next);
  }
}

std::string render_records(const ResultTable& table) {
  const ResultTable spread = spread_objects(table, true);
  std::size_t width = 0;
  for (const std::string& column : spread.columns) {
    width = std::max(width, display_width(visible(column)));
  }
  std::string out;
  for (std::size_t row = 0; row < spread.rows.size(); ++row) {
    out += "row " + std::to_string(row + 1) + "\n";
    std::size_t i = 0;
    spread.rows[row].for_each([&](const Cell& cell) {
      const std::string& column = spread.columns[i++];
      // A list's rows share no schema: what one does not have says nothing.
      const bool absent = cell.kind == CellKind::Value && is_null(cell.value);
      if (absent && table.type == ResultType::List) return;
      const std::string text = absent ? "—" : visible(cell_plain(cell));
      out += "  " + pad(visible(column) + ":", width + 2, Alignment::Left) + text + "\n";
    });
  }
  return out;
}

}  // namespace

std::string render_tree(const ResultTable& table) {
  if (table.type != ResultType::Tree) return render_records(table);
  Graph graph = read_graph(table);
  std::string out;
  for (std::size_t i = 0; i < graph.vertices.size(); ++i) {
    if (!graph.vertices[i].entered) draw_from(out, graph, i);
  }
  // What is left is reached only through a cycle.
  for (std::size_t i = 0; i < graph.vertices.size(); ++i) {
    if (!graph.vertices[i].drawn) draw_from(out, graph, i);
  }
  return out;
}

}  // namespace callisto::repl
