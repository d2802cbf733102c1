// Saved questions.
#include <algorithm>
#include <array>
#include <cctype>

#include <callisto/clock.h>

#include "server/service/answers.h"
#include "server/service/graph_fields.h"

namespace callisto::server {
namespace {

constexpr std::array kTexts{"title", "description", "pollingInterval", "integrationDefinitionId"};
constexpr std::array kLists{"queries", "variables", "compliance", "tags"};

// The members of an input that a question has. Errors: InvalidInput.
Status take_members(const Json& input, Json& question) {
  for (const char* name : kTexts) {
    const Json* value = input.find(name);
    if (value == nullptr) continue;
    if (!value->is_null() && value->text() == nullptr) {
      return fail(ErrorCode::InvalidInput, std::string("\"") + name + "\" must be a string");
    }
    question.set(name, *value);
  }
  for (const char* name : kLists) {
    const Json* value = input.find(name);
    if (value == nullptr) continue;
    if (!value->is_null() && value->array() == nullptr) {
      return fail(ErrorCode::InvalidInput, std::string("\"") + name + "\" must be a list");
    }
    question.set(name, *value);
  }
  if (const Json* trend = input.find("showTrend")) question.set("showTrend", *trend);
  return {};
}

// Every query must be one: a question that cannot be asked helps nobody.
Status check_queries(FieldContext& context, const Json& question) {
  const Json* queries = question.find("queries");
  if (queries == nullptr || queries->array() == nullptr || queries->array()->empty()) {
    return fail(ErrorCode::InvalidInput, "a question needs \"queries\"");
  }
  std::size_t number = 0;
  for (const Json& query : *queries->array()) {
    ++number;
    if (Status good = context.account.check(query.text_of("query")); !good) {
      const std::string name = query.text_of("name");
      const std::string which =
          name.empty() ? "query " + std::to_string(number) : "the query \"" + name + "\"";
      return fail(ErrorCode::InvalidInput, which + ": " + with_hints(good.error()).message);
    }
  }
  return {};
}

Result<Json> store(FieldContext& context, const Json& input, Json question) {
  if (Status taken = take_members(input, question); !taken) {
    return tl::make_unexpected(std::move(taken).error());
  }
  if (question.text_of("title").empty()) {
    return fail(ErrorCode::InvalidInput, "a question needs a \"title\"");
  }
  if (Status good = check_queries(context, question); !good) {
    return tl::make_unexpected(std::move(good).error());
  }
  question.set("lastUpdatedTimestamp", system_clock().now_ms());
  const std::string id = question.text_of("id");
  if (Status put = context.account.questions().put(id, question); !put) {
    return tl::make_unexpected(std::move(put).error());
  }
  return question;
}

Result<Json> known_question(FieldContext& context, const Json& arguments) {
  const std::string id = arguments.text_of("id");
  Json found = context.account.questions().find(id);
  if (found.is_null()) return fail(ErrorCode::NotFound, "there is no question \"" + id + "\"");
  return found;
}

Result<Json> create_question(FieldContext& context, const Json& arguments) {
  Json question;
  question.set("id", system_id_source().next_uuid()).set("accountId", context.account.id());
  return store(context, *arguments.find("question"), std::move(question));
}

Result<Json> update_question(FieldContext& context, const Json& arguments) {
  CALLISTO_TRY(Json question, known_question(context, arguments));
  return store(context, *arguments.find("update"), std::move(question));
}

Result<Json> delete_question(FieldContext& context, const Json& arguments) {
  CALLISTO_TRY(Json question, known_question(context, arguments));
  if (Status gone = context.account.questions().remove(question.text_of("id")); !gone) {
    return tl::make_unexpected(std::move(gone).error());
  }
  return question;
}

std::string in_lower_case(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) {
    return static_cast<char>(std::tolower(c));
  });
  return text;
}

// Whether title, description or a query holds the words, and the tags are all there.
bool is_meant(const Json& question, const Json& arguments) {
  const std::string words = in_lower_case(arguments.text_of("searchQuery"));
  std::string text = question.text_of("title") + "\n" + question.text_of("description");
  if (const Json* queries = question.find("queries"); queries && queries->array()) {
    for (const Json& query : *queries->array()) {
      text += "\n" + query.text_of("query");
    }
  }
  if (in_lower_case(text).find(words) == std::string::npos) return false;
  const Json* wanted = arguments.find("tags");
  if (wanted == nullptr || wanted->array() == nullptr) return true;
  const Json* tags = question.find("tags");
  return std::all_of(wanted->array()->begin(), wanted->array()->end(), [&](const Json& tag) {
    if (tags == nullptr || tags->array() == nullptr || tag.text() == nullptr) return false;
    return std::any_of(tags->array()->begin(), tags->array()->end(), [&](const Json& own) {
      return own.text() != nullptr && *own.text() == *tag.text();
    });
  });
}

Result<Json> questions(FieldContext& context, const Json& arguments) {
  std::vector<Json> found;
  for (Json& question : context.account.questions().all()) {
    if (is_meant(question, arguments)) found.push_back(std::move(question));
  }
  return page_of("questions", found, arguments, "limit");
}

constexpr std::array kFields{
    FieldEntry{"question", known_question},
    FieldEntry{"questions", questions},
    FieldEntry{"createQuestion", create_question, true},
    FieldEntry{"updateQuestion", update_question, true},
    FieldEntry{"deleteQuestion", delete_question, true},
};

}  // namespace

std::span<const FieldEntry> question_fields() {
  return kFields;
}

}  // namespace callisto::server
