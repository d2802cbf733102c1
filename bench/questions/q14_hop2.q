question: q14_hop2
about: How many entities have a path of two hops with filters.
goal: S 14 M 200
j1ql: FIND github_repo AS r THAT HAS snyk_finding WITH severity = 'critical' AS f
  THAT IS cve WITH numericSeverity >= 7 AS c RETURN count(r) AS n
sql: SELECT count(DISTINCT e1.from_row) FROM github_repo_has_snyk_finding e1
  JOIN snyk_finding f ON f.row = e1.to_row
  JOIN snyk_finding_is_cve e2 ON e2.from_row = f.row JOIN cve c ON c.row = e2.to_row
  WHERE f.severity = 'critical' AND c.numericSeverity >= 7
answer: XS 1 e93b36318632bfa6, 1 8b4234a853a2485c
answer: S 1 4a2a41b6ff8beaf2, 1 7b548b33882ceeb0

neighbour: count_of_the_end
j1ql: FIND github_repo AS r THAT HAS snyk_finding WITH severity = 'critical' AS f
  THAT IS cve WITH numericSeverity >= 7 AS c RETURN count(c) AS n
sql: SELECT count(DISTINCT c.row) FROM github_repo_has_snyk_finding e1
  JOIN snyk_finding f ON f.row = e1.to_row
  JOIN snyk_finding_is_cve e2 ON e2.from_row = f.row JOIN cve c ON c.row = e2.to_row
  WHERE f.severity = 'critical' AND c.numericSeverity >= 7
answer: XS 1 e93b36318632bfa6, 1 7117e93b9a28dd36
answer: S 1 36eda1e260d9e56f, 1 c5eb221b1aacc229

neighbour: sum
j1ql: FIND github_repo AS r THAT HAS snyk_finding WITH severity = 'critical' AS f
  THAT IS cve WITH numericSeverity >= 7 AS c RETURN sum(r.criticality) AS n
sql: SELECT sum(r.criticality) FROM github_repo r WHERE r.row IN (
  SELECT e1.from_row FROM github_repo_has_snyk_finding e1 JOIN snyk_finding f ON f.row = e1.to_row
  JOIN snyk_finding_is_cve e2 ON e2.from_row = f.row JOIN cve c ON c.row = e2.to_row
  WHERE f.severity = 'critical' AND c.numericSeverity >= 7)
answer: XS 1 7117e93b9a28dd36, 1 7117e93b9a28dd36
answer: S 1 46b8612a595d714c, 1 0a723ddabc53391c

neighbour: from_the_end
j1ql: FIND cve WITH numericSeverity >= 7 AS c THAT IS snyk_finding WITH severity = 'critical' AS f
  THAT HAS github_repo AS r RETURN count(r) AS n
sql: SELECT count(DISTINCT e1.from_row) FROM github_repo_has_snyk_finding e1
  JOIN snyk_finding f ON f.row = e1.to_row
  JOIN snyk_finding_is_cve e2 ON e2.from_row = f.row JOIN cve c ON c.row = e2.to_row
  WHERE f.severity = 'critical' AND c.numericSeverity >= 7
answer: XS 1 e93b36318632bfa6, 1 8b4234a853a2485c
answer: S 1 4a2a41b6ff8beaf2, 1 7b548b33882ceeb0

neighbour: paths
j1ql: FIND github_repo AS r THAT HAS snyk_finding WITH severity = 'critical' AS f
  THAT IS cve WITH numericSeverity >= 7 AS c RETURN count(*) AS n
sql: SELECT count(*) FROM github_repo_has_snyk_finding e1
  JOIN snyk_finding f ON f.row = e1.to_row
  JOIN snyk_finding_is_cve e2 ON e2.from_row = f.row JOIN cve c ON c.row = e2.to_row
  WHERE f.severity = 'critical' AND c.numericSeverity >= 7
answer: XS 1 7117e93b9a28dd36, 1 1f308996a7625787
answer: S 1 8ebe5fc915994de7, 1 305db0971ac3e839

neighbour: where
j1ql: FIND github_repo AS r THAT HAS snyk_finding WITH severity = 'critical' AS f THAT IS cve AS c
  WHERE c.numericSeverity >= f.numericSeverity RETURN count(r) AS n
sql: SELECT count(DISTINCT e1.from_row) FROM github_repo_has_snyk_finding e1
  JOIN snyk_finding f ON f.row = e1.to_row
  JOIN snyk_finding_is_cve e2 ON e2.from_row = f.row JOIN cve c ON c.row = e2.to_row
  WHERE f.severity = 'critical' AND c.numericSeverity >= f.numericSeverity
answer: XS 1 1f308996a7625787, 1 d89be4d8af297c72
answer: S 1 68492aa1617ee28f, 1 93c29edc4159d2c0
