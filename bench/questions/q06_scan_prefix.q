question: q06_scan_prefix
about: How many names begin with a text.
goal: S 6.0 M 20
j1ql: FIND Host WITH name ^= 'prod-web-1' AS h RETURN count(h) AS n
sqlite: SELECT (SELECT count(*) FROM aws_instance WHERE name GLOB 'prod-web-1*') +
  (SELECT count(*) FROM azure_vm WHERE name GLOB 'prod-web-1*')
duckdb: SELECT (SELECT count(*) FROM aws_instance WHERE name LIKE 'prod-web-1%') +
  (SELECT count(*) FROM azure_vm WHERE name LIKE 'prod-web-1%')
answer: XS 1 5412d5202dcaced8, 1 5412d5202dcaced8

neighbour: suffix
j1ql: FIND Host WITH name $= '11' AS h RETURN count(h) AS n
sqlite: SELECT (SELECT count(*) FROM aws_instance WHERE name GLOB '*11') +
  (SELECT count(*) FROM azure_vm WHERE name GLOB '*11')
duckdb: SELECT (SELECT count(*) FROM aws_instance WHERE name LIKE '%11') +
  (SELECT count(*) FROM azure_vm WHERE name LIKE '%11')
answer: XS 1 2ba76be993f85dcf, 1 2ba76be993f85dcf

neighbour: display_name
j1ql: FIND Host WITH displayName ^= 'prod-web-1' AS h RETURN count(h) AS n
sqlite: SELECT (SELECT count(*) FROM aws_instance WHERE displayName GLOB 'prod-web-1*') +
  (SELECT count(*) FROM azure_vm WHERE displayName GLOB 'prod-web-1*') +
  (SELECT count(*) FROM jamf_computer WHERE displayName GLOB 'prod-web-1*')
duckdb: SELECT (SELECT count(*) FROM aws_instance WHERE displayName LIKE 'prod-web-1%') +
  (SELECT count(*) FROM azure_vm WHERE displayName LIKE 'prod-web-1%') +
  (SELECT count(*) FROM jamf_computer WHERE displayName LIKE 'prod-web-1%')
answer: XS 1 ae2ae903cc3b9173, 1 ae2ae903cc3b9173

neighbour: not
j1ql: FIND Host WITH name !^= 'prod-web-1' AS h RETURN count(h) AS n
sqlite: SELECT (SELECT count(*) FROM aws_instance WHERE name NOT GLOB 'prod-web-1*') +
  (SELECT count(*) FROM azure_vm WHERE name NOT GLOB 'prod-web-1*') + (SELECT count(*) FROM jamf_computer)
duckdb: SELECT (SELECT count(*) FROM aws_instance WHERE name NOT LIKE 'prod-web-1%') +
  (SELECT count(*) FROM azure_vm WHERE name NOT LIKE 'prod-web-1%') + (SELECT count(*) FROM jamf_computer)
answer: XS 1 dbeaf1c714102353, 1 dbeaf1c714102353

neighbour: by_state
j1ql: FIND Host WITH name ^= 'prod-web-1' AS h RETURN h.state, count(h) AS n
sqlite: SELECT state, count(*) FROM (SELECT state FROM aws_instance WHERE name GLOB 'prod-web-1*'
  UNION ALL SELECT state FROM azure_vm WHERE name GLOB 'prod-web-1*') GROUP BY state
duckdb: SELECT state, count(*) FROM (SELECT state FROM aws_instance WHERE name LIKE 'prod-web-1%'
  UNION ALL SELECT state FROM azure_vm WHERE name LIKE 'prod-web-1%') GROUP BY state
answer: XS 2 ad6a9e9f9dcbe7c8, 2 ad6a9e9f9dcbe7c8

neighbour: rows
j1ql: FIND Host WITH name ^= 'prod-web-1' AS h RETURN h.name
sqlite: SELECT name FROM aws_instance WHERE name GLOB 'prod-web-1*'
  UNION ALL SELECT name FROM azure_vm WHERE name GLOB 'prod-web-1*'
duckdb: SELECT name FROM aws_instance WHERE name LIKE 'prod-web-1%'
  UNION ALL SELECT name FROM azure_vm WHERE name LIKE 'prod-web-1%'
answer: XS 4 7b772e5e216232d9, 4 7b772e5e216232d9
