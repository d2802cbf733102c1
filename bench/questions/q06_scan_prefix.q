question: q06_scan_prefix
about: How many names begin with a text.
goal: S 6.0 M 20
j1ql: FIND Host WITH name ^= 'prod-web-1' AS h RETURN count(h) AS n
sqlite: SELECT (SELECT count(*) FROM aws_instance WHERE name GLOB 'prod-web-1*') +
  (SELECT count(*) FROM azure_vm WHERE name GLOB 'prod-web-1*')
duckdb: SELECT (SELECT count(*) FROM aws_instance WHERE name LIKE 'prod-web-1%') +
  (SELECT count(*) FROM azure_vm WHERE name LIKE 'prod-web-1%')
answer: XS 1 5412d5202dcaced8, 1 5412d5202dcaced8
answer: S 1 f0f10ca890d1996d, 1 f0f10ca890d1996d

neighbour: suffix
j1ql: FIND Host WITH name $= '11' AS h RETURN count(h) AS n
sqlite: SELECT (SELECT count(*) FROM aws_instance WHERE name GLOB '*11') +
  (SELECT count(*) FROM azure_vm WHERE name GLOB '*11')
duckdb: SELECT (SELECT count(*) FROM aws_instance WHERE name LIKE '%11') +
  (SELECT count(*) FROM azure_vm WHERE name LIKE '%11')
answer: XS 1 2ba76be993f85dcf, 1 2ba76be993f85dcf
answer: S 1 37f1d615efa86617, 1 37f1d615efa86617

neighbour: display_name
j1ql: FIND Host WITH displayName ^= 'prod-web-1' AS h RETURN count(h) AS n
sqlite: SELECT (SELECT count(*) FROM aws_instance WHERE displayName GLOB 'prod-web-1*') +
  (SELECT count(*) FROM azure_vm WHERE displayName GLOB 'prod-web-1*') +
  (SELECT count(*) FROM jamf_computer WHERE displayName GLOB 'prod-web-1*')
duckdb: SELECT (SELECT count(*) FROM aws_instance WHERE displayName LIKE 'prod-web-1%') +
  (SELECT count(*) FROM azure_vm WHERE displayName LIKE 'prod-web-1%') +
  (SELECT count(*) FROM jamf_computer WHERE displayName LIKE 'prod-web-1%')
answer: XS 1 ae2ae903cc3b9173, 1 ae2ae903cc3b9173
answer: S 1 f7a10f21576dc974, 1 f7a10f21576dc974

neighbour: not
j1ql: FIND Host WITH name !^= 'prod-web-1' AS h RETURN count(h) AS n
sqlite: SELECT (SELECT count(*) FROM aws_instance WHERE name NOT GLOB 'prod-web-1*') +
  (SELECT count(*) FROM azure_vm WHERE name NOT GLOB 'prod-web-1*') + (SELECT count(*) FROM jamf_computer)
duckdb: SELECT (SELECT count(*) FROM aws_instance WHERE name NOT LIKE 'prod-web-1%') +
  (SELECT count(*) FROM azure_vm WHERE name NOT LIKE 'prod-web-1%') + (SELECT count(*) FROM jamf_computer)
answer: XS 1 dbeaf1c714102353, 1 dbeaf1c714102353
answer: S 1 abc9768a8415c7e9, 1 abc9768a8415c7e9

neighbour: by_state
j1ql: FIND Host WITH name ^= 'prod-web-1' AS h RETURN h.state, count(h) AS n
sqlite: SELECT state, count(*) FROM (SELECT state FROM aws_instance WHERE name GLOB 'prod-web-1*'
  UNION ALL SELECT state FROM azure_vm WHERE name GLOB 'prod-web-1*') GROUP BY state
duckdb: SELECT state, count(*) FROM (SELECT state FROM aws_instance WHERE name LIKE 'prod-web-1%'
  UNION ALL SELECT state FROM azure_vm WHERE name LIKE 'prod-web-1%') GROUP BY state
answer: XS 2 ad6a9e9f9dcbe7c8, 2 ad6a9e9f9dcbe7c8
answer: S 4 4d445a4aef8fd4d2, 4 36cc88b58758be39

neighbour: rows
j1ql: FIND Host WITH name ^= 'prod-web-1' AS h RETURN h.name
sqlite: SELECT name FROM aws_instance WHERE name GLOB 'prod-web-1*'
  UNION ALL SELECT name FROM azure_vm WHERE name GLOB 'prod-web-1*'
duckdb: SELECT name FROM aws_instance WHERE name LIKE 'prod-web-1%'
  UNION ALL SELECT name FROM azure_vm WHERE name LIKE 'prod-web-1%'
answer: XS 4 7b772e5e216232d9, 4 7b772e5e216232d9
answer: S 134 d892a58de48b9ed9, 134 d892a58de48b9ed9
