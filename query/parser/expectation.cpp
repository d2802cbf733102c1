#include "query/parser/expectation.h"

#include <vector>

namespace callisto::query {
namespace {

// What a message calls it; empty for what is not worth a word there (another expectation says it).
std::string_view words_of(Expect expect) {
  switch (expect) {
    case Expect::FullText:
      return "a quoted search";
    case Expect::ClassOrType:
      return "a class or type";
    case Expect::AnyTarget:
      return "*";
    case Expect::SmartClass:
      return "a smart class such as #CriticalAsset";
    case Expect::Verb:
      return "a verb such as HAS";
    case Expect::SomehowDepth:
      return "a depth";
    case Expect::Property:
      return "a property";
    case Expect::CompareOperator:
      return "a comparison operator (= != > < >= <= ~= !~= ^= !^= $= !$=)";
    case Expect::Value:
      return "a value";
    case Expect::SelectorValue:
      return "an alias and property such as u.name";
    case Expect::Column:
      return "a column name";
    case Expect::Number:
      return "a number";
    case Expect::WholeNumber:
      return "a whole number";
    case Expect::DateUnit:
      return "a unit of time such as days";
    case Expect::CidrBlock:
      return "a quoted address block such as '10.0.0.0/8'";
    case Expect::NodeAlias:
    case Expect::HopAlias:
    case Expect::GroupAlias:
      return "an alias";
    case Expect::ColumnName:
      return "a column name";
    case Expect::Selector:
      return "an alias";
    case Expect::SelectorProperty:
      return "a property";
    case Expect::SortKey:
      return "a property, a column or an aggregate to sort by";
    case Expect::Function:
      return "a function";
    case Expect::Expression:
      return "a value";
    case Expect::Arithmetic:
      return "an arithmetic operator (+ - * / ^)";
    case Expect::CallOpen:
      return "\"(\"";
    case Expect::Dot:
      return "\".\"";
    case Expect::Comma:
      return "\",\"";
    case Expect::Pipe:
      return "\"|\"";
    case Expect::Close:
      return "\")\"";
    case Expect::QuestionMark:
      return "\"?\"";
    case Expect::OptionalGroup:
      return "an optional traversal \"(THAT …)?\"";
    case Expect::End:
      return "the end of the query";
    default:
      return keyword_of(expect);
  }
}

}  // namespace

std::string_view keyword_of(Expect expect) {
  switch (expect) {
    case Expect::Find:
      return "FIND";
    case Expect::Unique:
      return "UNIQUE";
    case Expect::RelatesTo:
      return "RELATES TO";
    case Expect::RelatesToTo:
    case Expect::FillerTo:
      return "TO";
    case Expect::Somehow:
      return "SOMEHOW";
    case Expect::True:
      return "true";
    case Expect::False:
      return "false";
    case Expect::Undefined:
      return "undefined";
    case Expect::DateNow:
      return "date.now";
    case Expect::Cidr:
      return "cidr";
    case Expect::And:
      return "AND";
    case Expect::Or:
      return "OR";
    case Expect::With:
      return "WITH";
    case Expect::As:
      return "AS";
    case Expect::That:
      return "THAT";
    case Expect::Where:
      return "WHERE";
    case Expect::Return:
      return "RETURN";
    case Expect::Tree:
      return "TREE";
    case Expect::Having:
      return "HAVING";
    case Expect::OrderBy:
      return "ORDER BY";
    case Expect::By:
      return "BY";
    case Expect::Asc:
      return "ASC";
    case Expect::Desc:
      return "DESC";
    case Expect::Skip:
      return "SKIP";
    case Expect::Limit:
      return "LIMIT";
    default:
      return {};
  }
}

std::string in_words(const ExpectSet& set) {
  // A value stands for all its forms, a verb or a name for what else fits there.
  ExpectSet shown = set;
  const auto drop = [&shown](Expect expect) { shown.reset(static_cast<std::size_t>(expect)); };
  if (has(set, Expect::Value)) {
    for (const Expect form : {Expect::True, Expect::False, Expect::Undefined, Expect::DateNow}) {
      drop(form);
    }
  }
  if (has(set, Expect::Expression) && !has(set, Expect::Column)) drop(Expect::Function);
  if (has(set, Expect::SortKey) || has(set, Expect::Column)) {
    for (const Expect form : {Expect::Expression, Expect::Selector, Expect::Property}) {
      drop(form);
    }
  }
  if (set.count() > 1) drop(Expect::FillerTo);
  std::vector<std::string_view> words;
  for (std::size_t i = 0; i < set.size(); ++i) {
    if (!shown[i]) continue;
    const std::string_view text = words_of(static_cast<Expect>(i));
    if (text.empty()) continue;
    bool repeated = false;
    for (const std::string_view earlier : words)
      repeated = repeated || earlier == text;
    if (!repeated) words.push_back(text);
  }
  std::string sentence;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i > 0) sentence.append(i + 1 == words.size() ? " or " : ", ");
    sentence.append(words[i]);
  }
  return sentence;
}

}  // namespace callisto::query
