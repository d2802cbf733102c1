question: q36_group_max
about: The maximum of each group.
j1ql: FIND snyk_finding AS f RETURN f.severity, max(f.numericSeverity) AS worst
sql: SELECT severity, max(numericSeverity) FROM snyk_finding GROUP BY severity
answer: XS 5 be5e7b25f9b0e48a, 5 d0f6231064663093
answer: S 5 a35c91c02cc286d9, 5 a35c91c02cc286d9

neighbour: min
j1ql: FIND snyk_finding AS f RETURN f.status, min(f.numericSeverity) AS least
sql: SELECT status, min(numericSeverity) FROM snyk_finding GROUP BY status
answer: XS 4 21eaf5658f7671d6, 4 21eaf5658f7671d6
answer: S 4 3e5a5d21d27c28e7, 4 3e5a5d21d27c28e7

neighbour: sum
j1ql: FIND okta_user AS u RETURN u.department, sum(u.loginCount) AS logins
sql: SELECT department, sum(loginCount) FROM okta_user GROUP BY department
answer: XS 13 0e6065c818c2b6da, 13 c07d87b7f5ad204f
answer: S 13 486124bef61bf6c6, 13 32bd42b9f62d6b77

neighbour: of_class
j1ql: FIND Finding AS f RETURN f.severity, max(f.numericSeverity) AS worst
sql: SELECT severity, max(numericSeverity) FROM (SELECT severity, numericSeverity FROM snyk_finding UNION ALL
  SELECT severity, numericSeverity FROM aws_inspector_finding) x GROUP BY severity
answer: XS 5 691a6e3f7dfad5c4, 5 c61d80f778224422
answer: S 5 a35c91c02cc286d9, 5 a35c91c02cc286d9

neighbour: two_aggregates
j1ql: FIND snyk_finding AS f RETURN f.severity, max(f.numericSeverity) AS worst, max(f.discoveredOn) AS last, count(f) AS n
sql: SELECT severity, max(numericSeverity), max(discoveredOn), count(*) FROM snyk_finding GROUP BY severity
answer: XS 5 48d39ed3229341b8, 5 f18983ddad8eda9e
answer: S 5 2cda2d3cc288c118, 5 0f05e1b92c4551e1

neighbour: having
j1ql: FIND snyk_finding AS f RETURN f.severity, max(f.numericSeverity) AS worst HAVING worst > 5
sql: SELECT severity, max(numericSeverity) FROM snyk_finding GROUP BY severity HAVING max(numericSeverity) > 5
answer: XS 5 be5e7b25f9b0e48a, 5 d0f6231064663093
answer: S 5 a35c91c02cc286d9, 5 a35c91c02cc286d9
