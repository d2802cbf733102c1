question: q04_scan_range
about: How many entities of a class have a number in a range.
goal: S 10 M 60
j1ql: FIND Finding WITH numericSeverity >= 7 AND numericSeverity < 9 AS f RETURN count(f) AS n
sql: SELECT (SELECT count(*) FROM snyk_finding WHERE numericSeverity >= 7 AND numericSeverity < 9) +
  (SELECT count(*) FROM aws_inspector_finding WHERE numericSeverity >= 7 AND numericSeverity < 9)
answer: XS 1 b8d005003a046e1b, 1 b8d005003a046e1b
answer: S 1 aaaf4a5b9cc543bf, 1 aaaf4a5b9cc543bf

neighbour: half_open
j1ql: FIND Finding WITH numericSeverity >= 7 AS f RETURN count(f) AS n
sql: SELECT (SELECT count(*) FROM snyk_finding WHERE numericSeverity >= 7) +
  (SELECT count(*) FROM aws_inspector_finding WHERE numericSeverity >= 7)
answer: XS 1 a4b25197dbf89ec6, 1 a4b25197dbf89ec6
answer: S 1 f2d508461066adbd, 1 f2d508461066adbd

neighbour: max
j1ql: FIND Finding WITH numericSeverity >= 7 AND numericSeverity < 9 AS f RETURN max(f.numericSeverity) AS m
sql: SELECT max(numericSeverity) FROM (
  SELECT numericSeverity FROM snyk_finding WHERE numericSeverity >= 7 AND numericSeverity < 9 UNION ALL
  SELECT numericSeverity FROM aws_inspector_finding WHERE numericSeverity >= 7 AND numericSeverity < 9)
answer: XS 1 ed61b6fc36bce7e9, 1 ed61b6fc36bce7e9
answer: S 1 ed61b6fc36bce7e9, 1 ed61b6fc36bce7e9

neighbour: outside
j1ql: FIND Finding WITH numericSeverity < 2 OR numericSeverity >= 9 AS f RETURN count(f) AS n
sql: SELECT (SELECT count(*) FROM snyk_finding WHERE numericSeverity < 2 OR numericSeverity >= 9) +
  (SELECT count(*) FROM aws_inspector_finding WHERE numericSeverity < 2 OR numericSeverity >= 9)
answer: XS 1 5be5096afadad61b, 1 5be5096afadad61b
answer: S 1 796c1e76fa3fb233, 1 796c1e76fa3fb233

neighbour: by_severity
j1ql: FIND Finding WITH numericSeverity >= 7 AND numericSeverity < 9 AS f RETURN f.severity, count(f) AS n
sql: SELECT severity, count(*) FROM (
  SELECT severity FROM snyk_finding WHERE numericSeverity >= 7 AND numericSeverity < 9 UNION ALL
  SELECT severity FROM aws_inspector_finding WHERE numericSeverity >= 7 AND numericSeverity < 9)
  GROUP BY severity
answer: XS 5 a599d374ccb00019, 5 a599d374ccb00019
answer: S 5 8681c09eb4321cc1, 5 761a8f20d368a325

neighbour: and_open
j1ql: FIND Finding WITH numericSeverity >= 7 AND numericSeverity < 9 AND open = true AS f RETURN count(f) AS n
sql: SELECT (SELECT count(*) FROM snyk_finding WHERE numericSeverity >= 7 AND numericSeverity < 9 AND open) +
  (SELECT count(*) FROM aws_inspector_finding WHERE numericSeverity >= 7 AND numericSeverity < 9 AND open)
answer: XS 1 81b42664547c5406, 1 81b42664547c5406
answer: S 1 33fb8bb57871e3f4, 1 7bdb284e2149f939
