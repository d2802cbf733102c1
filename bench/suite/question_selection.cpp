// Finding questions: all of a folder, and those that somebody names.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <system_error>

#include <fmt/format.h>

#include "bench/suite/question.h"

namespace callisto::bench {
namespace {

constexpr std::size_t kHintsMax = 3;

// Edits that make `name` begin or end with `word`, or hold it: what is around it costs nothing.
std::size_t distance(std::string_view word, std::string_view name) {
  std::vector<std::size_t> row(name.size() + 1, 0);
  for (std::size_t i = 0; i < word.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i + 1;
    for (std::size_t j = 0; j < name.size(); ++j) {
      const std::size_t replaced = diagonal + (word[i] == name[j] ? 0 : 1);
      diagonal = row[j + 1];
      row[j + 1] = std::min({replaced, row[j] + 1, row[j + 1] + 1});
    }
  }
  return *std::min_element(row.begin(), row.end());
}

std::string nearest_names(const std::vector<Question>& all, std::string_view word) {
  std::vector<std::pair<std::size_t, std::string_view>> ranked;
  ranked.reserve(all.size());
  for (const Question& question : all) {
    ranked.emplace_back(distance(word, question.name), question.name);
  }
  std::sort(ranked.begin(), ranked.end());
  ranked.resize(std::min(ranked.size(), kHintsMax));
  std::string names;
  for (const auto& [edits, name] : ranked)
    names += fmt::format("{}{}", names.empty() ? "" : ", ", name);
  return names;
}

std::vector<std::string_view> words_of(std::string_view only) {
  std::vector<std::string_view> words;
  while (!only.empty()) {
    const std::size_t comma = std::min(only.find(','), only.size());
    if (comma > 0) words.push_back(only.substr(0, comma));
    only.remove_prefix(std::min(comma + 1, only.size()));
  }
  return words;
}

Result<std::string> read_file(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(file), {}};
  if (!file) return fail(ErrorCode::Io, fmt::format("cannot read '{}'", path.string()));
  return text;
}

}  // namespace

Result<std::vector<Question>> read_questions(const std::string& folder) {
  std::error_code error;
  std::vector<std::filesystem::path> paths;
  for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
    if (entry.path().extension() == ".q") paths.push_back(entry.path());
  }
  if (error) {
    return fail(ErrorCode::Io,
                fmt::format("cannot read the questions in '{}': {}", folder, error.message()));
  }
  std::sort(paths.begin(), paths.end());
  std::vector<Question> all;
  std::set<std::string> names;
  for (const std::filesystem::path& path : paths) {
    CALLISTO_TRY(const std::string text, read_file(path));
    CALLISTO_TRY(std::vector<Question> some, parse_questions(text, path.string()));
    if (!names.insert(some.front().name).second) {
      return fail(ErrorCode::InvalidInput,
                  fmt::format("{}: a second question '{}'", path.string(), some.front().name));
    }
    std::move(some.begin(), some.end(), std::back_inserter(all));
  }
  if (all.empty()) {
    return fail(ErrorCode::InvalidInput, fmt::format("'{}' holds no question (*.q)", folder));
  }
  return all;
}

Result<std::vector<Question>> select_questions(const std::vector<Question>& all,
                                               std::string_view only,
                                               bool neighbours) {
  std::vector<Question> offered;
  std::copy_if(all.begin(), all.end(), std::back_inserter(offered), [&](const Question& question) {
    return neighbours || question.neighbour_of.empty();
  });
  const std::vector<std::string_view> words = words_of(only);
  for (const std::string_view word : words) {
    const bool matches = std::any_of(offered.begin(), offered.end(), [&](const Question& question) {
      return question.name.find(word) != std::string::npos;
    });
    if (!matches) {
      return fail(
          ErrorCode::InvalidInput,
          fmt::format(
              "no question is called '{}'; near it: {}", word, nearest_names(offered, word)));
    }
  }
  if (words.empty()) {
    if (only.empty()) return offered;
    return fail(ErrorCode::InvalidInput, fmt::format("'{}' names no question", only));
  }
  std::vector<Question> chosen;
  std::copy_if(offered.begin(), offered.end(), std::back_inserter(chosen), [&](const auto& one) {
    return std::any_of(words.begin(), words.end(), [&](std::string_view word) {
      return one.name.find(word) != std::string::npos;
    });
  });
  return chosen;
}

}  // namespace callisto::bench
