// The files that questions stand in, and choosing among questions.
#include "bench/suite/question.h"

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "tests/support/scratch.h"

using namespace callisto;
using namespace callisto::bench;

namespace {

constexpr std::string_view kFile = R"(# What it is for.
question: q90_hop
about: One hop.
parameter: user id
revisit: yes
concurrent: yes
goal: S 1.5 M 20
j1ql: FIND a AS x
  THAT HAS #Tag AS y
  RETURN x.b
sql: SELECT 1
duckdb: SELECT 2
answer: S 10 00000000000000ff, 12 0000000000000001

neighbour: count
j1ql: FIND a RETURN count(a)
sqlite: none
duckdb: SELECT 3

neighbour: no_parameter
parameter: none
revisit: no
j1ql: FIND a
sql: SELECT 4
sqlite: none
)";

std::string error_of(std::string_view text) {
  const auto parsed = parse_questions(text, "f.q");
  return parsed ? "none" : parsed.error().message;
}

std::vector<Question> named(const std::vector<std::string>& names) {
  std::vector<Question> questions;
  for (const std::string& name : names) {
    questions.emplace_back();
    questions.back().name = name;
    const std::size_t mark = name.find('~');
    if (mark != std::string::npos) questions.back().neighbour_of = name.substr(0, mark);
  }
  return questions;
}

std::vector<std::string> names_of(const Result<std::vector<Question>>& questions) {
  std::vector<std::string> names;
  for (const Question& question : *questions)
    names.push_back(question.name);
  return names;
}

}  // namespace

TEST_CASE("a question file holds a question and its neighbours") {
  const auto parsed = parse_questions(kFile, "f.q");
  REQUIRE(parsed);
  REQUIRE(parsed->size() == 3);
  const Question& question = parsed->front();
  CHECK(question.name == "q90_hop");
  CHECK(question.neighbour_of.empty());
  CHECK(question.about == "One hop.");
  CHECK(question.j1ql == "FIND a AS x THAT HAS #Tag AS y RETURN x.b");
  CHECK(question.parameter == Parameter::UserId);
  CHECK(question.revisit_vertices);
  CHECK(question.concurrent);
  CHECK(question.goals_us.at("S") == 1.5);
  CHECK(question.goals_us.at("M") == 20);
  CHECK(question.answers.at("S") == ExpectedAnswers{{10, 255}, {12, 1}});
}

TEST_CASE("a peer's own SQL has precedence over that for all, and none takes it away") {
  const auto parsed = parse_questions(kFile, "f.q");
  REQUIRE(parsed);
  using Texts = std::map<std::string, std::string, std::less<>>;
  CHECK((*parsed)[0].sql == Texts{{"sqlite", "SELECT 1"}, {"duckdb", "SELECT 2"}});
  CHECK((*parsed)[1].sql == Texts{{"duckdb", "SELECT 3"}});
  CHECK((*parsed)[2].sql == Texts{{"duckdb", "SELECT 4"}});
  const auto before = parse_questions("question: q\nduckdb: B\nsql: A\nj1ql: FIND a\n", "f.q");
  REQUIRE(before);
  CHECK(before->front().sql == Texts{{"sqlite", "A"}, {"duckdb", "B"}});
}

TEST_CASE("what a question says of its runs holds for its neighbours until they say otherwise") {
  const auto parsed = parse_questions(kFile, "f.q");
  REQUIRE(parsed);
  const Question& count = (*parsed)[1];
  CHECK(count.name == "q90_hop~count");
  CHECK(count.neighbour_of == "q90_hop");
  CHECK(count.parameter == Parameter::UserId);
  CHECK(count.revisit_vertices);
  CHECK_FALSE(count.concurrent);
  CHECK(count.goals_us.empty());
  CHECK((*parsed)[2].parameter == Parameter::None);
  CHECK_FALSE((*parsed)[2].revisit_vertices);
}

TEST_CASE("a mistake in a question file is told with its line") {
  const std::string head = "question: q\nj1ql: FIND a\n";
  CHECK(error_of("") == "f.q:1: a file begins with 'question: NAME'");
  CHECK(error_of("j1ql: FIND a\n") == "f.q:1: a file begins with 'question: NAME'");
  CHECK(error_of("  more\n") == "f.q:1: a continuation of nothing");
  CHECK(error_of(head + "words\n").find("f.q:3: a line is 'key: text'") == 0);
  CHECK(error_of(head + "speed: 3\n").find("f.q:3: unknown key 'speed'") == 0);
  CHECK(error_of(head + "sql:\n") == "f.q:3: 'sql' has no text");
  CHECK(error_of(head + "j1ql: FIND b\n") == "f.q:3: a second 'j1ql'");
  CHECK(error_of(head + "question: r\n") == "f.q:3: a file has one question");
  CHECK(error_of(head + "neighbour: n\nj1ql: FIND b\nneighbour: n\n") == "f.q:5: a second 'q~n'");
  CHECK(error_of(head + "\nneighbour: n\nsql: SELECT 1\n") == "f.q:4: 'q~n' has no j1ql");
  CHECK(error_of("question: two words\n") == "f.q:1: a name has no blanks and no commas");
  CHECK(error_of("question: a~b\n") == "f.q:1: a '~' marks neighbours");
}

TEST_CASE("a value that a key of a question file cannot have is told") {
  const std::string head = "question: q\nj1ql: FIND a\n";
  CHECK(error_of(head + "parameter: host\n") == "f.q:3: 'host' is no parameter");
  CHECK(error_of(head + "revisit: maybe\n") == "f.q:3: 'maybe' is no revisit");
  CHECK(error_of(head + "goal: S fast\n") == "f.q:3: 'S fast' is no goal");
  CHECK(error_of(head + "answer: S 10 ff\n") == "f.q:3: 'S 10 ff' is no answer");
  CHECK(error_of(head + "answer: S ten ff, 1 ff\n") == "f.q:3: 'S ten ff, 1 ff' is no answer");
  CHECK(error_of(head + "answer: S 1 1, 1 1\nanswer: S 1 1, 1 1\n") ==
        "f.q:4: 'S 1 1, 1 1' is no answer");
}

TEST_CASE("recorded answers replace those of their size and nothing else") {
  const std::string text =
      "question: q\n# why\nj1ql: FIND a\nanswer: S 1 1, 1 1\nanswer: M 2 2, 2 2\n\n"
      "neighbour: n\nj1ql: FIND b\n\nneighbour: other\nj1ql: FIND c\n";
  const std::string out =
      with_answers(text, "S", {{"q", {{10, 255}, {11, 16}}}, {"q~n", {{3, 4}, {5, 6}}}});
  CHECK(out ==
        "question: q\n# why\nj1ql: FIND a\nanswer: M 2 2, 2 2\n"
        "answer: S 10 00000000000000ff, 11 0000000000000010\n\n"
        "neighbour: n\nj1ql: FIND b\nanswer: S 3 0000000000000004, 5 0000000000000006\n\n"
        "neighbour: other\nj1ql: FIND c\n");
  const auto parsed = parse_questions(out, "f.q");
  REQUIRE(parsed);
  CHECK(parsed->front().answers.at("S") == ExpectedAnswers{{10, 255}, {11, 16}});
  CHECK(with_answers(out, "S", {{"q", {{10, 255}, {11, 16}}}}) == out);
}

TEST_CASE("questions are chosen by parts of their names") {
  const auto all = named({"q01_point", "q01_point~max", "q13_hop", "q13_hop~max", "q13_hop~sum"});
  using Names = std::vector<std::string>;
  CHECK(names_of(select_questions(all, "", true)).size() == 5);
  CHECK(names_of(select_questions(all, "", false)) == Names{"q01_point", "q13_hop"});
  CHECK(names_of(select_questions(all, "q13", false)) == Names{"q13_hop"});
  CHECK(names_of(select_questions(all, "~max", true)) == Names{"q01_point~max", "q13_hop~max"});
  CHECK(names_of(select_questions(all, "sum,q01", true)) ==
        Names{"q01_point", "q01_point~max", "q13_hop~sum"});
}

TEST_CASE("a word that matches no question is an error with the nearest names") {
  const auto all = named({"q01_point", "q02_point_prop", "q13_hop1_group", "q24_triangle"});
  const auto chosen = select_questions(all, "q24_tirangle", true);
  REQUIRE_FALSE(chosen);
  CHECK(chosen.error().code == ErrorCode::InvalidInput);
  CHECK(chosen.error().message.find(
            "no question is called 'q24_tirangle'; near it: q24_triangle") == 0);
  CHECK_FALSE(select_questions(all, "q13,q99_nothing", true));
  CHECK_FALSE(select_questions(all, ",", true));
  CHECK_FALSE(select_questions(named({"q01_a", "q01_a~max"}), "~max", false));
}

TEST_CASE("the questions of a folder come in the order of their files, each name once") {
  const tests::Scratch scratch;
  CHECK_FALSE(read_questions(scratch.path("nowhere")));
  const std::string folder = std::filesystem::path(scratch.path("x")).parent_path().string();
  const auto empty = read_questions(folder);
  REQUIRE_FALSE(empty);
  CHECK(empty.error().message.find("holds no question") != std::string::npos);
  scratch.write("b.q", "question: b\nj1ql: FIND b\n");
  scratch.write("a.q", "question: a\nj1ql: FIND a\nneighbour: n\nj1ql: FIND c\n");
  scratch.write("notes.txt", "nothing");
  CHECK(names_of(read_questions(folder)) == std::vector<std::string>{"a", "a~n", "b"});
  scratch.write("c.q", "question: b\nj1ql: FIND b\n");
  const auto twice = read_questions(folder);
  REQUIRE_FALSE(twice);
  CHECK(twice.error().message.find("a second question 'b'") != std::string::npos);
}

TEST_CASE("every question of this checkout has five neighbours and SQL for a peer") {
  const auto all = read_questions("bench/questions");
  INFO((all ? "" : all.error().message));
  REQUIRE(all);
  std::map<std::string, int> neighbours;
  for (const Question& question : *all) {
    INFO(question.name);
    CHECK_FALSE(question.sql.empty());
    CHECK(question.answers.contains("XS"));
    CHECK((question.parameter == Parameter::None) ==
          (question.j1ql.find("${value}") == std::string::npos));
    if (question.neighbour_of.empty()) {
      CHECK_FALSE(question.about.empty());
      neighbours.emplace(question.name, 0);
    } else {
      ++neighbours[question.neighbour_of];
    }
  }
  for (const auto& [name, count] : neighbours) {
    INFO(name);
    CHECK(count >= 5);
  }
}
