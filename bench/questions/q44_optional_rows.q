question: q44_optional_rows
about: A row for each optional path.
j1ql: FIND github_repo AS r (THAT HAS snyk_finding WITH severity = 'critical' AS f)? RETURN r.name, f.displayName
sql: SELECT r.name, f.displayName FROM github_repo r
  LEFT JOIN (SELECT e.from_row, f.displayName FROM github_repo_has_snyk_finding e
  JOIN snyk_finding f ON f.row = e.to_row WHERE f.severity = 'critical') f ON f.from_row = r.row
answer: XS 33 ac27480a3bd24edf, 34 ca3e7b457d0ff911
answer: S 3419 85a9247a0db06d1d, 3610 bd91f60527e3278a

neighbour: no_filter
j1ql: FIND github_repo AS r (THAT HAS snyk_finding AS f)? RETURN r.name, f.displayName
sql: SELECT r.name, f.displayName FROM github_repo r
  LEFT JOIN github_repo_has_snyk_finding e ON e.from_row = r.row
  LEFT JOIN snyk_finding f ON f.row = e.to_row

# The second optional starts from the repository and from the finding, which has no team.
answer: XS 122 22306313dd727b9e, 122 22306313dd727b9e
answer: S 12187 c184d95a45020a06, 12187 c184d95a45020a06
neighbour: second_optional
j1ql: FIND github_repo AS r (THAT HAS snyk_finding WITH severity = 'critical' AS f)?
  (THAT MANAGES << github_team AS t)? RETURN r.name, f.displayName, t.name
sql: WITH f AS (SELECT e.from_row, f.displayName FROM github_repo_has_snyk_finding e
  JOIN snyk_finding f ON f.row = e.to_row WHERE f.severity = 'critical')
  SELECT r.name, f.displayName, NULL FROM github_repo r JOIN f ON f.from_row = r.row UNION ALL
  SELECT r.name, NULL, t.name FROM github_repo r JOIN github_team_manages_github_repo m ON m.to_row = r.row
  JOIN github_team t ON t.row = m.from_row UNION ALL
  SELECT r.name, NULL, NULL FROM github_repo r WHERE NOT EXISTS (SELECT 1 FROM f WHERE f.from_row = r.row)
  AND NOT EXISTS (SELECT 1 FROM github_team_manages_github_repo m WHERE m.to_row = r.row)
answer: XS 73 f74d794c6a2d7c02, 77 fca5b9920b0a3983
answer: S 7732 183e0e3272c32e5c, 8076 b81a5e4985bcb83f

neighbour: of_two_hops
j1ql: FIND github_repo AS r (THAT HAS snyk_finding WITH severity = 'critical' AS f THAT IS cve AS c)?
  RETURN r.name, c.displayName
sql: SELECT r.name, f.displayName FROM github_repo r
  LEFT JOIN (SELECT e.from_row, c.displayName FROM github_repo_has_snyk_finding e
  JOIN snyk_finding f ON f.row = e.to_row JOIN snyk_finding_is_cve i ON i.from_row = f.row
  JOIN cve c ON c.row = i.to_row WHERE f.severity = 'critical') f ON f.from_row = r.row
answer: XS 33 a8d80b6701c7660b, 34 b9fca7e667b8bfa4
answer: S 3419 3b4d6438c9ad09f3, 3610 6d583c0ab7101590

neighbour: where
j1ql: FIND github_repo AS r (THAT HAS snyk_finding WITH severity = 'critical' AS f)? WHERE f.open = true
  RETURN r.name, f.displayName
sql: SELECT r.name, f.displayName FROM github_repo r JOIN github_repo_has_snyk_finding e ON e.from_row = r.row
  JOIN snyk_finding f ON f.row = e.to_row WHERE f.severity = 'critical' AND f.open
answer: XS 6 2cb77463effe78a0, 8 4d702f5d66031a60
answer: S 849 f9b5714fc1eb7908, 1074 500f535b9a9e6a3e

neighbour: limited
j1ql: FIND github_repo AS r (THAT HAS snyk_finding WITH severity = 'critical' AS f)?
  RETURN r.name, f.discoveredOn ORDER BY f.discoveredOn DESC LIMIT 50
sqlite: SELECT r.name, f.discoveredOn FROM github_repo r
  LEFT JOIN (SELECT e.from_row, f.discoveredOn FROM github_repo_has_snyk_finding e
  JOIN snyk_finding f ON f.row = e.to_row WHERE f.severity = 'critical') f ON f.from_row = r.row
  ORDER BY f.discoveredOn DESC LIMIT 50
duckdb: SELECT r.name, f.discoveredOn FROM github_repo r
  LEFT JOIN (SELECT e.from_row, f.discoveredOn FROM github_repo_has_snyk_finding e
  JOIN snyk_finding f ON f.row = e.to_row WHERE f.severity = 'critical') f ON f.from_row = r.row
  ORDER BY f.discoveredOn DESC NULLS LAST LIMIT 50
answer: XS 33 6947e65f013a61b5, 34 a4c5453296878ef2
answer: S 50 ec0346189fa54c26, 50 28e52c75347f42e8
