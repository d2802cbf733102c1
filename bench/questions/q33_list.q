question: q33_list
about: The entities that have a path, each once.
j1ql: FIND CodeRepo THAT HAS Finding WITH severity = 'critical'
sql: SELECT DISTINCT r._id FROM github_repo r JOIN github_repo_has_snyk_finding e ON e.from_row = r.row
  JOIN snyk_finding f ON f.row = e.to_row WHERE f.severity = 'critical'
answer: XS 10 a57675132b87fee0, 13 0b6094ce789cfeb8
answer: S 1044 203e93b93d60a553, 1218 05a583dec869f89a

neighbour: no_filter
j1ql: FIND CodeRepo THAT HAS Finding
sql: SELECT DISTINCT r._id FROM github_repo r JOIN github_repo_has_snyk_finding e ON e.from_row = r.row
answer: XS 28 a23ebe534c83cade, 28 a23ebe534c83cade
answer: S 2813 0355f9ee86df61ec, 2813 0355f9ee86df61ec

neighbour: without
j1ql: FIND CodeRepo THAT !HAS Finding WITH severity = 'critical'
sql: SELECT r._id FROM github_repo r WHERE NOT EXISTS (SELECT 1 FROM github_repo_has_snyk_finding e
  JOIN snyk_finding f ON f.row = e.to_row WHERE e.from_row = r.row AND f.severity = 'critical')
answer: XS 20 00bff9301a8b3671, 17 9ad5d974cd763699
answer: S 1956 6dbba56dcac2d6c8, 1782 8854b5483fb98381

neighbour: from_the_end
j1ql: FIND Finding WITH severity = 'critical' THAT HAS CodeRepo
sql: SELECT DISTINCT f._id FROM snyk_finding f JOIN github_repo_has_snyk_finding e ON e.to_row = f.row
  WHERE f.severity = 'critical'
answer: XS 13 c9a7613191b9f7ab, 17 26db0b245c72c8fa
answer: S 1463 9a305832469d6524, 1828 b472c6a427cc6948

neighbour: two_hops
j1ql: FIND CodeRepo THAT HAS Finding WITH severity = 'critical' THAT IS Vulnerability WITH exploited = true
sql: SELECT DISTINCT r._id FROM github_repo r JOIN github_repo_has_snyk_finding e ON e.from_row = r.row
  JOIN snyk_finding f ON f.row = e.to_row JOIN snyk_finding_is_cve i ON i.from_row = f.row
  JOIN cve c ON c.row = i.to_row WHERE f.severity = 'critical' AND c.exploited
answer: XS 0 0000000000000000, 0 0000000000000000
answer: S 71 a53bfa2ded1f5123, 79 b1ee29fda98336ec

neighbour: no_hop
j1ql: FIND CodeRepo WITH archived != true
sql: SELECT _id FROM github_repo WHERE archived IS NOT TRUE
answer: XS 24 8b4770828ff7192e, 24 8b4770828ff7192e
answer: S 2524 9156f1880057ffbe, 2524 9156f1880057ffbe
