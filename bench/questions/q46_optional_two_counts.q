question: q46_optional_two_counts
about: An optional hop, with counts of both ends.
j1ql: FIND github_repo AS r (THAT HAS snyk_finding WITH severity = 'critical' AS f)?
  RETURN r.owner, count(r) AS repos, count(f) AS findings
sql: SELECT r.owner, count(DISTINCT r.row), count(f.row) FROM github_repo r
  LEFT JOIN github_repo_has_snyk_finding e ON e.from_row = r.row
  LEFT JOIN snyk_finding f ON f.row = e.to_row AND f.severity = 'critical' GROUP BY r.owner
answer: XS 10 ed24f8cc8322e8d7, 9 d59cf4ca2ec148e2
answer: S 10 bdae4c9cd80eef5a, 10 63c03905ef156a9e

neighbour: no_filter
j1ql: FIND github_repo AS r (THAT HAS snyk_finding AS f)? RETURN r.owner, count(r) AS repos, count(f) AS findings
sql: SELECT r.owner, count(DISTINCT r.row), count(e.to_row) FROM github_repo r
  LEFT JOIN github_repo_has_snyk_finding e ON e.from_row = r.row GROUP BY r.owner
answer: XS 10 f72475abd2bbf3fd, 9 178c7bd4ad28614b
answer: S 10 8d4c34e63cfe7f1d, 10 efec5b0488ec8836

neighbour: other_key
j1ql: FIND github_repo AS r (THAT HAS snyk_finding WITH severity = 'critical' AS f)?
  RETURN r.language, count(r) AS repos, count(f) AS findings
sql: SELECT r.language, count(DISTINCT r.row), count(f.row) FROM github_repo r
  LEFT JOIN github_repo_has_snyk_finding e ON e.from_row = r.row
  LEFT JOIN snyk_finding f ON f.row = e.to_row AND f.severity = 'critical' GROUP BY r.language
answer: XS 9 0ba9c70a0b3c916a, 9 30e9ad363bfc9f51
answer: S 9 c81549fee5557994, 9 96e88e1637cfc2c5

neighbour: of_two_hops
j1ql: FIND github_repo AS r (THAT HAS snyk_finding AS f THAT IS cve WITH exploited = true AS c)?
  RETURN r.owner, count(r) AS repos, count(c) AS cves
sql: SELECT r.owner, count(DISTINCT r.row), count(DISTINCT x.row) FROM github_repo r
  LEFT JOIN (SELECT e.from_row, c.row FROM github_repo_has_snyk_finding e
  JOIN snyk_finding_is_cve i ON i.from_row = e.to_row JOIN cve c ON c.row = i.to_row WHERE c.exploited) x
  ON x.from_row = r.row GROUP BY r.owner
answer: XS 10 7ce9391e1c5dd3fb, 9 987d3710ca4a777b
answer: S 10 3a78acabbe9fe3a8, 10 880815306d6fbcd5

neighbour: after_a_hop
j1ql: FIND github_team AS t THAT MANAGES >> github_repo AS r (THAT HAS snyk_finding WITH severity = 'critical' AS f)?
  RETURN t.privacy, count(r) AS repos, count(f) AS findings
sql: SELECT t.privacy, count(DISTINCT r.row), count(DISTINCT f.row) FROM github_team t
  JOIN github_team_manages_github_repo m ON m.from_row = t.row
  JOIN github_repo r ON r.row = m.to_row
  LEFT JOIN github_repo_has_snyk_finding e ON e.from_row = r.row
  LEFT JOIN snyk_finding f ON f.row = e.to_row AND f.severity = 'critical' GROUP BY t.privacy
answer: XS 1 9c11d92096fa91f1, 1 af04ac0d0a30ff7a
answer: S 4 bc7dfb407d47be94, 4 21a37dfb00e48775

neighbour: plus_max
j1ql: FIND github_repo AS r (THAT HAS snyk_finding WITH severity = 'critical' AS f)?
  RETURN r.owner, count(r) AS repos, count(f) AS findings, max(f.numericSeverity) AS worst
sql: SELECT r.owner, count(DISTINCT r.row), count(f.row), max(f.numericSeverity) FROM github_repo r
  LEFT JOIN github_repo_has_snyk_finding e ON e.from_row = r.row
  LEFT JOIN snyk_finding f ON f.row = e.to_row AND f.severity = 'critical' GROUP BY r.owner
answer: XS 10 27aba4719aa2738d, 9 293856de2e3dd210
answer: S 10 f5f7ce459cd9f440, 10 e89a5036bbfed2c0
