question: q08_scan_regex
about: How many names match a regular expression. SQLite has none.
goal: S 29 M 600
j1ql: FIND Host WITH name = /prod-(web|db)-[0-9]*42/ AS h RETURN count(h) AS n
duckdb: SELECT (SELECT count(*) FROM aws_instance WHERE regexp_matches(name, 'prod-(web|db)-[0-9]*42')) +
  (SELECT count(*) FROM azure_vm WHERE regexp_matches(name, 'prod-(web|db)-[0-9]*42'))
answer: XS 1 ae2ae903cc3b9173, 1 ae2ae903cc3b9173
answer: S 1 775962094d1f4cb5, 1 775962094d1f4cb5

neighbour: anchored
j1ql: FIND Host WITH name = /^prod-web-[0-9]+$/ AS h RETURN count(h) AS n
duckdb: SELECT (SELECT count(*) FROM aws_instance WHERE regexp_matches(name, '^prod-web-[0-9]+$')) +
  (SELECT count(*) FROM azure_vm WHERE regexp_matches(name, '^prod-web-[0-9]+$'))
answer: XS 1 8b4234a853a2485c, 1 8b4234a853a2485c
answer: S 1 69c2d761fc895f9e, 1 69c2d761fc895f9e

neighbour: no_literal
j1ql: FIND Host WITH name = /[a-m]{3}[0-9]{2}7/ AS h RETURN count(h) AS n
duckdb: SELECT (SELECT count(*) FROM aws_instance WHERE regexp_matches(name, '[a-m]{3}[0-9]{2}7')) +
  (SELECT count(*) FROM azure_vm WHERE regexp_matches(name, '[a-m]{3}[0-9]{2}7'))
answer: XS 1 ae2ae903cc3b9173, 1 ae2ae903cc3b9173
answer: S 1 ae2ae903cc3b9173, 1 ae2ae903cc3b9173

neighbour: any_case
j1ql: FIND Host WITH name = /PROD-(web|db)-[0-9]*42/i AS h RETURN count(h) AS n
duckdb: SELECT (SELECT count(*) FROM aws_instance WHERE regexp_matches(name, 'PROD-(web|db)-[0-9]*42', 'i')) +
  (SELECT count(*) FROM azure_vm WHERE regexp_matches(name, 'PROD-(web|db)-[0-9]*42', 'i'))
answer: XS 1 ae2ae903cc3b9173, 1 ae2ae903cc3b9173
answer: S 1 775962094d1f4cb5, 1 775962094d1f4cb5

neighbour: by_state
j1ql: FIND Host WITH name = /prod-(web|db)-[0-9]*42/ AS h RETURN h.state, count(h) AS n
duckdb: SELECT state, count(*) FROM (
  SELECT state FROM aws_instance WHERE regexp_matches(name, 'prod-(web|db)-[0-9]*42') UNION ALL
  SELECT state FROM azure_vm WHERE regexp_matches(name, 'prod-(web|db)-[0-9]*42')) GROUP BY state
answer: XS 0 0000000000000000, 0 0000000000000000
answer: S 4 1a535925f751e111, 4 a0256a38441d0d9a

neighbour: long_text
j1ql: FIND snyk_finding WITH description = /overflow in the [a-z]+ pro/ AS f RETURN count(f) AS n
duckdb: SELECT count(*) FROM snyk_finding WHERE regexp_matches(description, 'overflow in the [a-z]+ pro')
answer: XS 1 ae2ae903cc3b9173, 1 ae2ae903cc3b9173
answer: S 1 7117e93b9a28dd36, 1 7117e93b9a28dd36
