// What may stand at the cursor.
#include <algorithm>

#include <catch2/catch.hpp>

#include "query/parser/completion.h"

using namespace callisto::query;
using Want = CompletionWant;
using Words = std::vector<std::string>;

namespace {

// The cursor stands at the `|`.
Completion at_cursor(std::string text) {
  const std::size_t cursor = text.find('|');
  text.erase(cursor, 1);
  return complete(text, cursor);
}

std::string prefix_of(std::string text) {
  const std::size_t cursor = text.find('|');
  text.erase(cursor, 1);
  const Completion completion = complete(text, cursor);
  CHECK(completion.prefix.end == cursor);
  return text.substr(completion.prefix.begin, completion.prefix.end - completion.prefix.begin);
}

bool offers(const Completion& completion, const std::string& keyword) {
  const Words& words = completion.keywords;
  return std::find(words.begin(), words.end(), keyword) != words.end();
}

}  // namespace

TEST_CASE("completion of keywords follows the grammar") {
  CHECK(at_cursor("|").keywords == Words{"FIND"});
  CHECK(at_cursor("fi|").keywords == Words{"FIND"});
  CHECK(at_cursor("FIND User w|").keywords == Words{"WITH", "WHERE"});
  CHECK(at_cursor("FIND User WITH a = 1 o|").keywords == Words{"OR", "ORDER BY"});
  CHECK(at_cursor("FIND User AS u RETURN u.a ORDER |").keywords == Words{"BY"});
  CHECK(at_cursor("FIND User AS u RETURN u.a ORDER BY u.a d|").keywords == Words{"DESC"});
  CHECK(at_cursor("FIND a WITH b > date.now - 3 m|").keywords == Words{"minutes", "months"});
  CHECK_FALSE(offers(at_cursor("FIND User AS u |"), "WITH"));
  CHECK(offers(at_cursor("FIND User |"), "WITH"));
  CHECK(offers(at_cursor("FIND User THAT |"), "RELATES TO"));
  CHECK(at_cursor("FIND User WITH a = t|").keywords == Words{"true"});
}

TEST_CASE("completion of classes, types and verbs") {
  CHECK(at_cursor("FIND |").wants == std::set<Want>{Want::Class, Want::Type, Want::SmartClass});
  CHECK(at_cursor("FIND (User|").wants.empty() == false);
  CHECK(at_cursor("FIND User THAT HAS De|").wants.count(Want::Class) == 1);
  CHECK(prefix_of("FIND User THAT HAS De|") == "De");
  CHECK(at_cursor("FIND User THAT |").wants == std::set<Want>{Want::Verb});
  CHECK(at_cursor("FIND User THAT (HAS,|").wants.empty());
  CHECK(prefix_of("FIND #Cri|") == "#Cri");
  CHECK(at_cursor("FIND #|").wants.count(Want::SmartClass) == 1);
}

TEST_CASE("completion of properties knows whose") {
  const Completion with = at_cursor("FIND aws_instance THAT HAS (Host|");
  CHECK(with.wants.count(Want::Class) == 1);
  const Completion bare = at_cursor("FIND aws_instance WITH na|");
  CHECK(bare.wants == std::set<Want>{Want::Property});
  CHECK(bare.targets == Words{"aws_instance"});
  CHECK(prefix_of("FIND a WITH x = 1 AND tag.Pro|") == "tag.Pro");
  const Completion selected =
      at_cursor("FIND User AS u THAT HAS AS r Device AS d WHERE u.a = 1 AND d.|");
  CHECK(selected.selector == "d");
  CHECK(selected.targets == Words{"Device"});
  CHECK(selected.wants == std::set<Want>{Want::Property});
  CHECK(prefix_of("FIND User AS u RETURN u.tag.Acc|") == "tag.Acc");
  CHECK(at_cursor("FIND User AS u RETURN u.tag.Acc|").selector == "u");
  CHECK(at_cursor("FIND User WITH a = [x|").wants.empty());
  CHECK(at_cursor("FIND User WITH [ta|").wants == std::set<Want>{Want::Property});
  CHECK(prefix_of("FIND User WITH [ta|") == "ta");
  CHECK(at_cursor("FIND User AS u RETURN u.[ta|").selector == "u");
}

TEST_CASE("completion of selectors, functions and columns") {
  const Completion item = at_cursor("FIND User THAT HAS AS r Device AS d (THAT IS x)? RETURN |");
  CHECK(item.selectors == Words{"IS", "User", "d", "r", "x"});
  CHECK(item.wants == std::set<Want>{Want::Selector, Want::Property, Want::Function});
  CHECK(item.targets == Words{"User"});
  CHECK(offers(item, "TREE"));
  const Completion where = at_cursor("FIND User AS u WHERE |");
  CHECK(where.wants.count(Want::Selector) == 1);
  CHECK(where.selectors == Words{"u"});
  const Completion order = at_cursor("FIND User AS u RETURN count(u) AS n, u.a ORDER BY |");
  CHECK(order.wants ==
        std::set<Want>{Want::Selector, Want::Property, Want::Column, Want::Function});
  CHECK(order.columns == Words{"n", "u.a"});
  const Completion having = at_cursor("FIND User AS u RETURN count(u) AS n HAVING |");
  CHECK(having.wants.count(Want::Column) == 1);
  CHECK(having.wants.count(Want::Function) == 1);
  CHECK(having.wants.count(Want::Property) == 0);
}

TEST_CASE("j1ql 7.3a completion of a property without alias is about the first entity") {
  const Completion word = at_cursor("FIND User THAT HAS Device AS d RETURN na|");
  CHECK(word.wants.count(Want::Property) == 1);
  CHECK(word.targets == Words{"User"});
  const Completion dotted = at_cursor("FIND User THAT HAS Device AS d RETURN count(tag.E|");
  CHECK(dotted.selector.empty());
  CHECK(dotted.targets == Words{"User"});
  CHECK(prefix_of("FIND User THAT HAS Device AS d RETURN count(tag.E|") == "tag.E");
  CHECK(at_cursor("FIND User THAT HAS Device AS d RETURN d.na|").targets == Words{"Device"});
  CHECK(at_cursor("FIND User THAT HAS Device AS d ORDER BY [od|").targets == Words{"User"});
  CHECK(prefix_of("FIND User AS u RETURN count(u) AS n HAVING tag.E|") == "tag.E");
}

TEST_CASE("j1ql 4.14 completion after a value on the left") {
  const Completion with = at_cursor("FIND Host WITH 5 < c|");
  CHECK(with.wants == std::set<Want>{Want::Property});
  CHECK(with.targets == Words{"Host"});
  CHECK(at_cursor("FIND Host AS h WHERE 5 < |").wants == std::set<Want>{Want::Selector});
}

TEST_CASE("completion of values knows the property") {
  const Completion value = at_cursor("FIND Host WITH platform = |");
  CHECK(value.wants == std::set<Want>{Want::Value});
  CHECK(value.property == "platform");
  CHECK(value.targets == Words{"Host"});
  const Completion quoted = at_cursor("FIND Host AS h WHERE h.os ~= 'lin|");
  CHECK(quoted.in_string);
  CHECK(quoted.property == "os");
  CHECK(quoted.targets == Words{"Host"});
  CHECK(quoted.keywords.empty());
  CHECK(prefix_of("FIND Host AS h WHERE h.os ~= 'lin|") == "lin");
}

TEST_CASE("no completion after a mistake, in a comment, or past the text") {
  CHECK(at_cursor("FIND User retrun User.|").wants.empty());
  CHECK(at_cursor("FIND User /* WI|").keywords.empty());
  CHECK(complete("FIND ", 500).wants.count(Want::Class) == 1);
}

TEST_CASE("completion looks at the statement of the cursor") {
  CHECK(at_cursor("FIND a; FIND b |").keywords.size() > 3);
  CHECK(at_cursor("nonsense here; FI|").keywords == Words{"FIND"});
}
