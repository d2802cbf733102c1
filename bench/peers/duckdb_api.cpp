#include "bench/peers/duckdb_api.h"

#include <dlfcn.h>

#include <fmt/format.h>

namespace callisto::bench::duckdb {
namespace {

class Library {
 public:
  explicit Library(const std::string& path) : handle_(dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL)) {
    if (handle_ == nullptr) problem_ = dlerror();
  }

  template <class Function>
  void find(Function& function, const char* name) {
    if (handle_ == nullptr) return;
    const std::string symbol = fmt::format("duckdb_{}", name);
    // POSIX's way from an object pointer to a function.
    function = reinterpret_cast<Function>(dlsym(handle_, symbol.c_str()));
    if (function == nullptr) problem_ = fmt::format("it has no function {}", symbol);
  }

  [[nodiscard]] const std::string& problem() const { return problem_; }

 private:
  void* handle_;
  std::string problem_;
};

void find_queries(Library& library, Api& api) {
  library.find(api.query, "query");
  library.find(api.destroy_result, "destroy_result");
  library.find(api.result_error, "result_error");
  library.find(api.column_count, "column_count");
  library.find(api.column_type, "column_type");
  library.find(api.prepare, "prepare");
  library.find(api.prepare_error, "prepare_error");
  library.find(api.destroy_prepare, "destroy_prepare");
  library.find(api.nparams, "nparams");
  library.find(api.bind_varchar_length, "bind_varchar_length");
  library.find(api.bind_double, "bind_double");
  library.find(api.execute_prepared, "execute_prepared");
  library.find(api.fetch_chunk, "fetch_chunk");
  library.find(api.destroy_data_chunk, "destroy_data_chunk");
  library.find(api.data_chunk_get_size, "data_chunk_get_size");
  library.find(api.data_chunk_get_vector, "data_chunk_get_vector");
  library.find(api.vector_get_data, "vector_get_data");
  library.find(api.vector_get_validity, "vector_get_validity");
}

void find_appender(Library& library, Api& api) {
  library.find(api.appender_create_ext, "appender_create_ext");
  library.find(api.appender_error, "appender_error");
  library.find(api.appender_end_row, "appender_end_row");
  library.find(api.appender_flush, "appender_flush");
  library.find(api.appender_destroy, "appender_destroy");
  library.find(api.append_null, "append_null");
  library.find(api.append_bool, "append_bool");
  library.find(api.append_int64, "append_int64");
  library.find(api.append_double, "append_double");
  library.find(api.append_varchar_length, "append_varchar_length");
}

}  // namespace

Result<std::shared_ptr<const Api>> load_api(const std::string& path) {
  Library library(path);
  auto api = std::make_shared<Api>();
  library.find(api->version_text, "library_version");
  library.find(api->open_ext, "open_ext");
  library.find(api->close, "close");
  library.find(api->connect, "connect");
  library.find(api->disconnect, "disconnect");
  library.find(api->free, "free");
  find_queries(library, *api);
  find_appender(library, *api);
  if (library.problem().empty()) return std::shared_ptr<const Api>(std::move(api));
  return fail(ErrorCode::NotFound, fmt::format("'{}': {}", path, library.problem()));
}

}  // namespace callisto::bench::duckdb
