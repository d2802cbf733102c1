question: q18_optional
about: An optional hop, counted in groups.
goal: S 11 M 150
j1ql: FIND github_repo AS r (THAT HAS snyk_finding WITH severity = 'critical' AS f)?
  RETURN r.owner, count(f) AS findings
sql: SELECT r.owner, count(f.row) FROM github_repo r
  LEFT JOIN github_repo_has_snyk_finding e ON e.from_row = r.row
  LEFT JOIN snyk_finding f ON f.row = e.to_row AND f.severity = 'critical' GROUP BY r.owner
answer: XS 10 730794b8ff92143f, 9 c932f10001d55ed6
answer: S 10 8cccd0120efa8023, 10 e50af33d0d49ff44

neighbour: second_optional
j1ql: FIND github_repo AS r (THAT HAS snyk_finding WITH severity = 'critical' AS f)?
  (THAT HAS github_pull_request WITH state = 'open' AS p)? RETURN r.owner, count(f) AS findings, count(p) AS prs
sql: SELECT r.owner, sum((SELECT count(*) FROM github_repo_has_snyk_finding e
  JOIN snyk_finding f ON f.row = e.to_row WHERE e.from_row = r.row AND f.severity = 'critical')),
  sum((SELECT count(*) FROM github_repo_has_github_pull_request e
  JOIN github_pull_request p ON p.row = e.to_row WHERE e.from_row = r.row AND p.state = 'open'))
  FROM github_repo r GROUP BY r.owner
answer: XS 10 d07bad43210bbbcf, 9 7df14aa19167e8d0
answer: S 10 5ef11d95a87bba61, 10 e5b10994e7880844

neighbour: max
j1ql: FIND github_repo AS r (THAT HAS snyk_finding WITH severity = 'critical' AS f)?
  RETURN r.owner, max(f.numericSeverity) AS m
sql: SELECT r.owner, max(f.numericSeverity) FROM github_repo r
  LEFT JOIN github_repo_has_snyk_finding e ON e.from_row = r.row
  LEFT JOIN snyk_finding f ON f.row = e.to_row AND f.severity = 'critical' GROUP BY r.owner
answer: XS 10 2bbdeb8eff701cf8, 9 2d9b65a1b5fc39d8
answer: S 10 e8788bb335820763, 10 d72f19bf6e87955e

neighbour: no_group
j1ql: FIND github_repo AS r (THAT HAS snyk_finding WITH severity = 'critical' AS f)?
  RETURN count(r) AS repos, count(f) AS findings
sql: SELECT count(DISTINCT r.row), count(f.row) FROM github_repo r
  LEFT JOIN github_repo_has_snyk_finding e ON e.from_row = r.row
  LEFT JOIN snyk_finding f ON f.row = e.to_row AND f.severity = 'critical'
answer: XS 1 e3a60cb1a68cc276, 1 0f6b5a7169d0497e
answer: S 1 6a56d362595e66f2, 1 38c97068a17f6234

neighbour: by_the_end
j1ql: FIND github_repo AS r (THAT HAS snyk_finding AS f)? RETURN f.severity, count(r) AS repos
sql: SELECT f.severity, count(DISTINCT r.row) FROM github_repo r
  LEFT JOIN github_repo_has_snyk_finding e ON e.from_row = r.row
  LEFT JOIN snyk_finding f ON f.row = e.to_row GROUP BY f.severity
answer: XS 6 4c4d520b9a61d21c, 6 f79340476010c733
answer: S 6 53fb99f5ccaa9c40, 6 39c87b3759fd82d3

neighbour: two_keys
j1ql: FIND github_repo AS r (THAT HAS snyk_finding WITH severity = 'critical' AS f)?
  RETURN r.owner, r.language, count(f) AS findings
sql: SELECT r.owner, r.language, count(f.row) FROM github_repo r
  LEFT JOIN github_repo_has_snyk_finding e ON e.from_row = r.row
  LEFT JOIN snyk_finding f ON f.row = e.to_row AND f.severity = 'critical' GROUP BY r.owner, r.language
answer: XS 23 0a5fe0781505498f, 24 2260bbb23e5d8813
answer: S 90 bc346e5a680f4ae1, 90 5c1d18cb8baf7924
