// The files that questions stand in.
#include "bench/suite/question.h"

#include <algorithm>
#include <charconv>
#include <optional>

#include <fmt/format.h>

namespace callisto::bench {
namespace {

std::string_view trim(std::string_view text) {
  const auto is_blank = [](char c) { return c == ' ' || c == '\t' || c == '\r'; };
  while (!text.empty() && is_blank(text.front()))
    text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back()))
    text.remove_suffix(1);
  return text;
}

std::string_view next_line(std::string_view& text) {
  const std::size_t end = text.find('\n');
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  return line;
}

std::string_view next_word(std::string_view& text) {
  text = trim(text);
  const std::size_t end = std::min(text.find(' '), text.size());
  const std::string_view word = text.substr(0, end);
  text = trim(text.substr(end));
  return word;
}

template <class Number, class... Base>
std::optional<Number> number(std::string_view text, Base... base) {
  Number value{};
  const char* end = text.data() + text.size();
  const auto parsed = std::from_chars(text.data(), end, value, base...);
  if (parsed.ec != std::errc() || parsed.ptr != end) return std::nullopt;
  return value;
}

std::optional<Answer> read_answer(std::string_view text) {
  const auto rows = number<std::uint64_t>(next_word(text));
  const auto checksum = number<std::uint64_t>(text, 16);
  if (!rows || !checksum) return std::nullopt;
  return Answer{.rows = *rows, .checksum = *checksum};
}

// "S 10 0123456789abcdef, 12 fedcba9876543210": a size, its answer without and with the overrides.
bool read_answers(Question& question, std::string_view text) {
  const std::string size(next_word(text));
  const std::size_t comma = text.find(',');
  if (comma == std::string_view::npos) return false;
  const std::optional<Answer> plain = read_answer(trim(text.substr(0, comma)));
  const std::optional<Answer> overlaid = read_answer(trim(text.substr(comma + 1)));
  if (!plain || !overlaid) return false;
  return question.answers.emplace(size, ExpectedAnswers{*plain, *overlaid}).second;
}

bool read_goals(Question& question, std::string_view text) {
  while (!text.empty()) {
    const std::string size(next_word(text));
    const auto goal = number<double>(next_word(text));
    if (!goal || !question.goals_us.emplace(size, *goal).second) return false;
  }
  return !question.goals_us.empty();
}

bool read_flag(bool& flag, std::string_view text) {
  flag = text == "yes";
  return flag || text == "no";
}

bool read_parameter(Parameter& parameter, std::string_view text) {
  static const std::map<std::string_view, Parameter> names = {{"none", Parameter::None},
                                                              {"user id", Parameter::UserId},
                                                              {"user key", Parameter::UserKey},
                                                              {"user email", Parameter::UserEmail}};
  const auto found = names.find(text);
  if (found == names.end()) return false;
  parameter = found->second;
  return true;
}

// One key with its text, continuation lines joined by blanks.
struct Item {
  std::string key;
  std::string text;
  std::size_t line = 0;
};

class Parser {
 public:
  explicit Parser(std::string_view file) : file_(file) {}

  Result<std::vector<Question>> parse(std::string_view text) {
    CALLISTO_TRY(const std::vector<Item> items, read_items(text));
    for (const Item& item : items) {
      if (Status done = read(item); !done) return tl::make_unexpected(std::move(done).error());
    }
    if (questions_.empty()) return wrong(1, "a file begins with 'question: NAME'");
    for (const Question& question : questions_) {
      if (question.j1ql.empty()) {
        return wrong(lines_.at(question.name), fmt::format("'{}' has no j1ql", question.name));
      }
    }
    return std::move(questions_);
  }

 private:
  [[nodiscard]] tl::unexpected<Error> wrong(std::size_t line, std::string_view what) const {
    return fail(ErrorCode::InvalidInput, fmt::format("{}:{}: {}", file_, line, what));
  }

  Result<std::vector<Item>> read_items(std::string_view text) const {
    std::vector<Item> items;
    for (std::size_t number = 1; !text.empty(); ++number) {
      const std::string_view line = next_line(text);
      if (trim(line).empty() || line.front() == '#') continue;
      if (line.front() == ' ') {
        if (items.empty()) return wrong(number, "a continuation of nothing");
        items.back().text += (items.back().text.empty() ? "" : " ") + std::string(trim(line));
        continue;
      }
      const std::size_t colon = line.find(':');
      if (colon == std::string_view::npos) {
        return wrong(number,
                     "a line is 'key: text', a continuation that begins with a blank, or a "
                     "# comment");
      }
      items.push_back({.key = std::string(line.substr(0, colon)),
                       .text = std::string(trim(line.substr(colon + 1))),
                       .line = number});
    }
    return items;
  }

  Status read(const Item& item) {
    if (item.text.empty()) return wrong(item.line, fmt::format("'{}' has no text", item.key));
    if (item.key == "question") return begin_question(item);
    if (item.key == "neighbour") return begin_neighbour(item);
    if (questions_.empty()) return wrong(item.line, "a file begins with 'question: NAME'");
    Question& question = questions_.back();
    if (item.key == "j1ql") return set_text(item, question.j1ql);
    if (item.key == "about") return set_text(item, question.about);
    if (item.key == "sql") {
      for (const std::string& peer : peer_names())
        question.sql.emplace(peer, item.text);  // A peer's own text has precedence.
      return {};
    }
    const auto& peers = peer_names();
    if (std::find(peers.begin(), peers.end(), item.key) != peers.end()) {
      if (item.text == "none") {
        question.sql.erase(item.key);
      } else {
        question.sql.insert_or_assign(item.key, item.text);
      }
      return {};
    }
    return read_detail(item, question);
  }

  Status read_detail(const Item& item, Question& question) const {
    bool understood = false;
    if (item.key == "parameter") {
      understood = read_parameter(question.parameter, item.text);
    } else if (item.key == "revisit") {
      understood = read_flag(question.revisit_vertices, item.text);
    } else if (item.key == "concurrent") {
      understood = read_flag(question.concurrent, item.text);
    } else if (item.key == "goal") {
      understood = read_goals(question, item.text);
    } else if (item.key == "answer") {
      understood = read_answers(question, item.text);
    } else {
      return wrong(item.line,
                   fmt::format("unknown key '{}': question, neighbour, about, parameter, revisit, "
                               "concurrent, goal, j1ql, sql, {}, answer",
                               item.key,
                               fmt::join(peer_names(), ", ")));
    }
    if (understood) return {};
    return wrong(item.line, fmt::format("'{}' is no {}", item.text, item.key));
  }

  Status set_text(const Item& item, std::string& text) const {
    if (!text.empty()) return wrong(item.line, fmt::format("a second '{}'", item.key));
    text = item.text;
    return {};
  }

  Status begin(Question question, std::size_t line) {
    if (question.name.find_first_of(" ,") != std::string::npos) {
      return wrong(line, "a name has no blanks and no commas");
    }
    if (!lines_.emplace(question.name, line).second) {
      return wrong(line, fmt::format("a second '{}'", question.name));
    }
    questions_.push_back(std::move(question));
    return {};
  }

  Status begin_question(const Item& item) {
    if (!questions_.empty()) return wrong(item.line, "a file has one question");
    if (item.text.find('~') != std::string::npos) return wrong(item.line, "a '~' marks neighbours");
    Question question;
    question.name = item.text;
    return begin(std::move(question), item.line);
  }

  // What a question says of its runs holds for its neighbours, until they say otherwise.
  Status begin_neighbour(const Item& item) {
    if (questions_.empty()) return wrong(item.line, "a file begins with 'question: NAME'");
    const Question& first = questions_.front();
    Question neighbour;
    neighbour.name = first.name + "~" + item.text;
    neighbour.neighbour_of = first.name;
    neighbour.parameter = first.parameter;
    neighbour.revisit_vertices = first.revisit_vertices;
    return begin(std::move(neighbour), item.line);
  }

  std::string_view file_;
  std::vector<Question> questions_;
  std::map<std::string, std::size_t> lines_;
};

std::string answer_line(std::string_view size, const ExpectedAnswers& answers) {
  return fmt::format("answer: {} {} {:016x}, {} {:016x}\n",
                     size,
                     answers.plain.rows,
                     answers.plain.checksum,
                     answers.overlaid.rows,
                     answers.overlaid.checksum);
}

}  // namespace

const std::vector<std::string>& peer_names() {
  static const std::vector<std::string> names = {"sqlite", "duckdb"};
  return names;
}

Result<std::vector<Question>> parse_questions(std::string_view text, std::string_view file) {
  return Parser(file).parse(text);
}

std::string with_answers(std::string_view text,
                         std::string_view size,
                         const std::map<std::string, ExpectedAnswers, std::less<>>& answers) {
  std::string out;
  std::string question;
  std::string name;
  const auto finish = [&] {
    const auto found = answers.find(name);
    if (found == answers.end()) return;
    const std::size_t end = out.find_last_not_of('\n') + 1;
    out.insert(std::min(end + 1, out.size()), answer_line(size, found->second));
  };
  while (!text.empty()) {
    const std::string_view line = next_line(text);
    const std::size_t colon = std::min(line.find(':'), line.size());
    std::string_view rest = trim(line.substr(std::min(colon + 1, line.size())));
    const std::string_view key = line.substr(0, colon);
    if (key == "question" || key == "neighbour") {
      finish();
      if (key == "question") question = rest;
      name = key == "question" ? question : question + "~" + std::string(rest);
    } else if (key == "answer" && answers.contains(name) && next_word(rest) == size) {
      continue;
    }
    out += line;
    out += '\n';
  }
  finish();
  return out;
}

}  // namespace callisto::bench
