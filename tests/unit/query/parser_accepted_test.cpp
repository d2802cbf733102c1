// What is J1QL: every form of the language, rule by rule, parses and reads back from its own text.
#include <catch2/catch.hpp>

#include "query/ast/printer.h"
#include "query/parser/error_excerpt.h"
#include "query/parser/parser.h"

using namespace callisto::query;

namespace {

// Parses, and prints and parses once more: the trees are equal and the text is a fixed point.
void check_accepted(const std::string& text) {
  const auto tree = parse(text);
  INFO(text);
  if (!tree) FAIL(render_error(text, tree.error()));
  const std::string printed = print(*tree);
  INFO(printed);
  const auto again = parse(printed);
  if (!again) FAIL(render_error(printed, again.error()));
  CHECK(*again == *tree);
  CHECK(print(*again) == printed);
}

void check_all(std::initializer_list<const char*> texts) {
  for (const char* text : texts)
    check_accepted(text);
}

}  // namespace

TEST_CASE("j1ql 1 words, literals and comments") {
  check_all({
      "FINd User With active = TRUE Return User.name",          // 1.1 1.2
      "FIND User RETURN COUNT(User), Coalesce(User.a, 1)",      // 1.3
      "FIND User WITH createdOn > DATE.now - 1 day",            // 1.4
      "find aws_security_group with rules ~= '\"ToPort\":22'",  // 1.6
      "FIND User WITH name = \"it's\" OR name = 'say \"hi\"'",
      R"(FIND User WITH name = 'a\\b\'c\"d\ne\tf\xg')",           // 1.7
      "FIND Finding WITH score >= 0.8 AND x = -5 AND y > -0.25",  // 1.9
      "/* first */ FIND /* second */ User /* a ; b */",           // 1.10
      "FIND\r\n User\tWITH\n createdOn<date.now-1yr",             // 1.12
      "FIND user_endpoint WITH _key != 'x' AND a1_b = 2",         // 1.13
      "FIND Host WITH [tag.cost-center] = 'x' AND [@classification] != undefined AND [tag.1.1] = 1",
      "FIND Host AS x WHERE x.[j1_severity] = 'high'",                          // 1.14
      "FIND k8s_pod WITH securityContext.windowsOptions.hostProcess.a = true",  // 1.15
      "FIND Host AS a RETURN a.tag.AccountName",                                // 1.16
      "FIND User AS Has THAT HAS AS count Device AS min RETURN Has.name, count, count(min)",  // 1.17
      "FIND User WITH limit > 5 AND order.by = 'x' AND [true] = false",
      "FIND\xC2\xA0User",
  });
}

TEST_CASE("j1ql 3 targets") {
  check_all({
      "FIND User",
      "FIND everyone",                     // 3.2
      "FIND * WITH _type='aws_iam_user'",  // 3.5
      "FIND (User|aws_iam_user|Person)",   // 3.6
      "FIND ( User | Person ) THAT HAS (User)",
      "FIND ((A|b)|C)",
      "'Production' WITH active = true",         // 3.8
      "FIND 'Production' AS p THAT HAS Device",  // 3.9
      "FIND 'a' THAT RELATES TO 'b'",
      "FIND #Production Application",  // 3.12
      "FIND #Sev1 THAT HAS #A #B * AS x",
      "FIND #CriticalAsset (Host|#X Device|#Y) WITH active = true",  // 3.14
      "FIND #Sev1 (THAT HAS Device)?",
      "FIND UNIQUE User AS u RETURN u.name",  // 3.16
      "FIND UNIQUE User",
  });
}

TEST_CASE("j1ql 4 filters") {
  check_all({
      "FIND a WITH b = 1 AND c != 2 AND d > 3 AND e < 4 AND f >= 5 AND g <= 6",  // 4.1
      "FIND a WITH b ~= 'x' AND c !~= 'x' AND d ^= 'x' AND e !^= 'x' AND f $= 'x' AND g !$= 'x'",
      "FIND a WITH b = 'x' AND c != true OR d != 'Enabled'",  // 4.2
      "FIND a WITH (b = 1 OR c = 2) AND (d = 3 AND (e = 4 OR f = 5))",
      "FIND a WITH b = undefined OR c != null OR d = ''",  // 4.3
      "FIND a WITH b = (undefined AND '') OR c = undefined",
      "FIND a WITH b = ('x' OR 'y') AND c != ('x' and 'y') AND d ~= ('x')",  // 4.5
      "FIND a WITH b = (1 OR true OR 'x' OR (2 AND 3)) AND c $= (\"x\" or \"y\")",
      "FIND a WITH b = /re/ AND c ~= /r e/i OR d !~= /[/]\\/[^]]/ AND e ^= /x/ OR f = (/a/ OR "
      "/b/i)",
      "FIND a WITH b > date.now AND c < date.now-24hr AND d > date.now+1day - 2 mos",  // 4.7
      "FIND a WITH b > date.now - 1 minute AND c > date.now - 2 hrs AND d > date.now - 3 weeks",
      "FIND a WITH b > date.now - 1 mo AND c > date.now - 2 years AND d > date.now - 3 min",
      "FIND a WITH b = date(2020) OR b = date(2020-02) OR b = date(2020-02-29)",
      "FIND a WITH b > date(2020-02-29T10+02:00) AND c < date(2020-02-29T10:11:12.345Z)",
      "FIND a WITH b = (date.now - 1 day OR date(2020))",
      "FIND Host WITH cidr(ipAddress, '10.0.0.0/8') OR !cidr([ip-1], \"1.2.3.4/32\")",  // 4.8
      "FIND Host AS h WHERE !cidr(h.ip.v4, '10.0.0.0/8') AND (cidr(h.x, '1.0.0.0/8') OR h.a = 1)",
      "FIND User WITH email = (FIND Person WITH active = true AS p RETURN p.email)",  // 4.11
      "FIND User AS u WHERE u.email != (FIND Person RETURN Person.email LIMIT 5)",
      "FIND Person WITH _type = ${type} AND x = ${ param.x-list } AND y = (${a} OR 'b')",  // 4.12
      "FIND Person WITH name ~= '{{name}}'",
      "FIND Person WITH cidr = 1 AND tree = 2 AND to = 3 AND date = 4 AND date.x = 5",
  });
}

TEST_CASE("j1ql 5 traversals") {
  check_all({
      "FIND User THAT HAS Device",
      "FIND User THAT RELATES TO Device",              // 5.2
      "FIND x THAT logs to * THAT publishes to >> y",  // 5.3
      "FIND x THAT HAS TO to",
      "FIND User THAT (ASSIGNED|HAS | uses) AccessPolicy",  // 5.4
      "FIND User THAT (HAS|RELATES TO) x",
      "FIND a THAT HAS >> b THAT OWNS << c",                        // 5.6
      "FIND a THAT CONTAINS >> AS rel CodeModule WITH x = 1 AS m",  // 5.8
      "FIND a THAT HAS b THAT HAS b THAT HAS b THAT HAS b THAT HAS b THAT HAS b THAT HAS b THAT "
      "HAS b",
      "FIND a THAT SOMEHOW HAS b RETURN TREE",  // 5.12
      "FIND a THAT SOMEHOW 10 (HAS|OWNS) << b RETURN TREE",
      "FIND a THAT SOMEHOW RELATES TO b",
      "FIND a THAT !HAS b",  // 5.15
      "FIND a that !relates to b THAT ! (A|B) << c",
      "FIND a (THAT IS Person)? THAT HAS b",  // 5.16
      "FIND a (THAT IS Person AS p THAT OWNS >> AS o Device)? AS d THAT HAS x",
      "FIND a (THAT IS b (THAT HAS c (THAT OWNS d)? AS q)?)?",
      "FIND a (THAT !HAS b)? (THAT HAS c)? WHERE a.x = 1",
  });
}

TEST_CASE("j1ql 6 WHERE") {
  check_all({
      "FIND a THAT HAS b WHERE a._key != b._key",
      "FIND a AS x WHERE x.tag.A = 1 AND (x.[b-c] !~= x.d.e OR x.f > date.now - 1 day)",
      "FIND User THAT HAS AS r Device WHERE r.active = true AND User.id = (1 or 2 or 3)",
      "FIND a WHERE a.b = (a.c OR 'd')",
      "FIND a WHERE a.b = undefined",
  });
}

TEST_CASE("j1ql 7 RETURN") {
  check_all({
      "FIND a RETURN TREE LIMIT 5",
      "FIND a AS x RETURN x.p, x.[special-name], x, x.*, 'Recent' AS w, 1, true, undefined, ${v}",
      "FIND a AS x RETURN x.p AS q, x.p AS 'r s', x.p AS \"t\", x.p AS 'limit'",
      "FIND a AS x RETURN count(x), COUNT( x.p ), min(x.a)*0.02, (1-count(x)/sum(x.b))*100 AS pct",
      "FIND a AS x RETURN 1+2*3^2^-x.a - -x.b / (1 - (2 - 3)) - -(1 + 2), (-2)^2, -2^2, --1",
      "FIND a RETURN (a.closedOn - a.createdOn)/(3600000*24)",
      "FIND a AS x RETURN coalesce(CONCAT(x.osName, x.os), 'Not Found'), merge(x.a, x.b)",
      "FIND a AS x RETURN unwind(x.list) AS item, (x), (x.p), (tree), tree AS t",
      "FIND a AS x RETURN x.p, count(x) AS n HAVING n < 13 AND x.p = 'q' OR [a b] != n",
      "FIND Graph AS graph RETURN graph",
  });
}

TEST_CASE("j1ql 4.14 values on the left") {
  check_all({
      "FIND a WITH 'Bob' = name AND date.now - 7 days > lastSeenOn",
      "FIND a WITH -5 <= b OR 0.5 != tag.x OR true = c AND undefined = d OR null != e",
      "FIND a WITH date(2024-01-31) < b AND ${x} >= [odd name] OR ${param.x} = b",
      "FIND a WITH ('x' OR 'y') = b AND (('x' AND 'y') OR 'z') != c AND (5) = d",
      "FIND a WITH (FIND c RETURN c.d) = b AND (5 = b OR ('x' OR 'y') = c)",
      "FIND a AS u WHERE 5 <= u.score AND (1 OR 2) = u.b AND date.now > u.[odd name]",
      "FIND a AS u WHERE (FIND c RETURN d) != u.b",
      "FIND a RETURN count(a) AS n HAVING 5 < n AND (1 OR 2) = n AND 5 > count(a) * 2",
      "FIND a AS date WHERE date.[now] = 1 AND date.now > date.created",
      "FIND a WITH [true] = 5 AND true.x = 5 AND [date.now] = 1",
  });
}

TEST_CASE("j1ql 7.3a properties without alias, 7.4 aggregates of expressions, 7.7 and 8.2") {
  check_all({
      "FIND a RETURN _id, tag.Env, [odd name], [odd].b, count(name), [a] + 1 AS c",
      "FIND a RETURN COUNT((d.weight)*2), AVG(i.resolvedOn - i.createdOn / 86400000), COUNT(*)",
      "FIND a RETURN count( * ) * 2 ^ 2, SUM(COALESCE(a.b, 0))",
      "FIND a RETURN a.b HAVING COUNT(a) > 1 AND count(*) * 2 = COUNT(b) + 1",
      "FIND a RETURN a.b HAVING (COUNT(a) + 1) * 2 > 4 AND (n = 2 OR n = 3) AND (n) = (m)",
      "FIND a RETURN a.b HAVING ((COUNT(a))) > (1 + 2) * 3 AND n = (count(a) OR m OR 5)",
      "FIND a RETURN a.b HAVING -n < 5 - 3 AND n > (date.now) AND m = (FIND b RETURN c)",
      "FIND a RETURN a.b ORDER BY COUNT(a) DESC, a.b * 2 + 1 ASC, [odd name], name, tag.Env DESC",
      "FIND a ORDER BY -a.b, desc desc, COALESCE(a.b, 0)",
      "FIND a RETURN (a.b - a.with / 2) / 2",
  });
}

TEST_CASE("j1ql 8.2 ORDER BY, SKIP, LIMIT") {
  check_all({
      "FIND a AS x ORDER BY x.createdOn",
      "FIND a AS x RETURN x.p AS q ORDER BY q DESC, x.tag.A asc, [r s], x.[t-u] desc SKIP 5 LIMIT "
      "10",
      "FIND a LIMIT 10 SKIP 5",
      "FIND a LIMIT 10;",
  });
}

TEST_CASE("queries as people write them") {
  check_all({
      "find (aws_s3_bucket|aws_efs_file_system) with tag.Production = true and encrypted != true "
      "as d\n"
      "  that relates to Account as acc\n"
      "return d.displayName as 'Data store', d._type, acc.name as Account\n"
      "order by Account",
      "FIND Internet THAT ALLOWS >> AS rule aws_security_group AS sg\n"
      "  THAT PROTECTS >> aws_instance WITH active = true AS i\n"
      "  (THAT USES << #CriticalAsset Application AS app)?\n"
      "WHERE rule.ingress = true AND rule.fromPort <= 22 AND rule.toPort >= 22\n"
      "RETURN i.name, i.[tag.cost-center], sg.displayName, coalesce(app.name, 'none') AS app",
      "FIND User AS u THAT IS Person AS p WHERE u.username != p.email\n"
      "RETURN p.displayName, COUNT(u) AS accounts HAVING accounts > 1 ORDER BY accounts DESC LIMIT "
      "25",
  });
}
