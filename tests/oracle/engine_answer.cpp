// Runs a query and names the objects in its rows.
#include "tests/oracle/engine_answer.h"

#include "query/engine.h"
#include "tests/queries/graph_loader.h"

namespace callisto::oracle {

LoadedGraph load(const PlainGraph& graph) {
  LoadedGraph loaded;
  loaded.snapshot = test::load_graph_text(to_json(graph));
  const PartitionId partition{0};
  for (std::size_t i = 0; i < graph.entities.size(); ++i) {
    const Uuid id = loaded.snapshot->entity_id(partition, graph.entities[i].key);
    loaded.names[to_string(id)] = name_of(graph, {true, i});
  }
  for (std::size_t i = 0; i < graph.relationships.size(); ++i) {
    const Uuid id = loaded.snapshot->relationship_id(partition, graph.relationships[i].key);
    loaded.names[to_string(id)] = name_of(graph, {false, i});
  }
  return loaded;
}

Result<EngineAnswer> ask_engine(const LoadedGraph& graph,
                                const std::string& text,
                                const QueryOptions& options) {
  CALLISTO_TRY(const query::PreparedPtr prepared, query::prepare(text, *graph.snapshot));
  CALLISTO_TRY(QueryResult result, query::run(prepared, graph.snapshot, options, system_clock()));
  EngineAnswer answer;
  answer.shape = result.type() == ResultType::List    ? Shape::List
                 : result.type() == ResultType::Table ? Shape::Table
                                                      : Shape::Tree;
  answer.columns = result.columns();
  for (;;) {
    CALLISTO_TRY(const RowBatch* batch, result.next());
    if (batch == nullptr) return answer;
    for (std::size_t row = 0; row < batch->rows(); ++row) {
      std::vector<std::string>& cells = answer.rows.emplace_back();
      for (std::size_t column = 0; column < batch->columns(); ++column) {
        const ValueView value = batch->value(row, column);
        const bool object = batch->kind(row, column) != CellKind::Value && !value.is_null();
        cells.push_back(object ? graph.names.at(std::string(value.as_string()))
                               : callisto::to_json(value));
      }
    }
  }
}

}  // namespace callisto::oracle
