question: q43_order_paths
about: The newest paths of many.
j1ql: FIND github_repo AS r THAT HAS snyk_finding AS f RETURN r.name, f.discoveredOn
  ORDER BY f.discoveredOn DESC LIMIT 20
sql: SELECT r.name, f.discoveredOn FROM github_repo r JOIN github_repo_has_snyk_finding e ON e.from_row = r.row
  JOIN snyk_finding f ON f.row = e.to_row ORDER BY f.discoveredOn DESC LIMIT 20
answer: XS 20 6c2b5d17fbc97799, 20 6c2b5d17fbc97799
answer: S 20 1e772afb2a1d3ae6, 20 1e772afb2a1d3ae6

neighbour: by_the_start
j1ql: FIND github_repo AS r THAT HAS snyk_finding AS f RETURN r.createdOn, f.discoveredOn
  ORDER BY r.createdOn DESC, f.discoveredOn ASC LIMIT 20
sql: SELECT r.createdOn, f.discoveredOn FROM github_repo r JOIN github_repo_has_snyk_finding e ON e.from_row = r.row
  JOIN snyk_finding f ON f.row = e.to_row ORDER BY r.createdOn DESC, f.discoveredOn ASC LIMIT 20
answer: XS 20 be6f400f164a3d45, 20 be6f400f164a3d45
answer: S 20 1b3c30c121748fe8, 20 1b3c30c121748fe8

neighbour: two_hops
j1ql: FIND github_repo AS r THAT HAS snyk_finding AS f THAT IS cve AS c RETURN r.name, f.discoveredOn, c.displayName
  ORDER BY f.discoveredOn DESC LIMIT 20
sql: SELECT r.name, f.discoveredOn, c.displayName FROM github_repo r
  JOIN github_repo_has_snyk_finding e ON e.from_row = r.row
  JOIN snyk_finding f ON f.row = e.to_row JOIN snyk_finding_is_cve i ON i.from_row = f.row
  JOIN cve c ON c.row = i.to_row ORDER BY f.discoveredOn DESC LIMIT 20
answer: XS 20 66a1d4f432bfc809, 20 66a1d4f432bfc809
answer: S 20 198301df1d00bb63, 20 198301df1d00bb63

neighbour: filtered
j1ql: FIND github_repo WITH archived != true AS r THAT HAS snyk_finding WITH severity = 'critical' AS f
  RETURN r.name, f.discoveredOn ORDER BY f.discoveredOn DESC LIMIT 20
sql: SELECT r.name, f.discoveredOn FROM github_repo r JOIN github_repo_has_snyk_finding e ON e.from_row = r.row
  JOIN snyk_finding f ON f.row = e.to_row WHERE r.archived IS NOT TRUE AND f.severity = 'critical'
  ORDER BY f.discoveredOn DESC LIMIT 20
answer: XS 12 f377ce98ce8a46e5, 13 fc1fe861166ff012
answer: S 20 af851b7b5d40180e, 20 fe4facfb86ce9291

neighbour: by_edge_property
j1ql: FIND okta_user AS u THAT ASSIGNED >> AS e application AS a RETURN u.username, e.lastUsedOn
  ORDER BY e.lastUsedOn DESC LIMIT 20
sqlite: SELECT u.username, e.lastUsedOn FROM okta_user_assigned_application e
  JOIN okta_user u ON u.row = e.from_row ORDER BY e.lastUsedOn DESC LIMIT 20
duckdb: SELECT u.username, e.lastUsedOn FROM okta_user_assigned_application e
  JOIN okta_user u ON u.row = e.from_row ORDER BY e.lastUsedOn DESC NULLS LAST LIMIT 20
answer: XS 20 87e4cd597c10bd8b, 20 87e4cd597c10bd8b
answer: S 20 57f55c3f27c3b122, 20 57f55c3f27c3b122

neighbour: limit_1000
j1ql: FIND github_repo AS r THAT HAS snyk_finding AS f RETURN r.name, f.discoveredOn
  ORDER BY f.discoveredOn DESC LIMIT 1000
sql: SELECT r.name, f.discoveredOn FROM github_repo r JOIN github_repo_has_snyk_finding e ON e.from_row = r.row
  JOIN snyk_finding f ON f.row = e.to_row ORDER BY f.discoveredOn DESC LIMIT 1000
answer: XS 120 215bdf498a6c3c28, 120 215bdf498a6c3c28
answer: S 1000 71f21a59af8be051, 1000 71f21a59af8be051
